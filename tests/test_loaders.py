"""Loaders: what a table says, and how it says that a row, a cell or a whole file is wrong."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import loaders
from kg.load import Report
from kg.register import Register
from kg.statement import Claim, Problem
from tests.stores import FACTS, MESSY, SOURCES, TABLES, export, lines, put, query, write

SHIPPED = (*sorted(FACTS.glob("*.csv")), SOURCES / "register" / "sources.csv")
OFFICE = tuple(sorted(TABLES.glob("*.*")))
"""The tables as offices write them: CSV, a workbook, a tree, lines."""
NOBODY = Register({}, {}, frozenset(), "")


def _read(path: Path) -> list[Claim | Problem]:
    return list(loaders.open_source(path).read(NOBODY))


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _written(path: Path, rows: list[list[str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _faults(report: Report) -> list[str]:
    return lines(report.faults)


@pytest.mark.parametrize("path", [*SHIPPED, *OFFICE], ids=lambda path: path.name)
def test_every_column_is_read_or_left_out_with_a_reason(path: Path) -> None:
    assert [one for one in _read(path) if isinstance(one, Problem)] == []


@pytest.mark.parametrize(
    "path",
    [*SHIPPED, *(one for one in OFFICE if one.suffix == ".csv")],
    ids=lambda path: path.name,
)
def test_no_cell_of_a_column_that_is_read_makes_no_difference(path: Path, tmp_path: Path) -> None:
    rows, before = _rows(path), _said(path)
    deaf = []
    for at, heading in enumerate(rows[0]):
        if len({row[at] for row in rows[1:]} - {""}) == 0:
            continue
        emptied = [rows[0], *([*row[:at], "", *row[at + 1 :]] for row in rows[1:])]
        if _said(_written(tmp_path / path.name, emptied)) == before:
            deaf.append(heading)
    ignored = {row[1] for row in _rows(Path(loaders.__file__).parent / "ignored.csv")}
    # an id is who says so where the row has one, and the address is then the register's
    assert set(deaf) <= ignored


def _said(path: Path) -> list[Claim | Problem]:
    return _read(path)


def test_every_reason_in_ignored_is_about_a_column_that_exists() -> None:
    headings = {(path.name, one) for path in (*SHIPPED, *OFFICE) for one in _headings(path)}
    for file, heading, reason in _rows(Path(loaders.__file__).parent / "ignored.csv")[1:]:
        known = {name for name, one in headings if one == heading}
        assert reason and any(Path(name).match(file) for name in known), heading


def _headings(path: Path) -> Iterator[str]:
    """The headings of a file's tables, or the fields of its lines."""
    if path.suffix == ".jsonl":
        for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
            yield from json.loads(line)
    for one in loaders.open_source(path).tables:
        yield from one.table.columns


@pytest.mark.parametrize(
    "path", [FACTS / "agencies.csv", FACTS / "rel_predecessor_of.csv", MESSY], ids=lambda p: p.name
)
def test_columns_in_another_order_say_the_same(path: Path, tmp_path: Path) -> None:
    rows = _rows(path)
    order = sorted(range(len(rows[0])), key=lambda at: rows[0][at])
    straight = _written(tmp_path / "a" / path.name, rows)
    turned = _written(tmp_path / "b" / path.name, [[row[at] for at in order] for row in rows])
    for one in (straight, turned):
        put(one.parent, one)
    first, second = (export(one.parent).splitlines()[1:] for one in (straight, turned))
    assert first == second and first


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
            "t.csv, row 2: more cells than headings (quote cells with commas)",
        ),
    ],
)
def test_what_is_wrong_is_one_line_and_all_else_loads(
    tmp_path: Path, row: str, problem: str
) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", f"{AGENCIES}\n{row}\n{GOOD}"))
    assert (_faults(report), report.failed) == ([problem], [])
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
    assert len(report.faults) == 1 and _faults(report)[0].startswith(problem)
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
    assert (_faults(report), report.failed) == ([problem], [])


def test_an_empty_column_without_a_heading_is_nothing_to_report(tmp_path: Path) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", "agency_id,name_zh,,\nagency:x,某数据局,,"))
    assert _faults(report) == []


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_titles_may_stand_above_the_headings_and_columns_in_any_order(
    tmp_path: Path, encoding: str
) -> None:
    rows = [
        "各省数据机构汇总表,,",
        "截至2024年11月,,单位：家",
        ",,",
        "揭牌日期,来源,机构名称",
        "2024.1.5,,火星数据局",
    ]
    (tmp_path / "t.csv").write_bytes("\r\n".join(rows).encode(encoding))
    report = put(tmp_path, tmp_path / "t.csv")
    said = "SELECT subject_name, value_key, place FROM records WHERE property = 'unveiled'"
    assert _faults(report) == []
    assert query(tmp_path, said) == [("火星数据局", "2024-01-05", "row 5, 揭牌日期")]


@pytest.mark.parametrize(
    ("heading", "cell", "problem"),
    [
        ("注册资本", "1.5.6亿元", "not an amount: '1.5.6亿元' (want 5000亿元, 15%)"),
        ("注册资本", "若干", "not an amount: '若干' (want 5000亿元, 15%)"),
        ("注册资本", "1000", "not an amount: '1000' (want 5000亿元, 15%)"),
        ("注册资本（亿元）", "若干", "not a number: '若干' (want digits)"),
        ("注册资本（亿元）", "Infinity", "not a number: 'Infinity' (want digits)"),
        ("注册资本（亿元）", "1e999999999", "not a number: '1e999999999' (want digits)"),
    ],
)
def test_what_is_no_amount_is_a_problem_of_its_cell(
    tmp_path: Path, heading: str, cell: str, problem: str
) -> None:
    rows = f"交易机构,{heading}\n火星数据交易所,{cell}\n金星数据交易所,"
    report = put(tmp_path, write(tmp_path / "t.csv", rows))
    assert _faults(report) == [f"t.csv, row 2, {heading}: {problem}"]
    names = "SELECT count(*) FROM records WHERE property = 'name'"
    assert query(tmp_path, names) == [(2,)]


def test_rows_that_sum_up_or_explain_say_nothing(tmp_path: Path) -> None:
    rows = "机构名称,揭牌日期\n甲数据局,2024-01-05\n合计,1\n,\n注：截至2024年,\n小计：,2\n"
    report = put(tmp_path, write(tmp_path / "t.csv", rows))
    assert (_faults(report), report.total) == ([], 2)


def test_cells_that_stand_for_nothing_say_nothing(tmp_path: Path) -> None:
    cells = ("—", "不详", "未公布", "无", "/", "N/A", "null", "None", "-", "")
    rows = "\n".join(f"甲数据局,{cell}" for cell in cells)
    report = put(tmp_path, write(tmp_path / "t.csv", f"机构名称,揭牌日期\n{rows}"))
    assert (_faults(report), report.total) == ([], 1)


def test_the_messy_table_loads_without_a_fault(tmp_path: Path) -> None:
    report = put(tmp_path, MESSY)
    assert (_faults(report), report.failed) == ([], [])
    names = query(tmp_path, "SELECT DISTINCT subject_name FROM records WHERE type = 'statement'")
    assert not any(str(row[0]).startswith("合计") for row in names)
    nda = query(
        tmp_path,
        "SELECT original, value_key, place FROM records "
        "WHERE subject_key = 'agency:nda' AND property = 'unveiled' AND position IS NULL LIMIT 1",
    )
    assert nda == [("2023.10.25", "2023-10-25", "row 2, 挂牌（成立）时间")]


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
    assert _faults(report) == []
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


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_is_known_by_its_headings_whatever_it_is_called(
    path: Path, tmp_path: Path
) -> None:
    renamed = _written(tmp_path / "data.csv", _rows(path)[:2])
    assert loaders.open_source(renamed).loader == loaders.open_source(path).loader


CAPITAL = "交易机构,注册资本\n火星数据交易所,{}"


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [("5000万元人民币", "50000000"), ("1千万元", "10000000"), ("约1亿元", "100000000")],
)
def test_capital_is_read_however_the_money_is_named(tmp_path: Path, cell: str, yuan: str) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", CAPITAL.format(cell)))
    said = query(tmp_path, "SELECT value_key, original FROM records WHERE property = 'capital'")
    assert (_faults(report), said) == ([], [(yuan, cell)])


@pytest.mark.parametrize("cell", ["超过1亿元", "不少于1亿元", "1亿元以上"])
def test_a_bound_is_no_capital_and_says_where_to_put_it(tmp_path: Path, cell: str) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", CAPITAL.format(cell)))
    assert _faults(report) == [
        f"t.csv, row 2, 注册资本: a bound and no amount: {cell!r} "
        "(give the amount itself, or put the words into 备注)"
    ]


def test_a_month_and_a_number_behind_a_dash_are_no_day(tmp_path: Path) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", "机构名称,挂牌时间\n火星数据局,2024.1-3"))
    assert len(_faults(report)) == 1 and "not a date: '2024.1-3'" in _faults(report)[0]
