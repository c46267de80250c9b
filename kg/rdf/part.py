"""A store as triples, some things at a time, with the classes of what these point to."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from kg import domain
from kg.rdf import export
from kg.rdf.body import Body
from kg.rdf.description import Description
from kg.rdf.fields import Fields
from kg.rdf.names import Names
from kg.rdf.rows import PREFERRED, Rows
from kg.store import Store

_MANY = 1000
T = TypeVar("T")
_END = re.compile(r" <([^<>]*)> \.\n\Z")

Part = tuple[frozenset[str], str]
"""The IRIs of some things, and the lines of N-Triples about them."""


def parts_of(store: Store, things: Collection[str]) -> Iterator[Part]:
    """Of some things, given by their ids, the preferred facts."""
    names = Names.of_domain()
    for some in _batches(sorted(things)):
        subjects = frozenset(names.entity(one)[1:-1] for one in some)
        yield subjects, "".join(_about(store, names, some))


def parts(store: Store) -> Iterator[Part]:
    """All that an export in N-Triples holds.

    Without things that are only pointed at, of which the register knows what they are.
    """
    names = Names.of_domain()

    def known(iri: str, lines: list[str]) -> bool:
        key = names.key(iri)
        return store.register.knows(key) and lines == [_class_line(names, key)]

    with TemporaryDirectory(prefix=".export-", dir=store.folder) as folder:
        path = Path(folder) / "facts.nt"
        counts = export(store, "ntriples", path)
        with path.open(encoding="utf-8") as file:
            described = sorted(islice(file, counts.description))
            head = {one: list(lines) for one, lines in groupby(described, _subject)}
            body = ((one, [*head.pop(one, ()), *lines]) for one, lines in groupby(file, _subject))
            told = ((iri, lines) for iri, lines in head.items() if not known(iri, lines))
            for some in _batches(chain(body, told)):
                yield _typed(names, dict(some))


def _subject(line: str) -> str:
    return line[1 : line.index(">")]


def _typed(names: Names, about: dict[str, list[str]]) -> Part:
    """Lines by subject, with the classes of those ends that are not among the subjects."""
    lines = list(chain.from_iterable(about.values()))
    ends = {found[1] for line in lines if (found := _END.search(line))}
    beyond = filter(None, map(names.key, sorted(ends - about.keys())))
    return frozenset(about), "".join([*lines, *(_class_line(names, key) for key in beyond)])


def _class_line(names: Names, key: str) -> str:
    term = domain.model().of(key).term.iri
    return f"{names.entity(key)} {names.term('rdf:type')} {names.term(term)} .\n"


def _about(store: Store, names: Names, things: Collection[str]) -> Iterator[str]:
    listed = ", ".join(f"'{one}'" for one in things)
    with Rows(store, f"{PREFERRED} AND subject IN ({listed})") as rows:
        body = Body(names, Fields(domain.model(), names), store.register.hidden, rows)
        yield from body.lines(rows.triples())
        yield from map(body.typing, Description(names, rows, store.register.sources).untyped())


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, _MANY)):
        yield some
