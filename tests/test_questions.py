"""The saved questions: their columns, expected answers and citations."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg import domain, saved
from kg.answer import Answer, ask, check
from kg.api import KnowledgeGraph
from kg.lint import faults
from tests.stores import MESSY

COLUMNS = {
    "policy/direct-implementers": "issued",
    "policy/transitive-implementers": "hops path",
    "agency/exact-unveiling": "unveiled level",
    "agency/bounded-unveiling": "earliest latest",
    "agency/government-services-line": "province_id province",
    "policy/issuers": "position",
    "compute/clusters-by-hub": "hub_id hub",
    "compute/hub-approvals": "approved policy_id policy",
    "cross/province-with-all": "agencies exchanges hubs",
    "cross/hub-province-without-exchange": "hubs",
    "exchange/count-by-province": "exchanges names",
    "exchange/members-by-province": "members names",
    "policy/issued-by": "issued published jointly",
    "survey/who-when-why": "role begins ends",
    "exchange/operator-and-owners": "role",
    "exchange/supporting-policies": "policy_id policy",
    "policy/targets": "metric value unit qualifier disputed",
    "agency/predecessors": "successor_id successor stance",
    "policy/regulations": "passed in_force",
    "policy/superseded": "kind status replaced_by_id replaced_by",
    "policy/earlier-than": "issued",
    "compute/hub-follow-up": "issued days days_from days_to approval_id approval",
    "compute/operating-facilities": "operating within",
    "cross/two-sessions-pilots": "proposal_id proposal",
    "cross/same-name": "kind place",
}
PAIRS = {
    "survey/who-when-why": ("role",),
    "exchange/supporting-policies": ("policy_id",),
    "policy/targets": ("metric",),
    "agency/predecessors": ("successor_id",),
    "exchange/operator-and-owners": ("role",),
}
LISTS = {"path", "agencies", "hubs", "names", "jointly", "supported_by", "through"}
NUMBERS = {"hops", "members", "days", "days_from", "days_to", "position"}
ANSWERS = json.loads((Path(__file__).parent / "data" / "answers.json").read_text(encoding="utf-8"))
every_question = pytest.mark.parametrize("slug", COLUMNS)
SHARPENED = {"policy/issuers": "position", "policy/issued-by": "jointly"}
"""Only 发文机关 in the tables of offices says in which order bodies issued a policy together."""


@pytest.fixture(scope="session")
def without_tables(facts_only: Path) -> Iterator[KnowledgeGraph]:
    """The shipped facts alone, without the tables as offices write them."""
    with kg.open(facts_only / ".kg") as opened:
        opened.facts()
        yield opened


def ids(answer: Answer) -> list[object]:
    return [row.values["id"] for row in answer.rows]


def test_there_are_the_twenty_five_questions() -> None:
    found = {one.slug for one in saved.questions(domain.questions())}
    assert found >= set(COLUMNS) == set(ANSWERS)


@every_question
def test_a_question_answers_with_its_columns_in_every_row(store: KnowledgeGraph, slug: str) -> None:
    answer = store.ask(slug)
    assert answer.rows
    assert answer.columns[:2] == ("id", "name")
    assert {"id", "name", *COLUMNS[slug].split()} <= set(answer.columns)
    assert {tuple(row.values) for row in answer.rows} == {answer.columns}


@every_question
def test_every_column_has_a_label_and_every_label_a_column(
    store: KnowledgeGraph, slug: str
) -> None:
    question = saved.question(domain.questions(), slug)
    answer = store.ask(slug)
    assert set(question.columns) <= set(answer.columns) <= {"id", "name", *question.columns}


@every_question
def test_a_question_keeps_to_the_portable_subset(slug: str) -> None:
    assert list(faults(saved.question(domain.questions(), slug))) == []


@every_question
def test_the_answer_is_the_expected_one(store: KnowledgeGraph, slug: str) -> None:
    question = saved.question(domain.questions(), slug)
    assert check(question, ask(store, store.graph, question, {})) == []


@every_question
def test_the_answer_names_what_was_worked_out_on_the_tables(
    store: KnowledgeGraph, slug: str
) -> None:
    wanted = ANSWERS[slug]["ids"]
    if wanted is not None:
        assert sorted({str(one) for one in ids(store.ask(slug))}) == wanted


@every_question
def test_every_row_cites_statements_with_document_and_place(
    store: KnowledgeGraph, slug: str
) -> None:
    answer = store.ask(slug)
    assert [one.n for one in answer.sources] == list(range(1, len(answer.sources) + 1))
    for row in answer.rows:
        cited = [answer.sources[number - 1] for number in row.cites]
        assert cited, row
        assert all(one.document.startswith("kg:sources/") and one.place for one in cited)
        assert not set(row.cites) & set(row.dissent)


@every_question
def test_a_row_is_there_once_for_what_it_is_about(store: KnowledgeGraph, slug: str) -> None:
    keys = ("id", *PAIRS.get(slug, ()))
    rows = [tuple(row.values[key] for key in keys) for row in store.ask(slug).rows]
    assert len(rows) == len(set(rows))


@every_question
def test_values_are_of_their_kinds(store: KnowledgeGraph, slug: str) -> None:
    for row in store.ask(slug).rows:
        for name, value in row.values.items():
            if name in LISTS or (name == "exchanges" and slug.startswith("cross")):
                assert isinstance(value, list), (name, value)
            elif name in NUMBERS or name == "exchanges":
                assert value is None or isinstance(value, int), (name, value)
            elif name not in ("disputed", "value", "capital"):
                assert value is None or isinstance(value, str), (name, value)


@pytest.mark.parametrize("slug", sorted(set(COLUMNS) - set(SHARPENED)))
def test_the_tables_of_offices_change_no_answer(
    store: KnowledgeGraph, without_tables: KnowledgeGraph, slug: str
) -> None:
    alone, beside = without_tables.ask(slug), store.ask(slug)
    assert [row.values for row in beside.rows] == [row.values for row in alone.rows]
    question = saved.question(domain.questions(), slug)
    assert check(question, ask(without_tables, without_tables.graph, question, {})) == []


@pytest.mark.parametrize("slug", SHARPENED)
def test_the_tables_of_offices_add_nothing_but_the_order_of_issuers(
    store: KnowledgeGraph, without_tables: KnowledgeGraph, slug: str
) -> None:
    def unordered(answer: Answer) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = [dict(row.values) for row in answer.rows]
        for row in rows:
            row.pop("position", None)
            if isinstance(jointly := row.get("jointly"), list):
                row["jointly"] = sorted(map(str, jointly))
        return sorted(rows, key=lambda row: str(row["id"]))

    assert unordered(store.ask(slug)) == unordered(without_tables.ask(slug))


def test_the_order_of_issuers_is_that_of_the_office_table(
    store: KnowledgeGraph, without_tables: KnowledgeGraph
) -> None:
    alone, beside = without_tables.ask("policy/issuers"), store.ask("policy/issuers")
    assert {row.values["position"] for row in alone.rows} == {None}
    assert [row.values["position"] for row in beside.rows] == list(range(1, 18))
    (jointly,) = (
        row.values["jointly"]
        for row in store.ask("policy/issued-by").rows
        if row.values["id"] == "policy:x3"
    )
    assert jointly == [row.values["name"] for row in beside.rows][1:]


def test_the_tables_of_offices_are_cited_beside_the_facts(store: KnowledgeGraph) -> None:
    answer = store.ask("agency/exact-unveiling")
    for row in answer.rows:
        documents = {answer.sources[number - 1].document for number in row.cites}
        assert f"kg:sources/tables/{MESSY.name}" in documents, row
        assert "kg:sources/facts/agencies.csv" in documents, row
