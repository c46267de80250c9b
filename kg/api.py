"""The verbs of the command line, in Python: open a store, load, ask, show, export."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.store import Store

if TYPE_CHECKING:
    from kg.alike import Pair
    from kg.answer import Answer
    from kg.completeness import Coverage
    from kg.conflicts import Conflict
    from kg.export import Format
    from kg.graph import Rows, Value
    from kg.graph.neo4j.publish import Progress, Sent
    from kg.graph.opening import OwnGraph
    from kg.judging import Decided, Verdict
    from kg.load import Report
    from kg.names import Hit
    from kg.rdf.asking import Triples
    from kg.review import Item
    from kg.saved import Question
    from kg.shown import Shown
    from kg.validate import Validation

__all__ = ["KnowledgeGraph", "open"]


def open(folder: str | PathLike[str] = ".kg") -> "KnowledgeGraph":
    """Open the store in a folder; it need not be there yet, the first load makes it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open(folder + "/.kg") as store:
    ...     store.exists()
    False
    """
    return KnowledgeGraph(Path(folder))


class KnowledgeGraph(Store):
    """A store with the verbs of the command line; close it, or use it in a `with` block."""

    def load(
        self,
        *paths: str | PathLike[str],
        keep_missing: bool = False,
        allow_empty: bool = False,
        strict: bool = False,
        dry_run: bool = False,
    ) -> "Report":
        """Load files and folders, or without any the shipped sources."""
        from kg.load import Options, load

        options = Options(keep_missing, allow_empty, strict, dry_run)
        report = load(self, [Path(path) for path in paths], options)
        self._moved()
        return report

    def drop(self, document: str) -> "Report":
        """Take a document, by name, out of the store."""
        from kg.load import drop

        report = drop(self, document)
        self._moved()
        return report

    def review(self) -> "list[Item]":
        """The names that wait for a decision, those first on which most rests."""
        from kg.review import waiting

        return waiting(self)

    def suggestions(self) -> "list[Pair]":
        """Pairs of things that may be one, the most alike first; nothing is merged."""
        from kg.suggesting import suggestions

        return suggestions(self)

    def same(self, a: str, b: str, *, why: str = "", by: str = "") -> "Decided":
        """Judge that two things are one; things are ids, names or items that wait."""
        return self._judge("same", a, b, why, by)

    def different(self, a: str, b: str, *, why: str = "", by: str = "") -> "Decided":
        """Judge that two things are not one."""
        return self._judge("different", a, b, why, by)

    def accept(self, statement: str, *, why: str = "", by: str = "") -> "Decided":
        """Judge that a claim stands, before all that says otherwise."""
        return self._judge("accept", statement, "", why, by)

    def reject(self, statement: str, *, why: str = "", by: str = "") -> "Decided":
        """Judge that a claim falls."""
        return self._judge("reject", statement, "", why, by)

    def conflicts(self, thing: str = "") -> "list[Conflict]":
        """Values that can't both be true, with the rule that decided; of one thing or of all."""
        from kg.conflicts import conflicts
        from kg.names import one

        return conflicts(self, one(self, thing) if thing else "")

    def coverage(self) -> "list[Coverage]":
        """How much the data hold of sets of which a source says how many there are."""
        from kg.completeness import coverage

        return coverage(self, self.graph)

    def undo(self, judgement: str) -> "Decided":
        """Take a judgement back, by its id or by what it is about."""
        from kg.judging import undo

        done = undo(self, judgement)
        self._moved()
        return done

    def _judge(self, verdict: "Verdict", a: str, b: str, why: str, by: str) -> "Decided":
        from kg.judging import judge

        done = judge(self, verdict, a, b, why=why, by=by)
        self._moved()
        return done

    def questions(self) -> "Iterator[Question]":
        """The saved questions."""
        from kg import domain, saved

        return saved.questions(domain.questions())

    def ask(self, slug: str, /, *, lang: str = "zh", **parameters: object) -> "Answer":
        """Answer a saved question; parameters take ids or names."""
        from kg import domain, saved
        from kg.answer import ask

        question = saved.question(domain.questions(), slug)
        self.facts()
        return ask(self, self.graph, question, parameters, lang=lang)

    def ask_twin(self, slug: str, /, *, lang: str = "zh", **parameters: object) -> "Answer":
        """Answer a saved question by its twin in SPARQL, from the preferred facts as RDF."""
        from kg import domain, saved
        from kg.answer import ask_twin

        question = saved.question(domain.questions(), slug)
        self.facts()
        return ask_twin(self, self.triples, question, parameters, lang=lang)

    def cypher(
        self, text: str, /, *, limit: int = 10_000, timeout: float = 30.0, **parameters: "Value"
    ) -> "Rows":
        """Run any reading Cypher on the embedded graph."""
        return self.graph.ask(text, parameters, limit=limit, timeout=timeout)

    def find(self, text: str, *, limit: int = 50, on: date | None = None) -> "list[Hit]":
        """Things by any name, old or new, in either script; with `on`, who bore it on that day."""
        from kg.names import find

        return find(self, text, limit=limit, day=on)

    def search(self, text: str, *, limit: int = 50) -> "list[Hit]":
        """Things in whose names all words of a text occur, by full-text search."""
        from kg.names import search

        return search(self.graph, text, limit=limit)

    def show(self, thing: str, *, on: date | None = None) -> "Shown":
        """All that is known of one thing, by id or name; with `on`, what held on that day."""
        from kg.names import one
        from kg.shown import show

        return show(self, one(self, thing), on)

    def export(self, format: "Format", out: "str | PathLike[str] | BinaryIO") -> None:
        """Write the store as RDF or JSON Lines; formats as `kg export` has them."""
        from kg.export import export

        export(self, format, Path(out) if isinstance(out, str | PathLike) else out)

    def validate(
        self, path: str | PathLike[str] | None = None, *, everything: bool = False
    ) -> "Validation":
        """Check a file of RDF, or without one the store, against the shapes of the model."""
        from kg.validate import validate_file, validate_store

        if path is not None:
            return validate_file(Path(path))
        return validate_store(self, everything=everything)

    def publish(
        self,
        uri: str,
        *,
        user: str = "",
        password: str = "",
        database: str | None = None,
        evidence: bool | None = None,
        dry_run: bool = False,
        replace: bool = False,
        deep: bool = False,
        progress: "Progress" = lambda done, total: None,
    ) -> "Sent":
        """Bring a Neo4j database to the state of the store; only what differs is sent.

        With `evidence` statements and documents become nodes, too; None keeps to what is there.
        A database that shows another store is refused, unless that is to `replace`. A `deep`
        comparison reads everything back, and so finds what others changed.
        """
        from kg.graph.neo4j.publish import publish
        from kg.graph.neo4j.server import Address, Server

        self.version  # noqa: B018 says so where there is no store
        with Server(Address(uri, user, password, database)) as server:
            return publish(
                server, self, evidence=evidence, dry_run=dry_run, replace=replace, deep=deep,
                progress=progress,
            )  # fmt: skip

    def publish_files(
        self,
        folder: str | PathLike[str],
        *,
        evidence: bool = False,
        progress: "Progress" = lambda done, total: None,
    ) -> int:
        """Write what `publish` would send as files for Neo4j's offline import; how many things."""
        from kg.graph.neo4j.files import write

        self.version  # noqa: B018 says so where there is no store
        return write(self, Path(folder), with_evidence=evidence, progress=progress)

    @cached_property
    def graph(self) -> "OwnGraph":
        """The embedded graph of the shown version, built where it is not there yet."""
        from kg.graph.opening import open_graph

        self.version  # noqa: B018 says so where there is no store
        return open_graph(self)

    @cached_property
    def triples(self) -> "Triples":
        """The preferred facts of the shown version as RDF in memory, for SPARQL."""
        from kg.rdf.asking import Triples

        self.version  # noqa: B018 says so where there is no store
        return Triples(self)

    def close(self) -> None:
        """Let go of what is open."""
        self._moved()
        super().close()

    def _moved(self) -> None:
        """The graph of an earlier version is of no use any more; the register is read again."""
        for name in ("register", "register_hash", "triples"):
            self.__dict__.pop(name, None)
        if graph := self.__dict__.pop("graph", None):
            graph.close()
