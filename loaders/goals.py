"""The goals in a policy's cell: what is measured, how much of it, by when.

A number is read only where the sentence can mean nothing else; a goal that says more (a range, a
rank, a year to compare with, several things at once) is kept in its words.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from kg.text import clean
from loaders.wording import DIGITS, SCALES, Amount, amount, measured, units

_BLANK = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])|(?<=[0-9])\s+(?=[A-Za-z])")
_BETWEEN = re.compile(r"(?<![0-9])[，,、。]|[，,、。](?![0-9])")
_STOPS = re.compile(r"[，,。；;：:]")
_YEAR = re.compile(r"[0-9]{4}年")
_ENDS = re.compile(r"[^\W0-9A-Za-z_]$|[)）”》]$")
_CHANGES = re.compile("[增新]")
_FROM = re.compile(r"(?<!自)由|从(?!业)|^[到至较]|^比(?!例|重)")


@dataclass(frozen=True)
class Goal:
    """One goal of a policy: what is measured, how much of it, by when; a goal may be in words."""

    metric: str
    due: str = ""
    qualifier: str = ""
    amount: Amount | None = None


class Words(BaseModel):
    """The words around a number, of `goals.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    hopes: tuple[str, ...]
    no_due: tuple[str, ...]
    verbs: tuple[str, ...]
    changes: tuple[str, ...]
    bounds: tuple[str, ...]
    after: tuple[str, ...]
    no_end: tuple[str, ...]
    inside: tuple[str, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True)
class _Forms:
    """The sentences that a goal with a number may have, made of the words."""

    due: re.Pattern[str]
    goal: re.Pattern[str]
    amount: re.Pattern[str]
    only: re.Pattern[str]
    no_due: tuple[str, ...]
    no_end: tuple[str, ...]


def goals(text: str) -> Iterator[Goal]:
    """The goals that a cell lists, parted by semicolons.

    >>> list(goals("到2025年数商企业引育1,000家；制度初步建立"))[0]
    Goal(metric='数商企业', due='2025', qualifier='引育', amount=Amount(number='1000', \
unit='家', si='1000', si_unit='NUM', about=''))
    """
    for part in re.split("[；;]", text):
        if part := clean(part).strip(" 。，,、"):
            yield from _sentence(part)


def _sentence(text: str) -> Sequence[Goal]:
    """A goal, or several where each clause holds an amount of its own; else the words."""
    hope, due, rest = _due(_BLANK.sub("", text))
    if whole := _measured(hope, due, rest):
        return (whole,)
    found = []
    for clause in _BETWEEN.split(rest):
        more, later, clause = _due(clause)
        due = later or due
        goal = _measured(hope + more, due, clause)
        if goal is None:
            _, due, rest = _due(text)
            return (Goal(hope + rest, due),)
        found.append(goal)
    return found


def _due(text: str) -> tuple[str, str, str]:
    """What is hoped for, the due year, and the rest, of `力争到2025年底，…`."""
    match = _forms().due.match(text)
    if not match or not match.group("rest") or match.group("rest").startswith(_forms().no_due):
        return "", "", text
    month = f"-{int(match.group('month')):02}" if match.group("month") else ""
    return match.group("hope") or "", (match.group("year") or "") + month, match.group("rest")


def _measured(hope: str, due: str, text: str) -> Goal | None:
    """A goal with a number; None where the text may mean another."""
    match = _forms().goal.fullmatch(text)
    if not match or _is_doubtful(match.group("metric")):
        return None
    if text[: match.start("digits")].endswith(_words().inside):
        return None
    metric, change, *before = match.group("metric", "change", "hope", "verb", "bound")
    if change and not _CHANGES.search(metric):
        metric, change = metric + change, ""
    said = hope + "".join(word for word in (match.group("wish"), change, *before) if word)
    qualifier = "…".join(word for word in (said, match.group("after")) if word)
    many = measured(match.group("digits"), match.group("scale"), match.group("unit"))
    return Goal(metric, due, qualifier, many)


def _is_doubtful(metric: str) -> bool:
    """Whether a number behind these words may be another than theirs, or they name nothing."""
    forms = _forms()
    return bool(
        not _ENDS.search(metric)
        or metric.endswith(forms.no_end)
        or forms.only.fullmatch(metric)
        or any(form.search(metric) for form in (forms.amount, _YEAR, _STOPS, _FROM))
    )


def is_bound(text: str) -> bool:
    """Whether a cell says no amount but what it exceeds or keeps below.

    >>> is_bound("超过1亿元"), is_bound("1亿元"), is_bound("超过")
    (True, False, False)
    """
    text = clean(text)
    bounds, after = _any(_words().bounds), _any(_words().after)
    bare = re.sub(f"^(?:{bounds})|(?:{after})$", "", text)
    return bare != text and amount(bare) is not None


@lru_cache(maxsize=1)
def _words() -> Words:
    loaded = tomllib.loads(Path(__file__).with_name("goals.toml").read_text("utf-8"))
    return Words.model_validate(loaded)


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    words = _words()
    empty = (*words.hopes, *words.verbs, *words.changes, *words.bounds, *words.nothing)
    return _Forms(
        due=_due_form(_any(words.hopes)),
        goal=_goal_form(words),
        amount=re.compile(rf"[0-9](?:{_any(SCALES)}|{_any(units())}|[0-9.,]*[-—–~～至到]+[0-9])"),
        only=re.compile(f"(?!年均增长$)(?:{_any(empty)})+"),
        no_due=words.no_due,
        no_end=words.no_end,
    )


def _due_form(hopes: str) -> re.Pattern[str]:
    """`到2025年`, `力争到2025年底前，`, `2025年6月底前`; without 到 only where an end is named."""
    month = "年(?:(?P<month>1[0-2]|0?[1-9])月(?:份)?)?"
    end = "(?:年?[底末])?(?:之前|以前|前(?![0-9一二三两四半几]))?"
    bare = "(?=[0-9]{4}年(?:[0-9]{1,2}月)?(?:年?[底末]|前|之前|以前))"
    lead = f"(?P<hope>{hopes})?(?:到|至|{bare})"
    return re.compile(rf"{lead}(?P<year>[0-9]{{4}})?{month}{end}[，,]?(?P<rest>.*)", re.DOTALL)


def _goal_form(words: Words) -> re.Pattern[str]:
    """What is measured, what is done to it, a number, a unit that is known."""
    hopes, changes, verbs = _any(words.hopes), _any(words.changes), _any(words.verbs)
    return re.compile(
        rf"(?P<wish>{hopes})?(?P<metric>.+?)(?P<change>(?<!年均)(?:{changes}))?"
        rf"(?P<hope>{hopes})?(?P<verb>{verbs})?(?P<bound>{_any(words.bounds)})?"
        rf"(?<![0-9.,，])(?P<digits>{DIGITS})(?P<scale>{_any(SCALES)})?(?P<unit>{_any(units())})"
        rf"(?P<after>{_any(words.after)})?"
    )


def _any(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
