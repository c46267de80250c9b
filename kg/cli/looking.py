"""`kg show` and `kg find`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import as_json, listing, opened, say, shared
from kg.cli.publishing import asked_server, login

if TYPE_CHECKING:
    from kg.names import Hit
    from kg.shown import Fact, Shown

_WORDS = {
    "zh": ("名称", "其他写法", "内容", "被引用于", "来源", "分歧"),
    "en": ("Names", "Also written", "Facts", "Linked from", "Sources", "Disagreements"),
}


_KINDS = {
    "official": "正式名称",
    "short": "简称",
    "abbreviation": "缩写",
    "informal": "俗称",
    "plate": "加挂牌子",
    "old": "曾用名",
    "misspelt": "误写",
    "foreign": "外文名",
    "alias": "别名",
    "title": "标题",
}
_ENGLISH = {"plate": "second name (plate)", "old": "old name"}
_BY = {
    "zh": {"name": "", "parts": "名称各部分一致", "words": "", "likeness": ""},
    "en": {"name": "", "parts": "every part of the name agrees", "words": "", "likeness": ""},
}
_RULES = {
    "zh": {
        "register": "登记的名称",
        "parsed": "名称各部分一致",
        "place": "记录的地区",
        "bracket": "括号内外同指",
        "record": "记录的地区、日期或标记",
    },
    "en": {
        "register": "a registered name",
        "parsed": "every part of the name agrees",
        "place": "the place of the record",
        "bracket": "the name and its bracket",
        "record": "the place, the day or the marks of its record",
    },
}
_BORNE = {"zh": {"yes": "是", "perhaps": "可能", "": ""}, "en": {}}


def _kind(kind: str, lang: str) -> str:
    """What a name is to its bearer, in words."""
    return (_KINDS if lang == "zh" else _ENGLISH).get(kind, kind)


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

    names, written, facts, linked, sources, disputes = _WORDS[lang]
    lines = [f"{shown.id}  {shown.name}  ({shown.class_name})"]
    if shown.names:
        rows = [
            (one.name, _kind(one.kind, lang), str(one.start or ""), str(one.end or ""))
            for one in shown.names
        ]
        lines += ["", names, table(("name", "kind", "from", "to"), rows)]
    if shown.written:
        rules = [(one.text, _RULES[lang][one.rule]) for one in shown.written]
        lines += ["", written, table(("name", "matched by"), rules)]
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
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Who bore the name on that day.")
@click.option("--words", is_flag=True, help="Names with all these words, by full-text search.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option("--graph", "uri", metavar="URI", help="Search on a server: bolt://HOST:PORT.")
@login
@as_json
@shared
def find(
    text: str,
    on: datetime | None,
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
    kg find 江苏省政务服务管理办公室 --on 2023-06-01
    kg find --words "算力 枢纽"
    """
    day = on.date() if on else None
    if day and (words or uri):
        raise click.UsageError("--on asks the register: it goes with neither --words nor --graph")
    with opened(folder) as store:
        if uri:
            from kg.names import search

            with asked_server(store, uri, user, password, database) as (server, _):
                found = search(server, text, limit=limit)
        else:
            found = (
                store.search(text, limit=limit) if words else store.find(text, limit=limit, on=day)
            )
    _list(found, bool(day), lang, as_json)
    if not found:
        say(f"kg: nothing is named {text!r}" + (f" on {day}" if day else ""))
        raise click.exceptions.Exit(1)


def _list(found: "Sequence[Hit]", dated: bool, lang: str, as_json: bool) -> None:
    """The things found, with what the name is to each and since when; codes in JSON."""
    columns = ("id", "name", "matched", "kind", "from", "to", *["on"] * dated, "by")
    rows: list[Mapping[str, object]] = []
    for one in found:
        row = {"id": one.id, "name": one.name, "matched": one.matched, "kind": one.kind}
        row |= {"from": one.start, "to": one.end, "on": one.on, "by": one.by}
        if not as_json:
            row |= {"kind": _kind(one.kind, lang), "by": _BY[lang][one.by]}
            row |= {"on": _BORNE[lang].get(one.on, one.on)}
        rows.append({column: row[column] for column in columns})
    if rows or as_json:
        listing(rows, columns, as_json)
