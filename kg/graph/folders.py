"""Files and folders that appear whole or not at all, also when their maker is killed."""

import json
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

_MAKING = ".making-"
_SEAL = "files.json"
_DAY = 86_400


@contextmanager
def making(final: Path) -> Iterator[Path]:
    """A new, empty folder beside `final` to make it in, removed when the block ends.

    Its name carries machine and process, so that `remove_stale` can tell a leftover from work
    in progress.
    """
    maker = f"{_host()}-{os.getpid()}-{secrets.token_hex(4)}"
    work = final.with_name(f".{final.name}{_MAKING}{maker}")
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


def seal(folder: Path) -> None:
    """Note which files there are, and how long, so that damage is seen before it is asked."""
    (folder / _SEAL).write_text(json.dumps(_sizes(folder)), encoding="utf-8")


def is_whole(folder: Path) -> bool:
    """Whether a folder still has the files it was sealed with; the engine opens any other too."""
    try:
        sealed = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    return bool(sealed == _sizes(folder))


def _sizes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in os.scandir(folder) if file.name != _SEAL}


def remove_stale(parent: Path) -> None:
    """Remove what makers of anything in `parent` left behind that are gone."""
    for work in parent.glob(f".*{_MAKING}*"):
        if not _is_at_work(work):
            shutil.rmtree(work, ignore_errors=True)


def being_made(final: Path) -> bool:
    """Whether a process is making `final` just now."""
    return any(_is_at_work(work) for work in in_progress(final))


def in_progress(final: Path) -> list[Path]:
    """The folders beside `final` in which it is being made, or was."""
    start = f".{final.name}{_MAKING}"
    return [path for path in final.parent.glob(".*") if path.name.startswith(start)]


def _host() -> str:
    return re.sub(r"\W", "_", platform.node()) or "here"


def _is_at_work(work: Path) -> bool:
    maker = re.fullmatch(r"(\w+)-(\d+)-\w+", work.name.rpartition(_MAKING)[2])
    if maker and maker[1] == _host() and sys.platform != "win32":
        return _is_alive(int(maker[2]))
    # Its process lives on another machine, or on one where no signal can ask after it.
    try:
        return time.time() - work.stat().st_mtime < _DAY
    except FileNotFoundError:
        return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
