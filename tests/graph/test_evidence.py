"""Statements and documents on a server: one hop away from what they say, and kept up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j.exceptions import ServiceUnavailable

import kg
from kg.errors import StoreError
from kg.graph.neo4j import publish as publishing
from kg.graph.neo4j.marker import published
from kg.graph.neo4j.server import Server
from tests.claims import say, told
from tests.graph.publishing import agencies, publish, there, wanted
from tests.graph.servers import PASSWORD, URI, USER, empty, needs_server

pytestmark = needs_server


def evidence(server: Server) -> dict[str, int]:
    """How many statements and documents there are, and how often they are tied to what."""
    text = """MATCH (s:Evidence)
        RETURN CASE WHEN s:Statement THEN 'Statement' ELSE 'Document' END AS what, count(*) AS n
        UNION ALL MATCH (:Statement)-[r]->() RETURN type(r) AS what, count(*) AS n"""
    return {str(what): int(str(n)) for what, n in server.ask(text, {}, limit=9, timeout=9).rows}


def test_with_evidence_the_statements_are_one_hop_from_what_they_say(
    server: Server, copied: Callable[[], Path]
) -> None:
    home = copied()
    with kg.open(home / ".kg") as store:
        store.facts()
        ((statements, links),) = store.connection.execute(
            """SELECT sum(len(statements)), sum(len(statements)) FILTER (kind = 'link')
            FROM facts"""
        ).fetchall()
        documents = len(store.documents())
    publish(home)
    assert evidence(server) == {}
    publish(home, evidence=True)
    found = evidence(server)
    assert (found["Statement"], found["Document"]) == (statements, documents)
    assert (found["READ_IN"], found["ABOUT"]) == (statements, statements)
    assert found["LINKS_TO"] == links
    assert there(server)[0] == wanted(home)[0]
    row = server.ask(
        """MATCH (:Policy {id: 'policy:bj20'})-[r:IMPLEMENTS]->(:Policy {id: 'policy:p20'})
        MATCH (s:Statement {fact: r.fact})-[:READ_IN]->(d:Document)
        RETURN s.place AS place, d.name AS document, s.url AS url ORDER BY place LIMIT 1""",
        {}, limit=1, timeout=9,
    ).rows[0]  # fmt: skip
    assert str(row[0]).startswith("row") and "sources" in str(row[1]) and "http" in str(row[2])


def test_evidence_is_kept_up_until_it_is_unwanted(server: Server, tmp_path: Path) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,", "agency:b,乙数据局,province:43,,")
    publish(tmp_path, evidence=True)
    before = evidence(server)["Statement"]
    agencies(tmp_path, "agency:a,甲省数据局,province:43,,")
    publish(tmp_path)
    found = evidence(server)
    assert 0 < found["Statement"] == found["ABOUT"] < before
    assert server.ask(
        "MATCH (s:Statement {property: 'name'})-[:ABOUT]->(a:Agency) "
        "RETURN s.original AS o, a.id AS a",
        {}, limit=9, timeout=9,
    ).rows == (("甲省数据局", "agency:a"),)  # fmt: skip
    publish(tmp_path, evidence=False)
    assert evidence(server) == {} and published(server).version == "v2"


def test_evidence_is_kept_up_where_somebody_deleted_the_marker(
    server: Server, tmp_path: Path
) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,")
    publish(tmp_path, evidence=True)
    before = evidence(server)
    with server.session(writes=True) as session:
        session.run("MATCH (s:KgStore) DETACH DELETE s").consume()
    publish(tmp_path)
    assert evidence(server) == before != {}


def test_who_ties_something_to_a_statement_keeps_it(server: Server, tmp_path: Path) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,")
    publish(tmp_path, evidence=True)
    with server.session(writes=True) as session:
        session.run(
            "MATCH (s:Statement {property: 'name'})-[:ABOUT]->(a) "
            "CREATE (s)<-[:DOUBTS]-(n:Note {id: 'note'})-[:ABOUT]->(a)"
        ).consume()
    publish(tmp_path, evidence=False)
    kept = server.ask(
        "MATCH (n:Note)-[r]->(x) RETURN type(r) AS t, x:Agency AS a, size(labels(x)) AS n "
        "ORDER BY t",
        {}, limit=9, timeout=9,
    ).rows  # fmt: skip
    assert kept == (("ABOUT", True, 3), ("DOUBTS", False, 1))


@pytest.mark.parametrize("what", ["()-[r:ABOUT]->()", "()-[r:READ_IN]->()", "(r:Agency)"])
def test_ties_that_somebody_deletes_are_made_again(
    server: Server, tmp_path: Path, what: str
) -> None:
    agencies(tmp_path, "agency:a,甲数据局,province:43,,", "agency:b,乙数据局,province:43,,")
    publish(tmp_path, evidence=True)
    whole = evidence(server)
    with server.session(writes=True) as session:
        session.run(f"MATCH {what} WITH r LIMIT 1 DETACH DELETE r").consume()
    assert evidence(server) != whole
    publish(tmp_path)
    assert evidence(server) == whole and there(server) == wanted(tmp_path)
    with kg.open(tmp_path / ".kg") as store:
        assert store.publish(URI, user=USER, password=PASSWORD).evidence == 0


def test_wherever_a_publication_is_cut_off_the_next_ties_every_statement(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off before its first write, its second, and so on, each on an empty server."""
    agencies(tmp_path, *(f"agency:a{n},第{n}数据局,province:43,2024-01-05," for n in range(4)))
    write_all, writes = publishing._Publication._write, 0

    def write_some(self: publishing._Publication, *said: object) -> None:
        nonlocal writes
        writes -= 1
        if writes < 0:
            raise ServiceUnavailable("cut off")
        write_all(self, *said)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "BATCH", 3)
    publish(tmp_path, evidence=True)
    whole, cuts = evidence(server), 0
    monkeypatch.setattr(publishing._Publication, "_write", write_some)
    while True:
        empty()
        writes = cuts
        try:
            publish(tmp_path, evidence=True)
            break
        except StoreError:
            writes, cuts = 1000, cuts + 1
        publish(tmp_path, evidence=True)
        assert evidence(server) == whole and there(server) == wanted(tmp_path), cuts
    assert cuts > 8


def test_a_statement_is_tied_again_to_a_thing_that_comes_back(
    server: Server, tmp_path: Path
) -> None:
    link = say("agency:x", "predecessor", "agency:y")
    name = say("agency:y", "name", "乙数据局")

    def tied(*rejected: dict[str, str]) -> dict[str, int]:
        rows = [f",reject,{one['id']},,,," for one in rejected]
        told(tmp_path, say("agency:x", "name", "甲数据局"), link, name, judged="\n".join(rows))
        publish(tmp_path, evidence=True)
        return evidence(server)

    assert tied(link)["LINKS_TO"] == 1
    assert "LINKS_TO" not in tied(link, name)
    assert tied(link)["LINKS_TO"] == 1
