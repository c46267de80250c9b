"""Rows of a table that are no things, and cells that say nothing: left out, and never silently."""

from pathlib import Path

import pytest

from kg.load import Report
from tests.stores import lines, put, query, write

HEADINGS = "机构名称,地区,来源"
GOOD = "甲数据局,江苏,https://example.org/a"
NAMES = "SELECT DISTINCT subject_name FROM records WHERE property = 'name' ORDER BY 1"


def _put(folder: Path, *rows: str, headings: str = HEADINGS) -> Report:
    return put(folder, write(folder / "t.csv", "\n".join((headings, *rows))))


def _names(folder: Path) -> list[object]:
    return [name for (name,) in query(folder, NAMES)]


@pytest.mark.parametrize("remark", ["注：原文无年份", "说明：同级", "合计", "（一）省级"])
def test_a_remark_before_the_name_costs_no_row(tmp_path: Path, remark: str) -> None:
    headings = "备注,机构名称,地区,来源"
    report = _put(tmp_path, f"{remark},甲数据局,江苏,https://example.org/a", headings=headings)
    assert lines(report.faults) == []
    assert _names(tmp_path) == ["甲数据局"]
    notes = query(tmp_path, "SELECT value_key FROM records WHERE property = 'note'")
    assert notes == [(remark,)] or notes == [(remark.replace("（一）", "(一)"),)]


@pytest.mark.parametrize(
    "row",
    [
        "合 计,1,", "共计,1,", "合计：,1,", "江苏省小计,5,", "全省合计（家）,5,", "Total,3,",
        "总计35家,,", "数据来源：各省政府网站,,", "填表人：张三,,",
        "注1：截至11月,,", "注（1）：截至11月,,",
        "备注:略,,", "截至2024年11月,,", "※含筹建,,", ",合计,", "单位：家,,",
        "机构名称,地区,来源", "机构 名称,地区,", "机构名称,,",
    ],
)  # fmt: skip
def test_sums_notes_and_repeated_headings_are_no_things(tmp_path: Path, row: str) -> None:
    report = _put(tmp_path, GOOD, row, "乙数据局,浙江,https://example.org/b")
    assert lines(report.faults) == []
    assert _names(tmp_path) == ["乙数据局", "甲数据局"]


@pytest.mark.parametrize(
    "row",
    [
        "（一）省级,,",
        "一、省级,,",
        "（1）省级,,",
        "(1)省级,31,",
        "注：同上,江苏,https://example.org/b",
    ],
)
def test_a_note_or_group_in_place_of_a_name_is_a_problem(tmp_path: Path, row: str) -> None:
    report = _put(tmp_path, GOOD, row)
    (fault,) = lines(report.faults)
    assert fault == (
        "t.csv, row 3, 机构名称: a note or the title of a group stands where a name belongs "
        "(give it a column of its own)"
    )
    assert _names(tmp_path) == ["甲数据局"]


def test_a_numbered_name_with_cells_beside_it_is_a_name(tmp_path: Path) -> None:
    report = _put(tmp_path, "（1）甲数据局,江苏,https://example.org/a")
    assert lines(report.faults) == []
    assert _names(tmp_path) == ["甲数据局"]


def test_a_row_that_has_all_but_a_name_is_a_problem(tmp_path: Path) -> None:
    report = _put(tmp_path, GOOD, ",江苏,https://example.org/b")
    assert lines(report.faults) == ["t.csv, row 3, 机构名称: no name (give the row a name)"]


def test_a_name_that_only_begins_like_a_sum_is_a_name(tmp_path: Path) -> None:
    _put(tmp_path, "合计数据局,江苏,", "总计划局,浙江,", "来源数据局,安徽,")
    assert _names(tmp_path) == ["合计数据局", "总计划局", "来源数据局"]


def test_a_table_below_another_is_a_problem_and_makes_no_things(tmp_path: Path) -> None:
    below = ("交易机构,省份,信息来源", "火星数据交易所,江苏,", "金星数据交易所,浙江,")
    again = (HEADINGS, "乙数据局,浙江,https://example.org/b")
    report = _put(tmp_path, GOOD, *below, *again)
    assert lines(report.faults) == [
        "t.csv, row 3: headings of another table (交易机构, 省份, 信息来源), its 2 rows are not "
        "read (give it a sheet or file of its own)"
    ]
    assert _names(tmp_path) == ["乙数据局", "甲数据局"]


@pytest.mark.parametrize("row", ["合计,,35", "注：本表为示例,,"])
def test_sums_and_notes_in_a_table_of_pairs_say_nothing(tmp_path: Path, row: str) -> None:
    pair = "甲数据局,隶属,江苏省人民政府"
    report = _put(tmp_path, pair, row, headings="主体,关系,客体")
    assert not any("row 3" in one for one in lines(report.problems))


def test_a_pair_without_a_subject_is_a_problem_whatever_its_first_cell_says(
    tmp_path: Path,
) -> None:
    report = _put(tmp_path, "注：略,,隶属,江苏省人民政府", headings="来源,主体,关系,客体")
    assert lines(report.faults) == ["t.csv, row 2, 主体: no 主体 (fill the cell or drop the row)"]


@pytest.mark.parametrize(
    "cell",
    ["——", "–", "－", "─", "NULL", "null", "未知", "待定", "#N/A", "NaN", "N/a", "N / A", "- -"],
)
def test_a_mark_for_nothing_is_no_organisation(tmp_path: Path, cell: str) -> None:
    report = _put(tmp_path, f"甲数据局,{cell}", headings="机构名称,主管/上级单位")
    assert lines(report.problems) == []
    assert query(tmp_path, "SELECT property FROM records WHERE type = 'statement'") == [("name",)]


@pytest.mark.parametrize("cell", ["无锡市人民政府", "空港管委会", "待定县人民政府"])
def test_a_name_that_begins_like_a_mark_for_nothing_is_a_name(tmp_path: Path, cell: str) -> None:
    _put(tmp_path, f"甲数据局,{cell}", headings="机构名称,主管/上级单位")
    linked = "SELECT original FROM records WHERE property = 'part_of'"
    assert query(tmp_path, linked) == [(cell,)]


def test_a_second_column_of_one_field_that_says_otherwise_is_reported(tmp_path: Path) -> None:
    rows = (
        "甲数据局,2024-01-05,2024-02-06",
        "乙数据局,2024-01-05,2024年1月5日",
        "丙数据局,,2024-03-01",
    )
    report = _put(tmp_path, *rows, headings="机构名称,挂牌时间,成立日期")
    assert lines(report.faults) == [
        "t.csv, row 2, 成立日期: 挂牌时间 says '2024-01-05' for the same field, this cell is not "
        "read (keep one of the two columns)"
    ]
    dates = "SELECT value_key FROM records WHERE property = 'unveiled' ORDER BY 1"
    assert query(tmp_path, dates) == [("2024-01-05",), ("2024-01-05",), ("2024-03-01",)]


def test_a_second_column_of_sources_that_says_otherwise_is_reported(tmp_path: Path) -> None:
    row = "甲数据局,省政府网站,https://example.org/a"
    report = _put(tmp_path, row, headings="机构名称,来源,来源链接")
    (fault,) = lines(report.faults)
    assert fault.startswith("t.csv, row 2, 来源: 来源链接 says 'https://example.org/a'")
