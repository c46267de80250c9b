"""What people decide: claims that stand or fall, things that are one, and what is refused."""

from pathlib import Path

import pytest

from kg.store import Store
from tests.claims import JUDGEMENTS, PAIR, TITLED, dated, facts, say, told
from tests.stores import FACTS, export, put, query, write


def test_a_judgement_comes_before_all_else(tmp_path: Path) -> None:
    best, accepted = dated("2024-01-01", "source:gov"), dated("2023", "source:farm", "inferred")
    told(tmp_path, TITLED, best, accepted, judged=f",accept,{accepted['id']},,,,")
    assert facts(tmp_path, "value", "status", prop="dated") == [
        ("2023", "accepted"),
        ("2024-01-01", "disputed"),
    ]


def test_a_rejected_claim_is_a_rejected_fact_and_counts_no_more(tmp_path: Path) -> None:
    wrong, right = dated("2024-01-01", "source:gov"), dated("2023", "source:farm", "inferred")
    told(tmp_path, TITLED, wrong, right, judged=f",reject,{wrong['id']},,,,")
    assert facts(tmp_path, "value", "status", "preferred", prop="dated") == [
        ("2023", "accepted", True),
        ("2024-01-01", "rejected", False),
    ]


def test_of_two_judgements_on_a_claim_the_later_row_stands(tmp_path: Path) -> None:
    claim = dated("2024-01-01")
    told(tmp_path, TITLED, claim, judged=f",reject,{claim['id']},,,,\n,accept,{claim['id']},,,,")
    assert facts(tmp_path, "status", prop="dated") == [("accepted",)]


def test_a_person_overrules_the_verdict_of_the_data(tmp_path: Path) -> None:
    row = "exchange:gbdex,贵阳大数据交易所,2015-09,source:ghtab"
    table = write(
        tmp_path / "exchanges.csv", f"exchange_id,name_zh,established_on,source_id\n{row}"
    )
    put(tmp_path, table, FACTS / "conflicts.csv")
    wanted = "subject = 'exchange:gbdex' AND value = '2015-09'"
    assert query(tmp_path, f"SELECT status FROM facts WHERE {wanted}") == [("rejected",)]
    found = query(
        tmp_path,
        """SELECT id FROM records WHERE subject_key = 'exchange:gbdex' AND value_key = '2015-09'
        AND document = 'exchanges.csv'""",
    )
    write(tmp_path / ".kg" / "judgements.csv", f"{JUDGEMENTS}\n,accept,{found[0][0]},,,,")
    put(tmp_path, table)
    assert query(tmp_path, f"SELECT status FROM facts WHERE {wanted}") != [("rejected",)]


def test_a_merge_joins_two_things_and_taking_it_back_gives_the_same_bytes(tmp_path: Path) -> None:
    told(tmp_path, *PAIR)
    before, fused = export(tmp_path), query(tmp_path, "FROM facts")
    told(tmp_path, *PAIR, judged=",same,org:a2,org:a1,me,2024-01-01,one company")
    assert query(tmp_path, "SELECT DISTINCT subject FROM facts ORDER BY 1") == [
        ("org:a1",),
        ("org:b",),
    ]
    assert '"subject":"org:a1"' in export(tmp_path) and '"subject_key":"org:a2"' in export(tmp_path)
    told(tmp_path, *PAIR)
    assert (export(tmp_path), query(tmp_path, "FROM facts")) == (before, fused)


def test_the_registered_id_stands_for_a_cluster_else_the_smallest(tmp_path: Path) -> None:
    told(
        tmp_path,
        *PAIR,
        say("org:ndrc", "website", "http://ndrc.example/"),
        judged=",same,org:a1,org:ndrc,,,\n,same,org:b,org:a2,,,",
    )
    subjects = {str(row[0]) for row in query(tmp_path, "SELECT DISTINCT subject FROM facts")}
    assert subjects == {"org:ndrc", "org:a2"}


def _refused(folder: Path) -> list[str]:
    with Store(folder / ".kg") as store:
        return [why for _, why in store.decisions().refused]


def test_what_is_judged_different_can_not_be_merged_by_a_detour(tmp_path: Path) -> None:
    judged = ",same,org:a1,org:b,,,\n,same,org:b,org:a2,,,\n,different,org:a1,org:a2,,,"
    told(tmp_path, *PAIR, judged=judged)
    assert _refused(tmp_path) == ["org:a1 and org:a2 are judged different"]
    assert len(query(tmp_path, "SELECT DISTINCT subject FROM facts")) == 2


@pytest.mark.parametrize("prop", ["part_of", "shareholder"])
def test_a_merge_that_links_a_thing_to_itself_is_refused(tmp_path: Path, prop: str) -> None:
    told(tmp_path, *PAIR, say("org:a1", prop, "org:a2"), judged=",same,org:a1,org:a2,,,\n")
    assert _refused(tmp_path) == [
        f"{prop} would run from a thing to itself: org:a1 → org:a2, both org:a1"
    ]


def test_a_merge_that_makes_a_circle_is_refused_and_shows_the_path(tmp_path: Path) -> None:
    links = (say("org:a1", "part_of", "org:b"), say("org:b", "part_of", "org:a2"))
    told(tmp_path, *PAIR, *links, judged=",same,org:a1,org:a2,,,")
    assert _refused(tmp_path) == ["part_of would run in a circle: org:a1 → org:b → org:a1"]


def test_a_circle_that_sources_make_hinders_no_merge(tmp_path: Path) -> None:
    circle = (say("org:a1", "part_of", "org:b"), say("org:b", "part_of", "org:a1"))
    others = (say("org:c1", "name", "丙"), say("org:c2", "name", "丙公司"))
    told(tmp_path, *PAIR, *circle, *others, judged=",same,org:c1,org:c2,,,")
    assert _refused(tmp_path) == []


def test_a_circle_that_sources_make_is_broken_at_its_weakest_link(tmp_path: Path) -> None:
    told(
        tmp_path,
        *PAIR,
        say("org:a1", "part_of", "org:a2"),
        say("org:a2", "part_of", "org:b"),
        say("org:b", "part_of", "org:a1", stance="inferred"),
        say("org:b", "part_of", "org:a1", "source:paper", stance="inferred"),
    )
    assert facts(tmp_path, "subject", "status", "preferred", prop="part_of") == [
        ("org:a1", "accepted", True),
        ("org:a2", "accepted", True),
        ("org:b", "disputed", False),
    ]


def test_a_link_to_itself_and_one_to_nothing_are_no_facts(tmp_path: Path) -> None:
    told(
        tmp_path, *PAIR, say("org:a1", "part_of", "org:a1"), say("org:a1", "part_of", "org:nowhere")
    )
    assert facts(tmp_path, "value", prop="part_of") == []
