"""Everything known of one thing: its facts, who says so, and who says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.citation import Citation, citations
from kg.conflicts import Conflict, conflicts
from kg.holding import between, fact_held, lives
from kg.registered import Named
from kg.statement import Name, is_id
from kg.store import Store
from kg.text import fold


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


@dataclass(frozen=True, order=True)
class Written:
    """A name as records write it, and the rule by which it was taken for the thing."""

    text: str
    rule: str


@dataclass(frozen=True)
class Shown:
    """One thing: its names in the register, what is said of it, and what links to it.

    `written` are the other names under which records speak of it.
    """

    id: str
    name: str
    class_name: str
    names: tuple[Named, ...]
    written: tuple[Written, ...]
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
        _written(store, entity),
        tuple(one for one in facts if one.subject == entity),
        tuple(one for one in facts if one.subject != entity),
        tuple(citations(store, list(numbers))),
        tuple(conflicts(store, entity)) if any(row[5] != "accepted" for row in rows) else (),
    )


def _written(store: Store, entity: str) -> tuple[Written, ...]:
    """The names of records that are none of the register's, with the rule that matched each."""
    from kg import domain
    from kg.identity import Identifier

    official = store.register.official.get(entity)
    if official is None:
        return ()
    rows = store.connection.execute(_WRITTEN, [entity]).fetchall()
    known = {fold(one.name) for one in store.register.all_names() if one.entity == entity}
    other = sorted({text for (text,) in rows if text and fold(text) not in known})
    other = [text for text in other if not is_id(text)]
    if not other:
        return ()
    identifier = Identifier(store.register, domain.model(), domain.naming())
    names = [Name(text, (domain.model().of(entity).name,)) for text in other]
    found = [identifier.find(name) for name in names]
    return tuple(
        Written(text, one.rule if one.key == entity else "record")
        for text, one in zip(other, found, strict=True)
    )


_WRITTEN = """SELECT subject_name FROM records WHERE type = 'statement' AND subject_key = $1
    UNION SELECT original FROM records
    WHERE type = 'statement' AND kind = 'link' AND value_key = $1"""


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
