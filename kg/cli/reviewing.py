"""`kg review`: what waits for a person, and the decisions that settle it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import as_json, listing, opened, say, shared

if TYPE_CHECKING:
    from kg.judging import Decided
    from kg.review import Candidate, Evidence, Item

_COLUMNS = ("id", "name", "class", "statements", "questions", "candidates")
_JUDGED = ("id", "verdict", "a", "b", "by", "when", "why", "document", "refused")
_WORDS = {
    "zh": {
        "none": "没有等待裁定的名称",
        "refused": "有 {} 条裁定未被采纳，原因见 kg review --judged",
        "no pair": "没有可能相同的两个事物",
        "rests": "{} 条陈述、{} 个问题取决于它：{}",
        "said": "记录所写",
        "could": "可能是",
        "field": "字段",
        "beside": "对照",
        "nothing": "登记册中没有可能的对象",
        "different": "已裁定不同",
        "place": "名称须结合记录的地区才有所指",
        "settle": "裁定：kg review same {} ID",
        "done": "{}；现为 {}",
        "already": "{}：早已如此裁定",
        "undone": "已撤销 {}；现为 {}",
    },
    "en": {
        "none": "no name waits",
        "refused": "judgements refused: {}, see kg review --judged",
        "no pair": "no two things that may be one",
        "rests": "{} statements and {} questions rest on it: {}",
        "said": "As written",
        "could": "Could be",
        "field": "field",
        "beside": "Side by side",
        "nothing": "nothing the register knows",
        "different": "judged different",
        "place": "by the place of the record",
        "settle": "settle it: kg review same {} ID",
        "done": "{}; now {}",
        "already": "{}: judged so already",
        "undone": "taken back: {}; now {}",
    },
}


class _Review(click.Group):
    """A group whose argument may be an item's id, which is then shown."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            return "ID", _item, args
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Review,
    invoke_without_command=True,
    subcommand_metavar="[ID | same A B | different A B | accept ID | reject ID | undo ID]",
)
@click.option("--judged", is_flag=True, help="List what was decided instead, and what is refused.")
@click.option("--suggest", is_flag=True, help="Propose pairs that may be one instead.")
@as_json
@shared
@click.pass_context
def review(
    ctx: click.Context, judged: bool, suggest: bool, as_json: bool, folder: Path, lang: str
) -> None:
    """List what waits for a person, most consequential first; decide it; take a decision back.

    \b
    kg review                        what waits
    kg review rdf03ca8e              one item in full
    kg review same rdf03ca8e agency:js_old --why "the page describes the office before 2024"
    kg review undo rdf03ca8e
    kg review --suggest              pairs of things that may be one

    Decisions are kept in judgements.csv in the store's folder, to be edited by hand as well.
    """
    if ctx.invoked_subcommand:
        if judged or suggest or as_json:
            raise click.UsageError("options of the list don't go with ID or a decision")
        ctx.obj = {"store": str(folder), "lang": lang}
        return
    with opened(folder) as store:
        if judged:
            _list_judged(store, as_json)
            return
        if suggest:
            _list_pairs(store, as_json, lang)
            return
        items, refused = store.review(), len(store.decisions().refused)
    rows = [_row(one, as_json) for one in items]
    if rows or as_json:
        listing(rows, _COLUMNS, as_json)
    else:
        say(_WORDS[lang]["none"])
    if refused:
        say(_WORDS[lang]["refused"].format(refused))


def _list_judged(store: Any, as_json: bool) -> None:
    from kg.judging import judged

    rows = [{**one._asdict(), "refused": why} for one, why in judged(store)]
    listing([{name: row[name] for name in _JUDGED} for row in rows], _JUDGED, as_json)


def _list_pairs(store: Any, as_json: bool, lang: str) -> None:
    rows = [asdict(one) for one in store.suggestions()]
    if rows or as_json:
        listing(rows, ("a", "a_name", "b", "b_name", "likeness", "because"), as_json)
    else:
        say(_WORDS[lang]["no pair"])


def _row(one: "Item", as_json: bool) -> dict[str, object]:
    candidates = [each.id for each in one.candidates if not each.different]
    if not as_json:
        said = (" / ".join(one.names), " / ".join(one.classes), len(one.statements))
        cells = (one.id, *said, len(one.questions), ", ".join(candidates))
        return dict(zip(_COLUMNS, cells, strict=True))
    return {
        "id": one.id,
        "name": one.names[0],
        "class": one.classes[0] if one.classes else "",
        "statements": len(one.statements),
        "questions": list(one.questions),
        "candidates": candidates,
    }


@click.command("ID")
@click.argument("item", metavar="ID")
@as_json
@shared
def _item(item: str, as_json: bool, folder: Path, lang: str) -> None:
    """Show one item in full: the name as written, by whom and where, what it could be."""
    from kg.review import evidence

    with opened(folder) as store:
        found = evidence(store, item)
    if as_json:
        click.echo(json.dumps(_object(found), ensure_ascii=False, indent=1, default=str))
    else:
        click.echo(_text(found, lang))


def _object(found: "Evidence") -> dict[str, object]:
    said = asdict(found.item)
    header = ("field", found.item.id, *(one.id for one in found.item.candidates))
    said["beside"] = [dict(zip(header, row, strict=True)) for row in found.beside]
    said["said"] = [{"written": written, **asdict(one)} for written, one in found.said]
    said["candidates"] = [
        {
            "id": one.id,
            "name": one.name,
            "different": one.different,
            "because": [
                {"name": n.name, "kind": n.kind, "from": str(n.start or ""), "to": str(n.end or "")}
                for n in one.because
            ],
        }
        for one in found.item.candidates
    ]
    return said


def _text(found: "Evidence", lang: str) -> str:
    from kg.text import table

    words, item = _WORDS[lang], found.item
    asked = ", ".join(item.questions) or "—"
    lines = [f"{item.id}  {' / '.join(item.names)}  ({' / '.join(item.classes)})"]
    lines += [words["rests"].format(len(item.statements), len(item.questions), asked)]
    header = ("claim", "written", "document", "place", "source", "date", "rank", "quote")
    rows = []
    for written, one in found.said:
        who = (one.url or one.source, one.date, one.rank, one.quote)
        rows.append((one.claim, written, one.document, one.place, *who))
    lines += ["", words["said"], table(header, rows, most=48), "", words["could"]]
    could = [_could(one, lang) for one in item.candidates]
    lines += [table(("id", "name", "because"), could, most=96)] if could else [words["nothing"]]
    if could:
        columns = (words["field"], item.id, *(one.id for one in item.candidates))
        lines += ["", words["beside"], table(columns, found.beside, most=36)]
    return "\n".join([*lines, "", words["settle"].format(item.id)])


def _could(one: "Candidate", lang: str) -> tuple[str, str, str]:
    """A candidate, and why it is one: the names of the register that speak for it."""
    if one.different:
        return one.id, one.name, _WORDS[lang]["different"]
    because = [
        f"{each.name} [{each.kind}] {each.start or ''} → {each.end or ''}"
        if each.start or each.end
        else f"{each.name} [{each.kind}]"
        for each in one.because
    ]
    return one.id, one.name, "; ".join(because) or _WORDS[lang]["place"]


_WHY = click.option("--why", default="", metavar="TEXT", help="The reason, kept beside it.")
_BY = click.option("--by", default="", metavar="NAME", help="Who says so (KG_BY, else the user).")


def _told(decide: "Callable[[Any], Decided]", said: str, how: tuple[bool, Path, str]) -> None:
    """Decide, and say what now holds."""
    as_json, folder, lang = how
    with opened(folder) as store:
        done = decide(store)
    one = done.judgement
    if as_json:
        names = ("id", "verdict", "a", "b", "by", "when", "why")
        row = {name: getattr(one, name) for name in names}
        row |= {"changed": done.changed, "version": done.version}
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    what = " ".join(part for part in (one.id, one.verdict, one.a, one.b) if part)
    words = _WORDS[lang]
    click.echo(words[said if done.changed else "already"].format(what, done.version))


@review.command()
@click.argument("a")
@click.argument("b")
@_WHY
@_BY
@as_json
@shared
def same(a: str, b: str, why: str, by: str, as_json: bool, folder: Path, lang: str) -> None:
    """Judge that A and B are one thing: ids, names, or items that wait."""
    _told(lambda store: store.same(a, b, why=why, by=by), "done", (as_json, folder, lang))


@review.command()
@click.argument("a")
@click.argument("b")
@_WHY
@_BY
@as_json
@shared
def different(a: str, b: str, why: str, by: str, as_json: bool, folder: Path, lang: str) -> None:
    """Judge that A and B are two things, whatever else is judged."""
    _told(lambda store: store.different(a, b, why=why, by=by), "done", (as_json, folder, lang))


@review.command()
@click.argument("statement", metavar="ID")
@_WHY
@_BY
@as_json
@shared
def accept(statement: str, why: str, by: str, as_json: bool, folder: Path, lang: str) -> None:
    """Judge that the claim of a statement stands, before all that says otherwise."""
    _told(lambda store: store.accept(statement, why=why, by=by), "done", (as_json, folder, lang))


@review.command()
@click.argument("statement", metavar="ID")
@_WHY
@_BY
@as_json
@shared
def reject(statement: str, why: str, by: str, as_json: bool, folder: Path, lang: str) -> None:
    """Judge that the claim of a statement falls."""
    _told(lambda store: store.reject(statement, why=why, by=by), "done", (as_json, folder, lang))


@review.command()
@click.argument("judgement", metavar="ID")
@as_json
@shared
def undo(judgement: str, as_json: bool, folder: Path, lang: str) -> None:
    """Take a judgement back, by its id or by the item, statement or thing that it is about."""
    _told(lambda store: store.undo(judgement), "undone", (as_json, folder, lang))
