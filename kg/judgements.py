"""The store's own file of judgements: plain CSV that people keep, review and edit by hand."""

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.judgement import OWN_FILE
from kg.statement import Judgement, Problem, Record, digest, is_id
from kg.text import read_utf8
from kg.when import When

COLUMNS = ("id", "verdict", "a", "b", "by", "when", "why")
VERDICTS = ("same", "different", "accept", "reject")


def read_own(path: Path) -> Iterator[Record]:
    """The judgements of a file, with a problem for each row that is none."""
    with read_utf8(path) as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS[1:4] if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"{path.name}, row 1: no heading {missing[0]} (want {','.join(COLUMNS)})"
            )
        for number, row in enumerate(reader, start=2):
            yield _judgement(
                number, {key: (cell or "").strip() for key, cell in row.items() if key}
            )


def _is_day(text: str) -> bool:
    try:
        return bool(When.parse(text[:10]))
    except ValueError:
        return False


def _judgement(number: int, row: dict[str, str]) -> Judgement | Problem:
    place, verdict = f"row {number}", row["verdict"]
    if verdict not in VERDICTS:
        remedy = f"want one of {', '.join(VERDICTS)}"
        return Problem(OWN_FILE, place, "verdict", verdict, f"unknown verdict {verdict!r}", remedy)
    if not row["a"] or (verdict in ("same", "different") and not row["b"]):
        return Problem(OWN_FILE, place, "a", row["a"], f"{verdict} says of what?", "fill a and b")
    claims = verdict in ("accept", "reject")
    for name in ("a",) if claims else ("a", "b"):
        if row[name].startswith("statement:") != claims or not is_id(row[name]):
            problem = f"{row[name]!r} can't be judged {verdict}"
            remedy = f"want {'the id of a statement' if claims else 'an id like policy:p20'}"
            return Problem(OWN_FILE, place, name, row[name], problem, remedy)
    if row.get("when") and not _is_day(row["when"]):
        problem, remedy = f"not a date: {row['when']!r}", "want 2024-01-05"
        return Problem(OWN_FILE, place, "when", row["when"], problem, remedy)
    key = row.get("id") or "judgement:" + digest(verdict, row["a"], row["b"], length=12)
    by, when, why = (row.get(name, "") for name in ("by", "when", "why"))
    return Judgement(key, verdict, row["a"], row["b"], by, when, why, OWN_FILE, place)
