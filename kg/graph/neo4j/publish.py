"""Bring a server to the state of a store: what differs is sent, what has gone is removed.

What was published carries a mark (`kg.graph.marks`). So each publication compares with what the
server really has: one that was cut off, whenever that was, is completed by the next, and what
others keep in the same database is never touched.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from neo4j import ManagedTransaction, Session
from neo4j.exceptions import DriverError, Neo4jError

from kg.ahead import ahead, batched
from kg.errors import StoreError
from kg.graph.marks import Reader, Sums
from kg.graph.neo4j import cypher
from kg.graph.neo4j.faults import write_error
from kg.graph.neo4j.server import Server
from kg.graph.parts import Changed, Outline, Part, outline, parts
from kg.store import Store

BATCH = 5_000
_WAITING = 25_000
Progress = Callable[[int, int], None]
"""Called with the things sent since the last call, and with all that are to be sent."""


@dataclass
class Sent:
    """What a publication changed on the server; `evidence` is statements and documents."""

    nodes: int = 0
    relationships: int = 0
    evidence: int = 0
    nodes_removed: int = 0
    relationships_removed: int = 0
    evidence_removed: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Published:
    """What a server shows: the version, empty where it is not whole, and whether with evidence."""

    version: str = ""
    evidence: bool = False


def publish(
    server: Server,
    store: Store,
    *,
    evidence: bool | None = None,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Sent:
    """Bring the server's database to the version that the store shows.

    With `evidence` statements and documents become nodes, too; None keeps to what the server has.
    Raises StoreError where the server does not take it; publishing again completes it.
    """
    if evidence is None:
        evidence = published(server).evidence
    made = parts(store, evidence)
    try:
        with server.session(writes=not dry_run) as session:
            work = _Publication(session, server.is_neo4j, made, evidence, progress)
            return work.count() if dry_run else work.run(str(store.version))
    except (Neo4jError, DriverError, OSError) as error:
        raise write_error(error, server.address.uri) from None
    finally:
        for part in made:
            part.marks.close()


class _Publication:
    def __init__(
        self,
        session: Session,
        is_neo4j: bool,
        parts: Sequence[Part],
        evidence: bool,
        progress: Progress,
    ) -> None:
        self.session = session
        self.is_neo4j = is_neo4j
        self.parts = parts
        self.evidence = evidence
        self.progress = progress
        self.outline: Outline = outline()

    def count(self) -> Sent:
        """Compare with what the server has; changes nothing."""
        found = self.session.run(cypher.strangers(self.outline.schema)).single()
        if found is not None:
            raise StoreError(
                f"the database has nodes of its own with a label of ours ({found['id']}, "
                f"{', '.join(found['labels'])}): publish into another database"
            )
        self.sent = Sent()
        for part in self.parts:
            reading = cypher.Reading(part.kind)
            change = part.marks.compare(self._sums(reading), self._reader(reading))
            name = _COUNTED[part.kind]
            self._add(name, change.changed)
            self._add(f"{name}_removed", change.gone)
            self._add("unchanged", change.unchanged)
        return self.sent

    def run(self, version: str) -> Sent:
        """Bring the server to the state of the store."""
        sent = self.count()
        for text in cypher.constraints(self.outline.schema, self.evidence):
            self.session.run(text).consume()
        self._mark("")
        total = sent.nodes + sent.relationships + sent.evidence
        for part in self.parts:
            for message in ahead(self._messages(part)):
                self._write(*message)
                self.progress(len(message[1]), total)
        for part in reversed(self.parts):
            text = cypher.removing(part.kind, self.outline.schema)
            for ids in batched(part.marks.ids_gone(), BATCH):
                self._write(text, ids)
        if self.is_neo4j:
            self._finish(replan=total > sent.unchanged // 10)
        self._mark(version)
        return sent

    def _finish(self, replan: bool) -> None:
        """Have the names searched, and where much is new, queries planned by what is there now."""
        texts = ["CALL db.prepareForReplanning(60)"] if replan else []
        for text in (*cypher.full_text(), *texts):
            self.session.run(text).consume()

    def _messages(self, part: Part) -> Iterator[cypher.Message]:
        """What is to be sent, things of one label or type in one message of full size."""
        waiting: dict[str, list[Changed]] = {}
        for number, changed in enumerate(chain.from_iterable(part.changed(BATCH)), start=1):
            name = cypher.group(changed[0])
            waiting.setdefault(name, []).append(changed)
            if len(waiting[name]) == BATCH:
                yield self._writing(waiting.pop(name))
            elif not number % _WAITING:  # of many kinds none may fill up
                while waiting:
                    yield self._writing(waiting.popitem()[1])
        for rest in waiting.values():
            yield self._writing(rest)

    def _writing(self, changed: list[Changed]) -> cypher.Message:
        return cypher.writing(changed, self.outline, relabels=self.is_neo4j)

    def _sums(self, reading: cypher.Reading) -> Sums:
        rows = self.session.run(reading.sums)
        return {row["part"]: (row["n"], row["sum"]) for row in rows}

    def _reader(self, reading: cypher.Reading) -> Reader:
        def read(groups: Sequence[int]) -> Iterator[tuple[str, int]]:
            for row in self.session.run(reading.marks, parts=list(groups)):
                yield row["id"], row["mark"]

        return read

    def _mark(self, version: str) -> None:
        """Say which version the database shows; none while it is being changed."""
        said = {"version": version or None, "evidence": self.evidence}
        self._write(
            "UNWIND $rows AS row MERGE (s:KgStore {id: 'kg'}) "
            "SET s.version = row.version, s.evidence = row.evidence, s.published = datetime()",
            [said],
        )

    def _write(self, text: str, rows: Sequence[Any]) -> None:
        def work(transaction: ManagedTransaction) -> None:
            transaction.run(text, rows=rows).consume()

        self.session.execute_write(work)

    def _add(self, name: str, count: int) -> None:
        setattr(self.sent, name, getattr(self.sent, name) + count)


_COUNTED = {
    "node": "nodes",
    "relationship": "relationships",
    "document": "evidence",
    "statement": "evidence",
}


def published(server: Server) -> Published:
    """What a server shows; the version is empty where nothing, or only a part, was published."""
    text = "MATCH (s:KgStore {id: 'kg'}) RETURN s.version AS version, s.evidence AS evidence"
    rows = server.ask(text, {}, limit=1, timeout=10).rows
    return Published(str(rows[0][0] or ""), bool(rows[0][1])) if rows else Published()
