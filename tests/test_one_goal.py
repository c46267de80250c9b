"""A goal is one thing, by its policy, what it measures and the year it is due, in any table."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from kg.api import KnowledgeGraph
from kg.register import Register
from kg.text import fold
from tests.stores import FACTS, REGISTER, ROOT, put, query, write

TARGETS = "SELECT DISTINCT subject_key FROM records WHERE property = 'set_by' ORDER BY 1"
POLICY = "立足数字经济新赛道推动数据要素产业创新发展行动方案(2023-2025年)"
CELLS = f"文件名称,主要目标,来源\n{POLICY},到2025年数据产业规模达到5000亿元,https://a.example.org"
LINE = f'{{"type": "target", "policy": "《{POLICY}》", "year": "2025年", "metric": "数据产业规模"}}'


def test_the_shipped_goals_are_as_many_nodes_as_the_table_of_facts_has_rows(
    store: KnowledgeGraph,
) -> None:
    with (FACTS / "targets.csv").open(encoding="utf-8-sig", newline="") as file:
        wanted = sorted(row["target_id"] for row in csv.DictReader(file))
    rows = store.cypher("MATCH (t:Target) RETURN t.id AS id ORDER BY id").rows
    assert [row[0] for row in rows] == wanted


def test_the_register_of_goals_says_what_the_table_of_facts_says() -> None:
    with (REGISTER / "goals.csv").open(encoding="utf-8", newline="") as file:
        registered = {tuple(row.values()) for row in csv.DictReader(file)}
    with (FACTS / "targets.csv").open(encoding="utf-8-sig", newline="") as file:
        columns = ("target_id", "policy_id", "metric", "year")
        facts = {tuple(row[column] for column in columns) for row in csv.DictReader(file)}
    assert registered == facts


def test_a_goal_without_a_year_is_the_registered_one_only_where_one_can_be_meant() -> None:
    goals = Register.read([REGISTER]).goals
    assert goals["policy:cq99", fold("西部数据交易中心成为国内领先的数据交易场所")] == "target:015"
    assert ("policy:gy", fold("数据交易生态企业")) not in goals
    twice = Counter(key for key, one in goals.items() if one in ("target:012", "target:014"))
    assert len(twice) == 2


@pytest.mark.parametrize(("name", "text"), [("t.csv", CELLS), ("t.jsonl", LINE)])
def test_a_registered_goal_is_itself_in_any_table(tmp_path: Path, name: str, text: str) -> None:
    put(tmp_path, write(tmp_path / name, text))
    assert query(tmp_path, TARGETS) == [("target:001",)]


def test_a_goal_that_is_not_registered_is_one_in_all_tables(tmp_path: Path) -> None:
    cells, line = (one.replace(POLICY, "火星办法") for one in (CELLS, LINE))
    write(tmp_path / "in" / "a.csv", cells)
    write(tmp_path / "in" / "b.jsonl", line.replace("2025年", "2025-12-31"))
    put(tmp_path, tmp_path / "in")
    assert len(query(tmp_path, TARGETS)) == 1


@pytest.mark.parametrize(
    "other",
    [
        CELLS.replace("2025年数据", "2026年数据"),
        CELLS.replace(POLICY, "火星办法"),
        CELLS.replace("产业规模", "产品规模"),
    ],
)
def test_another_year_policy_or_metric_is_another_goal(tmp_path: Path, other: str) -> None:
    write(tmp_path / "in" / "a.csv", CELLS)
    write(tmp_path / "in" / "b.csv", other)
    put(tmp_path, tmp_path / "in")
    assert len(query(tmp_path, TARGETS)) == 2


def test_no_saved_answer_counts_a_goal_twice(store: KnowledgeGraph) -> None:
    for due in range(2020, 2036):
        rows = store.ask("policy/targets", due=due).rows
        said = Counter((row.values["name"], fold(str(row.values["metric"]))) for row in rows)
        assert not [one for one, many in said.items() if many > 1]
    asking = [one for one in (ROOT / "queries").rglob("*.cypher") if "Target" in one.read_text()]
    assert [one.stem for one in asking] == ["targets"]
