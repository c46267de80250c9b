"""A small graph, ways to ask it, and Python processes that ask it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kg.graph import Node, Relationship, Rows, Schema, Value
from kg.graph.embedded import Embedded

SCHEMA = Schema(
    {"Entity": None, "Organisation": "Entity", "Agency": "Organisation", "Policy": "Entity"},
    ("IMPLEMENTS", "ISSUED_BY"),
)

NODES = [
    Node("Agency", {"id": "agency:nda", "name": "国家数据局", "aliases": ["数据局", "😀"]}),
    Node("Policy", {"id": "policy:p1", "weight": 2, "dated_from": date(2022, 12, 2)}),
    Node("Policy", {"id": "policy:p2", "weight": 2.5, "dated_from": date(2024, 1, 5)}),
    Node("Policy", {"id": "policy:p3", "weight": 10**12, "dated_from": None, "done": True}),
]

RELATIONSHIPS = [
    Relationship("IMPLEMENTS", "policy:p2", "policy:p1", {"fact": "f1", "from": date(2024, 1, 5)}),
    Relationship("IMPLEMENTS", "policy:p3", "policy:p2", {"fact": "f2"}),
    Relationship("ISSUED_BY", "policy:p2", "agency:nda", {"fact": "f3", "sources": 2}),
]


def ask(
    graph: Embedded, cypher: str, parameters: Mapping[str, Value] | None = None, limit: int = 100
) -> Rows:
    return graph.ask(cypher, parameters or {}, limit=limit, timeout=30)


def run(
    program: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """A Python process of its own, in which this checkout can be imported."""
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(root), **(env or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
