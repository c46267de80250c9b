"""Everything known of one thing: who says so, who dissents, what links to it, when it held."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.api import KnowledgeGraph
from kg.shown import Fact
from tests.commands import run
from tests.stores import write

TABLE = """policy_id,title,issued_on,source_id,source_url,source_date
    policy:one,第一号文件,2024-01-05,,https://a.example.org/,2024-03-01"""
OTHER = """policy_id,title,issued_on,source_id,source_url,source_date
    policy:one,第一号文件,2024-02-06,,https://b.example.org/,2024-02-10"""


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    folder: Path = tmp_path_factory.mktemp("disagreeing")
    tables = [write(folder / f"{name}.csv", text) for name, text in (("a", TABLE), ("b", OTHER))]
    with kg.open(folder / ".kg") as store:
        store.load(*tables)
        yield store


def said(store: KnowledgeGraph, entity: str, prop: str, day: date | None = None) -> list[Fact]:
    return [one for one in store.show(entity, on=day).facts if one.property == prop]


def test_a_value_is_shown_with_the_one_that_dissents_the_preferred_first(
    disagreeing: KnowledgeGraph,
) -> None:
    first, second = said(disagreeing, "policy:one", "dated")
    assert (first.value, first.preferred, first.status) == ("2024-01-05", True, "accepted")
    assert (second.value, second.preferred, second.status) == ("2024-02-06", False, "disputed")
    citations = disagreeing.show("policy:one").citations
    assert [citations[number - 1].document for one in (first, second) for number in one.cites] == [
        "a.csv",
        "b.csv",
    ]


def test_one_value_of_two_sources_cites_both(disagreeing: KnowledgeGraph) -> None:
    (name,) = said(disagreeing, "policy:one", "name")
    assert name.sources == len(name.cites) == 2


def test_what_links_to_a_thing_is_shown_apart(store: KnowledgeGraph) -> None:
    shown = store.show("数据二十条")
    assert shown.id == "policy:p20"
    links = [one for one in shown.linked if one.property == "implements"]
    assert {one.subject for one in links} >= {"policy:bj20", "policy:x3", "policy:wh3"}
    assert all(one.value == "policy:p20" and one.cites for one in links)
    assert all(one.subject == "policy:p20" for one in shown.facts)


def test_a_link_has_the_name_of_what_it_leads_to(store: KnowledgeGraph) -> None:
    (link,) = said(store, "policy:bjx", "implements")
    assert (link.value, link.value_name) == ("policy:x3", "“数据要素×”三年行动计划(2024—2026年)")


def test_rejected_values_are_shown_here_and_never_preferred(store: KnowledgeGraph) -> None:
    rejected = [one for one in store.show("policy:x3").facts if one.status == "rejected"]
    rejected += [one for one in store.show("project:hnm").facts if one.status == "rejected"]
    assert rejected
    assert not any(one.preferred for one in rejected)
    assert all(one.held == "no" for one in store.show("project:hnm", on=date(2024, 1, 1)).facts
               if one.status == "rejected")  # fmt: skip


def test_without_a_day_nothing_is_said_of_when_it_held(store: KnowledgeGraph) -> None:
    assert {one.held for one in store.show("agency:js").facts} == {""}
    held = {one.held for one in store.show("agency:js", on=date(2024, 6, 1)).facts}
    assert held <= {"yes", "no", "perhaps"} and held


def test_names_of_the_register_are_shown_with_their_kinds(store: KnowledgeGraph) -> None:
    names = {one.name: one.kind for one in store.show("exchange:hzde").names}
    assert names["杭州数据交易所"] == "official" and names["杭数所"] == "short"


def test_show_on_a_day_has_a_column_for_it(loaded: Path) -> None:
    without = run("show", "agency:js", cwd=loaded).out
    with_day = run("show", "agency:js", "--on", "2024-06-01", cwd=loaded).out
    assert " held" not in without and " held" in with_day
    ended = run("show", "agency:js", "--on", "2024-6", cwd=loaded)
    assert ended.code == 2 and ended.err.count("\n") == 1
