"""Suggestions: pairs that may be one, proposed by what their names share, never merged."""

from pathlib import Path

import pytest

import kg
from bench.suggest import apart
from kg import domain
from kg.alike import LEAST, Places, Thing, pairs
from kg.register import Register
from kg.suggesting import place_names
from tests.claims import say, told
from tests.commands import within
from tests.stores import export

PLACES = Places({"江苏省": "province:32", "江苏": "province:32", "浙江省": "province:33"})


def proposed(*names: str, numbers: tuple[str, ...] = ("", "")) -> bool:
    things = [
        Thing(f"x:{at}", "x", (name,), number=number)
        for at, (name, number) in enumerate(zip(names, numbers, strict=True))
    ]
    return bool(pairs(things, PLACES))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江苏省发改委", "江苏省发展和改革委员会"),
        ("上海数据集团", "上海数据集团有限公司"),
        ("杭数所", "杭州数据交易所有限公司"),
        ("数据要素三年行动计划", "数据要素三年行动计划(2024-2026年)"),
        ("和林格尔集群", "和林格尔数据中心集群"),
    ],
)
def test_short_and_long_forms_are_proposed(one: str, other: str) -> None:
    assert proposed(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江苏省数据局", "浙江省数据局"),
        ("成渝枢纽节点的复函", "京津冀枢纽节点的复函"),
        ("杭州市人民政府", "杭州市人民政府办公厅"),
        ("2024年数据资源调查", "2025年数据资源调查"),
        ("某某数谷(杭州)", "某某数谷(贵阳)"),
        ("某办法", "某办法(征求意见稿)"),
    ],
)
def test_one_pattern_with_another_place_kind_or_year_is_not_proposed(one: str, other: str) -> None:
    assert not proposed(one, other)


def test_the_number_of_a_document_speaks_before_its_title() -> None:
    same = ("国办发〔2024〕1号", "国办发〔2024〕1号")
    assert proposed("甲办法", "关于印发乙的通知", numbers=same)
    assert not proposed("某管理办法", "某管理办法", numbers=("一号", "二号"))


def test_suggestions_leave_out_what_is_judged_linked_or_registered(tmp_path: Path) -> None:
    told(
        tmp_path,
        *(say(f"org:{key}", "name", "某市大数据管理中心") for key in ("a", "b", "c", "d")),
        say("org:c", "predecessor", "org:a"),
        say("org:d", "predecessor", "org:a"),
        say("org:d", "located_in", "province:32"),
        say("org:b", "located_in", "province:33"),
        say("agency:js", "alias", "江苏省某办公室"),
        say("agency:js_old", "alias", "江苏省某办公室"),
        judged=",different,org:a,org:b,,,",
    )
    before = export(tmp_path)
    with kg.open(tmp_path / ".kg") as store:
        found = {(one.a, one.b) for one in store.suggestions()}
    assert found == {("org:b", "org:c"), ("org:c", "org:d")}
    assert export(tmp_path) == before


def test_suggestions_are_listed_with_what_speaks_for_them(loaded: Path) -> None:
    rows = within("review", "--suggest", "--json", cwd=loaded).json()
    assert {"agency:js", "review:rdf03ca8e"} in [{row["a"], row["b"]} for row in rows]
    assert all(row["likeness"] >= LEAST and row["because"] for row in rows)
    assert not any(row["a"].startswith("proposal:") for row in rows)


def test_suggestions_fit_the_register_as_well_as_the_documents_say() -> None:
    register = Register.read([domain.sources() / "register"])
    things, truth = apart(register)
    found = {(one.a, one.b) for one in pairs(things, place_names(register))}
    assert len(found & truth) / len(found) >= 0.65
    assert len(found & truth) / len(truth) >= 0.7
