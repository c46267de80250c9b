"""Statements that a file holds as nodes of their own, as `kg export --statements` writes them.

What a node says stands in several statements of RDF, in any order: a first reading keeps it on
disk, so that the second can make one claim of each node, and none of the triple that it covers.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.places import place_of
from kg.statement import BOUNDS, Span
from kg.when import When
from loaders.rdf.values import Unread
from loaders.rdf.vocabulary import Vocabulary

_BATCH = 20_000
_SCHEMA = """
    PRAGMA journal_mode = OFF;
    CREATE TABLE said (node, what, value, PRIMARY KEY (node, what, value)) WITHOUT ROWID;
    CREATE TABLE covered (key BLOB PRIMARY KEY, times) WITHOUT ROWID;
    CREATE TABLE best (key BLOB PRIMARY KEY, rank, position) WITHOUT ROWID;
"""
_COVER = """INSERT INTO covered VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1"""
_RANK = """INSERT INTO best VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET
    rank = coalesce(min(rank, excluded.rank), rank, excluded.rank),
    position = coalesce(min(position, excluded.position), position, excluded.position)"""
_RANKED = "SELECT rank, position FROM best WHERE key = ?"
_STANCES = ("stated", "conflicting", "inferred")
"""The best first, as facts have it."""
_PARTS: Mapping[tuple[str, str], str] = {
    ("", "rdf:subject"): "subject",
    ("", "rdf:predicate"): "predicate",
    ("", "rdf:object"): "object",
    ("", "prov:wasDerivedFrom"): "source",
    ("", "kg:readFrom"): "document",
    ("", "kg:stance"): "stance",
    ("", "kg:confidence"): "confidence",
    ("", "kg:position"): "position",
    ("validFrom", "kg:earliest"): "from_earliest",
    ("validFrom", "kg:latest"): "from_latest",
    ("validTo", "kg:earliest"): "to_earliest",
    ("validTo", "kg:latest"): "to_latest",
    ("place", "rdf:value"): "place",
    ("place", "dcterms:conformsTo"): "standard",
    ("within", "rdf:value"): "within",
    ("quote", "oa:exact"): "quote",
}
"""What is kept: by the part of the node that it is said of, and the predicate."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_DATES = tuple(f"<{one}>" for one in (f"{_XSD}date", f"{_XSD}gYearMonth", f"{_XSD}gYear", _EDTF))


@dataclass(frozen=True)
class Node:
    """What a file says of one statement; `title` is the name of the document it was read from."""

    said: Mapping[str, str]
    title: str

    def get(self, what: str) -> str:
        """One thing that is said; empty where it isn't."""
        return self.said.get(what, "")

    def span(self) -> Span:
        """When the statement holds; Unread where a bound is no day."""
        return Span(self._when("from"), self._when("to"))

    def confidence(self) -> float:
        """How well it was read, 1 where nothing is said; Unread where it is no share of 1."""
        text = self.get("confidence") or "1"
        try:
            found = float(text)
        except ValueError:
            found = -1.0
        if not 0 <= found <= 1:
            raise Unread(f"no confidence: {text!r}", "want an xsd:decimal from 0 to 1")
        return found

    def position(self) -> int | None:
        """Which of those listed it is; Unread where that is no number."""
        text = self.get("position")
        if text and _position(text) is None:
            raise Unread(f"no position: {text!r}", "want an xsd:integer")
        return _position(text)

    def where(self) -> str:
        """The document and the place in it where the statement was first read."""
        place = place_of(self.get("standard"), self.get("place"), self.get("within"))
        return ", ".join(filter(None, (self.title, place)))

    def _when(self, end: str) -> When | None:
        earliest, latest = self.get(f"{end}_earliest"), self.get(f"{end}_latest")
        if not earliest and not latest:
            return None
        try:
            return When(_day(earliest), _day(latest))
        except ValueError as error:
            raise Unread(f"no bounds of a time: {error}", 'want "2024-01-05"^^xsd:date') from None


class Nodes:
    """The nodes of one file, on disk; to be used in a `with` block.

    `unclaimed` is the first node that has no object to claim, and how many there are.
    """

    def __init__(self, words: Vocabulary) -> None:
        self._db = sqlite3.connect("")
        self._db.executescript(_SCHEMA)
        self._start = f"{words.names.base}statement/"
        self._parts = {(part, words.iri(name)): what for (part, name), what in _PARTS.items()}
        self._object = words.iri("rdf:object")
        self._reifies = words.iri("rdf:reifies")
        self._stances = tuple(words.names.code("stance", one)[1:-1] for one in _STANCES)
        self.unclaimed = ("", 0)
        self._said: list[tuple[str, str, str]] = []
        self._any = False
        self._title = lru_cache(maxsize=4096)(self._find_title)

    def __enter__(self) -> "Nodes":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def holds(self, iri: str) -> bool:
        """Whether an IRI is that of a node, or of a part of one."""
        return iri.startswith(self._start)

    def note(self, iri: str, quad: Quad) -> None:
        """Keep what a statement of RDF says of a node."""
        node, _, part = iri.partition("#")
        value = quad.object
        if not part and quad.predicate.value == self._reifies and isinstance(value, Triple):
            self._keep(node, "subject", _text(value.subject))
            self._keep(node, "predicate", value.predicate.value)
            self._keep(node, "object", str(value.object))
        elif what := self._parts.get((part, quad.predicate.value)):
            self._keep(node, what, str(value) if what == "object" else _text(value))
        else:
            return
        if not part and (quad.predicate.value in (self._object, self._reifies)):
            self._keep(node, "graph", _graph(quad))

    def title(self, document: str, name: object) -> None:
        """Keep the name of a document."""
        self._keep(document, "title", _text(name))

    def close_notes(self) -> None:
        """After the first reading: know which triples the nodes cover."""
        self._flush()
        rows = self._db.execute("SELECT node, what, value FROM said ORDER BY node")
        for iri, group in groupby(rows, itemgetter(0)):
            said = [(what, value) for _, what, value in group]
            if node := _whole(said):
                self._any = True
                keys = _keys(*(node[one] for one in ("graph", "subject", "predicate", "object")))
                self._db.executemany(_COVER, [(key,) for key in keys])
                self._rank(node)
            elif self.holds(iri) and all(what != "object" for what, _ in said):
                self.unclaimed = (self.unclaimed[0] or iri, self.unclaimed[1] + 1)

    def _rank(self, node: Mapping[str, str]) -> None:
        """Keep the best that nodes of one claim have, which was read in several documents."""
        stance, position = node.get("stance", ""), _position(node.get("position", ""))
        rank = self._stances.index(stance) if stance in self._stances else None
        if rank is not None or position is not None:
            self._db.execute(_RANK, (_claim_key(node), rank, position))

    def covers(self, quad: Quad) -> bool:
        """Whether a triple is one that a node claims; or a date that several nodes combine to."""
        if not self._any:
            return False
        graph = _graph(quad)
        said = _text(quad.subject), quad.predicate.value, str(quad.object)
        whole, *dates = _keys(graph, *said)
        return self._times(whole) > 0 or (not graph and any(self._times(one) > 1 for one in dates))

    def claimed(self, quad: Quad) -> Quad | None:
        """What a node claims, where a statement of RDF says it or completes it; else None."""
        predicate, value = quad.predicate.value, quad.object
        if predicate == self._reifies and isinstance(value, Triple):
            return Quad(value.subject, value.predicate, value.object, quad.graph_name)
        if predicate != self._object or not isinstance(quad.subject, NamedNode):
            return None
        said = _whole(self._rows(quad.subject.value))
        if said is None:
            raise Unread("a statement without exactly one rdf:subject, rdf:predicate, rdf:object")
        terms = NamedNode(said["subject"]), NamedNode(said["predicate"])
        return Quad(*terms, quad.object, quad.graph_name)

    def get(self, iri: str) -> Node:
        """What a node says beside its claim; Unread where it says two things at once."""
        rows = self._rows(iri)
        said = dict(rows)
        if len(said) < len(rows):
            twice = next(what for what, value in rows if said[what] != value)
            raise Unread(f"a statement with more than one {twice}", "keep one")
        row = self._db.execute(_RANKED, (_claim_key(said),)).fetchone()
        if row and row[0] is not None and said.get("stance", "") in ("", *self._stances):
            said["stance"] = self._stances[row[0]]
        if row and row[1] is not None and _position(said.get("position", "0")) is not None:
            said["position"] = str(row[1])
        return Node(said, self._title(said.get("document", "")))

    def _keep(self, node: str, what: str, value: str) -> None:
        self._said.append((node, what, value))
        if len(self._said) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?)", self._said)
        self._said.clear()

    def _rows(self, node: str) -> list[tuple[str, str]]:
        return self._db.execute("SELECT what, value FROM said WHERE node = ?", (node,)).fetchall()

    def _find_title(self, document: str) -> str:
        return dict(self._rows(document)).get("title", "")

    def _times(self, key: bytes) -> int:
        row = self._db.execute("SELECT times FROM covered WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0


def _whole(rows: list[tuple[str, str]]) -> Mapping[str, str] | None:
    """What a node says, where that is one claim."""
    said = dict(rows)
    parts = ("graph", "subject", "predicate", "object")
    once = all(sum(what == one for what, _ in rows) == 1 for one in parts)
    return said if once else None


def _keys(graph: str, subject: str, predicate: str, value: str) -> Iterator[bytes]:
    """What a triple is known by; of one with a date, then what all dates of the thing are."""
    start = f"{graph} {subject} {predicate}"
    yield _hash(f"{start} {value}")
    if value.endswith(_DATES):
        yield _hash(start)


def _claim_key(node: Mapping[str, str]) -> bytes:
    """What one claim is known by, whichever documents it was read in."""
    parts = ("graph", "source", "subject", "predicate", "object", *BOUNDS)
    return _hash(" ".join(node.get(one, "") for one in parts))


def _hash(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=12).digest()


def _graph(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)


def _text(value: object) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _position(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None
