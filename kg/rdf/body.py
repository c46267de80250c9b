"""The facts as lines of N-Quads or N-Triples."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from kg.rdf.fields import Fields
from kg.rdf.lines import tag
from kg.rdf.names import Names
from kg.rdf.rows import COMBINED, Row, Rows
from kg.text import fold

_ABOUT = itemgetter(0, 1)


@dataclass(frozen=True)
class Body:
    """Writes rows sorted by source and subject; `hidden` names are never shown as names."""

    names: Names
    fields: Fields
    hidden: frozenset[tuple[str, str]]
    rows: Rows

    def lines(self, rows: Iterable[Row]) -> Iterator[str]:
        """The lines about each subject in each graph: its class first, each line once."""
        for (source, subject), group in groupby(rows, _ABOUT):
            yield from dict.fromkeys(self._about(source, subject, group))

    def _about(self, source: str, subject: str, group: Iterable[Row]) -> Iterator[str]:
        prefix = subject.partition(":")[0]
        row: Row = (source, subject, "id", "", "", subject)
        try:
            start, end = self.names.entity(subject), self._end(source)
            yield f"{start} {self._type} {self._class(subject)} {end}"
            for row in group:
                yield f"{start} {self._said(prefix, row)} {end}"
        except ValueError as error:
            raise self.rows.refuse(row, str(error)) from None

    def _said(self, prefix: str, row: Row) -> str:
        """Predicate and object."""
        _, subject, name, kind, lang, value = row
        field = self.fields.get(prefix, name, kind)
        hidden = field.naming and self._is_hidden(subject, value)
        predicate = self._hiding if hidden else field.predicate
        return f"{predicate} {field.write(value)}{tag(lang) if lang else ''}"

    def triple(self, row: Row) -> list[str]:
        """Subject, predicate and object of one row."""
        prefix = row[1].partition(":")[0]
        return [self.names.entity(row[1]), *self._said(prefix, row).split(" ", 1)]

    def typing(self, key: str) -> str:
        """The line that says of which class a thing is."""
        return f"{self.names.entity(key)} {self._type} {self._class(key)} .\n"

    def _class(self, key: str) -> str:
        try:
            return self.names.term(self.fields.model.of(key).term.iri)
        except KeyError:
            raise ValueError(f"no class has ids like {key}") from None

    def _end(self, source: str) -> str:
        if not source:
            return ".\n"
        graph = self.names.graph(COMBINED) if source == COMBINED else self.names.entity(source)
        return f"{graph} .\n"

    def _is_hidden(self, subject: str, value: str) -> bool:
        return subject in self._with_hidden and (subject, fold(value)) in self.hidden

    @cached_property
    def _with_hidden(self) -> frozenset[str]:
        return frozenset(entity for entity, _ in self.hidden)

    @cached_property
    def _type(self) -> str:
        return self.names.term("rdf:type")

    @cached_property
    def _hiding(self) -> str:
        return self.names.term("skos:hiddenLabel")
