"""JSON-LD contexts: short documents that people write by hand, with English or Chinese keys.

In both, a document is a record as the model has it: `id`, `type` and fields by name, or 标识, 类型
and fields by their Chinese labels; ids stand as in tables (`policy:p20`). A code, or in Chinese its
label, means what its list says; where classes have different lists for a field, the type decides.
A text without a language is Chinese, a date is a day; another is `{"@value": "2024-01", "@type":
"xsd:gYearMonth"}`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kg.codes import CodeList
from kg.rdf.names import Names
from kg.schemas.predicates import predicates
from kg.terms import Class, Model, Property, Term

Lang = Literal["zh", "en"]
_KEYWORDS: Mapping[Lang, Mapping[str, str]] = {
    "en": {"id": "@id", "type": "@type", "graph": "@graph"},
    "zh": {"标识": "@id", "类型": "@type", "图": "@graph"},
}
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
    made = _Context(names, model, lists, lang)
    terms = _merged(_KEYWORDS[lang], made.prefixes(), made.fields(), made.classes())
    whole = {"@context": {"@version": 1.1, **terms}}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _merged(*parts: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in parts:
        if taken := found.keys() & part.keys():
            raise ValueError(f"keys of a context with two meanings: {', '.join(sorted(taken))}")
        found |= part
    return found


@dataclass(frozen=True)
class _Context:
    names: Names
    model: Model
    lists: Mapping[str, CodeList]
    lang: Lang

    def prefixes(self) -> Mapping[str, str]:
        """Ids as they stand in tables, and the datatypes of dates."""
        things = {prefix: f"{self.names.base}{prefix}/" for prefix in self.model.prefixes}
        return things | {one: self.names.vocabularies[one] for one in ("edtf", "xsd")}

    def fields(self) -> Mapping[str, Any]:
        """Each field, by all the keys that it has; a code only where it has one list."""
        return {
            self._key(prop.name, prop.term): self._field(prop, each.codes)
            for each in predicates(self.model)
            for prop in each.fields
        }

    def classes(self) -> Mapping[str, Any]:
        """Each class, with what its codes mean where another class has another list."""
        several = {
            prop.name
            for each in predicates(self.model)
            if len(each.codes) > 1
            for prop in each.fields
        }
        return {
            self._key(cls.name, cls.term): self._class(cls, several)
            for cls in self.model.classes.values()
        }

    def _class(self, cls: Class, several: set[str]) -> Any:
        own = {
            self._key(prop.name, prop.term): self._field(prop, (prop.codes,))
            for prop in cls.properties.values()
            if prop.name in several
        }
        iri = self._iri(cls.term.iri)
        return {"@id": iri, "@context": own} if own else iri

    def _field(self, prop: Property, codes: Iterable[str]) -> Any:
        found: dict[str, Any] = {"@id": self._iri(prop.term.iri)}
        lists = [self.lists[name] for name in codes]
        if prop.term.languages:
            return {**found, "@container": "@language", "@language": "zh"}
        if kind := prop.term.datatype or _TYPES.get(prop.kind):
            found["@type"] = kind if kind.startswith("@") else self._iri(kind)
        if len(lists) == 1:
            found["@context"] = self._codes(lists[0])
        return found

    def _codes(self, listed: CodeList) -> Mapping[str, str]:
        """The codes of a list, or their Chinese labels."""
        return {
            (each.zh if self.lang == "zh" else each.code): self.names.code(listed.name, each.code)[
                1:-1
            ]
            for each in listed.codes.values()
        }

    def _key(self, name: str, term: Term) -> str:
        return term.zh if self.lang == "zh" else name

    def _iri(self, curie: str) -> str:
        return self.names.term(curie)[1:-1]
