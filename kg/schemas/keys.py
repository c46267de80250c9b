"""The keys of a flat JSON-LD context, found by what they stand for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.schemas.besides import besides
from kg.schemas.context import Context
from kg.schemas.predicates import predicates

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NO_WORDS: Mapping[str, str] = {}


class Key(NamedTuple):
    """A key, and what a text under it is taken for.

    `form` is `@id`, `@vocab` or a datatype; empty for a plain text. `words` are IRIs that a word
    stands for there; `languages` says that texts go by their languages.
    """

    name: str
    form: str = ""
    languages: bool = False
    words: Mapping[str, str] = _NO_WORDS


@dataclass(frozen=True)
class Keys:
    """The keys of a context by IRIs: of classes, of the fields of each, of all else."""

    types: Mapping[str, str]
    fields: Mapping[str, Mapping[str, Key]]
    others: Mapping[str, Key]

    @classmethod
    def of(cls, context: Context) -> "Keys":
        """Of all terms of a flat context."""
        terms = context.terms()
        named = {terms[context.key(one.name, one.term)]: one
                 for one in context.model.classes.values()}  # fmt: skip
        best = (context.key(one.field.name, one.field.term) for one in predicates(context.model))
        fields = _by_iri(terms, best)
        words = {iri: key.name for iri, key in fields.items()}
        more = (context.key(name, term) for name, term in besides().items())
        return cls(
            {iri: context.key(one.name, one.term) for iri, one in named.items()},
            {
                iri: _by_iri(terms, (context.key(n, p.term) for n, p in one.properties.items()))
                for iri, one in named.items()
            },
            {**fields, **_by_iri(terms, more, words)},
        )

    def find(self, classes: Iterable[str], predicate: str) -> Key | None:
        """The key of a predicate for a thing of some classes; None where the context has none."""
        own = (self.fields[one] for one in classes if one in self.fields)
        found = (keys[predicate] for keys in (*own, self.others) if predicate in keys)
        return next(found, None)


def _by_iri(
    terms: Mapping[str, Any], keys: Iterable[str], words: Mapping[str, str] = _NO_WORDS
) -> Mapping[str, Key]:
    return {terms[key]["@id"]: _key(key, terms[key], words) for key in keys}


def _key(name: str, said: Mapping[str, str], words: Mapping[str, str]) -> Key:
    form = said.get("@type", "").replace(_STRING, "")
    return Key(name, form, "@container" in said, words if form == "@vocab" else _NO_WORDS)
