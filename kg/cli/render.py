"""Answers as tables, CSV and JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kg.answer import Answer, plain, text_of
from kg.citation import Citation
from kg.cli.common import csv_text
from kg.graph import Rows, Value
from kg.saved import Question
from kg.text import table

WORDS = {
    "zh": {
        "name": "名称",
        "cites": "依据",
        "dissent": "另说",
        "sources": "来源",
        "note": "注：",
        "none": "没有结果",
    },
    "en": {
        "name": "name",
        "cites": "cites",
        "dissent": "dissent",
        "sources": "Sources",
        "note": "Note: ",
        "none": "no rows",
    },
}
SOURCE = (
    "n", "statement", "claim", "source", "url", "title", "date", "document", "place", "quote",
    "stance", "confidence",
)  # fmt: skip


def as_object(answer: Answer, sources: bool) -> dict[str, Any]:
    rows = [
        {**row.values, **({"cites": row.cites, "dissent": row.dissent} if sources else {})}
        for row in answer.rows
    ]
    said = {
        "question": answer.question,
        "zh": answer.zh,
        "en": answer.en,
        "parameters": dict(answer.parameters),
        "version": answer.version,
        "notes": answer.notes,
        "columns": answer.columns,
        "rows": rows,
    }
    return {**said, "sources": [source(one) for one in answer.sources]} if sources else said


def source(one: Citation) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name in (*SOURCE, "rank")}


def sources_csv(answer: Answer) -> str:
    """The statements cited, one a row."""
    rows = [[str(source(one)[name]) for name in (*SOURCE, "rank")] for one in answer.sources]
    return csv_text((*SOURCE, "rank"), rows)


def cells(answer: Answer, values: Mapping[str, Value]) -> list[str]:
    return [text_of(values.get(name)) for name in answer.columns]


def as_text(answer: Answer, question: Question, lang: str, sources: bool) -> str:
    words = WORDS[lang]
    lines = [question.zh if lang == "zh" else question.en]
    if answer.parameters:
        said = (f"{name}={text_of(value)}" for name, value in answer.parameters.items())
        lines[0] += f"  [{', '.join(said)}]"
    lines += ["", _table(answer, question, lang, sources) if answer.rows else words["none"]]
    lines += ["", *(words["note"] + note for note in answer.notes)] if answer.notes else []
    if sources and answer.sources:
        lines += ["", words["sources"]]
        lines += [footnote(n, one) for n, one in enumerate(grouped(answer.sources)[0], start=1)]
    return "\n".join([*lines, "", f"{answer.question}@{answer.version}"])


def _table(answer: Answer, question: Question, lang: str, sources: bool) -> str:
    header = [label(name, question, lang) for name in answer.columns]
    rows = [cells(answer, row.values) for row in answer.rows]
    if sources:
        numbers = grouped(answer.sources)[1]
        for name, cited in cited_columns(answer):
            header.append(WORDS[lang][name])
            marks = (marked(numbers, one, "[{}]") for one in cited)
            rows = [[*cells, mark] for cells, mark in zip(rows, marks, strict=True)]
    return table(header, rows, most=72)


def cited_columns(answer: Answer) -> list[tuple[str, list[tuple[int, ...]]]]:
    """What carries each row, and what says otherwise where anything does."""
    said = [("cites", [row.cites for row in answer.rows])]
    if any(row.dissent for row in answer.rows):
        said.append(("dissent", [row.dissent for row in answer.rows]))
    return said


def label(name: str, question: Question, lang: str) -> str:
    zh, en = question.columns.get(name, (WORDS["zh"].get(name, name), name))
    return zh if lang == "zh" else en


def grouped(sources: Sequence[Citation]) -> tuple[list[list[Citation]], dict[int, int]]:
    """The statements by which one source says one thing, in whichever documents, as one footnote.

    Returns the footnotes in order, and the footnote's number for each statement's.
    """
    notes: dict[tuple[str, str], list[Citation]] = {}
    for one in sources:
        notes.setdefault((one.claim, one.source), []).append(one)
    numbers = {one.n: n for n, note in enumerate(notes.values(), start=1) for one in note}
    return list(notes.values()), numbers


def marked(numbers: Mapping[int, int], cited: Sequence[int], mark: str) -> str:
    """The marks of the footnotes that a row cites, each once."""
    return "".join(mark.format(n) for n in dict.fromkeys(numbers[one] for one in cited))


def footnote(number: int, note: Sequence[Citation]) -> str:
    """`[3] claim: who says so and when; where it was read`."""
    one = note[0]
    who = " ".join(part for part in (one.title, one.url or one.source, one.date) if part)
    rank = f" ({one.rank})" if one.rank else ""
    where = "; ".join(_place(each) for each in note)
    return f"[{number}] {one.claim}: {who}{rank}; {where}"


def _place(one: Citation) -> str:
    quote = f" “{one.quote}”" if one.quote else ""
    stance = f" [{one.stance}]" if one.stance not in ("", "stated") else ""
    return f"{one.document}, {one.place}{stance}{quote}"


def rendered_rows(found: Rows, form: str) -> str:
    """The rows of any Cypher."""
    rows = [[plain(cell) for cell in row] for row in found.rows]
    if form == "json":
        objects = [dict(zip(found.columns, row, strict=True)) for row in rows]
        return json.dumps(objects, ensure_ascii=False, indent=1)
    cells = [[cell(value) for value in row] for row in rows]
    return csv_text(found.columns, cells) if form == "csv" else table(found.columns, cells, most=72)


def cell(value: Value) -> str:
    """A value of free Cypher as text; a map as JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else text_of(value)
