"""From facts to nodes and relationships: the only place that decides the graph's shape."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.graph import Changed, Node, Relationship, Schema, Value
from kg.statement import BOUNDS
from kg.store import Store
from kg.store.columns import streamed
from kg.terms import Class, Model, Property
from kg.text import fold
from kg.when import When

WEIGHT = ("sources", "status", "stance", "confidence", "position", *BOUNDS)
"""What a relationship says beside its fact."""

LINK = ("property", "subject", "value", "id", *WEIGHT)
"""The columns of `link_rows`."""

_FACT = ("fact", *WEIGHT)
_NODE = 4  # columns of `node_rows` beside the id


def schema(model: Model) -> Schema:
    """Labels are the classes under one root; types are the link fields in upper case."""
    labels: dict[str, str | None] = {"Entity": None}
    for name, one in model.classes.items():
        labels[name] = next((parent for parent in one.parents if parent in model.classes), "Entity")
    links = {
        prop.name.upper()
        for one in model.classes.values()
        for prop in one.properties.values()
        if prop.kind == "link"
    }
    return Schema(labels, tuple(sorted(links)))


def attributes(model: Model) -> dict[str, list[str]]:
    """For each label the properties that a node of it can have, beside `id`."""
    return {
        name: ["name", "name_en", "aliases", "disputed", *_own(one)]
        for name, one in model.classes.items()
    }


def _own(owner: Class) -> Iterator[str]:
    for name, prop in owner.properties.items():
        if prop.kind != "link" and name not in ("id", "name", "alias"):
            yield from (name, f"{name}_from", f"{name}_to") if prop.kind == "date" else (name,)


def shown(store: Store) -> str:
    """SQL: the id of every entity that a preferred fact is about or links to."""
    facts = f"{store.facts_sql} WHERE preferred"
    return f"SELECT subject AS id FROM {facts} UNION SELECT value FROM {facts} AND kind = 'link'"


def node_rows(store: Store) -> str:
    """SQL: what each node is made of, a row for each value: id, property, value, lang, contested.

    An entity that is only linked to has one row without a value.
    """
    return f"""WITH facts AS (FROM {store.facts_sql} WHERE preferred),
        contested AS (
            SELECT DISTINCT subject, property FROM {store.facts_sql}
            WHERE status = 'disputed' OR (preferred AND stance = 'conflicting')
        ), ids AS ({shown(store)})
        SELECT i.id, f.property, f.value, f.lang, c.subject IS NOT NULL AS contested
        FROM ids i
        LEFT JOIN facts f ON f.subject = i.id AND f.kind <> 'link'
        LEFT JOIN contested c ON c.subject = i.id AND c.property = f.property"""


def link_rows(store: Store) -> str:
    """SQL: what each relationship is made of."""
    return f"""SELECT {", ".join(LINK)}
        FROM {store.facts_sql} WHERE preferred AND kind = 'link'"""


def nodes(store: Store, model: Model) -> Iterator[Node]:
    """Every entity that a preferred fact is about or links to, by id."""
    return (node for node, *_ in _nodes(store, model, node_rows(store), little=False))


def changed_nodes(store: Store, model: Model, table: str) -> Iterator[Changed]:
    """The nodes of a table of `id`, `mark` and `known`, with these two."""
    rows = f"FROM ({node_rows(store)}) JOIN {table} USING (id)"
    yield from _nodes(store, model, rows, little=True)


def _nodes(store: Store, model: Model, query: str, *, little: bool) -> Iterator[Any]:
    """Each node with what its rows have beyond it."""
    ordered = f"FROM ({query}) ORDER BY id, property, lang, value"
    rows = streamed(store.connection, ordered, little=little)
    for entity, group in groupby(rows, key=itemgetter(0)):
        said = list(group)
        yield _node(store, model.of(entity), entity, said), *said[0][1 + _NODE :]


def _node(store: Store, owner: Class, entity: str, rows: Sequence[Sequence[Any]]) -> Node:
    said: dict[str, list[Sequence[Any]]] = {}
    for row in rows:
        said.setdefault(row[1], []).append(row)
    properties: dict[str, Value] = {"id": entity}
    for name, group in said.items():
        if name == "name":
            properties |= {_NAMES.get(row[3], "name"): row[2] for row in group}
        elif name == "alias":
            hidden = store.register.hidden
            if shown := {row[2] for row in group if (entity, fold(row[2])) not in hidden}:
                properties["aliases"] = sorted(shown)
        elif name in owner.properties:
            _add(properties, owner.properties[name], name, group)
    if "name" not in properties and (
        known := store.register.official.get(entity) or properties.get("name_en")
    ):
        properties["name"] = known
    if disputed := [name for name, group in said.items() if any(row[4] for row in group)]:
        properties["disputed"] = disputed
    return Node(owner.name, properties)


_NAMES = {"zh": "name", "en": "name_en"}


def _add(
    properties: dict[str, Value], prop: Property, name: str, rows: Sequence[Sequence[Any]]
) -> None:
    """Add an attribute's properties: a date has its text and its two bounds, where it has them."""
    text = rows[0][2]
    if prop.kind == "date":
        properties[name], when = text, When.parse(text)
        if when.earliest:
            properties[f"{name}_from"] = when.earliest
        if when.latest:
            properties[f"{name}_to"] = when.latest
    elif prop.many:
        properties[name] = [_value(prop.kind, row[2]) for row in rows]
    else:
        properties[name] = _value(prop.kind, text)


def _value(kind: str, text: str) -> Value:
    """Numbers are always floats, since a property must not change its type."""
    return float(text) if kind == "number" else text == "true" if kind == "boolean" else text


def relationships(store: Store) -> Iterator[Relationship]:
    """One relationship for each preferred fact that links, by its id."""
    query = f"FROM ({link_rows(store)}) ORDER BY id"
    return map(_relationship, streamed(store.connection, query, little=False))


def changed_relationships(store: Store, table: str) -> Iterator[Changed]:
    """The relationships of a table of `id`, `mark` and `known`, with these two, in any order."""
    query = f"""SELECT {", ".join(LINK)}, mark, known
        FROM ({link_rows(store)}) JOIN {table} USING (id)"""
    for row in streamed(store.connection, query):
        yield _relationship(row), row[-2], row[-1]


def _relationship(row: Sequence[Any]) -> Relationship:
    prop, start, end = row[:3]
    said = zip(_FACT, row[3:], strict=False)
    weight = {name: value for name, value in said if value is not None}
    return Relationship(prop.upper(), start, end, weight)
