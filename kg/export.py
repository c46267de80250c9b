"""Writing a whole store to a file: RDF, or everything as JSON Lines; whole or not at all."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from kg.errors import InputError, UsageError
from kg.folders import whole_file

if TYPE_CHECKING:
    from kg.rdf import Detail, Lang
    from kg.store import Store

FORMATS = (
    "trig", "nquads", "turtle", "ntriples", "rdfxml", "jsonld", "jsonl", "graphml", "gexf"
)  # fmt: skip
Format = Literal[
    "trig", "nquads", "turtle", "ntriples", "rdfxml", "jsonld", "jsonl", "graphml", "gexf"
]
SUFFIXES: dict[str, Format] = {
    ".trig": "trig",
    ".nq": "nquads",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".rdf": "rdfxml",
    ".jsonld": "jsonld",
    ".jsonl": "jsonl",
    ".graphml": "graphml",
    ".gexf": "gexf",
}


def export(
    store: "Store",
    format: Format,
    out: Path | BinaryIO,
    detail: "Detail" = "facts",
    keys: "Lang" = "en",
) -> None:
    """Write the store in a format; to a file it appears only when it is complete.

    `detail` is for RDF: how much is said (`kg.rdf.Detail`); `keys` the language of JSON-LD's.
    """
    if format not in FORMATS:
        raise UsageError(f"no format {format!r}: want one of {', '.join(FORMATS)}")
    if detail != "facts" and format in ("jsonl", "graphml", "gexf"):
        raise UsageError(f"{format} is no RDF: it has no --{detail}")
    if keys != "en" and format != "jsonld":
        raise UsageError(f"{format} has no keys in a language: only jsonld has")
    store.version  # noqa: B018 says so where there is no store
    with _writing(out):
        if format == "jsonl":
            _jsonl(store, out)
        elif format == "graphml" or format == "gexf":
            _graph(store, format, out)
        else:
            from kg.rdf import export as export_rdf

            export_rdf(store, format, out, detail, keys)


def export_changes(
    store: "Store", since: int, out: Path | BinaryIO, detail: "Detail" = "facts"
) -> None:
    """Write what the RDF has gained and lost since a version, as an RDF Patch; 0 is before all."""
    from kg.rdf import export_changes as write

    with _writing(out):
        write(store, since, out, detail)


@contextmanager
def _writing(out: Path | BinaryIO) -> Iterator[None]:
    """Say where it can't be written; a reader that has gone is no error."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        where = out if isinstance(out, Path) else "standard output"
        raise InputError(f"{where}: can't be written: {error.strerror or error}") from None


def _jsonl(store: "Store", out: Path | BinaryIO) -> None:
    from kg import jsonl

    if not isinstance(out, Path):
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
        jsonl.write(store, text)
        text.flush()
        text.detach()
        return
    with whole_file(out) as made, made.open("w", encoding="utf-8", newline="\n") as file:
        jsonl.write(store, file)


def _graph(store: "Store", format: str, out: Path | BinaryIO) -> None:
    """The graph for tools that draw it; these formats are written from memory."""
    import networkx as nx

    from kg.measure import flat_graph

    write = nx.write_graphml if format == "graphml" else nx.write_gexf
    graph = flat_graph(store)
    if isinstance(out, Path):
        with whole_file(out) as made:
            write(graph, made)
    else:
        write(graph, out)
