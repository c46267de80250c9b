"""Claims made for one test: statements by sources of every rank, and the facts that they become."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from kg import domain
from kg.statement import statement_id
from kg.when import When
from tests.stores import put, query, write

# Sources of every rank; `copy` repeats `news`. Their dates say which is newer.
SOURCES = """source_id,url,page_date,kind,rank,copy_of
    source:gov,http://gov.example/,2024-01-01,,official,
    source:news,http://news.example/,2024-02-01,,media,
    source:paper,http://paper.example/,2024-06-01,,media,
    source:copy,http://copy.example/,2024-03-01,,media,source:news
    source:blog,http://blog.example/,2024-04-01,,repost,
    source:blog2,http://blog2.example/,2024-04-02,,repost,
    source:farm,http://farm.example/,2024-05-01,,unreliable,
    source:undated,http://undated.example/,,,media,
    source:later,http://later.example/,2030-01-01,,media,"""
JUDGEMENTS = "id,verdict,a,b,by,when,why"


def say(
    subject: str,
    prop: str,
    value: str,
    source: str = "source:news",
    start: str = "",
    end: str = "",
    stance: str = "stated",
) -> dict[str, Any]:
    """One statement, as an export holds it."""
    first, last = (When.parse(text) if text else None for text in (start, end))
    days: tuple[date | None, ...] = (
        *((first.earliest, first.latest) if first else (None, None)),
        *((last.earliest, last.latest) if last else (None, None)),
    )
    bounds = (days[0], days[1], days[2], days[3])
    owner = domain.model().of(subject)
    lang = "zh" if prop in ("name", "alias") else ""
    key = statement_id("said.csv", source, subject, prop, value, lang, bounds)
    names = ("from_earliest", "from_latest", "to_earliest", "to_latest")
    row: dict[str, Any] = {
        "type": "statement",
        "id": key,
        "class": owner.name,
        "subject_key": subject,
    }
    row |= {"subject_name": subject, "property": prop, "value_key": value, "original": value}
    row |= {"kind": owner.properties[prop].kind, "lang": lang, "document": "said.csv"}
    row |= {name: day and day.isoformat() for name, day in zip(names, days, strict=True)}
    row |= {"place": "row 2", "source": source, "quote": "", "stance": stance, "loader": "test"}
    return row | {"places": 1, "position": None, "confidence": 1.0, "loader_version": "1"}


def told(folder: Path, *said: dict[str, Any], judged: str = "") -> None:
    """Load statements, with the sources above and a file of judgements."""
    write(folder / ".kg" / "register" / "sources.csv", SOURCES)
    write(folder / ".kg" / "judgements.csv", f"{JUDGEMENTS}\n{judged}")
    head: dict[str, Any] = {
        "type": "document",
        "document": "said.csv",
        "sha256": "0",
        "loader": "test",
    }
    head |= {"loader_version": "1", "statements": len(said)}
    text = "\n".join(json.dumps(row) for row in (head, *said))
    put(folder, write(folder / "said.jsonl", text))


def facts(folder: Path, *columns: str, prop: str = "head") -> list[tuple[object, ...]]:
    """The facts of a property, in order of value and period."""
    return query(
        folder,
        f"""SELECT {", ".join(columns)} FROM facts WHERE property = '{prop}'
        ORDER BY subject, value, split_part(id, '.', 2)::INTEGER, status""",
    )


def bounds(folder: Path) -> list[tuple[str, str]]:
    """When each period of the head begins and ends."""
    rows = facts(folder, "from_earliest", "from_latest", "to_earliest", "to_latest")
    return [(_edtf(row[0], row[1]), _edtf(row[2], row[3])) for row in rows]


def _edtf(first: object, last: object) -> str:
    assert isinstance(first, date | None) and isinstance(last, date | None)
    return str(When(first, last)) if first or last else ""


NAMED = say("agency:x", "name", "某某数据局")


def led(
    start: str = "", end: str = "", source: str = "source:news", stance: str = "stated"
) -> dict[str, Any]:
    """That somebody led the agency, in some interval."""
    return say("agency:x", "head", "张三", source, start, end, stance)


def dated(
    value: str, source: str = "source:news", stance: str = "stated", subject: str = "policy:p"
) -> dict[str, Any]:
    """That a policy is of some date."""
    return say(subject, "dated", value, source, stance=stance)


TITLED = say("policy:p", "name", "某办法")
PAIR = (
    say("org:a1", "name", "甲公司"),
    say("org:a2", "name", "甲有限公司"),
    say("org:a2", "website", "http://a.example/"),
    say("org:b", "name", "乙公司"),
)
