"""A graph's folder: built whole or not at all, never written again, damage is seen."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.folders import seal
from kg.graph import Node, Relationship
from kg.graph.embedded import Embedded
from tests.graph.small import NODES, RELATIONSHIPS, SCHEMA, ask, run


def test_a_folder_without_a_graph_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph in"):
        ask(Embedded(tmp_path / "none"), "RETURN 1")


@pytest.mark.parametrize("file", ["schema.json", "Policy_0.*.bucket", "files.json"])
@pytest.mark.parametrize("damage", [lambda file: file.write_bytes(b""), Path.unlink])
def test_a_damaged_graph_is_a_store_error(
    tmp_path: Path, file: str, damage: Callable[[Path], object]
) -> None:
    folder = tmp_path / "v1"
    Embedded(folder).build(SCHEMA, NODES, RELATIONSHIPS)
    damage(next(folder.glob(file)))
    with pytest.raises(StoreError, match="is damaged"), Embedded(folder) as graph:
        ask(graph, "MATCH (n:Policy) RETURN n")


def test_files_that_are_no_database_are_a_store_error(tmp_path: Path) -> None:
    folder = tmp_path / "v1"
    folder.mkdir()
    (folder / "schema.json").write_text("no schema")
    seal(folder)
    with pytest.raises(StoreError, match="is damaged"), Embedded(folder) as graph:
        ask(graph, "MATCH (n:Policy) RETURN n")


@pytest.mark.parametrize(
    ("nodes", "relationships", "message"),
    [
        ([Node("Agency", {"id": "a"}), Node("Policy", {"id": "a"})], [], r"Duplicated key \[a\]"),
        ([Node("Nothing", {"id": "a"})], [], "Nothing"),
        ([Node("Agency", {"id": "a"})], [Relationship("ISSUED_BY", "a", "b", {})], "a ISSUED_BY b"),
        ([Node("Agency", {"id": "a"})], [Relationship("LOVES", "a", "a", {})], "a LOVES a"),
    ],
)
def test_what_does_not_fit_the_schema_builds_nothing(
    tmp_path: Path, nodes: list[Node], relationships: list[Relationship], message: str
) -> None:
    with pytest.raises(StoreError, match=message):
        Embedded(tmp_path / "v1").build(SCHEMA, nodes, relationships)
    assert list(tmp_path.iterdir()) == []


def test_building_again_leaves_the_folder_as_it_is(tmp_path: Path) -> None:
    graph = Embedded(tmp_path / "v1")
    graph.build(SCHEMA, NODES, RELATIONSHIPS)
    before = contents(graph.folder)
    graph.build(SCHEMA, [], [])
    with graph:
        assert ask(graph, "MATCH (n) RETURN count(n) AS n").rows == ((4,),)
    assert contents(graph.folder) == before
    assert list(tmp_path.iterdir()) == [graph.folder]


def test_of_two_that_build_at_once_the_first_to_end_stays(tmp_path: Path) -> None:
    graph = Embedded(tmp_path / "v1")

    def slow() -> Iterator[Node]:
        yield Node("Agency", {"id": "ours"})
        Embedded(tmp_path / "v1").build(SCHEMA, NODES, RELATIONSHIPS)

    graph.build(SCHEMA, slow(), [])
    with graph:
        assert ask(graph, "MATCH (n:Agency) RETURN n.id AS id").rows == (("agency:nda",),)
    assert list(tmp_path.iterdir()) == [graph.folder]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("signal_sent", [signal.SIGKILL, signal.SIGTERM])
def test_a_build_that_is_killed_leaves_nothing_that_lasts(
    tmp_path: Path, signal_sent: signal.Signals
) -> None:
    program = f"""
from pathlib import Path
from kg.graph.embedded import Embedded
from kg.graph import Node
from tests.graph.small import SCHEMA
def nodes():
    yield from (Node("Agency", {{"id": str(i)}}) for i in range(20_000))
    print("half", flush=True)
    input()
Embedded(Path({str(tmp_path / "v1")!r})).build(SCHEMA, nodes(), [])
"""
    builder = run(program)
    assert builder.stdout and builder.stdout.readline() == "half\n"
    builder.send_signal(signal_sent)
    assert builder.wait(timeout=60) == -signal_sent
    builder.communicate()
    (leftover,) = tmp_path.iterdir()
    assert leftover.name.startswith(".v1.making-")
    Embedded(tmp_path / "v2").build(SCHEMA, NODES, RELATIONSHIPS)
    assert [path.name for path in tmp_path.iterdir()] == ["v2"]


def test_nothing_is_printed_and_no_file_is_made_elsewhere(tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("store", "work", "tmp", "home")}
    for folder in folders.values():
        folder.mkdir()
    program = f"""
from pathlib import Path
from kg.graph.embedded import Embedded
from tests.graph.small import NODES, RELATIONSHIPS, SCHEMA
graph = Embedded(Path({str(folders["store"] / "v1")!r}))
graph.build(SCHEMA, NODES, RELATIONSHIPS)
graph.ask("MATCH (n) RETURN n", {{}}, limit=10, timeout=30)
raise SystemExit(7)  # with the graph left open
"""
    started = time.monotonic()
    here = {"TMPDIR": str(folders["tmp"]), "HOME": str(folders["home"])}
    process = run(program, cwd=folders["work"], env=here)
    assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 7
    assert time.monotonic() - started < 10
    assert [name for name in ("work", "tmp", "home") if any(folders[name].iterdir())] == []


def test_asking_changes_no_file(folder: Path, graph: Embedded) -> None:
    before = contents(folder)
    ask(graph, "MATCH (n) RETURN n")
    graph.close()
    assert contents(folder) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
