"""A second server that speaks Bolt: ArcadeDB, from the package of the embedded engine."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import InputError, QueryError
from kg.graph.neo4j.marker import published
from kg.graph.neo4j.server import Address, Server
from kg.names import search
from tests.commands import environment, run
from tests.graph.arcade import DATABASE, PASSWORD, USER
from tests.graph.servers import free_port
from tests.stores import put, write

LOGIN = {"NEO4J_USERNAME": USER, "NEO4J_PASSWORD": PASSWORD}


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of this module's own."""
    folder, port = tmp_path_factory.mktemp("arcade"), free_port()
    command = [sys.executable, "-m", "tests.graph.arcade", str(folder / "db"), str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, str(free_port())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            text=True, cwd=folder, env=environment(PYTHONPATH=str(Path(__file__).parents[2])),
        )  # fmt: skip
    assert process.stdout and process.stdin
    try:
        while (line := process.stdout.readline()) and line.strip() != "ready":
            pass
        assert line, (folder / "log").read_text()
        yield f"bolt://127.0.0.1:{port}"
    finally:
        process.communicate(timeout=60)


@pytest.fixture
def server(uri: str) -> Iterator[Server]:
    with Server(Address(uri, USER, PASSWORD, DATABASE)) as server:
        with server.session(writes=True) as session:
            session.run("MATCH (n) DETACH DELETE n").consume()
        yield server


def publish(home: Path, server: Server, evidence: bool | None = None) -> tuple[int, ...]:
    with kg.open(home / ".kg") as store:
        sent = store.publish(
            server.address.uri, user=USER, password=PASSWORD, database=DATABASE, evidence=evidence
        )
    return sent.nodes, sent.relationships, sent.nodes_removed, sent.relationships_removed


def test_the_saved_questions_have_their_answers_there(
    server: Server, copied: Callable[[], Path]
) -> None:
    home = copied()
    assert min(publish(home, server)[:2]) > 500 and publish(home, server) == (0, 0, 0, 0)
    command = ("query", "--check", "--json", "--graph", server.address.uri, "--database", DATABASE)
    ended = run(*command, cwd=home, env=LOGIN)
    assert [row for row in ended.json() if row["result"] != "ok"] == []
    assert "keeps no time limit" in ended.err and len(ended.err.splitlines()) == 1


def test_what_changed_is_sent_and_what_has_gone_is_removed(server: Server, tmp_path: Path) -> None:
    def agencies(*rows: str) -> None:
        head = "agency_id,name_zh,province_id"
        put(tmp_path, write(tmp_path / "agencies.csv", "\n".join((head, *rows))))

    agencies("agency:a,甲数据局,province:43", "agency:b,乙数据局,province:32")
    publish(tmp_path, server, evidence=True)
    agencies("agency:a,丙数据局,province:43")
    assert publish(tmp_path, server) == (1, 0, 2, 1) and published(server).version == "v2"
    text = """MATCH (a:Agency)<-[:ABOUT]-(s:Statement {property: 'name'})-[:READ_IN]->(:Document)
        RETURN a.name AS name, s.original AS said"""
    assert server.ask(text, {}, limit=9, timeout=9).rows == (("丙数据局", "丙数据局"),)
    links = "MATCH (:Agency)-[r:LOCATED_IN]->() RETURN r"
    ((link,),) = server.ask(links, {}, limit=9, timeout=9).rows
    assert isinstance(link, dict) and (link["start"], link["end"]) == ("agency:a", "province:43")
    publish(tmp_path, server, evidence=False)
    rest = server.ask("MATCH (n) WHERE NOT n:Entity RETURN labels(n) AS l", {}, limit=9, timeout=9)
    assert rest.rows == ((["KgStore"],),)


def test_what_a_query_writes_is_undone(server: Server) -> None:
    server.ask("CREATE (n:Thing {id: 'x'}) RETURN n.id AS id", {}, limit=9, timeout=9)
    assert server.ask("MATCH (n:Thing) RETURN n.id AS id", {}, limit=9, timeout=9).rows == ()


def test_a_wrong_query_is_said_in_one_line(server: Server) -> None:
    with pytest.raises(QueryError) as error:
        server.ask("MATCH (n RETURN n", {}, limit=9, timeout=9)
    assert "\n" not in str(error.value)


def test_a_server_without_full_text_search_is_said(server: Server) -> None:
    with pytest.raises(InputError, match="no full-text search there"):
        search(server, "数据")
