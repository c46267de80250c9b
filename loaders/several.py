"""Cells that name several documents or several bodies; what may be one or two is no name."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg import domain
from kg.naming import Vocabulary
from kg.text import clean, fold, has_han
from loaders.wording import NOTICE, title, unmarked

_NOTICE = re.compile(NOTICE.format("(《.+》)"))
_OPEN, _CLOSE = "《（([", "》）)]"
_MARK = r"\s*[①-⑳]\s*|(?:^|(?<=[；;，,\s]))[0-9]{1,2}[、.．](?![0-9])\s*"
_SEMICOLON = re.compile(rf"{_MARK}|\s*[；;]\s*")
_BETWEEN = re.compile(r"(?<=[》）)])\s*(?:以及|[、，,和及与])?\s*(?=《)")
_STRAY = re.compile(r"(?<=[》）)])[、，,和及与]|[、，,和及与](?=《)")
_STRONG = re.compile(rf"{_MARK}|\s*[、；;，,]\s*")
_FOREIGN = re.compile(r"\s*[、；;]\s*")
_WEAK = re.compile(r"\s*(?:以及|[和及与]|暨(?!南))\s*|\s+")
_OTHERS = re.compile(
    "等(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})?(?:个|家)?(?:部门|部委|单位|机关)$"
)
_COMPANY = re.compile("(?:公司|集团|银行)$")
_LEGAL = re.compile("(?:有限(?:责任)?|股份)公司$")
_BODY = re.compile(
    r".+?(?:人民政府|政府|办公厅|办公室|委员会|管委会|省委|市委|区委|县委|州委|旗委|党委|改革委|"
    r"发改委|网信委|国资委|[部委局办厅署院]|中心|公司|集团|银行|总站|研究所|交易所|协会|学会|联盟|"
    r"国务院|中共中央)"
)
_KINDS = re.compile(
    "人民政府|政府|办公厅|办公室|委员会|管委会|中心|(?:集团|股份|有限|责任)*公司|集团|银行"
)


class InDoubt(ValueError):
    """A cell that may name one thing or two."""

    remedy = "part them by ；, or give each a row of its own"


def titles(text: str) -> tuple[str, ...]:
    """The titles that a cell lists; raises InDoubt where one may be two.

    >>> titles("《甲办法》和《乙、丙意见》；丁方案")
    ('甲办法', '乙、丙意见', '丁方案')
    """
    text = clean(text)
    if match := _NOTICE.fullmatch(text):
        text = match.group(1)
    listed = (one for part in _split(_SEMICOLON, text) for one in _quoted(part))
    return tuple(title(one) for one in listed if one)


def _quoted(text: str) -> Iterator[str]:
    """The titles in brackets that follow each other; a text that only speaks of some is one."""
    if text.startswith("《") and text.endswith(tuple(_CLOSE)):
        parts = tuple(_split(_BETWEEN, text))
    else:
        parts = (text,)
    for part in parts:
        quoted = part.startswith("《") or part.endswith("》")
        if quoted and len(tuple(_split(_STRAY, part))) > 1:
            raise InDoubt(f"one title or two: {part!r}")
        yield part


def bodies(text: str, listed: bool = True) -> tuple[str, ...]:
    """The bodies that a cell lists; raises InDoubt where one may be two.

    A cell that need be no list (`listed`) is one only where all its parts end like bodies.

    >>> bodies("江苏省人民政府、江苏省发展和改革委员会 江苏省财政厅")
    ('江苏省人民政府', '江苏省发展和改革委员会', '江苏省财政厅')
    """
    marks = _STRONG if has_han(text) else _FOREIGN
    parts = [part for part in _split(marks, text.strip()) if part]
    if not listed and len(parts) > 1 and not all(map(_is_body, parts)):
        raise InDoubt(f"one body or several: {text!r}")
    bare = (_OTHERS.sub("", unmarked(part)) for part in parts)
    return tuple(body for part in bare if part for body in _apart(part))


def _apart(text: str) -> Iterator[str]:
    """Bodies that a blank or 和 parts, only where both sides end like bodies."""
    if not has_han(text):
        yield text
        return
    rest = text
    for mark in _WEAK.finditer(_masked(text)):
        before, after = rest[: mark.start() - len(text) + len(rest)], text[mark.end() :]
        if not _is_body(before) or _goes_on(before, after):
            continue
        if _is_body(after):
            yield before
            rest = after
        elif mark.group().isspace() and not _KINDS.fullmatch(after.strip()):
            raise InDoubt(f"one body or two: {text!r}")
    yield rest


def _goes_on(before: str, after: str) -> bool:
    """Whether 和 joins one company's name, 数据中心和云计算有限公司; InDoubt where it may be.

    What has no name of its own and ends like a company goes on with what stands before it.
    """
    if _COMPANY.search(before) or not _COMPANY.search(after) or not _vocabulary().read(fold(after)):
        return False
    if not _LEGAL.search(after):
        raise InDoubt(f"one body or two: {before!r} and {after!r}")
    return True


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    """The words of which names of bodies are made."""
    return Vocabulary(next(one for one in domain.naming().form if one.name == "body"))


def _is_body(text: str) -> bool:
    return bool(_BODY.fullmatch(text.strip())) and not _KINDS.fullmatch(text.strip())


def _split(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """The parts of a text between the marks that stand outside its brackets."""
    start = 0
    for mark in pattern.finditer(_masked(text)):
        yield text[start : mark.start()]
        start = mark.end()
    yield text[start:]


def _masked(text: str) -> str:
    """The text with what its brackets hold made blank of meaning, the brackets kept."""
    depth, masked = 0, []
    for sign in text:
        depth -= sign in _CLOSE and depth > 0
        masked.append("\0" if depth else sign)
        depth += sign in _OPEN
    return "".join(masked)
