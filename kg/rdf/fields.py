"""How the values of each field are written: which predicate, which kind of term; and read again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial

from kg.rdf.lines import day, is_iri, number, plain, typed
from kg.rdf.names import Names
from kg.terms import Model, Property, Term

Write = Callable[[str], str]
"""From a value's text to its term."""

_BY_KIND: Mapping[str, Write] = {"date": day, "number": number}


@dataclass(frozen=True)
class Field:
    """A field of a class: its predicate, how a value is written, whether it is a name."""

    predicate: str
    write: Write
    naming: bool


@dataclass(frozen=True)
class Fields:
    """The fields of a model as RDF writes them, found by the prefix of the subject's id."""

    model: Model
    names: Names
    _found: dict[tuple[str, str, str], Field] = field(default_factory=dict)

    def get(self, prefix: str, name: str, kind: str) -> Field:
        """A field for values of a kind; ValueError where the model has none of that name."""
        key = (prefix, name, kind)
        if key not in self._found:
            prop = self.property(prefix, name)
            predicate = self.names.term(prop.term.iri)
            self._found[key] = Field(predicate, self._write(prop, kind), name in ("name", "alias"))
        return self._found[key]

    def property(self, prefix: str, name: str) -> Property:
        """A field as its class has it, else as any class has it: one IRI serves all.

        A thing has another class's field where a judgement told who it is after it was loaded.
        """
        own = self.model.prefixes.get(prefix, "")
        for one in sorted(self.model.classes.values(), key=lambda one: one.name != own):
            if name in one.properties:
                return one.properties[name]
        raise ValueError(f"the ontology has no field {name}")

    def read(self, class_name: str, predicate: str) -> str:
        """The field that a predicate's IRI stands for: the class's, else any class's, else none."""
        own = self._by_predicate.get(class_name, {})
        return own.get(predicate) or self._any_field.get(predicate, "")

    def read_class(self, iri: str) -> str:
        """The class that an IRI stands for; empty where it stands for none."""
        return self._by_class.get(iri, "")

    @cached_property
    def _by_class(self) -> Mapping[str, str]:
        return self._index((name, one.term) for name, one in self.model.classes.items())

    @cached_property
    def _by_predicate(self) -> Mapping[str, Mapping[str, str]]:
        return {
            name: self._index((field, prop.term) for field, prop in one.properties.items())
            for name, one in self.model.classes.items()
        }

    @cached_property
    def _any_field(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for fields in self._by_predicate.values():
            found = {**fields, **found}
        return found

    def _index(self, terms: Iterable[tuple[str, Term]]) -> Mapping[str, str]:
        """IRIs to what they stand for; a term that is written before those that are only read."""
        terms = list(terms)
        read = ((iri, name) for name, term in terms for iri in term.reads)
        written = ((term.iri, name) for name, term in terms)
        return {self.names.term(iri)[1:-1]: name for iri, name in (*read, *written)}

    def _write(self, prop: Property, kind: str) -> Write:
        """By the kind that a value had when it was loaded: the ontology may have changed since."""
        if kind == "link":
            return self.names.entity
        if kind == "code" and prop.codes:
            return lru_cache(maxsize=1024)(partial(self.names.code, prop.codes))
        if kind == "boolean":
            return partial(typed, self.names.term("xsd:boolean"))
        return _BY_KIND.get(kind) or self._text(prop.term.datatype)

    def _text(self, datatype: str) -> Write:
        """A text; one that should be an address and is none stays a text."""
        if datatype == "@id":
            return lambda value: f"<{value}>" if is_iri(value) else plain(value)
        if not datatype:
            return plain
        known = partial(typed, self.names.term(datatype))
        if datatype == "xsd:anyURI":
            return lambda value: known(value) if is_iri(value) else plain(value)
        return known
