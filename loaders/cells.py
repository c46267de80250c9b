"""What the cells of any table say beside its subject: who says so, when, how sure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg import domain
from kg.dates import read_date
from kg.statement import Name, Origin, Problem, is_id
from kg.text import clean, fold
from kg.when import When
from loaders.kind import common
from loaders.table import Row
from loaders.wording import unmarked


def first(row: Row, headings: Sequence[str]) -> tuple[str, str]:
    """The first of several headings that has something to say, and its cell."""
    there = row.table.present(tuple(headings))
    for heading, at in there:
        cell = row.cells[at].strip() if at < len(row.cells) else ""
        if cell and not is_missing(cell):
            return heading, cell
    return (there[0][0] if there else next(iter(headings), "")), ""


def is_missing(cell: str) -> bool:
    """Whether a cell is one of the marks for nothing, or a run of dashes.

    >>> is_missing("——"), is_missing("Null"), is_missing("无锡")
    (True, True, False)
    """
    marks, longest = _missing()
    if len(cell) <= longest and fold(cell) in marks:
        return True
    return not cell.strip(common().text.dashes)


def points_away(cell: str) -> bool:
    """Whether a cell only says where else to look: 同上, 见附件, a formula not worked out.

    >>> points_away("（同上）"), points_away("同上海市数据局"), points_away("=A2&B2")
    (True, False, True)
    """
    short = len(cell) < 8 and fold(cell).strip("()。.") in common().text.pointers
    return short or cell.startswith("=")


@lru_cache(maxsize=1)
def _missing() -> tuple[frozenset[str], int]:
    """The marks for nothing, folded, and the length of the longest with blanks about it."""
    marks = frozenset(map(fold, common().text.missing))
    return marks, max(map(len, marks)) + 2


def passed_over(row: Row, headings: Sequence[str]) -> Iterator[Problem]:
    """The cells of one field's further columns, where they say something else than the first."""
    there = row.table.present(tuple(headings))
    if len(there) < 2:
        return
    heading, cell = first(row, headings)
    for other, _ in there:
        said = row.get(other)
        if other != heading and not is_missing(said) and not _same(said, cell):
            what = f"{heading} says {cell!r} for the same field, this cell is not read"
            yield Problem("", row.where, other, said, what, "keep one of the two columns")


def _same(one: str, other: str) -> bool:
    if fold(one) == fold(other):
        return True
    try:
        return read_date(one) == read_date(other)
    except ValueError:
        return False


def cited(row: Row, headings: Sequence[str]) -> str:
    """The source that a row cites; none where its cell only points elsewhere."""
    cell = first(row, headings)[1]
    return "" if points_away(cell) else cell


def elsewhere(row: Row, heading: str, cell: str) -> Problem:
    """That a cell only says where else to look."""
    what = f"only points elsewhere: {cell!r}"
    return Problem("", row.where, heading, cell, what, "write it out")


def origin(row: Row, own: bool = False) -> Origin:
    """Who says what the row says; with `own`, the document itself."""
    roles = common().roles
    address = cited(row, roles.address)
    return Origin(
        source="" if own else cited(row, roles.source) or address,
        address=address,
        page=_page(first(row, roles.page)[1]),
        row=row.where,
        quote=first(row, roles.quote)[1],
        stance=_stance(first(row, roles.stance)[1]) or "",
    )


def origin_faults(row: Row) -> Iterator[Problem]:
    """What can't be read of who says so; no reason to lose the row, which says the rest."""
    place, roles = row.where, common().roles
    for headings in (roles.source, roles.address, roles.page, roles.stance, roles.quote):
        yield from passed_over(row, headings)
    for headings in (roles.source, roles.address, roles.quote):
        heading, cell = first(row, headings)
        if points_away(cell):
            yield elsewhere(row, heading, cell)
    heading, cell = first(row, roles.page)
    if cell and _page(cell) is None:
        wanted = "want 2024, 2024-01, 2024-01-05 or a/b"
        yield Problem("", place, heading, cell, f"not the date of a page: {cell!r}", wanted)
    heading, cell = first(row, roles.stance)
    if cell and _stance(cell) is None:
        wanted = f"want one of {', '.join(domain.codes()['stance'].codes)}"
        yield Problem("", place, heading, cell, f"unknown code {cell!r}", wanted)


def _page(cell: str) -> When | None:
    try:
        return read_date(cell) if cell else None
    except ValueError:
        return None


def _stance(cell: str) -> str | None:
    return domain.codes()["stance"].find(cell)


def named(cell: str, classes: Sequence[str] = ()) -> Name | str:
    """An id as it is, anything else as a name to be identified, without the marks about it."""
    classes = tuple(one for one in classes if one)
    return cell if is_id(cell) else Name(unmarked(cell), classes)


def place_of(row: Row) -> Name | str:
    """The area of a record; empty for national ones and for those that give none."""
    cell = first(row, common().roles.place)[1]
    return "" if not cell or clean(cell) in common().text.national else named(cell, ("Area",))


def split(cell: str) -> tuple[str, ...]:
    """The parts of a list in a cell: by the strongest separator that occurs in it.

    >>> split("国家局；National Data Administration；NDA")
    ('国家局', 'National Data Administration', 'NDA')
    >>> split("内蒙古政务服务与数据管理局、内蒙古数据局")
    ('内蒙古政务服务与数据管理局', '内蒙古数据局')
    """
    for marks in (";；", "、", "/"):
        if any(mark in cell for mark in marks):
            parts = (part.strip() for part in re.split(f"[{marks}]", cell))
            return tuple(part for part in parts if part)
    return (cell,)
