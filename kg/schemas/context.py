"""JSON-LD contexts: short documents that people write by hand, with English or Chinese keys.

In both, a document is a record as the model has it: `id`, `type` and fields by name, or 标识, 类型
and fields by their Chinese labels; ids stand as in tables (`policy:p20`). A code, or in Chinese its
label, means what its list says; where classes have different lists for a field, the type decides.
A text without a language is Chinese, a date is a day; another is `{"@value": "2024-01", "@type":
"xsd:gYearMonth"}`. A context also has keys for what exports say of statements, of codes and of
themselves.

An export has a context at its head that is `flat`: the same keys, but codes by a prefix
(`codes:policy_kind/opinion`). Contexts within a context make a reader copy all terms at each thing:
1 M quads took Oxigraph 113 CPU seconds with them, 4 without.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kg.codes import CodeList
from kg.rdf.names import Names
from kg.schemas.besides import PREFIXES, besides
from kg.schemas.predicates import predicates
from kg.terms import Class, Model, Property, Term

Lang = Literal["zh", "en"]
KEYWORDS: Mapping[Lang, Mapping[str, str]] = {
    "en": {"id": "@id", "type": "@type", "graph": "@graph"},
    "zh": {"标识": "@id", "类型": "@type", "图": "@graph"},
}
CODES = "codes"
"""The prefix of a code by its list: `codes:policy_kind/opinion`."""

_TYPES: Mapping[str, str] = {
    "link": "@id",
    "code": "@vocab",
    "date": "xsd:date",
    "number": "xsd:decimal",
    "boolean": "xsd:boolean",
}


def context(names: Names, model: Model, lists: Mapping[str, CodeList], lang: Lang) -> str:
    """The context of a language as JSON, its keys sorted.

    Raises ValueError where two terms have one key.
    """
    whole = {"@context": Context(names, model, lists, lang).terms()}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _merged(*parts: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in parts:
        if taken := found.keys() & part.keys():
            raise ValueError(f"keys of a context with two meanings: {', '.join(sorted(taken))}")
        found |= part
    return found


@dataclass(frozen=True)
class Context:
    """The terms of a context, by the keys of a language; a `flat` one has no words for codes."""

    names: Names
    model: Model
    lists: Mapping[str, CodeList]
    lang: Lang
    flat: bool = False

    def terms(self) -> Mapping[str, Any]:
        """All of them; ValueError where two have one key."""
        parts = (self.prefixes(), self.fields(), self.classes(), self.besides())
        return {"@version": 1.1, **_merged(KEYWORDS[self.lang], *parts)}

    def prefixes(self) -> Mapping[str, str]:
        """Ids as they stand in tables, datatypes, and vocabularies that need no key a term."""
        ids = (*self.model.prefixes, "load", "statement")
        things = {prefix: f"{self.names.base}{prefix}/" for prefix in ids}
        things[CODES] = f"{self.names.base}code/"
        return things | {one: self.names.vocabularies[one] for one in PREFIXES}

    def besides(self) -> Mapping[str, Any]:
        """What is said of statements, of codes and of an export itself, and is no field."""
        return {self.key(name, term): self._besides(term) for name, term in besides().items()}

    def fields(self) -> Mapping[str, Any]:
        """Each field, by all the keys that it has; a code only where it has one list."""
        return {
            self.key(prop.name, prop.term): self._field(prop, each.codes)
            for each in predicates(self.model)
            for prop in each.fields
        }

    def classes(self) -> Mapping[str, Any]:
        """Each class, with what its codes mean where another class has another list."""
        several = {
            prop.name
            for each in predicates(self.model)
            if len(each.codes) > 1 and not self.flat
            for prop in each.fields
        }
        return {
            self.key(cls.name, cls.term): self._class(cls, several)
            for cls in self.model.classes.values()
        }

    def _class(self, cls: Class, several: set[str]) -> Any:
        own = {
            self.key(prop.name, prop.term): self._field(prop, (prop.codes,))
            for prop in cls.properties.values()
            if prop.name in several
        }
        iri = self._iri(cls.term.iri)
        return {"@id": iri, "@context": own} if own else iri

    def _field(self, prop: Property, codes: Iterable[str]) -> Any:
        found = self._term(prop.term, _TYPES.get(prop.kind, ""))
        return self._with_codes(found, list(codes))

    def _term(self, term: Term, kind: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {"@id": self._iri(term.iri)}
        if term.languages:
            return {**found, "@container": "@language", "@language": "zh"}
        if kind := term.datatype or kind:
            found["@type"] = kind if kind.startswith("@") else self._iri(kind)
        return found

    def _besides(self, term: Term) -> dict[str, Any]:
        return self._with_codes(self._term(term), [term.codes] if term.codes else [])

    def _with_codes(self, found: dict[str, Any], lists: list[str]) -> dict[str, Any]:
        """A field of codes, with what they mean where they are of one list."""
        if self.flat and lists:
            return {**found, "@type": "@id"}
        if len(lists) == 1:
            found["@context"] = self._codes(self.lists[lists[0]])
        return found

    def _codes(self, listed: CodeList) -> Mapping[str, str]:
        """The codes of a list, or their Chinese labels."""
        return {
            (each.zh if self.lang == "zh" else each.code): self.names.code(listed.name, each.code)[
                1:-1
            ]
            for each in listed.codes.values()
        }

    def key(self, name: str, term: Term) -> str:
        """The key of a class or a field."""
        return term.zh if self.lang == "zh" else name

    def _iri(self, curie: str) -> str:
        return self.names.term(curie)[1:-1]
