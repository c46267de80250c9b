"""Tables as loaders see them: headings, and rows that say where they stand."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from kg.text import clean
from loaders.headings import Headings, folded

Cells = tuple[str, Sequence[str]]
"""Where a row stands, as a person would say it, and its cells as text."""

_TITLE_ROWS = 20


@dataclass(frozen=True)
class Table:
    """A table's headings, where each stands, and a way to its rows; `name` is its sheet, if any.

    Its headings are `width` cells, and its rows are used to have up to `usual`.
    """

    path: Path
    columns: Mapping[str, int]
    read: Callable[[], Iterator[Cells]]
    top: str = "row 1"
    doubled: tuple[str, ...] = ()
    width: int = 0
    usual: int = 0
    unnamed: tuple[int, ...] = ()
    name: str = ""
    _present: dict[tuple[str, ...], tuple[tuple[str, int], ...]] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)
    worked_out: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What a reader of rows has to know of the whole table, so that it is worked out once."""

    def __post_init__(self) -> None:
        self._written.update((folded(heading), heading) for heading in self.columns)

    def written(self, heading: str) -> str:
        """A heading as this table writes it; empty where it has none such."""
        return self._written.get(folded(heading), "")

    def present(self, headings: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
        """Those of some headings that the table has, as it writes them, with their columns."""
        if (found := self._present.get(headings)) is None:
            written = dict.fromkeys(filter(None, map(self.written, headings)))
            found = tuple((one, self.columns[one]) for one in written)
            self._present[headings] = found
        return found

    def filled(self) -> list[int]:
        """The columns without a heading that have cells, counted from 1."""
        open_ones = set(self.unnamed)
        found: set[int] = set()
        if open_ones:
            for row in self.rows():
                filled = (at for at in open_ones if at < len(row.cells) and row.cells[at].strip())
                found.update(filled)
        return sorted(at + 1 for at in found)

    def rows(self) -> Iterator["Row"]:
        """All rows below the headings that are not blank."""
        for where, cells in self.read():
            if any(map(str.strip, cells)):
                yield Row(where, cells, self)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; cells are asked for by heading."""

    where: str
    cells: Sequence[str]
    table: Table

    def get(self, heading: str) -> str:
        """The cell as written, without the blanks around it."""
        at = self.table.columns.get(self.table.written(heading), -1)
        return self.cells[at].strip() if 0 <= at < len(self.cells) else ""

    @property
    def surplus(self) -> int:
        """Cells more than headings; a comma too many has shifted the row.

        A blank one counts as well: it may be the last column's. It does not where all rows end so.
        """
        filled = [cell for cell in self.cells[self.table.width :] if cell.strip()]
        return len(filled) or max(0, len(self.cells) - max(self.table.width, self.table.usual))


def headed(
    path: Path, rows: Callable[[], Iterator[Cells]], known: Headings, name: str = ""
) -> Table | None:
    """A table from rows whose headings need not stand in the first one; None where all is blank.

    Title rows may stand above: of the first rows, that with most `known` headings has them.
    """
    first = [
        (where, cells)
        for where, cells in islice(rows(), _TITLE_ROWS)
        if any(cell.strip() for cell in cells)
    ]
    if not first:
        return None
    top, cells = max(first, key=lambda row: len(known.among(row[1])))
    headings = [clean(cell) for cell in cells]
    doubled = _doubled(headings)
    columns = {one: at for at, one in enumerate(headings) if one and one not in doubled}
    unnamed = tuple(at for at, one in enumerate(headings) if not one)
    widths = [len(row) for _, row in first[first.index((top, cells)) + 1 :]]
    usual = min(widths) if len(widths) > 1 else 0

    def below() -> Iterator[Cells]:
        reading = rows()
        for where, _ in reading:
            if where == top:
                break
        yield from reading

    return Table(path, columns, below, top, doubled, len(headings), usual, unnamed, name)


def _doubled(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings that stand twice, however each is written."""
    counts = Counter(folded(heading) for heading in headings if heading)
    return tuple(one for one in dict.fromkeys(headings) if counts[folded(one)] > 1)
