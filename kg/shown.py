"""Everything known of one thing: its facts, who says so, and who says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.citation import Citation, citations
from kg.conflicts import Conflict, conflicts
from kg.holding import between, fact_held, lives
from kg.register import Named
from kg.store import Store


@dataclass(frozen=True)
class Fact:
    """One fact as shown: what is said, when it holds, how it stands, on whose word."""

    subject: str
    property: str
    value: str
    value_name: str
    lang: str
    holds: str
    status: str
    preferred: bool
    stance: str
    sources: int
    cites: tuple[int, ...]
    held: str = ""


@dataclass(frozen=True)
class Shown:
    """One thing: its names in the register, what is said of it, and what links to it."""

    id: str
    name: str
    class_name: str
    names: tuple[Named, ...]
    facts: tuple[Fact, ...]
    linked: tuple[Fact, ...]
    citations: tuple[Citation, ...]
    conflicts: tuple[Conflict, ...] = ()


def show(store: Store, entity: str, day: date | None = None) -> Shown:
    """All facts of an entity, rejected ones too, and all facts that link to it.

    With a `day`, each says whether it held then.
    """
    from kg import domain

    store.facts()
    names = store.names()
    rows = store.connection.execute(
        """SELECT subject, property, value, kind, lang, status, preferred, stance, sources,
            from_earliest, from_latest, to_earliest, to_latest, statements FROM facts
        WHERE subject = $1 OR (kind = 'link' AND value = $1)
        ORDER BY property, NOT preferred, value, from_earliest, subject""",
        [entity],
    ).fetchall()
    numbers: dict[str, int] = {}
    held = _held(store, rows, day) if day else [""] * len(rows)
    facts = [_fact(row, names, numbers, on) for row, on in zip(rows, held, strict=True)]
    return Shown(
        entity,
        names.get(entity, ""),
        domain.model().of(entity).name,
        tuple(one for one in store.register.all_names() if one.entity == entity),
        tuple(one for one in facts if one.subject == entity),
        tuple(one for one in facts if one.subject != entity),
        tuple(citations(store, list(numbers))),
        tuple(conflicts(store, entity)) if any(row[5] != "accepted" for row in rows) else (),
    )


def _held(store: Store, rows: Sequence[Sequence[Any]], day: date) -> list[str]:
    """Whether each fact held on a day; a rejected one never did."""
    from kg import domain

    model = domain.model()
    ends = {end for row in rows for end in (row[0], row[2] if row[3] == "link" else row[0])}
    alive = lives(store, model, sorted(ends))
    return [
        "no" if row[5] == "rejected" else fact_held(model, alive, (*row[:4], *row[9:13]), day)
        for row in rows
    ]


def _fact(row: Sequence[Any], names: dict[str, str], numbers: dict[str, int], on: str) -> Fact:
    subject, prop, value, kind, lang, status, preferred, stance, sources, *bounds, cited = row
    return Fact(
        subject,
        prop,
        value,
        names.get(value, "") if kind == "link" else "",
        lang,
        _holds(*bounds),
        status,
        preferred,
        stance,
        sources,
        tuple(numbers.setdefault(one, len(numbers) + 1) for one in cited),
        on,
    )


def _holds(*bounds: Any) -> str:
    """When a fact holds, as `from…to`, each as precise as known; empty where nothing is."""
    start, end = (str(between(*two) or "") for two in (bounds[:2], bounds[2:]))
    return f"{start} → {end}".strip() if start or end else ""
