"""Finding things by name: old and new, either script, whole names before parts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.api import KnowledgeGraph
from kg.errors import AmbiguousName
from kg.names import find, one
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
    [("数据二十一条", "policy:p20"), ("江苏数据局", "agency:js"), ("国家数据管理局", "agency:nda")],
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
