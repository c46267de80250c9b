"""Things that the register lacks: plausible bodies of real places, other years of a title; and
names that nobody could decide.

They must become new things or wait; none may be merged with a known one. Many differ from a known
name, or from each other, by one character.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random

from bench.mess import known
from bench.mess.said import Said, chance

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_THINGS, _ENDINGS = _DATA["things"], _DATA["endings"]
AMBIGUOUS: list[tuple[str, str, str]] = [tuple(one) for one in _DATA["names"]["ambiguous"]]
DECIDED: list[tuple[str, ...]] = [tuple(one) for one in _DATA["names"]["decided"]]


def stranger(class_name: str, random: Random) -> Said:
    """One thing of a class that the register lacks; its key is its plain name."""
    place, text, key = _MAKERS[class_name](random)
    while text in known.owners():
        place, text, key = _MAKERS[class_name](random)
    return Said(text, f"new:{key or text}", class_name, text, place and f"province:{place}")


def undecidable(class_name: str, row: int, random: Random) -> Said | None:
    """A name that nobody could decide, where the class has one; it is one with no other."""
    fitting = [one for one in AMBIGUOUS if one[0] == class_name]
    if not fitting:
        return None
    _, text, place = random.choice(fitting)
    truth = f"ambiguous:{row}/{text}"
    return Said(text, truth, class_name, text, place and f"province:{place}", ("ambiguous",))


Made = tuple[str, str, str]
"""A province's number, a name, and a key where the name alone is not enough."""


def _city(random: Random) -> tuple[str, str]:
    place = random.choice(sorted(_DATA["cities"]))
    return place, random.choice(_DATA["cities"][place].split())


def _agency(random: Random) -> Made:
    if chance(random, 0.4):
        return *random.choice(_THINGS["agencies"]), ""
    if chance(random, 0.15):
        place, name = random.choice(_THINGS["districts"])
        return place, f"{name}数据局", f"{place}/{name}数据局"
    place, city = _city(random)
    return place, f"{city}市{random.choice(_ENDINGS['bureaus'])}", ""


def _organisation(random: Random) -> Made:
    if chance(random, 0.4):
        return *random.choice(_THINGS["companies"]), ""
    if chance(random, 0.5):
        province = random.choice([one for one in known.of("Province") if one.code < "700000"])
        return province.code[:2], province.official + random.choice(_ENDINGS["offices"][:4]), ""
    place, city = _city(random)
    office = random.choice([one for one in _ENDINGS["offices"] if one[-1] != "厅"])
    return place, f"{city}市{office}", ""


def _exchange(random: Random) -> Made:
    if chance(random, 0.4):
        return *random.choice(_THINGS["exchanges"]), ""
    place, city = _city(random)
    while city in _THINGS["trading"]:
        place, city = _city(random)
    return place, f"{city}数据交易{random.choice(('所', '中心'))}", ""


def _policy(random: Random) -> Made:
    province = random.choice([one for one in known.of("Province") if one.code < "700000"])
    place, kind = province.code[:2], random.random()
    if kind < 0.3:
        year = random.choice((2021, 2022, 2023, 2025, 2026))
        return place, f"{province.official}{year}年政府工作报告", ""
    if kind < 0.6:
        return place, province.official + random.choice(_ENDINGS["documents"]), ""
    if kind < 0.7:
        return place, f"关于同意{province.official}启动建设全国一体化算力网络国家枢纽节点的复函", ""
    return _sibling(random)


def _sibling(random: Random) -> Made:
    """A known title of another year, or at another stage."""
    policy = random.choice(known.of("Policy"))
    title = policy.official
    if "(征求意见稿)" in title:
        other = title.replace("(征求意见稿)", "")
    elif any(year in title for year in ("2022", "2023", "2024", "2025")):
        by = random.choice((-3, -2, 3, 4))
        other = "".join(
            str(int(part) + by) if part.isdigit() and len(part) == 4 else part
            for part in _digits(title)
        )
    elif "“十四五”" in title:
        other = title.replace("十四五", random.choice(("十三五", "十五五")))
    else:
        other = title.replace("(试行)", "") + random.choice(("(征求意见稿)", "(草案)"))
    return policy.place.partition(":")[2], other, ""


def _digits(text: str) -> list[str]:
    """A text in runs of digits and of others."""
    runs: list[str] = []
    for one in text:
        if runs and runs[-1][-1].isdigit() == one.isdigit():
            runs[-1] += one
        else:
            runs.append(one)
    return runs


_MAKERS: dict[str, Callable[[Random], Made]] = {
    "Agency": _agency, "Organisation": _organisation, "Exchange": _exchange, "Policy": _policy,
    "ComputeProject": lambda random: (*random.choice(_THINGS["projects"]), ""),
    "Zone": lambda random: (*random.choice(_THINGS["zones"]), ""),
}  # fmt: skip
