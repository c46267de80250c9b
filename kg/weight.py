"""What a value weighs against another that can't be true beside it (the order of `facts.sql`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg import domain
from kg.store import Store
from kg.when import When

RULES = ("judgement", "stance", "rank", "sources", "sharper", "newer", "smallest")
"""The rules of preference in order: the first that tells two values apart decides."""

_STANCES = {"stated": 1, "conflicting": 2, "inferred": 3, "": 9}
_VERDICTS = {"prefer": 0, "accept": 1}


@dataclass(frozen=True)
class Said:
    """A statement as it weighs: its own value, verdict, source with rank, origin and date."""

    id: str
    value: str
    stance: str
    rank: int
    root: str
    dated: date
    starts: tuple[date | None, date | None]
    ends: tuple[date | None, date | None]
    verdict: str = ""


@dataclass(frozen=True, order=True)
class Weight:
    """The smaller one is preferred; each field is what one of the rules compares, in order."""

    judgement: int
    stance: int
    rank: int
    sources: tuple[int, int]
    sharper: int
    newer: int
    value: str

    def beaten_by(self, other: "Weight") -> str:
        """The rule that puts another before this one."""
        names = (*RULES[:-1], "value")
        at = next(n for n, name in enumerate(names) if getattr(self, name) != getattr(other, name))
        return RULES[at]


def read_said(store: Store, statements: Sequence[str]) -> dict[str, Said]:
    """Statements by id, with the verdicts on their claims and what is known of their sources."""
    from kg import facts

    con = store.connection
    if not statements:
        return {}
    facts.prepare(con, store.register, domain.model())
    rows = con.execute(
        """WITH wanted AS (SELECT DISTINCT unnest($1::VARCHAR[]) AS id),
        claimed AS (
            SELECT s.*, coalesce(a.canonical, s.subject_key) AS subject,
                CASE WHEN s.kind = 'link' THEN coalesce(b.canonical, s.value_key)
                    ELSE s.value_key END AS object
            FROM statements s
            LEFT JOIN clusters a ON a.key = s.subject_key
            LEFT JOIN clusters b ON b.key = s.value_key
        ),
        judged AS (
            SELECT subject, property, object, lang, source, max_by(v.verdict, v.nth) AS verdict
            FROM claimed JOIN verdicts v ON v.statement = claimed.id GROUP BY ALL
        )
        SELECT s.id, s.object, s.stance, coalesce(o.rank, 3), coalesce(o.root, s.source),
            coalesce(o.dated, DATE '0001-01-01'), s.from_earliest, s.from_latest, s.to_earliest,
            s.to_latest, coalesce(j.verdict, '')
        FROM claimed s JOIN wanted USING (id)
        LEFT JOIN sources o ON o.id = s.source
        LEFT JOIN judged j USING (subject, property, object, lang, source)""",
        [list(statements)],
    ).fetchall()
    return {row[0]: _said(*row) for row in rows}


def _said(*row: Any) -> Said:
    key, value, stance, rank, root, dated, *bounds, verdict = row
    starts, ends = (bounds[0], bounds[1]), (bounds[2], bounds[3])
    return Said(key, value, stance, rank, root, dated, starts, ends, verdict)


def weigh(
    value: str, said: Sequence[Said], dates: Mapping[str, Sequence[Said]] | None = None
) -> Weight:
    """What a value weighs; of one of several dates, sources of those that agree count as well."""
    dates = dates or {}
    agreeing = [one for other, its in dates.items() if agrees(other, value) for one in its] or said
    return Weight(
        min(_VERDICTS.get(one.verdict, 2) for one in said),
        _stance(said, each=bool(dates)),
        min(one.rank for one in said),
        (-len({one.root for one in agreeing}), -len({one.root for one in said})),
        _days(value) if dates else 0,
        -max(one.dated for one in said).toordinal(),
        value,
    )


def _stance(said: Sequence[Said], *, each: bool) -> int:
    """The best stance. None at all counts as stated: for each statement of a date, else of all."""
    numbers = [_STANCES[one.stance] for one in said]
    best = min(1 if each and number == 9 else number for number in numbers)
    return 1 if best == 9 else best


def span(value: str) -> tuple[date, date]:
    """The first and the last day that a date may be.

    >>> span("2024-01")[1]
    datetime.date(2024, 1, 31)
    """
    when = When.parse(value)
    return when.earliest or date.min, when.latest or date.max


def agrees(one: str, other: str) -> bool:
    """Whether two dates can be the same day."""
    (first, last), (start, end) = span(one), span(other)
    return first <= end and start <= last


def _days(value: str) -> int:
    """How much a date leaves open, as `facts.sql` counts it."""
    first, last = span(value)
    years = 366 * (last.year - first.year)
    return years + last.timetuple().tm_yday - first.timetuple().tm_yday
