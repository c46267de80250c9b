"""Answers for reports: Markdown with footnotes, workbooks with a sheet of sources."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from kg.answer import Answer, Row
from kg.citation import Citation
from kg.cli.report import markdown, workbook
from kg.saved import Question
from tests.commands import run

QUESTION = Question("test/x", Path("x"), "问?", "asks?", "", (), {"many": ("数量", "how many")}, ())


def cited(n: int = 1, **other: str) -> Citation:
    said = {
        "url": "https://www.gov.cn/a", "title": "", "date": "2024-01-05", "rank": "official",
        "document": "data/a.csv", "place": "row 2, title", "quote": "", "stance": "",
        "source": "source:a", "claim": "policy:x name 某办法", **other,
    }  # fmt: skip
    return Citation(n, f"statement:{n}", confidence=1.0, **said)


def answered(*rows: Row, sources: tuple[Citation, ...] = ()) -> Answer:
    columns = tuple(rows[0].values) if rows else ("id", "name")
    notes = ("没有列出的不在数据中。",)
    return Answer("test/x", "问?", "asks?", {}, "v3", notes, columns, rows, sources)


def row(**values: object) -> Row:
    return Row({"id": "policy:x", "name": "某办法", **values}, (1,), ())  # type: ignore[dict-item]


def table(text: str) -> list[list[str]]:
    """The cells of the rows of a Markdown table, without its rule."""
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in rows]
    return [cells[0], *cells[2:]]


# Markdown


def test_a_row_refers_to_its_statements_by_footnotes_that_are_there() -> None:
    one = Row({"id": "policy:x", "name": "某办法"}, (1, 2), (3,))
    text = markdown(
        answered(one, sources=(cited(1), cited(2, claim="b"), cited(3, claim="c"))),
        QUESTION,
        "zh",
        True,
    )
    assert table(text) == [
        ["id", "名称", "依据", "另说"],
        ["policy:x", "某办法", "[^1][^2]", "[^3]"],
    ]
    assert re.findall(r"^\[\^(\d)\]: ", text, re.MULTILINE) == ["1", "2", "3"]
    assert text.startswith("**问?**\n\n| ") and "`test/x@v3`" in text
    assert "注：没有列出的不在数据中。" in text


def test_without_sources_there_are_no_footnotes() -> None:
    text = markdown(answered(row(), sources=(cited(),)), QUESTION, "en", False)
    assert "[^" not in text and table(text)[0] == ["id", "name"]
    assert text.startswith("**asks?**")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("甲|乙", r"甲\|乙"),
        (r"甲\乙", r"甲\\乙"),
        ("甲\\|乙", r"甲\\\|乙"),
        ("甲\n乙", "甲 乙"),
        ("[甲](http://x.example)", r"\[甲\](http://x.example)"),
        ("*甲* `乙`", r"\*甲\* \`乙\`"),
        ("<b>甲</b>", r"\<b>甲\</b>"),
    ],
)
def test_what_would_end_a_cell_or_format_it_is_escaped(cell: str, shown: str) -> None:
    text = markdown(answered(row(name=cell), sources=(cited(),)), QUESTION, "zh", True)
    (line,) = [line for line in text.splitlines() if "policy:x |" in line]
    assert line == f"| policy:x | {shown} | [^1] |"


@pytest.mark.parametrize("rank", ["official", "media"])
def test_the_address_of_a_source_that_ranks_high_is_a_link(rank: str) -> None:
    text = markdown(answered(row(), sources=(cited(rank=rank),)), QUESTION, "zh", True)
    assert f"[https://www.gov.cn/a](<https://www.gov.cn/a>) (2024-01-05, {rank})" in text


@pytest.mark.parametrize("rank", ["repost", "unknown", "unreliable", ""])
def test_the_address_of_a_source_that_ranks_low_is_no_link(rank: str) -> None:
    text = markdown(answered(row(), sources=(cited(rank=rank),)), QUESTION, "zh", True)
    assert "](" not in text and "`https://www.gov.cn/a`" in text


def test_an_address_that_no_browser_opens_is_no_link() -> None:
    for url in ("urn:x-unlocated:1", "javascript:alert(1)"):
        text = markdown(answered(row(), sources=(cited(url=url),)), QUESTION, "zh", True)
        assert "](" not in text


def test_a_footnote_stays_one_line_and_one_link_whatever_it_quotes() -> None:
    source = cited(
        title="甲] 乙",
        url="https://www.gov.cn/a?<x>",
        quote="第一行\n\n第二行 [x](y)",
        claim="a `b`\nc",
    )
    text = markdown(answered(row(), sources=(source,)), QUESTION, "zh", True)
    (line,) = [line for line in text.splitlines() if line.startswith("[^1]: ")]
    assert line == (
        r"[^1]: `a 'b' c`: [甲\] 乙](<https://www.gov.cn/a?%3Cx%3E>) (2024-01-05, official); "
        r"`data/a.csv`, row 2, title “第一行 第二行 \[x\](y)”"
    )


def test_the_command_writes_markdown_with_a_footnote_for_each_claim_of_a_source(
    loaded: Path,
) -> None:
    said = run("query", "policy/direct-implementers", "--format", "md", "--lang", "zh", cwd=loaded)
    asked = ("query", "policy/direct-implementers", "--format", "json")
    answer = run(*asked, cwd=loaded).json()
    assert said.code == 0
    notes: dict[tuple[str, str], list[dict[str, str]]] = {}
    for one in answer["sources"]:
        notes.setdefault((one["claim"], one["source"]), []).append(one)
    footnotes = re.findall(r"^\[\^(\d+)\]: ", said.out, re.MULTILINE)
    assert footnotes == [str(number) for number in range(1, len(notes) + 1)]
    assert len(table(said.out)) == 1 + len(answer["rows"])
    lines = re.findall(r"^\[\^.*", said.out, re.MULTILINE)
    for (one, *more), line in zip(notes.values(), lines, strict=True):
        assert all(each["document"] in line for each in (one, *more))
        assert ("](<" in line) == (one["rank"] in ("official", "media") and "http" in one["url"])


# Workbooks


def book(answer: Answer, lang: str = "zh", sources: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(answer, QUESTION, lang, sources)))


def test_a_workbook_has_a_sheet_of_rows_and_one_of_sources() -> None:
    found = book(answered(row(), sources=(cited(1), cited(2, quote="原文"))))
    assert found.sheetnames == ["答案", "来源"]
    assert list(found["答案"].iter_rows(values_only=True)) == [
        ("id", "名称", "依据", "另说"),
        ("policy:x", "某办法", "1", None),
        ("没有列出的不在数据中。", None, None, None),
        ("test/x@v3", None, None, None),
    ]
    head, *rows = found["来源"].iter_rows(values_only=True)
    assert head[:4] == ("n", "statement", "claim", "source") and head[-1] == "rank"
    assert [line[0] for line in rows] == [1, 2]
    assert dict(zip(head, rows[1], strict=True))["quote"] == "原文"


def test_without_sources_a_workbook_has_one_sheet() -> None:
    found = book(answered(row(), sources=(cited(),)), "en", sources=False)
    assert found.sheetnames == ["answer"]
    assert [cell.value for cell in found["answer"][1]] == ["id", "name"]


def test_numbers_are_numbers_and_truth_is_truth() -> None:
    found = book(answered(row(many=1200, share=0.15, sure=True, none=None, list=["甲", "乙"])))
    sheet = found["答案"]
    assert [cell.value for cell in sheet[1]][2] == "数量"
    values = [cell.value for cell in sheet[2]][2:7]
    assert values == [1200, 0.15, True, None, "甲; 乙"]
    assert [cell.data_type for cell in sheet[2]][2:5] == ["n", "n", "b"]


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+86", "-", "@甲"])
def test_text_that_looks_like_a_formula_is_text_unchanged(text: str) -> None:
    found = book(answered(row(name=text), sources=(cited(quote=text),)))
    quoted = [cell for cell in found["来源"][2] if cell.value == text]
    for cell in (found["答案"]["B2"], *quoted):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert len(quoted) == 1


def test_what_a_sheet_cannot_hold_does_not_stop_it() -> None:
    found = book(answered(row(name="响铃\x07完"), sources=(cited(quote="\x00空"),)))
    assert found["答案"]["B2"].value == "响铃完"


def test_the_command_writes_a_workbook_to_a_file_only(loaded: Path, tmp_path: Path) -> None:
    asked = ("query", "policy/issuers", "--format", "xlsx")
    ended = run(*asked, cwd=loaded)
    assert ended.code == 2 and "-o NAME.xlsx" in ended.err
    out = tmp_path / "answer.xlsx"
    ended = run(*asked, "-o", out, "--lang", "en", cwd=loaded)
    assert (ended.code, ended.out) == (0, "")
    found = openpyxl.load_workbook(out)
    assert len(found.sheetnames) == 2
    positions = [line[2] for line in found["answer"].iter_rows(2, 18, values_only=True)]
    assert positions == list(range(1, 18))
    asked = ("query", "policy/issuers", "--format", "json")
    cites = len(run(*asked, cwd=loaded).json()["sources"])
    assert found["Sources"].max_row == cites + 1


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
@pytest.mark.parametrize(
    "command",
    [
        ("query", "policy/issuers", "--format", "csv"),
        ("export", "--format", "jsonl"),
        ("export", "--format", "graphml"),
        ("ontology",),
    ],
)
def test_a_device_or_a_pipe_is_written_into_and_stays_one(
    loaded: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A pipe stands for /dev/null, which a replacement would take from the whole machine."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (tmp_path / "read").open("wb") as file:
        reader = subprocess.Popen(["cat", pipe], stdout=file)
        assert run(*command, "-o", pipe, cwd=loaded).code == 0
        assert reader.wait(timeout=30) == 0
    assert (tmp_path / "read").stat().st_size > 100 and pipe.is_fifo()


def test_a_link_to_a_file_stays_a_link(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert run("ontology", "-o", tmp_path / "link", cwd=loaded).code == 0
    assert (tmp_path / "link").is_symlink() and (tmp_path / "file").stat().st_size > 1000
