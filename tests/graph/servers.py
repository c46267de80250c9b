"""A real server for tests: the one that `scripts/test` starts, or that KG_TEST_NEO4J names."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.graph.neo4j.server import Address, Server

URI = os.environ.get("KG_TEST_NEO4J", "")
USER = os.environ.get("NEO4J_USERNAME", "")
PASSWORD = os.environ.get("NEO4J_PASSWORD", "")
LOGIN = {"KG_TEST_NEO4J": URI, "NEO4J_USERNAME": USER, "NEO4J_PASSWORD": PASSWORD}

if not URI and os.environ.get("CI") == "true":
    raise RuntimeError("no Neo4j for the tests: install Java 17 and Maven, or set KG_TEST_NEO4J")

_SCRIPT = Path(__file__).parents[2] / "scripts" / "neo4j"

needs_server = pytest.mark.skipif(not URI, reason="needs a Neo4j server: Java 17 and Maven")


def connect() -> Server:
    return Server(Address(URI, USER, PASSWORD))


def script(
    folder: Path, *arguments: str, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `scripts/neo4j` for a server of the caller's own; its password is that of the tests'."""
    return subprocess.run(
        [sys.executable, str(_SCRIPT), *arguments[:1], str(folder), *arguments[1:]],
        cwd=cwd, capture_output=True, text=True, check=False,
        env={**os.environ, "NEO4J_PASSWORD": PASSWORD},
    )  # fmt: skip


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def alone() -> Iterator[None]:
    """Have the server to oneself: tests run in several processes, and it has one database."""
    import fcntl

    with (Path(tempfile.gettempdir()) / "kg-test-server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def empty() -> None:
    """Take everything out of the database, constraints and indexes too."""
    with connect() as server, server.session(writes=True) as session:
        session.run(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS"
        ).consume()
        for row in list(session.run("SHOW CONSTRAINTS YIELD name")):
            session.run(f"DROP CONSTRAINT {row['name']}").consume()
        for row in list(session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")):
            session.run(f"DROP INDEX {row['name']}").consume()
