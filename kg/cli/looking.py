"""`kg show` and `kg find`."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import as_json, listing, opened, say, shared
from kg.cli.publishing import asked_server, login

if TYPE_CHECKING:
    from kg.shown import Fact, Shown

_WORDS = {
    "zh": ("名称", "内容", "被引用于", "来源", "分歧"),
    "en": ("Names", "Facts", "Linked from", "Sources", "Disagreements"),
}


@click.command()
@click.argument("thing", metavar="ID|NAME")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Say what held on that day.")
@as_json
@shared
def show(thing: str, on: datetime | None, as_json: bool, folder: Path, lang: str) -> None:
    """Show all that is known of one thing, who says so, and who says otherwise."""
    with opened(folder) as store:
        shown = store.show(thing, on=on.date() if on else None)
    if as_json:
        click.echo(json.dumps(_object(shown), ensure_ascii=False, indent=1, default=str))
    else:
        click.echo(_text(shown, lang))


def _object(shown: "Shown") -> dict[str, object]:
    said = asdict(shown)
    said["class"] = said.pop("class_name")
    said["names"] = [
        {
            "name": one.name,
            "kind": one.kind,
            "lang": one.lang,
            "from": str(one.start or ""),
            "to": str(one.end or ""),
            "source": one.source,
        }
        for one in shown.names
    ]
    return said


def _text(shown: "Shown", lang: str) -> str:
    from kg.cli.render import footnote, grouped
    from kg.text import table

    names, facts, linked, sources, disputes = _WORDS[lang]
    lines = [f"{shown.id}  {shown.name}  ({shown.class_name})"]
    if shown.names:
        rows = [
            (one.name, one.kind, str(one.start or ""), str(one.end or "")) for one in shown.names
        ]
        lines += ["", names, table(("name", "kind", "from", "to"), rows)]
    day = any(one.held for one in (*shown.facts, *shown.linked))
    columns = ("", "property", "value", "holds", "status", "stance", "sources", "cites", "held")
    header = columns if day else columns[:-1]
    notes, numbers = grouped(shown.citations)
    for title, group, back in ((facts, shown.facts, False), (linked, shown.linked, True)):
        if group:
            lines += [
                "",
                title,
                table(header, [_row(one, back, numbers)[: len(header)] for one in group], most=48),
            ]
    if shown.conflicts:
        from kg.cli.comparing import COLUMNS, rows_of

        sides = rows_of(shown.conflicts, lang)
        said = [[str(row[name]) for name in COLUMNS[2:]] for row in sides]
        lines += ["", disputes, table(COLUMNS[2:], said, most=48)]
    lines += ["", sources, *(footnote(n, one) for n, one in enumerate(notes, start=1))]
    return "\n".join(lines)


def _row(one: "Fact", back: bool, numbers: Mapping[int, int]) -> tuple[str, ...]:
    from kg.cli.render import marked

    value = one.subject if back else f"{one.value} {one.value_name}".strip()
    cites = marked(numbers, one.cites, "[{}]")
    mark = " " if one.preferred else "✗" if one.status == "rejected" else "?"
    how = (one.holds, one.status, one.stance, str(one.sources))
    return (mark, one.property, value, *how, cites, one.held)


@click.command()
@click.argument("text")
@click.option("--words", is_flag=True, help="Names with all these words, by full-text search.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option("--graph", "uri", metavar="URI", help="Search on a server: bolt://HOST:PORT.")
@login
@as_json
@shared
def find(
    text: str,
    words: bool,
    limit: int,
    uri: str | None,
    user: str,
    password: str,
    database: str | None,
    as_json: bool,
    folder: Path,
    lang: str,
) -> None:
    """Find things by any name, old or new, in either script.

    \b
    kg find 数据二十条
    kg find --words "算力 枢纽"
    """
    with opened(folder) as store:
        if uri:
            from kg.names import search

            with asked_server(store, uri, user, password, database) as (server, _):
                found = search(server, text, limit=limit)
        else:
            found = store.search(text, limit=limit) if words else store.find(text, limit=limit)
    rows = [asdict(one) for one in found]
    columns = ("id", "name", "matched", "kind")
    if rows or as_json:
        listing([{name: row[name] for name in columns} for row in rows], columns, as_json)
    if not rows:
        say(f"kg: nothing is named {text!r}")
        raise click.exceptions.Exit(1)
