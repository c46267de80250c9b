"""Publishing to a fresh Neo4j server beside bare batches of MERGE with its driver.

Usage: python -m bench.publishing [STATEMENTS] [--rounds N] [-o FILE]

Needs Java 17 and Maven. A million statements are 100,000 nodes and 380,000 relationships. The peer
gets the same properties, ready in memory, one label and one constraint; it writes no marks,
compares nothing and makes no full-text index.
"""

import argparse
import json
import os
import platform
import resource
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.generate import statements
from kg.ahead import batched
from kg.api import KnowledgeGraph
from kg.graph.opening import view
from kg.statement import Statement, statement_id
from kg.store.change import commit
from kg.store.columns import Staging

_SCRIPT = Path(__file__).parent.parent / "scripts" / "neo4j"
_BATCH = 5_000
_BARS = {
    "kg publish": "≤ 1.15 × bare, < 300 MB",
    "nothing changed": "",
    "0.1 % changed": "< 0.1 × kg publish",
    "files and import": "≥ 1.4 × as fast as kg publish",
}


def bare(store: KnowledgeGraph, uri: str) -> float:
    """What a script with the driver would do; the rows are made before the clock starts."""
    from neo4j import GraphDatabase

    shown = view(store)
    nodes = [{"id": one.key, "said": dict(one.properties)} for one in shown.nodes]
    links: dict[str, list[dict[str, Any]]] = {}
    for one in shown.relationships:
        row = {"a": one.start, "b": one.end, "fact": one.key, "said": dict(one.properties)}
        links.setdefault(one.type, []).append(row)
    merge = "UNWIND $rows AS row MERGE (n:Entity {id: row.id}) SET n += row.said"
    tie = (
        "UNWIND $rows AS row MATCH (a:Entity {id: row.a}) MATCH (b:Entity {id: row.b}) "
        "MERGE (a)-[r:`%s` {fact: row.fact}]->(b) SET r += row.said"
    )
    began = perf_counter()
    with GraphDatabase.driver(uri) as driver, driver.session() as session:
        text = "CREATE CONSTRAINT one FOR (n:Entity) REQUIRE n.id IS UNIQUE"
        session.run(text).consume()
        work = chain([(merge, nodes)], ((tie % kind, rows) for kind, rows in links.items()))
        for text, rows in work:
            for batch in batched(rows, _BATCH):
                session.execute_write(_consumed, text, batch)
    return perf_counter() - began


def _consumed(transaction: Any, text: str, rows: list[dict[str, Any]]) -> None:
    transaction.run(text, rows=rows).consume()


def prepare(store: KnowledgeGraph, _: str) -> float:
    """Make all that a first publication sends, and send nothing: what `kg` itself takes."""
    from kg.graph.neo4j.publish import messages
    from kg.graph.parts import outline, parts

    began, shape = perf_counter(), outline()
    for part in parts(store, False):
        part.marks.compare({}, lambda groups: ())
        for _message in messages(part, shape):
            pass
    return perf_counter() - began


def publish(store: KnowledgeGraph, uri: str) -> float:
    """Bring the server to the state of the store."""
    began = perf_counter()
    store.publish(uri)
    return perf_counter() - began


def files(store: KnowledgeGraph, folder: str) -> float:
    """Write the files, and let the admin tool import them into a server that does not run."""
    began = perf_counter()
    store.publish_files(Path(folder) / "files")
    command = [sys.executable, str(_SCRIPT), "admin", folder, "database", "import", "full"]
    subprocess.run(
        [*command, "neo4j", "@import.args"], cwd=Path(folder) / "files", check=True,
        capture_output=True,
    )  # fmt: skip
    return perf_counter() - began


def change(store: KnowledgeGraph, count: str) -> float:
    """Load a document that changes so many nodes, and ties as many."""
    with store.room():
        staging = Staging(store.connection)
        staging.add(_changes(int(count)))
        staging.document("made/change.csv", "0", "made", "1", "", "2026-01-02T00:00:00+00:00", 0)
        staging.flush()
        commit(store, ["made/change.csv"], [], write=True)
    store.facts()
    return 0


def _changes(count: int) -> Iterator[Statement]:
    for number, one in enumerate(statements(count)):
        link = number % 2 == 1
        said = {"property": "implements", "kind": "link", "lang": ""} if link else {
            "property": "note", "kind": "text", "lang": ""
        }  # fmt: skip
        value = f"policy:e{number + count}" if link else f"变更{number}"
        made = one._replace(**said, value_key=value, original=value, document="made/change.csv")
        yield made._replace(
            id=statement_id(
                made.document, made.source, made.subject_key, made.property, value, "",
                (None, None, None, None),
            )
        )  # fmt: skip


STAGES: dict[str, Callable[[KnowledgeGraph, str], float]] = {
    "bare": bare, "prepare": prepare, "publish": publish, "files": files, "change": change,
}  # fmt: skip


def _stage(stage: str, store: Path, where: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.publishing", "--stage", stage, str(store), where]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


@contextmanager
def _server() -> Iterator[str]:
    """A fresh server, by its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
        one.close()
        command = [sys.executable, str(_SCRIPT)]
        done = subprocess.run(
            [*command, "start", folder, str(port)], capture_output=True, text=True, check=True
        )
        try:
            yield done.stdout.strip()
        finally:
            subprocess.run([*command, "stop", folder], check=True)


def _round(store: Path, size: int) -> dict[str, dict[str, float]]:
    """Each way once; the store is changed for the last and made anew by the caller."""
    took = {}
    with _server() as uri:
        took["bare MERGE"] = _stage("bare", store, uri)
    with _server() as uri:
        took["kg publish"] = _stage("publish", store, uri)
        took["nothing changed"] = _stage("publish", store, uri)
        _stage("change", store, str(size // 2000))
        took["0.1 % changed"] = _stage("publish", store, uri)
    with tempfile.TemporaryDirectory() as folder:
        took["files and import"] = _stage("files", store, folder)
    return took


def main() -> None:
    """Run all rounds and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.publishing")
    parser.add_argument("statements", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("-o", dest="out", default="docs/bench-publishing.md", type=Path)
    given = parser.parse_args()
    rounds = []
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as folder:
            for stage in ("load", "fuse"):
                made = [sys.executable, "-m", "bench.stage", stage, str(given.statements), folder]
                subprocess.run(made, check=True, capture_output=True)
            rounds.append(_round(Path(folder) / ".kg", given.statements))
    given.out.write_text(_table(rounds, given.statements), encoding="utf-8")
    print(given.out.read_text(encoding="utf-8"))


def _table(rounds: list[dict[str, dict[str, float]]], size: int) -> str:
    middle = {
        name: {key: median(one[name][key] for one in rounds) for key in rounds[0][name]}
        for name in rounds[0]
    }
    lines = [
        "# Publishing to Neo4j",
        "",
        f"Made by `python -m bench.publishing` on {platform.machine()}, {os.cpu_count()} cores, "
        f"{platform.system()}; Neo4j 5.26.30, driver {version('neo4j')}; {size} statements, "
        f"median of {len(rounds)}.",
        "",
        "Bare MERGE gets the same properties ready in memory, with one label and one constraint;",
        f"batches of {_BATCH} rows for both. Each way starts on a fresh server; `CPU s` and",
        "`peak MB` are of the process that sends.",
        "",
        "| way | wall s | × bare | × kg publish | CPU s | peak MB | bar |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    first, ours = middle["bare MERGE"]["wall"], middle["kg publish"]["wall"]
    for name, took in middle.items():
        wall = took["wall"]
        lines.append(
            f"| {name} | {wall:.1f} | {wall / first:.2f} | {wall / ours:.2f} | {took['cpu']:.1f} "
            f"| {took['rss']:.0f} | {_BARS.get(name, '')} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stage"]:
        _, _, stage, folder, where = sys.argv
        with KnowledgeGraph(Path(folder)) as opened:
            wall = STAGES[stage](opened, where)
        usage = resource.getrusage(resource.RUSAGE_SELF)
        rss = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
        print(json.dumps({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "rss": rss}))
    else:
        main()
