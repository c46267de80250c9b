"""Disagreements: found from what sources say, each with the rule that decided it."""

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.api import KnowledgeGraph
from kg.conflicts import RULES, Conflict
from kg.weight import Weight
from tests.claims import NAMED, PAIR, TITLED, dated, led, say, told
from tests.commands import within
from tests.stores import FACTS, REGISTER, ROOT, TABLES
from tests.test_preference import KNOWN, PREFERENCES, STANCES, VALUES, status

FOUND = {
    ("exchange:bjidex", "established_on"), ("exchange:gbdex", "established_on"),
    ("exchange:szde", "established_on"), ("policy:p20", "doc_number"),
    ("policy:sh14", "issued_on"), ("policy:pub", "published_on"),
    ("policy:zj44", "issued_on"), ("policy:cq99", "issued_on"),
}  # fmt: skip
"""What conflicts.csv lists and the other tables show by themselves."""

UNFOUND = {
    ("exchange:gbdex", "cumulative_turnover"): "no field of the model, said in conflicts.csv alone",
    ("policy:x3", "issuer_count"): "a number of issuers is a Count; 16 and 14 stand nowhere else",
    ("policy:cq99", "published_on"): "one value only, so nothing disagrees with it",
    ("policy:cq99", "target"): "a sentence of another text, said in conflicts.csv alone",
    ("project:hgs", "approved_on"): "the other date is said in conflicts.csv alone",
    ("project:hnm", "approved_on"): "the other date is said in conflicts.csv alone",
    ("project:spic", "operational_on"): "the other date is said in conflicts.csv alone",
}
"""What conflicts.csv rejects and no other table shows, and why."""

BEYOND = {("exchange:gzde", "locality"), ("exchange:sde", "locality"), ("policy:p20", "issued_on")}
"""What the tables show and conflicts.csv does not reject: docs/problems.md says what it is."""

FIELDS = {"unveiled": "established_on", "number": "doc_number", "dated": "issued_on"}
FIELDS |= {"published": "published_on"}


@pytest.fixture(scope="module")
def undecided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """The shipped sources without the table of decisions about them."""
    facts = [path for path in sorted(FACTS.iterdir()) if path.name != "conflicts.csv"]
    with kg.open(tmp_path_factory.mktemp("undecided") / ".kg") as store:
        store.load(*facts, TABLES, REGISTER)
        yield store


def listed() -> dict[tuple[str, str], list[dict[str, str]]]:
    """The rows of conflicts.csv by thing and field."""
    found = defaultdict(list)
    with (FACTS / "conflicts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["entity_id"], row["field"]].append(row)
    return found


def by_field(found: list[Conflict]) -> dict[tuple[str, str], Conflict]:
    return {(one.subject, FIELDS.get(one.property, one.property)): one for one in found}


def test_known_disagreements_are_found_from_the_tables_and_every_difference_is_known(
    undecided: KnowledgeGraph,
) -> None:
    found = by_field(undecided.conflicts())
    rejected = {
        key for key, rows in listed().items() if any("kept" not in r["resolution"] for r in rows)
    } - {("exchange:gbdex", "name_zh")}  # an alias is no value that another excludes
    assert rejected == FOUND | set(UNFOUND)
    assert set(found) == FOUND | BEYOND
    for key in FOUND:
        values = {_month(row["value"]) for row in listed()[key]}
        assert values == {_month(side.value) for side in found[key].sides}, key


def _month(value: str) -> str:
    """A value as conflicts.csv writes it; the end of a year as kg reads it."""
    return "[2014-10-01..2014-12-31]" if value == "2014 年末" else value


def test_the_rules_alone_prefer_what_conflicts_csv_keeps_but_for_one_date(
    undecided: KnowledgeGraph, store: KnowledgeGraph
) -> None:
    found, decided = by_field(undecided.conflicts()), by_field(store.conflicts())
    kept = {
        key: row["value"] for key, rows in listed().items() for row in rows
        if row["resolution"].startswith("kept") and key in FOUND | {("policy:p20", "issued_on")}
    }  # fmt: skip
    others = {key for key, value in kept.items() if found[key].sides[0].value != value}
    assert others == {("policy:p20", "issued_on")}
    assert {key: decided[key].sides[0].value for key in kept} == kept
    assert {side.rule for key in kept for side in decided[key].sides[1:]} == {"judgement"}


def test_what_is_not_found_or_not_listed_is_explained_in_the_documents() -> None:
    text = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    part = text.partition("## Without the decisions")[2].partition("\n## ")[0]
    unsaid = [key for key in {*UNFOUND, *BEYOND} if f"`{key[0]}` {key[1]}" not in part]
    assert unsaid == []


def test_a_sharper_date_refines_a_blunter_one_and_is_no_conflict(store: KnowledgeGraph) -> None:
    said = {row["value"] for row in listed()["exchange:sde", "established_on"]}
    assert said == {"2021-11-25", "2021-11"}
    assert [one.property for one in store.conflicts("exchange:sde")] == ["locality"]


CALLED = {"a copy": "sharper", "a dated source": "newer", "no stance": "rank"}
CALLED |= dict.fromkeys(("stated", "conflicting"), "stance")
CALLED |= dict.fromkeys(("official", "media", "repost", "unknown"), "rank")
CALLED |= {"more": "sources", "sharper": "sharper", "newer": "newer", "smallest": "smallest"}


def test_each_rule_of_preference_is_named_where_it_decides(tmp_path: Path) -> None:
    said, wanted = [], {}
    for number, (name, (better, worse)) in enumerate(PREFERENCES.items()):
        key = f"policy:p{number}"
        sides = [_about(key, one) for one in (*better, *worse)]
        said += [say(key, "name", name), *sides]
        wanted[key] = next(rule for start, rule in CALLED.items() if name.startswith(start))
    assert set(wanted.values()) == set(RULES) - {"judgement"}
    told(tmp_path, *said)
    with kg.open(tmp_path / ".kg") as store:
        found = {one.subject: [side.rule for side in one.sides] for one in store.conflicts()}
    assert found == {key: ["", rule] for key, rule in wanted.items()}


def _about(key: str, one: dict[str, Any]) -> dict[str, Any]:
    return dated(one["value_key"], one["source"], one["stance"], key)


def test_every_value_that_lost_is_listed_with_a_rule_by_which_a_better_one_won(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, judged = random.Random(5), list[str]()
    said: dict[str, dict[str, Any]] = {}
    for number in range(120):
        key = f"{'policy' if number % 2 else 'exchange'}:x{number}"
        claims = [_drawn(chance, key) for _ in range(chance.randint(2, 7))]
        said |= {one["id"]: one for one in (say(key, "name", key), *claims)}
        judged += [f",accept,{one['id']},,,," for one in claims if chance.random() < 0.1]
        judged += [f",reject,{one['id']},,,," for one in claims if chance.random() < 0.1]
    told(tmp_path, *said.values(), judged="\n".join(judged))
    why = Weight.beaten_by
    won: list[bool] = []

    def watched(self: Weight, other: Weight) -> str:
        won.append(other < self)
        return why(self, other)

    monkeypatch.setattr(Weight, "beaten_by", watched)
    with kg.open(tmp_path / ".kg") as store:
        found = store.conflicts()
        lost = store.connection.execute(
            "SELECT subject, property, value FROM facts WHERE status = 'disputed' AND NOT preferred"
        ).fetchall()
    listed = {(one.subject, one.property, side.value) for one in found for side in one.sides}
    assert len(lost) > 100 and set(lost) <= listed
    assert len(won) > 100 and all(won)


def _drawn(chance: random.Random, key: str) -> dict[str, Any]:
    """A date of a policy, or a status of an exchange for some while, by any source."""
    source, stance = f"source:{chance.choice(list(KNOWN))}", chance.choice(list(STANCES))
    if key.startswith("policy:"):
        return dated(chance.choice(VALUES), source, stance, key)
    year = chance.randint(2018, 2023)
    start = chance.choice(["", f"{year}-01-01"])
    end = chance.choice(["", f"{year + chance.randint(1, 3)}-06-01"])
    value = chance.choice(["preparing", "operating", "closed"])
    return say(key, "status", value, source, start, end, stance)


def test_a_person_who_decides_is_named_before_all_rules(tmp_path: Path) -> None:
    best, chosen = dated("2024-01-01", "source:gov"), dated("2023", "source:farm", "inferred")
    told(tmp_path, TITLED, best, chosen, judged=f",accept,{chosen['id']},,,,")
    with kg.open(tmp_path / ".kg") as store:
        (one,) = store.conflicts()
    assert [(side.value, side.standing, side.rule) for side in one.sides] == [
        ("2023", "preferred", ""),
        ("2024-01-01", "disputed", "judgement"),
    ]


def test_a_date_that_agrees_with_each_but_not_with_all_gives_way_to_the_better(
    tmp_path: Path,
) -> None:
    told(
        tmp_path,
        TITLED,
        dated("[2024-01-01..2024-01-20]", "source:gov"),
        dated("[2024-01-15..2024-02-10]", "source:news"),
        dated("[2024-01-21..2024-02-20]", "source:blog"),
    )
    with kg.open(tmp_path / ".kg") as store:
        (one,) = store.conflicts()
    assert [(side.value, side.rule) for side in one.sides] == [
        ("[2024-01-15..2024-01-20]", ""),
        ("[2024-01-21..2024-02-20]", "rank"),
    ]


def test_rows_copied_from_one_page_are_one_source(tmp_path: Path) -> None:
    """A page and its copy are one source; they lose against two pages that are older or undated."""
    copies = [dated("2024-02", f"source:{name}") for name in ("news", "copy")]
    told(
        tmp_path,
        TITLED,
        *copies,
        dated("2024-01-01", "source:paper"),
        dated("2024-01-01", "source:undated"),
    )
    with kg.open(tmp_path / ".kg") as store:
        (one,) = store.conflicts()
        shown = store.show("policy:p")
    assert [(side.value, side.sources, len(side.citations)) for side in one.sides] == [
        ("2024-01-01", 2, 2),
        ("2024-02", 1, 2),
    ]
    facts = {fact.value: (fact.sources, len(fact.cites)) for fact in shown.facts}
    assert (facts["2024-02"], facts["2024-01-01"]) == ((1, 2), (2, 2))
    said = within("show", "policy:p", "--lang", "en", cwd=tmp_path).out
    assert "Disagreements" in said and re.search(r"^property .*sources", said, re.MULTILINE)


def test_one_page_under_two_ids_is_one_source(tmp_path: Path) -> None:
    told(
        tmp_path,
        TITLED,
        *(dated("2024-02", f"source:{name}") for name in ("mine", "yours", "news")),
        say("source:mine", "url", "http://a.example/page/"),
        say("source:yours", "url", "https://A.example/page#top"),
        dated("2024-01-01", "source:paper"),
    )
    with kg.open(tmp_path / ".kg") as store:
        (one,) = store.conflicts()
    assert [(side.value, side.sources) for side in one.sides] == [("2024-02", 2), ("2024-01-01", 1)]


def test_beginnings_that_exclude_each_other_are_listed_with_their_rule(tmp_path: Path) -> None:
    told(
        tmp_path,
        NAMED,
        led("2024-01-05", source="source:gov"),
        led("2024-02-06", source="source:news"),
    )
    with kg.open(tmp_path / ".kg") as store:
        (one,) = store.conflicts()
    assert [(side.value, side.standing, side.rule) for side in one.sides] == [
        ("张三 from 2024-01-05", "preferred", ""),
        ("张三 from 2024-02-06", "disputed", "rank"),
    ]


def test_what_follows_in_time_is_no_conflict_and_a_circle_is_one(tmp_path: Path) -> None:
    told(
        tmp_path,
        *PAIR,
        say("org:a1", "part_of", "org:b"),
        say("org:b", "part_of", "org:a1", stance="inferred"),
        say("exchange:x", "name", "某交易所"),
        status("preparing", "2020-01-01", "2021-01-01"),
        status("operating", "2021-01-01", ""),
    )
    with kg.open(tmp_path / ".kg") as store:
        (one,) = store.conflicts()
    assert [(one.subject, side.value, side.rule) for side in one.sides] == [
        ("org:b", "org:a1", "circle")
    ]


def test_conflicts_are_printed_for_people_and_for_programs(loaded: Path) -> None:
    rows = within("conflicts", "上海数据交易所", "--json", cwd=loaded).json()
    assert [(row["value"], row["standing"], row["decided_by"]) for row in rows] == [
        ("上海市", "preferred", ""),
        ("上海市浦东新区", "disputed", "sources"),
    ]
    assert rows[1]["said_by"] == ["source:cdaily"]
    assert rows[1]["statements"][0].startswith("statement:")
    said = within("conflicts", "--undecided", "--lang", "zh", cwd=loaded).out
    assert "独立来源数" in said and "裁定" not in said


def test_an_answer_shows_what_dissents_beside_what_carries_it(loaded: Path) -> None:
    asked = ("query", "policy/earlier-than", "--lang", "en")
    for form in ("md", "table"):
        said = within(*asked, "--format", form, cwd=loaded).out
        assert re.search(r"cites[ |]+dissent", said), said
        assert "policy:p20 dated 2022-12-19" in said
    bare = within(*asked, "--no-sources", cwd=loaded).out
    assert "dissent" not in bare
