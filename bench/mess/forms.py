"""Forms of writing: the same characters, or nearly, set otherwise. Each changes what it says only.

A form takes a text and gives it back changed, or as it was where it has nothing to change.
"""

from collections.abc import Callable
from random import Random

from bench.mess import script

Form = Callable[[str, Random], str]

BRACKETS = tuple(["()", "（）", "〔〕", "[]", "【】", "［］", "（)", "﹙﹚", "〈〉"])
DASHES = "—-–―－~～至─"
TIMES = "×xXＸ✕╳"
QUOTES = tuple(["“”", '""', "「」", "『』", "‘’", "''", "〝〞", "＂＂"])
INVISIBLE = "\u200b\ufeff\u200d\u200c\u2060\u00ad"
BLANKS = (" ", "\u3000", "\u00a0", "  ", "\u2009")


def brackets(text: str, random: Random) -> str:
    """Brackets of another style, sometimes of two styles."""
    left, right = tuple(random.choice(BRACKETS[1:]))
    return text.replace("(", left).replace(")", right)


def dash(text: str, random: Random) -> str:
    """Another dash between years."""
    new = random.choice([one for one in DASHES if one not in text])
    return "".join(
        new if one in "—-–" and text[at - 1 : at].isdigit() else one for at, one in enumerate(text)
    )


def times(text: str, random: Random) -> str:
    """Another sign for ×."""
    return text.replace("×", random.choice(TIMES[1:]))


def quotes(text: str, random: Random) -> str:
    """Quotation marks of another style."""
    left, right = tuple(random.choice(QUOTES[1:]))
    return text.replace("“", left).replace("”", right)


def no_quotes(text: str, random: Random) -> str:
    """Without the quotation marks."""
    return text.replace("“", "").replace("”", "")


def full_width(text: str, random: Random) -> str:
    """Digits, letters and signs in full width."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def around(text: str, random: Random) -> str:
    """Blanks before or behind."""
    blank = random.choice((*BLANKS, "\t"))
    return random.choice((f"{text}{blank}", f"{blank}{text}", f"{blank}{text}{blank}"))


def inside(text: str, random: Random) -> str:
    """One stray blank between two characters."""
    at = random.randrange(1, len(text)) if len(text) > 2 else 0
    return f"{text[:at]}{random.choice(BLANKS)}{text[at:]}" if at and _han(text, at) else text


def spaced(text: str, random: Random) -> str:
    """Letter-spaced, as in headings."""
    return " ".join(text) if len(text) <= 12 and all("一" <= one <= "鿿" for one in text) else text


def broken(text: str, random: Random) -> str:
    """A line break within a long name."""
    at = random.randrange(6, len(text) - 3) if len(text) > 12 else 0
    return f"{text[:at]}\n{text[at:]}" if at and _han(text, at) else text


def invisible(text: str, random: Random) -> str:
    """A character that no one sees."""
    at = random.randrange(len(text) + 1)
    return f"{text[:at]}{random.choice(INVISIBLE)}{text[at:]}"


def quoted(text: str, random: Random) -> str:
    """The whole within quotation marks or corner brackets."""
    left, right = tuple(random.choice(QUOTES))
    return f"{left}{text}{right}" if not set("“”《》") & set(text) else text


def marked(text: str, random: Random) -> str:
    """With a mark of a list or a footnote."""
    return random.choice((f"{text}*", f"{text}①", f"1.{text}", f"（1）{text}", f"{text}[1]"))


def _han(text: str, at: int) -> bool:
    return "一" <= text[at - 1] <= "鿿" and "一" <= text[at] <= "鿿"


FORMS: dict[str, tuple[Form, int]] = {
    "traditional": (script.traditional, 10),
    "wrong way": (script.wrong_way, 4),
    "Taiwan's words": (script.taiwan, 1),
    "mixed scripts": (script.mixed, 4),
    "pinyin with tones": (script.toned, 6),
    "pinyin without": (script.toneless, 3),
    "dash": (dash, 20),
    "times": (times, 20),
    "quotes": (quotes, 12),
    "no quotes": (no_quotes, 10),
    "quoted": (quoted, 5),
    "brackets": (brackets, 12),
    "mark": (marked, 1),
    "full width": (full_width, 8),
    "line break": (broken, 4),
    "blank inside": (inside, 5),
    "letter-spaced": (spaced, 2),
    "blanks around": (around, 8),
    "invisible": (invisible, 6),
}
"""By name, with how often each is taken; in the order in which several are put on one name."""
