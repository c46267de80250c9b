"""Who says what a file of RDF holds: the named graph, where that is a source."""

from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from kg.statement import Origin
from loaders.rdf.vocabulary import Vocabulary

Graph = NamedNode | BlankNode | DefaultGraph


def origin_of(words: Vocabulary, graph: Graph, source: str = "") -> Origin | str | None:
    """Who says so; None for what an export combined itself, a text for what is no source.

    What is in no graph is said by `source`, where the file is by exactly one, else by the file.
    """
    if isinstance(graph, DefaultGraph):
        return source_of(words, source) if source else Origin()
    if isinstance(graph, BlankNode):
        return "a blank node"
    return None if graph.value == words.combined else source_of(words, graph.value)


def source_of(words: Vocabulary, iri: str) -> Origin | str:
    """The source that an IRI stands for, or that it is the address of; a text for any other."""
    key = words.key(iri)
    if key.partition(":")[0] in ("source", "document"):
        return Origin(key, row=key)
    if key or words.names.describes(iri):
        return words.names.short(iri)
    return Origin(iri, iri, row=iri)
