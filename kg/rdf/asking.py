"""A store's preferred facts as RDF in memory, to be asked in SPARQL.

They are what `kg export --format turtle` writes, so that a query gives the same rows in any other
store of RDF that has read this file.
"""

import re
import threading
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from io import BytesIO
from itertools import islice
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat
from pyoxigraph import Store as Quads

from kg import domain
from kg.errors import InputError, QueryError, UsageError
from kg.graph import Rows, Value
from kg.rdf import export
from kg.rdf.lines import day, number, plain
from kg.rdf.names import Names
from kg.saved import Parameter, Question
from kg.store import Store

_GIVEN = re.compile(r"(VALUES\s+\?\w+\s*\{)[^}]*(\}[ \t]*#[ \t]*param:[ \t]*(\w+))")
_LISTS = re.compile(r"^#\s*list:(.*)$", re.MULTILINE)
_XSD = "http://www.w3.org/2001/XMLSchema#"
_READ: Mapping[str, Callable[[str], Value]] = {
    f"{_XSD}integer": int,
    f"{_XSD}decimal": float,
    f"{_XSD}boolean": "true".__eq__,
}
T = TypeVar("T")


class Triples:
    """The preferred facts of a store, read into memory when they are first asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names = Names.of_domain()

    def ask(self, sparql: str, *, limit: int, timeout: float) -> Rows:
        """Run one SELECT.

        IRIs of things and codes come back as ids and codes. A column named in a line `# list:` is
        a list, its values with line feeds between; `cites` is one with blanks between. Raises
        QueryError for a query that is wrong or too slow.
        """
        quads = self._quads
        return _within(timeout, lambda: self._rows(quads, sparql, limit))

    @cached_property
    def _quads(self) -> Quads:
        quads, lines = Quads(), BytesIO()
        export(self._store, "ntriples", lines)
        lines.seek(0)
        quads.bulk_load(lines, RdfFormat.N_TRIPLES)
        return quads

    def _rows(self, quads: Quads, sparql: str, limit: int) -> Rows:
        try:
            found = quads.query(sparql)
        except SyntaxError as error:
            raise QueryError(f"not SPARQL: {error}") from None
        if not isinstance(found, QuerySolutions):
            raise QueryError("only SELECT gives rows")
        columns = tuple(one.value for one in found.variables)
        rows = list(islice(found, limit + 1))
        split = _lists(sparql)
        read = [
            tuple(
                self._cell(cell, split.get(name)) for name, cell in zip(columns, row, strict=True)
            )
            for row in rows[:limit]
        ]
        return Rows(columns, tuple(read), len(rows) > limit)

    def _cell(self, term: Any, split: str | None) -> Value:
        text = "" if term is None else str(term.value)
        if split is not None:
            return [self._short(one) for one in text.split(split) if one]
        if isinstance(term, NamedNode):
            return self._short(text)
        if isinstance(term, Literal):
            return _READ.get(term.datatype.value, str)(text)
        return None if term is None else text

    def _short(self, text: str) -> str:
        """The id or the code of an IRI; each of those that a citation joins by #."""
        return "#".join(
            self._names.key(one) or self._names.coded(one)[1] or one for one in text.split("#")
        )


def _lists(sparql: str) -> dict[str, str]:
    """The columns that are lists, each with what stands between its values."""
    named = _LISTS.findall(sparql)
    return {"cites": " "} | {one.strip(): "\n" for line in named for one in line.split(",")}


def _within(seconds: float, run: Callable[[], T]) -> T:
    """What a function gives, unless that takes too long: then it is left to run in its thread.

    Nothing can stop the engine; the thread does not keep the process from ending.
    """
    done: list[T] = []
    failed: list[Exception] = []

    def work() -> None:
        try:
            done.append(run())
        except (QueryError, OSError, ValueError, RuntimeError) as error:
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise QueryError(f"the query took longer than {seconds:g} s (--timeout)")
    return done[0]


def bound(question: Question, parameters: Mapping[str, Value]) -> str:
    """The twin of a question in SPARQL, with these values of its parameters written into it.

    Raises UsageError where the question has no twin or a value can't be written, InputError where
    the twin lacks a parameter.
    """
    if not question.twin.is_file():
        raise UsageError(f"{question.slug}: no SPARQL twin ({question.twin.name})")
    sparql = question.twin.read_text(encoding="utf-8")
    names = Names.of_domain()
    terms = {one.name: _term(names, one, parameters[one.name]) for one in question.parameters}
    if set(terms) != (held := {match[3] for match in _GIVEN.finditer(sparql)}):
        wrong = ", ".join(sorted(set(terms) ^ held))
        raise InputError(f"{question.twin.name}: want a line VALUES … # param: for {wrong}")
    filled = _GIVEN.sub(lambda match: f"{match[1]} {terms[match[3]]} {match[2]}", sparql)
    return filled.replace(domain.shipped_base(), names.base)


def _term(names: Names, parameter: Parameter, value: Value) -> str:
    """A value as SPARQL writes it, by the type of its parameter."""
    kind, _, listed = parameter.type.partition(" ")
    by_kind: Mapping[str, Callable[[str], str]] = {
        "int": number,
        "date": day,
        "code": partial(names.code, listed),
    }
    write = names.entity if kind[:1].isupper() else by_kind.get(kind, plain)
    try:
        return "UNDEF" if value is None else write(str(value))
    except ValueError as error:
        raise UsageError(f"{parameter.name}: {error}") from None
