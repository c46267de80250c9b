"""Tables in files: their headings and rows, streamed, with the row numbers a spreadsheet shows."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.text import clean

csv.field_size_limit(16_000_000)


@dataclass(frozen=True)
class Table:
    """A table's headings, where each stands, and a way to its rows."""

    path: Path
    encoding: str
    columns: Mapping[str, int]
    doubled: tuple[str, ...] = ()
    width: int = 0
    unnamed: tuple[int, ...] = ()

    def filled(self) -> list[int]:
        """The columns without a heading that have cells, counted from 1."""
        open_ones = set(self.unnamed)
        found: set[int] = set()
        if open_ones:
            for row in self.rows():
                found |= {
                    at for at in open_ones if row.cells[at : at + 1] and row.cells[at].strip()
                }
        return sorted(at + 1 for at in found)

    def rows(self) -> Iterator["Row"]:
        """All rows below the headings that are not blank."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            for number, cells in _numbered(self.path, csv.reader(file, strict=True)):
                if number > 1 and any(cell.strip() for cell in cells):
                    yield Row(number, cells, self)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; cells are asked for by heading."""

    number: int
    cells: Sequence[str]
    table: Table

    def get(self, heading: str) -> str:
        """The cell as written, without the blanks around it."""
        at = self.table.columns.get(heading, -1)
        return self.cells[at].strip() if 0 <= at < len(self.cells) else ""

    def place(self, heading: str) -> str:
        """Where the cell stands, as a person would say it."""
        return f"row {self.number}, {heading}"

    @property
    def surplus(self) -> int:
        """Cells more than headings; a comma too many has shifted the row."""
        return len([cell for cell in self.cells[self.table.width :] if cell.strip()])


def read_headings(path: Path) -> Table:
    """Open a table: its encoding and headings; InputError for what is no table with headings."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        first = next(_numbered(path, csv.reader(file, strict=True)), None)
    if first is None or not any(cell.strip() for cell in first[1]):
        raise InputError(f"{path.name}, row 1: no headings, the file is empty")
    headings = [clean(cell) for cell in first[1]]
    counts = Counter(name for name in headings if name)
    doubled = tuple(name for name, count in counts.items() if count > 1)
    columns = {name: at for at, name in enumerate(headings) if name and name not in doubled}
    unnamed = tuple(at for at, name in enumerate(headings) if not name)
    return Table(path, encoding, columns, doubled, len(headings), unnamed)


def _numbered(path: Path, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers; a fault of the CSV itself becomes one line."""
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(f"{path.name}, row {number}: not CSV: {error}") from None
        yield number, cells


def _encoding(path: Path) -> str:
    """UTF-8, with or without a mark, else GB18030; InputError where it is neither."""
    for name in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    if b"\0" in block:
                        raise InputError(f"{path.name}: not text but binary data")
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return name
    raise InputError(f"{path.name}: neither UTF-8 nor GB18030; save it as UTF-8")
