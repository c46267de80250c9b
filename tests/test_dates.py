"""Dates as offices write them: design §10, and the forms that real tables and pages hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import NoDate, read_date
from kg.when import When


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024年1月5日", "2024-01-05"),
        ("2024年01月05日", "2024-01-05"),
        ("2024.1.5", "2024-01-05"),
        ("2024/1/5", "2024-01-05"),
        ("2024-1-5", "2024-01-05"),
        ("20240105", "2024-01-05"),
        ("2024-01", "2024-01"),
        ("2024年1月", "2024-01"),
        ("2024.1", "2024-01"),
        ("2024/01", "2024-01"),
        ("2024年", "2024"),
        ("2024", "2024"),
        ("２０２４年１月５日", "2024-01-05"),
        ("2 024年1月5日", "2024-01-05"),
        (" 2024 年 1 月 5 日 ", "2024-01-05"),
        ("2024年1月5号", "2024-01-05"),
        ("2024年初", "[2024-01-01..2024-03-31]"),
        ("2024 年末", "[2024-10-01..2024-12-31]"),
        ("2024年底", "[2024-10-01..2024-12-31]"),
        ("2024年底前", "[..2024-12-31]"),
        ("2024年12月底前", "[..2024-12-31]"),
        ("2024年第一季度", "[2024-01-01..2024-03-31]"),
        ("2024年四季度", "[2024-10-01..2024-12-31]"),
        ("2024年2月初", "[2024-02-01..2024-02-10]"),
        ("2024年2月中旬", "[2024-02-11..2024-02-20]"),
        ("2024年2月下旬", "[2024-02-21..2024-02-29]"),
        ("2024年年初", "[2024-01-01..2024-03-31]"),
        ("2025年年底", "[2025-10-01..2025-12-31]"),
        ("2024年上半年", "[2024-01-01..2024-06-30]"),
        ("2024年下半年", "[2024-07-01..2024-12-31]"),
        ("2024.1-3月", "[2024-01-01..2024-03-31]"),
        ("2024.1月3日", "2024-01-03"),
        ("2024-01-03日", "2024-01-03"),
        ("2023年1月至3月", "[2023-01-01..2023-03-31]"),
        ("2023年11—12月", "[2023-11-01..2023-12-31]"),
        ("不晚于2024年3月22日", "[..2024-03-22]"),
        ("不早于2024年3月", "[2024-03-01..]"),
        ("2024年3月22日之前", "[..2024-03-22]"),
        ("2024年3月22日前", "[..2024-03-22]"),
        ("2024年以后", "[2024-01-01..]"),
        ("2024-01/2024-03-22", "[2024-01-01..2024-03-22]"),
        ("[..2024-04-02]", "[..2024-04-02]"),
        ("2024-01-05 00:00:00", "2024-01-05"),
        ("2024年1月5日09:30", "2024-01-05"),
        ("2024-01-05T09:30:00", "2024-01-05"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str, read: str) -> None:
    assert str(read_date(text)) == read


@pytest.mark.parametrize(
    ("text", "page", "read"),
    [
        ("1月25日", "2024-01-26", "2024-01-25"),
        ("12月25日", "2024-01-26", "2023-12-25"),
        ("1月25日", "2024", "2024-01-25"),
        ("1月25日", "2024-03", "2024-01-25"),
        ("9月30日", None, None),
        ("近日", "2024-01-26", None),
        ("日前", "2024-01-26", None),
        ("昨日", "2024-01-26", "2024-01-25"),
        ("今日", "2024-01-26", "2024-01-26"),
        ("昨天", "2024-03-01", "2024-02-29"),
        ("昨日", "2024-01", None),
        ("昨日", None, None),
        ("今年", "2024-01-26", "2024"),
        ("去年", "2024-01-26", "2023"),
        ("去年", None, None),
        ("今年年初", "2024-06-01", "[2024-01-01..2024-03-31]"),
        ("去年11月", "2024-01-26", "2023-11"),
        ("今年1月5日", "2024-01-26", "2024-01-05"),
    ],
)
def test_a_date_that_leans_on_its_page_is_nothing_without_it(
    text: str, page: str | None, read: str | None
) -> None:
    found = read_date(text, When.parse(page) if page else None)
    assert (str(found) if found else None) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2025年底", "2025-12-31"),
        ("2025年末", "2025-12-31"),
        ("2025年2月底", "2025-02-28"),
        ("2025", "2025"),
    ],
)
def test_the_end_of_the_year_is_its_last_day_where_something_is_due(text: str, read: str) -> None:
    assert str(read_date(text, due=True)) == read


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2024年13月45日", "no such day: '2024年13月45日'"),
        ("20241345", "no such day: '20241345'"),
        ("2023年2月29日", "no such day: '2023年2月29日'"),
        ("2024-02-30", "no such day: '2024-02-30'"),
        ("13月45日", "no such day: '13月45日'"),
        ("2024.1-3", "not a date: '2024.1-3'"),
        ("2024-1.3", "not a date: '2024-1.3'"),
        ("2024/1-3", "not a date: '2024/1-3'"),
        ("2024年1-3", "not a date: '2024年1-3'"),
        ("2024年1.3", "not a date: '2024年1.3'"),
        ("择日", "not a date: '择日'"),
        ("二〇二四年", "not a date: '二〇二四年'"),
        ("2024年1月5日挂牌", "not a date: '2024年1月5日挂牌'"),
        ("45296", "not a date: '45296'"),
    ],
)
def test_an_impossible_date_is_refused_and_says_what_is_wanted(text: str, fault: str) -> None:
    with pytest.raises(ValueError) as error:
        read_date(text, When.parse("2024-01-26"))
    assert str(error.value) == f"{fault} (want 2024, 2024-01, 2024-01-05 or a/b)"


def test_two_dates_in_the_wrong_order_are_to_be_swapped() -> None:
    with pytest.raises(ValueError) as error:
        read_date("2023年3月至1月")
    assert str(error.value) == "2023-03-01 is after 2023-01-31: '2023年3月至1月' (swap the two)"


@given(st.dates(), st.sampled_from("-./"), st.sampled_from("-./"))
def test_a_day_in_numbers_has_one_separator_or_is_none(day: date, one: str, two: str) -> None:
    text = f"{day.year:04}{one}{day.month}{two}{day.day}"
    if one == two:
        assert str(read_date(text)) == str(day)
    else:
        with pytest.raises(NoDate):
            read_date(text)
