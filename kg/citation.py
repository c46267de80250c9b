"""From what a row cites to the statements behind it: those that carry it, those that dissent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.store import Store

_NODE_NAMES = {"aliases": "alias", "name_en": "name"}
_LINKABLE = ("official", "media")


@dataclass(frozen=True)
class Citation:
    """One statement as an answer cites it; `link` tells whether its address may be shown as one."""

    n: int
    statement: str
    claim: str
    source: str
    url: str
    title: str
    date: str
    rank: str
    document: str
    place: str
    quote: str
    stance: str
    confidence: float

    @property
    def link(self) -> bool:
        """Whether the source ranks high enough for its address to be a link."""
        return self.rank in _LINKABLE and self.url.startswith(("http://", "https://"))


@dataclass(frozen=True)
class Evidence:
    """Statement ids that carry a cited fact, and those that say otherwise."""

    carries: tuple[str, ...]
    dissents: tuple[str, ...]


class _Said(NamedTuple):
    """A fact: its id and value, whether it is preferred, the ids of its statements."""

    fact: str
    value: str
    preferred: bool
    statements: tuple[str, ...]


def evidence(store: Store, cites: Iterable[str]) -> Mapping[str, Evidence]:
    """Each citation that resolves, with its evidence; what resolves to nothing is not in it.

    A citation is a fact's id, `subject#property`, or `subject#property#value`, which says which of
    several values is meant.
    """
    wanted = sorted(set(cites))
    said = _said(store, wanted)
    by_fact = {one.fact: (key, one.statements) for key, group in said.items() for one in group}
    found = {}
    for cite in wanted:
        if cite in by_fact:
            key, statements = by_fact[cite]
            found[cite] = Evidence(statements, _dissent(said[key], cite))
            continue
        subject, name, value = (*cite.split("#", 2), "", "")[:3]
        group = said.get((subject, name)) or said.get((subject, _property(name)), [])
        meant = [one for one in group if one.preferred and value in ("", one.value)]
        if carries := tuple(each for one in meant for each in one.statements):
            found[cite] = Evidence(carries, _dissent(group, ""))
    return found


def _said(store: Store, cites: Sequence[str]) -> dict[tuple[str, str], list[_Said]]:
    """The facts of every subject and property that is cited, those beside the cited ones too."""
    rows = store.connection.execute(
        """WITH cited AS (SELECT unnest($1::VARCHAR[]) AS cite),
        subjects AS (
            SELECT split_part(cite, '#', 1) AS id FROM cited WHERE cite LIKE '%#%'
            UNION SELECT subject FROM facts WHERE id IN (SELECT cite FROM cited)
        )
        SELECT subject, property, id, value, preferred, statements FROM facts
        WHERE status <> 'rejected' AND subject IN (SELECT id FROM subjects)""",
        [list(cites)],
    ).fetchall()
    said: dict[tuple[str, str], list[_Said]] = {}
    for subject, prop, fact, value, preferred, statements in rows:
        one = _Said(fact, value, preferred, tuple(statements))
        said.setdefault((subject, prop), []).append(one)
    return said


def _dissent(group: Sequence[_Said], cited: str) -> tuple[str, ...]:
    return tuple(
        one
        for other in group
        if not other.preferred and other.fact != cited
        for one in other.statements
    )


def _property(name: str) -> str:
    """The field behind a node's property: `dated_from` is of `dated`."""
    name = _NODE_NAMES.get(name, name)
    return name.removesuffix("_from").removesuffix("_to")


def citations(store: Store, statements: Sequence[str]) -> list[Citation]:
    """Statements by id, numbered in the order given."""
    rows = store.connection.execute(
        """SELECT id, subject_key, property, value_key, source, document, place, quote, stance,
            confidence FROM records
        WHERE type = 'statement' AND id IN (SELECT unnest($1::VARCHAR[]))""",
        [list(statements)],
    ).fetchall()
    by_id = {row[0]: row for row in rows}
    sources = described(store, {row[4] for row in rows})
    return [
        _citation(number, by_id[key], sources) for number, key in enumerate(statements, start=1)
    ]


def _citation(
    number: int, row: Sequence[Any], sources: Mapping[str, Mapping[str, str]]
) -> Citation:
    key, subject, prop, value, source, document, place, quote, stance, confidence = row
    about = sources.get(source, {})
    return Citation(
        number,
        key,
        f"{subject} {prop} {value}",
        source,
        about.get("url", ""),
        about.get("title", ""),
        about.get("page_date", ""),
        about.get("rank", ""),
        document,
        place,
        quote,
        stance,
        confidence,
    )


def described(store: Store, sources: Iterable[str]) -> dict[str, dict[str, str]]:
    """What is known of sources: address, title, date, rank; from the facts, else the register."""
    wanted = sorted(sources)
    rows = store.connection.execute(
        """SELECT subject, property, value FROM facts
        WHERE preferred AND property IN ('url', 'title', 'page_date', 'rank')
            AND subject IN (SELECT unnest($1::VARCHAR[]))""",
        [wanted],
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for subject, prop, value in rows:
        found.setdefault(subject, {})[prop] = value
    for one in (key for key in wanted if key.startswith("source:") and key not in found):
        if known := store.register.sources.get(one):
            found[one] = {"url": known.url, "title": known.title, "rank": known.rank}
            found[one]["page_date"] = str(known.page or "")
    return found
