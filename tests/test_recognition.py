"""Which kind a table is: by the headings it has, however they are written or renamed."""

import csv
from pathlib import Path

import pytest

import loaders
from kg.errors import InputError
from kg.load import Report
from loaders.kind import kinds
from tests.stores import MESSY, TABLES, lines, put, query, write

LOCATED = """SELECT property, value_key FROM records
    WHERE property IN ('located_in', 'applies_to') ORDER BY ALL"""
CLASSES = "SELECT class, count(*) FROM records WHERE property = 'name' GROUP BY 1 ORDER BY 2 DESC"
PLACES = (
    "省（区、市）",
    "省(区、市)",
    "省 份",
    "所属省份",
    "所在省份",
    "省份",
    "地区",
    "所属地区",
    "省",
)


def _put(folder: Path, *rows: str) -> Report:
    return put(folder, write(folder / "t.csv", "\n".join(rows)))


def _loader(folder: Path, *rows: str) -> str:
    return loaders.open_source(write(folder / "t.csv", "\n".join(rows))).loader


@pytest.mark.parametrize("heading", PLACES)
@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("机构名称", "主管单位"), ("交易机构", "运营主体"), ("文件名称", "发文机关"),
        ("项目名称", "投资额"), ("集群", "起步区"), ("试点名称", "设立日期"),
    ],
)  # fmt: skip
def test_every_kind_with_a_place_reads_it_under_any_heading(
    tmp_path: Path, heading: str, name: str, beside: str
) -> None:
    report = _put(tmp_path, f"{name},{beside},{heading}", "火星,,江苏")
    assert lines(report.faults) == []
    (found,) = query(tmp_path, LOCATED)
    assert found[1] == "province:32"


def test_a_place_that_no_field_of_the_kind_holds_is_reported(tmp_path: Path) -> None:
    report = _put(tmp_path, "调查名称,调查时间,省份", "火星调查,2024年1月至2024年2月,江苏")
    assert [one.partition(" (")[0] for one in lines(report.faults)] == [
        "t.csv, row 1, 省份: unknown heading, the column is not read"
    ]


def test_every_kind_takes_all_headings_of_a_place_or_none() -> None:
    taken = {len(set(PLACES[4:8]) & {*rule.headings}) for kind in kinds() for rule in kind.field}
    assert taken == {0, 4}


def _renamed(folder: Path, path: Path, old: str, new: str) -> Path:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, *rows = csv.reader(file)
    assert old in first
    with (folder / "renamed.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[new if one == old else one for one in first], *rows])
    return folder / "renamed.csv"


EXCHANGES = TABLES / "exchanges_数据交易机构.csv"
POLICIES = TABLES / "policies_政策文件清单.csv"
PAIRS = TABLES / "relations_关系表.csv"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (EXCHANGES, "交易机构", "名称"), (EXCHANGES, "交易机构", "name"),
        (EXCHANGES, "交易机构", "机构"), (EXCHANGES, "交易机构", "交易机构名称"),
        (EXCHANGES, "省份", "所属省份"), (EXCHANGES, "成立日期", "成立时间"),
        (POLICIES, "文件名称", "名称"), (POLICIES, "文件名称", "政策名称"),
        (POLICIES, "文件名称", "文件标题"), (POLICIES, "发文机关", "发文单位"),
        (POLICIES, "文号", "发文字号"), (POLICIES, "成文日期", "成文时间"),
        (POLICIES, "发布日期", "发布时间"), (POLICIES, "施行日期", "实施日期"),
        (POLICIES, "来源", "来源链接"),
        (MESSY, "机构名称", "名称"), (MESSY, "机构名称", "机构"), (MESSY, "机构名称", "单位名称"),
        (MESSY, "机构名称", "机构全称"), (MESSY, "机构名称", "机构 名称"),
        (MESSY, "机构名称", "机构\n名称"),
        (MESSY, "机构名称", "機構名稱"), (MESSY, "机构名称", "*机构名称："),
        (MESSY, "曾用名/别称", "曾用名"), (MESSY, "曾用名/别称", "别名"),
        (MESSY, "挂牌（成立）时间", "挂牌(成立)时间"), (MESSY, "挂牌（成立）时间", "挂牌日期"),
        (MESSY, "挂牌（成立）时间", "成立时间"), (MESSY, "主管/上级单位", "主管单位"),
        (MESSY, "主管/上级单位", "主管（上级）单位"), (MESSY, "曾用名/别称", "曾用名、别称"),
        (MESSY, "挂牌（成立）时间", "挂牌成立时间"), (MESSY, "机构名称", "数据管理机构"),
        (MESSY, "来源", "出处"), (POLICIES, "发文机关", "发文机构"),
        (EXCHANGES, "交易机构", "数据交易所"), (EXCHANGES, "成立日期", "设立日期"),
        (EXCHANGES, "运营主体", "运营方"), (PAIRS, "关系", "关系类型"), (PAIRS, "客体", "宾语"),
    ],
)  # fmt: skip
def test_a_heading_renamed_within_reason_makes_no_difference(
    tmp_path: Path, path: Path, old: str, new: str
) -> None:
    same, renamed = loaders.open_source(path), _renamed(tmp_path, path, old, new)
    other = loaders.open_source(renamed)
    assert other.loader == same.loader
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = put(tmp_path / "a", path), put(tmp_path / "b", renamed)
    assert (second.total, second.failed) == (first.total, [])
    assert len(second.faults) == len(first.faults)


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("province_id,机构名称,挂牌时间,主管单位", "agencies"),
        ("名称,挂牌时间,主管单位", "agencies"),
        ("机构,挂牌时间,主管单位", "agencies"),
        ("name,发文机关,文号", "policies"),
        ("文件,指标,年份,数值", "targets"),
    ],
)
def test_the_kind_that_knows_most_headings_reads_the_table(
    tmp_path: Path, headings: str, kind: str
) -> None:
    assert _loader(tmp_path, headings) == f"records/{kind}"


@pytest.mark.parametrize(
    "headings", ["名称,来源", "name,note", "名称,地区,颜色", "名称,省份,成立日期"]
)
def test_a_name_alone_does_not_say_what_a_table_is_about(tmp_path: Path, headings: str) -> None:
    with pytest.raises(InputError, match="want more headings that say which it is"):
        _loader(tmp_path, headings)


def test_no_table_is_read_as_a_kind_that_knows_less_of_it_than_another(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        _loader(tmp_path, "集群,发文机关,文号,成文日期")
    assert str(caught.value) == (
        "t.csv, row 1: no kind of table with these headings (集群, 发文机关, 文号, 成文日期); "
        "nearest is policies, which knows 发文机关, 文号, 成文日期 (want policy_id/title/文件名称/"
        "文件名/文件标题/政策名称; or kg new loader begins a kind)"
    )


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("主体,关系,对方,来源", "nearest is a table of pairs, which knows 主体, 关系, 来源 "
         "(want object_id/客体/宾语/尾实体/object; "),
        ("颜色,大小,来源", "only 来源 known, as any table may have (rename them, "),
        ("颜色,大小", "none known (rename them, "),
    ],
)  # fmt: skip
def test_a_table_of_no_kind_says_which_of_its_headings_are_known(
    tmp_path: Path, headings: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        _loader(tmp_path, headings)
    found = ", ".join(headings.split(","))
    assert f"no kind of table with these headings ({found}); {said}" in str(caught.value)


def test_the_number_of_a_row_is_nothing_to_report(tmp_path: Path) -> None:
    assert lines(_put(tmp_path, "序号,机构名称,挂牌时间", "1,甲数据局,2024").faults) == []


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_cells_may_be_parted_by_tabs_or_semicolons(tmp_path: Path, mark: str) -> None:
    rows = (("机构名称", "挂牌时间", "备注"), ("甲数据局", "2024-01-05", "a,b"))
    report = _put(tmp_path, *(mark.join(row) for row in rows))
    assert lines(report.faults) == []
    said = query(tmp_path, "SELECT property, value_key FROM records WHERE class = 'Agency'")
    assert sorted(said) == [("name", "甲数据局"), ("note", "a,b"), ("unveiled", "2024-01-05")]


@pytest.mark.parametrize(
    "content",
    ['{\n"数据": {\n"江苏": {}\n}\n}', '{"数据": {"江苏": {}}}', "机构名称,地区\n甲数据局,江苏"],
)
def test_lines_without_a_record_are_refused_as_a_whole(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match=r"^t\.jsonl: no record in its first lines \(want a JSON"):
        loaders.open_source(write(tmp_path / "t.jsonl", content))


def test_the_mark_of_an_open_workbook_in_a_folder_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "~$t.xlsx").write_bytes(b"\x05user")
    write(tmp_path / "data" / "t.csv", "机构名称,挂牌时间\n甲数据局,2024")
    report = put(tmp_path, tmp_path / "data")
    assert (report.failed, report.documents) == ([], 1)
