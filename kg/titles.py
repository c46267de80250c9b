"""Titles of documents: out of the notice that issues them, without the issuers before them."""

from collections.abc import Callable, Iterator

from kg.naming import Titles
from kg.text import clean, fold


def unwrapped(text: str, rules: Titles) -> tuple[str, str]:
    """Who issues a document, as written before its title, and the title out of its notice."""
    text = clean(text)
    for pattern in (*rules.notice, rules.issued):
        if match := pattern.fullmatch(text):
            return match["who"].strip(), match["title"]
    return "", text


def normal(title: str, rules: Titles) -> str:
    """A title folded, with its years and signs in one form."""
    text = fold(title)
    for sign, means in rules.signs.items():
        text = text.replace(sign, means)
    return rules.years.sub(r"\1-\2年", text)


def bodies(who: str, rules: Titles, known: Callable[[str], str]) -> tuple[str, ...]:
    """The ids of all bodies that stand before a title; none where one of them is not known.

    What follows them, 等十七部门, is left out.
    """
    found: list[str] = []
    for part in rules.between.split(rules.more_issuers.sub("", who)):
        if part and not (ids := tuple(_joined(fold(part), rules, known))):
            return ()
        elif part:
            found += ids
    return tuple(dict.fromkeys(found))


def _joined(text: str, rules: Titles, known: Callable[[str], str]) -> Iterator[str]:
    """The bodies that stand side by side or joined by 和, the longest name first."""
    at, found = 0, list[str]()
    while at < len(text):
        if found and text[at] in rules.joins:
            at += 1
            continue
        ends = range(len(text), at + 1, -1)
        end, one = next(((end, one) for end in ends if (one := known(text[at:end]))), (0, ""))
        if not one:
            return
        found.append(one)
        at = end
    yield from found
