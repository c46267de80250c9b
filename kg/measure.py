"""Measures of the graph by networkx: parts, central things, ways from one thing to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from kg import domain
from kg.errors import InputError
from kg.graph import projection
from kg.store import Store

Graph = nx.MultiDiGraph


@dataclass(frozen=True)
class Component:
    """A part of the graph whose things hang together, with its best-linked ones."""

    size: int
    things: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Central:
    """A thing with its links and its PageRank."""

    id: str
    name: str
    links: int
    pagerank: float


@dataclass(frozen=True)
class Step:
    """One link of a way, as the fact has it: it may be walked either way."""

    start: str
    start_name: str
    link: str
    end: str
    end_name: str
    fact: str


def graph(store: Store, classes: Sequence[str] = ()) -> "Graph[str]":
    """The property graph as networkx has it: properties on nodes and edges, keyed by fact.

    With `classes`, only things of these classes and the links between them.
    """
    store.facts()
    model = domain.model()
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in projection.nodes(store, model):
        if not classes or any(model.is_a(node.label, one) for one in classes):
            made.add_node(str(node.properties["id"]), label=node.label, **_plain(node.properties))
    for link in projection.relationships(store):
        if link.start in made and link.end in made:
            key = str(link.properties["fact"])
            made.add_edge(link.start, link.end, key, type=link.type, **_plain(link.properties))
    return made


def _plain(properties: object) -> dict[str, object]:
    return dict(properties) if isinstance(properties, dict) else {}


def flat_graph(store: Store) -> "Graph[str]":
    """The graph with nothing but texts, numbers and truth values, as GraphML and GEXF want it."""
    made = graph(store)
    for _, properties in made.nodes(data=True):
        _flatten(properties)
    for *_, properties in made.edges(data=True):
        _flatten(properties)
    return made


def _flatten(properties: dict[str, object]) -> None:
    for name, value in list(properties.items()):
        if isinstance(value, list | tuple):
            properties[name] = "; ".join(map(str, value))
        elif not isinstance(value, bool | int | float | str):
            properties[name] = str(value)


def components(store: Store, classes: Sequence[str] = ()) -> list[Component]:
    """The parts of the graph that hang together, the largest first."""
    made = graph(store, classes)
    found = []
    for part in nx.weakly_connected_components(made):
        best = sorted(part, key=lambda one: (-made.degree(one), one))[:5]
        names = tuple(str(made.nodes[one].get("name", "")) for one in best)
        found.append(Component(len(part), tuple(best), names))
    return sorted(found, key=lambda one: (-one.size, one.things))


def centrality(store: Store, classes: Sequence[str] = (), limit: int = 20) -> list[Central]:
    """The best-linked things by PageRank, over links as they point."""
    made = graph(store, classes)
    ranks = _pagerank(made)
    best = sorted(made, key=lambda one: (-ranks[one], one))[:limit]
    return [
        Central(one, str(made.nodes[one].get("name", "")), made.degree(one), round(ranks[one], 6))
        for one in best
    ]


def _pagerank(made: "Graph[str]", damping: float = 0.85, rounds: int = 100) -> dict[str, float]:
    """PageRank by power iteration; networkx's own needs numpy and scipy."""
    if not made:
        return {}
    share = 1 / len(made)
    ranks = dict.fromkeys(made, share)
    degree = dict(made.out_degree())
    for _ in range(rounds):
        idle = sum(ranks[one] for one in made if not degree[one])
        fresh = dict.fromkeys(made, (1 - damping) * share + damping * idle * share)
        for start, end in made.edges():
            fresh[end] += damping * ranks[start] / degree[start]
        moved = sum(abs(fresh[one] - ranks[one]) for one in made)
        ranks = fresh
        if moved < 1e-9 * len(made):
            break
    return ranks


def path(store: Store, start: str, end: str) -> list[Step]:
    """A shortest way between two things, whichever way the links point; of several the first.

    Raises InputError where there is none.
    """
    made = graph(store)
    for one in (start, end):
        if one not in made:
            raise InputError(f"{one} is not in the graph")
    try:
        ways = list(nx.all_shortest_paths(made.to_undirected(as_view=True), start, end))
    except nx.NetworkXNoPath:
        raise InputError(f"no way leads from {start} to {end}") from None
    return list(_steps(made, min(ways)))


def _steps(made: "Graph[str]", way: Sequence[str]) -> Iterator[Step]:
    for one, other in pairwise(way):
        links = [
            (key, start, end, data["type"])
            for start, end in ((one, other), (other, one))
            if made.has_edge(start, end)
            for key, data in made[start][end].items()
        ]
        key, start, end, kind = min(links)
        names = (str(made.nodes[each].get("name", "")) for each in (start, end))
        yield Step(start, next(names), kind, end, next(names), key)
