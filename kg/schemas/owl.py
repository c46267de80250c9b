"""The model as an OWL ontology: classes, properties, code lists, each in Chinese and English.

A property of our own that one class has, with values of one kind, gets a domain and a range: what
they let infer is true. All others, and those of standard vocabularies, only say where they are
used (`schema:domainIncludes`, `schema:rangeIncludes`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.codes import CodeList
from kg.rdf.concepts import concept, scheme
from kg.rdf.description import CONTENT_HASH, UNREGISTERED, labels
from kg.rdf.lines import iri
from kg.rdf.names import Names
from kg.rdf.terms import CLASSES, TERMS
from kg.schemas.predicates import Predicate, all_classes, predicates
from kg.schemas.turtle import Object, Said, Turtle, every
from kg.schemas.wording import Wording
from kg.terms import Class, Model, Property, Term, Text

TITLE = Text("数据要素政策本体", "Ontology of data-element policy in China")
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
DATES = ("xsd:date", "xsd:gYearMonth", "xsd:gYear", "edtf:EDTF")
_LITERALS: Mapping[str, tuple[str, ...]] = {
    "date": DATES,
    "number": ("xsd:decimal",),
    "boolean": ("xsd:boolean",),
    "text": ("xsd:string",),
    "languages": ("rdf:langString", "xsd:string"),
    "@id": ("rdfs:Resource",),
}

Things = Iterator[tuple[str, Said]]


def owl(names: Names, model: Model, lists: Mapping[str, CodeList]) -> str:
    """The ontology as Turtle."""
    made = _Ontology(names, model, lists)
    return Turtle(names, tuple(lists)).document(
        [(made.name, made.header())],
        made.classes(),
        made.properties(),
        made.of_statements(),
        made.lists_and_codes(),
    )


@dataclass(frozen=True)
class _Ontology:
    names: Names
    model: Model
    lists: Mapping[str, CodeList]

    @property
    def name(self) -> str:
        return self.names.term("kg:").replace("#", "")

    def header(self) -> Iterator[tuple[str, Object]]:
        yield "rdf:type", self.names.term("owl:Ontology")
        yield from labels("dcterms:title", TITLE)
        yield "dcterms:license", iri(LICENCE)
        if not self.names.own_base:
            yield from labels("rdfs:comment", UNREGISTERED)

    def classes(self) -> Things:
        for cls in sorted(all_classes(self.model).values(), key=lambda one: one.name):
            yield self.names.term(cls.term.iri), self._class(cls)

    def of_statements(self) -> Things:
        """What exports say of statements."""
        for one in CLASSES:
            yield self.names.term(one.iri), self._beside(one)
        for one in TERMS:
            yield self.names.term(one.iri), self._of_statements(one)

    def _beside(self, one: Term) -> Iterator[tuple[str, Object]]:
        yield "rdf:type", self.names.term("owl:Class")
        yield from _worded(one)
        yield from self._terms("rdfs:subClassOf", one.under)
        yield "rdfs:isDefinedBy", self.name

    def _of_statements(self, one: Term) -> Iterator[tuple[str, Object]]:
        kind = "Datatype" if one.datatype else "Object"
        yield "rdf:type", self.names.term(f"owl:{kind}Property")
        yield from _worded(one)
        yield from self._terms("rdfs:range", [one.datatype] if one.datatype else [])
        yield "rdfs:isDefinedBy", self.name

    def properties(self) -> Things:
        yield self.names.term(CONTENT_HASH.iri), self._content_hash()
        for each in predicates(self.model):
            yield self.names.term(each.iri), self._property(each)

    def lists_and_codes(self) -> Things:
        for listed in self.lists.values():
            yield self.names.code(listed.name), scheme(self.names, listed)
            for code in listed.codes.values():
                key = self.names.code(listed.name, code.code)
                yield key, concept(self.names, listed, code.code)
                if code.near.startswith("kg:"):
                    yield self.names.term(code.near), self._own_concept(Text(code.zh, code.en))

    def _class(self, cls: Class) -> Iterator[tuple[str, Object]]:
        classes = all_classes(self.model)
        yield "rdf:type", self.names.term("owl:Class")
        yield from labels("rdfs:label", Text(cls.term.zh, cls.term.en))
        yield from labels("rdfs:comment", Text(cls.zh, " ".join(cls.en.split())))
        above = [classes[name].term.iri for name in cls.parents[:1]]
        yield from self._terms("rdfs:subClassOf", (*above, *cls.term.under))
        yield from self._terms("rdfs:seeAlso", cls.term.near)
        yield "rdfs:isDefinedBy", self.name

    def _property(self, each: Predicate) -> Iterator[tuple[str, Object]]:
        yield "rdf:type", self.names.term(_kind(each.field))
        yield from labels("rdfs:label", Text(each.field.term.zh, each.field.term.en))
        for text in each.other_labels:
            yield from labels("skos:altLabel", text)
        yield from labels("rdfs:comment", Wording(self.model, self.lists).comment(each))
        yield from self._terms("rdfs:subPropertyOf", each.under)
        yield from self._terms("rdfs:seeAlso", each.near)
        yield from self._where(each)
        yield from every("rdfs:seeAlso", map(self.names.code, each.codes))
        if each.iri.startswith("kg:"):
            yield "rdfs:isDefinedBy", self.name

    def _where(self, each: Predicate) -> Iterator[tuple[str, Object]]:
        """Domain and range where they infer nothing false, else where it is used."""
        own = each.iri.startswith("kg:")
        owners = [cls.term.iri for cls in each.owners]
        ranges = self._ranges(each)
        domain = "rdfs:domain" if own and len(owners) == 1 else "schema:domainIncludes"
        range_ = "rdfs:range" if own and len(ranges) == 1 else "schema:rangeIncludes"
        yield from self._terms(domain, owners)
        yield from self._terms(range_, ranges)

    def _ranges(self, each: Predicate) -> tuple[str, ...]:
        if each.field.kind == "link":
            return tuple(self.model.classes[name].term.iri for name in each.ranges)
        if each.field.kind == "code":
            standard = (self.lists[one].standard for one in each.codes)
            return ("skos:Concept", *filter(None, standard))
        return literal_types(each.field)

    def _content_hash(self) -> Iterator[tuple[str, Object]]:
        yield "rdf:type", self.names.term("owl:DatatypeProperty")
        yield from _worded(CONTENT_HASH)
        yield "rdfs:domain", self.names.term("dcat:Dataset")
        yield "rdfs:range", self.names.term("xsd:string")
        yield "rdfs:isDefinedBy", self.name

    def _own_concept(self, text: Text) -> Iterator[tuple[str, Object]]:
        yield "rdf:type", self.names.term("skos:Concept")
        yield from labels("rdfs:label", text)
        yield "rdfs:isDefinedBy", self.name

    def _terms(self, name: str, iris: tuple[str, ...] | list[str]) -> Iterator[tuple[str, Object]]:
        return every(name, (self.names.term(one) for one in iris))


def literal_types(prop: Property) -> tuple[str, ...]:
    """The datatypes of a field's values."""
    form = "languages" if prop.term.languages else prop.term.datatype or prop.kind
    return _LITERALS.get(form) or (form,)


def _kind(prop: Property) -> str:
    if prop.term.languages:
        return "owl:AnnotationProperty"
    object = prop.kind in ("link", "code") or prop.term.datatype == "@id"
    return "owl:ObjectProperty" if object else "owl:DatatypeProperty"


def _worded(term: Term) -> Iterator[tuple[str, Object]]:
    yield from labels("rdfs:label", Text(term.zh, term.en))
    yield from labels("rdfs:comment", Text(term.comment_zh, term.comment_en))
