"""Cells that only say where else to look (同上): a problem wherever they stand, never a name."""

from pathlib import Path

import pytest

from tests.stores import lines, put, query, write

PAIRS = "主体,关系,客体,日期,来源"
GOOD = "金星公司,隶属,土星公司,2024-01-05,http://a.example/"
KNOWN = "SELECT DISTINCT subject_name FROM records WHERE class <> 'Source' ORDER BY 1"


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("同上,隶属,土星公司,,", "主体"),
        ("金星公司,隶属,〃,,", "客体"),
        ("见备注,位于,江苏,,", "主体"),
    ],
)
def test_an_end_of_a_pair_that_points_away_costs_the_row(
    tmp_path: Path, row: str, where: str
) -> None:
    report = put(tmp_path, write(tmp_path / "r.csv", f"{PAIRS}\n{row}\n{GOOD}"))
    (problem,) = lines(report.faults)
    assert problem.startswith(f"r.csv, row 2, {where}: only points elsewhere: ")
    places = "SELECT DISTINCT place FROM records WHERE kind = 'link'"
    assert query(tmp_path, places) == [("row 3, 客体",)]


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("t.csv", "机构名称,来源\n火星数据局,同上", "row 2, 来源"),
        ("t.csv", "机构名称,揭牌日期,地区,source_id\n火星数据局,,,见附件", "row 2, source_id"),
        ("t.jsonl", '{"type": "agency", "name": "火星数据局", "来源": "同上"}', "line 1, 来源"),
        (
            "t.json",
            '{"数据": {"江苏": {"数据管理机构": [{"名称": "火星数据局", "来源": "同上"}]}}}',
            "数据.江苏.数据管理机构[1], 来源",
        ),
    ],
)
def test_a_source_that_points_away_makes_no_source(
    tmp_path: Path, name: str, text: str, where: str
) -> None:
    report = put(tmp_path, write(tmp_path / name, text))
    (problem,) = lines(report.faults)
    assert problem.startswith(f"{name}, {where}: only points elsewhere: ")
    said = "SELECT DISTINCT source FROM records WHERE subject_name = '火星数据局'"
    ((source,),) = query(tmp_path, said)
    assert str(source).startswith("document:")
    assert query(tmp_path, "SELECT count(*) FROM records WHERE class = 'Source'") == [(0,)]


@pytest.mark.parametrize(
    ("cell", "issuers"),
    [
        ("火星市财政局、同上", [("火星市财政局", None)]),
        (
            "同上、火星市财政局、火星市发展和改革委员会",
            [("火星市发展和改革委员会", None), ("火星市财政局", None)],
        ),
        ("同上、见备注", []),
    ],
)
def test_a_part_of_a_list_that_points_away_is_no_name(
    tmp_path: Path, cell: str, issuers: list[tuple[str, object]]
) -> None:
    report = put(tmp_path, write(tmp_path / "t.csv", f"标题,发文机关\n甲办法,{cell}"))
    assert report.faults and all("only points elsewhere" in one for one in lines(report.faults))
    found = "SELECT original, position FROM records WHERE property = 'issued_by' ORDER BY 1"
    assert query(tmp_path, found) == issuers


def test_what_points_away_in_a_tree_is_no_name(tmp_path: Path) -> None:
    tree = (
        '{"数据": {"江苏": {"算力项目": "火星数据中心、同上", "数据管理机构": [{"名称": "同上"}]}}}'
    )
    report = put(tmp_path, write(tmp_path / "t.json", tree))
    assert len(report.faults) == 2
    assert query(tmp_path, KNOWN) == [("江苏",), ("火星数据中心",)]
