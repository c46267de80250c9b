"""Loaders: from a source file to claims. One module per kind of source.

A loader is chosen by what a file holds, not by what it is called.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.register import Register
from kg.statement import Claim, Problem
from loaders import conflicts, records, relations
from loaders.kind import (
    Kind,
    all_roles,
    is_ignored,
    kinds,
)
from loaders.kind import (
    conflicts as conflict_rules,
)
from loaders.kind import (
    relations as relation_rules,
)
from loaders.table import Table, read_headings

__all__ = ["Source", "open_source"]


@dataclass(frozen=True)
class Source:
    """A file that a loader has recognised: who reads it, and a way to its claims."""

    table: Table
    kind: Kind | None
    loader: str
    version: str

    def read(self, register: Register) -> Iterator[Claim | Problem]:
        """The file's claims and problems, in its order."""
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
        rules = relation_rules()
        pairs = (*rules.subject, *rules.predicate, *rules.object, *rules.date)
        named = conflict_rules().columns if self.loader == conflicts.NAME else pairs
        return all_roles() | frozenset(named)


def open_source(path: Path) -> Source:
    """Recognise a file by its headings; InputError says which it has and which would do."""
    table = read_headings(path)
    headings = set(table.columns) | set(table.doubled)
    if all(one in headings for one in conflict_rules().columns):
        _once(table, conflict_rules().columns)
        return Source(table, None, conflicts.NAME, conflicts.VERSION)
    rules = relation_rules()
    if all(headings & set(part) for part in (rules.subject, rules.predicate, rules.object)):
        _once(table, (*rules.subject, *rules.predicate, *rules.object))
        return Source(table, None, relations.NAME, relations.VERSION)
    kind = _kind_of(headings)
    if kind is None:
        found = ", ".join(sorted(table.columns)) or "none"
        wanted = "; ".join(f"{kind.name}: {'/'.join(_keys(kind))}" for kind in kinds())
        raise InputError(
            f"{path.name}, row 1: no kind of table with these headings ({found}); want {wanted}"
        )
    _once(table, kind.id if headings & set(kind.id) else _keys(kind))
    return Source(table, kind, f"{records.NAME}/{kind.name}", records.VERSION)


def _once(table: Table, keys: Sequence[str]) -> None:
    """Refuse a table whose rows could not be told apart: the heading that does it stands twice."""
    for heading in table.doubled:
        if heading in keys:
            raise InputError(
                f"{table.path.name}, row 1: the heading {heading} stands twice (rename one of them)"
            )


def _keys(kind: Kind) -> tuple[str, ...]:
    """The headings one of which a table of the kind must have: its id, or its name."""
    names = [one.headings for one in kind.field if one.property == "name" and not one.lang]
    return (*kind.id, *(heading for group in names for heading in group))


def _kind_of(headings: set[str]) -> Kind | None:
    """The kind that has a key among the headings and knows most of them; an id decides."""
    fitting = [kind for kind in kinds() if headings & set(_keys(kind))]
    by_id = [kind for kind in fitting if headings & set(kind.id)]
    own = [kind for kind in by_id if _owns(kind, headings)]
    ranked = own or by_id or fitting
    return max(ranked, key=lambda kind: len(headings & kind.known()), default=None)


def _owns(kind: Kind, headings: set[str]) -> bool:
    """Whether no heading of the table is another kind's id that this one takes for a link."""
    links = {heading for rule in kind.field for heading in rule.headings if rule.class_name}
    return not headings & set(kind.id) & links


def _heading_problems(table: Table, known: frozenset[str]) -> Iterator[Problem]:
    for number in table.filled():
        problem = f"column {number} has no heading"
        yield Problem("", "row 1", f"column {number}", "", problem, "give it one, or empty it")
    for heading in table.doubled:
        yield Problem("", "row 1", heading, "", "the heading stands twice", "rename one of the two")
    for heading in table.columns:
        if heading not in known and not is_ignored(table.path.name, heading):
            remedy = "rename it, or list it in loaders/ignored.csv"
            yield Problem(
                "", "row 1", heading, "", "unknown heading, the column is not read", remedy
            )
