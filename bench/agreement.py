"""Cell by cell: does what a messy table says of a thing agree with the facts tables?"""

import csv
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.found import Statement
from kg.when import When

_ROOT = Path(__file__).parent.parent
_SKIPPED = ("name", "alias", "note")


def report(
    said: list[Statement], facts: list[Statement], truth: Callable[[Statement], str]
) -> Iterator[str]:
    """For each field how many cells agree, and each that does not, with the reason if one is known.

    *blunter or sharper*: dates that combine; a city where the facts tables name its district too.
    *more*: the facts tables have nothing for this thing and field.
    """
    stated: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in facts:
        stated[one["subject_key"], one["property"]].add(str(one["value_key"]))
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    differing = []
    for one in said:
        if one["property"] not in _SKIPPED and not one["subject_key"].startswith("review:"):
            how = _compared(one, stated[truth(one), one["property"]])
            counts[one["class"], one["property"]][how] += 1
            if how == "differs":
                differing.append((one, truth(one), stated[truth(one), one["property"]]))
    yield from _table(counts)
    reasons = _reasons()
    for one, key, values in sorted(differing, key=lambda at: (at[1], at[0]["place"])):
        why = reasons.get((key, one["property"]), "not explained")
        yield (
            f"- {key} {one['property']}: {one['original']!r} ({Path(one['document']).name}, "
            f"{one['place']}), facts {sorted(values)}: {why}"
        )


def _compared(one: Statement, values: set[str]) -> str:
    value = str(one["value_key"])
    if value in values:
        return "agrees"
    if not values:
        return "more"
    if value.startswith("review:"):
        return "waits"
    if any(_combine(one["kind"], value, other) for other in values):
        return "blunter or sharper"
    return "differs"


def _combine(kind: str, one: str, other: str) -> bool:
    if kind == "date":
        return When.parse(one).meet(When.parse(other)) is not None
    return kind == "text" and other.startswith(one)


def _table(counts: dict[tuple[str, str], Counter[str]]) -> Iterator[str]:
    ways = ("agrees", "blunter or sharper", "more", "waits", "differs")
    total: Counter[str] = Counter()
    yield "\n| field | " + " | ".join(ways) + " |"
    yield "|---|" + "--:|" * len(ways)
    for (class_name, name), found in sorted(counts.items()):
        total += found
        yield f"| {class_name}.{name} | " + " | ".join(str(found[way]) for way in ways) + " |"
    yield "| **all** | " + " | ".join(str(total[way]) for way in ways) + " |\n"


def _reasons() -> dict[tuple[str, str], str]:
    """What `conflicts.csv` decided about a thing's field."""
    kinds = tomllib.loads((_ROOT / "loaders/kinds/conflicts.toml").read_text(encoding="utf-8"))
    found: dict[tuple[str, str], str] = {}
    with (_ROOT / "sources/facts/conflicts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            property = kinds["field"].get(row["field"], row["field"])
            if isinstance(property, dict):
                property = property.get(row["entity_id"].partition(":")[0], row["field"])
            said = f"{row['value']} {row['resolution']}"
            at = row["entity_id"], property
            found[at] = f"{found[at]}; {said}" if at in found else f"conflicts.csv: {said}"
    return found
