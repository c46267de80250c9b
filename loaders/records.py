"""Tables of things: one row a thing, its fields by heading, as the file in `kinds/` says."""

from collections.abc import Iterator

from kg.dates import read_date
from kg.statement import Claim, Name, Origin, Problem, Span, is_id
from kg.text import clean
from kg.when import When
from loaders import amounts, rows, several, wording
from loaders.cells import (
    elsewhere,
    first,
    named,
    origin,
    origin_faults,
    passed_over,
    place_of,
    points_away,
    split,
)
from loaders.goals import goals
from loaders.kind import FieldRule, Kind, common
from loaders.listed import issuers, linked
from loaders.table import Row, Table

NAME = "records"
_BODIES = ("Organisation", "Agency")
_READERS = {"title": wording.title, "number": wording.number, "city": wording.city}
VERSION = "4"


def read(table: Table, kind: Kind) -> Iterator[Claim | Problem]:
    """The claims of a table of things, with a problem for each row or cell that makes none."""
    for row in rows.things(table, (kind.keys(),)):
        if isinstance(row, Problem):
            yield row
        else:
            yield from read_row(row, kind)


def read_row(row: Row, kind: Kind) -> Iterator[Claim | Problem]:
    """The claims of one row; one with too many cells has shifted, and says nothing sure."""
    if row.surplus:
        remedy = "quote cells with commas, end no row with one"
        yield Problem("", row.where, "", "", "more cells than headings", remedy)
        return
    yield from _record(row, kind)


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
        yield from passed_over(row, rule.headings)
        for heading, text in _texts(row, rule, *first(row, rule.headings)):
            if points_away(text):
                yield elsewhere(row, heading, text)
                continue
            said_here = _contested(said, rule)
            claim = Claim(
                kind.class_name, subject, rule.property, text, said.row, heading, said_here
            )
            claim = claim._replace(lang=rule.lang, planned=planned)
            yield from _shaped(row, kind, rule, claim, day)
            yield from _numbered(row, kind, rule, claim)


def _numbered(row: Row, kind: Kind, rule: FieldRule, claim: Claim) -> Iterator[Claim]:
    """A document's number behind its title, where it has no cell of its own."""
    own = next((one for one in kind.field if one.reads == "number"), None)
    if own is None or rule is not kind.naming() or first(row, own.headings)[1]:
        return
    if found := wording.number_behind(str(claim.value)):
        yield claim._replace(property=own.property, value=found, lang="")


def _subject(row: Row, kind: Kind, day: When | None) -> Name | str | Problem:
    """The row's id, or its name with the place and day that tell namesakes apart."""
    heading, cell = first(row, kind.id) if kind.id else ("", "")
    if cell:
        remedy = "want an id like policy:p20"
        return cell if is_id(cell) else _fault(row, heading, cell, "not an id", remedy)
    if kind.id and row.table.written(kind.id[0]):
        return _fault(row, heading, "", "no id", "give the row an id")
    if kind.made_of:
        return _made(row, kind)
    rule = kind.naming()
    if rule is None:
        return _fault(row, "id", "", "no id", "give the row an id")
    heading, cell = first(row, rule.headings)
    if not cell:
        return _fault(row, heading, "", "no name", "give the row a name")
    if points_away(cell):
        return elsewhere(row, heading, cell)
    text = wording.title(cell) if rule.reads == "title" else wording.unmarked(cell)
    by = issuers(row, kind)
    return Name(text, (kind.class_name,), place=place_of(row), day=day, by=by)


def _made(row: Row, kind: Kind) -> Name:
    """What has no name: by the cells that it is made of, and by the thing it is a part of."""
    rules = {heading: rule for rule in kind.field for heading in rule.headings}
    parts: list[str] = []
    owner: Name | str = ""
    for heading, cell in (first(row, headings) for headings in kind.made_of):
        rule = rules.get(heading)
        if rule and rule.class_name:
            owner = named(wording.title(cell), (rule.class_name,)) if cell else ""
        elif cell:
            parts.append(_year(cell) if rule and rule.property == "due" else cell)
    return Name(clean(" ".join(parts)), (kind.class_name,), of=owner)


def _year(cell: str) -> str:
    """The year of a due date, however it is written; the cell where it says none."""
    try:
        when = read_date(cell, due=True)
    except ValueError:
        return cell
    return str(when.latest.year) if when and when.latest else cell


def _texts(row: Row, rule: FieldRule, heading: str, cell: str) -> Iterator[tuple[str, str]]:
    """The values of a cell with their heading: none where it is missing, several in a list."""
    if rule.bounds and not cell:
        (low, not_before), (high, not_after) = (first(row, (one,)) for one in rule.bounds)
        cell = f"{not_before}/{not_after}" if not_before or not_after else ""
        heading = "/".join(name for name, one in ((low, not_before), (high, not_after)) if one)
    cell = "".join((cell, *(first(row, (heading,))[1] for heading in rule.join)))
    if not cell:
        return
    listed = rule.list and not rule.class_name
    for text in (part.strip(" ,，") for part in split(cell)) if listed else (cell,):
        if text:
            yield heading, text


def _shaped(
    row: Row, kind: Kind, rule: FieldRule, claim: Claim, day: When | None
) -> Iterator[Claim | Problem]:
    """The claim with its value read as the rule says: a name, an amount, an end of a period."""
    text = str(claim.value)
    if rule.original:
        claim = claim._replace(original=first(row, rule.original)[1] or text)
    if rule.class_name:
        yield from _linked(row, rule, claim, day)
    elif rule.reads == "goals":
        yield from _goals(row, claim)
    elif rule.reads in ("amount", "yuan") or rule.times != 1:
        yield from amounts.read(row, kind, rule, claim)
    elif rule.reads in ("start", "end"):
        if part := wording.period(text)[rule.reads == "end"]:
            yield claim._replace(value=part, original=text)
    elif rule.reads in _READERS:
        yield claim._replace(value=_READERS[rule.reads](text), original=text)
    elif rule.property in ("name", "alias"):
        yield claim._replace(value=wording.unmarked(text), original=text)
    else:
        yield claim


def _linked(row: Row, rule: FieldRule, claim: Claim, day: When | None) -> Iterator[Claim | Problem]:
    text = str(claim.value)
    if clean(text) in common().text.national:
        return
    span = Span(start=day) if rule.starts_with_record else Span()
    try:
        names = _names_in(rule, text)
    except several.InDoubt as error:
        yield _fault(row, claim.column, text, str(error), error.remedy)
        return
    if away := [one for one in names if points_away(one)]:
        yield from (elsewhere(row, claim.column, one) for one in away)
        names = tuple(one for one in names if one not in away)
        # who comes first is not known any more
        rule, text = rule.model_copy(update={"positions": False}), "、".join(names)
    if not text:
        return
    if rule.reads == "title" and not is_id(text):
        for one in names:
            yield claim._replace(value=linked(row, rule, one), span=span)
        return
    if len(names) > 1 and all(map(is_id, names)):
        yield from _each(rule, claim._replace(span=span), names)
        return
    value = named(text, (rule.class_name,))
    if isinstance(value, Name):
        besides = claim.subject if rule.property == "predecessor" else ""
        claim = claim._replace(original=text)
        value = value._replace(text=names[0]) if len(names) == 1 else value
        value = value._replace(parts=names, day=day, place=place_of(row), besides=besides)
    yield from _positioned(rule, claim._replace(value=value, span=span))


def _names_in(rule: FieldRule, text: str) -> tuple[str, ...]:
    """The names that a cell lists; raises InDoubt where one of them may be two."""
    if is_id(text):
        return ()
    if rule.reads == "title":
        return several.titles(text)
    if rule.class_name in _BODIES:
        return several.bodies(text, rule.list)
    return tuple(map(wording.unmarked, split(text))) if rule.list else ()


def _each(rule: FieldRule, claim: Claim, ids: tuple[str, ...]) -> Iterator[Claim]:
    """One claim for each id that a cell lists."""
    for number, one in enumerate(ids, start=1):
        made = claim._replace(value=one, original=one)
        made = made._replace(position=number if rule.positions else None)
        yield _turned(made) if rule.inverse else made


def _positioned(rule: FieldRule, claim: Claim) -> Iterator[Claim]:
    """One claim for all names of a cell, or one for each with its place in the list."""
    value = claim.value
    if rule.positions and isinstance(value, Name) and len(value.parts) > 1:
        for number, part in enumerate(value.parts, start=1):
            named_part = value._replace(text=part, parts=())
            yield claim._replace(value=named_part, original=part, position=number)
        return
    yield _turned(claim) if rule.inverse else claim


def _turned(claim: Claim) -> Claim:
    return claim._replace(class_name="", subject=claim.value, value=claim.subject)


def _goals(row: Row, claim: Claim) -> Iterator[Claim]:
    """Each goal in a policy's cell is a target of its own, set by the policy."""
    for goal in goals(str(claim.value)):
        text = " ".join(part for part in (goal.metric, goal.due[:4]) if part)
        made = Name(text, ("Target",), of=claim.subject)
        target = claim._replace(class_name="Target", subject=made)
        target = target._replace(original=goal.metric)
        yield target._replace(property="set_by", value=claim.subject, original="")
        for name, value in (
            ("metric", goal.metric),
            ("due", goal.due),
            ("qualifier", goal.qualifier),
        ):
            if value:
                yield target._replace(property=name, value=value)
        if goal.amount:
            yield from amounts.claims(target, goal.amount, goal.amount.number + goal.amount.unit)


def _contested(said: Origin, rule: FieldRule) -> Origin:
    """A row marked conflicting is so about what can be contested, and says the rest."""
    if said.stance == "conflicting" and not rule.contested:
        return said._replace(stance="stated")
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
            return when.capped(said.page) if when and not when.is_after(said.page) else None
    return None


def _fault(row: Row, heading: str, value: str, problem: str, remedy: str) -> Problem:
    return Problem("", row.where, heading, value, problem, remedy)
