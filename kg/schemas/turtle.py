"""Turtle for people and for `diff`: short names, one thing a paragraph, the order that is given."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from kg.rdf.names import Names

_ROOM = 90
_LOCAL = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_TYPED = re.compile(r'(".*"\^\^)(<[^>]+>)', re.DOTALL)
_OWN: Mapping[str, str] = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
}

Object: TypeAlias = "str | tuple[Object, ...] | Blank"
"""A term as N-Triples writes it, a list of objects, or a thing without a name."""

Said: TypeAlias = "Iterable[tuple[str, Object]]"
"""What is said of a thing: predicate in its short form, and object."""


@dataclass(frozen=True)
class Blank:
    """A thing without a name, by what is said of it."""

    said: tuple[tuple[str, Object], ...]

    @classmethod
    def of(cls, *said: tuple[str, Object]) -> "Blank":
        """From its predicates and objects."""
        return cls(said)


def names_of_schemas() -> Names:
    """The names of exports, with the vocabularies that only a schema needs."""
    names = Names.of_domain()
    own = {**_OWN, "shape": f"{names.base}shapes#"}
    return replace(names, vocabularies={**names.vocabularies, **own})


@dataclass(frozen=True)
class Turtle:
    """Writes things; declares the prefixes that they use.

    `lists` are the code lists, each of which has a prefix for its codes.
    """

    names: Names
    lists: Sequence[str] = ()
    _used: set[str] = field(default_factory=set)

    def document(self, *sections: Iterable[tuple[str, Said]]) -> str:
        """Sections of things: subject, and what is said of it."""
        parts = [self._thing(subject, said) for section in sections for subject, said in section]
        declared = [f"@prefix {one}: <{self._spaces[one]}> .\n" for one in sorted(self._used)]
        return "".join([*declared, *(f"\n{part}" for part in parts)])

    @property
    def _spaces(self) -> Mapping[str, str]:
        codes = {name: f"{self.names.base}code/{name}/" for name in self.lists}
        return {**codes, **self.names.vocabularies}

    def _thing(self, subject: str, said: Said) -> str:
        return f"{self._short(subject)} {self._pairs(said, '    ')} .\n"

    def _pairs(self, said: Said, indent: str) -> str:
        """Predicates with their objects; a predicate stands once, where it came first."""
        grouped: dict[str, list[str]] = {}
        for name, value in said:
            verb = "a" if name == "rdf:type" else self._short(self.names.term(name))
            grouped.setdefault(verb, []).append(self._object(value, indent))
        said_of = ((verb, list(dict.fromkeys(values))) for verb, values in grouped.items())
        return f" ;\n{indent}".join(_line(verb, values, indent) for verb, values in said_of)

    def _object(self, value: Object, indent: str) -> str:
        if isinstance(value, Blank):
            return f"[ {self._pairs(value.said, indent + '    ')} ]"
        if isinstance(value, tuple):
            return f"( {' '.join(self._object(one, indent) for one in value)} )"
        if value.startswith("<"):
            return self._short(value)
        if typed := _TYPED.fullmatch(value):
            return typed[1] + self._short(typed[2])
        return value

    def _short(self, iri: str) -> str:
        """An IRI in brackets by its prefix, where it has one and a simple rest."""
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        space, local = iri[1:cut], iri[cut:-1]
        for prefix, known in self._spaces.items():
            if known == space and _LOCAL.fullmatch(local):
                self._used.add(prefix)
                return f"{prefix}:{local}"
        return iri


def _line(verb: str, values: Sequence[str], indent: str) -> str:
    """A predicate with its objects, a line each where one has no room for all."""
    line = f"{verb} {', '.join(values)}"
    if len(values) == 1 or len(line) <= _ROOM:
        return line
    return f",\n{indent}    ".join((f"{verb} {values[0]}", *values[1:]))


def every(name: str, values: Iterable[Object]) -> Iterator[tuple[str, Object]]:
    """The same predicate with several objects."""
    return ((name, value) for value in values)
