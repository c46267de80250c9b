"""Values between Python and a server: what the embedded engine gives, a server gives too."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import neo4j.graph
import neo4j.spatial
import neo4j.time

from kg.graph import Value
from kg.graph.moments import moment

MARK = "kg"
"""The property that says that a node or a relationship was published, and what was in it."""


def to_python(value: Any, ends: Mapping[str, str] = MappingProxyType({})) -> Value:
    """Plain Python: dates and times as ISO text; nodes, relationships and paths as dicts.

    `ends` has the ids of nodes that relationships tie, by what the server calls them.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case neo4j.graph.Node():
            return {
                "id": _id(value, ends),
                "labels": sorted(value.labels),
                "properties": _properties(value),
            }
        case neo4j.graph.Relationship():
            return _relationship(value, ends)
        case neo4j.graph.Path():
            return {
                "nodes": [to_python(one, ends) for one in value.nodes],
                "relationships": [to_python(one, ends) for one in value.relationships],
            }
        case neo4j.spatial.Point():  # a tuple, too
            return _point(value)
        case neo4j.time.Duration():
            return str(value.iso_format())
        case list() | tuple():
            return [to_python(one, ends) for one in value]
        case Mapping():
            return {str(key): to_python(one, ends) for key, one in value.items()}
        case neo4j.time.Date() | neo4j.time.Time():
            return moment(value.iso_format())
        case neo4j.time.DateTime():
            return moment(value.iso_format() + _zone(value))
    return str(value)


def bare_ends(value: Any) -> Iterator[str]:
    """The nodes, by what the server calls them, of which it gave no more than that."""
    match value:
        case neo4j.graph.Relationship():
            for node in value.nodes:
                if node is not None and not node.labels and not len(node):
                    yield node.element_id
        case list() | tuple():
            for one in value:
                yield from bare_ends(one)
        case Mapping():
            yield from bare_ends(list(value.values()))


def _zone(value: neo4j.time.DateTime) -> str:
    """The name of a moment's zone; one that is only an offset has none."""
    name = getattr(value.tzinfo, "zone", None) or getattr(value.tzinfo, "key", None)
    return f"[{name}]" if name else ""


def _point(value: neo4j.spatial.Point) -> dict[str, Value]:
    named = dict(zip("xyz", map(float, value), strict=False))
    crs = _CRS[value.srid or 0]
    if crs.startswith("WGS"):
        named |= dict(zip(("longitude", "latitude", "height"), named.values(), strict=False))
    return {**named, "crs": crs, "srid": value.srid}


_CRS = {0: "", 7203: "cartesian", 9157: "cartesian-3D", 4326: "WGS-84", 4979: "WGS-84-3D"}


def _relationship(value: neo4j.graph.Relationship, ends: Mapping[str, str]) -> dict[str, Value]:
    start, end = value.nodes
    return {
        "id": str(value.get("fact") or value.element_id),
        "type": value.type,
        "start": _id(start, ends),
        "end": _id(end, ends),
        "properties": _properties(value),
    }


def _properties(value: neo4j.graph.Entity) -> dict[str, Value]:
    return {name: to_python(one) for name, one in value.items() if name != MARK}


def _id(node: neo4j.graph.Node | None, ends: Mapping[str, str]) -> str:
    if node is None:
        return ""
    return str(node.get("id") or ends.get(node.element_id) or node.element_id)
