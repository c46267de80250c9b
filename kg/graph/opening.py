"""The graph of a store's present version: built when a question needs it, then only read."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import cast

from kg import fused
from kg.folders import in_progress, remove_stale
from kg.graph import Node, Rows, Value, View
from kg.graph.embedded import Embedded
from kg.graph.using import leave, released, use
from kg.store import Store
from kg.words import FULL_TEXT


class OwnGraph:
    """The store's own graph of the version that it shows, made when a query needs it; close it.

    What searches by words asks one with a full-text index beside it, which takes longer to make.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._opened: dict[bool, Embedded] = {}
        self.folder = folder_of(store)

    def ask(
        self, cypher: str, parameters: Mapping[str, Value], *, limit: int, timeout: float
    ) -> Rows:
        """As `kg.graph.Graph` says; raises StoreError where the graph cannot be made or read."""
        searches = FULL_TEXT in cypher
        given = {"index": _INDEX, **parameters} if "$index" in cypher else parameters
        return self.opened(searches).ask(cypher, given, limit=limit, timeout=timeout)

    def opened(self, searches: bool = False) -> Embedded:
        """The graph in its folder, built where it is not there yet."""
        if searches not in self._opened:
            folder = folder_of(self._store, searches)
            use(folder)
            remove_stale(folder.parent)
            graph = self._opened[searches] = Embedded(folder)
            if not folder.is_dir():
                shown = view(self._store, searches)
                graph.build(shown.schema, shown.nodes, shown.relationships)
                _tidy(folder)
        return self._opened[searches]

    def close(self) -> None:
        """Let go of the folders."""
        while self._opened:
            _, graph = self._opened.popitem()
            graph.close()
            leave(graph.folder)


def open_graph(store: Store) -> OwnGraph:
    """The graph of the version that the store shows, built; close it when done."""
    graph = OwnGraph(store)
    graph.opened()
    return graph


_NAMES = "names"
_INDEX = f"Entity[{_NAMES}]"
_SEARCHES = "-words"


def folder_of(store: Store, searches: bool = False) -> Path:
    """Where the graph of a version lies; another shape or another register is another folder."""
    shape = sha256((shape_hash() + store.register_hash).encode()).hexdigest()[:10]
    return store.folder / "graph" / f"{store.version}-{shape}{_SEARCHES if searches else ''}"


@lru_cache(maxsize=1)
def shape_hash() -> str:
    """Changes with the projection, the rules of fusing and the ontology."""
    projection = Path(__file__).with_name("projection.py").read_bytes()
    return sha256(projection + fused.rules_hash().encode()).hexdigest()


def view(store: Store, searches: bool = False) -> View:
    """The graph of the version that the store shows; to be searched, nodes have all their names."""
    # what only this needs is not paid for by a question that finds its graph ready
    from kg import domain
    from kg.graph import projection

    store.facts()
    model = domain.model()
    shown, found = projection.schema(model), projection.nodes(store, model)
    if searches:
        shown, found = replace(shown, searched=_NAMES), map(_with_names, found)
    return View(shown, found, projection.relationships(store))


def _with_names(node: Node) -> Node:
    said = node.properties
    names = [said.get("name"), said.get("name_en"), *cast("list[str]", said.get("aliases", []))]
    return node._replace(properties={**said, _NAMES: "\n".join(str(one) for one in names if one)})


def _tidy(present: Path) -> None:
    """Remove the graphs of other versions that nobody uses."""
    making = set(in_progress(present))
    shape = present.name.removesuffix(_SEARCHES)
    for folder in present.parent.iterdir():
        known = folder.name.removesuffix(_SEARCHES) == shape or folder.name.startswith(".")
        if folder.is_dir() and not known and folder not in making:
            released(folder)
