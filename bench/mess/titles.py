"""Titles as lists of documents write them: within marks, within a notice, behind their issuer."""

import re
from collections.abc import Callable
from random import Random

from bench.mess.said import Said

Title = Callable[[str, str, str, Random], str]
"""From a title, its issuers and its number; empty where the form does not fit."""

_TAIL = re.compile(r"^(.+)(\((?:征求意见稿|试行|草案)\))$")


def marks(title: str, issuer: str, number: str, random: Random) -> str:
    """《T》."""
    return f"《{title}》"


def notice(title: str, issuer: str, number: str, random: Random) -> str:
    """关于印发《T》的通知."""
    return "" if title.endswith("通知") else f"关于印发《{title}》的通知"


def bare_notice(title: str, issuer: str, number: str, random: Random) -> str:
    """关于印发T的通知, without marks."""
    return "" if title.endswith("通知") or "关于" in title else f"关于印发{title}的通知"


def issued_notice(title: str, issuer: str, number: str, random: Random) -> str:
    """I关于印发《T》的通知."""
    inner = notice(title, issuer, number, random)
    return f"{issuer}{inner}" if issuer and inner else ""


def issued_bare(title: str, issuer: str, number: str, random: Random) -> str:
    """I关于印发T的通知."""
    inner = bare_notice(title, issuer, number, random)
    return f"{issuer}{inner}" if issuer and inner else ""


def issuer_before(title: str, issuer: str, number: str, random: Random) -> str:
    """中共中央 国务院关于…的意见: the issuer in front of a title that has none."""
    return f"{issuer}{title}" if issuer and title.startswith("关于") else ""


def number_behind(title: str, issuer: str, number: str, random: Random) -> str:
    """《T》(中发〔2022〕32号)."""
    return f"《{title}》({number})" if number else ""


def tail_outside(title: str, issuer: str, number: str, random: Random) -> str:
    """《T》(征求意见稿): what stage it is at behind the marks."""
    found = _TAIL.match(title)
    return f"《{found[1]}》{found[2]}" if found else ""


def asking(title: str, issuer: str, number: str, random: Random) -> str:
    """关于公开征求《T(征求意见稿)》意见的通知."""
    end = random.choice(("公告", "通知"))
    return f"关于公开征求《{title}》意见的{end}" if title.endswith("(征求意见稿)") else ""


def year_twice(title: str, issuer: str, number: str, random: Random) -> str:
    """(2024年—2026年) for (2024—2026年)."""
    return re.sub(r"\((\d{4})([—-])(\d{4})年\)", r"(\1年\2\3年)", title)


def blank_gone(title: str, issuer: str, number: str, random: Random) -> str:
    """Without the blank between two parts."""
    return title.replace(" ", "")


TITLES: dict[str, Title] = {
    "《》": marks, "notice": notice, "notice without 《》": bare_notice,
    "issuer and notice": issued_notice, "issuer and notice without 《》": issued_bare,
    "issuer before": issuer_before, "number behind": number_behind, "tail outside": tail_outside,
    "asking for opinions": asking, "year twice": year_twice, "blank gone": blank_gone,
}  # fmt: skip


def entitled(said: Said, issuer: str, number: str, random: Random) -> Said:
    """The title in one of the forms that fit it."""
    fitting = {
        form: text
        for form, make in TITLES.items()
        if (text := make(said.text, issuer, number, random)) not in ("", said.text)
    }
    form = random.choice(sorted(fitting))
    return said.become(fitting[form], form)
