"""Kinds of tables that a user keeps in the folder of a store, beside those that ship."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from kg.errors import InputError

Files = tuple[tuple[Path, bytes], ...]
"""Files of kinds with what they hold, by name."""

_FILES: ContextVar[Files] = ContextVar("own kinds", default=())


def files() -> Files:
    """The kinds that are used beside those that ship; none outside of `kinds_in`."""
    return _FILES.get()


def has(path: Path) -> bool:
    """Whether a file is one of these."""
    return any(path == one for one, _ in files())


@contextmanager
def kinds_in(folder: Path) -> Iterator[None]:
    """Use the kinds of a folder, if it is there, for the time of some work."""
    before = _FILES.set(tuple((path, _bytes(path)) for path in sorted(folder.glob("*.toml"))))
    try:
        yield
    finally:
        _FILES.reset(before)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}") from None
