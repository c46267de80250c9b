"""Tables as CSV: streamed, in the encodings that offices use."""

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from loaders.encoding import encoding_of
from loaders.headings import Headings
from loaders.table import Cells, Table, headed

csv.field_size_limit(16_000_000)


def read_csv(path: Path, known: Headings) -> Table:
    """Open a CSV file as a table; InputError for what has no headings or is no text.

    Cells are parted by commas, or by tabs or semicolons where these alone show a known heading.
    """
    encoding = encoding_of(path)
    table = _parted(path, encoding, ",", known)
    if table is None:
        raise InputError(f"{path.name}, row 1: no headings, the file is empty")
    if len(table.columns) > 1 or known.among(table.columns):
        return table
    for mark in "\t;；":
        try:
            other = _parted(path, encoding, mark, known)
        except InputError:  # not parted so
            continue
        if other is not None and known.among(other.columns):
            return other
    return table


def _parted(path: Path, encoding: str, mark: str, known: Headings) -> Table | None:
    """The file as a table whose cells are parted by a mark."""

    def rows() -> Iterator[Cells]:
        with path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file, delimiter=mark, strict=True)
            yield from _placed(path, reader)

    return headed(path, rows, known)


def _placed(path: Path, reader: Iterator[list[str]]) -> Iterator[Cells]:
    """Rows with their numbers; a fault of the CSV itself becomes one line."""
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield f"row {number}", cells
    except csv.Error as error:
        raise InputError(f"{path.name}, row {number + 1}: not CSV: {error}") from None
