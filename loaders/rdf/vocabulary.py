"""What IRIs mean here: the export's own names and fields, read the other way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from kg import domain
from kg.rdf.description import CONTENT_HASH
from kg.rdf.fields import Fields
from kg.rdf.names import Names
from kg.rdf.rows import COMBINED
from kg.terms import Model, Property, Term

_OF_ITSELF: Mapping[str, tuple[str, ...]] = {
    "graph": (
        "rdf:type", "dcterms:title", "dcterms:license", "rdfs:comment", "void:uriSpace",
        "void:entities", "void:classPartition", "void:class", CONTENT_HASH.iri,
        "dcterms:modified", "dcterms:source",
        "prov:wasDerivedFrom",
    ),
    "code": (
        "rdf:type", "skos:prefLabel", "skos:closeMatch", "skos:notation", "skos:inScheme",
    ),
    "load": ("rdf:type", "prov:used", "kg:readBy"),
    "statement": (
        "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdf:reifies", "rdf:value",
        "prov:wasDerivedFrom", "prov:wasGeneratedBy", "kg:readFrom", "kg:stance", "kg:confidence",
        "kg:position", "kg:validFrom", "kg:validTo", "kg:earliest", "kg:latest",
        "dcterms:conformsTo", "oa:hasTarget", "oa:hasSource", "oa:hasSelector", "oa:refinedBy",
        "oa:exact",
    ),
}  # fmt: skip
"""What exports say of what stands under the base and is no thing, by how its IRIs begin."""

_OLD_SCHEMA, _SCHEMA = "http://schema.org/", "https://schema.org/"


@dataclass(frozen=True)
class Vocabulary:
    """The terms and ids that can be read."""

    names: Names
    fields: Fields

    @classmethod
    def of_domain(cls) -> "Vocabulary":
        """Under the base and with the vocabularies of the ontology."""
        names = Names.of_domain()
        return cls(names, Fields(domain.model(), names))

    def key(self, iri: str) -> str:
        """The id that an IRI stands for; empty where it is none of ours."""
        return self.names.key(iri)

    def stance(self, iri: str) -> str:
        """The stance that the IRI of its code stands for; empty where it stands for none."""
        listed, code = self.names.coded(iri)
        return code if listed == "stance" and code in domain.codes()["stance"].codes else ""

    def own_id(self, iri: str) -> str:
        """The id of what stands under the base, a statement too; any other IRI as it is."""
        rest = iri.removeprefix(self.names.base)
        return iri if rest == iri else rest.replace("/", ":", 1)

    @property
    def model(self) -> Model:
        """The classes and their fields."""
        return self.fields.model

    @cached_property
    def namings(self) -> tuple[str, ...]:
        """The predicates that give a thing's name, the best first."""
        term = next(iter(self.model.classes.values())).properties["name"].term
        return tuple(map(self.iri, (term.iri, *term.reads)))

    @cached_property
    def title(self) -> str:
        """The title of a work or of an expression of it (a version in some language)."""
        return self.iri("eli:title")

    @cached_property
    def realised(self) -> str:
        """The predicate from a work to an expression of it."""
        return self.iri("eli:is_realized_by")

    @cached_property
    def realises(self) -> str:
        """The predicate from an expression to its work."""
        return self.iri("eli:realizes")

    @cached_property
    def expression(self) -> str:
        """The class of expressions."""
        return self.iri("eli:LegalExpression")

    @cached_property
    def combined(self) -> str:
        """The graph of the dates that an export combines from several sources."""
        return self.names.graph(COMBINED)[1:-1]

    @cached_property
    def of_documents(self) -> frozenset[str]:
        """What the description of an export says of the documents that it was made from."""
        return frozenset(map(self.iri, ("skos:prefLabel", "kg:sha256", "kg:loader")))

    def of_itself(self, iri: str) -> frozenset[str]:
        """What exports say of a graph, code, load or statement."""
        coded = self.names.coded(iri)[1]
        what = "code" if coded else iri[len(self.names.base) :].partition("/")[0]
        return self._of_itself.get(what, frozenset())

    @cached_property
    def _of_itself(self) -> Mapping[str, frozenset[str]]:
        return {what: frozenset(map(self.iri, said)) for what, said in _OF_ITSELF.items()}

    def iri(self, curie: str) -> str:
        """The IRI of a term's short form."""
        return self.names.term(curie)[1:-1]

    def class_of(self, iri: str) -> str:
        """The class that an IRI stands for; empty where it stands for none."""
        return self.fields.read_class(current(iri))

    def field(self, class_name: str, predicate: str) -> str:
        """The field that a predicate stands for; empty where it stands for none."""
        return self.fields.read(class_name, current(predicate))

    def property(self, class_name: str, field: str) -> Property:
        """A field as a class has it, else as any class has it."""
        own = self.model.classes.get(class_name)
        return self.fields.property(own.prefix if own else "", field)

    def sharpest(self, classes: tuple[str, ...]) -> str:
        """The class that lies under all others of some; empty where none does."""
        fitting = (one for one in classes if all(self.model.is_a(one, other) for other in classes))
        return next(fitting, "")

    def implied(self, class_name: str) -> frozenset[str]:
        """The terms of other vocabularies that say nothing new of a thing of a class."""
        if (own := self.model.classes.get(class_name)) is None:
            return frozenset()
        lines = (
            own,
            *(self.model.classes[one] for one in own.parents if one in self.model.classes),
        )
        return frozenset(
            self.iri(curie) for one in lines for curie in (*one.term.under, *one.term.near)
        )

    def near(self, iri: str) -> str:
        """The terms that are read and come near to one that is not; empty where none does.

        A class that lies under another is no hint for it: most things of that are of no such class.
        """
        curie = self.names.short(current(iri))
        classes = (one.term for one in self.model.classes.values() if curie in one.term.near)
        fields = (term for term in self._fields() if curie in (*term.near, *term.under))
        return ", ".join(dict.fromkeys(term.iri for term in chain(classes, fields)))

    def _fields(self) -> Iterator[Term]:
        for one in self.model.classes.values():
            yield from (prop.term for prop in one.properties.values())


def current(iri: str) -> str:
    """An IRI of schema.org as it is written today; any other as it is."""
    return _SCHEMA + iri[len(_OLD_SCHEMA) :] if iri.startswith(_OLD_SCHEMA) else iri


def language(tag: str) -> str:
    """A language tag as the store has it: all written Chinese is kept in simplified characters.

    >>> language("zh-hant-tw"), language("pt-br"), language("zh-latn")
    ('zh', 'pt-BR', 'zh-Latn')
    """
    first, *rest = tag.lower().split("-")
    if first == "zh" and "latn" not in rest:
        return "zh"
    cased = (
        one.title() if len(one) == 4 else one.upper() if len(one) == 2 else one for one in rest
    )
    return "-".join((first, *cased))
