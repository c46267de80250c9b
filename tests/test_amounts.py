"""Amounts in cells: a unit in a column of its own, and the word before a number."""

from pathlib import Path

import pytest

from tests.stores import lines, put, query, write


def goals(folder: Path, head: str, *rows: str) -> list[str]:
    """Load goals of one policy; the problems."""
    table = "\n".join((f"文件,指标,年份,{head}", *(f"甲规划,{row}" for row in rows)))
    return lines(put(folder, write(folder / "t.csv", table)).faults)


def said(folder: Path) -> dict[object, object]:
    found = """SELECT property, value_key FROM records WHERE class = 'Target'
        AND property IN ('value', 'unit', 'value_si', 'unit_si', 'qualifier')"""
    return {prop: value for prop, value in query(folder, found)}


@pytest.mark.parametrize(
    ("cells", "si", "unit"),
    [
        ("5000,亿元", "500000000000", "CCY_CNY"),
        ("1.8,万亿元", "1800000000000", "CCY_CNY"),
        ("4,万个", "40000", "NUM"),
        ("15,%", "15", "PERCENT"),
        ("1.2,万P", "12000", "PetaFLOPS"),
        ("35,EFlops", "35000", "PetaFLOPS"),
    ],
)
def test_a_number_and_its_unit_in_two_columns_are_compared_in_one_unit(
    tmp_path: Path, cells: str, si: str, unit: str
) -> None:
    assert goals(tmp_path, "数值,单位", f"规模,2025,{cells}") == []
    number, written = cells.split(",")
    compared = {"value_si": si, "unit_si": unit}
    assert said(tmp_path) == {"value": number, "unit": written, **compared}


@pytest.mark.parametrize("unit", ["座", "个标准件", "左右", "", "—"])
def test_a_unit_that_nothing_compares_with_leaves_the_number_as_it_is(
    tmp_path: Path, unit: str
) -> None:
    assert goals(tmp_path, "数值,单位", f"规模,2025,12,{unit}") == []
    assert said(tmp_path) == {"value": "12", **({"unit": unit} if unit not in ("", "—") else {})}


def test_an_amount_with_its_unit_is_not_compared_by_the_unit_of_another_column(
    tmp_path: Path,
) -> None:
    goals(tmp_path, "数值,单位", "规模,2025,5000亿元,万元")
    assert said(tmp_path)["value_si"] == "500000000000"


def test_an_about_before_an_amount_is_its_qualifier(tmp_path: Path) -> None:
    assert goals(tmp_path, "数值", "规模,2025,约5000亿元") == []
    assert said(tmp_path)["qualifier"] == "约" and said(tmp_path)["value"] == "5000"


@pytest.mark.parametrize(
    ("qualifier", "problems"),
    [
        ("达到约", []),
        (
            "达到",
            ["t.csv, row 2, 数值: 约 is not read beside 限定 '达到' (put it into 限定: 达到约)"],
        ),
    ],
)
def test_an_about_beside_another_qualifier_is_not_lost_unseen(
    tmp_path: Path, qualifier: str, problems: list[str]
) -> None:
    assert goals(tmp_path, "数值,限定", f"规模,2025,约5000亿元,{qualifier}") == problems
    assert said(tmp_path)["qualifier"] == qualifier


def test_an_about_before_money_stays_in_the_wording(tmp_path: Path) -> None:
    rows = "项目名称,投资额\n火星数据中心,约1亿元"
    assert put(tmp_path, write(tmp_path / "t.csv", rows)).faults == []
    found = "SELECT value_key, original FROM records WHERE property = 'investment'"
    assert query(tmp_path, found) == [("100000000", "约1亿元")]
