"""RDF of others as one graph in memory, read strictly and never from the network."""

import json
import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph
from pyoxigraph import RdfFormat

from kg import domain
from kg.errors import InputError
from kg.rdf.leftout import LeftOut, left_out
from kg.rdf.syntax import SYNTAXES, check, refused

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_MARK = b"\xef\xbb\xbf"
_ENDINGS = {**SYNTAXES, ".json": SYNTAXES[".jsonld"]}


class Read(NamedTuple):
    """What a file says: the triples of all its graphs together, whether it names several graphs,
    and what of it is no RDF."""

    graph: "Graph"
    several: bool
    left_out: tuple[LeftOut, ...]


def read(path: Path) -> Read:
    """What a file says; its ending gives the format.

    Raises InputError for what can't be read. A document that names one of the contexts of
    `kg ontology` by its file name is read with it.
    """
    if (ending := path.suffix.lower()) not in _ENDINGS:
        raise InputError(f"{path}: no known ending (want one of {', '.join(_ENDINGS)})")
    _, format = _ENDINGS[ending]
    try:
        check(path)
        data = path.read_bytes().removeprefix(_MARK)
        base, missed = path.resolve().as_uri(), tuple[LeftOut, ...]()
        if format == RdfFormat.JSON_LD:
            data = with_own_context(data)
        named: set[str] = set()
        graph = graph_of(_noting(pyoxigraph.parse(data, format=format, base_iri=base), named))
        if format == RdfFormat.JSON_LD:
            every = pyoxigraph.parse(data, format=format, base_iri=base, lenient=True)
            missed = tuple(dict.fromkeys(left_out(every)))
        return Read(graph, len(named) > 1, missed)
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}") from None
    except SyntaxError as error:
        raise refused(path, error) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {error}") from None


def _noting(quads: Iterable[pyoxigraph.Quad], named: set[str]) -> Iterator[pyoxigraph.Quad]:
    """The same quads; the names of their graphs are noted."""
    for quad in quads:
        if not isinstance(quad.graph_name, pyoxigraph.DefaultGraph):
            named.add(quad.graph_name.value)
        yield quad


def graph_of(quads: Iterable[pyoxigraph.Quad]) -> "Graph":
    """What pyoxigraph reads, as rdflib has it; of which graph each is does not count.

    rdflib has no place for a triple as a value (RDF 1.2); such a triple is spoken of and not said.
    """
    from rdflib import Graph

    found = Graph()
    with quiet():
        for quad in quads:
            if isinstance(quad.object, pyoxigraph.Triple):
                continue
            found.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return found


@contextmanager
def quiet() -> Iterator[None]:
    """Without what rdflib says of its own functions, and of values that are not of their type."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.setLevel(before)


def _node(term: Any) -> "Node":
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def with_own_context(data: bytes) -> bytes:
    """A JSON-LD document that names a context of ours, with that context in it.

    It does so by a path to the file, or by its address under the base of all ids.
    """
    from kg.schemas import FILES, Schema, schema

    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):  # the parser of RDF says where and why
        return data
    named = whole.get("@context") if isinstance(whole, dict) else None
    own: dict[str, Schema] = {FILES[one]: one for one in ("context", "context-zh")}
    if not isinstance(named, str):
        return data
    rest = named.removeprefix(domain.base())
    format = None if "://" in rest else own.get(rest.rpartition("/")[2])
    if format is None:
        return data
    return json.dumps({**whole, **json.loads(schema(format))}).encode()
