"""Tables of things: one row a thing, its fields by heading, as the file in `kinds/` says."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from kg.dates import read_date
from kg.statement import Claim, Name, Origin, Problem, Span
from kg.text import clean
from kg.when import When
from loaders.cells import first, is_id, named, origin, origin_faults, place_of, split
from loaders.kind import FieldRule, Kind, common
from loaders.table import Row, Table

NAME = "records"
VERSION = "1"


def read(table: Table, kind: Kind) -> Iterator[Claim | Problem]:
    """The claims of a table of things, with a problem for each row or cell that makes none."""
    for row in table.rows():
        if is_summary(row):
            continue
        if row.surplus:
            yield _row_problem(row, "more cells than headings", "quote cells with commas")
            continue
        yield from _record(row, kind)


def is_summary(row: Row) -> bool:
    """Whether a row sums up or explains, as 合计 and 注 rows do."""
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    return cells[0].startswith(common().text.summary)


def _record(row: Row, kind: Kind) -> Iterator[Claim | Problem]:
    rules = sorted(kind.field, key=lambda rule: rule.property != "name")
    said = origin(row, kind.own_source)
    day = _day(row, rules, said)
    subject = _subject(row, kind, day)
    if isinstance(subject, Problem):
        yield subject
        return
    yield from origin_faults(row)
    planned = bool(kind.planned and row.get(kind.planned.heading) in kind.planned.values)
    for rule in rules:
        heading, cell = first(row, rule.headings)
        for text in _texts(row, rule, cell):
            said_here = _contested(said, rule)
            claim = Claim(
                kind.class_name, subject, rule.property, text, said.row, heading, said_here
            )
            claim = replace(claim, lang=rule.lang, planned=planned)
            yield from _shaped(row, rule, claim, day)


def _subject(row: Row, kind: Kind, day: When | None) -> Name | str | Problem:
    """The row's id, or its name with the place and day that tell namesakes apart."""
    heading, cell = first(row, kind.id) if kind.id else ("", "")
    if cell:
        return cell if is_id(cell) else _cell_problem(row, heading, cell, "not an id")
    rule = next((one for one in kind.field if one.property == "name" and not one.lang), None)
    if rule is None or (kind.id and kind.id[0] in row.table.columns):
        return _cell_problem(row, heading or "id", "", "no id")
    heading, cell = first(row, rule.headings)
    if not cell:
        return _cell_problem(row, heading, "", "no name")
    return Name(cell, (kind.class_name,), place=place_of(row), day=day)


def _texts(row: Row, rule: FieldRule, cell: str) -> Iterator[str]:
    """The values of a cell: none where it is missing, several where it lists them."""
    if rule.bounds and not cell:
        low, high = (first(row, (heading,))[1] for heading in rule.bounds)
        cell = f"{low}/{high}" if low or high else ""
    cell = "".join((cell, *(first(row, (heading,))[1] for heading in rule.join)))
    if not cell:
        return
    yield from split(cell) if rule.list and not rule.class_name else (cell,)


def _shaped(row: Row, rule: FieldRule, claim: Claim, day: When | None) -> Iterator[Claim | Problem]:
    """The claim with its value as a name, turned round or scaled where the rule says so."""
    text = str(claim.value)
    if rule.original:
        claim = replace(claim, original=first(row, rule.original)[1] or text)
    if rule.times != 1:
        yield _scaled(row, rule, claim)
        return
    if not rule.class_name:
        yield claim
        return
    if clean(text) in common().text.national:
        return
    value = named(text, (rule.class_name,))
    if isinstance(value, Name):
        besides = claim.subject if rule.property == "predecessor" else ""
        parts = split(text) if rule.list else ()
        value = replace(value, parts=parts, day=day, place=place_of(row), besides=besides)
    span = Span(start=day) if rule.starts_with_record else Span()
    claim = replace(claim, value=value, span=span)
    yield _turned(claim) if rule.inverse else claim


def _turned(claim: Claim) -> Claim:
    return replace(claim, class_name="", subject=claim.value, value=claim.subject)


def _scaled(row: Row, rule: FieldRule, claim: Claim) -> Claim | Problem:
    text = str(claim.value)
    try:
        value = Decimal(text.replace(",", "")) * rule.times
    except InvalidOperation:
        return _cell_problem(row, claim.column, text, f"not a number: {text!r}")
    return replace(claim, value=format(value.normalize(), "f"), original=text + rule.unit)


def _contested(said: Origin, rule: FieldRule) -> Origin:
    """A row marked conflicting is so about what can be contested, and says the rest."""
    if said.stance == "conflicting" and not rule.contested:
        return replace(said, stance="stated")
    return said


def _day(row: Row, rules: list[FieldRule], said: Origin) -> When | None:
    """The record's own date; where it can't be read, its cell says so when it is claimed."""
    for rule in rules:
        if rule.dates_record:
            try:
                cell = first(row, rule.headings)[1]
                when = read_date(cell, said.page) if cell else None
            except ValueError:
                return None
            return when.capped(said.page) if when else None
    return None


def _row_problem(row: Row, problem: str, remedy: str) -> Problem:
    return Problem("", f"row {row.number}", "", "", problem, remedy)


def _cell_problem(row: Row, heading: str, value: str, problem: str) -> Problem:
    remedy = {"no id": "give the row an id", "no name": "give the row a name"}.get(problem, "")
    remedy = remedy or ("want an id like policy:p20" if problem == "not an id" else "want digits")
    return Problem("", f"row {row.number}", heading, value, problem, remedy)
