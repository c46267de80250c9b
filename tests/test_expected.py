"""Checking a question against its expected answers."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.answer import ask, check
from kg.api import KnowledgeGraph
from kg.errors import InputError
from kg.saved import read
from tests.stores import write


@pytest.fixture
def asked(tmp_path: Path) -> Mapping[str, Path]:
    cypher = write(
        tmp_path / "one.cypher",
        """// zh: 问
        // en: asks
        MATCH (p:Policy) RETURN p.id AS id, p.dated AS dated, [p.id + '#dated'] AS cites
        ORDER BY p.id""",
    )
    return {"cypher": cypher, "expected": tmp_path / "one.expected.csv"}


@pytest.mark.parametrize(
    ("expected", "faults"),
    [
        ("id,dated\npolicy:one,2024-01-05\npolicy:two,2024-02", []),
        ("id\npolicy:one\npolicy:two", []),
        (
            "id,dated\npolicy:one,2024-01-06\npolicy:two,2024-02",
            ["- policy:one | 2024-01-06", "+ policy:one | 2024-01-05"],
        ),
        ("id,dated\npolicy:one,2024-01-05", ["+ policy:two | 2024-02"]),
        (
            "id,dated\npolicy:two,2024-02\npolicy:one,2024-01-05",
            ["the rows stand in another order"],
        ),
        (
            "id,dated,kind\npolicy:one,2024-01-05,\npolicy:two,2024-02,",
            ["no column 'kind'"],
        ),
        ("id\npolicy:one\npolicy:one\npolicy:two", ["- policy:one"]),
        ("id\npolicy:two", ["+ policy:one"]),
    ],
)
def test_a_check_says_which_rows_came_and_went(
    disagreeing: KnowledgeGraph, asked: Mapping[str, Path], expected: str, faults: list[str]
) -> None:
    write(asked["expected"], expected)
    one = read(asked["cypher"], "one")
    assert check(one, ask(disagreeing, disagreeing.graph, one, {})) == faults


def test_a_check_refuses_a_row_that_nothing_carries(
    disagreeing: KnowledgeGraph, asked: Mapping[str, Path]
) -> None:
    write(asked["expected"], "id\npolicy:one\npolicy:two")
    text = asked["cypher"].read_text(encoding="utf-8").replace("#dated", "#nix")
    one = read(write(asked["cypher"], text), "one")
    assert check(one, ask(disagreeing, disagreeing.graph, one, {})) == [
        "no statement carries the row of policy:one",
        "no statement carries the row of policy:two",
    ]


def test_a_question_without_expected_answers_fails_its_check(
    disagreeing: KnowledgeGraph, asked: Mapping[str, Path]
) -> None:
    with pytest.raises(InputError, match="one: no expected answers"):
        lacking = read(asked["cypher"], "one")
        check(lacking, ask(disagreeing, disagreeing.graph, lacking, {}))
