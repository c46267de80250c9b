"""How the values of each field are written: which predicate, which kind of term."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg.rdf.lines import day, iri, is_iri, number, plain, tagged, typed
from kg.rdf.names import Names
from kg.terms import Model, Property

Write = Callable[[str, str], str]
"""From a value's text and language to its term."""

_BY_KIND: Mapping[str, Callable[[str], str]] = {"date": day, "number": number}


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
            self._found[key] = Field(
                self.names.term(prop.term.iri), self._write(prop, kind), name in ("name", "alias")
            )
        return self._found[key]

    def property(self, prefix: str, name: str) -> Property:
        """A field as the model has it: the class's own, else that of any class, for one IRI serves all.

        A thing can have another class's field where a judgement told who it is after the load.
        """
        own = self.model.classes[self.model.prefixes[prefix]] if prefix in self.model.prefixes else None
        for one in (own, *self.model.classes.values()):
            if one is not None and name in one.properties:
                return one.properties[name]
        raise ValueError(f"the ontology has no field {name}")

    def _write(self, prop: Property, kind: str) -> Write:
        """How values are written; by their kind as loaded, which an older ontology may have chosen."""
        if kind == "link":
            return lambda value, lang: self.names.entity(value)
        if kind == "code" and prop.codes:
            return lambda value, lang: self.names.code(prop.codes, value)
        if kind == "boolean":
            return self._typed("xsd:boolean")
        if kind in _BY_KIND:
            plainly = _BY_KIND[kind]
            return lambda value, lang: plainly(value)
        return self._text(prop.term.datatype)

    def _typed(self, datatype: str) -> Write:
        term = self.names.term(datatype)
        return lambda value, lang: typed(value, term)

    def _text(self, datatype: str) -> Write:
        """A text; one that should be an address and is none stays a text."""
        if datatype == "@id":
            return lambda value, lang: iri(value) if is_iri(value) else plain(value)
        if datatype == "xsd:anyURI":
            term = self.names.term(datatype)
            return lambda value, lang: typed(value, term) if is_iri(value) else plain(value)
        if datatype:
            return self._typed(datatype)
        return lambda value, lang: tagged(value, lang) if lang else plain(value)
