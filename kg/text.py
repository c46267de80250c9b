"""Chinese text from cells: cleaned for keeping, folded for comparing, laid out in columns."""

import html
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import InputError

LOST = "\ufffd"
"""What stands for a character that was lost on the way."""

_HAN = re.compile(r"[㐀-鿿豈-﫿]")
_RUNS = re.compile(r"[㐀-鿿豈-﫿〇]+|[^㐀-鿿豈-﫿〇]+")
_NOTE = re.compile(
    r"([㐀-鿿豈-﫿])[(（\[［〔【﹙〈]\s*([a-zü\u00e0-\u01dc]{1,6})\s*[)）\]］〕】﹚〉]( ?)"
)
_SPACE = re.compile(r"[\s\u00a0\u3000]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\ufe0e\ufe0f]")
_OPENING = "(（[［〔【﹙〈"
_ANGLED = re.compile(r"^([^《]+)〈([^〈〉]+)〉$")
_BRACKETS = str.maketrans("[]【】〔〕﹙﹚﹝﹞", "()()()()()")
_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = re.compile(r"[-—–―‐‑‒−─━~〜]+")
_QUOTES = re.compile(r"[“”\"'‘’《》〈〉「」『』〝〞〟]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|td|tr|th|br|hr|em|li|ul|ol|sup|sub|div|span|font|strong|table|tbody|h[1-6])"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Characters that a PDF gives for whole ones: U+2F2F for 工.
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in range(0x2E80, 0x2FD6)
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
}
# OpenCC's table leaves these, and a wrong province name breaks every link to it.
_VARIANTS = str.maketrans("甯陜衞囯黒", "宁陕卫国黑")


@lru_cache(maxsize=16384)
def clean(text: str) -> str:
    """The text without reading notes, traditional forms, odd blanks: what is kept and shown.

    >>> clean("河(hé)北(běi)省數據和(hé)政務服務局 ")
    '河北省数据和政务服务局'
    >>> clean("湖南省數據局 (省数据局)")
    '湖南省数据局(省数据局)'
    """
    while (cleaned := _cleaned(text)) != text:
        text = cleaned
    return text


def _cleaned(text: str) -> str:
    text = _without_markup(text).translate(_RADICALS)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", _half_width(text)))
    text = _SPACE.sub(" ", text).strip()
    if not has_han(text):
        return text
    text = simplified(_without_readings(text))
    return re.sub(r"(?<=[㐀-鿿)]) (?=[(（])", "", text)


def _without_markup(text: str) -> str:
    """`&lt;b&gt;` and the like as the signs that they stand for, tags of HTML left out."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return _TAG.sub("", text) if "<" in text else text


def read_utf8(path: Path) -> io.StringIO:
    """A file of text to read as CSV; InputError where it is not UTF-8, as Excel may save it."""
    try:
        return io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")
    except UnicodeDecodeError:
        raise InputError(f"{path.name}: not UTF-8; save it as UTF-8") from None


def fold(text: str) -> str:
    """The key under which names are compared: no blanks, quotes, case or bracket styles.

    >>> fold("“数据要素×”三年行动计划（2024—2026年）") == fold("数据要素X三年行动计划(2024-2026年)")
    True
    """
    return _fold(text)


@lru_cache(maxsize=16384)
def _fold(text: str) -> str:
    text = (
        _ANGLED.sub(r"\1(\2)", clean(text)).translate(_SIGNS).translate(_BRACKETS).replace("×", "x")
    )
    text = _QUOTES.sub("", _DASHES.sub("-", _SPACE.sub("", text))).casefold()
    return unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """The text without characters that no one sees."""
    return _INVISIBLE.sub("", text)


def has_han(text: str) -> bool:
    """Whether a Chinese character stands in the text."""
    return bool(_HAN.search(text))


def simplified(text: str) -> str:
    """Traditional characters to simplified ones; simplified text stays as it is."""
    converted: str = _converter().convert(text)
    return converted.translate(_VARIANTS)


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _half_width(text: str) -> str:
    """Full-width letters and digits to plain ones; punctuation and ① stay as they are."""
    return _FULL_WIDTH.sub(lambda match: chr(ord(match[0]) - 0xFEE0), text)


# The letters and digits among the full-width forms of ASCII.
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")


def _without_readings(text: str) -> str:
    """`數(shù)` to `數`, where the note is a reading of the character before it, and only there.

    A note without a tone brings a blank of its own: `關(guan) 於(yu) `.
    """

    if not any(opening in text for opening in _OPENING):
        return text

    def drop(match: re.Match[str]) -> str:
        char, note, blank = match.groups()
        if _plain(note) not in _readings(char):
            return match.group(0)
        return char if note.isascii() else char + blank

    return _NOTE.sub(drop, text)


@lru_cache(maxsize=8192)
def _readings(char: str) -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT

    return frozenset(_plain(reading) for reading in PINYIN_DICT.get(ord(char), "").split(","))


def _plain(reading: str) -> str:
    """A reading without its tone: `shù` to `shu`."""
    decomposed = unicodedata.normalize("NFD", reading)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slug(text: str, length: int = 32) -> str:
    """Pinyin of a name in plain ASCII, for ids that a person can read.

    >>> slug("江苏省人民政府")
    'jiangsushengrenminzhengfu'
    """
    return folded_slug(fold(text), length)


def folded_slug(text: str, length: int = 32) -> str:
    """The same of a text that is folded."""
    from pypinyin.seg.mmseg import seg

    letters = ""
    for run in _RUNS.findall(text):
        for word in seg.cut(run) if has_han(run) else (run,):
            letters += _letters(word)
            if len(letters) >= length:
                return letters[:length]
    return letters or "x"


@lru_cache(maxsize=16384)
def _letters(word: str) -> str:
    """A word in plain letters and digits; the same words come again in most names."""
    from pypinyin import lazy_pinyin

    return re.sub(r"[^a-z0-9]", "", _plain("".join(lazy_pinyin([word])).lower()))


def width(text: str) -> int:
    """Columns that the text takes on a terminal: two for a wide character, none for a mark.

    >>> width("数据a")
    5
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]], most: int = 60) -> str:
    """Rows in columns that line up; a longer cell is cut at `most` columns."""
    lines = [list(header), *([_cut(cell, most) for cell in row] for row in rows)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(header))]
    out = [
        "  ".join(_pad(cell, wide) for cell, wide in zip(line, widths, strict=True))
        for line in lines
    ]
    out.insert(1, "  ".join("-" * wide for wide in widths))
    return "\n".join(line.rstrip() for line in out)


def _pad(text: str, wide: int) -> str:
    return text + " " * (wide - width(text))


def _cut(text: str, most: int) -> str:
    text = text.replace("\n", " ").replace("\r", " ")
    if width(text) <= most:
        return text
    while width(text) > most - 1:
        text = text[:-1]
    return text + "…"
