"""Whole files or none: an export is written aside and put in its place when it is complete."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.errors import InputError


@contextmanager
def aside(out: Path | BinaryIO, folder: Path) -> Iterator[Path]:
    """A folder to write in; its file `export` goes to `out` at the end, unless there was an error.

    It lies beside a file that is to be replaced; for a stream or a device in `folder`.
    """
    target = _replaceable(out)
    beside = target.parent if target else folder
    try:
        made = TemporaryDirectory(prefix=".export-", dir=beside)
    except OSError as error:
        raise InputError(f"{beside}: can't be written to: {error.strerror}") from None
    with made as name:
        yield Path(name)
        ready = Path(name) / "export"
        if target:
            os.replace(ready, target)
        else:
            _copy(ready, out)


def convert(
    lines: Path, made: Path, formats: tuple[RdfFormat, RdfFormat], prefixes: Mapping[str, str]
) -> None:
    """Write a file of lines in another format, as a stream; a strict parser reads every line."""
    read, write = formats
    quads = pyoxigraph.parse(path=lines, format=read)
    pyoxigraph.serialize(quads, made, format=write, prefixes=dict(prefixes))


def _replaceable(out: Path | BinaryIO) -> Path | None:
    """The file to replace, behind links; None for what can only be written into, as /dev/stdout."""
    if not isinstance(out, Path):
        return None
    if out.is_dir():
        raise InputError(f"{out} is a folder: give the name of a file")
    return out.resolve() if out.is_file() or not out.exists() else None


def _copy(ready: Path, out: Path | BinaryIO) -> None:
    with ready.open("rb") as file:
        if isinstance(out, Path):
            with out.open("wb") as device:
                shutil.copyfileobj(file, device)
        else:
            shutil.copyfileobj(file, out)
