"""Records in JSON: trees of objects, and lines that each are one; `trees/` says what is where."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict

from kg.errors import InputError
from kg.identity import longest_names
from kg.places import step
from kg.register import Register
from kg.statement import Claim, Problem
from kg.text import fold
from loaders import comma, records
from loaders.cells import split
from loaders.kind import Kind, kinds
from loaders.table import Row, Table

NAME = "tree"
VERSION = "3"
SUFFIXES = (".json", ".jsonl", ".ndjson")
_FOLDER = Path(__file__).parent / "trees"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Strict):
    """Where records of one kind lie in a tree, and what they take from above them."""

    path: tuple[str, ...]
    kind: str
    key: str = ""
    above: Mapping[str, str] = {}
    each: str = ""


class Lines(_Strict):
    """The field of a line that says its kind, and the kinds."""

    heading: tuple[str, ...]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A record in a tree: where, what it holds, the key above it, its parent; where these are."""

    where: str
    value: Any
    key: str
    parent: Mapping[str, Any]
    key_at: str = ""
    parent_at: str = ""


@lru_cache(maxsize=1)
def parts() -> tuple[Part, ...]:
    """All parts of all trees known."""
    loaded = (tomllib.loads(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.toml")))
    return tuple(Part.model_validate(part) for tree in loaded for part in tree.get("part", ()))


@lru_cache(maxsize=1)
def lines() -> Lines:
    """How lines say their kind."""
    loaded = tomllib.loads((_FOLDER / "records.toml").read_text("utf-8"))
    return Lines.model_validate(loaded["lines"])


def read_lines(path: Path) -> Iterator[Claim | Problem]:
    """The claims of JSON Lines; a line that is no record is a problem, and the rest is read."""
    rules = lines()
    known = {kind.name: kind for kind in kinds()}
    with path.open(encoding=comma.encoding_of(path)) as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            where = f"line {number}"
            record = _parsed(line)
            if not isinstance(record, dict):
                yield Problem(
                    "", where, "", line.strip()[:80], "not a JSON object", "mend the line"
                )
                continue
            said = next((record[one] for one in rules.heading if record.get(one)), "")
            kind = known.get(rules.kinds.get(str(said), ""))
            if kind is None:
                wanted = f"want one of {', '.join(rules.kinds)}"
                problem = f"unknown kind of record {said!r}"
                yield Problem("", where, rules.heading[0], str(said), problem, wanted)
                continue
            yield from _record(path, where, record, kind, set(rules.heading))


def read_tree(path: Path, register: Register) -> Iterator[Claim | Problem]:
    """The claims of a tree; InputError where it is no JSON or no tree that anyone knows."""
    with path.open(encoding=comma.encoding_of(path)) as file:
        try:
            tree = json.load(file)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path.name}: not JSON: {error}") from None
    known = {kind.name: kind for kind in kinds()}
    read = 0
    for part in parts():
        deeper = {other.path[len(part.path)] for other in parts() if _below(other, part)}
        for found in _walk(tree, list(part.path), _Found("", tree, "", {})):
            read += 1
            if fault := _misfit(part, found):
                yield fault
            if part.key and not found.key:
                continue
            for record in _flat(part, found, register):
                yield from _record(
                    path, found.where, record, known[part.kind], deeper, _elsewhere(part, found)
                )
    if not read:
        top = ", ".join(tree) if isinstance(tree, dict) else type(tree).__name__
        raise InputError(f"{path.name}: no known records in it (it has: {top}); see loaders/trees")


def _misfit(part: Part, found: _Found) -> Problem | None:
    """What is no record; one without the name that those in it go by is said once, at its own."""
    shown = _text(found.value)[:80]
    if not part.each and not isinstance(found.value, dict):
        return Problem("", found.where, "", shown, "not a JSON object", "give it fields")
    if part.path[-1] == "*" and not found.key:
        remedy = f"give it a {part.key}, or put it under its name"
        return Problem("", found.where, part.key, shown, "no name, nothing in it is read", remedy)
    return None


def _below(other: Part, part: Part) -> bool:
    return len(other.path) == len(part.path) + 1 and other.path[: len(part.path)] == part.path


def _walk(value: Any, path: Sequence[str], at: _Found) -> Iterator[_Found]:
    """The records at the end of a path, lists and single objects alike.

    Where keys are looked for and a list stands, its members are known by their own names.
    """
    if isinstance(value, list):
        keyed = path[:1] == ["*"]
        for number, one in enumerate(value, start=1):
            where = f"{at.where}[{number}]"
            if keyed:
                found = _Found(where, one, _own_name(one), {}, where, at.where)
                yield from _walk(one, path[1:], found)
            else:
                yield from _walk(one, path, replace(at, where=where, value=one))
        return
    if not path:
        if value not in (None, ""):
            yield replace(at, value=value)
        return
    if not isinstance(value, dict):
        return
    first, *rest = path
    for name in list(value) if first == "*" else [first] * (first in value):
        where = f"{at.where}.{step(name)}".removeprefix(".")
        key, key_at = (name, where) if first == "*" else (at.key, at.key_at)
        yield from _walk(
            value[name], rest, _Found(where, value[name], key, value, key_at, at.where)
        )


def _own_name(value: Any) -> str:
    """The name that a member of a list gives itself, as its kind of record does."""
    keyed = {part.kind for part in parts() if part.path[-1] == "*"}
    rules = (kind.naming() for kind in kinds() if kind.name in keyed)
    own = value if isinstance(value, dict) else {}
    said = (own.get(name) for rule in rules if rule for name in rule.headings)
    return next((name for name in said if isinstance(name, str) and name.strip()), "")


def _flat(part: Part, found: _Found, register: Register) -> Iterator[dict[str, Any]]:
    """A record with what it takes from above; bare names become records of one field."""
    values = [found.value] if isinstance(found.value, dict) else []
    if not values and part.each:
        names = longest_names(split(str(found.value)), lambda text: fold(text) in register.names)
        values = [{part.each: name} for name in names]
    carried = {heading: found.parent.get(name) for name, heading in part.above.items()}
    if part.key:
        carried[part.key] = found.key
    for value in values:
        yield {**carried, **value}


def _elsewhere(part: Part, found: _Found) -> dict[str, str]:
    """Where the fields stand that a record does not have itself."""
    own = found.value if isinstance(found.value, dict) else {}
    places = {
        heading: f"{found.parent_at}, {name}" if found.parent_at else name
        for name, heading in part.above.items()
    }
    if part.key:
        places[part.key] = found.key_at
    if part.each and not own:
        places[part.each] = found.where
    return {heading: place for heading, place in places.items() if heading not in own}


def _record(
    path: Path,
    where: str,
    record: Mapping[str, Any],
    kind: Kind,
    besides: set[str],
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Claim | Problem]:
    """The claims of one record, read like a row whose headings are its fields.

    Fields that it takes from above stand `elsewhere`.
    """
    fields = {name: value for name, value in record.items() if name not in besides}
    for name in [name for name, value in fields.items() if _is_deep(value)]:
        remedy = "give its parts fields of their own"
        shown = _text(fields.pop(name))[:80]
        yield Problem("", where, name, shown, "an object where a text belongs", remedy)
    columns = {name: at for at, name in enumerate(fields)}
    table = Table(path, columns, lambda: iter(()), where, width=len(columns))
    row = Row(where, [_text(value) for value in fields.values()], table)
    for name in fields:
        if name not in kind.known():
            remedy = f"put it into loaders/kinds/{kind.name}.toml"
            yield Problem("", where, name, row.get(name), "unknown field, it is not read", remedy)
    for one in records.read_row(row, kind):
        moved = isinstance(one, Claim) and elsewhere.get(one.column)
        yield one._replace(at=moved) if isinstance(one, Claim) and moved else one


def _is_deep(value: Any) -> bool:
    """Whether a field holds more than a text, a number or a list of these."""
    parts = value if isinstance(value, list) else [value]
    return any(isinstance(part, dict | list) for part in parts)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list) and not _is_deep(value):
        return "；".join(filter(None, map(_text, value)))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
