"""Cells that list documents or bodies: each is one, and what may be one or two is a problem."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.several import InDoubt, bodies, titles
from tests.stores import lines, put, query, write

ENDINGS = ("部", "局", "厅", "发展和改革委员会", "人民政府", "大数据中心", "科技有限公司")
BODY = st.builds(
    lambda a, b: a + b,
    st.sampled_from(("江苏省", "国家", "工业和信息化", "甲")),
    st.sampled_from(ENDINGS),
)
ANYTHING = st.text("《》甲乙、；; 和及与()部局，,发展改革委员会", max_size=24)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("《甲办法》", ("甲办法",)),
        ("甲、乙办法", ("甲、乙办法",)),
        ("《甲办法》、《乙、丙意见》", ("甲办法", "乙、丙意见")),
        ("《甲》《乙》；《丙》, 《丁》", ("甲", "乙", "丙", "丁")),
        ("《甲》(试行)、《乙》(征求意见稿)", ("甲(试行)", "乙(征求意见稿)")),
        ("关于印发《甲》、《乙》的通知", ("甲", "乙")),
        ("《甲》和《乙》", ("甲", "乙")),
        ("《甲、乙》及《丙和丁》", ("甲、乙", "丙和丁")),
        ("《甲》以及《乙》", ("甲", "乙")),
        ("数据二十条;虚构意见", ("数据二十条", "虚构意见")),
        ("《甲》；乙和丙办法", ("甲", "乙和丙办法")),
        ("《关于落实《甲》和《乙》的意见》", ("关于落实《甲》和《乙》的意见",)),
        ("关于贯彻《甲》和《乙》的通知", ("关于贯彻《甲》和《乙》的通知",)),
        ("《甲》实施细则", ("《甲》实施细则",)),
        ("", ()),
    ],
)
def test_a_cell_may_list_titles_each_in_its_brackets(cell: str, read: tuple[str, ...]) -> None:
    assert titles(cell) == read


@pytest.mark.parametrize(
    "cell", ["《甲》和乙办法", "乙办法、《甲》", "《甲》及其细则和《乙》的通知"]
)
def test_what_may_be_one_title_or_two_is_in_doubt(cell: str) -> None:
    with pytest.raises(InDoubt, match="one title or two"):
        titles(cell)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("江苏省人民政府、江苏省发展和改革委员会", ("江苏省人民政府", "江苏省发展和改革委员会")),
        ("甲部 乙部", ("甲部", "乙部")),
        ("科技部；工业和信息化部", ("科技部", "工业和信息化部")),
        ("科技部，商务部, 公安部", ("科技部", "商务部", "公安部")),
        ("工业和信息化部和国家数据局", ("工业和信息化部", "国家数据局")),
        ("国家发展和改革委员会", ("国家发展和改革委员会",)),
        ("政务服务和数据管理局", ("政务服务和数据管理局",)),
        ("江苏省 数据局", ("江苏省 数据局",)),
        ("江苏省人民政府 办公厅", ("江苏省人民政府 办公厅",)),
        ("甲局（乙局、丙局）", ("甲局（乙局、丙局）",)),
        ("Data Exchange Co., Ltd", ("Data Exchange Co., Ltd",)),
        ("国家数据局、科技部、  、农业农村部", ("国家数据局", "科技部", "农业农村部")),
    ],
)
def test_a_cell_may_list_bodies_and_none_is_cut_inside_its_name(
    cell: str, read: tuple[str, ...]
) -> None:
    assert bodies(cell) == read


@pytest.mark.parametrize("cell", ["甲部 某某", "甲、乙科技有限公司"])
def test_what_may_be_one_body_or_two_is_in_doubt(cell: str) -> None:
    with pytest.raises(InDoubt, match="one body or"):
        bodies(cell, listed=False)


@given(st.lists(BODY, min_size=1, max_size=5), st.sampled_from(("、", "；", "; ", "，", ", ", " ")))
def test_bodies_that_a_mark_or_a_blank_parts_come_out_as_they_went_in(
    names: list[str], mark: str
) -> None:
    assert list(bodies(mark.join(names))) == names


@given(ANYTHING)
def test_no_cell_of_names_however_odd_stops_a_load_or_loses_a_name(text: str) -> None:
    for read in (titles, bodies):
        with suppress(InDoubt):
            assert all(one.strip() for one in read(text)) or not text.strip(" 《》")


def _links(folder: Path, head: str, cell: str, prop: str) -> tuple[list[str], list[str]]:
    report = put(
        folder, write(folder / "t.csv", f"{head},来源\n火星一号,{cell},https://a.example.org")
    )
    named = f"""SELECT DISTINCT value FROM facts WHERE property = 'name' AND subject IN
        (SELECT value FROM facts WHERE property = '{prop}')"""
    return sorted(str(row[0]) for row in query(folder, named)), lines(report.faults)


@pytest.mark.parametrize(
    ("head", "cell", "prop", "names"),
    [
        ("机构名称,上级单位", "火星甲部、火星乙局", "part_of", ["火星乙局", "火星甲部"]),
        ("文件名称,上位文件", "火星办法;火星意见", "implements", ["火星意见", "火星办法"]),
        ("文件名称,上位文件", "《火星甲》和《火星乙》", "implements", ["火星乙", "火星甲"]),
        ("文件名称,发文机关", "火星甲部 火星乙部", "issued_by", ["火星乙部", "火星甲部"]),
    ],
)
def test_two_in_one_cell_are_two_things(
    tmp_path: Path, head: str, cell: str, prop: str, names: list[str]
) -> None:
    assert _links(tmp_path, head, cell, prop) == (sorted(names), [])


@pytest.mark.parametrize(
    ("head", "cell", "prop"),
    [
        ("机构名称,上级单位", "火星甲部 某某", "part_of"),
        ("文件名称,上位文件", "《火星甲》和火星乙办法", "implements"),
    ],
)
def test_a_name_in_doubt_is_one_problem_and_no_invented_thing(
    tmp_path: Path, head: str, cell: str, prop: str
) -> None:
    named, faults = _links(tmp_path, head, cell, prop)
    assert named == [] and len(faults) == 1 and "part them by ；" in faults[0]


def test_names_in_a_list_of_json_are_as_many_things(tmp_path: Path) -> None:
    record = """{"type": "policy", "title": "火星一号", "发文机关": ["火星甲部", "火星乙部"],
        "上位文件": ["《火星甲》", "火星乙"]}"""
    put(tmp_path, write(tmp_path / "t.jsonl", record.replace("\n", "")))
    many = "SELECT property, count(*) FROM facts WHERE property IN ('issued_by', 'implements')"
    assert query(tmp_path, f"{many} GROUP BY 1 ORDER BY 1") == [("implements", 2), ("issued_by", 2)]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("青海数据中心和云计算有限公司", ("青海数据中心和云计算有限公司",)),
        ("江苏省大数据中心和江苏省数据集团", ("江苏省大数据中心", "江苏省数据集团")),
        ("北京市发展改革委和经信局", ("北京市发展改革委", "经信局")),
        ("江苏省数据局和暨南大学研究院", ("江苏省数据局", "暨南大学研究院")),
        ("国家数据局等17部门", ("国家数据局",)),
        ("1、国家数据局；2、财政部", ("国家数据局", "财政部")),
        ("①国家数据局②财政部", ("国家数据局", "财政部")),
        ("国家数据局（牵头）、财政部*", ("国家数据局", "财政部")),
    ],
)
def test_marks_and_one_companys_和_part_no_name(cell: str, names: tuple[str, ...]) -> None:
    assert bodies(cell) == names


def test_a_company_that_may_go_on_with_what_stands_before_it_is_in_doubt() -> None:
    with pytest.raises(InDoubt):
        bodies("江苏省大数据中心和数据集团")
