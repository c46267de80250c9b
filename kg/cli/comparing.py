"""`kg conflicts`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import as_json, listing, opened, say, shared

if TYPE_CHECKING:
    from kg.citation import Citation
    from kg.conflicts import Conflict, Side

COLUMNS = (
    "id", "name", "property", "value", "standing", "decided_by", "sources", "said_by", "statements",
)  # fmt: skip
_WORDS = {
    "zh": {
        "preferred": "采用",
        "disputed": "另说",
        "rejected": "否定",
        "judgement": "裁定",
        "stance": "表述方式",
        "rank": "来源级别",
        "sources": "独立来源数",
        "sharper": "更精确",
        "newer": "来源更新",
        "smallest": "取最小值",
        "circle": "会成环",
        "none": "没有相互矛盾的值",
    },
    "en": {"none": "no values that can't both be true"},
}


@click.command()
@click.argument("thing", metavar="[ID|NAME]", default="")
@click.option("--undecided", is_flag=True, help="Only those that no person has decided.")
@as_json
@shared
def conflicts(thing: str, undecided: bool, as_json: bool, folder: Path, lang: str) -> None:
    """List values that can't both be true, with who says them and the rule that decided.

    Rules, in order: judgement, stance, rank of the source, number of independent sources, sharper
    date, newer source, smallest value. 'kg review accept|reject STATEMENT' decides otherwise.
    """
    with opened(folder) as store:
        found = store.conflicts(thing)
    if undecided:
        found = [one for one in found if any(_is_open(side) for side in one.sides)]
    rows = rows_of(found, "" if as_json else lang)
    if rows or as_json:
        listing(rows, COLUMNS, as_json)
    else:
        say(_WORDS[lang]["none"])


def _is_open(side: "Side") -> bool:
    return side.rule not in ("", "judgement")


def rows_of(found: "Sequence[Conflict]", lang: str) -> list[dict[str, object]]:
    """One row a value; for people where a language is given, else with all that is known."""
    return [_row(one, side, lang) for one in found for side in one.sides]


def _row(one: "Conflict", side: "Side", lang: str) -> dict[str, object]:
    words = _WORDS.get(lang, {})
    statements = [cited.statement for cited in side.citations]
    value = side.value if not lang else f"{side.value} {side.name}".strip()
    return {
        "id": one.subject,
        "name": one.name,
        "property": one.property,
        "value": value,
        "standing": words.get(side.standing, side.standing),
        "decided_by": words.get(side.rule, side.rule),
        "sources": side.sources,
        "said_by": _who(side.citations) if lang else sorted({c.source for c in side.citations}),
        "statements": _shortened(statements) if lang else statements,
    }


def _who(cited: "Sequence[Citation]") -> str:
    """The sources, each with its rank and date."""
    said = {}
    for one in cited:
        about = ", ".join(part for part in (one.rank, one.date) if part)
        said[one.source] = f"{one.source} ({about})" if about else one.source
    return "; ".join(said.values())


def _shortened(statements: Sequence[str]) -> str:
    """The first of them, by which a person can judge, and how many more there are."""
    more = f" +{len(statements) - 1}" if len(statements) > 1 else ""
    return statements[0] + more
