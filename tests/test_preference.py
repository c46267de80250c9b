"""Where values disagree: which dates combine, which value is preferred, what stays disputed."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.when import When
from tests.claims import NAMED, TITLED, dated, facts, led, say, told


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("2024-01", "2024-01-05", "2024-01-05"),
        ("2024", "[2024-03-01..2024-03-31]", "2024-03"),
        ("[2024-01-01..2024-01-20]", "[2024-01-15..]", "[2024-01-15..2024-01-20]"),
        ("[..2024-03-22]", "2024", "[2024-01-01..2024-03-22]"),
        ("[..2024-03-22]", "[..2024-04-01]", "[..2024-03-22]"),
        ("[2023-01-01..]", "[2023-02-01..]", "[2023-02-01..]"),
        ("[2023-01-01..]", "[..2023-12-31]", "2023"),
        ("[2024-02-01..]", "[..2024-02-29]", "2024-02"),
    ],
)
def test_dates_that_agree_combine_to_what_both_allow_citing_both(
    tmp_path: Path, first: str, second: str, both: str
) -> None:
    told(tmp_path, TITLED, dated(first), dated(second, "source:gov"))
    columns = ("value", "status", "preferred", "len(statements)", "sources")
    assert facts(tmp_path, *columns, prop="dated") == [(both, "accepted", True, 2, 2)]


def test_two_dates_that_agree_stand_against_a_sharper_one_as_two_sources(tmp_path: Path) -> None:
    told(
        tmp_path,
        TITLED,
        dated("2024-01", "source:news"),
        dated("[2024-01-05..2024-02-10]", "source:undated"),
        dated("2024-02-20", "source:paper"),
    )
    assert facts(tmp_path, "value", "preferred", "sources", prop="dated") == [
        ("2024-02-20", False, 1),
        ("[2024-01-05..2024-01-31]", True, 2),
    ]


def test_a_date_left_out_does_not_keep_a_later_one_from_agreeing(tmp_path: Path) -> None:
    told(
        tmp_path,
        TITLED,
        *(dated("2024", f"source:{name}") for name in ("news", "paper", "undated")),
        *(dated("2024-01", f"source:{name}") for name in ("news", "paper")),
        dated("2024-06-03", "source:paper"),
        dated("2024-01-05", "source:news"),
    )
    columns = ("value", "status", "preferred", "len(statements)")
    assert facts(tmp_path, *columns, prop="dated") == [
        ("2024-01-05", "accepted", True, 6),
        ("2024-06-03", "disputed", False, 1),
    ]


def test_a_date_that_agrees_joins_the_preferred_and_one_that_does_not_dissents(
    tmp_path: Path,
) -> None:
    told(
        tmp_path,
        TITLED,
        dated("2024-01", "source:gov"),
        dated("2024-01-05", "source:blog"),
        dated("2024-02-01", "source:news"),
    )
    columns = ("value", "status", "preferred", "len(statements)")
    assert facts(tmp_path, *columns, prop="dated") == [
        ("2024-01-05", "accepted", True, 2),
        ("2024-02-01", "disputed", False, 1),
    ]


# As the rules say it, in plain steps: source, its rank, its origin, the date of its page.
KNOWN = {
    "gov": (0, "gov", "2024-01-01"),
    "news": (1, "news", "2024-02-01"),
    "paper": (1, "paper", "2024-06-01"),
    "copy": (1, "news", "2024-03-01"),
    "blog": (2, "blog", "2024-04-01"),
    "blog2": (2, "blog2", "2024-04-02"),
    "farm": (4, "farm", "2024-05-01"),
    "undated": (1, "undated", "0001-01-01"),
}
VALUES = (
    "2023", "2023-12-31", "[2023-12-01..2024-01-05]", "2024", "2024-01", "2024-01-05", "2024-01-06",
    "[2024-01-01..2024-03-22]", "[..2024-02-01]", "[2024-01-04..]", "2024-06-03",
)  # fmt: skip
STANCES = {"stated": 1, "": 1, "conflicting": 2, "inferred": 3}
Said = tuple[str, str, str]
"""A date, the source that gives it, and with which stance."""


def together(said: Sequence[Said]) -> tuple[str, frozenset[str]]:
    """The date that is preferred, and the dates that combine to it: one after the other, best
    first, each that agrees with what the better ones leave open."""

    def span(value: str) -> tuple[date, date]:
        when = When.parse(value)
        return when.earliest or date.min, when.latest or date.max

    def agrees(one: str, other: str) -> bool:
        (first, last), (start, end) = span(one), span(other)
        return first <= end and start <= last

    def roots(values: Sequence[str]) -> int:
        return len({KNOWN[source][1] for value, source, _ in said if value in values})

    def order(value: str) -> tuple[object, ...]:
        mine = [(source, stance) for one, source, stance in said if one == value]
        first, last = span(value)
        days = 366 * (last.year - first.year) + last.timetuple().tm_yday - first.timetuple().tm_yday
        newest = max(date.fromisoformat(KNOWN[source][2]) for source, _ in mine)
        return (
            min(STANCES[stance] for _, stance in mine),
            min(KNOWN[source][0] for source, _ in mine),
            -roots([one for one in values if agrees(one, value)]),
            -roots([value]),
            days,
            -newest.toordinal(),
            value,
        )

    values = sorted({value for value, _, _ in said})
    low, high, taken = date.min, date.max, set()
    for value in sorted(values, key=order):
        first, last = span(value)
        if max(low, first) <= min(high, last):
            low, high = max(low, first), min(high, last)
            taken.add(value)
    open_low, open_high = low == date.min, high == date.max
    return str(When(None if open_low else low, None if open_high else high)), frozenset(taken)


def test_dates_combine_as_the_rules_say_it_in_plain_steps(tmp_path: Path) -> None:
    chance = random.Random(11)
    cases: dict[str, list[Said]] = {}
    for number in range(250):
        several = range(chance.randint(2, 8))
        drawn = {
            (chance.choice(VALUES), chance.choice(list(KNOWN)), chance.choice(list(STANCES)))
            for _ in several
        }
        once = {(value, source): stance for value, source, stance in sorted(drawn)}
        cases[f"policy:p{number}"] = [(*claim, stance) for claim, stance in once.items()]
    told(
        tmp_path,
        *(say(key, "name", key) for key in cases),
        *(
            dated(value, f"source:{source}", stance, key)
            for key, said in cases.items()
            for value, source, stance in said
        ),
    )
    rows = facts(tmp_path, "subject", "value", "len(statements)", prop="dated")
    for key, said in cases.items():
        value, taken = together(said)
        found = {str(row[1]): row[2] for row in rows if row[0] == key}
        assert found.pop(value) == sum(one in taken for one, _, _ in said), (key, said)
        assert set(found) == {one for one, _, _ in said} - taken, (key, said)


# Each rule of design §9 decides although every later one says the opposite.
PREFERENCES = {
    "stated before conflicting": (
        [dated("2024-02-02", "source:farm", "stated")],
        [dated("2024-01-01", "source:gov", "conflicting")],
    ),
    "conflicting before inferred": (
        [dated("2024-02-02", "source:farm", "conflicting")],
        [dated("2024-01-01", "source:gov", "inferred")],
    ),
    "no stance says nothing": (
        [dated("2024-02-02", "source:gov", "")],
        [dated("2024-01-01", "source:farm", "stated")],
    ),
    "official before media": (
        [dated("2024-02", "source:gov")],
        [dated("2024-01-01", "source:news"), dated("2024-01-01", "source:paper")],
    ),
    "media before repost": (
        [dated("2024-02", "source:news")],
        [dated("2024-01-01", "source:blog"), dated("2024-01-01", "source:blog2")],
    ),
    "repost before unknown": (
        [dated("2024-02", "source:blog")],
        [dated("2024-01-01", "source:none"), dated("2024-01-01", "source:nobody")],
    ),
    "unknown before unreliable": (
        [dated("2024-02-02", "source:none")],
        [dated("2024-01-01", "source:farm")],
    ),
    "more independent sources": (
        [dated("2024-02", "source:blog"), dated("2024-02", "source:blog2")],
        [dated("2024-01-01", "source:blog2")],
    ),
    "a copy is no second source": (
        [dated("2024-01-01", "source:paper")],
        [dated("2024-02", "source:news"), dated("2024-02", "source:copy")],
    ),
    "sharper": ([dated("2024-02-02", "source:news")], [dated("2023", "source:paper")]),
    "sharper, by days and not by the text's length": (
        [dated("[2024-01-01..2024-01-05]", "source:news")],
        [dated("2023", "source:paper")],
    ),
    "newer source": ([dated("2024-02-02", "source:paper")], [dated("2024-01-01", "source:news")]),
    "a dated source before an undated one": (
        [dated("2024-02-02", "source:news")],
        [dated("2024-01-01", "source:undated")],
    ),
    "smallest value": ([dated("2024-01-01", "source:news")], [dated("2024-01-02", "source:news")]),
}


@pytest.mark.parametrize("rule", PREFERENCES)
def test_of_two_dates_the_better_is_preferred_and_the_other_stays_disputed(
    tmp_path: Path, rule: str
) -> None:
    better, worse = PREFERENCES[rule]
    told(tmp_path, TITLED, *worse, *better)
    found = facts(tmp_path, "value", "status", "preferred", prop="dated")
    assert set(found) == {
        (better[0]["value_key"], "accepted", True),
        (worse[0]["value_key"], "disputed", False),
    }


def status(value: str, start: str, end: str, source: str = "source:news") -> dict[str, Any]:
    """That the exchange had a status for a while."""
    return say("exchange:x", "status", value, source, start, end)


def test_values_that_follow_each_other_in_time_do_not_disagree(tmp_path: Path) -> None:
    told(
        tmp_path,
        say("exchange:x", "name", "某交易所"),
        status("preparing", "2020-01-01", "2021-01-01"),
        status("operating", "2021-01-01", ""),
    )
    assert facts(tmp_path, "value", "status", prop="status") == [
        ("operating", "accepted"),
        ("preparing", "accepted"),
    ]


def test_values_that_overlap_in_time_disagree(tmp_path: Path) -> None:
    told(
        tmp_path,
        say("exchange:x", "name", "某交易所"),
        status("preparing", "2020-01-01", "2021-06-01", "source:gov"),
        status("operating", "2021-01-01", ""),
    )
    assert facts(tmp_path, "value", "status", "preferred", prop="status") == [
        ("operating", "disputed", False),
        ("preparing", "accepted", True),
    ]


def test_the_best_stance_of_its_statements_is_the_facts(tmp_path: Path) -> None:
    told(
        tmp_path,
        NAMED,
        led("", "", "source:gov", "inferred"),
        led("", "", "source:news", "conflicting"),
        say("agency:x", "head", "李四", "source:gov", stance=""),
        say("agency:x", "head", "王五", "source:gov", stance="inferred"),
        say("agency:x", "head", "王五", "source:news", stance=""),
    )
    assert facts(tmp_path, "value", "stance") == [
        ("张三", "conflicting"),
        ("李四", "stated"),
        ("王五", "inferred"),
    ]
