"""What the files of a register say, row by row: names, areas, sources, goals."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.statement import is_id
from kg.text import fold, read_utf8
from kg.when import When

KINDS = (
    "official", "short", "abbreviation", "informal", "plate", "old", "misspelt", "foreign",
)  # fmt: skip
"""What a name can be to the entity that bears it."""

RANKS = {"official": 0, "media": 1, "repost": 2, "unknown": 3, "unreliable": 4}
"""Ranks of sources, best first (design §9); one without a rank is unknown."""


@dataclass(frozen=True, slots=True)
class Named:
    """One name of one entity, with the days on which it was borne, as far as known."""

    name: str
    entity: str
    kind: str
    lang: str
    start: When | None
    end: When | None
    source: str

    def borne_on(self, day: When) -> bool:
        """Whether the name can have been borne then: from its start on, before its end."""
        if self.start and self.start.earliest and day.latest and day.latest < self.start.earliest:
            return False
        return not (
            self.end and self.end.latest and day.earliest and day.earliest >= self.end.latest
        )


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source as the register has it; `rank` as text, empty where not ranked."""

    id: str
    url: str
    page: When | None
    rank: str
    title: str = ""
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal that has an id: the policy that sets it, what it measures, the year it is due."""

    entity: str
    policy: str
    metric: str
    due: str


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        return
    with read_utf8(path) as file:
        reader = csv.DictReader(file)
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"{path.name}, row 1: no heading {missing[0]!r} (want {', '.join(needed)})"
            )
        for number, row in enumerate(reader, start=2):
            yield number, {key: (value or "").strip() for key, value in row.items() if key}


def _when(path: Path, number: int, column: str, text: str) -> When | None:
    try:
        return When.parse(text) if text else None
    except ValueError as error:
        raise InputError(f"{path.name}, row {number}, {column}: {error}") from None


def _one_of(path: Path, number: int, column: str, text: str, words: Sequence[str]) -> None:
    if text not in words:
        want = ", ".join(words)
        raise InputError(f"{path.name}, row {number}, {column}: unknown {text!r} (want {want})")


def _id(path: Path, number: int, column: str, text: str) -> None:
    if not is_id(text):
        raise InputError(f"{path.name}, row {number}, {column}: no id: {text!r} (want policy:p20)")


def read_names(path: Path) -> Iterator[Named]:
    """The names of `names.csv`; InputError says which row and column is wrong."""
    for number, row in _rows(path, ("name", "entity", "kind", "lang", "from", "to", "source")):
        start, end = (_when(path, number, column, row[column]) for column in ("from", "to"))
        if not row["name"]:
            raise InputError(f"{path.name}, row {number}, name: empty (give the name, or no row)")
        _one_of(path, number, "kind", row["kind"], KINDS)
        _id(path, number, "entity", row["entity"])
        yield Named(row["name"], row["entity"], row["kind"], row["lang"], start, end, row["source"])


def read_areas(path: Path) -> Iterator[tuple[list[Named], dict[str, str]]]:
    """Each area's names, and what it lies in; its short name only where no other bears it."""
    for number, row in _rows(path, ("area", "name", "short", "other", "within", "source")):
        for column in ("area", "within"):
            _id(path, number, column, row[column])
        kinds = (("name", "official"), ("short", "short"), ("other", "short"))
        names = [
            Named(row[column], row["area"], kind, "zh", None, None, row["source"])
            for column, kind in kinds
            if row[column]
        ]
        yield names, {row["area"]: row["within"]}


def read_issuers(path: Path) -> Iterator[tuple[str, str]]:
    """Who issued which policy: pairs of policy and issuer."""
    for number, row in _rows(path, ("policy", "issuer", "source")):
        for column in ("policy", "issuer"):
            _id(path, number, column, row[column])
        yield row["policy"], row["issuer"]


def read_sources(path: Path) -> dict[str, KnownSource]:
    """The sources of `sources.csv`, by id."""
    found = {}
    for number, row in _rows(path, ("source_id", "url", "page_date", "rank")):
        page = _when(path, number, "page_date", row["page_date"])
        title, copy_of = row.get("title", ""), row.get("copy_of", "")
        _id(path, number, "source_id", row["source_id"])
        if row["rank"]:
            _one_of(path, number, "rank", row["rank"], tuple(RANKS))
        found[row["source_id"]] = KnownSource(
            row["source_id"], row["url"], page, row["rank"], title, copy_of
        )
    return found


def read_relative(path: Path) -> set[str]:
    """The names, folded, that mean a body only with a place."""
    return {fold(row["name"]) for _, row in _rows(path, ("name",))}


def read_places(path: Path) -> dict[str, str]:
    """Where things are whose names do not say so."""
    found = {}
    for number, row in _rows(path, ("entity", "place")):
        for column in ("entity", "place"):
            _id(path, number, column, row[column])
        found[row["entity"]] = row["place"]
    return found


def read_goals(path: Path) -> Iterator[Goal]:
    """The goals that have an id."""
    for number, row in _rows(path, ("entity", "policy", "metric", "due")):
        for column in ("entity", "policy"):
            _id(path, number, column, row[column])
        yield Goal(row["entity"], row["policy"], row["metric"], row["due"])


def by_policy(goals: Sequence[Goal]) -> dict[tuple[str, str], str]:
    """Goals by policy, and by metric and year; without a year where only one goal is meant."""
    without: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in goals:
        without[one.policy, fold(one.metric)].add(one.entity)
    found = {key: one for key, (one, *others) in without.items() if not others}
    return found | {(one.policy, fold(f"{one.metric} {one.due}")): one.entity for one in goals}
