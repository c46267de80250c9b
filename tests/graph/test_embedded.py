"""The embedded engine, run for real: what it builds, answers, refuses and survives."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError
from kg.folders import seal
from kg.graph import Node, Relationship, Rows, Schema, Value
from kg.graph.embedded import Embedded

SCHEMA = Schema(
    {"Entity": None, "Organisation": "Entity", "Agency": "Organisation", "Policy": "Entity"},
    ("IMPLEMENTS", "ISSUED_BY"),
)
NODES = [
    Node("Agency", {"id": "agency:nda", "name": "国家数据局", "aliases": ["数据局", "😀"]}),
    Node("Policy", {"id": "policy:p1", "weight": 2, "dated_from": date(2022, 12, 2)}),
    Node("Policy", {"id": "policy:p2", "weight": 2.5, "dated_from": date(2024, 1, 5)}),
    Node("Policy", {"id": "policy:p3", "weight": 10**12, "dated_from": None, "done": True}),
]
RELATIONSHIPS = [
    Relationship("IMPLEMENTS", "policy:p2", "policy:p1", {"fact": "f1", "from": date(2024, 1, 5)}),
    Relationship("IMPLEMENTS", "policy:p3", "policy:p2", {"fact": "f2"}),
    Relationship("ISSUED_BY", "policy:p2", "agency:nda", {"fact": "f3", "sources": 2}),
]
NEVER_ENDING = """
UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y
WITH x, y WHERE x = -1 RETURN count(*) AS n"""
# The engine looks at the clock between rows, not inside an expression.
NEVER_ENDING_WITHIN_A_ROW = (
    "RETURN reduce(s = 0, x IN range(1, 200000) | s + size([y IN range(1, 20000) | y])) AS n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph") / "v1"
    Embedded(folder).build(SCHEMA, NODES, RELATIONSHIPS)
    return folder


@pytest.fixture
def graph(folder: Path) -> Iterator[Embedded]:
    with Embedded(folder) as graph:
        yield graph


def ask(
    graph: Embedded, cypher: str, parameters: Mapping[str, Value] | None = None, limit: int = 100
) -> Rows:
    return graph.ask(cypher, parameters or {}, limit=limit, timeout=30)


def test_what_was_built_can_be_asked(graph: Embedded) -> None:
    found = ask(
        graph,
        """MATCH (p:Policy)-[r:IMPLEMENTS*1..4]->(top:Policy {id: $id})
        OPTIONAL MATCH (p)-[:ISSUED_BY]->(a:Agency)
        RETURN p.id AS id, [x IN r | x.fact] AS facts, a.name AS issuer ORDER BY p.id""",
        {"id": "policy:p1"},
    )
    assert found == Rows(
        ("id", "facts", "issuer"),
        (("policy:p2", ["f1"], "国家数据局"), ("policy:p3", ["f2", "f1"], None)),
    )


def test_a_label_holds_all_that_lies_under_it(graph: Embedded) -> None:
    found = ask(graph, "MATCH (n:Organisation) RETURN n.id AS id, labels(n) AS labels")
    assert found.rows == (("agency:nda", ["Agency", "Entity", "Organisation"]),)


def test_dates_compare_as_dates_and_come_back_as_text(graph: Embedded) -> None:
    found = ask(
        graph,
        """MATCH (p:Policy) WHERE p.dated_from >= date('2024-01-05') AND p.dated_from <= $day
        RETURN p.dated_from AS dated, p.dated_from.year AS year, [p.dated_from] AS dates""",
        {"day": date(2024, 1, 5)},
    )
    assert found.rows == (("2024-01-05", 2024, ["2024-01-05"]),)


def test_dates_of_relationships_compare_too(graph: Embedded) -> None:
    cypher = "MATCH ()-[r]->() WHERE r.from = $day RETURN r.fact AS fact"
    assert ask(graph, cypher, {"day": date(2024, 1, 5)}).rows == (("f1",),)


def test_numbers_keep_their_value_and_kind(graph: Embedded) -> None:
    found = ask(graph, "MATCH (p:Policy) RETURN p.weight AS w, p.weight * 10 AS w10 ORDER BY p.id")
    assert found.rows == ((2, 20), (2.5, 25.0), (10**12, 10**13))
    assert [type(row[0]) for row in found.rows] == [int, float, int]


def test_every_kind_of_parameter_comes_back_as_it_went(graph: Embedded) -> None:
    value: Value = {"list": [1, 2.5, None, True, "数\0据😀"], "map": {"empty": [], "n": -(2**63)}}
    assert ask(graph, "RETURN $x AS x", {"x": value}).rows == ((value,),)


def test_nodes_relationships_and_paths_come_as_dicts(graph: Embedded) -> None:
    found = ask(graph, "MATCH p = (n:Policy)-[r:ISSUED_BY]->(m) RETURN n, r, p")
    (node, relationship, path), *_ = found.rows
    assert node == {
        "id": "policy:p2",
        "labels": ["Entity", "Policy"],
        "properties": {"id": "policy:p2", "weight": 2.5, "dated_from": "2024-01-05"},
    }
    assert isinstance(relationship, dict) and isinstance(path, dict)
    assert (relationship["type"], relationship["start"], relationship["end"]) == (
        "ISSUED_BY",
        "policy:p2",
        "agency:nda",
    )
    assert relationship["properties"] == {"fact": "f3", "sources": 2}
    assert path["relationships"] == [relationship] and node in path["nodes"]


def test_an_answer_without_rows_still_has_its_columns(graph: Embedded) -> None:
    found = ask(graph, "// a comment\nMATCH (n:Entity {id: 'x'}) RETURN n.id AS id, n.name AS 名称")
    assert found == Rows(("id", "名称"), ())


def test_more_rows_than_the_limit_are_cut(graph: Embedded) -> None:
    cypher = "UNWIND range(1, 5) AS x RETURN x"
    assert ask(graph, cypher, limit=3) == Rows(("x",), ((1,), (2,), (3,)), cut=True)
    assert not ask(graph, cypher, limit=5).cut


def test_four_processes_ask_one_graph_at_once(folder: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from kg.graph.embedded import Embedded
with Embedded(Path({str(folder)!r})) as graph:
    for _ in range(2):
        found = graph.ask("MATCH (n) RETURN count(n) AS n", {{}}, limit=1, timeout=30)
        print(found.rows, flush=True)
        sys.stdin.readline()
"""
    readers = [run(program) for _ in range(4)]
    answers = [reader.stdout.readline() for reader in readers if reader.stdout]
    assert answers == ["((4,),)\n"] * 4  # all four have it open now
    assert [reader.communicate("\n\n", timeout=60)[0] for reader in readers] == ["((4,),)\n"] * 4
    assert [reader.returncode for reader in readers] == [0] * 4


def test_one_process_can_open_a_graph_twice(folder: Path) -> None:
    cypher = "MATCH (n) RETURN count(n) AS n"
    with Embedded(folder) as one:
        with Embedded(folder) as other:
            assert ask(one, cypher) == ask(other, cypher)
        assert ask(one, cypher).rows == ((4,),)
        other.close()
        assert ask(one, cypher).rows == ((4,),)


def test_threads_ask_at_once(graph: Embedded) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda n: ask(graph, "RETURN $n AS n", {"n": n}).rows, range(200))
        assert list(found) == [((n,),) for n in range(200)]


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (:Agency {id: 'x'})",
        "MATCH (n:Agency) SET n.name = 'x' RETURN n",
        "MATCH (n:Agency) CALL (n) { MERGE (m:Agency {id: 'y'}) } RETURN n",
        "CREATE INDEX i FOR (n:Agency) ON (n.name)",
    ],
)
def test_a_query_that_writes_is_refused(graph: Embedded, cypher: str) -> None:
    with pytest.raises(QueryError, match=r"^only queries that read are run: "):
        ask(graph, cypher)


@pytest.mark.parametrize("url", ["file:///etc/hosts", "http://127.0.0.1/"])
def test_a_query_cannot_read_what_is_not_in_the_graph(graph: Embedded, url: str) -> None:
    with pytest.raises(QueryError, match="disabled"):
        ask(graph, f"LOAD CSV FROM '{url}' AS line RETURN line")


@pytest.mark.parametrize("cypher", [NEVER_ENDING, NEVER_ENDING_WITHIN_A_ROW])
def test_a_query_that_takes_too_long_is_given_up(folder: Path, cypher: str) -> None:
    program = f"""
from pathlib import Path
from kg.errors import QueryError
from kg.graph.embedded import Embedded
with Embedded(Path({str(folder)!r})) as graph:
    try:
        graph.ask({cypher!r}, {{}}, limit=1, timeout=1)
    except QueryError as error:
        print(error)
"""
    started = time.monotonic()
    out, err = run(program).communicate(timeout=60)
    assert out.startswith("took longer than 1 s: ") and out.count("\n") == 1
    assert err == ""
    assert time.monotonic() - started < 10


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process")
def test_ctrl_c_ends_a_query_at_once(folder: Path) -> None:
    program = f"""
import signal
from pathlib import Path
from kg.graph.embedded import Embedded
signal.signal(signal.SIGINT, signal.default_int_handler)
with Embedded(Path({str(folder)!r})) as graph:
    graph.ask("RETURN 1", {{}}, limit=1, timeout=30)
    print("open", flush=True)
    graph.ask({NEVER_ENDING_WITHIN_A_ROW!r}, {{}}, limit=1, timeout=300)
"""
    process = run(program)
    assert process.stdout and process.stdout.readline() == "open\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    assert process.communicate(timeout=60)[1].endswith("KeyboardInterrupt\n")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("cypher", "message"),
    [
        ("MATCH (n)\nRETRUN n", "line 2, column 1: unexpected 'RETRUN'"),
        ("// zh: 一\n// en: one\n\nMATCH (n)\n RETURN 1 +", "line 5, column 12: unexpected end"),
        ("/* one */ RETRUN 1", "line 1, column 11: unexpected 'RETRUN'"),
        ("RETURN m", "wrong query: Variable 'm' not defined"),
        ("RETURN foo(1)", "wrong query: Unknown function 'foo'"),
        ("RETURN $who", "a parameter has no value: who"),
        ("RETURN 1 / 0", "wrong query: / by zero"),
        ("", "wrong query: Query cannot be empty"),
    ],
)
def test_a_wrong_query_is_told_where_and_what(graph: Embedded, cypher: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(graph, cypher)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [2**63, "\ud800", {1, 2}, datetime(2024, 1, 5, 10)])
def test_a_parameter_that_java_cannot_hold_is_a_wrong_query(graph: Embedded, value: object) -> None:
    with pytest.raises(QueryError, match="cannot be passed on"):
        ask(graph, "RETURN $x AS x", {"x": value})  # type: ignore[dict-item]


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
from tests.graph.test_embedded import SCHEMA, Node
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
from tests.graph.test_embedded import NODES, RELATIONSHIPS, SCHEMA
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


def run(
    program: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """A Python process of its own, in which this checkout can be imported."""
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(root), **(env or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
