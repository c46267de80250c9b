"""Titles of documents: out of the notice that issues them, without the issuers before them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.naming import Titles
from kg.text import clean, fold

_WITHIN = re.compile(r"^[“\"‘'「『〝＂]([^“”\"‘’'「」『』〝〞＂]*)[”\"’'」』〞＂]$")
_WITHIN_WORDS = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_WRITTEN_YEAR = re.compile("[〇零一二三四五六七八九]{4}(?=[年至到-])")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_QUOTED = re.compile(r"^《([^《》]*)》$")


class Issuer(NamedTuple):
    """A body that stands before a title: its id or normal form, and where it is at home."""

    key: str
    home: str


@dataclass(frozen=True, slots=True)
class Title:
    """A document's title: who issues it, where it holds, its normal form.

    `text` is what a notice wraps or its `number` follows; `unsure` where somebody stands before it
    who is not known, and the `lead` of those that do. `local` where every place has a document of
    that title: EVERYWHERE and the level that the title names, if any.
    """

    issuers: tuple[Issuer, ...]
    place: str
    core: str
    text: str = ""
    unsure: bool = False
    local: str = ""
    number: str = ""
    lead: str = ""


Known = Callable[[str], Issuer | None]
"""Finds the body of a folded name."""


class Wrapped(NamedTuple):
    """A title and who stands before it; `notice` where it was taken out of a notice.

    `number` is the document's number that stood behind it, folded.
    """

    who: str
    title: str
    notice: bool
    number: str = ""


def unquoted(text: str) -> str:
    """A name that stands in quotation marks as a whole without them.

    >>> unquoted("「云南省数据局」"), unquoted("“数据要素×”行动“计划”")
    ('云南省数据局', '“数据要素×”行动“计划”')
    """
    return _WITHIN.sub(r"\1", text)


def unwrapped(text: str, rules: Titles) -> Wrapped:
    """Who issues a document, as written before its title, and the title out of its notice."""
    text, number = _unnumbered(unquoted(clean(text)), rules)
    text = _QUOTED.sub(r"\1", text)
    for pattern in rules.notice:
        if match := pattern.fullmatch(text) or pattern.fullmatch(_WITHIN_WORDS.sub("", text)):
            return Wrapped(match["who"].strip(), match["title"], True, number)
    if match := rules.issued.fullmatch(text):
        return Wrapped(match["who"].strip(), match["title"], False, number)
    return Wrapped("", text, False, number)


def _unnumbered(text: str, rules: Titles) -> tuple[str, str]:
    """A title without the number beside it, and that number, folded."""
    for pattern in (rules.numbered, rules.number_before, rules.number_behind):
        if beside := pattern.search(text):
            return text[: beside.start()] + text[beside.end() :], fold(beside["number"])
    return text, ""


def normal(title: str, rules: Titles) -> str:
    """A title folded, with its years and signs in one form."""
    text = fold(title)
    for sign, means in rules.signs.items():
        text = text.replace(sign, means)
    text = _WRITTEN_YEAR.sub(lambda year: year[0].translate(_DIGITS), text)
    text = rules.draft.sub("(征求意见稿)", rules.said_of_file.sub("", text))
    return rules.years.sub(r"\1-\2年", text)


def bodies(who: str, rules: Titles, known: Known) -> tuple[Issuer, ...]:
    """The bodies that stand before a title; none where one of them is not known."""
    found: list[Issuer] = []
    for part in filter(None, rules.between.split(who)):
        ones = tuple(_joined(fold(part), rules, known))
        if not ones:
            return tuple(_joined(fold(who), rules, known))
        found += ones
    return tuple(dict.fromkeys(found))


def lead(who: str, rules: Titles, known: Known) -> str:
    """The first of the bodies that stand before a title: its key, or its name folded."""
    first = fold(next(filter(None, rules.between.split(who)), ""))
    body = known(first)
    return body.key if body else first


def _joined(text: str, rules: Titles, known: Known) -> Iterator[Issuer]:
    """The bodies that stand side by side or joined by 和, the longest name first."""
    at, found = 0, list[Issuer]()
    while at < len(text):
        if found and text[at] in rules.joins:
            at += 1
            continue
        ends = range(len(text), at + 1, -1)
        end, one = next(((end, one) for end in ends if (one := known(text[at:end]))), (0, None))
        if one is None:
            return
        found.append(one)
        at = end
    yield from found
