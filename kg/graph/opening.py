"""The graph of a store's present version: built when a question needs it, then only read."""

from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from kg.graph.embedded import Embedded
from kg.graph.folders import in_progress, remove_stale
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
    seen = sha256()
    for package, pattern in (
        ("ontology", "*.py"),
        ("kg", "facts.*"),
        ("kg.graph", "projection.py"),
    ):
        spec = find_spec(package)
        for location in (spec.submodule_search_locations or ()) if spec else ():
            for path in sorted(Path(location).glob(pattern)):
                seen.update(path.read_bytes())
    return seen.hexdigest()


def _build(store: Store, graph: Embedded) -> None:
    # what only building needs is not paid for by a question that finds its graph ready
    from kg import domain
    from kg.graph import projection

    store.facts()
    model = domain.model()
    graph.build(
        projection.schema(model), projection.nodes(store, model), projection.relationships(store)
    )


def _tidy(present: Path) -> None:
    """Remove the graphs of other versions that nobody uses."""
    making = set(in_progress(present))
    for folder in present.parent.iterdir():
        old = folder.is_dir() and folder != present and not folder.name.startswith(".")
        if old and folder not in making:
            released(folder)
