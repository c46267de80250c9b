"""Everything known of one thing: its facts, who says so, and who says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.citation import Citation, citations
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


def show(store: Store, entity: str) -> Shown:
    """All facts of an entity, rejected ones too, and all facts that link to it."""
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
    facts = [_fact(row, names, numbers) for row in rows]
    return Shown(
        entity,
        names.get(entity, ""),
        domain.model().of(entity).name,
        tuple(one for one in store.register.all_names() if one.entity == entity),
        tuple(one for one in facts if one.subject == entity),
        tuple(one for one in facts if one.subject != entity),
        tuple(citations(store, list(numbers))),
    )


def _fact(row: Sequence[Any], names: dict[str, str], numbers: dict[str, int]) -> Fact:
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
    )


def _holds(*bounds: Any) -> str:
    """When a fact holds, as `from…to`, each as precise as known; empty where nothing is."""
    from kg.when import When

    start = str(When(*bounds[:2])) if any(bounds[:2]) else ""
    end = str(When(*bounds[2:])) if any(bounds[2:]) else ""
    return f"{start} → {end}".strip() if start or end else ""
