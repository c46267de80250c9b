"""The lines of an export: what it is, then what each source says, one graph after the other."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from heapq import merge
from io import TextIOWrapper
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Literal

import duckdb

from kg import domain
from kg.ahead import batched
from kg.ended import not_held
from kg.errors import InputError
from kg.rdf.bare import Bare
from kg.rdf.body import Body
from kg.rdf.claims import Claims
from kg.rdf.concepts import concepts
from kg.rdf.description import Description, untyped
from kg.rdf.fields import Fields
from kg.rdf.loads import loads
from kg.rdf.names import Names
from kg.rdf.rows import COMBINED, HOLDING, MEMORY, PREFERRED, QUADS, STANDING, TRIPLES, Rows
from kg.store import Store

Detail = Literal["facts", "plain", "statements", "rdf12"]
"""How much is said: `plain` is only what holds, in one graph; the last two have a node for each
statement, which RDF 1.2 ties to its claim by a reifier."""

_WITH_NODES = ("statements", "rdf12")
_BATCH = 2000


@dataclass(frozen=True)
class Counts:
    """How many lines of quads or triples an export has: about things, and about itself."""

    body: int
    description: int


def write(store: Store, names: Names, graphs: bool, detail: Detail, path: Path) -> Counts:
    """Write the lines of an export: its description, then its facts and statements.

    In little memory; anew in more where that does not do. Raises InputError, naming the statement,
    for what RDF can't carry.
    """
    for memory in MEMORY[:-1]:
        with suppress(duckdb.OutOfMemoryException):
            return _write_in(memory, store, names, graphs, detail, path)
    return _write_in(MEMORY[-1], store, names, graphs, detail, path)


def _write_in(
    memory: str, store: Store, names: Names, graphs: bool, detail: Detail, path: Path
) -> Counts:
    graphs = graphs and detail != "plain"
    with _rows(memory, store, names, graphs, detail) as rows, path.open("wb") as file:
        body = Body(names, Fields(domain.model(), names), store.register.hidden, rows)
        head = _described(body, Description(names, rows, store.register.sources), detail)
        try:
            described = _into(file, _texts(head))
            said = _said(body, graphs, detail, path.parent)
            return Counts(description=described, body=_into(file, said))
        except ValueError as error:
            raise InputError(f"can't be written as RDF: {error}") from None


def _described(body: Body, description: Description, detail: Detail) -> Iterator[str]:
    """The default graph: what an export is, the codes in it, the classes of what is pointed at."""
    rows, names = body.rows, body.names
    if detail == "plain":
        yield from concepts(rows, body.fields, domain.codes())
        yield from map(body.typing, untyped(rows))
        return
    yield from description.lines()
    stances: set[str] = set()
    if detail in _WITH_NODES:
        yield from loads(names, rows.loads())
        stances = rows.stances()
    yield from concepts(rows, body.fields, domain.codes(), stances)
    pointed = (key for key in description.untyped() if key not in description.documents)
    yield from map(body.typing, pointed)


def _said(body: Body, graphs: bool, detail: Detail, folder: Path) -> Iterator[bytes]:
    """The facts and statements, those of each source together.

    With statements the facts wait in a file in the meantime: two queries that sort at once would
    take twice the memory.
    """
    facts = Bare(body).texts(QUADS if graphs else TRIPLES)
    if detail not in _WITH_NODES:
        yield from facts
        return
    claims = Claims(body, graphs, detail == "rdf12")
    with TemporaryFile(dir=folder) as waiting:
        _into(waiting, facts)
        waiting.seek(0)
        lines = TextIOWrapper(waiting, encoding="utf-8", newline="\n")
        said = groupby(lines, partial(_source, body.names) if graphs else lambda line: "")
        grouped = groupby(body.rows.claims(), itemgetter(0))
        nodes = ((source, claims.lines(group)) for source, group in grouped)
        merged = merge(said, nodes, key=itemgetter(0))
        yield from _texts(chain.from_iterable(lines for _, lines in merged))


def _source(names: Names, line: str) -> str:
    """The source in whose graph a line is, as the rows name it."""
    graph = line.rsplit(" ", 2)[1]
    return COMBINED if graph == names.graph(COMBINED) else names.key(graph[1:-1])


def _rows(memory: str, store: Store, names: Names, graphs: bool, detail: Detail) -> Rows:
    """The rows of all standing facts, of the preferred, or of those that may hold by now.

    Now is the newest date of a source, so that the same content gives the same export.
    """
    if detail != "plain":
        return Rows(store, STANDING if graphs else PREFERRED, memory)
    with Rows(store, STANDING, memory) as rows:
        newest = Description(names, rows, store.register.sources).newest()
    now = newest.latest if newest else None
    if now is None:
        return Rows(store, PREFERRED, memory)
    return Rows(store, HOLDING, memory, not_held(store, domain.model(), now))


def _texts(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines, several in a text."""
    return ("".join(several).encode() for several in batched(lines, _BATCH))


def _into(file: IO[bytes], texts: Iterable[bytes]) -> int:
    """Write lines; how many there were."""
    count = 0
    for text in texts:
        file.write(text)
        count += text.count(b"\n")
    return count
