"""The traps of the field that lie in tables, each with a table that holds it.

Others are where what they trap is tested: readings and scripts (traps 1 and 2) and brackets (1) in
test_text, dates (4, 20) in test_dates and test_workbook, titles, numbers and amounts (8, 10, 11) in
test_wording, notes, merged cells, hidden sheets and marks (15) in test_workbook and test_cells,
names that depend on their place (18) and lists (19) in test_identity. Datelines (5) and boilerplate
(13) are traps of running text.
"""

from pathlib import Path

import pytest

from kg.api import KnowledgeGraph
from kg.load import Report
from loaders.goals import goals
from tests.stores import MESSY, lines, put, query, write


def faults(report: Report) -> list[str]:
    return [*lines(report.faults), *report.failed]


# Trap 3


def test_broken_bytes_and_stray_marks_stop_no_row(tmp_path: Path) -> None:
    rows = (
        "??傮w数据局,2 024年1月5日,甲局,、乙局、,丙局",
        "火星@@数据局, 2024 年 2 月 6 日 ,?！稄?fù)函》",
    )
    text = "\n".join(f'"{name}","{day}","{names}"' for name, day, names in map(_three, rows))
    report = put(tmp_path, write(tmp_path / "t.csv", f"机构名称,挂牌时间,别称\n{text}"))
    assert faults(report) == []
    said = query(
        tmp_path,
        """SELECT property, value_key FROM records
        WHERE property IN ('unveiled', 'alias') ORDER BY ALL""",
    )
    assert [value for prop, value in said if prop == "unveiled"] == ["2024-01-05", "2024-02-06"]
    assert {"甲局", "乙局", "丙局"} < {value for prop, value in said if prop == "alias"}


def _three(row: str) -> tuple[str, str, str]:
    first, second, rest = row.split(",", 2)
    return first, second, rest


# Trap 6


def test_four_dates_of_one_document_are_four_dates(tmp_path: Path) -> None:
    head = "文件名称,成文日期,发布日期,施行日期,来源,来源日期"
    row = "火星条例,2022年12月02日,2022.12.19,20230301,https://copy.example.org/a,2023年1月3日"
    report = put(tmp_path, write(tmp_path / "t.csv", f"{head}\n{row}"))
    assert faults(report) == []
    dates = "SELECT property, value_key FROM records WHERE kind = 'date' ORDER BY 1"
    assert query(tmp_path, dates) == [
        ("dated", "2022-12-02"),
        ("in_force", "2023-03-01"),
        ("page_date", "2023-01-03"),
        ("published", "2022-12-19"),
    ]


def test_what_takes_effect_later_than_its_page_is_not_moved_to_it(tmp_path: Path) -> None:
    head = "文件名称,施行日期,来源,来源日期"
    row = "火星条例,2024-03-01,https://copy.example.org/a,2024-01-05"
    put(tmp_path, write(tmp_path / "t.csv", f"{head}\n{row}"))
    force = "SELECT value_key FROM records WHERE property = 'in_force'"
    assert query(tmp_path, force) == [("2024-03-01",)]


# Trap 7


@pytest.mark.parametrize(
    ("final", "draft"),
    [
        ("火星办法", "火星办法(征求意见稿)"),
        ("《火星办法》", "《火星办法（征求意见稿）》"),
        ("《火星办法》", "《火星办法》（征求意见稿）"),
    ],
)
def test_a_draft_and_its_final_text_are_two_documents(
    tmp_path: Path, final: str, draft: str
) -> None:
    put(tmp_path, write(tmp_path / "t.csv", f"文件名称,文号\n{final},1号\n{draft},2号"))
    keys = "SELECT DISTINCT subject_key FROM records WHERE property = 'number'"
    assert len(query(tmp_path, keys)) == 2


def test_spellings_of_one_draft_are_one_document(tmp_path: Path) -> None:
    titles = ("火星办法(征求意见稿)", "《火星办法（征求意见稿）》", "《火星办法》（征求意见稿）")
    rows = "\n".join(f"{title},{n}号" for n, title in enumerate(titles))
    put(tmp_path, write(tmp_path / "t.csv", f"文件名称,文号\n{rows}"))
    keys = "SELECT DISTINCT subject_key FROM records WHERE property = 'number'"
    assert len(query(tmp_path, keys)) == 1


# Trap 9


def test_an_issuer_blanked_on_a_copy_is_no_issuer_and_no_fault(tmp_path: Path) -> None:
    head = "文件名称,发文机关"
    row = "火星办法,国家数据局、科技部、  、农业农村部"
    report = put(tmp_path, write(tmp_path / "t.csv", f"{head}\n{row}"))
    assert faults(report) == []
    issuers = query(
        tmp_path,
        """SELECT value_key, position FROM records
        WHERE property = 'issued_by' ORDER BY position""",
    )
    assert issuers == [("agency:nda", 1), ("org:most", 2), ("org:moa", 3)]


def test_the_list_with_all_seventeen_issuers_stands_over_the_copy(store: KnowledgeGraph) -> None:
    assert len(store.ask("policy/issuers", policy="policy:x3").rows) == 17


# Trap 11


def test_a_product_that_is_listed_unveils_no_exchange(tmp_path: Path) -> None:
    (goal,) = goals("到2025年挂牌数据产品3000款")
    assert (goal.metric, goal.due) == ("挂牌数据产品", "2025")
    head = "交易机构,挂牌,成立日期"
    report = put(
        tmp_path, write(tmp_path / "t.csv", f"{head}\n火星数据交易所,2024-03-01,2024-01-05")
    )
    dates = "SELECT value_key FROM records WHERE property = 'unveiled'"
    assert query(tmp_path, dates) == [("2024-01-05",)]
    assert faults(report)[0].startswith("t.csv, row 1, 挂牌: unknown heading")


# Trap 12


@pytest.mark.parametrize(
    ("thing", "value"),
    [("policy:p20", "发改高技〔2022〕1735号"), ("exchange:bjidex", "2021-09")],
)
def test_what_is_fabricated_keeps_its_source_and_is_rejected(
    store: KnowledgeGraph, thing: str, value: str
) -> None:
    said = [one for one in store.show(thing).facts if one.value == value]
    assert said and all(one.status == "rejected" and not one.preferred for one in said)
    assert all(one.cites for one in said)


# Trap 14


def test_rows_that_repeat_one_body_with_other_fields_are_one_body_with_all_sources(
    tmp_path: Path,
) -> None:
    write(
        tmp_path / "a" / "a.csv",
        """机构名称,地区,揭牌日期,来源
        江苏省数据局,江苏,2024-01-05,https://a.example.org
        江苏省数据局(江苏省政务服务管理办公室),江苏,2024.1.5,https://b.example.org""",
    )
    write(
        tmp_path / "a" / "b.csv",
        """机构名称,地区,揭牌日期,负责人,来源
        江蘇省數據局,江苏省,20240105,某人,https://c.example.org""",
    )
    report = put(tmp_path, tmp_path / "a")
    assert faults(report) == []
    facts = query(
        tmp_path,
        """SELECT subject, property, value, sources FROM facts
        WHERE property IN ('unveiled', 'head') ORDER BY property""",
    )
    assert facts == [("agency:js", "head", "某人", 1), ("agency:js", "unveiled", "2024-01-05", 3)]


# Trap 16


def test_a_hub_lies_in_as_many_provinces_as_its_sources_say(store: KnowledgeGraph) -> None:
    rows = store.cypher(
        """MATCH (p:ComputeProject {id: $id})-[:LOCATED_IN]->(a:Province)
        RETURN a.name AS name ORDER BY name""",
        id="project:hcsj",
    ).rows
    assert len(rows) > 2 and ["上海市"] in [list(row) for row in rows]


# Trap 17


def test_bureaus_of_cities_and_counties_are_not_provincial(store: KnowledgeGraph) -> None:
    rows = store.cypher(
        """MATCH (a:Agency) WHERE a.level = 'provincial'
        RETURN a.name AS name, a.id AS id"""
    ).rows
    names = [str(name) for name, _ in rows]
    assert len(names) > 20
    for row in store.ask("cross/province-with-all").rows:
        agencies = row.values["agencies"]
        assert isinstance(agencies, list)
        names += map(str, agencies)
    assert not [name for name in names for word in ("江阴", "普洱", "达州") if word in name]


def test_the_office_table_of_bureaus_is_read_with_every_trap_in_it(tmp_path: Path) -> None:
    report = put(tmp_path, MESSY)
    assert faults(report) == []
    assert len(report.reviews) == 2  # 江苏省政务服务管理办公室 and 省政府办公厅(省数据局)
