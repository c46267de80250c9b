"""How good the suggestions of `kg review --suggest` are: the names of the register, held apart.

Usage: python -m bench.suggest [-o FILE]     default: docs/bench-suggest.md

Every Chinese name of a registered thing is taken for a thing of its own; two are truly one where
the register gives them to one thing. The rules were made with these names in view.
"""

import argparse
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from bench.mess import rows
from kg import domain
from kg.alike import LEAST, Pair, Thing, pairs
from kg.register import Register
from kg.suggesting import place_names, telling

_LEASTS = (0.5, LEAST, 0.6, 0.65, 0.7, 0.8)
_LISTED = 12
_SEEDS = range(101, 121)
_ROWS = 1000
_ABOUT = """\
Made by `python -m bench.suggest` on the shipped register: each of its Chinese names, but for those
of places, abbreviations and names that mean nothing without a place (省大数据局), is a thing of its
own; two are truly one where the register gives them to one thing.

The rules were made with these names in view, so the figures say how well they fit the shipped data,
not what to expect of other data.""".splitlines()
Truth = set[tuple[str, str]]


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.suggest")
    parser.add_argument("-o", dest="out", default="docs/bench-suggest.md", type=Path)
    out: Path = parser.parse_args().out
    out.write_text(page(), encoding="utf-8")
    print(out.read_text(encoding="utf-8"))


def page() -> str:
    """The measurement as a page of the documentation."""
    register = Register.read([domain.sources() / "register"])
    things, truth = apart(register)
    found = {least: pairs(things, place_names(register), least) for least in _LEASTS}
    every = len(things) * (len(things) - 1) // 2
    lines = [
        "# Suggestions, measured",
        "",
        *_ABOUT,
        "",
        f"{len(things)} names, {len(truth)} true pairs among {every} pairs. `kg review --suggest`",
        f"proposes from a likeness of {LEAST} on.",
        "",
        "| likeness from | proposed | true | precision | recall |",
        "|--:|--:|--:|--:|--:|",
        *(_row(least, {_key(one) for one in some}, truth) for least, some in found.items()),
        "",
        *_new(register),
        "",
        "Proposed and not one, on the register, the most alike first:",
        "",
        *(_listed([_key(one) for one in found[LEAST] if _key(one) not in truth])),
        "",
        "One and not proposed (no rule relates these names; the register has to say it):",
        "",
        *(_listed(sorted(truth - {_key(one) for one in found[LEAST]}))),
    ]
    return "\n".join(lines) + "\n"


def _new(register: Register) -> list[str]:
    """The same for new mess, of which nobody has looked at the rows."""
    proposed = good = true = 0
    for seed in _SEEDS:
        things, truth = mess(seed, register)
        found = {_key(one) for one in pairs(things, place_names(register))}
        proposed, good, true = proposed + len(found), good + len(found & truth), true + len(truth)
    seeds = f"seeds {_SEEDS[0]} to {_SEEDS[-1]}, {_ROWS} rows each"
    return [
        f"On new mess (`bench/mess`, {seeds}), whose rows nobody has looked at:",
        f"{proposed} proposed, {good} of them one, of {true} true pairs;",
        f"**precision {good / proposed:.2f}, recall {good / true:.2f}**.",
    ]


def mess(seed: int, register: Register) -> tuple[list[Thing], Truth]:
    """As `apart`, of the names in made rows, but for those that nobody could tell."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    model = domain.model()
    areas = set(model.under("Area"))
    for row in rows(seed, _ROWS):
        for one in (one for several in row.said.values() for one in several):
            if one.class_name not in areas and not one.truth.startswith("ambiguous:"):
                names[model.classes[one.class_name].prefix, one.truth] |= {
                    *telling([one.text], register)
                }
    things, truth = [], set()
    for prefix, entity in sorted(names):
        keys = sorted(f"{entity} {name}" for name in names[prefix, entity])
        things += [Thing(key, prefix, (key.removeprefix(f"{entity} "),)) for key in keys]
        truth |= set(combinations(keys, 2))
    return things, truth


def apart(register: Register) -> tuple[list[Thing], Truth]:
    """Each name as a thing of its own, and the pairs that are one."""
    areas = {domain.model().classes[name].prefix for name in domain.model().under("Area")}
    names: dict[str, list[str]] = defaultdict(list)
    for one in register.all_names():
        place = one.entity.partition(":")[0] in areas
        if one.lang.startswith("zh") and one.kind != "abbreviation" and not place:
            names[one.entity].append(one.name)
    things, truth = [], set()
    for entity in sorted(names):
        keys = sorted(f"{entity} {name}" for name in telling(names[entity], register))
        things += [Thing(key, entity.partition(":")[0], (key.partition(" ")[2],)) for key in keys]
        truth |= set(combinations(keys, 2))
    return things, truth


def _key(pair: Pair) -> tuple[str, str]:
    first, second = sorted((pair.a, pair.b))
    return first, second


def _row(least: float, proposed: Truth, truth: Truth) -> str:
    good = len(proposed & truth)
    figures = (f"{good / len(proposed):.2f}", f"{good / len(truth):.2f}")
    return f"| {least} | {len(proposed)} | {good} | {' | '.join(figures)} |"


def _listed(some: list[tuple[str, str]]) -> list[str]:
    lines = [f"- {' ~ '.join(key.partition(' ')[2] for key in pair)}" for pair in some[:_LISTED]]
    more = len(some) - _LISTED
    return [*lines, f"- and {more} more"] if more > 0 else lines


if __name__ == "__main__":
    main()
