"""Parameters of a question: read by their types, never run; notes."""

from datetime import date

import pytest

from kg.answer import ask
from kg.api import KnowledgeGraph
from kg.errors import UsageError
from kg.saved import Note
from tests.answers import answered, of, question

VALUE = "RETURN $x AS id, [] AS cites"


@pytest.mark.parametrize(
    ("kind", "given", "shown"),
    [
        ("text", "數據", "数据"),
        ("int", "7", 7),
        ("int", 7, 7),
        ("date", "2024-01-05", "2024-01-05"),
        ("date", date(2024, 1, 5), "2024-01-05"),
        ("code agency_level", "provincial", "provincial"),
        ("code agency_level", "省级", "provincial"),
        ("Policy", "第一号文件", "policy:one"),
        ("Policy", "甲", "policy:one"),
        ("Policy", "policy:two", "policy:two"),
    ],
)
def test_a_parameter_is_read_by_its_type(
    disagreeing: KnowledgeGraph, kind: str, given: object, shown: object
) -> None:
    answer = answered(disagreeing, VALUE, of("x", kind), x=given)
    assert answer.parameters == {"x": shown}
    assert answer.rows[0].values == {"id": shown}


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("int", "7.5", "x: not a whole number: '7.5'"),
        ("int", "", "x: not a whole number: ''"),
        ("date", "2024", "x: not a day: '2024' (want 2024-01-05)"),
        ("date", "2024-02-30", "x: not a day: '2024-02-30' (want 2024-01-05)"),
        ("code agency_level", "镇", "x: want one of national, provincial, prefecture, county"),
    ],
)
def test_a_value_of_another_type_is_wrong_usage(
    disagreeing: KnowledgeGraph, kind: str, given: object, said: str
) -> None:
    with pytest.raises(UsageError) as raised:
        answered(disagreeing, VALUE, of("x", kind), x=given)
    assert str(raised.value).startswith(said)


def test_an_unknown_parameter_is_wrong_usage_and_the_known_ones_are_listed(
    disagreeing: KnowledgeGraph,
) -> None:
    with pytest.raises(UsageError, match=r"test/x has no parameter 'z' \(it has: x, y\)"):
        answered(disagreeing, VALUE, of("y", "text"), of("x", "text"), z="1")
    with pytest.raises(UsageError, match=r"\(it has: none\)"):
        answered(disagreeing, "RETURN 1 AS id, [] AS cites", z="1")


def test_what_need_not_be_given_is_null_and_defaults_fill_the_rest(
    disagreeing: KnowledgeGraph,
) -> None:
    parameters = (of("a", "code agency_level"), of("b", "int", "3"), of("c", "date", "2024-01-05"))
    cypher = "RETURN $a IS NULL AS id, $b + 1 AS b, $c.year AS c, [] AS cites"
    for given in ({}, {"a": None}, {"a": "null"}):
        answer = answered(disagreeing, cypher, *parameters, **given)
        assert answer.rows[0].values == {"id": True, "b": 4, "c": 2024}
        assert answer.parameters == {"a": None, "b": 3, "c": "2024-01-05"}


def test_the_text_of_a_parameter_is_never_run(disagreeing: KnowledgeGraph) -> None:
    evil = "' RETURN 1 //"
    assert answered(disagreeing, VALUE, of("x", "text"), x=evil).rows[0].values == {"id": evil}


def test_a_note_with_a_query_is_said_only_where_that_finds_something(
    disagreeing: KnowledgeGraph,
) -> None:
    named = "MATCH (p:Policy) WHERE p.name CONTAINS $x RETURN p.name AS names ORDER BY p.id"
    notes = (Note("总是", "always"), Note("有: {names}", "found: {names}", named))

    def said(lang: str, **given: object) -> tuple[str, ...]:
        one = question(VALUE, of("x", "text", "号文件"), notes=notes)
        return ask(disagreeing, disagreeing.graph, one, given, lang=lang).notes

    assert said("zh") == ("总是", "有: 第一号文件、第二号文件")
    assert said("en") == ("always", "found: 第一号文件; 第二号文件")
    assert said("en", x="nix") == ("always",)
