"""Chinese text from cells: cleaned, folded, laid out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import clean, fold, has_han, slug, table, width

MESSY = st.text(
    st.sampled_from("數据(（shùyuān) 1０局《》“·於—的a\u3000\u200b乾著漢\u0300)）"), max_size=24
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("國(guó)家數(shù)據(jù)局", "国家数据局"),
        ("關(guan) 於(yu) 數(shu) 據", "关于数据"),
        ("管理(lǐ)局", "管理局"),
        ("会(huì )议", "会议"),
        ("中國（guó）", "中国"),
        ("數(shù)(shù)據", "数据"),
        ("綠(lǜ)色", "绿色"),
    ],
)
def test_a_reading_of_the_character_before_it_goes(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "公安厅(局)",
        "OTN(光传送网)",
        "行动计划(2024—2026年)",
        "深圳数据交易所(筹)",
        "某某(自治县)",
        "湖南省数据局(省数据局)",
        "数据(data)",
        "数据(AI)",
        "国家(guo)",
        "第(1)条",
        "江苏省数据局（江苏省政务服务管理办公室）",
    ],
)
def test_a_real_bracket_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("公安廳(局)", "公安厅(局)"),
        ("OTN(光傳送網)", "OTN(光传送网)"),
        ("製度", "制度"),
        ("麵向", "面向"),
        ("體係", "体系"),
        ("遼甯省", "辽宁省"),
        ("陜西省", "陕西省"),
        ("陝西省", "陕西省"),
        ("２０２４年Ａ", "2024年A"),
        (" 北京\u3000市\u200b ", "北京 市"),
        ("National  Data\nAdministration", "National Data Administration"),
        ("乾隆", "乾隆"),
    ],
)
def test_traditional_forms_and_odd_blanks_are_made_plain(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(MESSY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(MESSY)
def test_folding_does_not_care_whether_it_was_cleaned_or_folded_before(text: str) -> None:
    assert fold(clean(text)) == fold(text) == fold(fold(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“数据要素×”三年行动计划（2024—2026年）", "数据要素x三年行动计划(2024-2026年)"),
        ("《数据二十条》", "〈数据二十条〉"),
        ("「北京 」", "北京"),
        ("中发〔2022〕32号", "中发【2022】32号"),
        ("中发［2022］32号", "中发[2022]32号"),
        ("GBDEx", "gbdex"),
        ("國家數據局", "国家数据局"),
    ],
)
def test_spellings_of_one_name_fold_to_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("广东省政务服务数据管理局", "广东省政务服务和数据管理局"),
        ("江苏省数据局", "浙江省数据局"),
        ("数据二十条", "数据20条"),
    ],
)
def test_names_that_differ_by_a_character_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("江苏省人民政府", "jiangsushengrenminzhengfu"),
        ("绿色算力", "lvsesuanli"),
        ("“数据要素×”行动", "shujuyaosuxxingdong"),
        ("！？", "x"),
        ("国家数据局" * 9, "guojiashujujuguojiashujujuguojia"),
    ],
)
def test_a_slug_is_pinyin_in_plain_letters(text: str, read: str) -> None:
    assert slug(text) == read


@given(st.text(max_size=40))
def test_a_slug_fits_an_id_whatever_the_name(text: str) -> None:
    assert slug(text).isascii() and slug(text).isalnum() and 1 <= len(slug(text)) <= 32


def test_only_chinese_characters_make_a_text_chinese() -> None:
    assert has_han("a数") and not has_han("NDA 2024（）")


def test_the_columns_of_a_table_line_up_on_a_terminal() -> None:
    laid = table(("id", "名称"), [("policy:p20", "数据二十条"), ("x", "e\u0301t\u0301 (GBDEx)")])
    assert laid.splitlines() == [
        "id          名称",
        "----------  ----------",
        "policy:p20  数据二十条",
        "x           e\u0301t\u0301 (GBDEx)",
    ]
    starts = {width(line[: line.rindex("  ") + 2]) for line in laid.splitlines()}
    assert starts == {12}


def test_a_long_cell_is_cut_within_its_columns() -> None:
    laid = table(("a",), [("数据" * 20,), ("b\nc",)], most=9)
    assert laid.splitlines()[2:] == ["数据数据…", "b c"]
