"""Files and folders that appear whole or not at all, also when their maker is killed."""

import json
import os
import platform
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MAKING = ".making-"
_IN_USE = ".in-use-"
_SPILL = ".spill-"
_REWRITTEN = ("statistics.json", "last-tx-id.bin")
_SEAL = "files.json"
_DAY = 86_400
_LITTLE = 16_000_000


@contextmanager
def making(final: Path) -> Iterator[Path]:
    """A new, empty folder beside `final` to make it in, removed when the block ends.

    Its name carries machine and process, so that `remove_stale` can tell a leftover from work
    in progress.
    """
    work = _own(final, _MAKING)
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """A file to write that takes the place of `out` when the block ends well.

    A link stays one; a device or a pipe is written into.
    """
    special = out.exists() and not out.is_file()
    target = out.resolve()
    home = Path(tempfile.gettempdir()) if special else target.parent
    made = home / f".{target.name}.{os.getpid()}"
    try:
        yield made
        if special:
            with made.open("rb") as file, out.open("wb") as device:
                shutil.copyfileobj(file, device)
        else:
            os.replace(made, target)
    finally:
        made.unlink(missing_ok=True)


def rename(work: Path, final: Path) -> None:
    """Give `work` its final name, unless someone else's is there already."""
    try:
        work.rename(final)
    except OSError:
        if not final.exists():
            raise


def view(folder: Path) -> Path:
    """A folder of this process's own with the same files, to be removed when it is done.

    The engine writes two small files as it closes, even when it only reads: it gets its own copies
    of them, and links to all others, so that the folder itself is never written again. Where
    nothing can be made (a read-only disk) it is the folder itself.
    """
    own = _own(folder, _IN_USE)
    try:
        own.mkdir()
    except OSError:
        return folder
    for file in os.scandir(folder):
        if file.name in _REWRITTEN:
            shutil.copyfile(file.path, own / file.name)
        elif file.name != _SEAL:
            _link(Path(file.path), own / file.name)
    return own


def lacks_space(folder: Path) -> bool:
    """Whether the disk of a folder is full, or so nearly that an engine fails for it."""
    return shutil.disk_usage(folder).free < _LITTLE


def spill(folder: Path) -> Path:
    """A name in a folder for what one process puts there for a while, not made yet."""
    return folder / f"{_SPILL}{_host()}-{os.getpid()}-{secrets.token_hex(4)}"


def drop_view(own: Path, folder: Path) -> None:
    """Remove what `view` made."""
    if own != folder:
        shutil.rmtree(own, ignore_errors=True)


def _link(file: Path, link: Path) -> None:
    try:
        os.link(file, link)
    except OSError:  # a file system without links
        shutil.copyfile(file, link)


def _own(final: Path, mark: str) -> Path:
    """A name beside `final` that says whose it is."""
    return final.with_name(f".{final.name}{mark}{_host()}-{os.getpid()}-{secrets.token_hex(4)}")


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
    """Remove what makers and users of anything in `parent` left behind that are gone."""
    for mark in (_MAKING, _IN_USE, _SPILL):
        for work in parent.glob(f"*{mark}*"):
            if not _is_at_work(work, mark):
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


def _is_at_work(work: Path, mark: str = _MAKING) -> bool:
    maker = re.fullmatch(r"(\w+)-(\d+)-\w+", work.name.rpartition(mark)[2])
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
