"""Other parameters of the saved questions: ids, names, years; nothing is guessed."""

import pytest

from kg import domain, saved
from kg.answer import Answer, ask
from kg.api import KnowledgeGraph
from kg.errors import AmbiguousName, UsageError


def ids(answer: Answer) -> list[object]:
    return [row.values["id"] for row in answer.rows]


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
