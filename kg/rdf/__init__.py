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

from pathlib import Path
from typing import BinaryIO, Literal

from pyoxigraph import RdfFormat

from kg import domain
from kg.errors import InputError, UsageError
from kg.rdf.changes import changes
from kg.rdf.content import Counts, Detail, write
from kg.rdf.files import aside, convert
from kg.rdf.names import Names
from kg.store import Store

__all__ = ["Counts", "Detail", "Format", "Lang", "export", "export_changes"]

Format = Literal["trig", "nquads", "turtle", "ntriples", "rdfxml", "jsonld"]
Lang = Literal["en", "zh"]
_WITH_GRAPHS = ("trig", "nquads", "jsonld")
_CONVERTED = {
    "trig": (RdfFormat.N_QUADS, RdfFormat.TRIG),
    "turtle": (RdfFormat.N_TRIPLES, RdfFormat.TURTLE),
    "rdfxml": (RdfFormat.N_TRIPLES, RdfFormat.RDF_XML),
}


def export(
    store: Store,
    format: Format,
    out: Path | BinaryIO,
    detail: Detail = "facts",
    keys: Lang = "en",
) -> Counts:
    """Write a store as RDF to a file, which is replaced whole or not at all, or to a stream.

    `keys` is the language of those of JSON-LD.
    Raises InputError, naming the statement, for what RDF can't carry; UsageError where the format
    can't hold the `detail`.
    """
    if format == "jsonld" and detail == "rdf12":
        raise UsageError("JSON-LD has no RDF 1.2 yet: --statements, or --format trig")
    names = Names.of_domain()
    with aside(out, store.folder) as folder:
        ready, lines = folder / "export", folder / "lines"
        counts = write(store, names, format in _WITH_GRAPHS, detail, lines)
        if format == "rdfxml":
            _fit_for_xml(lines)
        if format == "jsonld":
            _compact(lines, ready, names, keys)
        elif format in _CONVERTED:
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
    changes(store, since, out, lambda lines: write(store, names, True, detail, lines))


def _compact(lines: Path, made: Path, names: Names, keys: Lang) -> None:
    from kg.rdf.compact import Compact
    from kg.schemas.context import Context

    Compact(Context(names, domain.model(), domain.codes(), keys, flat=True)).write(lines, made)


def _fit_for_xml(lines: Path) -> None:
    """Refuse what every reader of XML would change: a carriage return becomes a line feed."""
    with lines.open(encoding="utf-8") as file:
        for line in file:
            if "\\r" in line:
                raise InputError(f"RDF/XML can't hold a carriage return: {line[:80]}… (use turtle)")
