"""Who uses a graph folder: a shared lock while it is open, so that no one removes it meanwhile."""

import os
import shutil
import sys
from pathlib import Path
from typing import IO

_held: dict[Path, list[IO[bytes]]] = {}


def use(folder: Path) -> None:
    """Hold a folder until `leave` or the end of the process; on Windows its open files hold it."""
    if sys.platform == "win32":
        return
    import fcntl

    lock = _lock_file(folder)
    while True:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            file = lock.open("ab")
        except OSError:
            return  # a store on a read-only disk: nobody removes anything there
        fcntl.flock(file, fcntl.LOCK_SH)
        if _is_still(lock, file):
            break
        file.close()  # removed with its folder before it was locked
    _held.setdefault(folder, []).append(file)


def _is_still(lock: Path, file: IO[bytes]) -> bool:
    """Whether an open file is the one that the path names now."""
    try:
        return os.path.samestat(lock.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def leave(folder: Path) -> None:
    """Let go of a folder, as often as it was taken into use."""
    if held := _held.get(folder):
        held.pop().close()


def released(folder: Path) -> bool:
    """Remove a folder unless some process uses it."""
    if sys.platform == "win32":
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()
    import fcntl

    lock = _lock_file(folder)
    with lock.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        shutil.rmtree(folder, ignore_errors=True)
        lock.unlink(missing_ok=True)
    return True


def _lock_file(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.users")
