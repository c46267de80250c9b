"""Measures of the graph: parts that hang together, central things, ways between two things."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg import measure
from kg.api import KnowledgeGraph
from kg.errors import InputError
from tests.commands import run
from tests.stores import write

# p1 <- p2 <- p4 and p1 <- p3 <- p4; p5 <- p6; p7 alone
PAIRS = (("p2", "p1"), ("p3", "p1"), ("p4", "p2"), ("p4", "p3"), ("p6", "p5"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with seven policies, a square of them, a pair, and one alone."""
    folder: Path = tmp_path_factory.mktemp("measured")
    things = "\n".join(f"policy:p{n},第{n}号文件" for n in range(1, 8))
    links = "\n".join(f"policy:{one},implements,policy:{other}" for one, other in PAIRS)
    write(folder / "data" / "things.csv", f"policy_id,title\n{things}")
    write(folder / "data" / "links.csv", f"subject_id,predicate,object_id\n{links}")
    assert run("load", "data", cwd=folder).code == 0
    return folder


@pytest.fixture(scope="module")
def small(folder: Path) -> Iterator[KnowledgeGraph]:
    with kg.open(folder / ".kg") as opened:
        yield opened


def test_parts_are_listed_from_the_largest_with_their_best_linked_things(
    small: KnowledgeGraph,
) -> None:
    parts = measure.components(small)
    assert [part.size for part in parts] == [4, 2, 1]
    assert parts[0].things == ("policy:p1", "policy:p2", "policy:p3", "policy:p4")
    assert parts[0].names[0] == "第1号文件" and parts[2].things == ("policy:p7",)


def test_parts_are_those_of_the_classes_asked_for(store: KnowledgeGraph) -> None:
    exchanges = measure.components(store, ["Exchange"])
    everything = measure.components(store)
    assert sum(part.size for part in exchanges) < everything[0].size
    assert all(key.startswith("exchange:") for part in exchanges for key in part.things)
    bodies = measure.components(store, ["Organisation"])  # an agency is one
    assert any(key.startswith("agency:") for part in bodies for key in part.things)


def test_what_is_pointed_at_more_is_more_central(small: KnowledgeGraph) -> None:
    found = measure.centrality(small)
    assert found[0].id == "policy:p1" and found[0].links == 2
    ranks = {one.id: one.pagerank for one in found}
    assert ranks["policy:p2"] == ranks["policy:p3"] > ranks["policy:p4"]
    assert ranks["policy:p4"] == ranks["policy:p6"] == ranks["policy:p7"]
    assert sum(ranks.values()) == pytest.approx(1, abs=1e-5)


def test_the_ranks_solve_the_equation_that_defines_them(store: KnowledgeGraph) -> None:
    made = measure.graph(store)
    ranks = {one.id: one.pagerank for one in measure.centrality(store, limit=len(made))}
    idle = sum(ranks[one] for one in made if not made.out_degree(one))
    for one in made:
        given = sum(ranks[other] / made.out_degree(other) for other, _ in made.in_edges(one))
        wanted = (0.15 + 0.85 * idle) / len(made) + 0.85 * given
        assert ranks[one] == pytest.approx(wanted, abs=2e-5)


def test_centrality_lists_as_many_as_asked_for(small: KnowledgeGraph) -> None:
    assert [one.id for one in measure.centrality(small, limit=1)] == ["policy:p1"]
    assert measure.centrality(small, ["Exchange"]) == []


def test_a_way_is_shortest_and_may_go_against_the_links(small: KnowledgeGraph) -> None:
    steps = measure.path(small, "policy:p1", "policy:p4")
    assert [(one.start, one.link, one.end) for one in steps] == [
        ("policy:p2", "IMPLEMENTS", "policy:p1"),
        ("policy:p4", "IMPLEMENTS", "policy:p2"),
    ]
    assert (steps[0].start_name, steps[0].end_name) == ("第2号文件", "第1号文件")
    assert measure.path(small, "policy:p1", "policy:p1") == []


def test_every_step_of_a_way_is_a_fact_that_joins_the_step_before(store: KnowledgeGraph) -> None:
    steps = measure.path(store, "agency:js", "exchange:szde")
    assert steps
    for one, other in pairwise(steps):
        assert {one.start, one.end} & {other.start, other.end}
    for step in steps:
        rows = store.connection.execute(
            "SELECT subject, value FROM facts WHERE id = ? AND preferred", [step.fact]
        ).fetchall()
        assert rows == [(step.start, step.end)]


def test_where_there_is_no_way_or_no_thing_it_is_said(small: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="no way leads from policy:p1 to policy:p7"):
        measure.path(small, "policy:p1", "policy:p7")
    with pytest.raises(InputError, match="policy:nowhere is not in the graph"):
        measure.path(small, "policy:p1", "policy:nowhere")


def test_measures_are_the_same_each_time(small: KnowledgeGraph) -> None:
    assert measure.components(small) == measure.components(small)
    assert measure.centrality(small) == measure.centrality(small)
    ways = {tuple(measure.path(small, "policy:p4", "policy:p1")) for _ in range(3)}
    assert len(ways) == 1


def test_the_commands_print_what_python_gives(folder: Path, small: KnowledgeGraph) -> None:
    said = run("measure", "components", "--json", cwd=folder).json()
    assert [one["size"] for one in said] == [4, 2, 1]
    said = run("measure", "centrality", "--limit", "2", "--json", cwd=folder).json()
    best = measure.centrality(small, limit=2)
    assert [one["pagerank"] for one in said] == [one.pagerank for one in best]
    way = run("measure", "path", "第4号文件", "policy:p2", "--json", cwd=folder).json()
    assert [(one["start"], one["end"]) for one in way] == [("policy:p4", "policy:p2")]
    table = run("measure", "components", "--class", "Policy", cwd=folder)
    assert table.out.splitlines()[0].split() == ["size", "things", "names"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("measure components --class Planet", 2, "no class 'Planet': see 'kg ontology'"),
        ("measure centrality --limit 0", 2, "--limit"),
        ("measure path policy:p1", 2, "Missing argument"),
        ("measure path policy:p1 nix", 1, "nothing is named 'nix'"),
        ("measure path policy:p1 policy:p7", 1, "no way leads from policy:p1 to policy:p7"),
        ("--store nowhere measure components", 3, "run 'kg load'"),
    ],
)
def test_what_cannot_be_measured_is_one_line(
    folder: Path, arguments: str, code: int, said: str
) -> None:
    ended = run(*arguments.split(), cwd=folder)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err and ended.err.count("\n") == 1


def test_graphml_and_gexf_hold_every_thing_and_every_link(folder: Path, tmp_path: Path) -> None:
    for ending, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        out = tmp_path / f"graph{ending}"
        assert run("export", "-o", out, cwd=folder).code == 0
        found = read(out)
        assert set(found) == {f"policy:p{n}" for n in range(1, 8)}
        links = {(start, end) for start, end, *_ in found.edges}
        assert links == {(f"policy:{one}", f"policy:{other}") for one, other in PAIRS}
        assert ET.parse(out).getroot() is not None
    assert nx.read_graphml(tmp_path / "graph.graphml").nodes["policy:p1"]["name"] == "第1号文件"
