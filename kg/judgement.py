"""What people decided: which ids are one, which claims stand. It acts while fusing, not before.

So a judgement takes effect at once, and taking it back gives exactly what was there before.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.identity import REVIEW
from kg.statement import Judgement

OWN_FILE = "kg:judgements.csv"
ACYCLIC = ("predecessor", "implements", "part_of")
Link = tuple[str, str, str]
"""A property that must not run in circles, with the two ids that it links."""


@dataclass(frozen=True)
class Decisions:
    """Ids with the id they stand for, statements with their verdict, judgements not taken.

    Verdicts stand in the order in which they count: of two on one claim, the later. `own` are the
    statements on which the store's own file has the last word.
    """

    canonical: Mapping[str, str]
    verdicts: Mapping[str, str]
    refused: tuple[tuple[Judgement, str], ...] = ()
    own: frozenset[str] = frozenset()


def decide(
    judgements: Iterable[Judgement],
    links: Sequence[Link],
    known: Callable[[str], bool],
    described: Callable[[str], bool] = lambda key: True,
) -> Decisions:
    """Apply judgements in a fixed order; one that makes two different or a circle is refused.

    `known` tells the register's ids: a cluster's id is its registered one, else the smallest key of
    those `described`, by any statement.
    """
    ordered = sorted(judgements, key=_order)
    verdicts: dict[str, str] = {}
    own: set[str] = set()
    for one in (one for one in ordered if one.verdict in ("accept", "reject")):
        verdicts.pop(one.a, None)
        verdicts[one.a] = one.verdict
        if one.document == OWN_FILE:
            own.add(one.a)
    links = _without_circles(links)
    apart = [(one.a, one.b) for one in ordered if one.verdict == "different"]
    merged: nx.Graph[str] = nx.Graph()
    refused: list[tuple[Judgement, str]] = []
    for one in (one for one in ordered if one.verdict == "same"):
        merged.add_edge(one.a, one.b)
        canonical = _canonical(merged, known, described)
        why = _contradiction(canonical, apart, known, merged) or circle(links, canonical)
        if why:
            merged.remove_edge(one.a, one.b)
            refused.append((one, why))
    return Decisions(_canonical(merged, known, described), verdicts, tuple(refused), frozenset(own))


def _order(one: Judgement) -> tuple[bool, str, int, str]:
    """Data first, then the store's own file; there the later row wins."""
    row = one.place.removeprefix("row ")
    return (one.document == OWN_FILE, one.document, int(row) if row.isdigit() else 0, one.id)


def _canonical(
    merged: "nx.Graph[str]", known: Callable[[str], bool], described: Callable[[str], bool]
) -> dict[str, str]:
    """Each id of a cluster with the one that stands for all of it."""
    found: dict[str, str] = {}
    for cluster in nx.connected_components(merged):
        best = min(
            cluster,
            key=lambda key: (not known(key), key.startswith(REVIEW), not described(key), key),
        )
        found |= {key: best for key in cluster if key != best}
    return found


def _contradiction(
    canonical: Mapping[str, str],
    apart: Sequence[tuple[str, str]],
    known: Callable[[str], bool],
    merged: "nx.Graph[str]",
) -> str:
    for a, b in apart:
        if canonical.get(a, a) == canonical.get(b, b):
            return f"{a} and {b} are judged different"
    for cluster in nx.connected_components(merged):
        prefixes = {key.partition(":")[0] for key in cluster if not key.startswith(REVIEW)}
        registered = sorted(key for key in cluster if known(key))
        if len(registered) > 1:
            return f"{registered[0]} and {registered[1]} are two in the register"
        if len(prefixes) > 1:
            return f"they are of different classes: {', '.join(sorted(prefixes))}"
    return ""


def _without_circles(links: Sequence[Link]) -> list[Link]:
    """The links that run in no circle that the sources made themselves."""
    found = []
    for prop in sorted({name for name, _, _ in links}):
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_edges_from((start, end) for name, start, end in links if name == prop)
        part = {
            key: n for n, keys in enumerate(nx.strongly_connected_components(graph)) for key in keys
        }
        found += [(prop, start, end) for start, end in graph.edges if part[start] != part[end]]
    return found


def circle(links: Sequence[Link], canonical: Mapping[str, str]) -> str:
    """The circle that merged ids make of links, as a path; empty where there is none."""
    for prop, start, end in links:
        if canonical.get(start, start) == (both := canonical.get(end, end)):
            return f"{prop} would run from a thing to itself: {start} → {end}, both {both}"
    for prop in ACYCLIC:
        graph: nx.DiGraph[str] = nx.DiGraph()
        for name, start, end in links:
            if name == prop:
                graph.add_edge(canonical.get(start, start), canonical.get(end, end))
        try:
            found = nx.find_cycle(graph)
        except nx.NetworkXNoCycle:
            continue
        path = [edge[0] for edge in found]
        return f"{prop} would run in a circle: {' → '.join([*path, path[0]])}"
    return ""
