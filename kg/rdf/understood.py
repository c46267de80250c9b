"""RDF of others as shapes can look at it: what its terms stand for, and what ids of ours say."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import domain
from kg.rdf.fields import Fields
from kg.rdf.names import Names
from kg.schemas.besides import besides

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node, URIRef


def understand(graph: "Graph") -> None:
    """Say in our terms, too, what a graph says in those that are read as ours."""
    from rdflib import RDF, URIRef

    fields = Fields(domain.model(), Names.of_domain())
    for thing, other in list(graph.subject_objects(RDF.type)):
        if not (name := fields.read_class(str(other))):
            continue
        own = fields.model.classes[name]
        graph.add((thing, RDF.type, _iri(own.term.iri)))
        for predicate, value in list(graph.predicate_objects(thing)):
            if isinstance(predicate, URIRef) and (field := fields.read(name, predicate)):
                iri = fields.property(own.prefix, field).term.iri
                graph.add((thing, _iri(iri), value))


def is_pointed(graph: "Graph", iri: str) -> bool:
    """Whether a graph only points to a thing of ours: it says no more of it than its class."""
    from rdflib import RDF, URIRef

    thing = URIRef(iri)
    if not Names.of_domain().key(iri) or set(graph.predicates(thing)) != {RDF.type}:
        return False
    return (None, None, thing) in graph


def type_ends(graph: "Graph") -> None:
    """Say the class of what is pointed at where only its id does."""
    from rdflib import RDF, URIRef

    names, model = Names.of_domain(), domain.model()
    for end in set(graph.objects()):
        key = names.key(str(end)) if isinstance(end, URIRef) else ""
        if key.partition(":")[0] in model.prefixes and (end, RDF.type, None) not in graph:
            graph.add((end, RDF.type, _iri(model.of(key).term.iri)))


def unknown(graph: "Graph") -> "Iterator[tuple[Node, URIRef, Node]]":
    """Triples whose predicate is of our vocabulary, which has none of that name."""
    from rdflib import URIRef

    own, known = str(_iri("kg:")), _known()
    used = {one for one in graph.predicates() if isinstance(one, URIRef)}
    for predicate in sorted(used):
        if predicate.startswith(own) and str(predicate) not in known:
            yield from ((one, predicate, value) for one, value in graph.subject_objects(predicate))


def _known() -> frozenset[str]:
    said = (
        prop.term for cls in domain.model().classes.values() for prop in cls.properties.values()
    )
    return frozenset(str(_iri(one.iri)) for one in (*said, *besides().values()))


def _iri(curie: str) -> "URIRef":
    from rdflib import URIRef

    return URIRef(Names.of_domain().term(curie)[1:-1])
