"""Whose graph a server shows, of which version, and what an answer from there says of it."""

import shutil
from pathlib import Path

import pytest

import kg
from kg import domain, saved
from kg.answer import Answer, ask
from kg.errors import StoreError
from kg.graph.neo4j.marker import Published, published, standing
from kg.graph.neo4j.server import Server
from tests.commands import run
from tests.graph.publishing import publish, there, wanted
from tests.graph.servers import LOGIN, URI, needs_server
from tests.stores import export, put, write

QUESTION = "policy/issuers"


def policy(folder: Path, title: str) -> Path:
    """A store with one policy of this title, issued by one body."""
    put(
        folder,
        write(
            folder / "rel_issued_by.csv",
            """subject_id,predicate,object_id,source_id
            policy:one,issued_by,org:cpc,source:elxm""",
        ),
        write(folder / "policies.csv", f"policy_id,title\npolicy:one,{title}"),
    )
    return folder


def asked(folder: Path, server: Server) -> Answer:
    """What `kg query --graph` gives."""
    with kg.open(folder / ".kg") as store:
        found = standing(store, server)
        store.facts()
        question = saved.question(domain.questions(), QUESTION)
        return found.told(ask(store, server, question, {"policy": "policy:one"}), "en")


def test_a_version_is_told_from_one_of_the_same_number_and_exports_are_not(
    tmp_path: Path,
) -> None:
    one, two = policy(tmp_path / "one", "某办法"), policy(tmp_path / "two", "某办法")
    with kg.open(one / ".kg") as a, kg.open(two / ".kg") as b:
        assert str(a.version) == str(b.version) and a.version.store != b.version.store
        assert a.version.store not in export(one)
    assert export(one) == export(two)
    shutil.copytree(one, tmp_path / "copy")
    policy(one, "新办法")
    policy(tmp_path / "copy", "别的办法")
    with kg.open(one / ".kg") as a, kg.open(tmp_path / "copy" / ".kg") as b:
        assert (str(a.version), a.version.store) == (str(b.version), b.version.store)
        assert a.version.loaded != b.version.loaded


@needs_server
def test_another_store_takes_the_place_of_a_graph_only_where_that_is_said(
    server: Server, tmp_path: Path
) -> None:
    one, two = policy(tmp_path / "one", "某办法"), policy(tmp_path / "two", "别的办法")
    publish(one)
    before, marker = there(server), published(server)
    for dry_run in (False, True):
        with pytest.raises(StoreError, match=r"shows v1 of another store: .* with --replace"):
            publish(two, dry_run=dry_run)
    assert (there(server), published(server)) == (before, marker)
    ended = run("publish", URI, cwd=two, env=LOGIN)
    assert ended.code == 3 and len(ended.err.splitlines()) == 1
    publish(two, replace=True)
    assert there(server) == wanted(two) and published(server).store != marker.store
    assert "v1 of another store" in asked(one, server).notes[-1]
    assert asked(two, server).notes == ()


@needs_server
def test_a_copy_that_was_loaded_apart_is_another_store(server: Server, tmp_path: Path) -> None:
    one, two = policy(tmp_path / "one", "某办法"), tmp_path / "two"
    shutil.copytree(one, two)
    publish(one)
    assert publish(two)[:4] == (0, 0, 0, 0)
    policy(one, "新办法")
    policy(two, "别的办法")
    publish(one)
    with pytest.raises(StoreError, match="shows v2, which this store never had: publish into"):
        publish(two)
    publish(two, replace=True)
    assert there(server) == wanted(two)


@needs_server
def test_a_marker_of_an_earlier_kg_is_taken_over(server: Server, tmp_path: Path) -> None:
    publish(policy(tmp_path, "某办法"))
    with server.session(writes=True) as session:
        session.run("MATCH (s:KgStore) SET s.store = NULL, s.loaded = NULL").consume()
    assert published(server) == Published("v1", False)
    assert asked(tmp_path, server).version == "v1"
    publish(tmp_path)
    assert published(server).store


@needs_server
def test_an_answer_of_a_server_that_is_behind_is_of_its_version(
    server: Server, tmp_path: Path
) -> None:
    publish(policy(tmp_path, "某办法"))
    policy(tmp_path, "新办法")
    query = ("query", QUESTION, "-p", "policy=policy:one", "--lang", "en", "--format", "json")
    said = run(*query, "--graph", URI, cwd=tmp_path, env=LOGIN).json()
    note = "the server shows v1, the store is at v2; rows and citations are of v1."
    assert (said["version"], said["notes"][-1]) == ("v1", note) and said["rows"][0]["cites"]
    cypher = ("cypher", "MATCH (p:Policy) RETURN p.name AS name", "--format", "csv")
    for command in (cypher, ("find", "某办法")):
        ended = run(*command, "--graph", URI, cwd=tmp_path, env=LOGIN)
        assert "某办法" in ended.out
        assert ended.err == f"kg: {URI}: {note} Run 'kg publish {URI}'.\n"
    publish(tmp_path)
    assert (asked(tmp_path, server).version, asked(tmp_path, server).notes) == ("v2", ())


@needs_server
def test_an_answer_of_what_the_store_does_not_have_names_no_version(
    server: Server, tmp_path: Path
) -> None:
    one, two = policy(tmp_path / "one", "某办法"), policy(tmp_path / "two", "某办法")
    for said in ("shows no whole version", "v1 of another store"):
        answer = asked(one, server)
        assert answer.version == "unknown" and said in answer.notes[-1]
        publish(two)
