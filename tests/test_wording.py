"""How officials write titles, numbers, cities, amounts and periods in a cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.wording import Amount, amount, city, number, period, title, unmarked, yuan

TITLES = st.text("甲乙数据要素(试行)〈〉×0123年", min_size=1, max_size=20)
ANYTHING = st.text(
    "0123456789.,，约到年底《》〈〉()亿万千元个%P达到超过左右；至—-月日 ", max_size=24
)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("数字中国建设整体布局规划", "数字中国建设整体布局规划"),
        ("《数字中国建设整体布局规划》", "数字中国建设整体布局规划"),
        ("关于印发《数字中国建设整体布局规划》的通知", "数字中国建设整体布局规划"),
        ("关于发布《甲办法》的公告", "甲办法"),
        ("关于发布《甲办法》的函", "甲办法"),
        ("关于转发《甲办法》的函", "关于转发《甲办法》的函"),
        ("《关于印发〈甲办法〉的通知》", "甲办法"),
        ("关于印发《贯彻〈数据二十条〉方案》的通知", "贯彻〈数据二十条〉方案"),
        ("《关于落实《数据二十条》的意见》", "关于落实《数据二十条》的意见"),
        ("“数据要素×”三年行动计划\n  (2024—2026年)", "“数据要素×”三年行动计划(2024—2026年)"),
        ("《甲办法》(征求意见稿)", "甲办法(征求意见稿)"),
        ("《甲办法》（试行）", "甲办法（试行）"),
        ("數(shù)據(jù)條例", "数据条例"),
    ],
)
def test_a_title_is_taken_out_of_its_brackets_and_of_the_notice_that_issues_it(
    cell: str, read: str
) -> None:
    assert title(cell) == read


@pytest.mark.parametrize(
    "cell", ["《甲》和《乙》", "关于贯彻落实《甲》的通知", "关于实施《甲》的意见"]
)
def test_a_title_that_only_speaks_of_another_is_left_whole(cell: str) -> None:
    assert title(cell) == cell


@given(TITLES)
def test_a_title_without_brackets_is_its_own_title_in_them(text: str) -> None:
    assert title(f"《{text}》") in (title(text), text.strip())


@pytest.mark.parametrize(
    "cell",
    [
        "国办函〔2022〕102号",
        "国办函[2022]102号",
        "国办函［2022］102号",
        "国办函【2022】102号",
        "国办函(2022)102号",
        "国办函（2022）102号",
        "国办函 〔2022〕 102 号",
        "國辦函〔２０２２〕102號",
        "国办函〔2 022〕102号",
    ],
)
def test_the_number_of_a_document_has_one_style_of_brackets(cell: str) -> None:
    assert number(cell) == "国办函〔2022〕102号"


@pytest.mark.parametrize("cell", ["国函2022年102号", "津数据(试行)3号", "主席令第84号"])
def test_brackets_that_hold_no_year_are_left(cell: str) -> None:
    assert number(cell) == cell


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("广州", "广州市"),
        ("广州市", "广州市"),
        ("乌鲁木齐", "乌鲁木齐市"),
        ("喀什", "喀什"),
        ("延边", "延边"),
        ("凉山州", "凉山州"),
        ("黔东南", "黔东南"),
        ("香港", "香港"),
        ("浦东", "浦东"),
        ("雄安", "雄安"),
        ("义乌", "义乌市"),
        ("1、苏州", "苏州市"),
        ("上海市浦东新区", "上海市浦东新区"),
        ("", ""),
    ],
)
def test_a_city_has_its_full_name_and_what_is_no_city_is_not_called_one(
    cell: str, read: str
) -> None:
    assert city(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("5000亿元", Amount("5000", "亿元", "500000000000", "CCY_CNY")),
        ("5,000亿元", Amount("5000", "亿元", "500000000000", "CCY_CNY")),
        ("５０００億元", Amount("5000", "亿元", "500000000000", "CCY_CNY")),
        ("5000万元人民币", Amount("5000", "万元", "50000000", "CCY_CNY")),
        ("人民币5000万元", Amount("5000", "万元", "50000000", "CCY_CNY")),
        ("1.5亿人民币", Amount("1.5", "亿元", "150000000", "CCY_CNY")),
        ("1千万元", Amount("1", "千万元", "10000000", "CCY_CNY")),
        ("3百万元", Amount("3", "百万元", "3000000", "CCY_CNY")),
        ("5000万美元", Amount("50000000", "美元")),
        ("1.8万亿元", Amount("1.8", "万亿元", "1800000000000", "CCY_CNY")),
        ("5.5万亿元", Amount("5.5", "万亿元", "5500000000000", "CCY_CNY")),
        ("100万元", Amount("100", "万元", "1000000", "CCY_CNY")),
        ("35EFlops", Amount("35", "EFlops", "35000", "PetaFLOPS")),
        ("20000PFLOPS", Amount("20000", "PFLOPS", "20000", "PetaFLOPS")),
        ("1.2万P", Amount("12000", "P", "12000", "PetaFLOPS")),
        ("3000款", Amount("3000", "款", "3000", "NUM")),
        ("4万个", Amount("40000", "个", "40000", "NUM")),
        ("2 000 家", Amount("2000", "家", "2000", "NUM")),
        ("15%", Amount("15", "%", "15", "PERCENT")),
        ("20毫秒", Amount("20", "毫秒", "20", "MilliSEC")),
        ("1万个标准机架", Amount("10000", "个标准机架", "10000", "StandardRack")),
        ("5,000", Amount("5000", "")),
        ("12座", Amount("12", "座")),
    ],
)
def test_an_amount_keeps_its_unit_and_is_comparable_where_the_unit_is_known(
    cell: str, read: Amount
) -> None:
    assert amount(cell) == read


@pytest.mark.parametrize(
    "cell", ["", "亿元", "若干", "1.5.6亿元", "1,0家", "1.家", "-5%", "10/20", "1e5"]
)
def test_what_is_no_amount_is_none_and_no_guess(cell: str) -> None:
    assert amount(cell) is None


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from([("", 0), ("万", 4), ("千万", 7), ("亿", 8), ("万亿", 12)]),
)
def test_money_is_exact_in_yuan(many: Decimal, scale: tuple[str, int]) -> None:
    found = yuan(f"{many:,}{scale[0]}元")
    assert found is not None and Decimal(found) == many * 10 ** scale[1]
    assert "E" not in found and not found.endswith(".")


@pytest.mark.parametrize("cell", ["1000", "15%", "3000款", ""])
def test_what_is_no_money_has_no_yuan(cell: str) -> None:
    assert yuan(cell) is None


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2024年2月18日至3月5日", ("2024年2月18日", "2024年3月5日")),
        ("2024年2月18日—28日", ("2024年2月18日", "2024年2月28日")),
        ("2024年2月18日～3月5日", ("2024年2月18日", "2024年3月5日")),
        ("2024年2月－3月", ("2024年2月", "2024年3月")),
        ("2024年12月—2025年1月", ("2024年12月", "2025年1月")),
        ("2024-02-18至2024-03-05", ("2024-02-18", "2024-03-05")),
        ("2024.2.18-2024.3.5", ("2024.2.18", "2024.3.5")),
        ("2024—2026年", ("2024", "2026年")),
        ("2月18日至3月5日", ("2月18日", "3月5日")),
        ("2024-02-18", ("2024-02-18", "")),
        ("2024年", ("2024年", "")),
    ],
)
def test_a_period_has_two_ends_and_the_first_lends_what_the_second_leaves_out(
    cell: str, read: tuple[str, str]
) -> None:
    assert period(cell) == read


@given(ANYTHING)
def test_no_cell_however_odd_stops_a_load(text: str) -> None:
    found = amount(text)
    assert found is None or Decimal(found.number) >= 0
    assert isinstance(title(text), str) and isinstance(number(text), str)
    assert isinstance(city(text), str) and len(period(text)) == 2


@pytest.mark.parametrize("sign", ["*", "＊", "①", "※", "[1]", "（牵头）", "(注)"])
def test_a_run_of_marks_is_taken_off_at_the_end_and_stays_within_a_name(sign: str) -> None:
    """Where it stayed, each mark once doubled the time: forty asterisks were never read."""
    assert unmarked("火星局" + sign * 300) == "火星局"
    assert unmarked("火星" + sign * 300 + "局") == "火星" + sign * 300 + "局"
    assert unmarked("数据要素*") == "数据要素*"
