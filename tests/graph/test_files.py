"""Files for the offline import, imported by Neo4j's own tool and compared with publishing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import InputError
from kg.graph.neo4j.files import COMMAND
from kg.graph.neo4j.server import Address, Server
from tests.commands import run
from tests.graph.servers import (
    PASSWORD,
    URI,
    USER,
    alone,
    connect,
    empty,
    free_port,
    needs_server,
    script,
)  # fmt: skip
from tests.stores import put, write

AWKWARD = (
    'agency_id,name_zh,province_id,established_on,note\n'
    'agency:a,"数据“局”"";; \\ \'x\'\n(第二行),""",province:43,2024-01-05,"一；二;三"\n'
    f"agency:b,{'长' * 5000},province:43,2024-01,\n"
    'agency:c,"a,b\t|  ""quoted""",province:32,,  leading\n'
)  # fmt: skip


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[Callable[[Path], Server]]:
    """Makes a server of a folder of files, through the admin tool."""
    folder = tmp_path / "server"
    opened: list[Server] = []

    def make(files: Path) -> Server:
        done = script(folder, "admin", *COMMAND.split()[1:], cwd=files)
        assert done.returncode == 0, done.stdout + done.stderr
        done = script(folder, "start", str(free_port()))
        assert done.returncode == 0, done.stderr
        opened.append(Server(Address(done.stdout.strip(), USER, PASSWORD)))
        return opened[0]

    yield make
    for server in opened:
        server.close()
    script(folder, "stop")


def everything(server: Server) -> tuple[dict[str, Any], list[Any]]:
    """All nodes by id and all relationships, with the types of their values."""
    with server.session() as session:
        nodes = {
            row["n"]["id"]: (sorted(row["n"].labels), _typed(dict(row["n"])))
            for row in session.run("MATCH (n) RETURN n")
        }
        links = sorted(
            (row["a"], row["t"], row["b"], sorted(_typed(row["r"]).items()))
            for row in session.run(
                "MATCH (a)-[r]->(b) RETURN properties(r) AS r, type(r) AS t, a.id AS a, b.id AS b"
            )
        )
    for name in ("published", "run", "beat"):  # of the publication, not of what it made
        nodes["kg"][1].pop(name, None)
    return nodes, links


def _typed(properties: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {name: (type(value).__name__, repr(value)) for name, value in properties.items()}


@needs_server
def test_imported_files_give_what_publishing_online_gives(
    imported: Callable[[Path], Server], copied: Callable[[], Path]
) -> None:
    home = copied()
    put(home, write(home / "agencies.csv", AWKWARD))
    with kg.open(home / ".kg") as store:
        count = store.publish_files(home / "files", evidence=True)
        version = str(store.version)
        other = imported(home / "files")
        sent = store.publish(other.address.uri, user=USER, password=PASSWORD)
        assert (sent.nodes, sent.relationships, sent.evidence, sent.unchanged) == (0, 0, 0, count)
        with alone():
            empty()
            with connect() as server:
                store.publish(URI, user=USER, password=PASSWORD, evidence=True)
                online, offline = everything(server), everything(other)
    assert offline[0].keys() == online[0].keys() and version in str(offline[0]["kg"])
    assert offline == online
    assert "长" * 5000 in str(offline[0]["agency:b"])


def test_files_come_whole_into_a_new_folder(copied: Callable[[], Path]) -> None:
    home = copied()
    said = run("publish", "--files", "files", "--json", cwd=home).json()
    assert said["version"] == "v1" and said["things"] > 1000 and said["command"] == COMMAND
    assert not [path for path in home.iterdir() if "making" in path.name]
    ended = run("publish", "--files", "files", cwd=home)
    assert (ended.code, ended.err) == (1, "kg: files is there already: name a new folder\n")


def test_a_text_that_the_files_cannot_hold_is_said(tmp_path: Path) -> None:
    from kg.graph.neo4j.files import _cell

    with pytest.raises(ValueError, match="separates the parts of a list"):
        _cell(["a\x1fb"])
    assert _cell('a "b"') == '"a ""b"""' and _cell("") == '""' and _cell(None) == ""


@pytest.mark.parametrize("given", [(), ("bolt://127.0.0.1:1", "--files", "x")])
def test_a_server_or_files_are_wanted(tmp_path: Path, given: tuple[str, ...]) -> None:
    ended = run("publish", *given, cwd=tmp_path)
    assert ended.code == 2 and "want the URI of a server, or --files DIR" in ended.err


def test_files_are_not_written_where_the_store_is_missing(tmp_path: Path) -> None:
    assert run("publish", "--files", "files", cwd=tmp_path).code == 3
    with kg.open(tmp_path / ".kg") as store, pytest.raises(Exception, match="no store"):
        store.publish_files(tmp_path / "files")
    assert not (tmp_path / "files").exists()


def test_a_folder_that_cannot_be_made_is_said(copied: Callable[[], Path]) -> None:
    home = copied()
    (home / "file").write_text("")
    with kg.open(home / ".kg") as store, pytest.raises(InputError, match="can't be written"):
        store.publish_files(home / "file" / "files")
