"""The skeleton of a new kind of table, from the headings of a file that no kind fits yet."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kg.errors import InputError
from kg.statement import Problem
from loaders import comma, kind, recognise, recognition, tree, workbook
from loaders.headings import Headings, folded
from loaders.kind import FieldRule, Kind
from loaders.table import Table

_HEAD = """# A new kind of table, from the headings of {file}.
# 1. `class`: what a row is about; see `kg ontology` for the classes and their fields.
# 2. One [[field]] a column: its property, and every heading that it may have, Chinese or English.
#    The name of the thing is the property "name"; columns that say who says so are known already.
# 3. Columns to leave out are listed above the fields: ignored = ["序号"]
# 4. Put this file into {folder}/ under a name of its own, and load the table.
class = "{class_name}"
"""


_WHERE = {"property", "headings", "place"}
"""The entries of a rule that every block has, or that the headings replace."""


def draft(path: Path, folder: Path = kind.FOLDER) -> str:
    """A kind's file, to lie in a folder: what is known is filled in, the rest is marked TODO."""
    table = _table(path)
    best = recognition.fitting(table)
    near = best or recognition.nearest(recognition.known_of(table))
    rules = _rules([*kind.kinds(), *([near] if near else [])])
    ids = Headings(best.id if best else ()).among(table.columns)
    written, blocks = set(map(folded, ids)), [_head(path, folder, best, ids)]
    for heading in table.columns:
        key = folded(heading)
        if not (key in written or heading in kind.all_roles() or _ignored(path, heading)):
            rule = rules.get(key)
            blocks.append(_block(heading, rule))
            written |= {key, *map(folded, _besides(rule, heading) if rule else ())}
    return "\n".join(blocks)


def _table(path: Path) -> Table:
    known = kind.all_known()
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    if path.suffix.lower() in tree.SUFFIXES:
        raise InputError(f"{path.name}: JSON has no headings; what is where is in loaders/trees")
    if path.suffix.lower() in workbook.SUFFIXES:
        sheets = workbook.read_workbook(path, known)
        unread = (one for one in sheets if isinstance(recognise(one), Problem))
        return next(unread, sheets[0])
    return comma.read_csv(path, known)


def _ignored(path: Path, heading: str) -> bool:
    return kind.is_ignored(path.name, heading)


def _rules(kinds: Sequence[Kind]) -> Mapping[str, FieldRule]:
    """The rule of every heading that the kinds know; what a later kind says counts."""
    return {
        folded(heading): rule
        for one in kinds
        for rule in one.field
        for heading in (*rule.bounds, *rule.join, *rule.original, *rule.headings)
    }


def _head(path: Path, folder: Path, best: Kind | None, ids: Sequence[str]) -> str:
    """What a draft says of the kind itself."""
    lines = [
        _HEAD.format(file=path.name, folder=folder, class_name=best.class_name if best else "TODO")
    ]
    said = {"id": ids, **(_options(best, {"name", "class", "id", "field"}) if best else {})}
    lines += [f"{name} = {_toml(value)}\n" for name, value in said.items() if value]
    return "".join(lines)


def _block(heading: str, rule: FieldRule | None) -> str:
    """A field: as the rule has it, with this heading, or to be filled in."""
    said: dict[str, Any] = {"property": "TODO", "headings": [heading]}
    if rule is not None:
        said["property"] = rule.property
        if heading not in Headings(rule.headings):
            said["headings"] = rule.headings
        said |= _options(rule, _WHERE)
    return "\n".join(["[[field]]", *(f"{name} = {_toml(said[name])}" for name in said)]) + "\n"


def _besides(rule: FieldRule, heading: str) -> Sequence[str]:
    """The headings that a drafted block reads beside the one that it is for."""
    own = heading in Headings(rule.headings)
    return (*rule.bounds, *rule.join, *rule.original, *(() if own else rule.headings))


def _options(rules: BaseModel, besides: set[str]) -> dict[str, Any]:
    """Every entry that is not as it would be unsaid."""
    said = rules.model_dump(exclude_defaults=True, by_alias=True)
    return {name: value for name, value in said.items() if name not in besides}


def _toml(value: Any) -> str:
    """A value in TOML, which writes texts and numbers as JSON does."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
