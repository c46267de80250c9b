"""Whether a fact held on a day: surely, surely not, or perhaps.

How a field holds is in the ontology: always; as an event, from its subject's own date on; as a
state, an interval whose missing ends are those of the lives of both things. A life begins and ends
with the dates that the ontology marks so; a predecessor's with its successor's beginning, where
that is stated and nothing says otherwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kg.store import Store
from kg.terms import Model, Term
from kg.when import When

Held = Literal["yes", "no", "perhaps"]


@dataclass(frozen=True)
class Span:
    """An interval; its start and end are each known as far as they are, None not at all."""

    start: When | None = None
    end: When | None = None


def held(span: Span, day: date) -> Held:
    """Whether what has this span held on a day; a start that is unknown leaves it open.

    >>> span = Span(When.parse("2024-01"), When.parse("2025-03-01"))
    >>> [held(span, date(2024, 1, 15)), held(span, date(2024, 2, 1)), held(span, date(2025, 3, 1))]
    ['perhaps', 'yes', 'no']
    """
    start, end = span.start, span.end
    if start and start.earliest and day < start.earliest:
        return "no"
    if end and end.latest and day >= end.latest:
        return "no"
    begun = bool(start and start.latest and start.latest <= day)
    lasting = end is None or bool(end.earliest and day < end.earliest)
    return "yes" if begun and lasting else "perhaps"


def span_of(term: Term, own: Span, subject: Span, value: Span) -> Span:
    """A fact's span: its own bounds, and for missing ones those that its field inherits."""
    if term.holds == "event":
        return Span(own.start or subject.start, None)
    if term.holds == "state":
        return Span(
            own.start or _later(subject.start, value.start),
            own.end or _sooner(subject.end, value.end),
        )
    return own


def fact_held(model: Model, alive: Mapping[str, Span], fact: Sequence[Any], day: date) -> Held:
    """Whether a fact held on a day, by its own bounds and the lives of both its ends.

    `fact` is subject, property, value, kind and the four bounds; a thing that `alive` lacks has no
    known life.
    """
    subject, prop, value, kind, *bounds = fact
    own = Span(between(*bounds[:2]), between(*bounds[2:]))
    field = model.of(subject).properties.get(prop)
    if field is None:
        return held(own, day)
    ends = (alive.get(one, Span()) for one in (subject, value if kind == "link" else subject))
    span = span_of(field.term, own, *ends)
    return "yes" if field.term.holds == "always" and span == Span() else held(span, day)


def between(first: date | None, last: date | None) -> When | None:
    """A date between two days; None where neither is known."""
    return When(first, last) if first or last else None


def _later(*starts: When | None) -> When | None:
    """The start of what needs both: neither bound lies before either's."""
    known = [one for one in starts if one]
    if len(known) < 2:
        return known[0] if known else None
    firsts = [one.earliest for one in known if one.earliest]
    lasts = [one.latest for one in known]
    latest = max(one for one in lasts if one) if all(lasts) else None
    earliest = max(firsts, default=None)
    return When(earliest, latest) if earliest or latest else None


def _sooner(*ends: When | None) -> When | None:
    """The end of what needs both: neither bound lies after either's."""
    known = [one for one in ends if one]
    if len(known) < 2:
        return known[0] if known else None
    lasts = [one.latest for one in known if one.latest]
    firsts = [one.earliest for one in known]
    earliest = min(one for one in firsts if one) if all(firsts) else None
    latest = min(lasts, default=None)
    return When(earliest, latest) if earliest or latest else None


def lives(store: Store, model: Model, entities: Sequence[str]) -> dict[str, Span]:
    """The life of each of some things, as far as preferred facts tell it."""
    successions = _successions(store, entities)
    asked = sorted({*entities, *(new for _, new, _ in successions)})
    rows = store.connection.execute(
        """SELECT subject, property, value FROM facts
        WHERE preferred AND kind = 'date' AND subject IN (SELECT unnest($1::VARCHAR[]))""",
        [asked],
    ).fetchall()
    own = {entity: _own_life(model, entity, rows) for entity in asked}
    active = _active_after(store, [(old, own[new].start) for old, new, _ in successions])
    for old, new, stated in successions:
        start = own[new].start
        if own[old].end is None and start:
            sure = stated and start.latest and (old, start.latest) not in active
            own[old] = Span(own[old].start, start if sure else _not_before(start))
    return {entity: own[entity] for entity in entities}


def _not_before(start: When) -> When | None:
    """An end that may have come with the successor, or later, or not yet."""
    return When(start.earliest, None) if start.earliest else None


def _own_life(model: Model, entity: str, rows: Iterable[tuple[str, str, str]]) -> Span:
    ends: dict[str, list[When]] = {"begins": [], "ends": []}
    for subject, prop, value in rows:
        field = model.of(entity).properties.get(prop)
        if subject == entity and field and field.term.life:
            ends[field.term.life].append(When.parse(value))
    return Span(_first(ends["begins"]), _first(ends["ends"]))


def _first(dates: Sequence[When]) -> When | None:
    return _sooner(*dates) if dates else None


def _successions(store: Store, entities: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Old, new, and whether it is stated and no status says that the old one is current."""
    return store.connection.execute(
        """SELECT p.value, p.subject, p.stance = 'stated' AND NOT EXISTS (
            SELECT 1 FROM facts s WHERE s.subject = p.value AND s.preferred
                AND s.property = 'status' AND s.value = 'current')
        FROM facts p
        WHERE p.preferred AND p.property = 'predecessor'
            AND p.value IN (SELECT unnest($1::VARCHAR[]))
        ORDER BY p.value, 3 DESC, p.subject""",
        [list(entities)],
    ).fetchall()


def _active_after(store: Store, ended: Iterable[tuple[str, When | None]]) -> set[tuple[str, date]]:
    """The bodies that a fact shows at work after the last day on which their successor began."""
    asked = sorted({(old, start.latest) for old, start in ended if start and start.latest})
    rows = store.connection.execute(
        """WITH asked AS (
            SELECT unnest($1::VARCHAR[]) AS id, unnest($2::DATE[]) AS day
        ), links AS (
            SELECT subject, value, from_earliest FROM facts WHERE preferred AND kind = 'link'
                AND property <> 'predecessor' AND from_earliest IS NOT NULL
        )
        SELECT a.id, a.day FROM links l JOIN asked a ON a.id = l.subject AND l.from_earliest > a.day
        UNION
        SELECT a.id, a.day FROM links l JOIN asked a ON a.id = l.value AND l.from_earliest > a.day
        """,
        [[old for old, _ in asked], [day for _, day in asked]],
    ).fetchall()
    return {(old, day) for old, day in rows}
