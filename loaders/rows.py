"""The rows of a table that are about a thing: no sums, notes, groups or further headings."""

from collections.abc import Iterator, Sequence

from kg.statement import Problem, is_id
from kg.text import fold
from loaders.cells import first, is_missing, points_away
from loaders.headings import Headings
from loaders.kind import all_known, common
from loaders.table import Row, Table

_FILLED = 3
"""So many cells has a row that says something of what it numbers, its source among them."""

Keys = Sequence[Sequence[str]]
"""The headings that name the things of a row: one's own, or a subject's and an object's."""


def things(table: Table, keys: Keys) -> Iterator[Row | Problem]:
    """The rows that say something, and a problem for those that look so and do not.

    Below the headings of another table nothing is read until the table's own come again.
    """
    other: list[Row] = []
    for row in table.rows():
        cells = [cell for cell in row.cells if cell.strip()]
        if table.written(cells[0]) and _repeats(row):
            yield from _another(other)
            other = []
        elif other or _heads_another(cells):
            other.append(row)
        else:
            yield from _told(row, cells, keys)
    yield from _another(other)


def _repeats(row: Row) -> bool:
    """Whether every cell is the heading of its column."""
    table, doubled = row.table, Headings(row.table.doubled)
    return all(
        table.columns.get(table.written(cell)) == at or cell in doubled
        for at, cell in enumerate(row.cells)
        if cell.strip()
    )


def _heads_another(cells: Sequence[str]) -> bool:
    """Whether two cells of three, and two at least, are headings that some kind knows."""
    if cells[0] not in all_known() and cells[-1] not in all_known():
        return False
    known = len(all_known().among(cells))
    return known > 1 and 3 * known >= 2 * len(cells)


def _another(rows: Sequence[Row]) -> Iterator[Problem]:
    if rows:
        found = ", ".join(cell.strip() for cell in rows[0].cells if cell.strip())
        what = f"headings of another table ({found[:80]}), its {len(rows) - 1} rows are not read"
        yield Problem("", rows[0].where, "", "", what, "give it a sheet or file of its own")


def _told(row: Row, cells: Sequence[str], keys: Keys) -> Iterator[Row | Problem]:
    """The row, unless what names its thing is empty or no name."""
    named = [first(row, headings) for headings in keys]
    heading, name = next((one for one in named if one[1]), ("", ""))
    if is_id(name):
        yield row
        return
    text, mark = common().text, fold(name or cells[0])
    if text.sums.search(mark) or (name and _is_tally(name) and text.sums.search(fold(cells[0]))):
        return
    if text.notes.search(mark) and len(cells) == 1:
        return
    bare = len(cells) < _FILLED and text.numbered.search(mark)
    if name and (bare or text.notes.search(mark) or text.groups.search(mark)):
        what = "a note or the title of a group stands where a name belongs"
        yield Problem("", row.where, heading, name, what, "give it a column of its own")
        return
    yield row


def _is_tally(name: str) -> bool:
    return is_missing(name) or points_away(name) or bool(common().text.tallies.search(fold(name)))
