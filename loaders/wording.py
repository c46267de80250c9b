"""How officials write titles, amounts and periods in a cell."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from kg import domain
from kg.text import clean, visible
from loaders.kind import all_known, common

_PLAIN = re.compile("(?![一二三四五六七八九十附])[一-龥][一-龥A-Za-z0-9]*[一-龥]")
"""Most names: no sign in them can be a mark."""
_REACH = 100
"""So far from its end a name's marks begin; more of them are taken off in several turns."""

_WHOLE = r"([^《》]+(?:《[^《》]*》[^《》]*)*)"
NOTICE = r"关于(?:印发|发布){}的(?:通知|公告|函)"
"""What issues a document; a notice that forwards one (转发) is another document."""
_WRAPPED = re.compile(NOTICE.format(rf"(?:《{_WHOLE}》|〈([^〈〉]+)〉)"))
_QUOTED = re.compile(rf"《{_WHOLE}》(\([^()]*\)|（[^（）]*）)?")
DIGITS = r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
SCALES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6,
    "万": 10**4, "千": 10**3,
}  # fmt: skip
_AMOUNT = re.compile(rf"(约?)({DIGITS})({'|'.join(SCALES)})?([^0-9\s.,，]*)")
_INEXACT = re.compile(r"[多余几数]|以[上下内]|左右|上下|不[足到]|[百十](?!分)")
"""What before or after a unit makes the number no exact one."""

_YUAN = re.compile(rf"(约?)(?:人民币)?((?:{DIGITS})(?:{'|'.join(SCALES)})?元?)(?:人民币)?")
_BRACKETED_YEAR = re.compile(r"[〔［\[【（(]([0-9]{4})[〕］\]】）)]")
_PERIOD = re.compile(r"(.+?)(?:至|到|[—–―－~～]+|-(?=[0-9]{4}[-.年/]))(.+)")


def unmarked(text: str) -> str:
    """A name without the marks about it: of order, of footnotes, of a role in what the row says,
    ornaments, the heading of its column, the ending of a file.

    >>> unmarked("1、国家数据局（牵头）①"), unmarked("深圳数据交易所(筹)")
    ('国家数据局', '深圳数据交易所(筹)')
    """
    if _PLAIN.fullmatch(text):
        return text
    rules = common().text
    shown = visible(text)
    bare, last = rules.order.sub("", _unlabelled(shown)), ""
    while bare != last:
        last = bare
        for mark in (rules.footnote, rules.role, rules.behind):
            bare = _without(mark, bare)
        bare = rules.framed.sub(r"\1", rules.before.sub("", bare))
    return text if bare == shown else bare


def _without(mark: re.Pattern[str], text: str) -> str:
    """A text without a mark at its end, which is looked for there alone."""
    found = mark.search(text, max(0, len(text) - _REACH))
    return text[: found.start()] if found else text


def _unlabelled(text: str) -> str:
    """发布机构:江阴市数据局 without the heading before it."""
    label, colon, rest = text.replace("：", ":", 1).partition(":")
    return rest.strip() if colon and rest.strip() and label in all_known() else text


def title(text: str) -> str:
    """A document's own title, out of the notice that issues it, without its brackets.

    >>> title("关于印发《数字中国建设整体布局规划》的通知")
    '数字中国建设整体布局规划'
    >>> title("《“数据要素×”三年行动计划(2024—2026年)》")
    '“数据要素×”三年行动计划(2024—2026年)'
    """
    text = unmarked(re.sub(r"\s*[\r\n]+\s*", "", clean(text)))
    for pattern in (_WRAPPED, _QUOTED, _WRAPPED):
        if match := pattern.fullmatch(text):
            text = "".join(part for part in match.groups() if part)
    return text


def number_behind(text: str) -> str:
    """The number that stands in brackets behind a document's title; empty where none does.

    >>> number_behind("《云南省数据条例》(云人发[2024]1号)"), number_behind("数据办法(试行)")
    ('云人发〔2024〕1号', '')
    """
    found = domain.naming().title.numbered.search(clean(text))
    return number(found["number"]) if found else ""


def number(text: str) -> str:
    """A document's number with the brackets that the rules of official documents ask for.

    >>> number("国办函【2022】102号")
    '国办函〔2022〕102号'
    """
    return _BRACKETED_YEAR.sub(r"〔\1〕", re.sub(r"\s+", "", clean(text)))


def city(text: str) -> str:
    """A city's full name: 广州 is 广州市; what is no city stays as it is.

    >>> city("广州"), city("喀什"), city("浦东"), city("上海市浦东新区")
    ('广州市', '喀什', '浦东', '上海市浦东新区')
    """
    text = unmarked(clean(text))
    is_city = text + "市" in _cities() and text not in common().text.prefectures
    return text + "市" if is_city else text


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    """The full names of all cities of the shipped register."""
    folder, names = domain.sources() / "register", set[str]()
    for file, column in (("areas.csv", "name"), ("names.csv", "name")):
        with (folder / file).open(encoding="utf-8", newline="") as rows:
            names |= {row[column] for row in csv.DictReader(rows)}
    return frozenset(name for name in names if name.endswith("市"))


@dataclass(frozen=True)
class Amount:
    """A number with its unit as written; `si` and `si_unit` the same in a unit that compares.

    `about` is the 约 before it.
    """

    number: str
    unit: str
    si: str = ""
    si_unit: str = ""
    about: str = ""


def amount(text: str) -> Amount | None:
    """A number with a unit; None where the text is none.

    >>> amount("1.8万亿元")
    Amount(number='1.8', unit='万亿元', si='1800000000000', si_unit='CCY_CNY', about='')
    >>> amount("35EFlops")
    Amount(number='35', unit='EFlops', si='35000', si_unit='PetaFLOPS', about='')
    >>> amount("4万个")
    Amount(number='40000', unit='个', si='40000', si_unit='NUM', about='')
    """
    text = clean(text).replace(" ", "")
    if "人民币" in text and (named := _YUAN.fullmatch(text)):
        text = "".join(named.groups()).removesuffix("元") + "元"
    match = _AMOUNT.fullmatch(text)
    if not match or _INEXACT.search(match[4]):
        return None
    return replace(measured(*match.group(2, 3, 4)), about=match[1])


def measured(digits: str, scale: str | None, unit: str) -> Amount:
    """Money keeps its 亿; of other things it is part of the number."""
    number = Decimal(digits.replace(",", "").replace("，", ""))
    times, scale = SCALES.get(scale or "", 1), scale or ""
    si_unit, factor = units().get(unit, ("", 1))
    si = _plain(number * times * factor) if si_unit else ""
    if unit == "元":
        return Amount(_plain(number), scale + unit, si, si_unit)
    return Amount(_plain(number * times), unit, si, si_unit)


def yuan(text: str) -> str | None:
    """An amount of money in yuan; None where the text is none.

    >>> yuan("1亿元")
    '100000000'
    """
    found = amount(text)
    return found.si if found and found.si_unit == "CCY_CNY" else None


def period(text: str) -> tuple[str, str]:
    """The two ends of a period, the year (and month) of the first lent to the second.

    An earlier month is one of the next year.

    >>> period("2024年2月18日至3月5日")
    ('2024年2月18日', '2024年3月5日')
    >>> period("2023年12月18日至1月5日")[1]
    '2024年1月5日'
    """
    match = _PERIOD.fullmatch(clean(text))
    if not match:
        return text, ""
    start, end = match.groups()
    lent = re.match(r"([0-9]{4}年)([0-9]{1,2}月)?", start)
    if not lent or re.match(r"[0-9]{4}", end):
        return start, end
    if re.fullmatch(r"[0-9]{1,2}日", end):
        return start, lent.group(1) + (lent.group(2) or "") + end
    ending = re.match(r"([0-9]{1,2})月", end)
    turns = lent.group(2) and ending and int(ending[1]) < int(lent.group(2)[:-1])
    return start, f"{int(lent.group(1)[:-1]) + bool(turns)}年{end}"


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1)
def units() -> Mapping[str, tuple[str, int]]:
    """Units as written, with the unit that compares and how many of it they are."""
    with Path(__file__).with_name("units.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: (row["si"], int(row["times"])) for row in csv.DictReader(file)}
