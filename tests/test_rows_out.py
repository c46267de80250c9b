"""`kg cypher` writes its rows in every format; a full disk for what is half done is one line."""

import re
from pathlib import Path

import openpyxl
import pytest

from kg.cli.report import rows_markdown, rows_workbook
from kg.graph import Rows
from tests.commands import run
from tests.disks import small_disk

FOUND = Rows(("p.name", "a|b", "n"), (("甲*乙", {"id": "policy:p"}, 2.0), (None, ["x", "y"], 1.5)))


def test_rows_are_a_table_of_markdown_with_nothing_in_them_read_as_a_sign() -> None:
    assert rows_markdown(FOUND).splitlines() == [
        "| p.name | a\\|b | n |",
        "| --- | --- | --- |",
        '| 甲\\*乙 | {"id": "policy:p"} | 2 |',
        "|  | x; y | 1.5 |",
    ]


def test_rows_are_a_workbook_whose_numbers_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    path.write_bytes(rows_workbook(FOUND, "en"))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["answer"]
    assert list(book["answer"].values) == [
        ("p.name", "a|b", "n"),
        ("甲*乙", '{"id": "policy:p"}', 2),
        (None, "x; y", 1.5),
    ]


def test_the_command_writes_rows_as_markdown_and_as_a_workbook(
    loaded: Path, tmp_path: Path
) -> None:
    asked = ("cypher", "MATCH (p:Policy {id: 'policy:p20'}) RETURN p.dated AS dated, 1 AS n")
    store = ("--store", str(loaded / ".kg"))
    shown = run(*asked, "--format", "md", *store, cwd=tmp_path)
    assert shown.out == "| dated | n |\n| --- | --- |\n| 2022-12-02 | 1 |\n"
    refused = run(*asked, "--format", "xlsx", *store, cwd=tmp_path)
    assert (refused.code, refused.err.count("\n")) == (2, 1) and "-o NAME.xlsx" in refused.err
    assert run(*asked, "--format", "xlsx", "-o", "r.xlsx", *store, cwd=tmp_path).code == 0
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert list(book.worksheets[0].values) == [("dated", "n"), ("2022-12-02", 1)]


@pytest.mark.parametrize("asked", [("cypher", "MATCH (a)-[r]->(b) RETURN a.name, r.fact, b.name")])
def test_a_full_disk_for_half_done_sheets_is_one_line(
    loaded: Path, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    with small_disk(tmp_path / "disk", "16k") as disk:
        ended = run(
            *asked, "--format", "xlsx", "-o", "r.xlsx", "--store", str(loaded / ".kg"),
            cwd=tmp_path, env={"TMPDIR": str(disk)},
        )  # fmt: skip
    said = re.fullmatch(r"kg: (.+): can't be written: No space left on device \(.+\)\n", ended.err)
    assert ended.code == 1 and said and said[1] == str(tmp_path / "disk")
    assert not (tmp_path / "r.xlsx").exists()
