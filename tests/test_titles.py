"""Which document a title means, and when it waits."""

import pytest

from kg.statement import Name
from kg.text import fold
from tests.who import IDENTIFIER, who


@pytest.mark.parametrize(
    ("text", "place", "key"),
    [
        ("中共中央 国务院关于构建数据基础制度更好发挥数据要素作用的意见", "", "policy:p20"),
        ("中共中央国务院关于构建数据基础制度更好发挥数据要素作用的意见", "", "policy:p20"),
        ("广东省人民政府关于印发广东省数据要素市场化配置改革行动方案的通知", "", "policy:gd151"),
        ("国家数据局等17部门关于印发《“数据要素×”三年行动计划（2024—2026年）》的通知", "",
         "policy:x3"),
        ("十七部门关于印发《“数据要素×”三年行动计划（2024—2026年）》的通知", "", "policy:x3"),
        ("数据要素X三年行动计划2024-2026", "", "policy:x3"),
        ("《中共中央 国务院关于构建更加完善的要素市场化配置体制机制的意见》", "", "? policy:zf9"),
        ("“数据要素✕”三年行动计划(2024年至2026年)", "", "policy:x3"),
        ("可信数据空间发展行动计划（2024–2028）", "", "policy:tds"),
        ("湖北数据条例", "", "policy:hbreg"),
        ("四川省政府关于加快大数据发展的实施意见", "", "policy:sc23"),
        ("关于加快大数据发展的实施意见", "province:51", "policy:sc23"),
        ("关于加快大数据发展的实施意见", "", "? policy:sc23"),
        # the register does not know who issued it; it knows other issuers
        ("国务院关于印发《促进大数据发展行动纲要》的通知", "", "? policy:gf50"),
        ("贵州省人民政府关于印发《促进大数据发展行动纲要》的通知", "", "? policy:gf50"),
        # where it holds is known, who issued it is not
        ("杭州市人民政府关于高标准建设“中国数谷”促进数据要素流通的实施意见", "", "policy:hzsg"),
        ("关于深化改革创新促进数字经济高质量发展的若干措施", "province:37", "policy:sdds"),
        # its number behind it, and what was a draft when opinions were asked for
        ("《关于促进数据产业高质量发展的指导意见》（发改数据〔2024〕1836号）", "", "policy:sjcy"),
        ("广东省数据要素市场化配置改革行动方案【粤府[2021]49号】", "", "policy:gd151"),
        ("“关于印发广东省数据要素市场化 配置改革行动方案的 通知”", "", "policy:gd151"),
        # the report of a place's year, whichever of both stands first, and that of the row's place
        ("2024年北京市政府工作报告", "", "policy:wr_bj"),
        ("北京2024年政府工作报告", "", "policy:wr_bj"),
        ("2024年政府工作报告", "province:11", "policy:wr_bj"),
        ("2024年市政府工作报告", "province:11", "policy:wr_bj"),
        ("2024年市政府工作报告", "province:32", "?"),
        ("2024年省政府工作报告", "", "?"),
        ("2024年政府工作报告", "", "?"),
        ("国家发展改革委、国家数据局、财政部关于印发《公共数据资源登记管理暂行办法》的通知", "",
         "? policy:reg"),
    ],
)  # fmt: skip
def test_a_title_is_known_by_its_text_and_its_issuers(text: str, place: str, key: str) -> None:
    assert who(text, "Policy", place) == key


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("上海市人民政府关于构建数据基础制度更好发挥数据要素作用的意见", ""),
        ("关于加快大数据发展的实施意见", "province:44"),
        ("“数据要素×”三年行动计划(2024—2025年)", ""),
        ("广东省人民政府关于转发《数字中国建设整体布局规划》的通知", ""),
        ("湖南数据条例", ""),
        ("关于深化改革创新促进数字经济高质量发展的若干措施", "province:53"),
    ],
)
def test_a_title_of_other_issuers_place_or_years_is_another_document(text: str, place: str) -> None:
    assert IDENTIFIER.find(Name(text, ("Policy",), place)).rule == "new"


def test_a_new_document_is_one_in_and_out_of_its_notice() -> None:
    bare = who("安徽省数据要素办法", "Policy")
    assert bare == who("安徽省人民政府关于印发《安徽省数据要素办法》的通知", "Policy")
    assert bare == who("某某厅关于印发《安徽省数据要素办法》的通知", "Policy", "province:34")


@pytest.mark.parametrize(
    "notice",
    ["关于印发《乙》的通知", "印发《乙》", "关于征求《乙(草案)》意见的函", "关于印发乙的通知"],
)
def test_who_issues_a_title_is_looked_for_in_its_beginning_alone(notice: str) -> None:
    """Else a cell of nothing but 关于印发 takes time by the square of its length."""
    title = IDENTIFIER.known.title
    assert title(notice).core == title("甲" * 400 + notice).core in ("乙", "乙(草案)")
    assert title("甲" * 600 + notice).core == "甲" * 600 + fold(notice)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("国发〔2022〕14号 国务院关于加强数字政府建设的指导意见", "policy:gf14"),
        ("【沪府办发〔2022〕11号】上海市数字经济发展“十四五”规划", "policy:sh145"),
        ("河北省一体化政务大数据体系建设若干措施 冀政办字〔2023〕1号", "policy:he1"),
        ("可信数据空间发展行动计划(二〇二四至二〇二八年)", "policy:tds"),
        ("“数据二十条”(全文)", "policy:p20"),
        # a number alone, a title of any document
        ("国发〔2015〕50号", "?"),
        ("实施方案", "?"),
        ("三年行动计划", "?"),
        ("复函", "?"),
    ],
)
def test_a_title_is_known_beside_its_number_and_nothing_else_is_a_title(
    text: str, key: str
) -> None:
    assert who(text, "Policy") == key


def test_a_draft_is_one_with_and_without_brackets_and_not_the_final_text() -> None:
    draft, bare, final = (
        who(f"某省数据要素试点总体方案{end}", "Policy", "province:14")
        for end in ("(征求意见稿)", " 征求意见稿", "")
    )
    assert draft == bare != final
