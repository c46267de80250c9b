"""Tables of pairs: who, what, whom, as `kinds/relations.toml` says."""

from collections.abc import Iterator

from kg.dates import NoDate, read_date, reported
from kg.register import Register
from kg.statement import Claim, Name, Origin, Problem, Span
from kg.when import When
from loaders import rows, wording
from loaders.cells import elsewhere, first, named, origin, origin_faults, points_away
from loaders.kind import Relation, relations
from loaders.table import Row, Table

NAME = "relations"
VERSION = "3"
_DRAFT = "征求意见稿"


def read(table: Table, register: Register) -> Iterator[Claim | Problem]:
    """The claims of a table of pairs, with a problem for each row that makes none."""
    rules = relations()
    for row in rows.things(table, (rules.subject, rules.object)):
        if isinstance(row, Problem):
            yield row
            continue
        cells = [first(row, part) for part in (rules.subject, rules.predicate, rules.object)]
        empty = [heading for heading, cell in cells if not cell]
        if row.surplus or empty:
            field = empty[0] if empty else ""
            what = f"no {field}" if empty else "more cells than headings"
            yield Problem("", row.where, field, "", what, "fill the cell or drop the row")
            continue
        away = [pair for pair in (cells[0], cells[2]) if points_away(pair[1])]
        if away:
            yield from (elsewhere(row, heading, cell) for heading, cell in away)
            continue
        yield from origin_faults(row)
        yield from _claim(row, [cell for _, cell in cells], register)


def _claim(row: Row, cells: list[str], register: Register) -> Iterator[Claim | Problem]:
    subject, predicate, target = cells
    rule = relations().find(predicate)
    if rule is None:
        field = first(row, relations().predicate)[0]
        known = ", ".join(f"{key} ({one.zh})" for key, one in relations().relation.items())
        problem = f"unknown predicate {predicate!r}"
        yield Problem("", row.where, field, predicate, problem, f"want {known}")
        return
    said = origin(row)
    when = None
    try:
        when = _when(row, said, register)
    except NoDate as error:  # it costs the row its date and nothing else
        heading, cell = first(row, relations().date)
        yield Problem("", row.where, heading, cell, error.problem, error.remedy)
    about, value = (target, subject) if rule.inverse else (subject, target)
    told = relations().subject if rule.inverse else relations().object
    claim = Claim(
        rule.domain,
        named(_bare(about), (rule.domain,)),
        _property(rule, target, register),
        named(_bare(value)),
        row.where,
        first(row, told)[0],
        said,
        span=_span(rule, when),
    )
    yield claim._replace(value=_besides(claim))


def _when(row: Row, said: Origin, register: Register) -> When | None:
    """The row's date, no later than its page."""
    cell = first(row, relations().date)[1]
    page = said.page or (register.page(register.source(said.source)) if said.source else None)
    when = read_date(cell, page) if cell else None
    return reported(cell, when, page) if when else None


def _bare(cell: str) -> str:
    """A title out of its brackets; any other name as it is written."""
    return wording.title(cell) if "《" in cell else cell


def _property(rule: Relation, target: str, register: Register) -> str:
    """A draft is not replaced by its final text: it becomes it."""
    if rule.draft and _DRAFT in register.official.get(target, target):
        return rule.draft
    return rule.property


def _span(rule: Relation, when: When | None) -> Span:
    if when is None:
        return Span()
    return Span(start=When(None, when.latest) if rule.date == "seen" and when.latest else when)


def _besides(claim: Claim) -> Name | str:
    if isinstance(claim.value, Name) and claim.property == "predecessor":
        return claim.value._replace(besides=claim.subject)
    return claim.value
