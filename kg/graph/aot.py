"""The ahead-of-time cache: what Java would otherwise find out anew at each start.

A question from the shell takes half the CPU time with it. It is made once for an installation,
by a child process that does what a first question does.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import kg
from kg import folders
from kg.errors import KgError
from kg.graph import Node, Relationship, Schema, Value, jvm
from kg.graph.embedded import Embedded

_LONGEST = 120
_KEPT = 3


def ensure_cache() -> None:
    """Make the cache unless it is there or being made; takes some 3 s, and never raises.

    Where it cannot be made (a folder that cannot be written, a Java that cannot), Java starts
    without it, and a failed training is not tried again for the same installation.
    """
    with suppress(OSError, KgError, subprocess.SubprocessError):
        file = jvm.cache_file()
        if not (file.exists() or _failed(file).exists() or folders.being_made(file)):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folders.remove_stale(file.parent)
            _remove_old(file.parent)
            _make(file)


def begin() -> None:
    """Let a process of its own make the cache, unless it is there; nobody waits for it."""
    with suppress(OSError, KgError):
        if jvm.cache_file().exists() or _failed(jvm.cache_file()).exists():
            return
        subprocess.Popen(
            [sys.executable, "-m", "kg.graph.aot"],
            env=os.environ | {"PYTHONPATH": _python_path()},
            cwd=jvm.cache_file().anchor,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def _make(file: Path) -> None:
    with folders.making(file) as work:
        made = work / "cache"
        try:
            _run_child(made)
        except subprocess.SubprocessError:
            _failed(file).touch()
            raise
        folders.rename(made, file)


def _run_child(made: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "kg.graph.aot", str(made)],
        env=os.environ | {"PYTHONPATH": _python_path()},
        cwd=made.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_LONGEST,
        check=True,
    )


def _failed(file: Path) -> Path:
    return file.with_suffix(".failed")


def _remove_old(folder: Path) -> None:
    """Caches of other installations pile up at 40 MB each; keep the newest."""
    files = sorted(folder.glob("*.aot"), key=lambda file: file.stat().st_mtime)
    for file in files[:-_KEPT]:
        file.unlink(missing_ok=True)


def _python_path() -> str:
    # The child starts in another folder and must find the same kg.
    root = str(Path(str(kg.__file__)).resolve().parent.parent)
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))


def train(made: Path) -> None:
    """What a first question does, with Java taking notes; it writes `made` when it ends."""
    jvm.start(f"-XX:AOTCacheOutput={made}")
    graph = Embedded(made.with_name("graph"))
    graph.build(_SCHEMA, _NODES, _RELATIONSHIPS)
    for _ in range(2):
        with graph:
            for question in _QUESTIONS:
                graph.ask(question, _PARAMETERS, limit=100, timeout=30)


_SCHEMA = Schema(
    {"Entity": None, "Organisation": "Entity", "Agency": "Organisation", "Policy": "Entity"},
    ("IMPLEMENTS", "ISSUED_BY"),
)
_NODES = [
    Node("Agency", {"id": "a", "name": "国家数据局", "aliases": ["数据局"], "level": 1.0}),
    *(
        Node("Policy", {"id": f"p{i}", "name": f"数据政策{i}", "dated_from": date(2023, 1, i + 1)})
        for i in range(8)
    ),
]
_FACT: Mapping[str, Value] = {"fact": "f", "sources": 2, "from_earliest": date(2023, 1, 1)}
_RELATIONSHIPS = [
    *(Relationship("IMPLEMENTS", f"p{i}", f"p{i // 2}", _FACT) for i in range(1, 8)),
    *(Relationship("ISSUED_BY", f"p{i}", "a", _FACT) for i in range(8)),
]
_PARAMETERS: Mapping[str, Value] = {"id": "p0", "day": date(2023, 1, 3), "ids": ["p1", "p2"]}
_QUESTIONS = (
    """MATCH (p:Policy)-[r:IMPLEMENTS]->(:Policy {id: $id})
    OPTIONAL MATCH (p)-[i:ISSUED_BY]->(o:Organisation)
    WITH p, r, collect(DISTINCT o.name) AS issuers, collect(i.fact) AS facts
    RETURN p.id AS id, p.name AS name, toString(p.dated_from) AS dated, issuers,
        CASE WHEN p.dated_from >= $day THEN 'new' ELSE 'old' END AS age,
        [r.fact, p.id + '#dated'] + facts AS cites
    ORDER BY p.dated_from DESC, p.id LIMIT 20""",
    """MATCH path = (p:Policy)-[:IMPLEMENTS*1..4]->(top:Policy {id: $id})
    WHERE all(r IN relationships(path) WHERE coalesce(r.from_earliest, date('2000-01-01')) <= $day)
    RETURN p.id AS id, [n IN nodes(path) | n.name] AS names, length(path) AS steps,
        reduce(total = 0, r IN relationships(path) | total + r.sources) AS sources
    ORDER BY steps, id""",
    """MATCH (o:Organisation)<-[r:ISSUED_BY]-(p:Policy)
    WHERE p.id IN $ids OR p.name CONTAINS '政策' AND NOT EXISTS { MATCH (p)-[:IMPLEMENTS]->(p) }
    WITH o, count(DISTINCT p) AS n, min(p.dated_from) AS first, avg(r.sources) AS mean
    WHERE n > 0 RETURN o.id AS id, n, first, first.year AS year, round(mean, 2) AS mean,
        labels(o) AS labels, duration.inDays(first, $day).days AS days""",
    "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n UNION MATCH (n:Agency) RETURN n",
    "MATCH p = shortestPath((a:Policy {id: $id})-[*..6]-(b:Policy {id: 'p7'})) RETURN p",
    "MATCH (n:Entity) WHERE n.name = $id RETURN n.id AS id",
)

if __name__ == "__main__":
    if len(sys.argv) > 1:
        train(Path(sys.argv[1]))
    else:
        ensure_cache()
