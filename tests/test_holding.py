"""Whether a fact held on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import domain
from kg.api import KnowledgeGraph
from kg.holding import Span, held, lives
from kg.when import When

DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))


@given(st.tuples(DAYS, DAYS), st.tuples(DAYS, DAYS), DAYS)
def test_what_surely_held_lies_between_the_latest_start_and_the_earliest_end(
    start: tuple[date, date], end: tuple[date, date], day: date
) -> None:
    first, last = When(min(start), max(start)), When(min(end), max(end))
    answer = held(Span(first, last), day)
    assert (answer == "yes") == (max(start) <= day < min(end))
    assert (answer == "no") == (day < min(start) or day >= max(end))


def test_what_has_no_known_start_may_have_held() -> None:
    assert held(Span(), date(2024, 1, 1)) == "perhaps"


def test_a_stated_succession_ends_the_old_body_on_the_day_the_new_one_began(
    store: KnowledgeGraph,
) -> None:
    life = lives(store, domain.model(), ["agency:js_old"])["agency:js_old"]
    assert life.end == When.parse("2024-01-05")


def test_an_inferred_succession_leaves_the_end_of_the_old_body_open(store: KnowledgeGraph) -> None:
    life = lives(store, domain.model(), ["agency:gd_old"])["agency:gd_old"]
    assert life.end == When.parse("[2024-01-01..]")


def test_a_body_that_a_status_calls_current_only_may_have_ended(store: KnowledgeGraph) -> None:
    life = lives(store, domain.model(), ["agency:nm_dc"])["agency:nm_dc"]
    assert life.end == When.parse("[2024-01-26..]")


@pytest.mark.parametrize(
    ("day", "answer"),
    [(date(2024, 1, 4), "no"), (date(2024, 1, 5), "yes"), (date(2025, 1, 1), "yes")],
)
def test_a_bureau_governs_from_the_day_of_its_unveiling(
    store: KnowledgeGraph, day: date, answer: str
) -> None:
    shown = store.show("agency:js", on=day)
    assert [one.held for one in shown.facts if one.property == "governs"] == [answer]


def test_a_bureau_known_by_bounds_may_have_governed_between_them(store: KnowledgeGraph) -> None:
    shown = store.show("agency:hn", on=date(2024, 2, 1))
    assert [one.held for one in shown.facts if one.property == "governs"] == ["perhaps"]
