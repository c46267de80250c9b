"""What is wrong in a row, a cell or a file is one line, and costs only itself."""

from pathlib import Path

import pytest

from tests.stores import faults, put, query, write

AGENCIES = "agency_id,name_zh,level,established_on,confidence,source_id,source_date"
GOOD = "agency:good,好数据局,provincial,2024-01-05,stated,source:madis,"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "agency:x,某数据局,galactic,2024-01-05,stated,source:madis,",
            "t.csv, row 2, level: unknown code 'galactic' "
            "(want one of county, national, prefecture, provincial)",
        ),
        (
            "agency:x,某数据局,provincial,2024年13月45日,stated,source:madis,",
            "t.csv, row 2, established_on: no such day: '2024年13月45日' "
            "(want 2024, 2024-01, 2024-01-05 or a/b)",
        ),
        (
            "agency:x,某数据局,provincial,近日,stated,source:madis,",
            "t.csv, row 2, established_on: no date to hold on to: '近日' "
            "(give the year, or the date of the page)",
        ),
        (
            "agency:x,某数据局,provincial,2024-01-05,surely,source:madis,",
            "t.csv, row 2, confidence: unknown code 'surely' "
            "(want one of stated, inferred, conflicting)",
        ),
        (
            "agency:x,某数据局,provincial,2024-01-05,stated,source:madis,someday",
            "t.csv, row 2, source_date: not the date of a page: 'someday' "
            "(want 2024, 2024-01, 2024-01-05 or a/b)",
        ),
        (
            "policy:p20,某数据局,provincial,2024-01-05,stated,source:madis,",
            "t.csv, row 2: policy:p20 is of class Policy, not Agency (want an id like agency:…)",
        ),
        (
            "某数据局,某数据局,provincial,2024-01-05,stated,source:madis,",
            "t.csv, row 2, agency_id: not an id (want an id like policy:p20)",
        ),
        (
            ",某数据局,provincial,2024-01-05,stated,source:madis,",
            "t.csv, row 2, agency_id: no id (give the row an id)",
        ),
        (
            "agency:x,某,数据局,provincial,2024-01-05,stated,source:madis,2024-02-01",
            "t.csv, row 2: more cells than headings (quote cells with commas, end no row with one)",
        ),
    ],
)
def test_what_is_wrong_is_one_line_and_all_else_loads(
    tmp_path: Path, row: str, problem: str
) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", f"{AGENCIES}\n{row}\n{GOOD}"))
    assert (faults(report), report.failed) == ([problem], [])
    good = query(tmp_path, "SELECT count(*) FROM records WHERE subject_key = 'agency:good'")
    assert good == [(3,)]


def test_a_wrong_cell_costs_only_itself(tmp_path: Path) -> None:
    row = "agency:x,某数据局,galactic,2024-01-05,stated,source:madis,"
    put(tmp_path, write(tmp_path / "t.csv", f"{AGENCIES}\n{row}"))
    said = query(tmp_path, "SELECT property FROM records WHERE subject_key = 'agency:x' ORDER BY 1")
    assert said == [("name",), ("unveiled",)]


RELATIONS = "subject_id,predicate,object_id,date,confidence,source_id"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "policy:x3,implements,policy:nope,,stated,source:x17",
            "r.csv, row 2, object_id: refers to nothing: policy:nope "
            "(load a table that describes it, or correct the id)",
        ),
        (
            "policy:x3,likes,policy:p20,,stated,source:x17",
            "r.csv, row 2, predicate: unknown predicate 'likes' "
            "(want issued_by (发文单位), implements (落实), ",
        ),
        (
            "policy:x3,implements,policy:p20,2024-02-30,stated,source:x17",
            "r.csv, row 2, date: no such day: '2024-02-30' (want 2024, 2024-01, ",
        ),
        (
            "policy:x3,implements,,,stated,source:x17",
            "r.csv, row 2, object_id: no object_id (fill the cell or drop the row)",
        ),
        (
            "agency:js,implements,policy:p20,,stated,source:x17",
            "r.csv, row 2: agency:js is of class Agency, not Policy (want an id like policy:…)",
        ),
        (
            "policy:x3,implements,province:32,,stated,source:x17",
            "r.csv, row 2, object_id: province:32 can't be the implements here (want policy:…)",
        ),
    ],
)
def test_what_is_wrong_in_a_table_of_pairs_is_one_line_too(
    tmp_path: Path, row: str, problem: str
) -> None:
    good = "policy:bj20,implements,policy:p20,,stated,source:bj20"
    report = put(tmp_path, write(tmp_path / "r.csv", f"{RELATIONS}\n{row}\n{good}"))
    assert len(report.faults) == 1 and faults(report)[0].startswith(problem)
    assert query(tmp_path, "SELECT subject_key FROM records WHERE place = 'row 3, object_id'") == [
        ("policy:bj20",)
    ]


def test_a_reference_that_is_described_later_joins_the_facts(tmp_path: Path) -> None:
    pair = "policy:x3,implements,policy:new,,stated,source:x17"
    put(tmp_path, write(tmp_path / "r.csv", f"{RELATIONS}\n{pair}"))
    wanted = "SELECT value FROM facts WHERE property = 'implements'"
    assert query(tmp_path, wanted) == []
    put(tmp_path, write(tmp_path / "p.csv", "policy_id,title\npolicy:new,新办法"))
    assert query(tmp_path, wanted) == [("policy:new",)]


@pytest.mark.parametrize(
    ("heading", "problem"),
    [
        (
            "agency_id,name_zh,mood",
            "t.csv, row 1, mood: unknown heading, the column is not read "
            "(rename it, or list it in loaders/ignored.csv)",
        ),
        (
            "agency_id,name_zh,",
            "t.csv, row 1, column 3: column 3 has no heading (give it one, or empty it)",
        ),
        (
            "agency_id,head,head",
            "t.csv, row 1, head: the heading stands twice (rename one of the two)",
        ),
    ],
)
def test_a_column_that_is_not_read_is_reported_once(
    tmp_path: Path, heading: str, problem: str
) -> None:
    rows = "agency:x,某数据局,好\nagency:y,别数据局,坏"
    report = put(tmp_path, write(tmp_path / "t.csv", f"{heading}\n{rows}"))
    assert (faults(report), report.failed) == ([problem], [])


def test_an_empty_column_without_a_heading_is_nothing_to_report(tmp_path: Path) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", "agency_id,name_zh,,\nagency:x,某数据局,,"))
    assert faults(report) == []


@pytest.mark.parametrize(
    ("content", "failed"),
    [
        (b"", "bad.csv, row 1: no headings, the file is empty"),
        (b"\n\n", "bad.csv, row 1: no headings, the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "bad.csv: not text but binary data"),
        (b"agency_id,name_zh\nagency:x,\xff\xff\xff", "bad.csv: neither UTF-8 nor GB18030"),
        (b"level,established_on\nprovincial,2024", "bad.csv, row 1: no kind of table with these"),
        (b"agency_id,agency_id,name_zh\na,b,c", "bad.csv, row 1: the heading agency_id stands"),
        (b'agency_id,name_zh\nagency:x,"a"b\n', "bad.csv, row 2: not CSV: "),
    ],
)
def test_a_file_that_is_no_table_is_one_line_and_the_others_load(
    tmp_path: Path, content: bytes, failed: str
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bad.csv").write_bytes(content)
    write(tmp_path / "data" / "good.csv", f"{AGENCIES}\n{GOOD}")
    report = put(tmp_path, tmp_path / "data")
    assert len(report.failed) == 1 and report.failed[0].startswith(f"data/{failed}")
    assert (report.documents, report.total) == (1, 3)


def test_a_table_in_gb18030_says_the_same_as_in_utf_8(tmp_path: Path) -> None:
    text = f"{AGENCIES}\n{GOOD}\n"
    (tmp_path / "t.csv").write_bytes(text.encode("gb18030"))
    put(tmp_path, tmp_path / "t.csv")
    wanted = "SELECT value_key FROM records WHERE property = 'name'"
    assert query(tmp_path, wanted) == [("好数据局",)]


@pytest.mark.parametrize("url", ["http://a.example：8080/x", "https://[a.example/x"])
def test_an_address_that_nobody_can_open_is_the_source_all_the_same(
    tmp_path: Path, url: str
) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", f"机构名称,来源\n火星数据局,{url}"))
    assert report.failed == [] and report.faults == []
    said = query(tmp_path, "SELECT value_key FROM records WHERE property = 'url'")
    assert said == [(url,)]


def test_a_row_that_a_comma_has_shifted_is_known_also_by_a_blank_last_cell(tmp_path: Path) -> None:
    rows = "甲数据局,2024-01-05,\n乙数据局,Jan 5, 2024,\n丙数据局,2024-01-06,"
    report = put(tmp_path, write(tmp_path / "t.csv", f"机构名称,挂牌时间,主管单位\n{rows}"))
    assert [one.split(" (")[0] for one in faults(report)] == [
        "t.csv, row 3: more cells than headings"
    ]
    names = "SELECT value_key FROM records WHERE property IN ('name', 'part_of') ORDER BY 1"
    assert query(tmp_path, names) == [("丙数据局",), ("甲数据局",)]


def test_a_comma_that_ends_every_row_shifts_none(tmp_path: Path) -> None:
    rows = "甲数据局,2024-01-05,\n乙数据局,2024-01-06,"
    assert faults(put(tmp_path, write(tmp_path / "t.csv", f"机构名称,挂牌时间\n{rows}"))) == []
