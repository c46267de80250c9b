"""Small stores made of statements, and exports read back as plain sets."""

import warnings
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import rdflib
from pyoxigraph import RdfFormat
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.rdf import Format
from kg.statement import Judgement, Statement, statement_id
from kg.store import Store
from kg.store.change import commit
from kg.store.columns import Staging

BASE = "https://w3id.org/datapolicy-cn/"
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
Value = tuple[str, str, str]
"""Text, datatype, language; an IRI is a text of datatype `@id`."""
Quad = tuple[str, str, Value, str]
FORMATS: tuple[Format, ...] = ("trig", "nquads", "turtle", "ntriples", "rdfxml", "jsonld")
_OX: dict[Format, RdfFormat] = {
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
_LIB = {"ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
_TEXT = (f"{XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")


def say(
    subject: str,
    property: str,
    value: str,
    kind: str = "text",
    *,
    source: str = "source:a",
    lang: str = "",
    document: str = "a.csv",
) -> Statement:
    """A statement as a load would make it."""
    bounds = (None, None, None, None)
    key = statement_id(document, source, subject, property, value, lang, bounds)
    class_name = "" if subject.startswith("review:") else "Policy"
    said = (key, class_name, subject, subject, property, value, value, kind, lang, *bounds)
    return Statement(*said, document, "row 2", 1, None, source, "", "stated", 1.0, "test", "1")


def judge(verdict: str, a: str, b: str = "") -> Judgement:
    """A person's decision."""
    return Judgement(f"judgement:{verdict}{a}", verdict, a, b, "", "", "", "a.csv", "row 9")


def store_of(folder: Path, *records: Statement | Judgement, loaded: str = "2024") -> Store:
    """A store that holds some statements and judgements; to be closed."""
    store = Store(folder)
    staging = Staging(store.connection)
    staging.add(records)
    documents = sorted({one.document for one in records})
    for name in documents:
        staging.document(name, "0" * 64, "test", "1", "", loaded, len(records))
    staging.flush()
    commit(store, documents, [], write=True)
    return store


def by_pyoxigraph(data: bytes, format: Format) -> set[Quad]:
    """What Oxigraph reads."""
    return {
        (
            str(one.subject.value),
            one.predicate.value,
            _ox_value(one.object),
            "" if isinstance(one.graph_name, pyoxigraph.DefaultGraph) else one.graph_name.value,
        )
        for one in pyoxigraph.parse(data, format=_OX[format])
    }


def _ox_value(term: object) -> Value:
    if isinstance(term, pyoxigraph.Literal):
        return value(term.value, term.datatype.value, term.language or "")
    assert isinstance(term, pyoxigraph.NamedNode)
    return term.value, "@id", ""


def dataset(data: bytes, format: Format) -> rdflib.Dataset:
    """An rdflib dataset, read without the warnings that rdflib's reader gives about itself."""
    found = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", r"(Dataset\.\w+|ConjunctiveGraph) is deprecated", DeprecationWarning
        )
        found.parse(data=data, format=_LIB.get(format, format))
    return found


def by_rdflib(data: bytes, format: Format) -> set[Quad]:
    """What rdflib reads."""
    return {
        (str(subject), str(predicate), _lib_value(found), _graph(graph))
        for subject, predicate, found, graph in dataset(data, format).quads()
    }


def _graph(name: object) -> str:
    return "" if name in (None, DATASET_DEFAULT_GRAPH_ID) else str(name)


def _lib_value(term: object) -> Value:
    if isinstance(term, rdflib.Literal):
        return value(str(term), str(term.datatype or ""), term.language or "")
    return str(term), "@id", ""


def value(text: str, datatype: str = "", lang: str = "") -> Value:
    """A literal, plain texts alike however a reader types them."""
    return text, "" if datatype in _TEXT else datatype, lang


def about(quads: Iterable[Quad], subject: str) -> set[tuple[str, Value, str]]:
    """What an export says of one thing: the property's local name, value, the graph's."""
    iri = BASE + subject.replace(":", "/")
    return {(_local(one[1]), one[2], one[3].removeprefix(BASE)) for one in quads if one[0] == iri}


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
