"""Answers for reports: Markdown with footnotes, and workbooks with a sheet of sources."""

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.answer import Answer, text_of
from kg.citation import Citation
from kg.cli.render import SOURCE, WORDS, cells, cited_columns, grouped, label, marked, source
from kg.graph import Value
from kg.saved import Question

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def markdown(answer: Answer, question: Question, lang: str, sources: bool) -> str:
    """An answer as Markdown: a table, its notes, the statements as numbered footnotes."""
    words = WORDS[lang]
    header = [label(name, question, lang) for name in answer.columns]
    rows = [[_escaped(cell) for cell in cells(answer, row.values)] for row in answer.rows]
    if sources:
        notes, numbers = grouped(answer.sources)
        for name, cited in cited_columns(answer):
            header.append(words[name])
            marks = (marked(numbers, one, "[^{}]") for one in cited)
            rows = [[*cells, mark] for cells, mark in zip(rows, marks, strict=True)]
    lines = [f"**{question.zh if lang == 'zh' else question.en}**", "", _bar(header)]
    lines += [_bar(["---"] * len(header)), *map(_bar, rows), ""]
    lines += [words["note"] + note + "\n" for note in answer.notes]
    lines += [f"`{answer.question}@{answer.version}`", ""]
    if sources:
        lines += [f"[^{n}]: {_cited(note)}" for n, note in enumerate(notes, start=1)]
    return "\n".join(lines)


def _bar(cells: Sequence[str]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is: on one line, nothing in it a sign of the format."""
    return re.sub(r"([\\|`*\[\]<])", r"\\\1", " ".join(text.split()))


def _code(text: str) -> str:
    """Text in which Markdown makes nothing a link."""
    return f"`{' '.join(text.split()).replace('`', chr(39))}`"


def _cited(note: Sequence[Citation]) -> str:
    """A footnote; an address of low rank is text, not a link."""
    one = note[0]
    named = one.title or one.url or one.source
    address = one.url.replace("<", "%3C").replace(">", "%3E")
    who = f"[{_escaped(named)}](<{address}>)" if one.link else _code(named)
    rest = ", ".join(part for part in (one.date, one.rank) if part)
    said = f" ({rest})" if rest else ""
    return f"{_code(one.claim)}: {who}{said}; {'; '.join(map(_place, note))}"


def _place(one: Citation) -> str:
    stance = f" ({one.stance})" if one.stance else ""
    quote = f" “{_escaped(one.quote)}”" if one.quote else ""
    return f"{_code(one.document)}, {_escaped(one.place)}{stance}{quote}"


def workbook(answer: Answer, question: Question, lang: str, sources: bool) -> bytes:
    """An answer as a workbook: its rows, and a sheet of the statements cited."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "答案" if lang == "zh" else "answer"
    marks = [WORDS[lang]["cites"], WORDS[lang]["dissent"]] if sources else []
    _append(sheet, [*(label(name, question, lang) for name in answer.columns), *marks])
    for row in answer.rows:
        numbers = [", ".join(map(str, row.cites)), ", ".join(map(str, row.dissent))]
        _append(sheet, [*(row.values.get(name) for name in answer.columns), *numbers[: len(marks)]])
    for note in (*answer.notes, f"{answer.question}@{answer.version}"):
        _append(sheet, [note])
    if sources:
        cited = book.create_sheet(WORDS[lang]["sources"])
        _append(cited, [*SOURCE, "rank"])
        for one in answer.sources:
            _append(cited, [source(one)[name] for name in (*SOURCE, "rank")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _append(sheet: "Worksheet", values: Sequence[Value]) -> None:
    """A row whose cells keep their types; text that looks like a formula is marked as text."""
    from openpyxl.cell import WriteOnlyCell

    row = []
    for value in values:
        if isinstance(value, bool | int | float) or value is None:
            row.append(WriteOnlyCell(sheet, value))
            continue
        text = _CONTROL.sub("", text_of(value))
        cell = WriteOnlyCell(sheet, text)
        if text.startswith(("=", "+", "-", "@")):
            cell.data_type = "s"
            cell.quotePrefix = True
        row.append(cell)
    sheet.append(row)
