"""Pairs are counted, and misses named, as a person would on a case that fits on a hand."""

from bench.found import read
from bench.mess import known, rows
from bench.outcomes import Outcomes, false_merges
from bench.pairs import Mention, Score, bearing, score

JS, SD = "agency:js", "agency:sd"
KNOWN = frozenset({JS, SD})
HAND = [
    Mention(JS, JS, "Agency", "agency:js"),
    Mention(SD, SD, "Agency", "agency:sd"),
    Mention(JS, JS, "Agency", "江苏省数据局"),
    Mention(JS, "agency:x-1", "Agency", "江苏数据局", ("short place",)),
    Mention(JS, "review:r1", "Agency", "省数据局", ("relative",)),
    Mention(SD, JS, "Agency", "山东数据局", ("short place",)),
    Mention("new:甲", "agency:x-2", "Agency", "甲"),
    Mention("new:甲", "agency:x-2", "Agency", "《甲》", ("quoted",)),
    Mention("new:甲", "", "Agency", "甲*", ("mark",)),
    Mention("ambiguous:1", "review:r1", "Agency", "市数据局"),
    Mention("ambiguous:2", "agency:x-3", "Agency", "县数据局"),
]


def test_pairs_of_a_hand() -> None:
    # true: 6 of 江苏, 1 of 山东, 3 of 甲; merged: 3 under agency:js, 1 under agency:x-2
    assert score(HAND) == Score(right=2, merged=4, true=10)
    assert (score(HAND).precision, score(HAND).recall) == (0.5, 0.2)
    assert (score([]).precision, score([]).recall) == (1.0, 1.0)


def test_pairs_that_bear_a_form() -> None:
    assert bearing(HAND, "quoted") == Score(right=1, merged=1, true=2)
    assert bearing(HAND, "short place") == Score(right=0, merged=2, true=4)


def test_names_of_two_seeds_are_no_pair() -> None:
    assert score(Mention("a", "x", group=seed) for seed in (1, 2)) == Score(0, 0, 0)


def test_what_became_of_each_name() -> None:
    outcomes = Outcomes(HAND, KNOWN)
    assert outcomes.all == [
        "right", "right", "right", "split", "waits", "wrong", "right", "right", "lost",
        "right", "split",
    ]  # fmt: skip


def test_misses_are_ranked_by_the_pairs_that_they_cost() -> None:
    misses = Outcomes(HAND, KNOWN).misses()
    assert sum(one.pairs for one in misses) == 10 - 2
    assert [(one.form, one.outcome, one.names, one.pairs) for one in misses] == [
        ("relative", "waits", 1, 2.5),
        ("short place", "split", 1, 2.5),
        ("mark", "lost", 1, 2.0),
        ("short place", "wrong", 1, 1.0),
        ("", "split", 1, 0.0),
    ]


def test_false_merges_say_what_came_together() -> None:
    assert false_merges(HAND) == [
        (JS, {JS: ["agency:js", "江苏省数据局"], SD: ["山东数据局"]}),
    ]


def test_a_known_thing_is_no_home_for_a_stranger() -> None:
    names = [Mention("new:乙", SD, "Agency", "乙"), Mention("new:乙", "agency:x-9", "Agency", "乙")]
    assert Outcomes(names, KNOWN).all == ["wrong", "right"]


def test_made_rows_are_loaded_and_each_name_is_found_again() -> None:
    found = read(1, 40)
    names = [one for one in found.mentions if one.text != one.truth]
    assert len(names) == sum(len(said) for one in rows(1, 40) for said in one.said.values())
    plain = [one for one in names if not one.forms and one.truth in known.things()]
    assert len([one for one in plain if one.key == one.truth]) > len(plain) * 0.7
    assert [one for one in plain if one.key not in ("", one.truth)] == []
    assert 0 < found.right <= found.dates
