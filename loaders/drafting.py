"""The skeleton of a new kind of table, from the headings of a file that no kind fits yet."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from loaders import comma, kind, tree, workbook
from loaders.kind import FieldRule, Kind
from loaders.table import Table

_HEAD = """# A new kind of table, from the headings of {file}.
# 1. `class`: what a row is about; see `kg ontology` for the classes and their fields.
# 2. One [[field]] a column: its property, and every heading that it may have, Chinese or English.
#    The name of the thing is the property "name"; columns that say who says so are known already.
# 3. Columns to leave out go into loaders/ignored.csv, with the reason.
# 4. Put this file into loaders/kinds/ under a name of its own, and load the table.
class = "{class_name}"
"""


def draft(path: Path) -> str:
    """A kind's file: what other kinds know is filled in, the rest is marked TODO."""
    table = _table(path)
    best = _nearest(table)
    rules = dict(_rules(kind.kinds())) | dict(_rules([best] if best else []))
    ids = [heading for heading in best.id if heading in table.columns] if best else []
    head = _HEAD.format(file=path.name, class_name=best.class_name if best else "TODO")
    blocks = [head + (f"id = {_quoted(ids)}\n" if ids else "")]
    for heading in table.columns:
        if heading not in kind.all_roles() and heading not in ids:
            blocks.append(_block(heading, rules.get(heading)))
    return "\n".join(blocks)


def _table(path: Path) -> Table:
    known = frozenset(heading for one in kind.kinds() for heading in one.known())
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    if path.suffix.lower() in tree.SUFFIXES:
        raise InputError(f"{path.name}: JSON has no headings; what is where is in loaders/trees")
    if path.suffix.lower() in workbook.SUFFIXES:
        return workbook.read_workbook(path, known)[0]
    return comma.read_csv(path, known)


def _nearest(table: Table) -> Kind | None:
    """The kind that knows most of the headings, of those that know an id or a name among them."""
    columns = set(table.columns)
    fitting = (one for one in kind.kinds() if columns & {*one.id, *_naming(one)})
    return max(fitting, key=lambda one: len(one.known() & columns), default=None)


def _naming(one: Kind) -> tuple[str, ...]:
    rule = one.naming()
    return rule.headings if rule else ()


def _rules(kinds: Iterable[Kind]) -> Iterator[tuple[str, tuple[str, FieldRule]]]:
    """Every heading that the kinds know, with the class and rule it has there."""
    for one in kinds:
        for rule in one.field:
            for heading in rule.headings:
                yield heading, (one.class_name, rule)


def _block(heading: str, found: tuple[str, FieldRule] | None) -> str:
    lines = ["[[field]]"]
    if found is None:
        lines.append('property = "TODO"')
    else:
        lines.append(f'property = "{found[1].property}"')
    lines.append(f"headings = {_quoted([heading])}")
    if found and found[1].class_name:
        lines.append(f'class = "{found[1].class_name}"')
    for option in ("list", "dates_record", "contested", "inverse"):
        if found and getattr(found[1], option):
            lines.append(f"{option} = true")
    if found and found[1].reads:
        lines.append(f'reads = "{found[1].reads}"')
    return "\n".join(lines) + "\n"


def _quoted(texts: list[str]) -> str:
    """A list of texts in TOML, which quotes them as JSON does."""
    return json.dumps(texts, ensure_ascii=False)
