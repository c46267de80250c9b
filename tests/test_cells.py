"""Cells and rows of office tables: titles above, sums, marks for nothing, money."""

from pathlib import Path

import pytest

from tests.stores import MESSY, faults, put, query, write


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
    assert faults(report) == []
    assert query(tmp_path, said) == [("火星数据局", "2024-01-05", "row 5, 揭牌日期")]


@pytest.mark.parametrize(
    ("heading", "cell", "problem"),
    [
        ("注册资本", "1.5.6亿元", "not an amount: '1.5.6亿元' (want 5000亿元, 15%)"),
        ("注册资本", "若干", "not an amount: '若干' (want 5000亿元, 15%)"),
        ("注册资本", "1000", "not an amount: '1000' (want 5000亿元, 15%)"),
        ("注册资本（亿元）", "若干", "not a number: '若干' (want digits, as 5000 or 5.5)"),
        ("注册资本（亿元）", "Infinity", "not a number: 'Infinity' (want digits, as 5000 or 5.5)"),
        (
            "注册资本（亿元）",
            "1e999999999",
            "not a number: '1e999999999' (want digits, as 5000 or 5.5)",
        ),
        ("注册资本（亿元）", "1,5", "not a number: '1,5' (want digits, as 5000 or 5.5)"),
        ("registered_capital_cny", "1,5", "not a number: '1,5' (want digits, as 5000 or 5.5)"),
    ],
)
def test_what_is_no_amount_is_a_problem_of_its_cell(
    tmp_path: Path, heading: str, cell: str, problem: str
) -> None:
    rows = f'交易机构,{heading}\n火星数据交易所,"{cell}"\n金星数据交易所,'
    report = put(tmp_path, write(tmp_path / "t.csv", rows))
    assert faults(report) == [f"t.csv, row 2, {heading}: {problem}"]
    names = "SELECT count(*) FROM records WHERE property = 'name'"
    assert query(tmp_path, names) == [(2,)]


@pytest.mark.parametrize("heading", ["注册资本（万元）", "registered_capital_cny"])
def test_commas_may_part_thousands(tmp_path: Path, heading: str) -> None:
    table = f'交易机构,{heading}\n火星数据交易所,"1,500,000.5"'
    assert faults(put(tmp_path, write(tmp_path / "t.csv", table))) == []
    ((value,),) = query(tmp_path, "SELECT value_key FROM records WHERE property = 'capital'")
    assert value == ("15000005000" if "万元" in heading else "1500000.5")


def test_rows_that_sum_up_or_explain_say_nothing(tmp_path: Path) -> None:
    rows = "机构名称,揭牌日期\n甲数据局,2024-01-05\n合计,1\n,\n注：截至2024年,\n小计：,2\n"
    report = put(tmp_path, write(tmp_path / "t.csv", rows))
    assert (faults(report), report.total) == ([], 2)


def test_cells_that_stand_for_nothing_say_nothing(tmp_path: Path) -> None:
    cells = ("—", "不详", "未公布", "无", "/", "N/A", "null", "None", "-", "")
    rows = "\n".join(f"甲数据局,{cell}" for cell in cells)
    report = put(tmp_path, write(tmp_path / "t.csv", f"机构名称,揭牌日期\n{rows}"))
    assert (faults(report), report.total) == ([], 1)


def test_the_messy_table_loads_without_a_fault(tmp_path: Path) -> None:
    report = put(tmp_path, MESSY)
    assert (faults(report), report.failed) == ([], [])
    names = query(tmp_path, "SELECT DISTINCT subject_name FROM records WHERE type = 'statement'")
    assert not any(str(row[0]).startswith("合计") for row in names)
    nda = query(
        tmp_path,
        "SELECT original, value_key, place FROM records "
        "WHERE subject_key = 'agency:nda' AND property = 'unveiled' AND position IS NULL LIMIT 1",
    )
    assert nda == [("2023.10.25", "2023-10-25", "row 2, 挂牌（成立）时间")]


CAPITAL = "交易机构,注册资本\n火星数据交易所,{}"


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [("5000万元人民币", "50000000"), ("1千万元", "10000000"), ("约1亿元", "100000000")],
)
def test_capital_is_read_however_the_money_is_named(tmp_path: Path, cell: str, yuan: str) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", CAPITAL.format(cell)))
    said = query(tmp_path, "SELECT value_key, original FROM records WHERE property = 'capital'")
    assert (faults(report), said) == ([], [(yuan, cell)])


@pytest.mark.parametrize("cell", ["超过1亿元", "不少于1亿元", "1亿元以上"])
def test_a_bound_is_no_capital_and_says_where_to_put_it(tmp_path: Path, cell: str) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", CAPITAL.format(cell)))
    assert faults(report) == [
        f"t.csv, row 2, 注册资本: a bound and no amount: {cell!r} "
        "(give the amount itself, or put the words into 备注)"
    ]


def test_a_month_and_a_number_behind_a_dash_are_no_day(tmp_path: Path) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", "机构名称,挂牌时间\n火星数据局,2024.1-3"))
    assert len(faults(report)) == 1 and "not a date: '2024.1-3'" in faults(report)[0]
