"""Loads, which statements come from: a document as a loader of some version reads it.

When that was is no content, and so no part of it: the same documents give the same loads, whenever
and however often they are read.
"""

from collections.abc import Iterable, Iterator

from kg.rdf.description import Said, about
from kg.rdf.lines import plain
from kg.rdf.names import Names
from kg.rdf.rows import Load
from kg.statement import digest, document_id


def load_of(names: Names, load: Load) -> str:
    """The IRI of a load."""
    return names.entity(f"load:{digest(*load, length=12)}")


def loads(names: Names, made: Iterable[Load]) -> Iterator[str]:
    """The lines about loads, in the default graph."""
    for one in made:
        yield from about(names, load_of(names, one), _said(names, one))


def _said(names: Names, load: Load) -> Said:
    yield "rdf:type", names.term("kg:Load")
    yield "prov:used", names.entity(document_id(load.document))
    yield "kg:readBy", plain(f"{load.loader} {load.version}")
