"""Where in a document a statement was read, as selectors of the Web Annotation vocabulary.

A row of CSV is a fragment of RFC 7111, which counts rows from 1 and the headings as one of them, as
our places do; an object in JSON is a pointer of RFC 6901. The name of a column or a field refines
it. A row of a workbook and a line have no standard fragment: there the place is a text of ours.
"""

from collections.abc import Iterator

from kg.places import fragment
from kg.rdf.lines import iri, plain
from kg.rdf.names import Names
from kg.statement import document_id

Thing = tuple[str, list[tuple[str, str]]]
"""A node, and what is said of it: predicate in its short form, and object."""


def target(names: Names, node: str, document: str, place: str, quote: str) -> Iterator[Thing]:
    """The part of a document that the statement of a node was read from."""
    selectors = list(_selectors(names, node, document, place)) if place else []
    quoted = part(node, "quote")
    pointed = [selector for selector, _ in selectors[:1]] + [quoted] * bool(quote)
    yield (
        part(node, "target"),
        [
            ("rdf:type", names.term("oa:SpecificResource")),
            ("oa:hasSource", names.entity(document_id(document))),
            *(("oa:hasSelector", selector) for selector in pointed),
        ],
    )
    yield from selectors
    if quote:
        yield quoted, [("rdf:type", names.term("oa:TextQuoteSelector")), ("oa:exact", plain(quote))]


def _selectors(names: Names, node: str, document: str, place: str) -> Iterator[Thing]:
    """What selects the place first; then what refines that."""
    at, within = part(node, "place"), part(node, "within")
    found = fragment(document, place)
    if found is None:
        yield at, _text(names, place)
        return
    said = [
        ("rdf:type", names.term("oa:FragmentSelector")),
        ("dcterms:conformsTo", iri(found.standard)),
        ("rdf:value", plain(found.value)),
    ]
    if not found.within:
        yield at, said
        return
    yield at, [*said, ("oa:refinedBy", within)]
    yield within, _text(names, found.within)


def _text(names: Names, place: str) -> list[tuple[str, str]]:
    return [("rdf:type", names.term("kg:PlaceSelector")), ("rdf:value", plain(place))]


def part(node: str, name: str) -> str:
    """The IRI of a part of a statement's node."""
    return f"{node[:-1]}#{name}>"
