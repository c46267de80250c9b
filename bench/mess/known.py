"""The true things: the facts tables with the names that the register gives each thing."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_SOURCES = Path(__file__).parent.parent.parent / "sources"
_TABLES = {
    "Agency": "agencies", "Policy": "policies", "Exchange": "exchanges",
    "Organisation": "organisations", "ComputeProject": "compute_projects", "Zone": "zones",
    "Province": "provinces",
}  # fmt: skip
_DATES = ("established_on", "issued_on", "approved_on", "launched_on")
_LINKS = ("issued_by", "implements", "predecessor_of", "operates", "part_of")


@dataclass(frozen=True)
class Thing:
    """A thing of the facts tables.

    `names` are (text, kind) as registered; `place` is the province where there is exactly one;
    `date` is the ISO date of its own event, as precise as known; `links` are ids by predicate.
    """

    id: str
    class_name: str
    names: tuple[tuple[str, str], ...]
    place: str = ""
    date: str = ""
    number: str = ""
    kind: str = ""
    code: str = ""
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def official(self) -> str:
        """The first official name."""
        return self.names[0][0]


@cache
def things() -> dict[str, Thing]:
    """All things by id, in the order of the tables."""
    names, links, places = _names(), _links(), _pairs("located_in")
    return {
        thing.id: thing
        for class_name, table in _TABLES.items()
        for row in _rows(f"facts/{table}.csv")
        for thing in [_thing(class_name, row, names, links, places)]
        if thing.names
    }


@cache
def of(class_name: str) -> tuple[Thing, ...]:
    """The things of one class."""
    return tuple(one for one in things().values() if one.class_name == class_name)


@cache
def owners() -> dict[str, frozenset[str]]:
    """Who bears a name: text → ids."""
    found: dict[str, set[str]] = defaultdict(set)
    for thing in things().values():
        for text, _ in thing.names:
            found[text].add(thing.id)
    return {text: frozenset(ids) for text, ids in found.items()}


def short(place: str) -> str:
    """The short name of a province: 江苏."""
    return next(text for text, kind in things()[place].names if kind == "short")


def _thing(
    class_name: str,
    row: dict[str, str],
    names: dict[str, list[tuple[str, str]]],
    links: dict[str, dict[str, list[str]]],
    places: dict[str, list[str]],
) -> Thing:
    key = next(iter(row.values()))
    located = places.get(key) or [row.get("province_id", "")]
    return Thing(
        key,
        class_name,
        tuple(names.get(key, ())),
        "" if len(located) > 1 or class_name == "Province" else located[0],
        next((row[name] for name in _DATES if row.get(name)), ""),
        row.get("doc_number", ""),
        row.get("kind") or row.get("type") or "",
        row.get("gb2260_code", ""),
        {name: tuple(links[name][key]) for name in _LINKS if key in links[name]},
    )


def _names() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows("register/names.csv"):
        found[row["entity"]].append((row["name"], row["kind"]))
    return found


def _links() -> dict[str, dict[str, list[str]]]:
    """Ids by predicate and subject; of predecessors and operators, by the later and the run."""
    found = {name: _pairs(name) for name in _LINKS}
    for name in ("predecessor_of", "operates"):
        turned: dict[str, list[str]] = defaultdict(list)
        for subject, objects in found[name].items():
            for one in objects:
                turned[one].append(subject)
        found[name] = turned
    return found


def _pairs(predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows(f"facts/rel_{predicate}.csv"):
        if row["object_id"] not in found[row["subject_id"]]:
            found[row["subject_id"]].append(row["object_id"])
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_SOURCES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
