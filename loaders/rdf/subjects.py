"""Which things the IRIs of a file mean: by their ids, else by what the file says of them."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.register import Register
from kg.statement import Name, Problem
from loaders.rdf.things import Thing, Things
from loaders.rdf.vocabulary import Vocabulary


class About(NamedTuple):
    """What a statement is about: its id or name, its class, how the file calls it."""

    subject: Name | str
    class_name: str
    prefix: str
    called: str


ITSELF = About("", "", "", "")
"""What a statement is about that an export makes of itself."""


class Subjects:
    """The things of one file, of which the first reading has gathered classes and names."""

    def __init__(self, words: Vocabulary, things: Things, register: Register) -> None:
        self._words = words
        self._things = things
        self._register = register
        self.about = lru_cache(maxsize=16384)(self._find)

    def _find(self, iri: str) -> About | None:
        """What an IRI means: by its id, else by the class and the name that the file gives it."""
        if key := self._words.key(iri):
            prefix = key.partition(":")[0]
            return About(key, self._words.model.prefixes.get(prefix, ""), prefix, key)
        if self._words.names.describes(iri):
            return ITSELF
        thing = self._things.get(iri)
        class_name = self._words.sharpest(thing.classes)
        if not class_name or self._why_not(thing):
            return None
        prefix = self._words.model.classes[class_name].prefix
        if prefix == "source":
            return About(self._register.source(iri), class_name, prefix, iri)
        issuers = map(self._called, self._things.issuers(iri))
        named = name_of(thing, (class_name,))._replace(said=True, by=tuple(filter(None, issuers)))
        return About(named, class_name, prefix, iri)

    def _called(self, iri: str) -> str:
        """A body by its id, else by the name that the file gives it, else by its IRI."""
        return self._words.key(iri) or self._things.get(iri).name or iri

    def _why_not(self, thing: Thing) -> tuple[str, str] | None:
        """Why a thing can't be known, and what would help."""
        model, base = self._words.model, self._words.names.base
        if not thing.classes:
            return "no class that can be read", "say what it is: kg:Policy, org:Organization, …"
        if not (found := self._words.sharpest(thing.classes)):
            return f"{' and '.join(thing.classes)} at once", "say which it is"
        owner = model.classes[found]
        if owner.prefix == "source":
            return None
        if not owner.properties["name"].required:
            return f"a {found} goes by no name", f"give it an IRI under {base}{owner.prefix}/"
        return None if thing.name else ("no name", "give it a skos:prefLabel")

    def unknown(self) -> Iterator[Problem]:
        """The things of which something is said that can't be known, each once."""
        for iri, place, times in self._things.used():
            why = self._why_not(self._things.get(iri))
            if why and not self._things.is_expression(iri):
                uses = "1 statement" if times == 1 else f"{times} statements"
                what = f"not known which thing this is, {why[0]}: {uses} not read"
                yield Problem("", place or iri, "", iri, what, why[1])


def name_of(thing: Thing, classes: tuple[str, ...]) -> Name:
    """A thing by the name that a file gives it."""
    return Name(thing.name, classes, lang="" if thing.lang == "zh" else thing.lang)
