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

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Literal

from pyoxigraph import RdfFormat

from kg import domain
from kg.errors import InputError
from kg.rdf.body import Body
from kg.rdf.concepts import concepts
from kg.rdf.description import Description
from kg.rdf.fields import Fields
from kg.rdf.files import aside, convert
from kg.rdf.names import Names
from kg.rdf.rows import PREFERRED, STANDING, Rows
from kg.store import Store

__all__ = ["Counts", "Format", "export"]

Format = Literal["trig", "nquads", "turtle", "ntriples", "rdfxml", "jsonld"]
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


def export(store: Store, format: Format, out: Path | BinaryIO) -> Counts:
    """Write a store as RDF to a file, which is replaced whole or not at all, or to a stream.

    Raises InputError, naming the statement, for what RDF can't carry.
    """
    names = Names.of_domain()
    with aside(out, store.folder) as folder:
        ready, lines = folder / "export", folder / "lines"
        counts = _write(store, names, format in _WITH_GRAPHS, lines)
        if format == "rdfxml":
            _fit_for_xml(lines)
        if format in _CONVERTED:
            convert(lines, ready, _CONVERTED[format], names.prefixes(domain.model()))
        else:
            lines.rename(ready)
    return counts


def _fit_for_xml(lines: Path) -> None:
    """Refuse what every reader of XML would change: a carriage return becomes a line feed."""
    with lines.open(encoding="utf-8") as file:
        for line in file:
            if "\\r" in line:
                raise InputError(f"RDF/XML can't hold a carriage return: {line[:80]}… (use turtle)")


def _write(store: Store, names: Names, graphs: bool, path: Path) -> Counts:
    """The lines of an export: its description, then its facts."""
    with Rows(store, STANDING if graphs else PREFERRED) as rows, path.open("wb") as file:
        fields = Fields(domain.model(), names)
        body = Body(names, fields, store.register.hidden, rows)
        described = Description(names, rows, store.register.sources)
        codes = concepts(rows, fields, domain.codes())
        head = chain(described.lines(), codes, map(body.typing, described.untyped()))
        facts = body.lines(rows.quads() if graphs else rows.triples())
        try:
            return Counts(description=_into(file, head), body=_into(file, facts))
        except ValueError as error:
            raise InputError(f"can't be written as RDF: {error}") from None


def _into(file: BinaryIO, lines: Iterator[str]) -> int:
    """Write lines; how many there were."""
    count = 0
    while several := list(islice(lines, _BATCH)):
        file.write("".join(several).encode())
        count += len(several)
    return count
