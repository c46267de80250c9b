"""The graph of a store's present version: built when a question needs it, then only read."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from kg import fused
from kg.folders import in_progress, remove_stale
from kg.graph import View
from kg.graph.embedded import Embedded
from kg.graph.using import released, use
from kg.store import Store


def open_graph(store: Store) -> Embedded:
    """The embedded graph of the version that the store shows; close it when done."""
    folder = folder_of(store)
    use(folder)
    remove_stale(folder.parent)
    graph = Embedded(folder)
    if not folder.is_dir():
        _build(store, graph)
        _tidy(folder)
    return graph


def folder_of(store: Store) -> Path:
    """Where the graph of a version lies; another shape or another register is another folder."""
    shape = sha256((shape_hash() + store.register_hash).encode()).hexdigest()[:10]
    return store.folder / "graph" / f"{store.version}-{shape}"


@lru_cache(maxsize=1)
def shape_hash() -> str:
    """Changes with the projection, the rules of fusing and the ontology."""
    projection = Path(__file__).with_name("projection.py").read_bytes()
    return sha256(projection + fused.rules_hash().encode()).hexdigest()


def view(store: Store) -> View:
    """The graph of the version that the store shows."""
    # what only this needs is not paid for by a question that finds its graph ready
    from kg import domain
    from kg.graph import projection

    store.facts()
    model = domain.model()
    return View(
        projection.schema(model),
        projection.nodes(store, model),
        projection.relationships(store),
    )


def _build(store: Store, graph: Embedded) -> None:
    shown = view(store)
    graph.build(shown.schema, shown.nodes, shown.relationships)


def _tidy(present: Path) -> None:
    """Remove the graphs of other versions that nobody uses."""
    making = set(in_progress(present))
    for folder in present.parent.iterdir():
        old = folder.is_dir() and folder != present and not folder.name.startswith(".")
        if old and folder not in making:
            released(folder)
