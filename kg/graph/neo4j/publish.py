"""Bring a server to the state of a store: what differs is sent, what has gone is removed.

What was published carries a mark, a hash of what was in it. So each publication compares with what
the server really has: one that was cut off, whenever that was, is completed by the next, and what
others keep in the same database is never touched.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby, islice
from typing import Any

from neo4j import ManagedTransaction, Session
from neo4j.exceptions import DriverError, Neo4jError

from kg.errors import StoreError
from kg.graph import Node, Relationship, Value, View
from kg.graph.neo4j.faults import write_error
from kg.graph.neo4j.server import Server
from kg.graph.neo4j.values import MARK
from kg.statement import BOUNDS

BATCH = 10_000
_WEIGHT = ("sources", "status", "stance", "confidence", "position", *BOUNDS)
Progress = Callable[[int, int], None]
"""Called with the nodes and relationships compared since the last call, and with those of all."""


@dataclass
class Sent:
    """What a publication changed on the server."""

    nodes: int = 0
    relationships: int = 0
    nodes_removed: int = 0
    relationships_removed: int = 0
    unchanged: int = 0


def publish(
    server: Server,
    view: View,
    version: str,
    *,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Sent:
    """Bring the server's database to the view, which is that of the store's `version`.

    Raises StoreError where the server does not take it; publishing again completes it.
    """
    try:
        with server.session(writes=not dry_run) as session:
            return _Publication(session, view, dry_run, progress).run(version)
    except (Neo4jError, DriverError, OSError) as error:
        raise write_error(error, server.address.uri) from None


class _Publication:
    def __init__(self, session: Session, view: View, dry_run: bool, progress: Progress) -> None:
        self.session = session
        self.view = view
        self.dry_run = dry_run
        self.progress = progress
        self.sent = Sent()

    def run(self, version: str) -> Sent:
        self._refuse_strangers()
        if not self.dry_run:
            self._constrain()
            self._mark("")
        nodes = self._there("MATCH (n:Entity) RETURN n.id AS id, n.kg AS kg")
        links = self._there(
            "MATCH (a:Entity)-[r]->(:Entity) WHERE r.kg IS NOT NULL RETURN r.fact AS id, r.kg AS kg"
        )
        self.sent.nodes = self._send(self._changed(self.view.nodes, nodes), self._nodes)
        self.sent.relationships = self._send(
            self._changed(self.view.relationships, links), self._relationships
        )
        self.sent.relationships_removed = self._remove(links, _DROP_LINK)
        labels = "".join(f":`{one}`" for one in self.view.schema.labels)
        self.sent.nodes_removed = self._remove(nodes, _DROP_NODE.format(labels))
        if not self.dry_run:
            self._mark(version)
        return self.sent

    def _refuse_strangers(self) -> None:
        """Nodes of ours that someone else made would be changed by publishing."""
        text = "MATCH (n:Entity) WHERE n.kg IS NULL RETURN n.id AS id LIMIT 1"
        if (found := self.session.run(text).single()) is not None:
            raise StoreError(
                f"the database has nodes of its own with the label Entity ({found['id']}): "
                "publish into another database"
            )

    def _constrain(self) -> None:
        """Unique ids first: merging finds its nodes by them, and so do questions."""
        for label in self.view.schema.labels:
            self.session.run(
                f"CREATE CONSTRAINT kg_{label.lower()}_id IF NOT EXISTS "
                f"FOR (n:`{label}`) REQUIRE n.id IS UNIQUE"
            ).consume()

    def _mark(self, version: str) -> None:
        """Say which version the database shows; none while it is being changed."""
        self._write(
            "MERGE (s:KgStore {id: 'kg'}) SET s.version = $version, s.published = datetime()",
            {"version": version or None},
        )

    def _there(self, text: str) -> dict[str, str]:
        """What the server has: the hash of each thing by its id."""
        return {record["id"]: record["kg"] for record in self.session.run(text)}

    def _changed(
        self, wanted: Iterable[Node] | Iterable[Relationship], there: dict[str, str]
    ) -> Iterator[tuple[Any, str, bool]]:
        """What the server lacks or has otherwise, with its hash; `there` keeps what has gone."""
        for batch in _batched(wanted):
            for one in batch:
                mark = self._hash(one)
                known = there.pop(_key(one), None)
                if known == mark:
                    self.sent.unchanged += 1
                else:
                    yield one, mark, known is not None
            self.progress(len(batch), self.view.count)

    def _hash(self, one: Node | Relationship) -> str:
        """What a node or relationship is made of, its labels or type too."""
        kind = [*self._above(one.label)] if isinstance(one, Node) else one.type
        said = json.dumps([kind, one.properties], ensure_ascii=False, sort_keys=True, default=str)
        return blake2b(said.encode(), digest_size=9).hexdigest()

    def _send(
        self,
        changed: Iterator[tuple[Any, str, bool]],
        write: Callable[[Sequence[tuple[Any, str, bool]]], None],
    ) -> int:
        count = 0
        for batch in _batched(changed):
            count += len(batch)
            if not self.dry_run:
                write(batch)
        return count

    def _nodes(self, batch: Sequence[tuple[Node, str, bool]]) -> None:
        ordered = sorted(batch, key=lambda one: one[0].label)
        for label, group in groupby(ordered, key=lambda one: one[0].label):
            empty: dict[str, Value] = dict.fromkeys(self.view.attributes[label])
            rows = [
                {
                    "id": node.properties["id"],
                    "said": {**(empty if known else {}), **node.properties, MARK: mark},
                }
                for node, mark, known in group
            ]
            labels = "".join(f":`{one}`" for one in self._above(label))
            self._write(
                "UNWIND $rows AS row MERGE (n:Entity {id: row.id}) "
                f"SET n{labels} SET n += row.said",
                {"rows": rows},
            )

    def _above(self, label: str) -> Iterator[str]:
        """A label and those that it lies under, without the root."""
        parent: str | None = label
        while parent is not None and parent != "Entity":
            yield parent
            parent = self.view.schema.labels[parent]

    def _relationships(self, batch: Sequence[tuple[Relationship, str, bool]]) -> None:
        ordered = sorted(batch, key=lambda one: one[0].type)
        for kind, group in groupby(ordered, key=lambda one: one[0].type):
            empty: dict[str, Value] = dict.fromkeys(_WEIGHT)
            rows = [
                {
                    "start": link.start,
                    "end": link.end,
                    "fact": link.properties["fact"],
                    "said": {**(empty if known else {}), **link.properties, MARK: mark},
                }
                for link, mark, known in group
            ]
            self._write(
                "UNWIND $rows AS row MATCH (a:Entity {id: row.start}) "
                "MATCH (b:Entity {id: row.end}) "
                f"MERGE (a)-[r:`{kind}` {{fact: row.fact}}]->(b) SET r += row.said",
                {"rows": rows},
            )

    def _remove(self, gone: Mapping[str, str], text: str) -> int:
        for batch in _batched(gone):
            if not self.dry_run:
                self._write(text, {"ids": list(batch)})
        return len(gone)

    def _write(self, text: str, parameters: dict[str, Any]) -> None:
        def work(transaction: ManagedTransaction) -> None:
            transaction.run(text, parameters).consume()

        self.session.execute_write(work)


_DROP_LINK = """MATCH (:Entity)-[r]->(:Entity) WHERE r.kg IS NOT NULL AND r.fact IN $ids DELETE r"""

# A node to which someone has tied something of his own stays for that, and is ours no longer.
_DROP_NODE = """UNWIND $ids AS id MATCH (n:Entity {{id: id}})
CALL (n) {{ WITH n WHERE EXISTS {{ MATCH (n)--() }} SET n.kg = NULL REMOVE n{} }}
CALL (n) {{ WITH n WHERE n.kg IS NOT NULL DELETE n }}"""


def _batched(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _key(one: Node | Relationship) -> str:
    return str(one.properties["id" if isinstance(one, Node) else "fact"])


def published(server: Server) -> str:
    """The version that a server shows; empty where nothing, or only a part, was published."""
    text = "MATCH (s:KgStore {id: 'kg'}) RETURN s.version AS version"
    rows = server.ask(text, {}, limit=1, timeout=10).rows
    return str(rows[0][0] or "") if rows else ""
