"""Dates between two bounds: their text and what can be done with them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.when import When

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Any bounds: open sides, single days, whole months and years, and whatever lies between."""
    day = draw(DAYS)
    other = draw(DAYS | st.none())
    if other is None:
        return When.day(day)
    first, last = min(day, other), max(day, other)
    shapes = (
        When(first, last),
        When(first, None),
        When(None, last),
        When.parse(first.isoformat()[:7]),
        When.parse(first.isoformat()[:4]),
    )
    return draw(st.sampled_from(shapes))


@given(whens())
def test_the_text_of_a_date_reads_back_as_the_date(when: When) -> None:
    assert When.parse(str(when)) == when


@given(whens())
def test_two_bounds_read_as_well_with_a_slash(when: When) -> None:
    assert When.parse(f"{when.earliest or ''}/{when.latest or ''}") == when


@given(whens(), whens())
def test_it_does_not_matter_which_of_two_dates_meets_the_other(one: When, other: When) -> None:
    assert one.meet(other) == other.meet(one)


@given(whens(), whens())
def test_what_two_dates_allow_is_allowed_by_each(one: When, other: When) -> None:
    both = one.meet(other)
    assert both is None or (both.meet(one), both.meet(other)) == (both, both)


@given(whens(), whens())
def test_a_capped_date_allows_nothing_new(one: When, page: When) -> None:
    capped = one.capped(page)
    assert one.meet(capped) == capped
    assert capped.capped(page) == capped


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2024", "2024"),
        ("2024-02", "2024-02"),
        ("2024-02-29", "2024-02-29"),
        ("2024-01-01/2024-12-31", "2024"),
        ("2024-02-01/2024-02-29", "2024-02"),
        ("2024-01/2024-03", "[2024-01-01..2024-03-31]"),
        ("2024-01-05/2024-01-05", "2024-01-05"),
        ("/2024-04-02", "[..2024-04-02]"),
        ("2024-04/", "[2024-04-01..]"),
        ("[..2024]", "[..2024-12-31]"),
        ("2023-12-31/2024-12-31", "[2023-12-31..2024-12-31]"),
    ],
)
def test_the_shortest_form_that_says_the_same_stands(text: str, canonical: str) -> None:
    assert str(When.parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "page", "capped"),
    [
        ("2024-01-01/2024-03-31", "2024-03-22", "[2024-01-01..2024-03-22]"),
        ("2024", "2024-03", "[2024-01-01..2024-03-31]"),
        ("[2024-01-01..]", "2024-03-22", "[2024-01-01..2024-03-22]"),
        ("[..2025]", "2024-03-22", "[..2024-03-22]"),
        ("2023", "2024-03-22", "2023"),
        ("2025", "2024-03-22", "2025"),
        ("2024", "[2024-03-22..]", "2024"),
    ],
)
def test_a_page_does_not_report_its_future(text: str, page: str, capped: str) -> None:
    assert str(When.parse(text).capped(When.parse(page))) == capped
    assert When.parse(text).capped(None) == When.parse(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("去年", "not a date: '去年' (want 2024, 2024-01, 2024-01-05 or a/b)"),
        ("", "not a date: '' (want 2024, 2024-01, 2024-01-05 or a/b)"),
        ("/", "not a date: '/' (want 2024, 2024-01, 2024-01-05 or a/b)"),
        ("[..]", "not a date: '[..]' (want 2024, 2024-01, 2024-01-05 or a/b)"),
        ("2024-1-5", "not a date: '2024-1-5' (want 2024, 2024-01, 2024-01-05 or a/b)"),
        ("2024-13", "no such day: '2024-13' (want 2024, 2024-01, 2024-01-05 or a/b)"),
        ("2023-02-29", "no such day: '2023-02-29' (want 2024, 2024-01, 2024-01-05 or a/b)"),
        ("0000", "no such day: '0000' (want 2024, 2024-01, 2024-01-05 or a/b)"),
        ("2024-05/2024-04", "2024-05-01 is after 2024-04-30"),
        ("２０２４", "not a date: '２０２４' (want 2024, 2024-01, 2024-01-05 or a/b)"),
    ],
)
def test_what_is_no_date_is_refused_and_says_what_is_wanted(text: str, fault: str) -> None:
    with pytest.raises(ValueError) as error:
        When.parse(text)
    assert str(error.value) == fault


def test_a_date_has_at_least_one_bound() -> None:
    with pytest.raises(ValueError, match="at least one bound"):
        When(None, None)


def test_only_a_day_is_exact() -> None:
    assert When.parse("2024-01-05").exact
    assert not When.parse("2024-01").exact and not When.parse("[2024-01-05..]").exact
