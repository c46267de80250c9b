"""The tests' server, empty and for one test alone."""

from collections.abc import Iterator

import pytest

from kg.graph.neo4j.server import Server
from tests.graph.servers import alone, connect, empty


@pytest.fixture
def server() -> Iterator[Server]:
    with alone():
        empty()
        with connect() as server:
            yield server
