"""JSON as it is written: with what a parser would lose, a key that stands twice in an object."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.statement import Problem
from kg.text import LOST

_HALF = re.compile("[\ud800-\udfff]")


class Object(dict[str, Any]):
    """An object without the keys that stand `twice` in it: which of their values counts is open."""

    twice: tuple[str, ...] = ()


def parse(text: str) -> Any:
    """What a text of JSON holds; ValueError or RecursionError where it is none.

    Half of a pair of escapes, where somebody cut a text, is a character that is lost.

    >>> parse('{"a": 1, "b": 2, "a": 3}'), parse('{"a": 1, "a": 3}').twice
    ({'b': 2}, ('a',))
    """
    if "\\ud" not in text and "\\uD" not in text:
        return json.loads(text, object_pairs_hook=_object)
    return _mended(json.loads(text, object_pairs_hook=lambda pairs: _object(_mended(pairs))))


def _mended(value: Any) -> Any:
    """A text, or a list or pair with such in it, without halves of characters."""
    if isinstance(value, str):
        return _HALF.sub(LOST, value)
    return type(value)(map(_mended, value)) if isinstance(value, list | tuple) else value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    counts = Counter(key for key, _ in pairs)
    made = Object((key, value) for key, value in pairs if counts[key] == 1)
    made.twice = tuple(key for key in plain if counts[key] > 1)
    return made


def doubled(value: Any, where: str) -> Iterator[Problem]:
    """The keys that stand twice in what a text of JSON holds, each where it stands."""
    if isinstance(value, Object):
        for key in value.twice:
            remedy = "keep one of the two, or rename one"
            yield Problem("", where, key, "", "the key stands twice, neither is read", remedy)
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from doubled(inside, f"{where}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, inside in enumerate(value, start=1):
            yield from doubled(inside, f"{where}[{number}]")
