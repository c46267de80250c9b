"""What others changed in things of ours: read back and compared, since marks do not tell it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from neo4j import Session

from kg.ahead import batched
from kg.graph import Changed, Node, Relationship, Value, projection
from kg.graph.neo4j import cypher
from kg.graph.neo4j.values import to_python
from kg.graph.parts import Outline, Part

_BATCH = 2_000


def altered(session: Session, part: Part, outline: Outline) -> Iterator[str]:
    """The ids of those things that a server has otherwise than they are, or not at all."""
    for batch in batched(part.all(), _BATCH):
        by_name = sorted(batch, key=_name)
        for name, group in groupby(by_name, key=_name):
            yield from _altered(session, name, [thing for thing, _, _ in group], outline)


def _name(changed: Changed) -> str:
    return changed[0][0]


def _altered(
    session: Session, name: str, things: Sequence[Node | Relationship], outline: Outline
) -> Iterator[str]:
    """Of things of one label or type."""
    ends = (
        {"start": one.start, "end": one.end} if isinstance(one, Relationship) else {}
        for one in things
    )
    rows = [{"id": one.key, **end} for one, end in zip(things, ends, strict=True)]
    found = {row["id"]: row for row in session.run(cypher.reading_back(name, outline), rows=rows)}
    names = outline.attributes.get(name, projection.WEIGHT)
    for one in things:
        row = found.get(one.key)
        if row is None or not row["whole"] or not _same(one.properties, row["said"], names):
            yield one.key


def _same(here: Mapping[str, Value], there: Mapping[str, Any], names: Sequence[str]) -> bool:
    """Whether a server has of a thing what it says; what others say beside it does not count."""
    return all(to_python(there.get(name)) == _plain(here.get(name)) for name in names)


def _plain(value: Value) -> Value:
    """A value as one that comes from a server."""
    return value.isoformat() if isinstance(value, date) else value
