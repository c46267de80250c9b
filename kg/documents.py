"""Which documents a command names: files, folders, the shipped sources; what each is called."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from os.path import abspath, normpath, realpath, relpath
from pathlib import Path

from kg import domain
from kg.errors import InputError
from kg.judgement import OWN_FILE

SHIPPED = "kg:sources/"
_LIST = os.R_OK | os.X_OK
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
"""Characters that no format of RDF takes."""


@dataclass(frozen=True)
class Found:
    """A file to be read, and the name of the document that it is."""

    name: str
    path: Path
    size: int

    def is_readable(self) -> bool:
        """Whether its bytes can be read; `sha256` says why not."""
        with suppress(InputError):
            return bool(self.sha256)
        return False

    @cached_property
    def sha256(self) -> str:
        """The hash of its bytes; InputError where it can't be read."""
        if self.name != shown(self.name):
            raise InputError(f"{shown(self.name)}: its name is not UTF-8: rename it")
        if _CONTROL.search(self.name):
            raise InputError(f"{self.name!r}: a name with control characters: rename it")
        seen = sha256()
        try:
            if self.path.is_dir():
                raise InputError(f"{self.name}: can't be read: Permission denied")
            if not self.path.is_file() and self.path.exists():
                raise InputError(f"{self.name}: no regular file (a pipe: 'kg load - --as NAME')")
            with self.path.open("rb") as file:
                while block := file.read(1 << 20):
                    seen.update(block)
        except OSError as error:
            raise InputError(f"{self.name}: can't be read: {error.strerror}") from None
        return seen.hexdigest()


def find(paths: Sequence[Path], store: Path) -> tuple[list[Found], list[str]]:
    """The documents under some paths, or the shipped ones; and the names of the folders.

    A folder stands for all it holds, so what is recorded as lying in it and not found is gone.
    """
    found: dict[str, Found] = {}
    folders = []
    for path in paths or _shipped_folders():
        if path.is_dir():
            folders.append(name_of(path, store))
            files: Iterator[Path] = _files(path, store.resolve())
        elif path.exists() or path.is_symlink():
            files = iter((path,))
        else:
            raise InputError(f"{path}: no such file or folder")
        for file in files:
            name = name_of(file, store)
            found[name] = Found(name, file, size_of(file))
    return sorted(found.values(), key=lambda one: one.name), folders


def _shipped_folders() -> list[Path]:
    return [domain.sources()]


def real(path: Path) -> Path:
    """Where a path leads; one that leads in a circle, to itself."""
    return Path(realpath(path))


def shown(name: str) -> str:
    r"""A name as it can be kept and printed: bytes of it that are no UTF-8 by their numbers.

    >>> shown("数据.csv"), shown("\udcca\udcfd.csv")
    ('数据.csv', '\\xca\\xfd.csv')
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def size_of(path: Path) -> int:
    """A file's bytes, none where it can't be asked: that is said when it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _files(folder: Path, store: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """Files to load: no README, no hidden ones, no store, no names of a register (no claims).

    A file that begins with ~$ says that someone has a workbook open.

    A link to a folder above itself (`above`, resolved) leads to nothing new.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder}: can't be read: {error.strerror}") from None
    above |= {real(folder)}
    for path in entries:
        if path.name.startswith((".", "README", "~$")) or real(path) in (store, *above):
            continue
        if path.is_dir():
            yield from _files(path, store, above) if os.access(path, _LIST) else (path,)
        elif not (path.parent.name == "register" and path.name != "sources.csv"):
            yield path


def once(found: Sequence[Found], before: Mapping[str, str]) -> tuple[list[Found], list[str]]:
    """A shipped document and a copy of it, byte for byte, are one: the shipped one.

    `before` has the hashes of the documents in the store, by name. Returns the documents to read,
    and the copies in the store that turned out to be shipped ones.
    """
    readable = {one.name for one in found if one.is_readable()}
    shipped = {sha256: name for name, sha256 in before.items() if name.startswith(SHIPPED)}
    shipped |= {
        one.sha256: one.name
        for one in found
        if one.name in readable and one.name.startswith(SHIPPED)
    }
    named: dict[str, Found] = {}
    for one in found:
        copy = one.name in readable and not one.name.startswith(SHIPPED)
        name = shipped.get(one.sha256, one.name) if copy else one.name
        named[name] = one if name == one.name else replace(one, name=name)
    copies = [
        name
        for name, sha256 in before.items()
        if not name.startswith(SHIPPED) and sha256 in shipped and name not in named
    ]
    return list(named.values()), copies


def is_shipped(name: str, sha: str) -> bool:
    """Whether a document of this name and hash is one that ships, as it ships."""
    path = domain.sources() / name.removeprefix(SHIPPED)
    return name.startswith(SHIPPED) and path.is_file() and Found(name, path, 0).sha256 == sha


def name_of(path: Path, store: Path) -> str:
    """A document's name: `kg:sources/…` for shipped ones, else its path from the store's parent.

    Inside that folder a link is called as it lies there, whatever it points to.
    """
    target = real(path)
    for shipped in _shipped_roots(target):
        if target.is_relative_to(shipped):
            return (
                SHIPPED + target.relative_to(shipped).as_posix() if target != shipped else SHIPPED
            )
    home = store.resolve().parent
    for spelled, parent in ((Path(abspath(path)), Path(abspath(store)).parent), (target, home)):
        if spelled.is_relative_to(parent):
            return spelled.relative_to(parent).as_posix()
    return Path(relpath(target, home)).as_posix()


def _shipped_roots(path: Path) -> Iterator[Path]:
    """The shipped folder, and that of a checkout that the path lies in."""
    yield domain.sources().resolve()
    for parent in (path, *path.parents):
        beside = parent.parent
        if parent.name == "sources" and (beside / "kg" / "facts.sql").is_file():
            yield parent


def lies_in(name: str, folder: str, store: Path) -> bool:
    """Whether a document lies in a folder, by their names: `data/a.csv` in `data`, `.` and `..`."""
    if name.startswith("kg:") or folder.startswith("kg:"):
        return name.startswith(folder.rstrip("/") + "/")
    home = store.resolve().parent
    return "://" not in name and Path(normpath(home / name)).is_relative_to(normpath(home / folder))


def path_of(name: str, store: Path) -> Path | None:
    """Where a document can be read again, if it is still there."""
    if name == OWN_FILE:
        path = store / "judgements.csv"
    elif name.startswith(SHIPPED):
        path = domain.sources() / name.removeprefix(SHIPPED)
    else:
        path = store.resolve().parent / name
    return path if path.is_file() else None
