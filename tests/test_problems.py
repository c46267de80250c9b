"""docs/problems.md names what the shipped sources leave open or disagree about."""

import re
from pathlib import Path
from typing import cast

from kg.text import fold
from tests.stores import ROOT, query

CONTESTED = """SELECT f.subject, f.value, list(r.original), list(r.document), list(r.place)
    FROM facts f JOIN records r ON list_contains(f.statements, r.id)
    WHERE f.status IN ('rejected', 'disputed') GROUP BY ALL"""
Fact = tuple[str, str, list[str], list[str], list[str]]


def _contested(loaded: Path) -> list[Fact]:
    return [cast(Fact, row) for row in query(loaded, CONTESTED)]


def _said_of(fact: Fact, lines: list[str]) -> list[str]:
    """The lines that name a thing and what is said of it, as written or as read."""
    subject, value, originals, _, _ = fact
    named = [line for line in lines if f"`{subject}`" in line]
    return [line for line in named for one in (value, *originals) if fold(one) in fold(line)]


def _lines() -> list[str]:
    text = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("|")]


def test_every_disputed_or_rejected_fact_is_named_in_the_problems(loaded: Path) -> None:
    facts = _contested(loaded)
    assert len(facts) > 15
    assert [fact[:2] for fact in facts if not _said_of(fact, _lines())] == []


def test_every_row_of_a_shipped_table_that_says_such_a_fact_is_named_there(
    loaded: Path,
) -> None:
    for fact in _contested(loaded):
        places = zip(fact[3], fact[4], strict=True)
        wanted = {place.split(",")[0][4:] for name, place in places if "/tables/" in name}
        named = {
            row
            for line in _said_of(fact, _lines())
            for row in re.findall("(?:rows?|and) ([0-9]+)", line)
        }
        assert wanted <= named, fact
