"""Writes nodes and relationships into a new database of the embedded engine."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jpype

from kg.errors import StoreError
from kg.graph import Node, Relationship, Schema, Value
from kg.graph.convert import to_java
from kg.graph.jvm import java

_BATCH = 2_000
_BUCKET = 1 << 40


def write(
    folder: Path, schema: Schema, nodes: Iterable[Node], relationships: Iterable[Relationship]
) -> None:
    """Create the database in `folder` and close it.

    Memory grows with the number of nodes (an id and a record address each), not with what they
    hold. Raises StoreError for a label, a type or an end of a relationship that is not there,
    TypeError or OverflowError for what is not a Value; the engine raises for an id that comes
    twice.
    """
    database = java("com.arcadedb.database.DatabaseFactory")(str(folder)).create()
    try:
        _declare(database.getSchema(), schema)
        batch = _batch(database)
        try:
            ids = _write_nodes(batch, schema, nodes)
            _write_relationships(batch, schema, relationships, ids)
            batch.close()
        finally:
            batch.abandon()  # does nothing after close
        if schema.searched:
            _index_words(database, schema)
    finally:
        database.close()


def _declare(target: Any, schema: Schema) -> None:
    """Types for labels, each under its parent, and the unique index, before there is any data.

    No property but the id is declared: a declared number type would change numbers of another.
    """
    labels = dict(schema.labels)
    for label, parent in labels.items():
        kind = target.getOrCreateVertexType(label)
        if parent is not None:
            kind.addSuperType(target.getOrCreateVertexType(parent))
    for label in (label for label, parent in labels.items() if parent is None):
        target.getType(label).createProperty("id", java("com.arcadedb.schema.Type").STRING)
        lsm_tree = java("com.arcadedb.schema.Schema$INDEX_TYPE").LSM_TREE
        target.createTypeIndex(lsm_tree, True, label, ["id"])
    for name in schema.types:
        target.createEdgeType(name)


def index_name(schema: Schema) -> str:
    """What the engine calls the full-text index."""
    (root,) = (label for label, parent in schema.labels.items() if parent is None)
    return f"{root}[{schema.searched}]"


def _index_words(database: Any, schema: Schema) -> None:
    """The full-text index, of pairs of Chinese characters; the last step, since it is read only."""
    root = index_name(schema).partition("[")[0]
    database.command("sql", f"CREATE PROPERTY {root}.{schema.searched} IF NOT EXISTS STRING")
    database.command(
        "sql",
        f"CREATE INDEX ON {root} ({schema.searched}) FULL_TEXT "
        'METADATA {"analyzer": "org.apache.lucene.analysis.cjk.CJKAnalyzer"}',
    )


def _batch(database: Any) -> Any:
    """The engine's importer, with limits that keep it within the heap however long the input is.

    With its own limits a million nodes and four million relationships do not fit into 1 GB.
    """
    builder = java("com.arcadedb.graph.GraphBatch").builder(database)
    # No write-ahead log: a folder that was not closed is thrown away anyway.
    builder.withWAL(False).withParallelFlush(False).withCommitEvery(5_000)
    builder.withBatchSize(20_000).withMaxDeferredIncomingEdges(200_000)
    return builder.withChunkCacheCapacity(100_000).build()


def _write_nodes(batch: Any, schema: Schema, nodes: Iterable[Node]) -> dict[str, int]:
    """The address of each node's record by the node's id."""
    addresses: dict[str, int] = {}
    for label, group in _by_label(nodes):
        if label not in schema.labels:
            raise StoreError(f"graph: the schema has no label {label!r}")
        ids = [str(node.properties["id"]) for node in group]
        rows = _table([_flat(node.properties) for node in group])
        made = batch.createVertices(label, rows)
        addresses.update(zip(ids, map(_packed, made), strict=True))
    return addresses


def _by_label(nodes: Iterable[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Batches of nodes of one label, which the engine takes at once."""
    waiting: dict[str, list[Node]] = {}
    for node in nodes:
        group = waiting.setdefault(node.label, [])
        group.append(node)
        if len(group) == _BATCH:
            yield node.label, waiting.pop(node.label)
    yield from waiting.items()


def _write_relationships(
    batch: Any, schema: Schema, relationships: Iterable[Relationship], addresses: Mapping[str, int]
) -> None:
    types = frozenset(schema.types)
    address = java("com.arcadedb.database.RID")
    for one in relationships:
        start, end = addresses.get(one.start), addresses.get(one.end)
        if one.type not in types or start is None or end is None:
            raise StoreError(f"graph: no such type, start or end: {one.start} {one.type} {one.end}")
        batch.newEdge(
            address(*divmod(start, _BUCKET)),
            one.type,
            address(*divmod(end, _BUCKET)),
            *_flat(one.properties),
        )


def _packed(address: Any) -> int:
    # A Java object held by Python takes some 200 bytes in Java, beside what it takes here.
    return int(address.getBucketId()) * _BUCKET + int(address.getPosition())


def _table(rows: list[list[Any]]) -> Any:
    row = jpype.JArray(jpype.JObject)
    return jpype.JArray(row)([row(cells) for cells in rows])


def _flat(properties: Mapping[str, Value]) -> list[Any]:
    """Names and values in turn, as the engine takes them; what is None is left out."""
    flat: list[Any] = []
    for name, value in properties.items():
        if value is not None:
            flat += (name, _stored(value))
    return flat


def _stored(value: Value) -> Any:
    # Most cells are text or one of some thousand days, and there are millions of cells.
    if type(value) is str:
        return value
    return _day(value) if type(value) is date else to_java(value)


@lru_cache(maxsize=4096)
def _day(value: date) -> Any:
    return to_java(value)
