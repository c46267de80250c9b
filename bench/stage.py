"""One stage of the measurement, in a process of its own: it prints what it took as JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.generate import PER_DOCUMENT, documents, statements, table
from kg import domain
from kg.store import Store
from kg.store.change import commit
from kg.store.columns import Staging


def generate(store: Store, count: int) -> None:
    """Only make the statements: what the other loading stages spend beside their work."""
    for _ in statements(count):
        pass


def load(store: Store, count: int) -> None:
    """Put parsed statements into an empty store."""
    _put(store, count, documents(count), seed=7)


def replace(store: Store, count: int) -> None:
    """Replace one document of 10,000 statements by others."""
    _put(store, PER_DOCUMENT, documents(PER_DOCUMENT), seed=8)


def _put(store: Store, count: int, names: list[str], seed: int) -> None:
    with store.room():
        staging = Staging(store.connection)
        staging.add(statements(count, seed))
        for name in names:
            staging.document(name, str(seed), "made", "1", "", "2026-01-01T00:00:00+00:00", 0)
        staging.flush()
        commit(store, names, [], write=True)


def fuse(store: Store, count: int) -> None:
    """Make the facts."""
    store.facts()


def graph(store: Store, count: int) -> None:
    """Build the embedded graph from ready facts."""
    from kg.graph.opening import open_graph

    open_graph(store).close()


def nquads(store: Store, count: int) -> None:
    """Write N-Quads with named graphs."""
    from kg.rdf import export

    export(store, "nquads", store.folder.parent / "made.nq")


def file(store: Store, count: int) -> None:
    """Write one CSV file of so many rows, and load it as `kg load` does."""
    from kg.load import load as load_paths

    report = load_paths(store, [table(store.folder.parent / "made.csv", count)])
    if report.problems or report.documents != 1:
        raise SystemExit(f"the file was not read: {report.problems[:1]}")


STAGES: dict[str, Callable[[Store, int], None]] = {
    "generate": generate, "load": load, "replace": replace, "fuse": fuse, "graph": graph,
    "nquads": nquads, "file": file,
}  # fmt: skip


def main(stage: str, count: int, folder: Path) -> None:
    """Run a stage and print its CPU seconds, wall seconds and memory."""
    with Store(folder / ".kg") as store:
        if stage == "nquads":
            _ready(store)
        before = _memory()
        cpu, wall = time.process_time(), time.perf_counter()
        STAGES[stage](store, count)
        took = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps({**took, "rss": _memory(), "over": _memory() - before}))


def _ready(store: Store) -> None:
    """Import what an export imports, and open the store: its libraries are in memory then."""
    import kg.facts
    import kg.rdf  # noqa: F401

    domain.model()
    store.facts()


def _memory() -> float:
    """Peak resident memory in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
