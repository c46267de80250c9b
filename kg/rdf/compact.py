"""Lines of N-Quads as compact JSON-LD: a context at the head, then one thing a line.

Each value has the shortest form that the context explains, so that every reader finds the quads of
the lines again. Types come first and the things of a graph last, as readers of streams want it
(Streaming JSON-LD).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import IO, Any, NamedTuple

from kg.errors import InputError
from kg.schemas.context import CODES, KEYWORDS, Context
from kg.schemas.keys import Key, Keys

_LINE = re.compile(
    r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|("[^"\\]*(?:\\.[^"\\]*)*")(?:@(\S+)|\^\^<([^>]*)>)?)'
    r"(?: <([^>]*)>)? \.\n"
)
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_CODE = re.compile(r"[a-z_]+/[A-Za-z0-9_-]+")
_LOCAL = re.compile(r"[A-Za-z0-9_-]+(?:#[A-Za-z]+)?")
Classes = tuple[str, ...]


class Said(NamedTuple):
    """A quad, empty where it has no such part; a text is in quotes, and escaped as in JSON."""

    subject: str
    predicate: str
    iri: str
    text: str
    lang: str
    datatype: str
    graph: str


@dataclass(frozen=True)
class Compact:
    """Writes things by a flat context; memory does not grow with their number."""

    context: Context
    _found: dict[tuple[Classes, str], Key] = field(default_factory=dict)

    def write(self, lines: Path, made: Path) -> None:
        """Write a file of lines, which stand by graph and subject, as JSON-LD.

        Raises InputError for an IRI that the context would make another.
        """
        with lines.open(encoding="utf-8", newline="\n") as quads, made.open("wb") as file:
            for part in self._document(quads):
                file.write(part.encode())

    def _document(self, quads: IO[str]) -> Iterator[str]:
        terms = (f"{quoted(key)}: {_json(one)}" for key, one in sorted(self._terms.items()))
        between = ",\n"
        yield f'{{"@context": {{\n{between.join(terms)}\n}},\n{self._word("@graph")}: [\n'
        between = ""
        for graph, said in groupby(map(_parsed, quads), lambda one: one.graph):
            yield between
            if graph:
                yield f"{{{self._word('@id')}: {self._id(graph)}, {self._word('@graph')}: [\n"
            yield from self._things(said)
            yield "\n]}" if graph else ""
            between = ",\n"
        yield "\n]}\n"

    def _things(self, said: Iterable[Said]) -> Iterator[str]:
        between = ""
        for subject, group in groupby(said, lambda one: one.subject):
            yield f"{between}{self._thing(subject, list(group))}"
            between = ",\n"

    def _thing(self, subject: str, said: list[Said]) -> str:
        classes = tuple(one.iri for one in said if one.predicate == _TYPE and one.iri)
        types = [quoted(self._keys.types.get(one) or self._curie(one)) for one in classes]
        values: dict[str, list[Said]] = {}
        for one in said:
            if one.predicate != _TYPE:
                values.setdefault(one.predicate, []).append(one)
        pairs = [f"{self._word('@type')}: {_one_or_all(types)}"] if types else []
        pairs.append(f"{self._word('@id')}: {self._id(subject)}")
        for predicate, held in values.items():
            key = self._key(classes, predicate)
            pairs.append(f"{quoted(key.name)}: {self._values(key, held)}")
        return f"{{{', '.join(pairs)}}}"

    def _values(self, key: Key, said: list[Said]) -> str:
        if not key.languages:
            return _one_or_all([self._value(key, one) for one in said])
        if not all(one.lang for one in said):  # not every reader knows @none among languages
            return f"[{', '.join(self._value(key, one) for one in said)}]"
        by_language: dict[str, list[str]] = {}
        for one in said:
            by_language.setdefault(one.lang, []).append(one.text)
        each = (f"{quoted(lang)}: {_one_or_all(held)}" for lang, held in by_language.items())
        return f"{{{', '.join(each)}}}"

    def _value(self, key: Key, said: Said) -> str:
        if said.iri:
            if key.form == "@id":
                return self._id(said.iri)
            word = key.words.get(said.iri)
            return quoted(word) if word else f"{{{self._word('@id')}: {self._id(said.iri)}}}"
        if said.lang:
            return f'{{"@value": {said.text}, "@language": {quoted(said.lang)}}}'
        if said.datatype == key.form and not key.languages:
            return said.text
        typed = f'"@type": {quoted(self._curie(said.datatype))}, ' if said.datatype else ""
        return f'{{{typed}"@value": {said.text}}}'

    def _key(self, classes: Classes, predicate: str) -> Key:
        wanted = (classes, predicate)
        if wanted not in self._found:
            found = self._keys.find(classes, predicate)
            self._found[wanted] = found or Key(self._curie(predicate))
        return self._found[wanted]

    def _id(self, iri: str) -> str:
        return quoted(self._curie(iri))

    def _curie(self, iri: str) -> str:
        """The short form of an IRI by a prefix of the context, else the IRI."""
        for cut in (iri.rfind("/") + 1, iri.rfind("#") + 1):
            if (prefix := self._spaces.get(iri[:cut])) and _LOCAL.fullmatch(iri, cut):
                return f"{prefix}:{iri[cut:]}"
        if iri.startswith(self._codes) and _CODE.fullmatch(iri, len(self._codes)):
            return f"{CODES}:{iri[len(self._codes) :]}"
        if (scheme := iri.partition(":")[0]) in self._terms:
            raise InputError(f"JSON-LD can't hold {iri}: {scheme} is a key of ours (use trig)")
        return iri

    def _word(self, keyword: str) -> str:
        return self._aliases[keyword]

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        return {keyword: quoted(key) for key, keyword in KEYWORDS[self.context.lang].items()}

    @cached_property
    def _terms(self) -> Mapping[str, Any]:
        return self.context.terms()

    @cached_property
    def _keys(self) -> Keys:
        return Keys.of(self.context)

    @cached_property
    def _codes(self) -> str:
        return str(self._terms[CODES])

    @cached_property
    def _spaces(self) -> Mapping[str, str]:
        """The prefixes of the context by what they stand for."""
        spaces = ((key, one) for key, one in self._terms.items() if isinstance(one, str))
        return {one: key for key, one in spaces if one.endswith(("/", "#"))}


def _parsed(line: str) -> Said:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a line of N-Quads: {line[:80]!r}")
    return Said(*match.groups(""))


def _one_or_all(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
