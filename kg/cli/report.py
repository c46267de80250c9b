"""Answers for reports: Markdown with footnotes, and workbooks with a sheet of sources."""

import io
from collections.abc import Sequence

from kg.answer import Answer, text_of
from kg.citation import Citation
from kg.cli.render import SOURCE, WORDS, cells, label, source
from kg.graph import Value
from kg.saved import Question


def markdown(answer: Answer, question: Question, lang: str, sources: bool) -> str:
    """An answer as Markdown: a table, its notes, the statements as numbered footnotes."""
    words = WORDS[lang]
    header = [label(name, question, lang) for name in answer.columns]
    rows = [cells(answer, row.values) for row in answer.rows]
    if sources:
        header.append(words["cites"])
        marks = ("".join(f"[^{n}]" for n in (*row.cites, *row.dissent)) for row in answer.rows)
        rows = [[*cells, mark] for cells, mark in zip(rows, marks, strict=True)]
    lines = [f"**{question.zh if lang == 'zh' else question.en}**", "", _bar(header)]
    lines += [_bar(["---"] * len(header)), *map(_bar, rows), ""]
    lines += [words["note"] + note + "\n" for note in answer.notes]
    lines += [f"`{answer.question}@{answer.version}`", ""]
    lines += [f"[^{one.n}]: {_cited(one)}" for one in answer.sources] if sources else []
    return "\n".join(lines)


def _bar(cells: Sequence[str]) -> str:
    """A row of a Markdown table; what would end a cell is escaped."""
    shown = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(shown)} |"


def _cited(one: Citation) -> str:
    """A footnote; an address of low rank is text, not a link."""
    who = one.title or one.url or one.source
    who = f"[{who}](<{one.url}>)" if one.link else f"`{who}`"
    rest = ", ".join(part for part in (one.date, one.rank, one.stance) if part)
    quote = f" “{one.quote}”" if one.quote else ""
    return f"`{one.claim}`: {who} ({rest}); `{one.document}`, {one.place}{quote}"


def workbook(answer: Answer, question: Question, lang: str, sources: bool) -> bytes:
    """An answer as a workbook: its rows, and a sheet of the statements cited."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "答案" if lang == "zh" else "answer"
    marks = [WORDS[lang]["cites"], WORDS[lang]["dissent"]] if sources else []
    sheet.append([*(label(name, question, lang) for name in answer.columns), *marks])
    for row in answer.rows:
        numbers = [", ".join(map(str, row.cites)), ", ".join(map(str, row.dissent))]
        sheet.append(
            [_sheet_cell(row.values.get(name)) for name in answer.columns] + numbers[: len(marks)]
        )
    for note in (*answer.notes, f"{answer.question}@{answer.version}"):
        sheet.append([note])
    if sources:
        cited = book.create_sheet(WORDS[lang]["sources"])
        cited.append([*SOURCE, "rank"])
        for one in answer.sources:
            cited.append([source(one)[name] for name in (*SOURCE, "rank")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_cell(value: Value) -> str | int | float | bool | None:
    """A cell keeps its type; text that looks like a formula stays text for every program."""
    if isinstance(value, bool | int | float) or value is None:
        return value
    text = text_of(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
