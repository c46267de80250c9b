"""The 25 questions: what they must answer from the shipped sources, and on whose word."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg import domain, saved
from kg.answer import Answer, ask, check
from kg.api import KnowledgeGraph
from kg.errors import AmbiguousName, UsageError
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


@pytest.mark.parametrize(
    ("slug", "given", "wanted"),
    [
        ("policy/direct-implementers", {"policy": "数据要素X三年行动计划"}, ["policy:bjx"]),
        ("policy/direct-implementers", {"policy": "policy:bjx"}, []),
        ("policy/transitive-implementers", {"policy": "数字中国建设整体布局规划"}, []),
        (
            "agency/exact-unveiling",
            {"level": "省级"},
            ["agency:js", "agency:sc", "agency:hb", "agency:nm"],
        ),
        ("agency/exact-unveiling", {"level": "county"}, []),
        (
            "agency/bounded-unveiling",
            {"from": "2020-09-01", "to": "2021-05-31"},
            ["agency:nm_dc", "agency:js_dc"],
        ),
        (
            "agency/bounded-unveiling",
            {"from": "2020-09-02", "to": "2021-05-31"},
            ["agency:js_dc"],
        ),
        (
            "agency/government-services-line",
            {"word": "大数据局"},
            ["agency:sd"],
        ),
        ("policy/issuers", {"policy": "policy:sv24"}, ["agency:nda", "org:cac"]),
        ("exchange/count-by-province", {"at_least": 3}, ["province:32", "province:33"]),
        ("exchange/count-by-province", {"at_least": "6"}, []),
        (
            "survey/who-when-why",
            {"survey": "2025年全国数据资源统计调查"},
            ["survey:sv25", "agency:nda", "org:mps", "policy:sv25", "policy:digcn"],
        ),
        (
            "exchange/operator-and-owners",
            {"exchange": "杭州数据交易所"},
            ["org:hzdt", "org:hzjt", "org:hzsj"],
        ),
        ("policy/targets", {"due": 1999}, []),
        (
            "policy/superseded",
            {"word": "征求意见稿"},
            ["policy:x3d", "policy:shauth", "policy:bjtest"],
        ),
        (
            "policy/earlier-than",
            {"policy": "数据二十条", "word": "条例"},
            ["policy:szreg", "policy:shreg"],
        ),
        ("cross/two-sessions-pilots", {"word": "没有这样的举措"}, []),
        ("cross/same-name", {"name": "杭数所"}, ["exchange:hzde", "org:hzdt"]),
        ("cross/same-name", {"name": "中國數谷"}, ["zone:gysg", "zone:hzsg"]),
    ],
)
def test_another_parameter_gets_another_answer(
    store: KnowledgeGraph, slug: str, given: dict[str, object], wanted: list[str]
) -> None:
    answer = ask(store, store.graph, saved.question(domain.questions(), slug), given)
    assert ids(answer) == wanted
    assert all(row.cites for row in answer.rows)


@pytest.mark.parametrize(
    ("slug", "name", "called", "entity"),
    [
        ("policy/direct-implementers", "policy", "数据二十条", "policy:p20"),
        ("policy/issuers", "policy", "“数据要素×”三年行动计划（2024—2026年）", "policy:x3"),
        ("exchange/members-by-province", "initiative", "initiative:mutual24", ""),
        ("policy/issued-by", "body", "国家数据局", "agency:nda"),
        ("survey/who-when-why", "survey", "2024年全国数据资源调查", "survey:sv24"),
        ("exchange/operator-and-owners", "exchange", "深數所", "exchange:szde"),
    ],
)
def test_a_name_is_as_good_as_an_id(
    store: KnowledgeGraph, slug: str, name: str, called: str, entity: str
) -> None:
    answer = store.ask(slug, **{name: called})
    assert answer.parameters[name] == (entity or called)
    assert answer.rows == store.ask(slug).rows


def test_a_body_may_be_any_organisation(store: KnowledgeGraph) -> None:
    answer = store.ask("policy/issued-by", body="国家发展改革委")
    assert answer.parameters == {"body": "org:ndrc"}
    assert "policy:reg" in ids(answer)


def test_a_target_due_in_another_year_is_another_answer(store: KnowledgeGraph) -> None:
    answer = store.ask("policy/targets", due=2026)
    assert {row.values["id"] for row in answer.rows} == {"policy:hzsg", "policy:x3d"}


def test_the_note_names_those_that_cannot_be_compared(store: KnowledgeGraph) -> None:
    (note,) = store.ask("policy/earlier-than", word="条例").notes
    assert note.endswith("湖北省数据条例、浙江省公共数据条例")
    (note,) = store.ask("policy/earlier-than", word="条例", lang="en").notes
    assert note.endswith("湖北省数据条例; 浙江省公共数据条例")
    assert store.ask("policy/earlier-than", word="经济特区").notes == ()


@pytest.mark.parametrize(
    ("slug", "given", "candidates"),
    [
        ("policy/issuers", {"policy": "授权运营管理办法"}, {"policy:zj44", "policy:zj25"}),
        ("policy/issued-by", {"body": "国家数据委"}, {"agency:nda"}),
        ("exchange/operator-and-owners", {"exchange": "中国数谷"}, set()),
    ],
)
def test_an_unknown_name_is_not_guessed_and_what_comes_near_is_listed(
    store: KnowledgeGraph, slug: str, given: dict[str, object], candidates: set[str]
) -> None:
    with pytest.raises(AmbiguousName) as raised:
        ask(store, store.graph, saved.question(domain.questions(), slug), given)
    assert candidates <= {key for key, _ in raised.value.candidates}
    assert str(next(iter(given.values()))) in str(raised.value)


def test_a_name_that_two_things_of_the_class_bear_is_not_guessed(store: KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousName, match="names 2 things") as raised:
        store.show("中国数谷")
    assert raised.value.candidates == (
        ("zone:gysg", "中国数谷(贵阳)"),
        ("zone:hzsg", "中国数谷(杭州)"),
    )


def test_a_name_of_two_things_is_one_where_only_one_is_of_the_class(store: KnowledgeGraph) -> None:
    assert store.ask("exchange/operator-and-owners", exchange="杭数所").parameters == {
        "exchange": "exchange:hzde"
    }


def test_an_id_of_another_class_is_refused(store: KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousName, match="nothing of class Policy"):
        store.ask("policy/direct-implementers", policy="agency:nda")


def test_an_unknown_question_names_those_that_come_near(store: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="did you mean policy/issuers"):
        store.ask("agency/issuers")
