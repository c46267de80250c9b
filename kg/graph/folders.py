"""Files and folders that appear whole or not at all, also when their maker is killed."""

import os
import platform
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DAY = 86_400


@contextmanager
def making(final: Path) -> Iterator[Path]:
    """A new, empty folder beside `final` to make it in, removed when the block ends.

    Its name carries machine and process, so that `remove_stale` can tell a leftover from work
    in progress.
    """
    name = f"{_prefix(final)}{_host()}-{os.getpid()}-{secrets.token_hex(4)}"
    work = final.with_name(name)
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def rename(work: Path, final: Path) -> None:
    """Give `work` its final name, unless someone else's is there already."""
    try:
        work.rename(final)
    except OSError:
        if not final.exists():
            raise


def remove_stale(final: Path) -> None:
    """Remove what makers of `final` left behind that are gone."""
    for work in in_progress(final):
        if not _is_at_work(work):
            shutil.rmtree(work, ignore_errors=True)


def being_made(final: Path) -> bool:
    """Whether another process is making `final` just now."""
    return any(_is_at_work(work) for work in in_progress(final))


def in_progress(final: Path) -> list[Path]:
    """The folders beside `final` in which it is being made, or was."""
    return [path for path in final.parent.glob(".*") if path.name.startswith(_prefix(final))]


def _prefix(final: Path) -> str:
    return f".{final.name}.making-"


def _host() -> str:
    return re.sub(r"\W", "_", platform.node()) or "here"


def _is_at_work(work: Path) -> bool:
    host, pid, _ = work.name.removeprefix(".").rpartition(".making-")[2].rsplit("-", 2)
    if host == _host() and sys.platform != "win32":
        return _is_alive(int(pid))
    # The process lives on another machine, or where no signal can ask after it.
    return time.time() - work.stat().st_mtime < _DAY


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
