"""Publishing to a real Neo4j, and asking there."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import QueryError, StoreError
from kg.graph import Relationship
from kg.graph.neo4j import cypher
from kg.graph.neo4j.marker import published
from kg.graph.neo4j.publish import _Publication
from kg.graph.neo4j.server import Address, Server
from kg.graph.parts import outline
from kg.names import search
from tests.commands import environment, run
from tests.graph.publishing import SLOWLY, agencies, publish, there, wanted
from tests.graph.servers import (
    LOGIN,
    PASSWORD,
    URI,
    USER,
    free_port,
    needs_server,
)  # fmt: skip
from tests.stores import put, write

pytestmark = needs_server


def test_the_server_has_what_the_store_says(server: Server, copied: Callable[[], Path]) -> None:
    home = copied()
    sent = publish(home)
    assert sent[0] > 500 and sent[1] > 600 and sent[2:] == (0, 0, 0)
    assert there(server) == wanted(home)
    assert published(server).version == "v1"


def test_publishing_again_sends_only_what_changed_and_removes_what_has_gone(
    server: Server, tmp_path: Path
) -> None:
    rows = [
        "agency:a,甲数据局,province:43,2024-01-05,agency:b",
        "agency:b,乙数据局,province:43,,",
        "agency:c,丙数据局,province:32,,",
    ]
    agencies(tmp_path, *rows)
    publish(tmp_path)
    assert publish(tmp_path)[:4] == (0, 0, 0, 0)
    agencies(tmp_path, "agency:a,甲数据局,province:43,,agency:b", rows[1])
    nodes, links, nodes_gone, links_gone, _ = publish(tmp_path)
    assert (nodes, nodes_gone, links_gone) == (1, 2, 1) and links <= 1
    assert there(server) == wanted(tmp_path) and published(server).version == "v2"


def test_what_others_keep_in_the_database_stays(server: Server, tmp_path: Path) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,", "agency:b,乙数据局,province:43,,")
    publish(tmp_path)
    with server.session(writes=True) as session:
        session.run(
            "MATCH (a:Agency {id: 'agency:a'}) MATCH (b:Agency {id: 'agency:b'}) "
            "SET a.seen = 'mine' CREATE (b)<-[:MINE {fact: 'x'}]-(:Note {id: 'note'})"
        ).consume()
    agencies(tmp_path, "agency:a,甲省数据局,province:43,,")
    publish(tmp_path)
    with server.session() as session:
        row = session.run("MATCH (a:Agency) RETURN a.name AS name, a.seen AS seen").single()
        assert row and (row["name"], row["seen"]) == ("甲省数据局", "mine")
        kept = session.run("MATCH (:Note)-[r:MINE]->(n) RETURN n.id AS id, labels(n) AS l").single()
        assert kept and (kept["id"], kept["l"]) == ("agency:b", ["KgKept"])
    nodes = there(server)[0]
    assert nodes["agency:a"][1].pop("seen") == "mine"
    assert nodes == wanted(tmp_path)[0]


def test_a_node_that_stayed_for_somebody_is_taken_up_again_when_its_id_comes_back(
    server: Server, tmp_path: Path
) -> None:
    rows = ("agency:a,甲数据局,province:43,,", "agency:b,乙数据局,province:43,2024-01-05,")
    agencies(tmp_path, *rows)
    publish(tmp_path, evidence=True)
    with server.session(writes=True) as session:
        session.run(
            "MATCH (b {id: 'agency:b'}) SET b.seen = 'mine' CREATE (b)<-[:MINE]-(:Note) "
            "WITH b MATCH (s:Statement)-[:ABOUT]->(b) CREATE (s)<-[:MINE]-(:Note)"
        ).consume()
    for again in (rows[:1], (rows[0], "agency:b,丙数据局,province:43,,")):
        agencies(tmp_path, *again)
        publish(tmp_path)
    nodes = there(server)[0]
    assert nodes["agency:b"][1].pop("seen") == "mine"
    assert nodes == wanted(tmp_path)[0] and publish(tmp_path)[:4] == (0, 0, 0, 0)
    text = """MATCH (n {id: 'agency:b'}) RETURN count(n) AS n, COUNT { (:Note)-[:MINE]->(n) } AS m
        UNION ALL MATCH (s:Statement) WITH s.id AS id, count(*) AS n WHERE n > 1
        RETURN id AS n, n AS m"""
    assert server.ask(text, {}, limit=9, timeout=9).rows == ((1, 1),)


@pytest.mark.parametrize("label", ["Entity", "Policy", "Statement"])
def test_a_database_that_uses_a_label_of_ours_is_refused(
    server: Server, tmp_path: Path, label: str
) -> None:
    with server.session(writes=True) as session:
        session.run(f"CREATE (:{label} {{id: 'mine'}})").consume()
    agencies(tmp_path, "agency:a,甲数据局,province:43,,")
    with pytest.raises(StoreError, match=rf"named as ours are \(mine, {label}\): publish into"):
        publish(tmp_path, evidence=label == "Statement")
    assert server.ask("MATCH (n) RETURN count(n) AS n", {}, limit=1, timeout=9).rows == ((1,),)


def test_a_dry_run_counts_and_sends_nothing(server: Server, tmp_path: Path) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,")
    counted = publish(tmp_path, dry_run=True)
    assert there(server) == ({}, {}) and published(server).version == ""
    assert publish(tmp_path) == counted


@pytest.mark.parametrize("nodes", [0, 1, 400])
def test_a_publication_that_was_killed_is_completed_by_the_next(
    server: Server, copied: Callable[[], Path], nodes: int
) -> None:
    home = copied()
    process = subprocess.Popen(
        [sys.executable, "-c", SLOWLY, "publish", URI], cwd=home, env=environment(**LOGIN)
    )
    while not _begun(server, nodes):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert published(server).version == "" and there(server) != wanted(home)
    publish(home)
    assert there(server) == wanted(home) and published(server).version == "v1"


def test_a_thing_that_takes_the_place_of_one_that_says_the_same_is_sent(
    server: Server, tmp_path: Path
) -> None:
    """Both ids lie in one group of marks: sums of what things say alone would be equal."""
    for key in ("zz0", "zz7883"):
        put(tmp_path, write(tmp_path / "policies.csv", f"policy_id,title\npolicy:{key},某办法"))
        publish(tmp_path)
        assert there(server) == wanted(tmp_path) and f"policy:{key}" in there(server)[0]


def test_relationships_of_others_stay_and_one_of_a_type_of_ours_is_refused(
    server: Server, tmp_path: Path
) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,", "agency:b,乙数据局,province:43,,")
    with server.session(writes=True) as session:
        session.run("CREATE (:My {id: 'm'})-[:CARRIES {kg: 70, fact: 'f'}]->(:My)").consume()
        publish(tmp_path)
        found = session.run("MATCH (:My)-[r:CARRIES]->() RETURN r.kg AS kg").single()
        assert found and found["kg"] == 70
        session.run(
            "MATCH (a:Agency {id: 'agency:a'}) MATCH (b:Agency {id: 'agency:b'}) "
            "CREATE (a)-[:PREDECESSOR {note: 'mine'}]->(b)"
        ).consume()
    with pytest.raises(StoreError, match=r"relationships of its own .*agency:a to agency:b, PREDE"):
        publish(tmp_path)


def test_a_publication_that_another_overtakes_says_so_and_leaves_the_other_whole(
    server: Server, tmp_path: Path
) -> None:
    rows = [f"agency:a{n},某局{n},province:43,,agency:a{n + 1}" for n in range(300)]
    agencies(tmp_path, *rows)
    command = [sys.executable, "-c", SLOWLY, "publish", URI]
    slow = subprocess.Popen(
        command, cwd=tmp_path, env=environment(**LOGIN), stderr=subprocess.PIPE, text=True
    )
    while not _begun(server, 50):
        assert slow.poll() is None
    publish(tmp_path)
    said = slow.communicate(timeout=60)[1]
    assert slow.returncode == 3 and "another publication into the same database has begun" in said
    assert there(server) == wanted(tmp_path) and published(server).version == "v1"


def test_a_relationship_that_has_lost_an_end_is_said_and_its_batch_undone(server: Server) -> None:
    link = Relationship("IMPLEMENTS", "policy:none", "policy:gone", {"fact": "fact:1"})
    with server.session(writes=True) as session:
        for text in cypher.TAKE:
            session.run(text, run="mine").consume()
        work = _Publication(session, True, (), False, lambda done, total: None, "mine")
        with pytest.raises(StoreError, match="1 relationships have lost an end"):
            rows = [cypher.row((link, 1, False), outline())]
            work._send(cypher.message((link.type, False), rows, outline()))


def test_two_publications_at_a_time_make_nothing_twice(server: Server, tmp_path: Path) -> None:
    rows = [f"agency:a{n},某局{n},province:43,,agency:a{n + 1}" for n in range(300)]
    agencies(tmp_path, *rows)
    command = [sys.executable, "-c", SLOWLY, "publish", URI]
    started = [subprocess.Popen(command, cwd=tmp_path, env=environment(**LOGIN)) for _ in range(2)]
    assert 0 in [process.wait(timeout=120) for process in started]
    publish(tmp_path)
    assert there(server) == wanted(tmp_path)
    with server.session() as session:
        found = session.run("MATCH ()-[r]->() RETURN count(r) AS n").single()
    assert found and found["n"] == len(wanted(tmp_path)[1]) >= 300


def test_a_relationship_that_lost_its_mark_is_taken_back(server: Server, tmp_path: Path) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,agency:b", "agency:b,乙数据局,province:43,,")
    publish(tmp_path)
    with server.session(writes=True) as session:
        session.run("MATCH ()-[r]->() SET r.kg = NULL").consume()
    assert publish(tmp_path)[:2] == (0, len(wanted(tmp_path)[1]))
    assert there(server) == wanted(tmp_path)


def test_what_others_change_in_things_of_ours_is_found_by_reading_all_back(
    server: Server, tmp_path: Path
) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,2024-01-05,")
    publish(tmp_path, evidence=True)
    assert publish(tmp_path, deep=True)[:4] == (0, 0, 0, 0)
    with server.session(writes=True) as session:
        session.run(
            "MATCH (a {id: 'agency:a'})-[r:LOCATED_IN]->(b) SET a.seen = 'mine', "
            "a.unveiled_to = date('2025-01-01'), b.name_en = 'His', r.status = 'his' "
            "REMOVE b:Province"
        ).consume()
    assert publish(tmp_path)[:4] == (0, 0, 0, 0)
    assert publish(tmp_path, deep=True, dry_run=True)[:2] == (2, 1)
    assert publish(tmp_path, deep=True)[:2] == (2, 1)
    nodes, links = there(server)
    assert nodes["agency:a"][1].pop("seen") == "mine"
    assert (nodes, links) == wanted(tmp_path)
    assert publish(tmp_path, deep=True)[:4] == (0, 0, 0, 0)


def test_a_relationship_of_ours_that_somebody_moved_is_put_back(
    server: Server, tmp_path: Path
) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,agency:b", "agency:b,乙数据局,province:32,,")
    publish(tmp_path)
    with server.session(writes=True) as session:
        session.run(
            "MATCH (a {id: 'agency:a'})-[r:LOCATED_IN]->(), (b {id: 'province:32'}) "
            "WITH a, b, r, properties(r) AS said DELETE r "
            "CREATE (a)-[n:LOCATED_IN]->(b) SET n = said"
        ).consume()
    assert there(server) != wanted(tmp_path)
    assert publish(tmp_path, deep=True)[:2] == (0, 1)
    assert there(server) == wanted(tmp_path)


def _begun(server: Server, nodes: int) -> bool:
    """Whether a publication is under way and has sent so many nodes."""
    begun = "MATCH (s:KgStore) WHERE s.version IS NULL RETURN COUNT { MATCH (n:Entity) } AS n"
    found = server.ask(begun, {}, limit=1, timeout=5).rows
    return bool(found) and int(str(found[0][0])) >= nodes


def test_long_texts_quotes_and_newlines_come_through(server: Server, tmp_path: Path) -> None:
    name = "数据“局”'; \\ " + "长" * 5000
    agencies(tmp_path, f'agency:a,"{name}",province:43,,')
    publish(tmp_path)
    found = server.ask("MATCH (a:Agency) RETURN a.name AS name", {}, limit=5, timeout=5)
    assert found.rows == ((name.strip(),),)


def test_an_index_of_somebody_over_our_names_does_not_keep_ours_from_being_made(
    server: Server, tmp_path: Path
) -> None:
    """His cuts Chinese into single characters, so that a search there finds too much."""
    agencies(tmp_path, "agency:a,算力局,province:43,,", "agency:b,电力局,province:43,,")
    with server.session(writes=True) as session:
        session.run(
            "CREATE FULLTEXT INDEX his FOR (n:Entity) ON EACH [n.name, n.name_en, n.aliases]"
        ).consume()
    publish(tmp_path)
    assert [hit.id for hit in search(server, "电力")] == ["agency:b"]
    publish(tmp_path)


# Asking


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (n RETURN n", "line 1, column"),
        ("MATCH (n)\nRETURN n.id AS a,", "line 2, column"),
        ("CREATE (:Thing)", "only queries that read are run: CREATE (:Thing)"),
        ("RETURN $none AS a", "a parameter has no value: none"),
    ],
)
def test_a_query_that_cannot_be_run_says_why(server: Server, text: str, said: str) -> None:
    with pytest.raises(QueryError) as error:
        server.ask(text, {}, limit=5, timeout=5)
    assert said in str(error.value) and "\n" not in str(error.value)


def test_a_query_reads_no_file_of_the_machine(server: Server, tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.csv", "secret")
    with pytest.raises(QueryError, match="Cannot load from URL"):
        server.ask(
            f"LOAD CSV FROM '{secret.as_uri()}' AS r RETURN r[0] AS r", {}, limit=9, timeout=9
        )


@pytest.mark.parametrize("value", [1 << 80, "\ud800"])
def test_a_parameter_that_no_server_takes_is_said(server: Server, value: Any) -> None:
    with pytest.raises(QueryError, match="a parameter cannot be passed on"):
        server.ask("RETURN $n AS n", {"n": value}, limit=5, timeout=5)


def test_rows_and_time_are_limited(server: Server) -> None:
    found = server.ask("UNWIND range(1, 100) AS n RETURN n", {}, limit=3, timeout=5)
    assert found.rows == ((1,), (2,), (3,)) and found.cut
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a * b) AS n"
    with pytest.raises(QueryError, match="took longer than 1 s"):
        server.ask(slow, {}, limit=3, timeout=1)


def test_all_saved_questions_have_their_answers_there(
    server: Server, copied: Callable[[], Path]
) -> None:
    home = copied()
    publish(home)
    ended = run("query", "--check", "--graph", URI, "--json", cwd=home, env=LOGIN)
    assert [row for row in ended.json() if row["result"] != "ok"] == []


# Servers that can't be reached


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("bolt://127.0.0.1:{}", "no server answers"),
        ("neo4j://127.0.0.1:{}", "no server answers"),
        ("bolt://no-such-host.invalid:7687", "no server answers"),
        ("127.0.0.1:7687", "no address of a server"),
        ("http://127.0.0.1:7687", "no address of a server"),
    ],
)
def test_a_server_that_is_not_there_is_known_soon(tmp_path: Path, uri: str, said: str) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,")
    began = time.monotonic()
    ended = run("publish", uri.format(free_port()), cwd=tmp_path, env={**LOGIN})
    assert ended.code == 3 and said in ended.err and len(ended.err.splitlines()) == 1
    assert time.monotonic() - began < 8


@pytest.mark.skipif(not PASSWORD, reason="this server lets everyone in")
def test_a_wrong_password_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="wrong user or password"):
        Server(Address(URI, USER, "not the password"))


def test_a_database_that_is_not_there_is_said() -> None:
    with pytest.raises(StoreError, match="no database 'elsewhere'"):
        Server(Address(URI, USER, PASSWORD, "elsewhere"))
