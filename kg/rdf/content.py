"""The lines of an export: what it is, then what each source says, one graph after the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Literal, TextIO, TypeVar

from kg import domain
from kg.errors import InputError
from kg.rdf.body import Body
from kg.rdf.claims import Claims
from kg.rdf.concepts import concepts
from kg.rdf.description import Description, untyped
from kg.rdf.fields import Fields
from kg.rdf.loads import loads
from kg.rdf.names import Names
from kg.rdf.rows import PREFERRED, STANDING, Claim, Row, Rows, current
from kg.store import Store

Detail = Literal["facts", "plain", "statements", "rdf12"]
"""How much is said: `plain` is only what holds, in one graph; the last two have a node for each
statement, which RDF 1.2 ties to its claim by a reifier."""

_WITH_NODES = ("statements", "rdf12")
_BATCH = 2000
_FIRST = itemgetter(0)
AnyRow = TypeVar("AnyRow", Row, Claim)


@dataclass(frozen=True)
class Counts:
    """How many lines of quads or triples an export has: about things, and about itself."""

    body: int
    description: int


def write(store: Store, names: Names, graphs: bool, detail: Detail, path: Path) -> Counts:
    """Write the lines of an export: its description, then its facts and statements.

    Raises InputError, naming the statement, for what RDF can't carry.
    """
    graphs = graphs and detail != "plain"
    with _rows(store, names, graphs, detail) as rows, path.open("wb") as file:
        body = Body(names, Fields(domain.model(), names), store.register.hidden, rows)
        head = _described(body, Description(names, rows, store.register.sources), detail)
        try:
            described = _into(file, head)
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


def _said(body: Body, graphs: bool, detail: Detail, folder: Path) -> Iterator[str]:
    """The facts and statements, those of each source together.

    With statements the facts wait in a file in the meantime: two queries that sort at once would
    take twice the memory.
    """
    rows = body.rows
    facts = rows.quads() if graphs else rows.triples()
    if detail not in _WITH_NODES:
        yield from body.lines(facts)
        return
    claims = Claims(body, graphs, detail == "rdf12")
    with TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder) as file:
        parts = _by_source(facts, body.lines)
        sizes = [(source, _spooled(file, lines)) for source, lines in parts]
        file.seek(0)
        said = ((source, islice(file, size)) for source, size in sizes)
        nodes = _by_source(rows.claims(), claims.lines)
        yield from chain.from_iterable(lines for _, lines in merge(said, nodes, key=_FIRST))


def _by_source(
    rows: Iterable[AnyRow], lines: Callable[[Iterable[AnyRow]], Iterator[str]]
) -> Iterator[tuple[str, Iterator[str]]]:
    """The lines of each source, which are to be taken before those of the next are asked for."""
    return ((source, lines(group)) for source, group in groupby(rows, _FIRST))


def _spooled(file: TextIO, lines: Iterator[str]) -> int:
    """Write lines into a file; how many there were."""
    count = 0
    for line in lines:
        file.write(line)
        count += 1
    return count


def _rows(store: Store, names: Names, graphs: bool, detail: Detail) -> Rows:
    """The rows of all standing facts, of the preferred, or of those that hold by now.

    Now is the newest date of a source, so that the same content gives the same export.
    """
    if detail != "plain":
        return Rows(store, STANDING if graphs else PREFERRED)
    with Rows(store, STANDING) as rows:
        newest = Description(names, rows, store.register.sources).newest()
    return Rows(store, current(newest.latest) if newest and newest.latest else PREFERRED)


def _into(file: BinaryIO, lines: Iterator[str]) -> int:
    """Write lines; how many there were."""
    count = 0
    while several := list(islice(lines, _BATCH)):
        file.write("".join(several).encode())
        count += len(several)
    return count
