"""Times and moments as text, which Python, Java and two engines write in ways of their own."""

import re

_MOMENT = re.compile(
    r"(?P<until>(?:[+-]?\d+-\d\d-\d\dT)?\d\d:\d\d)(?P<seconds>:\d\d)?(?:\.(?P<part>\d+))?"
    r"(?P<offset>Z|[+-]\d\d:\d\d(?::\d\d)?)?(?:\[UTC\]|(?P<zone>\[.+\]))?"
)


def moment(text: str) -> str:
    """A time as Neo4j's `toString` has it: with seconds, no zeros after them, Z for UTC.

    >>> moment("2024-01-05T10:30+08:00[Asia/Shanghai]")
    '2024-01-05T10:30:00+08:00[Asia/Shanghai]'
    >>> moment("10:30:00.500000000+00:00"), moment("2024-01-05")
    ('10:30:00.5Z', '2024-01-05')
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text
    part = (found["part"] or "").rstrip("0")
    offset = "Z" if found["offset"] == "+00:00" else found["offset"] or ""
    fraction = f".{part}" if part else ""
    return f"{found['until']}{found['seconds'] or ':00'}{fraction}{offset}{found['zone'] or ''}"
