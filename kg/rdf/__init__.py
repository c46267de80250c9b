"""A store as RDF, for people who cite, merge or query it elsewhere.

Formats with graphs (TriG, N-Quads, JSON-LD) hold every accepted or disputed fact, as each source
states it, in a named graph that is the source: what a user cites, or leaves out. A date that
combines several sources and that none of them states is in the graph `…graph/combined`. The class
of a thing is said in each graph that speaks of it, so that a graph can be used alone. The default
graph describes the dataset, its documents and code lists, and says the class of what is only
pointed at.

Formats without graphs (Turtle, N-Triples, RDF/XML) hold the preferred facts of all sources and the
same description. Nothing in an export depends on when, or in which order, its content was loaded.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal

import duckdb
from pyoxigraph import RdfFormat

from kg import domain
from kg.ahead import batched
from kg.errors import InputError, UsageError
from kg.rdf.bare import Bare
from kg.rdf.body import Body
from kg.rdf.changes import changes
from kg.rdf.claims import Claims
from kg.rdf.concepts import concepts
from kg.rdf.description import Description, untyped
from kg.rdf.fields import Fields
from kg.rdf.files import aside, convert
from kg.rdf.names import Names
from kg.rdf.rows import MEMORY, PREFERRED, QUADS, STANDING, TRIPLES, Rows, current
from kg.store import Store

__all__ = ["Counts", "Detail", "Format", "export", "export_changes"]

Format = Literal["trig", "nquads", "turtle", "ntriples", "rdfxml", "jsonld"]
Detail = Literal["facts", "plain", "statements", "rdf12"]
"""How much is said: `plain` is only what holds, in one graph; the last two have a node for each
statement, which RDF 1.2 ties to its claim by a reifier."""
_WITH_GRAPHS = ("trig", "nquads", "jsonld")
_BATCH = 2000
_CONVERTED = {
    "trig": (RdfFormat.N_QUADS, RdfFormat.TRIG),
    "turtle": (RdfFormat.N_TRIPLES, RdfFormat.TURTLE),
    "rdfxml": (RdfFormat.N_TRIPLES, RdfFormat.RDF_XML),
    "jsonld": (RdfFormat.N_QUADS, RdfFormat.JSON_LD),
}


@dataclass(frozen=True)
class Counts:
    """How many lines of quads or triples an export has: about things, and about itself."""

    body: int
    description: int


def export(store: Store, format: Format, out: Path | BinaryIO, detail: Detail = "facts") -> Counts:
    """Write a store as RDF to a file, which is replaced whole or not at all, or to a stream.

    Raises InputError, naming the statement, for what RDF can't carry; UsageError where the format
    can't hold the `detail`.
    """
    if format == "jsonld" and detail == "rdf12":
        raise UsageError("JSON-LD has no RDF 1.2 yet: --statements, or --format trig")
    names = Names.of_domain()
    with aside(out, store.folder) as folder:
        ready, lines = folder / "export", folder / "lines"
        counts = _write(store, names, format in _WITH_GRAPHS, detail, lines)
        if format == "rdfxml":
            _fit_for_xml(lines)
        if format in _CONVERTED:
            convert(lines, ready, _CONVERTED[format], names.prefixes(domain.model()))
        else:
            lines.rename(ready)
    return counts


def export_changes(
    store: Store, since: int, out: Path | BinaryIO, detail: Detail = "facts"
) -> None:
    """Write what an export in N-Quads has gained and lost since a version, as an RDF Patch.

    Raises InputError for a version that there is not.
    """
    names = Names.of_domain()
    changes(store, since, out, lambda lines: _write(store, names, True, detail, lines))


def _fit_for_xml(lines: Path) -> None:
    """Refuse what every reader of XML would change: a carriage return becomes a line feed."""
    with lines.open(encoding="utf-8") as file:
        for line in file:
            if "\\r" in line:
                raise InputError(f"RDF/XML can't hold a carriage return: {line[:80]}… (use turtle)")


def _write(store: Store, names: Names, graphs: bool, detail: Detail, path: Path) -> Counts:
    """The lines of an export, written in little memory; anew in more where that does not do."""
    for memory in MEMORY[:-1]:
        with suppress(duckdb.OutOfMemoryException):
            return _write_in(memory, store, names, graphs, detail, path)
    return _write_in(MEMORY[-1], store, names, graphs, detail, path)


def _write_in(
    memory: str, store: Store, names: Names, graphs: bool, detail: Detail, path: Path
) -> Counts:
    """The description, then the facts."""
    graphs = graphs and detail != "plain"
    with _rows(memory, store, names, graphs, detail) as rows, path.open("wb") as file:
        fields = Fields(domain.model(), names)
        body = Body(names, fields, store.register.hidden, rows)
        facts = Bare(body).texts(QUADS if graphs else TRIPLES)
        claims: Iterator[str] = iter(())
        stances: set[str] = set()
        if detail in ("statements", "rdf12"):
            claims = Claims(body, graphs, detail == "rdf12").lines(rows.claims())
            stances = rows.stances()
        codes = concepts(rows, fields, domain.codes(), stances)
        if detail == "plain":
            head = chain(codes, map(body.typing, untyped(rows)))
        else:
            described = Description(names, rows, store.register.sources)
            head = chain(described.lines(), codes, map(body.typing, described.untyped()))
        try:
            lines = _into(file, _texts(head))
            return Counts(description=lines, body=_into(file, chain(facts, _texts(claims))))
        except ValueError as error:
            raise InputError(f"can't be written as RDF: {error}") from None


def _rows(memory: str, store: Store, names: Names, graphs: bool, detail: Detail) -> Rows:
    """The rows of all standing facts, of the preferred, or of those that hold by now.

    Now is the newest date of a source, so that the same content gives the same export.
    """
    if detail != "plain":
        return Rows(store, STANDING if graphs else PREFERRED, memory)
    with Rows(store, STANDING, memory) as rows:
        newest = Description(names, rows, store.register.sources).newest()
    now = newest.latest if newest else None
    return Rows(store, current(now) if now else PREFERRED, memory)


def _texts(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines, several in a text."""
    return ("".join(several).encode() for several in batched(lines, _BATCH))


def _into(file: BinaryIO, texts: Iterable[bytes]) -> int:
    """Write lines; how many there were."""
    count = 0
    for text in texts:
        file.write(text)
        count += text.count(b"\n")
    return count
