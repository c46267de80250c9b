"""The embedded engine, run for real: what it answers, to how many at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from kg.graph import Rows, Value
from kg.graph.embedded import Embedded
from tests.graph.small import ask, run


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
