"""How policies word their goals: a number is read where it can mean nothing else, or not at all."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.goals import Goal, goals
from loaders.wording import Amount
from tests.stores import put, query, write

METRICS = (
    "数据产业规模",
    "5G基站总数",
    "自由贸易企业",
    "5A级数据中心",
    "挂牌数据产品",
    "PUE达标率",
)
VERBS = ("", "达到", "不少于", "不超过", "力争达到", "超过", "培育", "约", "控制在", "新增")
UNITS = ("个", "家", "款", "亿元", "万亿元", "%", "万个", "倍", "个百分点")
SENTENCE = st.text(
    "0123456789.,，约到年底前()亿万千元个家%P达到超过以上增长；至—-~、和比第由月日 据", max_size=30
)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (
            "到2025年数商企业引育1,000家",
            Goal("数商企业", "2025", "引育", Amount("1000", "家", "1000", "NUM")),
        ),
        (
            "到2026年底，数据产业年均增长率超过15%",
            Goal("数据产业年均增长率", "2026", "超过", Amount("15", "%", "15", "PERCENT")),
        ),
        (
            "到2025年，算力规模达到35EFlops以上",
            Goal("算力规模", "2025", "达到…以上", Amount("35", "EFlops", "35000", "PetaFLOPS")),
        ),
        (
            "数据交易额1.8万亿元左右",
            Goal("数据交易额", "", "左右", Amount("1.8", "万亿元", "1800000000000", "CCY_CNY")),
        ),
        ("挂牌数据产品3000款", Goal("挂牌数据产品", "", "", Amount("3000", "款", "3000", "NUM"))),
        ("制度初步建立", Goal("制度初步建立")),
        ("3000款以上", Goal("3000款以上")),
        ("5个城市试点建设", Goal("5个城市试点建设")),
        ("版本1.5.6亿元", Goal("版本1.5.6亿元")),
    ],
)
def test_a_goal_says_what_is_measured_how_much_of_it_and_by_when(cell: str, read: Goal) -> None:
    assert list(goals(cell)) == [read]


def test_goals_are_parted_by_semicolons_of_both_kinds_and_blank_ones_are_none() -> None:
    assert [one.metric for one in goals("甲；乙;；\n丙； ")] == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("到2030年全面建成", ("全面建成", "2030")),
        ("建成5G基站全覆盖", ("建成5G基站全覆盖", "")),
        ("到2027年建成3—5个可信数据空间", ("建成3—5个可信数据空间", "2027")),
        ("到2025年建成10个以上", ("建成10个以上", "2025")),
        ("到2025年和2027年，企业达到100家", ("到2025年和2027年，企业达到100家", "")),
        ("到2025—2027年企业达到100家", ("到2025—2027年企业达到100家", "")),
        ("到2025年度企业达到100家", ("到2025年度企业达到100家", "")),
        ("到2025年前三季度企业达到100家", ("到2025年前三季度企业达到100家", "")),
        ("到“十四五”末规模达到5亿元", ("到“十四五”末规模达到5亿元", "")),
        ("截至2025年底，已建成企业100家", ("截至2025年底，已建成企业100家", "")),
        ("力争到2025年翻一番", ("力争翻一番", "2025")),
        *(
            (words, (words, ""))
            for words in (
                "年均增速5%~10%", "年均增速5%至10%", "年均增速5到10%", "年均增速5-10%左右",
                "企业3至5家", "企业达3、5家", "企业10/20家", "企业达到-5家", "企业10余家",
                "企业几10家", "占比达到三分之一", "占比提高百分之十", "年均增长两位数",
                "规模达到2020年的1.5倍", "规模比2020年增长15%", "比上年增长15%",
                "规模由3000亿元增长到5000亿元", "规模从三千亿元提高到5000亿元",
                "综合实力进入全国前10位", "第5个", "培育3个月", "服务期10年", "H100台", "Top10家",
                "A类和B类企业分别达到100家、200家", "企业、平台各100家", "每年新增100家",
                "占比达到30%，比2020年提高5个百分点", "企业不低于5,00家", "企业增长5G个",
                "数据、算力规模达到100P、产业规模100亿元", "企业 2025 100家", "负10%",
            )
        ),
    ],
)  # fmt: skip
def test_a_goal_whose_number_is_not_sure_is_kept_in_its_words(
    cell: str, read: tuple[str, str]
) -> None:
    assert list(goals(cell)) == [Goal(*read)]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("到2025年末数据产业规模达到5000亿元", ("数据产业规模", "2025", "达到", "5000亿元")),
        ("到2025年算力规模达到35 EFlops", ("算力规模", "2025", "达到", "35EFlops")),
        ("到 2025 年，企业 达到 2,000 家。", ("企业", "2025", "达到", "2000家")),
        ("2025年底前，企业达到100家", ("企业", "2025", "达到", "100家")),
        ("到2025年6月底，企业超过100家", ("企业", "2025-06", "超过", "100家")),
        ("力争到2025年底前，企业不少于100家", ("企业", "2025", "力争不少于", "100家")),
        ("到2025年，企业力争达到100家左右", ("企业", "2025", "力争达到…左右", "100家")),
        ("确保数据产业规模突破1.8万亿元", ("数据产业规模", "", "确保突破", "1.8万亿元")),
        ("企业不超过100家", ("企业", "", "不超过", "100家")),
        ("到2025年规模增长1.5倍", ("规模增长", "2025", "", "1.5倍")),
        ("规模年均增长15%以上", ("规模年均增长", "", "以上", "15%")),
        ("比例达到30%", ("比例", "", "达到", "30%")),
        ("自由贸易试验区企业20家", ("自由贸易试验区企业", "", "", "20家")),
        ("到年5G基站总数达到300000个", ("5G基站总数", "", "达到", "300000个")),
        ("到2024年新开通5G基站新增40,000个", ("新开通5G基站", "2024", "新增", "40000个")),
        ("到2024年5A级数据中心以上25个", ("5A级数据中心", "2024", "以上", "25个")),
        ("每万人拥有5G基站30个", ("每万人拥有5G基站", "", "", "30个")),
    ],
)
def test_the_due_year_is_taken_off_first_and_the_words_around_the_number_qualify_it(
    cell: str, read: tuple[str, str, str, str]
) -> None:
    (goal,) = goals(cell)
    assert goal.amount
    assert (goal.metric, goal.due, goal.qualifier) == read[:3]
    assert goal.amount.number + goal.amount.unit == read[3]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (
            "到2025年数据产业规模5000亿元以上，年均增长15%",
            [("数据产业规模", "2025", "5000"), ("年均增长", "2025", "15")],
        ),
        (
            "到2025年企业达到100家，到2027年企业达到200家",
            [("企业", "2025", "100"), ("企业", "2027", "200")],
        ),
        ("企业100家、产品1,000个", [("企业", "", "100"), ("产品", "", "1000")]),
    ],
)
def test_a_sentence_with_an_amount_in_each_clause_is_a_goal_for_each(
    cell: str, read: list[tuple[str, str, str]]
) -> None:
    found = [(one.metric, one.due, one.amount and one.amount.number) for one in goals(cell)]
    assert found == read


@given(
    st.sampled_from(METRICS),
    st.sampled_from(VERBS),
    st.integers(1, 10**7),
    st.sampled_from(UNITS),
    st.sampled_from(("", "到2025年", "到2025年底，", "2025年底前，", "力争到2025年")),
)
def test_a_plain_goal_is_read_with_its_number_and_its_unit(
    metric: str, verb: str, many: int, unit: str, due: str
) -> None:
    (goal,) = goals(f"{due}{metric}{verb}{many}{unit}")
    assert goal.metric.startswith(metric) and goal.due == ("2025" if due else "")
    assert goal.amount and Decimal(goal.amount.number) in (many, many * 10**4)


@given(
    st.sampled_from(METRICS), st.integers(1, 999), st.integers(1, 999),
    st.sampled_from(("-", "—", "~", "至", "到", "～", "－", "/", "、", "或")),
    st.sampled_from(UNITS),
)  # fmt: skip
def test_a_range_never_loses_an_end(metric: str, low: int, high: int, mark: str, unit: str) -> None:
    for cell in (f"{metric}{low}{mark}{high}{unit}", f"{metric}{low}{unit}{mark}{high}{unit}"):
        assert [one.amount for one in goals(cell)] == [None]


@given(SENTENCE)
def test_a_number_read_is_one_that_the_sentence_writes(text: str) -> None:
    for goal in goals(text):
        assert goal.metric
        if goal.amount:
            written = re.findall(r"[0-9.]+", re.sub("[,， ]", "", text))
            times = (1, 10**3, 10**4, 10**8, 10**12)
            number = Decimal(goal.amount.number)
            assert any(
                number == Decimal(one.strip(".") or 0) * n
                for one in written
                for n in times
                if one.count(".") < 2
            )


def test_goals_in_words_lose_no_policy_and_get_no_number(tmp_path: Path) -> None:
    cell = "到2030年全面建成；建成5G基站全覆盖；到2027年建成3—5个可信数据空间"
    write(tmp_path / "a.csv", f"文件名称,主要目标,来源\n火星办法,{cell},https://a.example.org")
    put(tmp_path, tmp_path / "a.csv")
    said = "SELECT value_key FROM records WHERE property = '{}' ORDER BY 1"
    assert query(tmp_path, said.format("value")) == []
    assert len(query(tmp_path, said.format("set_by"))) == 3
    assert [row[0] for row in query(tmp_path, said.format("due"))] == ["2027", "2030"]


@pytest.mark.parametrize(
    "cell",
    [
        "失误率不得超过5%", "能源节约10%", "毫米波雷达100个", "到2025年中建成100家",
        "占比由10%提高到15%", "算力占全国新增算力的60%以上", "用户规模8亿", "完成1/3个任务",
        "企业3、5家", "年新增100家", "每10万人拥有专利5件", "形成3个月度报告",
        "到2025—2027年企业达到100家", "不少于5家且不超过10家", "打造5000亿元级产业集群",
    ],
)  # fmt: skip
def test_a_word_that_ends_like_another_and_a_sentence_that_says_more_give_no_number(
    cell: str,
) -> None:
    assert [goal.amount for goal in goals(cell)] == [None]
