"""Dates as offices write them, read into bounds: 2024年初, 1月25日, 不晚于2024年3月22日."""

import re
from datetime import date, timedelta

from kg.text import clean
from kg.when import When

# One kind of separator, or 年 and 月 that say which is which: 2024.1-3 may be a day or months.
_NUMBERS = re.compile(
    r"(\d{4})(?:([-./])(\d{1,2})(?:\2(\d{1,2})日?)?|[-./年](\d{1,2})月(?:(\d{1,2})日?)?|年(\d{1,2}))"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(\d{4})年?")
_MONTHS = re.compile(r"(\d{4})[年.](\d{1,2})月?[-—–~至到](\d{1,2})月")
_SEASON = re.compile(r"(\d{4})年(初|底|末|上半年|下半年)")
_QUARTER = re.compile(r"(\d{4})年第?([一二三四1-4])季度")
_PART = re.compile(r"(\d{4})年(\d{1,2})月(初|上旬|中旬|下旬|底|末)")
_NO_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})日")
_LIMIT = re.compile(r"(不晚于|不早于)(.+)|(.+?)([之以]?[前后])")
_CLOCK = re.compile(r"T?\d{2}:\d{2}(?::\d{2})?$")
_SEASONS = {"初": (1, 3), "底": (10, 12), "末": (10, 12), "上半年": (1, 6), "下半年": (7, 12)}
_PARTS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 0),
    "底": (21, 0),
    "末": (21, 0),
}
_VAGUE = ("近日", "日前", "最近")
_YEARS = {"今年": 0, "去年": 1}
_DAYS = {"今日": 0, "今天": 0, "昨日": 1, "昨天": 1}


_WANTED = "want 2024, 2024-01, 2024-01-05 or a/b"
_LATER = "later than the page that reports it"
_REMEDIES = {" is after ": "swap the two", _LATER: "correct one of the two dates"}


class NoDate(ValueError):
    """A cell that is no date: what is wrong with it as it is written, and what would be right."""

    def __init__(self, cell: str, fault: str) -> None:
        self.problem = f"{fault.partition(':')[0]}: {cell!r}"
        self.remedy = next((_REMEDIES[one] for one in _REMEDIES if one in fault), _WANTED)
        super().__init__(f"{self.problem} ({self.remedy})")


def read_date(text: str, page: When | None = None, *, due: bool = False) -> When | None:
    """The date that a cell gives; None where it says nothing that can be held on to (近日).

    `page` is the date of the page, which lends its year to a day without one; `due` reads 年底 as
    a due date, the last day of the year. Raises NoDate, a ValueError, for what is no date.

    >>> str(read_date("2024年初"))
    '[2024-01-01..2024-03-31]'
    >>> str(read_date("1月25日", When.parse("2024-01-26")))
    '2024-01-25'
    >>> str(read_date("不晚于2024年3月22日"))
    '[..2024-03-22]'
    """
    plain = _absolute(_plain(text), page)
    if not plain or plain.startswith(_VAGUE):
        return None
    try:
        return _read(plain, page, due)
    except ValueError as error:
        raise NoDate(text, str(error)) from None


def reported(text: str, when: When, page: When | None) -> When:
    """When something happened that a page reports; NoDate where the page is older than that.

    >>> str(reported("2024年初", When.parse("2024-01/2024-03"), When.parse("2024-03-22")))
    '[2024-01-01..2024-03-22]'
    """
    if when.is_after(page):
        raise NoDate(text, f"{_LATER}, of {page}")
    return when.capped(page)


def _plain(text: str) -> str:
    """A date without blanks, time of day and spoken forms: 2024年年底, 1月5号."""
    text = _CLOCK.sub("", re.sub(r"\s+", "", clean(text)))
    return re.sub(r"(?<=\d)号", "日", text.replace("年年", "年"))


def _absolute(text: str, page: When | None) -> str:
    """今年, 去年, 昨日 as the page's date makes them; empty where that does not say."""
    first, last = (page.earliest, page.latest) if page else (None, None)
    if (days := _DAYS.get(text)) is not None:
        return str(first - timedelta(days)) if first and first == last else ""
    if (years := _YEARS.get(text[:2])) is not None:
        same = first and last and first.year == last.year
        return _plain(f"{first.year - years}年{text[2:]}") if first and same else ""
    return text


def _read(text: str, page: When | None, due: bool) -> When | None:
    for reader in (_limit, _season, _quarter, _part, _months, _numbers):
        if (found := reader(text, due)) is not None:
            return found
    if match := _NO_YEAR.fullmatch(text):
        return _without_year(int(match.group(1)), int(match.group(2)), page)
    return When.parse(text)


def _numbers(text: str, due: bool) -> When | None:
    match = _NUMBERS.fullmatch(text) or _COMPACT.fullmatch(text) or _YEAR.fullmatch(text)
    if not match:
        return None
    year, *rest = match.groups()
    return When.parse(
        "-".join([year, *(f"{int(part):02}" for part in rest if part and part.isdigit())])
    )


def _months(text: str, due: bool) -> When | None:
    if not (match := _MONTHS.fullmatch(text)):
        return None
    year, first, last = match.groups()
    return When.parse(f"{year}-{int(first):02}/{year}-{int(last):02}")


def _season(text: str, due: bool) -> When | None:
    if not (match := _SEASON.fullmatch(text)):
        return None
    year, season = match.groups()
    if due and season in ("底", "末"):
        return When.day(date(int(year), 12, 31))
    first, last = _SEASONS[season]
    return When.parse(f"{year}-{first:02}/{year}-{last:02}")


def _quarter(text: str, due: bool) -> When | None:
    if not (match := _QUARTER.fullmatch(text)):
        return None
    year, number = match.groups()
    last = 3 * ("一二三四1234".index(number) % 4 + 1)
    return When.parse(f"{year}-{last - 2:02}/{year}-{last:02}")


def _part(text: str, due: bool) -> When | None:
    """A third of a month; its end as a due date is the last day."""
    if not (match := _PART.fullmatch(text)):
        return None
    year, month, part = match.groups()
    whole = When.parse(f"{year}-{int(month):02}")
    assert whole.earliest and whole.latest
    first, last = _PARTS[part]
    ends = whole.latest.replace(day=last) if last else whole.latest
    return (
        When.day(ends)
        if due and part in ("底", "末")
        else When(whole.earliest.replace(day=first), ends)
    )


def _limit(text: str, due: bool) -> When | None:
    if not (match := _LIMIT.fullmatch(text)):
        return None
    before, after, named, word = match.groups()
    bound = read_date(after or named)
    if bound is None:
        return None
    if (before or word) in ("不早于", "后", "之后", "以后"):
        return When(bound.earliest, None)
    return When(None, bound.latest)


def _without_year(month: int, day: int, page: When | None) -> When | None:
    """A day without a year is in the page's year, unless it would lie after the page."""
    if page is None or page.latest is None or page.earliest is None:
        return None
    found = When.parse(f"{page.latest.year:04}-{month:02}-{day:02}")
    if found.earliest and found.earliest > page.latest:
        return When.parse(f"{page.latest.year - 1:04}-{month:02}-{day:02}")
    return found if page.earliest.year == page.latest.year else None
