"""Fusing: statements to facts, their periods and dates, who is preferred where they differ."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg import domain
from kg.statement import statement_id
from kg.store import Store
from kg.when import When
from tests.commands import environment
from tests.stores import FACTS, ROOT, export, put, query, write

# Sources of every rank; `copy` repeats `news`. Their dates say which is newer.
SOURCES = """source_id,url,page_date,kind,rank,copy_of
    source:gov,http://gov.example/,2024-01-01,,official,
    source:news,http://news.example/,2024-02-01,,media,
    source:paper,http://paper.example/,2024-06-01,,media,
    source:copy,http://copy.example/,2024-03-01,,media,source:news
    source:blog,http://blog.example/,2024-04-01,,repost,
    source:blog2,http://blog2.example/,2024-04-02,,repost,
    source:farm,http://farm.example/,2024-05-01,,unreliable,
    source:undated,http://undated.example/,,,media,
    source:later,http://later.example/,2030-01-01,,media,"""
JUDGEMENTS = "id,verdict,a,b,by,when,why"


def say(
    subject: str,
    prop: str,
    value: str,
    source: str = "source:news",
    start: str = "",
    end: str = "",
    stance: str = "stated",
) -> dict[str, Any]:
    """One statement, as an export holds it."""
    first, last = (When.parse(text) if text else None for text in (start, end))
    days: tuple[date | None, ...] = (
        *((first.earliest, first.latest) if first else (None, None)),
        *((last.earliest, last.latest) if last else (None, None)),
    )
    bounds = (days[0], days[1], days[2], days[3])
    owner = domain.model().of(subject)
    lang = "zh" if prop in ("name", "alias") else ""
    key = statement_id("said.csv", source, subject, prop, value, lang, bounds)
    names = ("from_earliest", "from_latest", "to_earliest", "to_latest")
    row: dict[str, Any] = {
        "type": "statement",
        "id": key,
        "class": owner.name,
        "subject_key": subject,
    }
    row |= {"subject_name": subject, "property": prop, "value_key": value, "original": value}
    row |= {"kind": owner.properties[prop].kind, "lang": lang, "document": "said.csv"}
    row |= {name: day and day.isoformat() for name, day in zip(names, days, strict=True)}
    row |= {"place": "row 2", "source": source, "quote": "", "stance": stance, "loader": "test"}
    return row | {"places": 1, "position": None, "confidence": 1.0, "loader_version": "1"}


def told(folder: Path, *said: dict[str, Any], judged: str = "") -> None:
    """Load statements, with the sources above and a file of judgements."""
    write(folder / ".kg" / "register" / "sources.csv", SOURCES)
    write(folder / ".kg" / "judgements.csv", f"{JUDGEMENTS}\n{judged}")
    head: dict[str, Any] = {
        "type": "document",
        "document": "said.csv",
        "sha256": "0",
        "loader": "test",
    }
    head |= {"loader_version": "1", "statements": len(said)}
    text = "\n".join(json.dumps(row) for row in (head, *said))
    put(folder, write(folder / "said.jsonl", text))


def facts(folder: Path, *columns: str, prop: str = "head") -> list[tuple[object, ...]]:
    """The facts of a property, in order of value and period."""
    return query(
        folder,
        f"""SELECT {", ".join(columns)} FROM facts WHERE property = '{prop}'
        ORDER BY subject, value, split_part(id, '.', 2)::INTEGER, status""",
    )


def bounds(folder: Path) -> list[tuple[str, str]]:
    """When each period of the head begins and ends."""
    rows = facts(folder, "from_earliest", "from_latest", "to_earliest", "to_latest")
    return [(_edtf(row[0], row[1]), _edtf(row[2], row[3])) for row in rows]


def _edtf(first: object, last: object) -> str:
    assert isinstance(first, date | None) and isinstance(last, date | None)
    return str(When(first, last)) if first or last else ""


NAMED = say("agency:x", "name", "某某数据局")


def led(
    start: str = "", end: str = "", source: str = "source:news", stance: str = "stated"
) -> dict[str, Any]:
    """That somebody led the agency, in some interval."""
    return say("agency:x", "head", "张三", source, start, end, stance)


def test_claims_whose_validities_overlap_are_one_period(tmp_path: Path) -> None:
    told(
        tmp_path,
        NAMED,
        led("2020", "2022"),
        led("2021", "2022-05", "source:blog"),
        led("2023", "2024"),
    )
    assert facts(tmp_path, "id[-2:]", "len(statements)", "sources") == [(".1", 2, 2), (".2", 1, 1)]


def test_one_period_ends_on_the_day_on_which_the_next_begins(tmp_path: Path) -> None:
    told(tmp_path, NAMED, led("2020", "2021-05-01"), led("2021-05-01", "2022"))
    assert bounds(tmp_path) == [("2020", "2021-05-01"), ("2021-05-01", "2022")]


def test_two_sources_that_date_one_appointment_differently_are_one_fact(tmp_path: Path) -> None:
    told(tmp_path, NAMED, led("2020-01"), led("2020-06", "", "source:gov"))
    assert facts(tmp_path, "value", "status", "preferred") == [("张三", "disputed", True)]
    assert bounds(tmp_path) == [("2020-06", "")]


def test_the_bounds_of_a_fact_are_what_all_its_statements_allow(tmp_path: Path) -> None:
    told(
        tmp_path,
        NAMED,
        led("2020", "2022"),
        led("[2020-03-01..2020-08-31]", "2022-05", "source:gov"),
    )
    assert bounds(tmp_path) == [("[2020-03-01..2020-08-31]", "2022-05")]
    assert facts(tmp_path, "status") == [("accepted",)]


def test_where_bounds_exclude_each_other_those_of_the_preferred_statement_stand(
    tmp_path: Path,
) -> None:
    told(
        tmp_path,
        NAMED,
        led("2020-01", "2022", "source:undated"),
        led("2020-02", "2022", "source:paper"),
        led("2020-03", "2022", "source:blog"),
    )
    # paper and undated are both media; paper is the newer one
    assert bounds(tmp_path) == [("2020-02", "2022")]
    assert facts(tmp_path, "status", "preferred", "len(statements)") == [("disputed", True, 3)]


@pytest.mark.parametrize(
    ("claims", "stands"),
    [
        # newer source, of two as sharp
        ([("2023-05-25", "source:news"), ("2023-10-05", "source:paper")], "2023-10-05"),
        # two sources before one that is newer
        (
            [
                ("2023-05-25", "source:news"),
                ("2023-05-25", "source:undated"),
                ("2023-10-05", "source:paper"),
            ],
            "2023-05-25",
        ),
        # a copy is no second source
        (
            [
                ("2023-05-25", "source:news"),
                ("2023-05-25", "source:copy"),
                ("2023-10-05", "source:paper"),
            ],
            "2023-10-05",
        ),
        # sharper before newer
        ([("2023-05-25", "source:news"), ("2023-10", "source:paper")], "2023-05-25"),
        # rank before number
        (
            [
                ("2023-05-25", "source:gov"),
                ("2023-10-05", "source:paper"),
                ("2023-10-05", "source:news"),
            ],
            "2023-05-25",
        ),
        # the same in all: the earlier
        ([("2023-05-25", "source:undated"), ("2023-05-26", "source:undated")], "2023-05-25"),
    ],
)
def test_of_bounds_that_exclude_each_other_those_stand_that_the_order_prefers(
    tmp_path: Path, claims: list[tuple[str, str]], stands: str
) -> None:
    told(tmp_path, NAMED, *(led(start, "", source) for start, source in claims))
    assert bounds(tmp_path) == [(stands, "")]
    assert facts(tmp_path, "status") == [("disputed",)]


def test_an_undated_statement_takes_no_part_where_dates_exclude_each_other(tmp_path: Path) -> None:
    told(
        tmp_path,
        NAMED,
        led("2023-05-25", "", "source:blog"),
        led("2023-10-05", "", "source:blog2"),
        led("", "2024", "source:news"),
        led("", "", "source:gov"),
    )
    assert bounds(tmp_path) == [("2023-10-05", "2024")]


@pytest.mark.parametrize(
    ("source", "period"),
    [("source:gov", 1), ("source:farm", 2), ("source:later", 3), ("source:undated", 3)],
)
def test_an_undated_claim_supports_the_period_in_force_on_its_page_else_the_latest(
    tmp_path: Path, source: str, period: int
) -> None:
    told(
        tmp_path,
        NAMED,
        led("[..2020-05-01]", "2024-01-15"),
        led("2024-04-15", "2024-06-15"),
        led("2025-01-01", "2026-01-01"),
        led("", "", source),
    )
    counts = [1, 1, 1]
    counts[period - 1] += 1
    assert facts(tmp_path, "len(statements)") == [(count,) for count in counts]


def test_a_fact_is_as_sure_as_its_surest_statement_and_stands_at_its_first_position(
    tmp_path: Path,
) -> None:
    sure = led() | {"confidence": 0.9, "position": 3}
    unsure = led("", "", "source:gov") | {"confidence": 0.4, "position": 1}
    told(tmp_path, NAMED, sure, unsure)
    assert facts(tmp_path, "confidence", "position") == [(0.9, 1)]


def test_undated_claims_alone_are_one_period(tmp_path: Path) -> None:
    told(tmp_path, NAMED, led(), led("", "", "source:gov"))
    assert facts(tmp_path, "id[-2:]", "len(statements)", "status") == [(".1", 2, "accepted")]


def dated(
    value: str, source: str = "source:news", stance: str = "stated", subject: str = "policy:p"
) -> dict[str, Any]:
    """That a policy is of some date."""
    return say(subject, "dated", value, source, stance=stance)


TITLED = say("policy:p", "name", "某办法")


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("2024-01", "2024-01-05", "2024-01-05"),
        ("2024", "[2024-03-01..2024-03-31]", "2024-03"),
        ("[2024-01-01..2024-01-20]", "[2024-01-15..]", "[2024-01-15..2024-01-20]"),
        ("[..2024-03-22]", "2024", "[2024-01-01..2024-03-22]"),
        ("[..2024-03-22]", "[..2024-04-01]", "[..2024-03-22]"),
        ("[2023-01-01..]", "[2023-02-01..]", "[2023-02-01..]"),
        ("[2023-01-01..]", "[..2023-12-31]", "2023"),
        ("[2024-02-01..]", "[..2024-02-29]", "2024-02"),
    ],
)
def test_dates_that_agree_combine_to_what_both_allow_citing_both(
    tmp_path: Path, first: str, second: str, both: str
) -> None:
    told(tmp_path, TITLED, dated(first), dated(second, "source:gov"))
    columns = ("value", "status", "preferred", "len(statements)", "sources")
    assert facts(tmp_path, *columns, prop="dated") == [(both, "accepted", True, 2, 2)]


def test_two_dates_that_agree_stand_against_a_sharper_one_as_two_sources(tmp_path: Path) -> None:
    told(
        tmp_path,
        TITLED,
        dated("2024-01", "source:news"),
        dated("[2024-01-05..2024-02-10]", "source:undated"),
        dated("2024-02-20", "source:paper"),
    )
    assert facts(tmp_path, "value", "preferred", "sources", prop="dated") == [
        ("2024-02-20", False, 1),
        ("[2024-01-05..2024-01-31]", True, 2),
    ]


def test_a_date_left_out_does_not_keep_a_later_one_from_agreeing(tmp_path: Path) -> None:
    told(
        tmp_path,
        TITLED,
        *(dated("2024", f"source:{name}") for name in ("news", "paper", "undated")),
        *(dated("2024-01", f"source:{name}") for name in ("news", "paper")),
        dated("2024-06-03", "source:paper"),
        dated("2024-01-05", "source:news"),
    )
    columns = ("value", "status", "preferred", "len(statements)")
    assert facts(tmp_path, *columns, prop="dated") == [
        ("2024-01-05", "accepted", True, 6),
        ("2024-06-03", "disputed", False, 1),
    ]


def test_a_date_that_agrees_joins_the_preferred_and_one_that_does_not_dissents(
    tmp_path: Path,
) -> None:
    told(
        tmp_path,
        TITLED,
        dated("2024-01", "source:gov"),
        dated("2024-01-05", "source:blog"),
        dated("2024-02-01", "source:news"),
    )
    columns = ("value", "status", "preferred", "len(statements)")
    assert facts(tmp_path, *columns, prop="dated") == [
        ("2024-01-05", "accepted", True, 2),
        ("2024-02-01", "disputed", False, 1),
    ]


# Each rule of design §9 decides although every later one says the opposite.
PREFERENCES = {
    "stated before conflicting": (
        [dated("2024-02-02", "source:farm", "stated")],
        [dated("2024-01-01", "source:gov", "conflicting")],
    ),
    "conflicting before inferred": (
        [dated("2024-02-02", "source:farm", "conflicting")],
        [dated("2024-01-01", "source:gov", "inferred")],
    ),
    "no stance says nothing": (
        [dated("2024-02-02", "source:gov", "")],
        [dated("2024-01-01", "source:farm", "stated")],
    ),
    "official before media": (
        [dated("2024-02", "source:gov")],
        [dated("2024-01-01", "source:news"), dated("2024-01-01", "source:paper")],
    ),
    "media before repost": (
        [dated("2024-02", "source:news")],
        [dated("2024-01-01", "source:blog"), dated("2024-01-01", "source:blog2")],
    ),
    "repost before unknown": (
        [dated("2024-02", "source:blog")],
        [dated("2024-01-01", "source:none"), dated("2024-01-01", "source:nobody")],
    ),
    "unknown before unreliable": (
        [dated("2024-02-02", "source:none")],
        [dated("2024-01-01", "source:farm")],
    ),
    "more independent sources": (
        [dated("2024-02", "source:blog"), dated("2024-02", "source:blog2")],
        [dated("2024-01-01", "source:blog2")],
    ),
    "a copy is no second source": (
        [dated("2024-01-01", "source:paper")],
        [dated("2024-02", "source:news"), dated("2024-02", "source:copy")],
    ),
    "sharper": ([dated("2024-02-02", "source:news")], [dated("2023", "source:paper")]),
    "sharper, by days and not by the text's length": (
        [dated("[2024-01-01..2024-01-05]", "source:news")],
        [dated("2023", "source:paper")],
    ),
    "newer source": ([dated("2024-02-02", "source:paper")], [dated("2024-01-01", "source:news")]),
    "a dated source before an undated one": (
        [dated("2024-02-02", "source:news")],
        [dated("2024-01-01", "source:undated")],
    ),
    "smallest value": ([dated("2024-01-01", "source:news")], [dated("2024-01-02", "source:news")]),
}


@pytest.mark.parametrize("rule", PREFERENCES)
def test_of_two_dates_the_better_is_preferred_and_the_other_stays_disputed(
    tmp_path: Path, rule: str
) -> None:
    better, worse = PREFERENCES[rule]
    told(tmp_path, TITLED, *worse, *better)
    found = facts(tmp_path, "value", "status", "preferred", prop="dated")
    assert set(found) == {
        (better[0]["value_key"], "accepted", True),
        (worse[0]["value_key"], "disputed", False),
    }


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


def status(value: str, start: str, end: str, source: str = "source:news") -> dict[str, Any]:
    """That the exchange had a status for a while."""
    return say("exchange:x", "status", value, source, start, end)


def test_values_that_follow_each_other_in_time_do_not_disagree(tmp_path: Path) -> None:
    told(
        tmp_path,
        say("exchange:x", "name", "某交易所"),
        status("preparing", "2020-01-01", "2021-01-01"),
        status("operating", "2021-01-01", ""),
    )
    assert facts(tmp_path, "value", "status", prop="status") == [
        ("operating", "accepted"),
        ("preparing", "accepted"),
    ]


def test_values_that_overlap_in_time_disagree(tmp_path: Path) -> None:
    told(
        tmp_path,
        say("exchange:x", "name", "某交易所"),
        status("preparing", "2020-01-01", "2021-06-01", "source:gov"),
        status("operating", "2021-01-01", ""),
    )
    assert facts(tmp_path, "value", "status", "preferred", prop="status") == [
        ("operating", "disputed", False),
        ("preparing", "accepted", True),
    ]


def test_the_best_stance_of_its_statements_is_the_facts(tmp_path: Path) -> None:
    told(
        tmp_path,
        NAMED,
        led("", "", "source:gov", "inferred"),
        led("", "", "source:news", "conflicting"),
        say("agency:x", "head", "李四", "source:gov", stance=""),
        say("agency:x", "head", "王五", "source:gov", stance="inferred"),
        say("agency:x", "head", "王五", "source:news", stance=""),
    )
    assert facts(tmp_path, "value", "stance") == [
        ("张三", "conflicting"),
        ("李四", "stated"),
        ("王五", "inferred"),
    ]


PAIR = (
    say("org:a1", "name", "甲公司"),
    say("org:a2", "name", "甲有限公司"),
    say("org:a2", "website", "http://a.example/"),
    say("org:b", "name", "乙公司"),
)


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


def test_a_fact_has_the_same_id_in_any_store(tmp_path: Path) -> None:
    told(tmp_path / "a", NAMED, led("2020", "2021"))
    told(tmp_path / "b", *PAIR, NAMED, led("2020", "2021"))
    wanted = "SELECT id FROM facts WHERE subject = 'agency:x' ORDER BY id"
    assert query(tmp_path / "a", wanted) == query(tmp_path / "b", wanted)


def test_another_ontology_makes_facts_and_graph_anew(tmp_path: Path) -> None:
    code = "from kg import fused; from kg.graph import opening; "
    code += "print(fused.rules_hash(), opening.shape_hash())"
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")

    def hashes() -> list[str]:
        env = environment(PYTHONPATH=str(tmp_path))
        command = [sys.executable, "-c", code]
        return subprocess.check_output(command, cwd=tmp_path, env=env, text=True).split()

    before = hashes()
    with (tmp_path / "ontology" / "area.py").open("a", encoding="utf-8") as file:
        file.write("\n# another ontology\n")
    assert all(one != other for one, other in zip(before, hashes(), strict=True))


def test_facts_rest_on_one_sql_text_that_other_engines_run_too() -> None:
    sql = (Path(domain.__file__).parent / "facts.sql").read_text(encoding="utf-8").lower()
    lines = (line for line in sql.splitlines() if not line.startswith("--"))
    code = "\n".join(lines)
    for word in ("varchar", "datediff", "exclude", "filter (", "arg_max", "list_", "::", "qualify"):
        assert word not in code
