"""Loaders: from a source file to claims. One module per kind of source.

A file's ending says how it is written: a table, a workbook, JSON, RDF. Who reads it is chosen by
what it holds, not by what it is called.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.errors import InputError
from kg.register import Register
from kg.statement import Claim, Problem
from loaders import comma, conflicts, kind, rdf, recognition, records, relations, tree, workbook
from loaders.encoding import encoding_of
from loaders.headings import Headings
from loaders.kind import Kind
from loaders.table import Table

__all__ = ["Recognised", "Source", "open_source", "recognise"]
_MANY = 20


@dataclass(frozen=True)
class Source:
    """A file that a loader has recognised: who reads it, and a way to its claims."""

    path: Path
    loader: str
    version: str
    tables: tuple["Recognised", ...] = ()
    unread: tuple[Problem, ...] = ()

    def read(self, register: Register) -> Iterator[Claim | Problem]:
        """The file's claims and problems, in its order."""
        if self.loader == rdf.NAME:
            yield from rdf.read(self.path, register)
        elif self.path.suffix.lower() == ".json":
            yield from tree.read_tree(self.path, register)
        elif not self.tables:
            yield from tree.read_lines(self.path)
        yield from self.unread
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

    def _known(self) -> Headings:
        if self.kind is not None:
            return self.kind.known()
        rules = kind.relations()
        pairs = (*rules.subject, *rules.predicate, *rules.object, *rules.date)
        named = kind.conflicts().columns if self.loader == conflicts.NAME else pairs
        return kind.all_roles() | Headings(named)


def open_source(path: Path) -> Source:
    """Recognise a file; InputError says what is in it and what would do.

    A sheet that no kind knows is a problem beside sheets that are known.
    """
    suffix = path.suffix.lower()
    if suffix in rdf.SUFFIXES:
        return Source(path, rdf.NAME, rdf.version())
    if suffix in tree.SUFFIXES:
        if suffix != ".json":
            _has_records(path)
        return Source(path, tree.NAME, tree.VERSION)
    if suffix in workbook.SUFFIXES:
        sheets = [recognise(sheet) for sheet in workbook.read_workbook(path, kind.all_known())]
        unread = tuple(one for one in sheets if isinstance(one, Problem))
        known = tuple(one for one in sheets if isinstance(one, Recognised))
        if not known:
            raise InputError(str(unread[0]._replace(document=path.name)))
        return Source(path, "workbook", "1", known, unread)
    found = recognise(comma.read_csv(path, kind.all_known()))
    if isinstance(found, Problem):
        raise InputError(str(found._replace(document=path.name)))
    versions = {relations.NAME: relations.VERSION, conflicts.NAME: conflicts.VERSION}
    return Source(path, found.loader, versions.get(found.loader, records.VERSION), (found,))


def _has_records(path: Path) -> None:
    """Refuse lines of which none of the first is a record that says its kind."""
    with path.open(encoding=encoding_of(path)) as file:
        first = list(islice(filter(str.strip, file), _MANY))
    if first and not any(_is_record(line) for line in first):
        raise InputError(
            f"{path.name}: no record in its first lines (want a JSON object a line, with "
            f"{' or '.join(tree.lines().heading)}; a tree is named .json, a table .csv)"
        )


def _is_record(line: str) -> bool:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and any(said.get(one) for one in tree.lines().heading)


def recognise(table: Table) -> Recognised | Problem:
    """Who reads a table; a problem where nobody does, or where its rows can't be told apart."""
    headings = (*table.columns, *table.doubled)
    columns, rules = kind.conflicts().columns, kind.relations()
    pairs = (rules.subject, rules.predicate, rules.object)
    if all(Headings((one,)).among(headings) for one in columns):
        return _twice(table, columns) or Recognised(table, conflicts.NAME)
    if all(Headings(part).among(headings) for part in pairs):
        return _twice(table, sum(pairs, ())) or Recognised(table, relations.NAME)
    found = recognition.fitting(table)
    if found is None:
        return recognition.unfit(table)
    by_id = Headings(found.id).among(headings)
    keys = found.id if by_id else found.keys()
    return _twice(table, keys) or Recognised(table, f"{records.NAME}/{found.name}", found)


def _twice(table: Table, keys: Sequence[str]) -> Problem | None:
    """That a heading which tells rows apart stands twice."""
    for heading in Headings(keys).among(table.doubled):
        what = f"the heading {heading} stands twice"
        return Problem("", table.top, "", "", what, "rename one of them")
    return None


def _heading_problems(table: Table, known: Headings) -> Iterator[Problem]:
    for number in table.filled():
        problem = f"column {number} has no heading"
        yield Problem("", table.top, f"column {number}", "", problem, "give it one, or empty it")
    for heading in table.doubled:
        remedy = "rename one of the two"
        yield Problem("", table.top, heading, "", "the heading stands twice", remedy)
    file = table.path.name
    yield from _unread(
        table.top,
        [one for one in table.columns if one not in known and not kind.is_ignored(file, one)],
    )


def _unread(where: str, unknown: Sequence[str]) -> Iterator[Problem]:
    """The columns that are not read: each, or of very many only how many."""
    remedy = "rename it, or list it in loaders/ignored.csv"
    if len(unknown) > _MANY:
        what = f"{len(unknown)} unknown headings, their columns are not read"
        yield Problem("", where, recognition.few(unknown), "", what, remedy)
        return
    for heading in unknown:
        yield Problem("", where, heading, "", "unknown heading, the column is not read", remedy)
