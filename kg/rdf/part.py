"""A part of a store as triples: some things, and the classes of what they point to."""

from collections.abc import Collection, Iterator

from kg import domain
from kg.rdf.body import Body
from kg.rdf.description import Description
from kg.rdf.fields import Fields
from kg.rdf.names import Names
from kg.rdf.rows import PREFERRED, Rows
from kg.store import Store


def part(store: Store, things: Collection[str]) -> Iterator[str]:
    """The lines of N-Triples with the preferred facts of things, given by their ids."""
    names = Names.of_domain()
    listed = ", ".join(f"'{one}'" for one in sorted(things)) or "''"
    with Rows(store, f"{PREFERRED} AND subject IN ({listed})") as rows:
        body = Body(names, Fields(domain.model(), names), store.register.hidden, rows)
        yield from body.lines(rows.triples())
        yield from map(body.typing, Description(names, rows, store.register.sources).untyped())
