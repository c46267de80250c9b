"""Whether data in RDF are as the shapes of the model want, and where they are not.

Of a store the preferred facts are looked at, some things at a time, and a fault leads to the
statements behind it. A file of others is held in memory as a whole, so that a large one is refused.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import RdfFormat

from kg import domain
from kg.errors import InputError
from kg.rdf.leftout import LeftOut
from kg.rdf.lines import is_iri
from kg.rdf.part import parts, parts_of
from kg.rdf.reading import graph_of, quiet, read
from kg.rdf.understood import is_pointed, type_ends, understand, unknown
from kg.schemas import Schema, schema
from kg.schemas.turtle import names_of_schemas
from kg.store import Store
from kg.store.difference import between

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node, URIRef

LARGEST = 200_000_000
"""Bytes of a file that is still held in memory."""

Progress = Callable[[int, int], None]

_PLACES = """SELECT DISTINCT w.nth, s.document, s.place
    FROM (SELECT unnest($1::VARCHAR[]) AS thing, unnest($2::VARCHAR[]) AS property,
        unnest($3::VARCHAR[]) AS value, unnest($4::INTEGER[]) AS nth) w
    JOIN facts f ON f.preferred AND f.subject = w.thing
        AND w.property IN ('', f.property) AND w.value IN ('', f.value)
    JOIN records s ON s.type = 'statement' AND list_contains(f.statements, s.id)
    ORDER BY ALL"""


@dataclass(frozen=True)
class Fault:
    """One thing that a shape refuses: which field, which value, why; and where it was read.

    `thing` and `value` are ids and codes where they are IRIs of ours. `field` is empty where the
    thing as a whole is refused.
    """

    thing: str
    field: str
    value: str
    zh: str
    en: str
    places: tuple[tuple[str, str], ...] = ()
    result: "Result | None" = None


@dataclass(frozen=True)
class Result:
    """A fault in the words of SHACL."""

    focus: "Node"
    shape: "Node"
    component: "Node"
    path: "Node | None"
    value: "Node | None"


@dataclass(frozen=True)
class Validation:
    """What was looked at, and what is wrong with it; `documents` where it was only some."""

    things: int
    faults: tuple[Fault, ...]
    documents: tuple[str, ...] = ()


def validate_file(path: Path) -> Validation:
    """A file of RDF by whomever; InputError where it can't be read, or is too large for memory.

    What several graphs say may be disputed: there a field may have several values.
    """
    if path.is_file() and (size := path.stat().st_size) > LARGEST:
        large, most = (f"{one / 1e6:,.0f} MB" for one in (size, LARGEST))
        remedy = "load it with 'kg load', then 'kg validate' looks at the store"
        raise InputError(f"{path}: {large} are more than is held in memory, {most}: {remedy}")
    graph, several, missed = read(path)
    misspelt = [_unknown(*triple) for triple in unknown(graph)] + [*map(_left_out, missed)]
    understand(graph)
    things = {one for one in _things(graph) if not is_pointed(graph, one)}
    type_ends(graph)
    found = _faults(graph, _shapes("shacl-graphs" if several else "shacl"), things)
    placed = (replace(one, places=((str(path), ""),)) for one in (*misspelt, *found))
    return Validation(len(things), _sorted(placed))


def _unknown(thing: "Node", predicate: "URIRef", value: "Node") -> Fault:
    """A triple whose predicate our vocabulary does not have, as a closed shape would refuse it."""
    from rdflib import URIRef
    from rdflib.namespace import SH

    names = names_of_schemas()
    field, shape = names.short(str(predicate)), URIRef(names.term("shape:closed")[1:-1])
    result = Result(thing, shape, SH.ClosedConstraintComponent, predicate, value)
    zh, en = f"本模型没有“{field}”这一属性。", f"the model has no property {field}."
    return Fault(_key(thing), field, _key(value), zh, en, result=result)


def _left_out(one: LeftOut) -> Fault:
    """What a parser left out, as a closed shape would refuse it."""
    from rdflib import BNode, Literal, URIRef
    from rdflib.namespace import SH

    focus = URIRef(one.subject) if is_iri(one.subject) else BNode("unnamed")
    shape = URIRef(names_of_schemas().term("shape:closed")[1:-1])
    result = Result(focus, shape, SH.ClosedConstraintComponent, None, Literal(one.term))
    zh, en = f"{one.zh}，未读入。", f"{one.what.rstrip(',')}: not read ({one.remedy})."
    return Fault(_key(one.subject), "", one.term, zh, en, result=result)


def validate_store(
    store: Store, *, everything: bool = False, progress: Progress = lambda done, total: None
) -> Validation:
    """What the documents say that the newest version changed, or the whole export of a store.

    `progress` is told how many more things were looked at, and of about how many.
    """
    documents = () if everything else _changed(store)
    things = set(_spoken_of(store, documents))
    total = len(things) if documents else _count(store)
    shapes, faults, seen = _shapes(), list[Fault](), 0
    for subjects, lines in parts_of(store, things) if documents else parts(store):
        graph = graph_of(pyoxigraph.parse(lines, format=RdfFormat.N_TRIPLES))
        focus = _things(graph) & subjects
        faults += _faults(graph, shapes, focus)
        seen += len(focus)
        progress(len(focus), total)
    return Validation(seen, _placed(store, _sorted(faults)), documents)


def _count(store: Store) -> int:
    """How many things have facts; some are only described."""
    store.facts()
    sql = "SELECT count(DISTINCT subject) FROM facts WHERE preferred"
    (count,) = store.connection.execute(sql).fetchone() or (0,)
    return int(count)


def _changed(store: Store) -> tuple[str, ...]:
    """The documents that the newest version changed; none where that is all there are."""
    number = store.version.number
    changed = {one.document for one in between(store, number - 1, number)}
    known = {one.name for one in store.documents()}
    return () if known <= changed else tuple(sorted(changed & known))


def _spoken_of(store: Store, documents: Collection[str]) -> Iterator[str]:
    """The things that some documents make statements about, by the ids that stand."""
    canonical = store.decisions().canonical
    rows = store.connection.execute(
        """SELECT DISTINCT subject_key FROM records
        WHERE type = 'statement' AND list_contains($1::VARCHAR[], document)
        AND subject_key NOT LIKE 'review:%'""",
        [list(documents)],
    ).fetchall()
    return (canonical.get(key, key) for (key,) in rows)


def _things(graph: "Graph") -> set[str]:
    """The IRIs of all things of the model's classes."""
    from rdflib import RDF, URIRef

    names = names_of_schemas()
    terms = (names.term(one.term.iri)[1:-1] for one in domain.model().classes.values())
    return {str(one) for term in terms for one in graph.subjects(RDF.type, URIRef(term))}


def _shapes(wanted: Schema = "shacl") -> "Graph":
    return graph_of(pyoxigraph.parse(schema(wanted), format=RdfFormat.TURTLE))


def _sorted(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(
        sorted(faults, key=lambda one: (one.thing, one.field, one.value, one.en, str(one.result)))
    )


def _faults(graph: "Graph", shapes: "Graph", focus: Collection[str] | None = None) -> list[Fault]:
    """What the shapes refuse; of some things only where these are given.

    All is validated and the rest left out afterwards: told which nodes to look at, pyshacl 0.40
    takes a choice (sh:or) for granted whose value is not among them.
    """
    import pyshacl
    from rdflib import RDF, Graph
    from rdflib.namespace import SH

    with quiet():
        _, report, text = pyshacl.validate(graph, shacl_graph=shapes)
    if not isinstance(report, Graph):
        raise RuntimeError(f"no report: {text}")
    results = (
        one
        for one in report.subjects(RDF.type, SH.ValidationResult)
        if focus is None or str(report.value(one, SH.focusNode)) in focus
    )
    return [_fault(report, one) for one in results]


def _fault(report: "Graph", node: "Node") -> Fault:
    from rdflib import Literal
    from rdflib.namespace import SH

    shape, focus = report.value(node, SH.sourceShape), report.value(node, SH.focusNode)
    component = report.value(node, SH.sourceConstraintComponent)
    assert shape is not None and focus is not None and component is not None
    path, value = report.value(node, SH.resultPath), report.value(node, SH.value)
    said = {
        one.language: str(one)
        for one in report.objects(node, SH.resultMessage)
        if isinstance(one, Literal)
    }
    name = str(shape).rpartition("#")[2].partition("-")[2]
    shown = "" if value is None or not path else _key(value)
    result = Result(focus, shape, component, path, value)
    return Fault(_key(focus), name, shown, said["zh"], said["en"], result=result)


def _key(node: "Node | str") -> str:
    """The id of a thing, or the code, that an IRI of ours stands for; else what is given."""
    from rdflib import BNode

    iri = "[]" if isinstance(node, BNode) else str(node)
    rest = iri.removeprefix(domain.base())
    parts = rest.split("/")
    if rest == iri or len(parts) not in (2, 3):
        return iri
    return ":".join(parts) if len(parts) == 2 else parts[-1] if parts[0] == "code" else iri


def _placed(store: Store, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults with the places of the statements behind them, else of one about the thing."""
    store.facts()
    found: dict[int, list[tuple[str, str]]] = {}
    for exact in (True, False):
        rest = [(n, one) for n, one in enumerate(faults) if n not in found]
        wanted = (
            [one.thing for _, one in rest],
            [one.field if exact else "" for _, one in rest],
            [one.value if exact else "" for _, one in rest],
            [n for n, _ in rest],
        )
        for nth, document, place in store.connection.execute(_PLACES, list(wanted)).fetchall():
            places = found.setdefault(nth, [])
            if exact or not places:
                places.append((document, place))
    return tuple(replace(one, places=tuple(found.get(n, ()))) for n, one in enumerate(faults))
