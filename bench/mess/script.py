"""Both scripts, conversions gone wrong, and notes of reading."""

import re
from functools import cache
from random import Random

from opencc import OpenCC
from pypinyin import Style, pinyin

_WRONG = dict(zip("制面系干里宁陕谷复准发布台升团", "製麵係乾裡甯陜穀複準髮佈檯昇糰", strict=True))
"""What a conversion character by character makes of these, where they are right as they are."""
_HAN = re.compile("[一-鿿]+")


def traditional(text: str, random: Random) -> str:
    """In the script of the mainland's, Hong Kong's or Taiwan's standard."""
    return _converted(text, random.choice(("s2t", "s2t", "s2hk", "s2tw")))


def wrong_way(text: str, random: Random) -> str:
    """Traditional, with characters that should have stayed converted as well."""
    wrong = "".join(_WRONG.get(one, one) for one in text)
    return _converted(wrong, "s2t") if wrong != text else text


def taiwan(text: str, random: Random) -> str:
    """With Taiwan's words: 資料 for 数据."""
    return _converted(text, "s2twp")


def mixed(text: str, random: Random) -> str:
    """Some characters traditional, the others not."""
    other = _converted(text, "s2t")
    if len(other) != len(text):
        return text
    return "".join(b if random.random() < 0.4 else a for a, b in zip(text, other, strict=True))


def toned(text: str, random: Random) -> str:
    """Some characters with their reading behind: 數(shù)據(jù)."""
    left, right = random.choice(("()", "()", "（）"))
    blank = random.choice(("", "", "", " "))
    return _noted(text, random, Style.TONE, f"{left}%s{blank}{right}")


def toneless(text: str, random: Random) -> str:
    """Readings without tones, and a blank behind each: 關(guan) 於(yu) ."""
    return _noted(text, random, Style.NORMAL, "(%s) ")


def _noted(text: str, random: Random, style: Style, note: str) -> str:
    """Up to four characters with a note of their reading in this text, half the time traditional.

    None where nobody would write one: a text without Chinese characters.
    """
    readings = {
        run.start() + at: reading[0]
        for run in _HAN.finditer(text)
        for at, reading in enumerate(pinyin(run[0], style=style))
    }
    if not readings:
        return text
    shown = _converted(text, "s2t") if random.random() < 0.5 else text
    if len(shown) != len(text):
        shown = text
    chosen = set(random.sample(sorted(readings), min(len(readings), random.randint(1, 4))))
    return "".join(
        one + (note % readings[at] if at in chosen else "") for at, one in enumerate(shown)
    )


def _converted(text: str, by: str) -> str:
    return str(_opencc(by).convert(text))


@cache
def _opencc(name: str) -> OpenCC:
    return OpenCC(name)
