"""Answers in each format: text, Markdown with footnotes, workbooks with a sheet of sources."""

import gc
import io
import json
import re
import sys
import tempfile
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.answer import Answer, plain, text_of
from kg.citation import Citation
from kg.cli.common import csv_text
from kg.cli.render import (
    SOURCE,
    WORDS,
    as_object,
    as_text,
    cell,
    cells,
    cited_columns,
    grouped,
    label,
    marked,
    source,
)  # fmt: skip
from kg.errors import InputError
from kg.graph import Rows, Value
from kg.saved import Question

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def rendered(answer: Answer, question: Question, form: str, lang: str, sources: bool) -> str:
    """An answer in one of the formats that are text."""
    if form == "json":
        return json.dumps(as_object(answer, sources), ensure_ascii=False, indent=1)
    if form == "md":
        return markdown(answer, question, lang, sources)
    if form == "csv":
        return csv_text(answer.columns, [cells(answer, row.values) for row in answer.rows])
    return as_text(answer, question, lang, sources)


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
    lines = [f"**{question.zh if lang == 'zh' else question.en}**", "", *_table(header, rows), ""]
    lines += [words["note"] + note + "\n" for note in answer.notes]
    lines += [f"`{answer.question}@{answer.version}`", ""]
    if sources:
        lines += [f"[^{n}]: {_cited(note)}" for n, note in enumerate(notes, start=1)]
    return "\n".join(lines)


def rows_markdown(found: Rows) -> str:
    """The rows of any Cypher as a Markdown table."""
    rows = [[_escaped(cell(plain(value))) for value in row] for row in found.rows]
    return "\n".join(_table([_escaped(name) for name in found.columns], rows))


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table."""
    return [_bar(header), _bar(["---"] * len(header)), *map(_bar, rows)]


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
    book, sheet = _begun(lang)
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
    return _saved(book)


def rows_workbook(found: Rows, lang: str) -> bytes:
    """The rows of any Cypher as a workbook of one sheet."""
    book, sheet = _begun(lang)
    _append(sheet, found.columns)
    for row in found.rows:
        _append(sheet, [_kept(plain(value)) for value in row])
    return _saved(book)


def _kept(value: Value) -> Value:
    """A number or a truth as it is, anything else as text."""
    return value if value is None or isinstance(value, bool | int | float) else cell(value)


def _begun(lang: str) -> "tuple[Workbook, Worksheet]":
    """A workbook with a sheet for the rows."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "答案" if lang == "zh" else "answer"
    return book, sheet


def _saved(book: "Workbook") -> bytes:
    out = io.BytesIO()
    try:
        book.save(out)
    except OSError as error:  # sheets are written into files of the system's before they are joined
        _let_go(error)
        where = tempfile.gettempdir()
        raise InputError(
            f"{where}: can't be written: {error.strerror} (TMPDIR names another folder)"
        ) from None
    return out.getvalue()


def _let_go(error: OSError) -> None:
    """Close what a writer left open as it failed; it can't be, and would cry about that."""
    before, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        traceback.clear_frames(error.__traceback__)
        gc.collect()
    finally:
        sys.unraisablehook = before


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
