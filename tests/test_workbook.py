"""Workbooks as offices keep them: titles above headings, merged cells, hidden sheets, dates."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kg.load import Report
from loaders import drafting
from tests.stores import lines, put, query

Cells = Sequence[object]
HEADINGS: Cells = ["地区", "机构名称", "揭牌日期", "来源"]
UNVEILED = """SELECT subject_name, value_key, place FROM records
    WHERE property = 'unveiled' ORDER BY ALL"""


def saved(path: Path, *rows: Cells, merged: str = "", hidden: tuple[Cells, ...] = ()) -> Path:
    """A workbook with one sheet of rows, and perhaps a hidden one."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "机构"
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    if hidden:
        other = book.create_sheet("底稿")
        other.sheet_state = "hidden"
        for row in hidden:
            other.append(row)
    book.save(path)
    return path


def faults(report: Report) -> list[str]:
    return [*lines(report.faults), *report.failed]


@pytest.mark.parametrize("merged", ["A1:D1", "A1:D2"])
def test_titles_may_stand_above_the_headings(tmp_path: Path, merged: str) -> None:
    above: tuple[Cells, ...] = (
        ["各省数据机构台账"],
        ["统计截至：2024年11月", None, "单位：亿元"],
        [],
    )
    report = put(
        tmp_path,
        saved(
            tmp_path / "t.xlsx",
            *above,
            HEADINGS,
            [None, "火星数据局", "2024-01-05"],
            merged=merged,
        ),
    )
    assert faults(report) == []
    assert query(tmp_path, UNVEILED) == [
        ("火星数据局", "2024-01-05", "sheet 机构, row 5, 揭牌日期")
    ]


@pytest.mark.parametrize("over", [0, 1])
def test_a_cell_merged_downwards_holds_for_every_row_it_spans(tmp_path: Path, over: int) -> None:
    said = (["江苏", "甲数据局"], [None, "乙数据局"], ["浙江", "丙数据局"])
    rows = [[row[0], *[None] * over, row[1]] for row in said]
    headings = [HEADINGS[0], *["备注"] * over, *HEADINGS[1:]]
    merged = "A2:B3" if over else "A2:A3"
    put(tmp_path, saved(tmp_path / "t.xlsx", headings, *rows, merged=merged))
    places = query(
        tmp_path,
        """SELECT subject_name, value_key FROM records
        WHERE property = 'located_in' ORDER BY place""",
    )
    assert places == [
        ("甲数据局", "province:32"),
        ("乙数据局", "province:32"),
        ("丙数据局", "province:33"),
    ]


def test_a_hidden_sheet_says_nothing(tmp_path: Path) -> None:
    row: Cells = [None, "火星数据局", "2024-01-05"]
    draft: Cells = [None, "金星数据局", "2024-01-06"]
    report = put(tmp_path, saved(tmp_path / "t.xlsx", HEADINGS, row, hidden=(HEADINGS, draft)))
    assert faults(report) == []
    assert [name for name, *_ in query(tmp_path, UNVEILED)] == ["火星数据局"]


def test_a_hidden_sheet_with_a_table_of_no_kind_is_no_fault(tmp_path: Path) -> None:
    row: Cells = [None, "火星数据局", "2024-01-05"]
    report = put(tmp_path, saved(tmp_path / "t.xlsx", HEADINGS, row, hidden=(["说明"], ["略"])))
    assert faults(report) == []


def test_rows_that_sum_up_or_explain_and_blank_rows_say_nothing(tmp_path: Path) -> None:
    rows: tuple[Cells, ...] = (
        [None, "火星数据局", "2024-01-05"],
        [],
        ["小计", 1],
        ["合计", 1, None, None],
        ["注：截至2024年11月，空白=未查到"],
        [None, "说明：内部整理"],
    )
    report = put(tmp_path, saved(tmp_path / "t.xlsx", HEADINGS, *rows))
    assert faults(report) == []
    assert query(
        tmp_path, "SELECT count(DISTINCT subject_key) FROM records WHERE class = 'Agency'"
    ) == [(1,)]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (date(2024, 1, 5), "2024-01-05"),
        (datetime(2024, 1, 5), "2024-01-05"),
        (datetime(2024, 1, 5, 9, 30), "2024-01-05"),
        (20240105, "2024-01-05"),
        (20240105.0, "2024-01-05"),
        ("20240105", "2024-01-05"),
        ("2024年1月5日", "2024-01-05"),
        ("2 024年1月5日", "2024-01-05"),
        (2024, "2024"),
        ("2024年初", "[2024-01-01..2024-03-31]"),
    ],
)
def test_a_date_is_read_whatever_the_cell_holds_it_as(
    tmp_path: Path, cell: object, read: str
) -> None:
    report = put(tmp_path, saved(tmp_path / "t.xlsx", HEADINGS, [None, "火星数据局", cell]))
    assert faults(report) == []
    assert [value for _, value, _ in query(tmp_path, UNVEILED)] == [read]


def test_a_number_that_may_be_january_or_october_is_between_them(tmp_path: Path) -> None:
    table = saved(
        tmp_path / "t.xlsx",
        HEADINGS,
        ["江苏", "甲数据局", 2024.1, "a"],
        ["江苏", "乙数据局", "2024.1", "a"],
        ["江苏", "丙数据局", 2024.11, "a"],
    )
    book = load_workbook(table)
    book["机构"].append(["江苏", "丁数据局", 2024.1, "a"])
    book["机构"]["C5"].number_format = "0.00"
    book.save(table)
    assert lines(put(tmp_path, table).faults) == []
    assert [row[:2] for row in query(tmp_path, UNVEILED)] == [
        ("丁数据局", "2024-10"),
        ("丙数据局", "2024-11"),
        ("乙数据局", "2024-01"),
        ("甲数据局", "[2024-01-01..2024-10-31]"),
    ]


def test_an_amount_that_looks_like_a_month_is_an_amount(tmp_path: Path) -> None:
    put(
        tmp_path, saved(tmp_path / "t.xlsx", ["交易机构", "注册资本（万元）"], ["甲交易所", 2024.1])
    )
    assert query(tmp_path, "SELECT value_key FROM records WHERE property = 'capital'") == [
        ("20241000",)
    ]


def test_a_formula_that_nobody_has_worked_out_is_a_problem_of_its_cell(tmp_path: Path) -> None:
    rows = (["江苏", "=A2&B2", "2024", "a"], ["江苏", "甲数据局", "=TODAY()", "a"])
    report = put(tmp_path, saved(tmp_path / "t.xlsx", HEADINGS, *rows, ["合计", "=SUM(B2)"]))
    assert lines(report.faults) == [
        "t.xlsx, sheet 机构, row 2, 机构名称: only points elsewhere: '=A2&B2' (write it out)",
        "t.xlsx, sheet 机构, row 3, 揭牌日期: only points elsewhere: '=TODAY()' (write it out)",
    ]
    names = "SELECT value_key FROM records WHERE class = 'Agency' AND property = 'name'"
    assert query(tmp_path, names) == [("甲数据局",)]


def test_a_share_is_read_as_it_is_shown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["target_id", "文件", "指标", "年份", "数值"])
    sheet.append(["target:mars", "火星规划", "年均增长率", 2026, 0.15])
    sheet["E2"].number_format = "0%"
    book.save(tmp_path / "t.xlsx")
    report = put(tmp_path, tmp_path / "t.xlsx")
    assert faults(report) == []
    said = "SELECT property, value_key FROM records WHERE property IN ('value', 'unit') ORDER BY 1"
    assert query(tmp_path, said) == [("unit", "%"), ("value", "15")]


def test_each_visible_sheet_is_a_table_of_its_own_kind(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    second = book.create_sheet("政策")
    empty = book.create_sheet("空")
    assert empty.max_row == 1
    for row in (HEADINGS, [None, "火星数据局", "2024-01-05", None]):
        first.append(list(row))
    for other in (["文件名", "文号"], ["火星办法", "火函[2024]1号"]):
        second.append(other)
    book.save(tmp_path / "t.xlsx")
    report = put(tmp_path, tmp_path / "t.xlsx")
    assert faults(report) == []
    said = (
        "SELECT value_key, place FROM records WHERE property IN ('unveiled', 'number') ORDER BY 1"
    )
    assert query(tmp_path, said) == [
        ("2024-01-05", "sheet Sheet, row 2, 揭牌日期"),
        ("火函〔2024〕1号", "sheet 政策, row 2, 文号"),
    ]


def _rezipped(path: Path, name: str, made: bytes | None) -> None:
    """The workbook with another part, or without it."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
            elif made is not None:
                new.writestr(one, made)
    path.write_bytes(out.getvalue())


def _fails(tmp_path: Path, name: str = "bad.xlsx") -> str:
    """How loading a bad file beside a good one fails: in one line, and the good one is there."""
    good = saved(tmp_path / "good.xlsx", HEADINGS, [None, "火星数据局", "2024-01-05"])
    report = put(tmp_path, tmp_path / name, good)
    (failed,) = report.failed
    assert report.documents == 1 and "\n" not in failed and failed.startswith(f"{name}:")
    return failed


@pytest.mark.parametrize("kept", [0, 1, 100, 0.5, 0.99])
def test_a_truncated_workbook_is_one_line(tmp_path: Path, kept: float) -> None:
    path = saved(tmp_path / "bad.xlsx", HEADINGS, [None, "火星数据局", "2024-01-05"])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole)) if 0 < kept < 1 else int(kept)])
    assert "not a workbook, or a damaged one" in _fails(tmp_path)


@pytest.mark.parametrize(
    ("part", "made"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet"),
        ("xl/styles.xml", b"<x"),
        ("xl/workbook.xml", None),
        ("[Content_Types].xml", b""),
    ],
)
def test_a_workbook_with_a_broken_part_is_one_line(
    tmp_path: Path, part: str, made: bytes | None
) -> None:
    _rezipped(saved(tmp_path / "bad.xlsx", HEADINGS), part, made)
    assert "not a workbook, or a damaged one" in _fails(tmp_path)


def test_a_workbook_with_a_damaged_byte_is_read_or_is_one_line(tmp_path: Path) -> None:
    path = saved(tmp_path / "bad.xlsx", HEADINGS, *([[None, f"第{n}数据局"] for n in range(9)]))
    whole = path.read_bytes()
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        report = put(
            tmp_path / str(at), path, saved(tmp_path / "good.xlsx", HEADINGS, [None, "甲"])
        )
        assert all("\n" not in one for one in report.failed)


def test_an_encrypted_workbook_and_an_old_one_say_how_to_save_them(tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
    assert _fails(tmp_path) == ("bad.xlsx: encrypted, or an old .xls: save it as .xlsx, unlocked")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.xlsx", "机构名称,揭牌日期\n甲,2024\n".encode()),
        ("bad.xlsx", b"<html><table></table></html>"),
        ("bad.csv", b"PK\x03\x04\x14\0\0\0\x08\0"),
        ("bad.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"),
        ("bad.json", b"PK\x03\x04\x14\0\0\0\x08\0"),
        ("bad.json", "机构名称,揭牌日期\n甲,2024\n".encode()),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_one_line(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    assert ": not " in _fails(tmp_path, name)


def test_a_workbook_without_a_visible_table_says_so(tmp_path: Path) -> None:
    saved(tmp_path / "bad.xlsx")
    assert _fails(tmp_path) == "bad.xlsx: no sheet with headings"


def test_a_workbook_whose_headings_nobody_knows_says_which_they_are(tmp_path: Path) -> None:
    saved(tmp_path / "bad.xlsx", ["颜色", "大小"], ["红", 1])
    report = put(
        tmp_path, tmp_path / "bad.xlsx", saved(tmp_path / "g.xlsx", HEADINGS, [None, "甲"])
    )
    (failed,) = report.failed
    where = "bad.xlsx, sheet 机构, row 1"
    assert failed.startswith(f"{where}: no kind of table with these headings (颜色, 大小)")


def test_a_sheet_that_no_kind_knows_is_a_problem_beside_one_that_is_read(tmp_path: Path) -> None:
    saved(tmp_path / "t.xlsx", HEADINGS, [None, "火星数据局", "2024-01-05"])
    _with_sheet(tmp_path / "t.xlsx", "颜色表", ["颜色", "大小"], ["红", 1])
    report = put(tmp_path, tmp_path / "t.xlsx")
    (fault,) = faults(report)
    assert fault.startswith(
        "t.xlsx, sheet 颜色表, row 1: no kind of table with these headings (颜色"
    )
    assert [name for name, *_ in query(tmp_path, UNVEILED)] == ["火星数据局"]


def test_a_new_kind_begins_from_the_first_sheet_that_no_kind_knows(tmp_path: Path) -> None:
    saved(tmp_path / "t.xlsx", HEADINGS, [None, "火星数据局", "2024-01-05"])
    _with_sheet(tmp_path / "t.xlsx", "颜色表", ["颜色", "大小"], ["红", 1])
    assert 'headings = ["颜色"]' in drafting.draft(tmp_path / "t.xlsx")


def _with_sheet(path: Path, title: str, *rows: Cells) -> None:
    book = load_workbook(path)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    book.save(path)
