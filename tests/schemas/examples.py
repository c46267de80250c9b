"""Good and broken values for each field of the model, derived by kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg import domain
from kg.rdf.names import Names
from kg.terms import Class, Property
from tests.schemas.read import BASE

EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
MODEL, NAMES = domain.model(), Names.of_domain()
FORMS = {
    "^[0-9]{6}$": "320000",
    "^CN-[A-Z]{2}$": "CN-JS",
    "^[0-9a-f]{64}$": "0" * 64,
}


@dataclass(frozen=True)
class Example:
    """A thing whose one field has some values, all others being as they must."""

    owner: str
    field: str
    what: str
    values: tuple[Node, ...]

    def __str__(self) -> str:
        return f"{self.owner}.{self.field} {self.what}"

    @property
    def thing(self) -> URIRef:
        """The IRI of the thing."""
        words = f"{self.owner}-{self.field}-{self.what}".replace(" ", "_")
        return URIRef(f"{BASE}{MODEL.classes[self.owner].prefix}/{words}")

    def write(self, graph: Graph) -> None:
        """Into a graph, with the thing's class and what else it must have."""
        owner = MODEL.classes[self.owner]
        graph.add((self.thing, RDF.type, term(owner.term.iri)))
        for name, prop in owner.properties.items():
            values = self.values if name == self.field else good(prop) if prop.required else ()
            for value in values:
                graph.add((self.thing, term(prop.term.iri), value))


def term(curie: str) -> URIRef:
    """The IRI that exports write."""
    return URIRef(NAMES.term(curie)[1:-1])


def thing(name: str) -> URIRef:
    """One thing of a class."""
    return URIRef(f"{BASE}{MODEL.classes[name].prefix}/one")


def things(graph: Graph) -> None:
    """One thing of each class, with what it must have: links point to these."""
    for name, cls in MODEL.classes.items():
        graph.add((thing(name), RDF.type, term(cls.term.iri)))
        for prop in cls.properties.values():
            for value in good(prop) if prop.required else ():
                graph.add((thing(name), term(prop.term.iri), value))


def good(prop: Property) -> tuple[Node, ...]:
    """What a field may have."""
    if prop.term.languages:
        return Literal("数据", lang="zh"), Literal("data", lang="en")
    if prop.kind == "link":
        under = [name for each in prop.ranges for name in MODEL.under(each)]
        return tuple(map(thing, under if prop.many else under[-1:]))
    if prop.kind == "code":
        codes = list(domain.codes()[prop.codes].codes)
        return (URIRef(f"{BASE}code/{prop.codes}/{codes[-1]}"),)
    if prop.kind == "date":
        return (Literal("2024-01-05", datatype=XSD.date),)
    if prop.kind == "number":
        return (Literal("1.50", datatype=XSD.decimal),)
    return (_text(prop),)


def _text(prop: Property) -> Node:
    if prop.term.datatype == "@id":
        return URIRef("https://example.org/")
    if prop.term.datatype:
        text = "2024-01-05T08:00:00" if prop.term.datatype == "xsd:dateTime" else "urn:x:1"
        return Literal(text, datatype=term(prop.term.datatype))
    return Literal(FORMS.get(prop.pattern, "数据"))


def others(prop: Property) -> Iterator[Node]:
    """What else a field may have, one value at a time."""
    if prop.kind == "date":
        yield Literal("2024", datatype=XSD.gYear)
        yield Literal("2024-01", datatype=XSD.gYearMonth)
        for text in ("[2024-01-01..2024-03-22]", "[..2024-04-02]", "[2024-04-02..]"):
            yield Literal(text, datatype=EDTF)
    if prop.kind == "number":
        yield Literal("5000", datatype=XSD.integer)
    if prop.term.datatype in ("@id", "xsd:anyURI"):
        yield Literal("见公告")


def broken(owner: Class, prop: Property) -> Iterator[Example]:
    """What a field may not have, each by one fault."""
    for what, value in _faults(prop):
        yield Example(owner.name, prop.name, what, (value,))
    if prop.required:
        yield Example(owner.name, prop.name, "missing", ())
    if prop.term.languages and not prop.many:
        twice = Literal("甲", lang="zh"), Literal("乙", lang="zh")
        yield Example(owner.name, prop.name, "two in a language", twice)
    elif not (prop.many or prop.term.holds == "state" or prop.pattern):
        yield Example(owner.name, prop.name, "several", (*good(prop), *_second(prop)))


def _second(prop: Property) -> tuple[Node, ...]:
    if prop.kind == "link":
        return (URIRef(f"{thing(prop.ranges[0])}-2"),)
    if prop.kind == "code":
        first = next(iter(domain.codes()[prop.codes].codes.values()))
        return (
            term(first.same) if first.same else URIRef(f"{BASE}code/{prop.codes}/{first.code}"),
        )
    return tuple(others(prop))[:1] or (Literal("另一"),)


def _faults(prop: Property) -> Iterator[tuple[str, Node]]:
    if prop.kind == "link":
        wrong = [name for name in MODEL.classes if not _fits(name, prop)]
        yield "a text", Literal("某物")
        yield "of another class", thing(wrong[0])
        yield "of no class", URIRef(f"{BASE}nothing/x")
    elif prop.kind == "code":
        yield "an unknown code", URIRef(f"{BASE}code/{prop.codes}/nosuch")
        yield "a text", Literal(next(iter(domain.codes()[prop.codes].codes)))
    elif prop.kind == "date":
        yield "a text", Literal("去年")
        yield "no day", Literal("2024-13-45", datatype=XSD.date)
        yield "no EDTF", Literal("去年", datatype=EDTF)
        yield "no month in a set", Literal("[2024-13-01..]", datatype=EDTF)
        yield "no bound of a set", Literal("[..]", datatype=EDTF)
        yield "no year", Literal("24", datatype=XSD.gYear)
        yield "no month", Literal("2024-13", datatype=XSD.gYearMonth)
        yield "half a month", Literal("2024-1", datatype=XSD.gYearMonth)
    elif prop.kind == "number":
        yield "a text", Literal("许多")
        yield "no digits", Literal("many", datatype=XSD.integer)
    elif prop.term.datatype in ("@id", "xsd:anyURI", "xsd:dateTime"):
        yield "a number", Literal("5", datatype=XSD.integer)
    else:
        yield "a thing", URIRef(f"{BASE}policy/one")
        yield "a number", Literal("5", datatype=XSD.integer)
    if prop.pattern:
        yield "of another form", Literal("某物")


def _fits(name: str, prop: Property) -> bool:
    return any(MODEL.is_a(name, each) for each in prop.ranges)
