"""Finding things by name: old and new, either script, whole names before parts."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.api import KnowledgeGraph
from kg.errors import AmbiguousName
from kg.names import find, one
from kg.when import When
from tests.commands import run
from tests.stores import write


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("数据二十条", "policy:p20"),
        ("数据20条", "policy:p20"),
        ("“数据二十条”", "policy:p20"),
        ("數據二十條", "policy:p20"),
        (" 数据 二十条 ", "policy:p20"),
        ("数据要素X三年行动计划(2024-2026年)", "policy:x3"),
        ("data 20 articles", "policy:p20"),
        ("河南省大数据管理局", "agency:ha_old"),
        ("深数所", "exchange:szde"),
        ("policy:p20", "policy:p20"),
    ],
)
def test_a_thing_is_found_by_each_of_its_names(
    store: KnowledgeGraph, text: str, entity: str
) -> None:
    assert one(store, text) == entity


def test_whole_names_come_before_beginnings_and_these_before_parts(store: KnowledgeGraph) -> None:
    ranks = [hit.rank for hit in find(store, "数据")]
    assert ranks == sorted(ranks) and set(ranks) == {1, 2}
    hits = find(store, "江苏省数据局")
    assert (hits[0].id, hits[0].rank, hits[0].kind) == ("agency:js", 0, "official")


def test_each_thing_is_listed_once_with_the_name_that_fits_best(store: KnowledgeGraph) -> None:
    hits = find(store, "数据局", limit=1000)
    assert len({hit.id for hit in hits}) == len(hits) > 10
    assert all("数据局" in hit.matched and hit.name for hit in hits)
    assert len(find(store, "数据局", limit=3)) == 3


def test_a_class_narrows_what_is_found_to_it_and_what_lies_under_it(
    store: KnowledgeGraph,
) -> None:
    def of(*classes: str) -> set[str]:
        return {hit.id.partition(":")[0] for hit in find(store, "数据", classes, limit=1000)}

    assert of("Policy") == {"policy"}
    assert {"agency", "org"} <= of("Organisation")
    assert of("Agency") == {"agency"}


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "'", "没有这样的东西"])
def test_nothing_is_found_by_nothing(store: KnowledgeGraph, text: str) -> None:
    assert find(store, text) == []
    with pytest.raises(AmbiguousName, match=re.escape(f"nothing is named {text!r}")):
        one(store, text)


def test_a_registered_name_of_a_thing_that_is_not_in_the_store_is_not_found(
    tmp_path: Path,
) -> None:
    table = write(tmp_path / "t.csv", "policy_id,title\npolicy:only,唯一的文件")
    with kg.open(tmp_path / ".kg") as store:
        store.load(table)
        assert store.find("国家数据局") == []
        assert [hit.id for hit in store.find("唯一的文件")] == ["policy:only"]


@pytest.mark.parametrize(
    ("text", "near"),
    [("数据二十一条", "policy:p20"), ("江苏数据厅", "agency:js"), ("国家数据管理局", "agency:nda")],
)
def test_a_misspelt_name_gets_candidates_but_is_never_taken_for_one(
    store: KnowledgeGraph, text: str, near: str
) -> None:
    with pytest.raises(AmbiguousName) as raised:
        one(store, text, ("Policy", "Agency"))
    assert near in {key for key, _ in raised.value.candidates}
    assert 1 <= len(raised.value.candidates) <= 10


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """Two policies that a person has said to be one."""
    folder: Path = tmp_path_factory.mktemp("judged")
    table = write(folder / "t.csv", "policy_id,title\npolicy:a,甲号文件\npolicy:b,乙号文件")
    write(folder / ".kg" / "judgements.csv",
          "id,verdict,a,b,by,when,why\n,same,policy:a,policy:b,,2024-01-01,one text")  # fmt: skip
    with kg.open(folder / ".kg") as store:
        store.load(table)
        yield store


def test_both_names_of_what_was_judged_one_thing_lead_to_it(judged: KnowledgeGraph) -> None:
    assert one(judged, "甲号文件") == one(judged, "乙号文件") == "policy:a"


def test_an_id_that_was_judged_to_be_another_leads_to_that(judged: KnowledgeGraph) -> None:
    assert one(judged, "policy:b") == "policy:a"
    assert judged.show("policy:b").id == "policy:a"


def test_a_name_is_found_by_its_parts_where_nobody_bears_it_as_written(
    store: KnowledgeGraph,
) -> None:
    (hit,) = [hit for hit in find(store, "江苏数据局") if hit.rank == 0]
    assert (hit.id, hit.matched, hit.by) == ("agency:js", "江苏省数据局", "parts")
    assert one(store, "江苏数据局") == "agency:js"


def test_who_bears_a_name_now_comes_before_who_bore_it_each_with_what_it_is(
    store: KnowledgeGraph,
) -> None:
    now, before = find(store, "江苏省政务服务管理办公室")[:2]
    assert (now.id, now.kind, now.start, now.end) == ("agency:js", "plate", "2024-01-05", "")
    assert (before.id, before.kind, before.end) == ("agency:js_old", "official", "2024-01-05")


@pytest.mark.parametrize(
    ("name", "day", "bearers"),
    [
        ("江苏省政务服务管理办公室", date(2023, 6, 1), [("agency:js_old", "perhaps")]),
        ("江苏省政务服务管理办公室", date(2024, 6, 1), [("agency:js", "yes")]),
        ("江苏省数据局", date(2023, 6, 1), []),
        ("上海市数据局", date(2024, 2, 1), [("agency:sh", "perhaps")]),
        ("上海市数据局", date(2024, 4, 1), [("agency:sh", "yes")]),
        ("江苏数据局", date(2024, 6, 1), [("agency:js", "yes")]),
    ],
)
def test_on_a_day_a_name_means_who_bore_it_then(
    store: KnowledgeGraph, name: str, day: date, bearers: list[tuple[str, str]]
) -> None:
    hits = [hit for hit in find(store, name, day=day) if hit.rank == 0]
    assert [(hit.id, hit.on) for hit in hits] == bearers


def test_the_validity_of_a_name_is_that_of_the_facts(store: KnowledgeGraph) -> None:
    """What the register says since when an official name is borne, the facts say of its bearer."""
    rows = store.connection.execute(
        "SELECT DISTINCT subject, value FROM facts WHERE property = 'unveiled'"
    ).fetchall()
    said = {(subject, When.parse(value)) for subject, value in rows}
    starts = {
        (one.entity, one.start)
        for one in store.register.all_names()
        if one.start and one.kind == "official"
    }
    assert len(starts) > 20 and {str(one) for one in starts - said} == set()


def test_a_table_of_names_speaks_the_users_language(loaded: Path) -> None:
    zh = run("find", "江苏省政务服务管理办公室", "--lang", "zh", cwd=loaded).out
    en = run("find", "江苏省政务服务管理办公室", "--lang", "en", cwd=loaded).out
    assert "加挂牌子" in zh and "second name (plate)" in en
    ended = run("find", "数据", "--on", "2024-01-01", "--words", cwd=loaded)
    assert ended.code == 2 and "neither --words nor --graph" in ended.err


def test_a_name_as_written_is_shown_with_the_rule_that_matched_it(tmp_path: Path) -> None:
    rows = "机构名称,地区\n江苏数据局,江苏\n省数据局,江苏\n江苏省数据局（省政务办）,江苏"
    with kg.open(tmp_path / ".kg") as store:
        store.load(write(tmp_path / "t.csv", rows))
        written = {one.text: one.rule for one in store.show("agency:js").written}
    assert written == {
        "江苏数据局": "parsed",
        "省数据局": "record",
        "江苏省数据局（省政务办）": "bracket",
    }
