"""Keys of JSON-LD that no context explains: its parser leaves them out without a word."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_MOST = 16_000_000
"""The bytes of a file that is looked into: it is held in memory for this."""


def unexplained(path: Path) -> Mapping[str, int]:
    """The keys of a file that are no IRI and in none of its contexts, with their numbers.

    A vocabulary of the file explains all. Only for JSON-LD that has been parsed without a fault.
    """
    if path.suffix.lower() != ".jsonld" or path.stat().st_size > _MOST:
        return {}
    try:
        return _counted(json.loads(path.read_text(encoding="utf-8-sig")))
    except RecursionError:  # nested deeper than anything that people write
        return {}


def _counted(held: Any) -> Mapping[str, int]:
    terms: dict[str, Any] = {}
    for context in _contexts(held):
        terms |= context
    return {} if terms.get("@vocab") is not None else Counter(_keys(held, terms))


def _contexts(held: Any) -> Iterator[Mapping[str, Any]]:
    """All contexts of a file, wherever they stand."""
    if isinstance(held, list):
        for one in held:
            yield from _contexts(one)
    elif isinstance(held, dict):
        for key, value in held.items():
            if key == "@context":
                yield from (one for one in _listed(value) if isinstance(one, dict))
            yield from _contexts(value)


def _keys(held: Any, terms: Mapping[str, Any]) -> Iterator[str]:
    """The unexplained keys; those of a container (languages, indexes) are no terms."""
    for node in _listed(held):
        if not isinstance(node, dict) or "@value" in node:
            continue
        for key, value in node.items():
            rule = terms.get(key)
            if key == "@context" or (isinstance(rule, dict) and rule.get("@type") == "@json"):
                continue
            if not key.startswith("@") and ":" not in key and key not in terms:
                yield key
            elif isinstance(rule, dict) and "@container" in rule and isinstance(value, dict):
                yield from _keys(list(value.values()), terms)
            else:
                yield from _keys(value, terms)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
