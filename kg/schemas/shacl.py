"""The model as SHACL shapes: what a record in RDF must be like, said in Chinese and in English.

The shapes hold for the preferred facts, which is what formats without graphs export. A dataset with
graphs also has what sources dispute: shapes for it let each field have several values. They name
the classes under a class one by one, so that a validator needs no ontology; where it has one, a
class under another has both their shapes, and the codes of both are open to the one above.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.codes import CodeList
from kg.rdf.description import labels
from kg.rdf.lines import plain
from kg.rdf.names import Names
from kg.schemas.owl import literal_types
from kg.schemas.predicates import one_at_most
from kg.schemas.turtle import Blank, Object, Said, Turtle, every
from kg.schemas.wording import Wording
from kg.terms import Class, Model, Property, Text

_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_FORMS: Mapping[str, str] = {
    "edtf:EDTF": rf"^\[({_DAY}\.\.({_DAY})?|\.\.{_DAY})\]$",
    "xsd:gYear": r"^[0-9]{4}$",
    "xsd:gYearMonth": r"^[0-9]{4}-(0[1-9]|1[0-2])$",
}
"""Not every validator knows when these are ill-formed."""


def shacl(
    names: Names, model: Model, lists: Mapping[str, CodeList], *, graphs: bool = False
) -> str:
    """The shapes as Turtle: one for each class, one for each of its fields; or those for graphs."""
    made = _Shapes(names, model, lists, graphs)
    sections = [
        [(made.shape(cls), made.node(cls)), *made.properties(cls)] for cls in model.classes.values()
    ]
    return Turtle(names, tuple(lists)).document(*sections)


@dataclass(frozen=True)
class _Shapes:
    names: Names
    model: Model
    lists: Mapping[str, CodeList]
    graphs: bool

    def shape(self, cls: Class, name: str = "") -> str:
        own = f"{cls.name}{'InGraphs' if self.graphs else ''}"
        return self.names.term(f"shape:{own}{'-' if name else ''}{name}")

    def node(self, cls: Class) -> Iterator[tuple[str, Object]]:
        yield "rdf:type", self.names.term("sh:NodeShape")
        yield from labels("rdfs:label", Text(cls.term.zh, cls.term.en))
        yield "sh:targetClass", self.names.term(cls.term.iri)
        yield "sh:nodeKind", self.names.term("sh:IRI")
        said = Text(f"{cls.term.zh}：须有 IRI。", f"{cls.term.en}: needs an IRI.")
        yield from labels("sh:message", said)
        yield from every("sh:property", (self.shape(cls, name) for name in cls.properties))

    def properties(self, cls: Class) -> Iterator[tuple[str, Said]]:
        for name, prop in cls.properties.items():
            wanted = replace(prop, many=True) if self.graphs else prop
            yield self.shape(cls, name), self._property(cls, wanted)

    def _property(self, cls: Class, prop: Property) -> Iterator[tuple[str, Object]]:
        yield "rdf:type", self.names.term("sh:PropertyShape")
        yield "sh:path", self.names.term(prop.term.iri)
        yield from labels("sh:name", Text(prop.term.zh, prop.term.en))
        if prop.required:
            yield "sh:minCount", "1"
        if one_at_most(prop):
            yield "sh:maxCount", "1"
        if prop.term.languages and not prop.many:
            yield "sh:uniqueLang", "true"
        yield from self._value(cls, prop)
        if prop.pattern:
            yield "sh:pattern", plain(prop.pattern)
        yield from labels("sh:message", Wording(self.model, self.lists).message(prop))

    def _value(self, cls: Class, prop: Property) -> Iterator[tuple[str, Object]]:
        """What each value must be."""
        if prop.kind == "link":
            yield "sh:nodeKind", self.names.term("sh:IRI")
            yield self._any(*(("sh:class", one) for one in self._targets(prop)))
        elif prop.kind == "code":
            yield "sh:in", tuple(self._codes(cls, prop))
        else:
            yield self._any(*self._literals(prop))

    def _targets(self, prop: Property) -> list[str]:
        """The classes that a link may point to, each of those under one too."""
        found = dict.fromkeys(name for each in prop.ranges for name in self.model.under(each))
        return [self.names.term(self.model.classes[name].term.iri) for name in found]

    def _codes(self, cls: Class, prop: Property) -> Iterator[str]:
        """The codes of a field, and those that a class under it has instead."""
        under = (self.model.classes[name] for name in self.model.under(cls.name))
        for listed in dict.fromkeys(each.properties[prop.name].codes for each in under):
            for code in self.lists[listed].codes:
                yield self.names.code(listed, code)

    def _literals(self, prop: Property) -> Iterator[tuple[str, str]]:
        """The datatypes of a field; where it should be an address, a text is accepted too."""
        if prop.term.datatype == "@id":
            yield "sh:nodeKind", self.names.term("sh:IRI")
            yield "sh:datatype", self.names.term("xsd:string")
            return
        more = {"number": ("xsd:integer",), "xsd:anyURI": ("xsd:string",)}
        form = prop.term.datatype or prop.kind
        for one in (*literal_types(prop), *more.get(form, ())):
            yield "sh:datatype", self.names.term(one)

    def _any(self, *options: tuple[str, str]) -> tuple[str, Object]:
        """One condition, or a choice of several."""
        if len(options) == 1:
            return options[0]
        return "sh:or", tuple(map(self._option, options))

    def _option(self, option: tuple[str, str]) -> Blank:
        forms = {self.names.term(one): form for one, form in _FORMS.items()}
        if form := forms.get(option[1]):
            return Blank((option, ("sh:pattern", plain(form))))
        return Blank((option,))
