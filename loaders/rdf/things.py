"""What a file says of things that have no id of ours: their classes and names, kept on disk."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import NamedNode

_BATCH = 5_000
_SCHEMA = """
    PRAGMA journal_mode = OFF;
    CREATE TABLE said (iri, what, nth, value, lang, PRIMARY KEY (iri, what, nth, value, lang))
        WITHOUT ROWID;
    CREATE TABLE titles (node, value, tag, datatype, graph, place, nth, lang,
        PRIMARY KEY (node, value, tag, datatype, graph)) WITHOUT ROWID;
    CREATE TABLE uses (iri PRIMARY KEY, place, times) WITHOUT ROWID;
"""
_USED = """INSERT INTO uses VALUES (?, ?, ?)
    ON CONFLICT (iri) DO UPDATE SET times = times + excluded.times"""
_THING = """SELECT what, value, lang FROM said WHERE iri = ? AND what IN ('class', 'name')
    ORDER BY what, nth, value, lang LIMIT 100"""
_ISSUERS = "SELECT value FROM said WHERE iri = ? AND what = 'issuer' ORDER BY value LIMIT 100"
_SOURCES = """SELECT DISTINCT s.value FROM said s JOIN said d ON d.iri = s.iri
    WHERE s.what = 'source' AND d.what = 'dataset' ORDER BY s.value LIMIT 2"""


_TITLE = """INSERT OR IGNORE INTO titles VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_REALISED = """SELECT t.value, t.lang FROM said s JOIN titles t ON t.node = s.value
    WHERE s.iri = ? AND s.what = 'expression' ORDER BY t.nth, t.value, t.lang LIMIT 1"""
_TITLES = """SELECT s.value, t.value, t.tag, t.datatype, t.graph, t.place
    FROM titles t JOIN said s ON s.iri = t.node AND s.what = 'realizes'
    ORDER BY s.value, t.nth, t.value, t.tag, t.graph"""
_UNTITLED = """SELECT s.iri FROM said s WHERE s.what = 'expression'
    AND NOT EXISTS (SELECT 1 FROM titles t WHERE t.node = s.value)"""
_LOOSE = """SELECT t.place FROM titles t WHERE t.node LIKE '\\_:%' ESCAPE '\\'
    AND NOT EXISTS (SELECT 1 FROM said s WHERE s.iri = t.node AND s.what = 'realizes')"""


class Title(NamedTuple):
    """A title that an expression (a version in some language) gives the work it realises."""

    work: str
    value: str
    tag: str
    datatype: str
    graph: str
    place: str


class Thing(NamedTuple):
    """The classes that a file gives a thing, and the name by which to know it, if it says any."""

    classes: tuple[str, ...]
    name: str
    lang: str


class Things:
    """Gathered in a first reading; to be used in a `with` block. Memory does not grow with them.

    The database has no name: it is gone when it is closed, or its process is.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.executescript(_SCHEMA)
        self._said: list[tuple[str, str, int, str, str]] = []
        self._uses: Counter[str] = Counter()
        self._places: dict[str, str] = {}
        self.get = lru_cache(maxsize=16384)(self._get)

    def __enter__(self) -> "Things":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def say(self, iri: str, what: str, value: str, nth: int = 0, lang: str = "") -> None:
        """Note a `class` or `name` of a thing (the least `nth` is best), a data set's source."""
        self._said.append((iri, what, nth, value, lang))
        if len(self._said) >= _BATCH:
            self.flush()

    def realises(self, expression: str, work: str) -> None:
        """Note that one thing is an expression of another, whose title may stand there."""
        self.say(expression, "realizes", work)
        self.say(work, "expression", expression)

    def title(self, node: str, title: Title, nth: int, lang: str) -> None:
        """Note a title of what may be an expression."""
        self._db.execute(_TITLE, (node, *title[1:], nth, lang))

    def titles(self) -> Iterator[Title]:
        """The titles that expressions give to works."""
        yield from map(Title._make, self._db.execute(_TITLES))

    def is_expression(self, iri: str) -> bool:
        """Whether a thing is an expression of another."""
        sql = "SELECT 1 FROM said WHERE iri = ? AND what = 'realizes' LIMIT 1"
        return self._db.execute(sql, (iri,)).fetchone() is not None

    def untitled(self) -> Iterator[str]:
        """The works of which an expression has no title, once for each such expression."""
        yield from (iri for (iri,) in self._db.execute(_UNTITLED))

    def loose(self) -> Iterator[str]:
        """The places of titles of blank nodes that are the expression of nothing."""
        yield from (place for (place,) in self._db.execute(_LOOSE))

    def use(self, iri: str, place: str) -> None:
        """Note that something is said of a thing, and where."""
        self._uses[iri] += 1
        self._places.setdefault(iri, place)
        if len(self._uses) >= _BATCH:
            self.flush()

    def issuers(self, iri: str) -> tuple[str, ...]:
        """The bodies by which a document was passed."""
        return tuple(value for (value,) in self._db.execute(_ISSUERS, (iri,)))

    def flush(self) -> None:
        """Bring everything that waits to disk."""
        self._db.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?)", self._said)
        rows = ((iri, self._places[iri], times) for iri, times in self._uses.items())
        self._db.executemany(_USED, rows)
        self._said.clear()
        self._uses.clear()
        self._places.clear()

    def used(self) -> Iterator[tuple[str, str, int]]:
        """The things of which something is said, where first, and how often."""
        yield from self._db.execute("SELECT iri, place, times FROM uses ORDER BY iri")

    def source(self) -> str:
        """The source of the data set that the file describes, where there is exactly one."""
        found = [value for (value,) in self._db.execute(_SOURCES)]
        return found[0] if len(found) == 1 else ""

    def _get(self, iri: str) -> Thing:
        rows = self._db.execute(_THING, (iri,)).fetchall()
        names = ((value, lang) for what, value, lang in rows if what == "name")
        name, lang = next(names, None) or self._db.execute(_REALISED, (iri,)).fetchone() or ("", "")
        return Thing(tuple(value for what, value, _ in rows if what == "class"), name, lang)


def node_of(term: object) -> str:
    """What a thing is noted under: its IRI, or the name of a blank node in one reading."""
    return term.value if isinstance(term, NamedNode) else str(term)
