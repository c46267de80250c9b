"""Pairwise precision and recall of merging names, as counts.

Two names are a pair of the truth if they mean one thing, and a pair of the result if they became
one key. A name that waits for review, or that got lost, is merged with no other.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Mention(NamedTuple):
    """One name: whom it means, the key that it got (empty: none), and how it was written.

    `group` is what is scored together: names of different groups are never a pair.
    """

    truth: str
    key: str
    class_name: str = ""
    text: str = ""
    forms: tuple[str, ...] = ()
    group: Hashable = 0

    @property
    def decided(self) -> bool:
        """Whether it became a thing."""
        return bool(self.key) and not self.key.startswith("review:")


@dataclass(frozen=True)
class Score:
    """Numbers of pairs: right, of the result, of the truth.

    >>> score([Mention("a", "x"), Mention("a", "x"), Mention("a", "y"), Mention("b", "y")])
    Score(right=1, merged=2, true=3)
    """

    right: int
    merged: int
    true: int

    def __sub__(self, other: "Score") -> "Score":
        return Score(self.right - other.right, self.merged - other.merged, self.true - other.true)

    @property
    def precision(self) -> float:
        """Of the merged pairs, how many are right."""
        return self.right / self.merged if self.merged else 1.0

    @property
    def recall(self) -> float:
        """Of the true pairs, how many were merged."""
        return self.right / self.true if self.true else 1.0


def score(mentions: Iterable[Mention]) -> Score:
    """All pairs of some names."""
    true: Counter[Hashable] = Counter()
    merged: Counter[Hashable] = Counter()
    right: Counter[Hashable] = Counter()
    for one in mentions:
        true[one.group, one.truth] += 1
        if one.decided:
            merged[one.group, one.key] += 1
            right[one.group, one.key, one.truth] += 1
    return Score(_pairs(right), _pairs(merged), _pairs(true))


def bearing(mentions: Sequence[Mention], form: str) -> Score:
    """The pairs of which at least one name was written in this form."""
    return score(mentions) - score(one for one in mentions if form not in one.forms)


def _pairs(counts: Counter[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())
