"""What befalls a server while it is published to: killed, read-only, its disk full."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.graph.neo4j.faults import write_error
from kg.graph.neo4j.marker import published
from kg.graph.neo4j.server import Address, Server, is_too_old
from tests.commands import environment, run
from tests.disks import small_disk
from tests.graph.publishing import SLOWLY, there, wanted
from tests.graph.servers import PASSWORD, USER, free_port, needs_server, script

LOGIN = {"NEO4J_USERNAME": USER, "NEO4J_PASSWORD": PASSWORD}


class Own:
    """A server of one test's own, which may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.uri = f"bolt://127.0.0.1:{self.port}"

    def start(self, *settings: str) -> None:
        done = script(self.folder, "start", str(self.port), *settings)
        assert done.returncode == 0, done.stderr

    def stop(self) -> None:
        script(self.folder, "stop")

    def kill(self) -> None:
        while script(self.folder, "status").returncode == 0:
            pid = int((self.folder / "pid").read_text().split()[0])
            os.kill(pid, signal.SIGKILL)

    @contextmanager
    def opened(self) -> Iterator[Server]:
        with Server(Address(self.uri, USER, PASSWORD)) as server:
            yield server


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Own]:
    server = Own(tmp_path / "server")
    yield server
    server.kill()


@pytest.fixture
def own_on_small_disk(tmp_path: Path) -> Iterator[Own]:
    with small_disk(tmp_path / "disk", "40m") as disk:
        server = Own(disk / "server")
        yield server
        server.kill()


def one_line(err: str) -> str:
    assert len(err.splitlines()) == 1, err
    return err


@needs_server
def test_a_server_that_is_killed_is_said_and_the_next_publication_completes_it(
    own: Own, copied: Callable[[], Path]
) -> None:
    home = copied()
    own.start()
    process = subprocess.Popen(
        [sys.executable, "-c", SLOWLY, "publish", own.uri],
        cwd=home, env=environment(**LOGIN), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with own.opened() as server:
        while len(there(server)[0]) < 100:
            assert process.poll() is None
    own.kill()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 3 and "publish again" in one_line(err)

    own.start()
    with own.opened() as server:
        assert published(server).version == "" and there(server) != wanted(home)
        assert run("publish", own.uri, cwd=home, env=LOGIN).code == 0
        assert published(server).version == "v1" and there(server) == wanted(home)
    own.stop()

    own.start("server.databases.default_to_read_only=true")
    ended = run("publish", own.uri, cwd=home, env=LOGIN)
    assert ended.code == 3 and "in read-only mode" in one_line(ended.err)
    assert run("query", "policy/issuers", "--graph", own.uri, cwd=home, env=LOGIN).err == ""


@needs_server
def test_a_server_whose_disk_is_full_is_said_and_with_room_the_next_publication_completes_it(
    own_on_small_disk: Own, copied: Callable[[], Path]
) -> None:
    home, own = copied(), own_on_small_disk
    own.start("db.tx_log.preallocate=false")
    filler = own.folder.parent / "filler"
    with filler.open("wb") as file, pytest.raises(OSError, match="No space left"):
        while True:
            os.write(file.fileno(), b"0" * 65_536)
    ended = run("publish", own.uri, cwd=home, env=LOGIN)
    assert ended.code == 3 and "publish again" in one_line(ended.err)
    filler.unlink()
    own.kill()
    own.start("db.tx_log.preallocate=false")
    assert run("publish", own.uri, cwd=home, env=LOGIN).code == 0
    with own.opened() as server:
        assert there(server) == wanted(home)


def test_a_server_that_is_too_old_is_known_by_what_it_calls_itself() -> None:
    old = ("Neo4j/4.4.38", "Neo4j/5.22.0")
    new = ("Neo4j/5.23.0", "Neo4j/5.26.30", "Neo4j/2026.08.1", "Neo4j/5.26.0 compatible (other)")
    assert all(map(is_too_old, old)) and not any(map(is_too_old, new))


def test_who_may_not_make_constraints_is_told_so() -> None:
    """Community knows no rights, so that no test can take them away for real."""
    from neo4j.exceptions import Forbidden, Neo4jError

    error = Neo4jError._hydrate_neo4j(
        code="Neo.ClientError.Security.Forbidden",
        message="Schema operations are not allowed for user 'reader'.",
    )
    assert isinstance(error, Forbidden)
    said = str(write_error(error, "bolt://there"))
    assert said.startswith("bolt://there: not allowed to write there: ")
