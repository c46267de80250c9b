"""The tests' server, empty and for one test alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph.embedded import Embedded
from kg.graph.neo4j.server import Server
from tests.graph.servers import alone, connect, empty
from tests.graph.small import NODES, RELATIONSHIPS, SCHEMA


@pytest.fixture
def server() -> Iterator[Server]:
    with alone():
        empty()
        with connect() as server:
            yield server


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph") / "v1"
    Embedded(folder).build(SCHEMA, NODES, RELATIONSHIPS)
    return folder


@pytest.fixture
def graph(folder: Path) -> Iterator[Embedded]:
    with Embedded(folder) as graph:
        yield graph
