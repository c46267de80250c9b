"""Headings as people take them: blanks, breaks, brackets, strokes, case make no difference."""

from collections.abc import Iterable
from functools import lru_cache

from kg.text import fold

_MARKS = str.maketrans("", "", "_/、()")


@lru_cache(maxsize=16384)
def folded(heading: str) -> str:
    """The key under which headings are compared.

    >>> folded("*挂牌（成立） 时间：") == folded("挂牌(成立)时间")
    True
    >>> folded("主管（上级）单位") == folded("主管/上级单位")
    True
    >>> folded("Agency ID") == folded("agency_id")
    True
    """
    return fold(heading).translate(_MARKS).strip("*:：")


class Headings:
    """A set of headings that knows each however it is written."""

    def __init__(self, names: Iterable[str]) -> None:
        self._folded = frozenset(map(folded, names))

    def __contains__(self, heading: str) -> bool:
        return folded(heading) in self._folded

    def __or__(self, other: "Headings") -> "Headings":
        both = Headings(())
        both._folded = self._folded | other._folded
        return both

    def among(self, names: Iterable[str]) -> list[str]:
        """Those of some names that are in the set, each once, as they are written."""
        return [name for name in dict.fromkeys(names) if name in self]
