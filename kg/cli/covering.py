"""`kg coverage`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import opened, put, shared

if TYPE_CHECKING:
    from kg.answer import Answer
    from kg.api import KnowledgeGraph
    from kg.saved import Question

_FORMATS = ("table", "csv", "json", "md", "xlsx")
_Labels = dict[str, tuple[str, str]]
_STATED: _Labels = {
    "set": ("集合", "set"),
    "thing": ("所属", "of"),
    "known": ("已收录", "known"),
    "stated": ("来源所称总数", "stated"),
    "as_of": ("时点", "as of"),
    "sources": ("来源", "by"),
    "others": ("另有说法", "also stated"),
    "missing": ("缺", "missing"),
    "questions": ("问题", "questions"),
}
_TEXTS = {
    "stated": (
        "来源所称总数，数据收录多少",
        "Of the numbers that sources state, how much is in the data",
    ),
    "fields": ("各地{}：已知字段的数量", "{} by place: of how many each field is known"),
    "classes": ("各地各类事物的数量", "Things of each class by place"),
    "nowhere": ("(无所属)", "(no place)"),
    "all": ("合计", "all"),
    "day": ("(精确到日)", " (to the day)"),
    "none": ("未见任何值的字段：{}", "no value at all: {}"),
}


@click.command()
@click.argument("class_name", metavar="[CLASS]", default="")
@click.option("--by", metavar="CLASS", help="Per place of this class (default: Province).")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("-o", "--output", "out", metavar="FILE", help="Write to a file.")
@shared
def coverage(
    class_name: str,
    by: str | None,
    form: str,
    as_json: bool,
    out: str | None,
    folder: Path,
    lang: str,
) -> None:
    """Say how much is known.

    \b
    kg coverage                 of sets whose number a source states: known, stated, missing
    kg coverage Agency          per province: of how many agencies each field is known
    kg coverage --by Province   per province: how many things of each class there are
    """
    from kg import domain

    for one in (class_name, by):
        if one and one not in domain.model().classes:
            raise click.UsageError(f"no class {one!r}: see 'kg ontology'")
    place = by or domain.covered_by()
    with opened(folder) as store:
        if class_name:
            said = _fields(store, class_name, place, lang)
        else:
            said = _classes(store, place, lang) if by else _stated(store, lang)
    _print(*said, "json" if as_json else form, out, lang)


def _print(answer: "Answer", question: "Question", form: str, out: str | None, lang: str) -> None:
    from kg.cli.report import rendered

    if form == "json":
        rows = [dict(row.values) for row in answer.rows]
        put(json.dumps(rows, ensure_ascii=False, indent=1), out)
    elif form == "xlsx":
        from kg.cli.report import workbook

        if out in (None, "-"):
            raise click.UsageError("a workbook goes to a file: -o NAME.xlsx")
        put(workbook(answer, question, lang, False), out)
    else:
        put(rendered(answer, question, form, lang, False), out)


def _answer(
    store: "KnowledgeGraph",
    slug: str,
    texts: tuple[str, str],
    labels: _Labels,
    rows: Sequence[dict[str, str | int]],
    notes: Sequence[str] = (),
) -> "tuple[Answer, Question]":
    """A table in the form that answers have, so that it is written as they are."""
    from kg.answer import Answer, Row
    from kg.saved import Question

    columns = tuple(labels)
    found = tuple(Row({name: row[name] for name in columns}) for row in rows)
    question = Question(slug, Path(slug), *texts, "", columns=labels)
    return Answer(slug, *texts, {}, str(store.version), tuple(notes), columns, found, ()), question


def _stated(store: "KnowledgeGraph", lang: str) -> "tuple[Answer, Question]":
    from kg.completeness import number, said

    rows: list[dict[str, str | int]] = []
    found = store.coverage()
    for one in found:
        newest, *others = one.stated
        rows.append(
            {
                "set": one.zh if lang == "zh" else one.en,
                "thing": one.parameter,
                "known": one.known,
                "stated": number(newest, lang),
                "as_of": newest.as_of,
                "sources": "; ".join(newest.sources),
                "others": "; ".join(f"{number(n, lang)} ({n.as_of or '?'})" for n in others),
                "missing": "、".join(one.missing),
                "questions": "; ".join(one.questions),
            }
        )
    notes = [said(one, lang) for one in found if one.missing]
    return _answer(store, "coverage", _TEXTS["stated"], _STATED, rows, notes)


def _fields(
    store: "KnowledgeGraph", class_name: str, by: str, lang: str
) -> "tuple[Answer, Question]":
    from kg import domain
    from kg.where import DAY, fields

    found, known = fields(store, class_name, by), domain.model().classes[class_name]
    day = _TEXTS["day"]
    labels: _Labels = {"things": (known.term.zh, known.term.en)}
    never = []
    for name, prop in known.properties.items():
        terms = (prop.term.zh, prop.term.en)
        if name not in found[-1].fields:
            never.append(terms[lang != "zh"])
            continue
        labels[name] = terms
        if prop.kind == "date":
            labels[name + DAY] = (terms[0] + day[0], terms[1] + day[1])
    rows = [
        {"things": one.things}
        | {name: one.fields.get(name, 0) for name in labels if name != "things"}
        for one in found
    ]
    zh, en = _TEXTS["fields"]
    texts = (zh.format(known.term.zh), en.format(known.term.en))
    notes = [_TEXTS["none"][lang != "zh"].format(", ".join(never))] if never else []
    placed = [
        _place(one.id, one.name, lang) | row | {"things": one.things}
        for one, row in zip(found, rows, strict=True)
    ]
    return _answer(store, f"coverage/{class_name}", texts, _places(by) | labels, placed, notes)


def _classes(store: "KnowledgeGraph", by: str, lang: str) -> "tuple[Answer, Question]":
    from kg import domain
    from kg.where import classes

    model, found = domain.model(), classes(store, by)
    shown = [name for name in model.classes if name in found[-1].fields]
    labels = {name: (model.classes[name].term.zh, model.classes[name].term.en) for name in shown}
    rows = [
        _place(one.id, one.name, lang) | {name: one.fields.get(name, 0) for name in shown}
        for one in found
    ]
    return _answer(store, "coverage", _TEXTS["classes"], _places(by) | labels, rows)


def _places(by: str) -> _Labels:
    from kg import domain

    term = domain.model().classes[by].term
    return {"place": ("标识", "id"), "place_name": (term.zh, term.en)}


def _place(key: str, name: str, lang: str) -> dict[str, str | int]:
    if key not in ("", "all"):
        return {"place": key, "place_name": name}
    return {"place": "", "place_name": _TEXTS["all" if key else "nowhere"][lang != "zh"]}
