"""Dates as precise as a source gives them: one day known to lie between two bounds.

The canonical text is EDTF: `2024`, `2024-01`, `2024-01-05` when that is exactly what is known,
else one day of a set: `[2024-01-01..2024-03-22]`, `[..2024-04-02]`, `[2024-04-02..]`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SET = re.compile(r"\[([0-9-]*)\.\.([0-9-]*)\]")
_PAIR = re.compile(r"([0-9-]*)/([0-9-]*)")
_WANTED = "want 2024, 2024-01, 2024-01-05 or a/b"


@dataclass(frozen=True)
class When:
    """A day known to lie between `earliest` and `latest`, both included; None where a side is open.

    >>> When.parse("2024-01")
    When(earliest=datetime.date(2024, 1, 1), latest=datetime.date(2024, 1, 31))
    >>> str(When.parse("2024-01-01/2024-03-22"))
    '[2024-01-01..2024-03-22]'
    """

    earliest: date | None
    latest: date | None

    def __post_init__(self) -> None:
        if self.earliest is None and self.latest is None:
            raise ValueError("a date needs at least one bound")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is after {self.latest}")

    @classmethod
    def day(cls, day: date) -> "When":
        """Exactly this day."""
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> "When":
        """Read the canonical text, and `a/b`; raises ValueError that says what is wanted.

        >>> When.parse("去年")
        Traceback (most recent call last):
        ...
        ValueError: not a date: '去年' (want 2024, 2024-01, 2024-01-05 or a/b)
        """
        return _parse(text)

    def __str__(self) -> str:
        """The shortest EDTF text that says the same."""
        first, last = self.earliest, self.latest
        if first is None or last is None:
            return f"[{first or ''}..{last or ''}]"
        if first == last:
            return first.isoformat()
        if (first.year, first.month) == (last.year, last.month) and _whole_month(first, last):
            return first.isoformat()[:7]
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            return first.isoformat()[:4]
        return f"[{first}..{last}]"

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest

    def meet(self, other: "When") -> "When | None":
        """What both allow, or None where they contradict.

        >>> str(When.parse("2024-01").meet(When.parse("[..2024-01-05]")))
        '[2024-01-01..2024-01-05]'
        """
        starts = [day for day in (self.earliest, other.earliest) if day]
        ends = [day for day in (self.latest, other.latest) if day]
        first, last = max(starts, default=None), min(ends, default=None)
        if first and last and first > last:
            return None
        return When(first, last)

    def is_after(self, page: "When | None") -> bool:
        """Whether it lies after a page as a whole, which then can't have reported it."""
        if page is None or page.latest is None or self.earliest is None:
            return False
        return self.earliest > page.latest

    def capped(self, page: "When | None") -> "When":
        """The same, not later than the page that reports it; a page can't report its future.

        Unchanged where the event lies after the page as a whole: then one of the two dates is
        wrong, and this is not the place to say which.

        >>> str(When.parse("2024-01-01/2024-03-31").capped(When.parse("2024-03-22")))
        '[2024-01-01..2024-03-22]'
        """
        if page is None or page.latest is None:
            return self
        return self.meet(When(None, page.latest)) or self


def _whole_month(first: date, last: date) -> bool:
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1]


@lru_cache(maxsize=4096)
def _parse(text: str) -> When:
    for pattern in (_SET, _PAIR):
        if match := pattern.fullmatch(text):
            low, high = (_span(part) if part else None for part in match.groups())
            if low or high:
                return When(low.earliest if low else None, high.latest if high else None)
    return _span(text)


def _span(text: str) -> When:
    match = _PLAIN.fullmatch(text)
    if not match:
        raise ValueError(f"not a date: {text!r} ({_WANTED})")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return When(date(year or 0, 1, 1), date(year or 0, 12, 31))
        if day is None:
            return When(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return When.day(date(year, month, day))
    except ValueError:
        raise ValueError(f"no such day: {text!r} ({_WANTED})") from None
