"""Pairs, dates and sources: what a row claims, since when, and who says so."""

import csv
from pathlib import Path

import pytest

from tests.stores import FACTS, faults, put, query, write


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    ("low", "high", "value", "column"),
    [
        (
            "2024-01-02",
            "2024-03-04",
            "[2024-01-02..2024-03-04]",
            "established_not_before/established_not_after",
        ),
        ("", "2024-03-04", "[..2024-03-04]", "established_not_after"),
        ("2024-01-02", "", "[2024-01-02..]", "established_not_before"),
    ],
)
def test_a_date_given_by_its_bounds_stands_in_their_columns(
    tmp_path: Path, low: str, high: str, value: str, column: str
) -> None:
    head = "agency_id,name_zh,established_on,established_not_before,established_not_after"
    put(tmp_path, write(tmp_path / "t.csv", f"{head}\nagency:x,某某局,,{low},{high}"))
    rows = query(tmp_path, "SELECT value_key, place FROM records WHERE property = 'unveiled'")
    assert rows == [(value, f"row 2, {column}")]


def test_rows_of_conflicts_are_statements_and_verdicts(tmp_path: Path) -> None:
    rows = _rows(FACTS / "conflicts.csv")[1:]
    report = put(tmp_path, FACTS / "conflicts.csv")
    assert faults(report) == []
    said = query(tmp_path, "SELECT place FROM records WHERE type = 'statement' AND source <> ''")
    assert {f"row {number}, value" for number in range(2, len(rows) + 2)} <= {
        str(row[0]) for row in said
    }
    verdicts = query(
        tmp_path,
        "SELECT verdict, count(*) FROM records WHERE type = 'judgement' GROUP BY 1 ORDER BY 1",
    )
    kept = sum(row[3].startswith(("kept", "alias")) for row in rows)
    refused = sum(row[3].startswith(("rejected", "other event")) for row in rows)
    assert verdicts == [("accept", kept), ("reject", refused)]


@pytest.mark.parametrize(
    ("row", "subject", "prop", "value", "start"),
    [
        (
            "policy:bjx,implements,policy:x3,2024-10",
            "policy:bjx",
            "implements",
            "policy:x3",
            "2024-10",
        ),
        ("policy:zj25,supersedes,policy:zj44,", "policy:zj25", "replaces", "policy:zj44", ""),
        ("policy:x3,supersedes,policy:x3d,", "policy:x3", "final_of", "policy:x3d", ""),
        ("agency:js,governs_province,province:32,", "agency:js", "governs", "province:32", ""),
        (
            "agency:gd_old,predecessor_of,agency:gd,2024-02",
            "agency:gd",
            "predecessor",
            "agency:gd_old",
            "2024-02",
        ),
        (
            "org:szdt,operates,exchange:szde,2021-12-01",
            "exchange:szde",
            "operator",
            "org:szdt",
            "..2021-12-01",
        ),
        (
            "org:szjt,shareholder_of,org:szdt,2021-12",
            "org:szdt",
            "shareholder",
            "org:szjt",
            "..2021-12-31",
        ),
        (
            "exchange:bjidex,established_by,org:bjfh,2021-03-31",
            "exchange:bjidex",
            "founded_by",
            "org:bjfh",
            "2021-03-31",
        ),
        ("agency:nda,conducts,survey:sv24,", "survey:sv24", "organiser", "agency:nda", ""),
        (
            "survey:sv24,conducted_under,policy:sv24,",
            "survey:sv24",
            "conducted_under",
            "policy:sv24",
            "",
        ),
        (
            "org:shgov,authorises,org:shdg,2022-09",
            "org:shdg",
            "authorised_by",
            "org:shgov",
            "2022-09",
        ),
        (
            "agency:gd_old,regulates,exchange:gzde,2022-09-30",
            "exchange:gzde",
            "regulated_by",
            "agency:gd_old",
            "..2022-09-30",
        ),
        (
            "exchange:sde,member_of_mutual_recognition,initiative:mutual24,2024-05-26",
            "exchange:sde",
            "member_of",
            "initiative:mutual24",
            "2024-05-26",
        ),
        (
            "agency:nda,managed_by,org:ndrc,2023-03",
            "agency:nda",
            "managed_by",
            "org:ndrc",
            "2023-03",
        ),
        (
            "exchange:gzks,branch_of,exchange:gzde,",
            "exchange:gzks",
            "branch_of",
            "exchange:gzde",
            "",
        ),
    ],
)
def test_a_pair_is_turned_and_dated_as_its_predicate_means(
    tmp_path: Path, row: str, subject: str, prop: str, value: str, start: str
) -> None:
    head = "subject_id,predicate,object_id,date"
    put(tmp_path, write(tmp_path / "r.csv", f"{head}\n{row}"))
    found = query(
        tmp_path,
        """SELECT subject_key, property, value_key, from_earliest::VARCHAR, from_latest::VARCHAR,
        to_earliest, to_latest FROM records WHERE document = 'r.csv' AND kind = 'link'""",
    )
    first, last = _bounds(start)
    assert found == [(subject, prop, value, first, last, None, None)]


def _bounds(text: str) -> tuple[str | None, str | None]:
    from kg.when import When

    if not text:
        return None, None
    when = When.parse(f"[{text}]" if text.startswith("..") else text)
    return (str(when.earliest) if when.earliest else None), str(when.latest)


def test_a_reported_event_is_not_later_than_its_page_but_a_planned_one_may_be(
    tmp_path: Path,
) -> None:
    head = "agency_id,name_zh,established_on,status,source_id,source_date"
    row = "agency:x,某数据局,2024年初,current,source:none,2024-02-10"
    zones = "zone_id,name_zh,launched_on,status,source_date\nzone:x,某区,2025,planned,2024-02-10"
    put(
        tmp_path,
        write(tmp_path / "a.csv", f"{head}\n{row}"),
        write(tmp_path / "z.csv", zones),
    )
    dates = query(
        tmp_path,
        """SELECT value_key, original FROM records WHERE kind = 'date'
        AND property IN ('unveiled', 'designated') ORDER BY property""",
    )
    assert dates == [("2025", "2025"), ("[2024-01-01..2024-02-10]", "2024年初")]


def test_a_source_that_the_register_lacks_is_described_by_who_cites_it(tmp_path: Path) -> None:
    rows = (
        "agency:x,甲数据局,source:new,http://new.example/a,",
        "agency:y,乙数据局,source:new,http://new.example/a,2024-03-01",
        "agency:z,丙数据局,,http://other.example/b,2024-04-01",
    )
    head = "agency_id,name_zh,source_id,source_url,source_date"
    put(tmp_path, write(tmp_path / "t.csv", "\n".join((head, *rows))))
    said = query(
        tmp_path,
        """SELECT left(subject_key, 9), property, value_key FROM records
        WHERE class = 'Source' ORDER BY ALL""",
    )
    assert said == [
        ("source:ne", "page_date", "2024-03-01"),
        ("source:ne", "url", "http://new.example/a"),
        ("source:x-", "page_date", "2024-04-01"),
        ("source:x-", "url", "http://other.example/b"),
    ]
