"""Values that can't both be true, who says them, and the rule by which one of them is preferred.

The choice itself is made by `facts.sql`; here it is explained, from the same statements, verdicts
and sources. Dates that agree are no disagreement: a sharper one refines a blunter one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from kg import domain
from kg.citation import Citation, citations
from kg.store import Store
from kg.weight import RULES, Said, Weight, agrees, read_said, weigh
from kg.when import When

__all__ = ["RULES", "Conflict", "Side", "conflicts"]


@dataclass(frozen=True)
class Side:
    """One of the values: how it stands, by which rule it lost, on whose word.

    `rule` is empty for the preferred one; `sources` counts independent ones.
    """

    value: str
    name: str
    standing: str
    rule: str
    sources: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Conflict:
    """A field of a thing of which sources say what can't all be true; the preferred value first."""

    subject: str
    name: str
    property: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class _Fact:
    value: str
    kind: str
    start: date
    end: date
    status: str
    preferred: bool
    said: tuple[Said, ...]

    @property
    def rejected(self) -> bool:
        return self.status == "rejected"


_OPEN = (date.min, date.max)
_Row = tuple[_Fact | str, str, str, Sequence[Said]]
"""A fact or text, how it stands, the rule, the statements."""


def conflicts(store: Store, thing: str = "") -> list[Conflict]:
    """All disagreements, or those about one thing, by thing and property."""
    store.facts()
    rows = store.connection.execute(
        """SELECT subject, property, lang, value, kind, from_earliest, to_latest, status, preferred,
            statements
        FROM facts WHERE (subject, property, lang) IN (
            SELECT (subject, property, lang) FROM facts
            WHERE status <> 'accepted' AND ($1 = '' OR subject = $1))
        ORDER BY subject, property, lang, value, from_earliest, id""",
        [thing],
    ).fetchall()
    said = read_said(store, [one for row in rows for one in row[-1]])
    names = store.names()
    found = []
    for key, group in groupby(rows, key=lambda row: row[:3]):
        facts = [_fact(row, said) for row in group]
        single = not domain.model().of(key[0]).properties[key[1]].many
        for sides in [*(_values(facts) if single else _alone(facts)), *_dates(facts)]:
            found.append((key, sides))
    return _told(store, found, names)


def _fact(row: Sequence[Any], said: Mapping[str, Said]) -> _Fact:
    _, _, _, value, kind, start, end, status, preferred, statements = row
    mine = tuple(said[one] for one in statements)
    return _Fact(value, kind, start or date.min, end or date.max, status, preferred, mine)


def _told(
    store: Store, found: Sequence[tuple[tuple[str, str, str], list[_Row]]], names: Mapping[str, str]
) -> list[Conflict]:
    """Conflicts with names and citations."""
    wanted = {one.id for _, sides in found for *_, said in sides for one in said}
    cited = {one.statement: one for one in citations(store, sorted(wanted))}
    return [
        Conflict(
            subject,
            names.get(subject, ""),
            prop,
            tuple(
                Side(
                    fact if isinstance(fact, str) else fact.value,
                    "" if isinstance(fact, str) or fact.kind != "link" else names[fact.value],
                    standing,
                    rule,
                    len({one.root for one in said}),
                    tuple(cited[one.id] for one in said),
                )
                for fact, standing, rule, said in sides
            ),
        )
        for (subject, prop, _), sides in found
    ]


def _values(facts: Sequence[_Fact]) -> Iterator[list[_Row]]:
    """The values of a field that has one: the preferred ones, and those that they beat."""
    weights = _weights(facts)
    losers: list[_Row] = []
    rivals: list[_Fact] = []
    for fact in (one for one in facts if not one.preferred):
        against = [one for one in facts if one.preferred and _excludes(one, fact)]
        rule = "judgement" if fact.rejected else _rule(fact, facts, weights)
        if against or not fact.rejected or not any(one.preferred for one in facts):
            rivals += against
            losers.append((fact, fact.status, rule, fact.said))
    if losers:
        best = [one for one in facts if one.preferred and one in rivals]
        yield [*((one, "preferred", "", one.said) for one in best), *losers]


def _excludes(one: _Fact, other: _Fact) -> bool:
    """Whether two values of a field can't both be true."""
    if one.value == other.value:
        return False
    if one.kind == "date":
        return not agrees(one.value, other.value)
    return one.start < other.end and other.start < one.end


def _weights(facts: Sequence[_Fact]) -> dict[str, Weight]:
    """What each date weighs, as it was stated, before those that agree combine."""
    claimed: dict[str, list[Said]] = {}
    for fact in (one for one in facts if not one.rejected and one.kind == "date"):
        for said in fact.said:
            claimed.setdefault(said.value, []).append(said)
    return {value: weigh(value, said, claimed) for value, said in claimed.items()}


def _rule(fact: _Fact, facts: Sequence[_Fact], dates: Mapping[str, Weight]) -> str:
    """The first rule by which the best of the better values that exclude this one is better."""
    if fact.kind == "date":
        mine = dates[fact.said[0].value]
        members = {said.value for one in facts if one.preferred for said in one.said}
        better = sorted(dates[one] for one in members if dates[one] < mine)
        apart = [one for one in better if not agrees(one.value, mine.value)]
        return mine.beaten_by(apart[0] if apart else better[-1])
    mine = weigh(fact.value, fact.said)
    rivals = (one for one in facts if not one.rejected and _excludes(one, fact))
    return mine.beaten_by(min(weigh(one.value, one.said) for one in rivals))


def _alone(facts: Sequence[_Fact]) -> Iterator[list[_Row]]:
    """Of a field that may have many values: those rejected beside those kept by a judgement.

    A link that would close a circle stands by itself.
    """
    rejected = [one for one in facts if one.rejected]
    kept = [one for one in facts if one.preferred and any(each.verdict for each in one.said)]
    if rejected:
        yield [
            *((one, "preferred", "", one.said) for one in kept),
            *((one, one.status, "judgement", one.said) for one in rejected),
        ]
    for fact in (one for one in facts if not one.preferred and not one.rejected):
        yield [(fact, fact.status, "circle", fact.said)]


def _dates(facts: Sequence[_Fact]) -> Iterator[list[_Row]]:
    """Facts about whose beginning or end their sources disagree."""
    for fact in (one for one in facts if one.preferred and one.status == "disputed"):
        for side in ("start", "end"):
            claimed = _edges(fact.said, side)
            spans = [span for span in claimed if span != _OPEN]
            if spans and max(one for one, _ in spans) > min(one for _, one in spans):
                yield _ordered(fact.value, side, claimed)


def _edges(said: Iterable[Said], side: str) -> dict[tuple[date, date], list[Said]]:
    claimed: dict[tuple[date, date], list[Said]] = {}
    for one in said:
        first, last = one.starts if side == "start" else one.ends
        if first or last:
            claimed.setdefault((first or date.min, last or date.max), []).append(one)
    return claimed


def _ordered(
    value: str, side: str, claimed: Mapping[tuple[date, date], Sequence[Said]]
) -> list[_Row]:
    """The beginnings or ends of one fact, the preferred one first."""
    texts = {_text(span): list(said) for span, said in claimed.items()}
    weights = sorted(weigh(text, said, {text: said}) for text, said in texts.items())
    rows: list[_Row] = []
    for weight in weights:
        standing = "disputed" if rows else "preferred"
        rule = weight.beaten_by(weights[0]) if rows else ""
        shown = f"{value} {'from' if side == 'start' else 'to'} {weight.value}"
        rows.append((shown, standing, rule, texts[weight.value]))
    return rows


def _text(span: tuple[date, date]) -> str:
    first, last = span
    return str(When(None if first == date.min else first, None if last == date.max else last))
