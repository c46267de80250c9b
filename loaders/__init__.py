"""Loaders: from a source file to claims. One module per kind of source.

A loader is chosen by what a file holds, not by what it is called.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.register import Register
from kg.statement import Claim, Problem
from loaders import comma, conflicts, kind, records, relations, tree, workbook
from loaders.kind import Kind
from loaders.table import Table

__all__ = ["Recognised", "Source", "open_source"]


@dataclass(frozen=True)
class Source:
    """A file that a loader has recognised: who reads it, and a way to its claims."""

    path: Path
    loader: str
    version: str
    tables: tuple["Recognised", ...] = ()

    def read(self, register: Register) -> Iterator[Claim | Problem]:
        """The file's claims and problems, in its order."""
        if self.path.suffix.lower() == ".json":
            yield from tree.read_tree(self.path, register)
        elif not self.tables:
            yield from tree.read_lines(self.path)
        for one in self.tables:
            yield from one.read(register)


@dataclass(frozen=True)
class Recognised:
    """A table and what is known of it: its kind if it is one of things, else its reader."""

    table: Table
    loader: str
    kind: Kind | None = None

    def read(self, register: Register) -> Iterator[Claim | Problem]:
        """The table's claims and problems, in its order."""
        yield from _heading_problems(self.table, self._known())
        if self.kind is not None:
            yield from records.read(self.table, self.kind)
        elif self.loader == relations.NAME:
            yield from relations.read(self.table, register)
        else:
            yield from conflicts.read(self.table)

    def _known(self) -> frozenset[str]:
        if self.kind is not None:
            return self.kind.known()
        rules = kind.relations()
        pairs = (*rules.subject, *rules.predicate, *rules.object, *rules.date)
        named = kind.conflicts().columns if self.loader == conflicts.NAME else pairs
        return kind.all_roles() | frozenset(named)


def open_source(path: Path) -> Source:
    """Recognise a file by what it holds; InputError says what is in it and what would do."""
    suffix = path.suffix.lower()
    if suffix in tree.SUFFIXES:
        return Source(path, tree.NAME, tree.VERSION)
    if suffix in workbook.SUFFIXES:
        sheets = workbook.read_workbook(path, _all_known())
        return Source(path, "workbook", "1", tuple(_recognised(sheet) for sheet in sheets))
    found = _recognised(comma.read_csv(path, _all_known()))
    versions = {relations.NAME: relations.VERSION, conflicts.NAME: conflicts.VERSION}
    return Source(path, found.loader, versions.get(found.loader, records.VERSION), (found,))


def _recognised(table: Table) -> Recognised:
    headings = set(table.columns) | set(table.doubled)
    if all(one in headings for one in kind.conflicts().columns):
        _once(table, kind.conflicts().columns)
        return Recognised(table, conflicts.NAME)
    rules = kind.relations()
    if all(headings & set(part) for part in (rules.subject, rules.predicate, rules.object)):
        _once(table, (*rules.subject, *rules.predicate, *rules.object))
        return Recognised(table, relations.NAME)
    found = _kind_of(headings)
    if found is None:
        raise _unknown(table)
    _once(table, found.id if headings & set(found.id) else _keys(found))
    return Recognised(table, f"{records.NAME}/{found.name}", found)


def _unknown(table: Table) -> InputError:
    """A table that no kind fits: the headings it has, those known, and what to do."""
    where = f"{table.path.name}, {table.name or table.top}"
    found = _few(list(table.columns)) or "none"
    some = _few([name for name in table.columns if name in _all_known()]) or "none of them"
    wanted = "; ".join(f"{one.name}: {'/'.join(_keys(one))}" for one in kind.kinds() if _keys(one))
    return InputError(
        f"{where}: no kind of table with these headings ({found}); known: {some}; "
        f"a table needs one of {wanted}; or write a kind of its own in loaders/kinds"
    )


def _few(names: Sequence[str], most: int = 8) -> str:
    """Names as one line; of very many the first."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(name[:40] for name in names[:most]) + more


@lru_cache(maxsize=1)
def _all_known() -> frozenset[str]:
    """Every heading that any kind knows."""
    rules = kind.relations()
    pairs = (*rules.subject, *rules.predicate, *rules.object, *rules.date)
    of_kinds = (heading for one in kind.kinds() for heading in one.known())
    return frozenset((*of_kinds, *pairs, *kind.conflicts().columns))


def _once(table: Table, keys: Sequence[str]) -> None:
    """Refuse a table whose rows could not be told apart: the heading that does it stands twice."""
    for heading in table.doubled:
        if heading in keys:
            raise InputError(
                f"{table.path.name}, {table.top}: the heading {heading} stands twice "
                "(rename one of them)"
            )


def _keys(one: Kind) -> tuple[str, ...]:
    """The headings one of which a table of the kind must have: its id, or its name."""
    names = [rule.headings for rule in one.field if rule.property == "name" and not rule.lang]
    return (*one.id, *(heading for group in names for heading in group))


def _kind_of(headings: set[str]) -> Kind | None:
    """The kind that has a key among the headings and knows most of them; an id decides."""
    fitting = [one for one in kind.kinds() if headings & set(_keys(one))]
    by_id = [one for one in fitting if headings & set(one.id)]
    own = [one for one in by_id if _owns(one, headings)]
    ranked = own or by_id or fitting
    return max(ranked, key=lambda one: len(headings & one.known()), default=None)


def _owns(one: Kind, headings: set[str]) -> bool:
    """Whether no heading of the table is another kind's id that this one takes for a link."""
    links = {heading for rule in one.field for heading in rule.headings if rule.class_name}
    return not headings & set(one.id) & links


def _heading_problems(table: Table, known: frozenset[str]) -> Iterator[Problem]:
    for number in table.filled():
        problem = f"column {number} has no heading"
        yield Problem("", table.top, f"column {number}", "", problem, "give it one, or empty it")
    for heading in table.doubled:
        remedy = "rename one of the two"
        yield Problem("", table.top, heading, "", "the heading stands twice", remedy)
    for heading in table.columns:
        if heading not in known and not kind.is_ignored(table.path.name, heading):
            remedy = "rename it, or list it in loaders/ignored.csv"
            yield Problem(
                "", table.top, heading, "", "unknown heading, the column is not read", remedy
            )
