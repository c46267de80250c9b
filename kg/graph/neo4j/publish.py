"""Bring a server to the state of a store: what differs is sent, what has gone is removed.

What was published carries a mark (`kg.graph.marks`). So each publication compares with what the
server really has: one that was cut off, whenever that was, is completed by the next, and what
others keep in the same database is never touched.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from neo4j import ManagedTransaction, Session
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError

from kg.ahead import ahead, batched
from kg.errors import StoreError
from kg.graph.marks import Change, Reader, Sums
from kg.graph.neo4j import cypher
from kg.graph.neo4j.deep import altered
from kg.graph.neo4j.faults import write_error
from kg.graph.neo4j.marker import check, published
from kg.graph.neo4j.server import Server
from kg.graph.parts import Outline, Part, outline, parts
from kg.store import Store
from kg.store.table import Version

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

    def add(self, kind: str, change: Change) -> None:
        """Count in what one kind takes."""
        counts = {kind: change.changed, f"{kind}_removed": change.gone}
        for name, count in (*counts.items(), ("unchanged", change.unchanged)):
            setattr(self, name, getattr(self, name) + count)


def publish(
    server: Server,
    store: Store,
    *,
    evidence: bool | None = None,
    dry_run: bool = False,
    replace: bool = False,
    deep: bool = False,
    progress: Progress = lambda done, total: None,
) -> Sent:
    """Bring the server's database to the version that the store shows.

    With `evidence` statements and documents become nodes, too; None keeps to what the server has.
    What others changed in it is missed, unless the comparison is `deep`, which reads all of it.
    Raises StoreError where the database shows what is not of this store's history, unless that is
    to `replace`, and where the server does not take it; publishing again completes it.
    """
    found = published(server)
    if not replace:
        check(store, found, server.address.uri)
    if evidence is None:
        evidence = found.evidence
    run = "" if dry_run else uuid4().hex
    with ThreadPoolExecutor(1) as thread:  # the server sums while the store does
        there = thread.submit(_there, server, run, evidence)
        made = parts(store, evidence)
    try:
        with server.session(writes=not dry_run) as session:
            work = _Publication(session, server.is_neo4j, made, evidence, progress, run)
            sent = work.count(there.result(), deep)
            return sent if dry_run else work.run(sent, store.version)
    except (Neo4jError, DriverError, OSError) as error:
        raise write_error(error, server.address.uri) from None
    finally:
        for part in made:
            part.marks.close()


def _there(server: Server, run: str, evidence: bool) -> dict[str, Sums]:
    """What the server has of each kind, by group of marks; a `run` first takes the marker over."""
    schema = outline().schema
    with server.session(writes=bool(run)) as session:
        for text in cypher.strangers(schema, evidence):
            found = session.run(text).single()
            if found is not None:
                raise StoreError(
                    f"the database has {found['kind']} of its own that are named as ours are "
                    f"({found['id']}, {', '.join(found['named'])}): publish into another database, "
                    "or delete them if they are ours and somebody took their mark `kg` away"
                )
        for text in cypher.TAKE if run else ():
            session.run(text, run=run).consume()
        return {kind: _sums(session, cypher.Reading(kind, schema)) for kind in _COUNTED}


def _sums(session: Session, reading: cypher.Reading) -> Sums:
    return {row["part"]: (row["n"], row["sum"]) for row in session.run(reading.sums)}


class _Publication:
    def __init__(
        self,
        session: Session,
        is_neo4j: bool,
        parts: Sequence[Part],
        evidence: bool,
        progress: Progress,
        run: str,
    ) -> None:
        self._id = run
        self.session = session
        self.is_neo4j = is_neo4j
        self.parts = parts
        self.evidence = evidence
        self.progress = progress
        self.outline: Outline = outline()

    def count(self, there: Mapping[str, Sums], deep: bool = False) -> Sent:
        """Compare with what the server has; changes nothing."""
        sent = Sent()
        for part in self.parts:
            reader = self._reader(cypher.Reading(part.kind, self.outline.schema))
            change = part.marks.compare(there[part.kind], reader)
            if deep and change.unchanged:
                more = part.marks.alter(altered(self.session, part, self.outline))
                change = Change(change.changed + more, change.unchanged - more, change.gone)
            sent.add(_COUNTED[part.kind], change)
        return sent

    def run(self, sent: Sent, version: Version) -> Sent:
        """Bring the server to the state of the store; `sent` is what that takes."""
        self._prepare()
        self._mark(version, whole=False)
        total = sent.nodes + sent.relationships + sent.evidence
        if self.is_neo4j:
            self._take_up()
        for part in self.parts:
            for message in ahead(messages(part, self.outline, is_neo4j=self.is_neo4j)):
                self._send(message)
                self.progress(len(message.rows), total)
        for part in reversed(self.parts):
            text = cypher.removing(part.kind, self.outline.schema)
            for ids in batched(part.marks.ids_gone(), BATCH):
                self._run(cypher.held(text), {"rows": ids})
        if self.is_neo4j:
            self._finish(replan=total > sent.unchanged // 10)
        self._mark(version, whole=True)
        return sent

    def _prepare(self) -> None:
        """Make constraints and indexes, all at once where the server can."""
        texts = cypher.constraints(self.outline.schema, self.evidence, is_neo4j=self.is_neo4j)
        if not self.is_neo4j:
            for text in texts:
                self.session.run(text).consume()
            return
        with self.session.begin_transaction() as transaction:
            for text in texts:
                transaction.run(text).consume()
            transaction.commit()

    def _take_up(self) -> None:
        """Make nodes ours again that had stayed for somebody, where their ids have come back."""
        kept = [str(row["id"]) for row in self.session.run(cypher.KEPT)]
        for part in self.parts if kept else ():
            for ids in batched(part.marks.take_up(kept), BATCH):
                self._run(cypher.held(cypher.taking_up(part.kind)), {"rows": ids})

    def _finish(self, replan: bool) -> None:
        """Have the names searched, and where much is new, queries planned by what is there now."""
        texts = ["CALL db.prepareForReplanning(60)"] if replan else []
        for text in (*cypher.full_text(), *texts):
            self.session.run(text).consume()

    def _send(self, message: cypher.Message) -> None:
        """Make what is new, or look for each where some of it is there all the same."""
        if message.makes:
            with suppress(ConstraintError):
                self._write(message.makes, message.rows)
                return
        self._write(message.merges, message.rows)

    def _reader(self, reading: cypher.Reading) -> Reader:
        def read(groups: Sequence[int]) -> Iterator[tuple[str, int]]:
            for row in self.session.run(reading.marks, parts=list(groups)):
                yield row["id"], row["mark"]

        return read

    def _mark(self, version: Version, *, whole: bool) -> None:
        """Say whose graph the database holds, and of which version; of none while it is changed."""
        said = {"version": str(version), "loaded": version.loaded} if whole else {}
        given = {"version": None, "loaded": None, **said, "store": version.store}
        self._run(cypher.MARKING, {**given, "evidence": self.evidence}, wanted=1)

    def _write(self, text: str, rows: Sequence[Any]) -> None:
        """Write a batch, all of it or nothing."""
        self._run(cypher.held(text), {"rows": rows}, wanted=len(rows))

    def _run(self, text: str, given: Mapping[str, Any], wanted: int | None = None) -> None:
        """Run what says how much it has done; nothing stays of it where that is not all."""

        def work(transaction: ManagedTransaction) -> None:
            found = transaction.run(text, {**given, "run": self._id}).single(strict=True)
            done = int(found["n"])
            if wanted is None or done == wanted:
                return
            ours = transaction.run(cypher.HOLDER, run=self._id).single(strict=True)["n"]
            raise StoreError(_MISSING.format(wanted - done) if ours else _TAKEN_OVER)

        self.session.execute_write(work)


def messages(part: Part, outline: Outline, *, is_neo4j: bool = True) -> Iterator[cypher.Message]:
    """What is to be sent, things of one group in one message of full size."""
    waiting: dict[cypher.Group, list[cypher.Row]] = {}

    def message(group: cypher.Group) -> cypher.Message:
        return cypher.message(group, waiting.pop(group), outline, is_neo4j=is_neo4j)

    for number, changed in enumerate(part.changed(), start=1):
        group = changed[0][0], changed[2]
        rows = waiting.setdefault(group, [])
        rows.append(cypher.row(changed, outline))
        if len(rows) == BATCH:
            yield message(group)
        elif not number % _WAITING:  # of many kinds none may fill up
            yield from map(message, list(waiting))
    yield from map(message, list(waiting))


_TAKEN_OVER = "another publication into the same database has begun: publish again after it"
_MISSING = "{} relationships have lost an end there meanwhile: publish again"

_COUNTED = {
    "node": "nodes",
    "relationship": "relationships",
    "document": "evidence",
    "statement": "evidence",
}
