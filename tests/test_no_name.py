"""Cells and rows that look like a name, an amount or a date and are none."""

from pathlib import Path
from typing import Any

import pytest

from kg.dates import read_date
from kg.register import Register
from kg.statement import Claim, Problem
from loaders import open_source, several, wording, workbook
from tests.stores import write

HEAD = "地区,机构名称,主管部门,前身,别称"


def read(folder: Path, *rows: str) -> tuple[list[Claim], list[Problem]]:
    path = write(folder / "t.csv", "\n".join((HEAD, *rows)))
    said = list(open_source(path).read(Register({}, {}, frozenset(), "")))
    return (
        [one for one in said if isinstance(one, Claim)],
        [one for one in said if isinstance(one, Problem)],
    )


@pytest.mark.parametrize("word", ["同上", "〃", "见备注", "（详见附件）"])
def test_a_cell_that_points_elsewhere_is_a_problem_and_no_name(tmp_path: Path, word: str) -> None:
    claims, problems = read(tmp_path, f"江苏,镇江市数据局,{word},{word},{word}")
    assert {one.field for one in problems} == {"主管部门", "前身", "别称"}
    assert all("only points elsewhere" in one.problem for one in problems)
    assert {one.property for one in claims} <= {"name", "located_in", "governs", "level"}


@pytest.mark.parametrize(
    "name",
    [
        "全省平均",
        "其中：县级",
        "其余",
        "共3家机构",
        "续表",
        "（续表）",
        "以下空白",
        "第一批",
        "同比增长",
        "华东地区",
        "同上",
    ],
)
def test_a_row_that_sums_up_or_groups_is_no_thing(tmp_path: Path, name: str) -> None:
    claims, problems = read(tmp_path, f",{name},,,", "江苏,镇江市数据局,,,")
    assert len(problems) == 1 and problems[0].place == "row 2"
    assert {getattr(one.subject, "text", one.subject) for one in claims} == {"镇江市数据局"}


@pytest.mark.parametrize(
    "text", ["10多万家", "5百个", "1.25以下", "3000款以上", "35EFlops左右", "1千余家"]
)
def test_a_number_that_is_not_exact_is_no_amount(text: str) -> None:
    assert wording.amount(text) is None


def test_a_company_is_not_parted_from_its_legal_form() -> None:
    for text in ("贵阳大数据交易所\n有限责任公司", "湖北数据集团 有限公司", "某中心 股份有限公司"):
        assert several.bodies(text) == (text,)


class Cell:
    def __init__(self, value: Any, number_format: str) -> None:
        self.value, self.number_format = value, number_format


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        ('yyyy"年"m"月"', "2024-05"),
        ('yyyy"年"', "2024"),
        ("mmm-yy", "2024-05"),
        ("yyyy-mm-dd", "2024-05-01"),
    ],
)
def test_a_date_of_a_workbook_is_as_sharp_as_it_is_shown(shape: str, shown: str) -> None:
    when = read_date("2024-05-01")
    assert when is not None and when.earliest is not None
    assert workbook._shown(Cell(when.earliest, shape)) == shown


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        (2023.1, "0.00", "2023.10"),
        (5, '0"亿元"', "5亿元"),
        (5.123, "0.0", "5.123"),
        (0.15, "0%", "15%"),
        (5, "General", "5"),
    ],
)
def test_a_number_of_a_workbook_keeps_unit_and_decimals(
    value: float, shape: str, shown: str
) -> None:
    assert workbook._shown(Cell(value, shape)) == shown


def test_a_period_over_the_turn_of_the_year_ends_in_the_next() -> None:
    assert wording.period("2023年12月18日至1月5日") == ("2023年12月18日", "2024年1月5日")
