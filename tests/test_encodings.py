"""How files of text may be encoded, and what is said of those that can't be read."""

import codecs
from pathlib import Path

import pytest

from kg.text import has_han
from loaders.encoding import encoding_of
from tests.stores import put, query

ROWS = "机构名称\t揭牌日期\n火星数据局\t2024-01-05\n"
OLD = "機構名稱,揭牌日期\n火星資料局,2024-01-05\n"


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16_that_says_so_is_read(tmp_path: Path, mark: bytes) -> None:
    name = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    for path, text in (("t.csv", ROWS), ("t.jsonl", '{"type": "agency", "name": "金星数据局"}\n')):
        (tmp_path / path).write_bytes(mark + text.encode(name))
    report = put(tmp_path, tmp_path / "t.csv", tmp_path / "t.jsonl")
    assert (report.faults, report.failed) == ([], [])
    found = "SELECT value_key FROM records WHERE property = 'name' ORDER BY 1"
    assert query(tmp_path, found) == [("火星数据局",), ("金星数据局",)]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        (
            "t.csv",
            ROWS.encode("utf-16-le"),
            "t.csv: not text but binary data, or UTF-16 without a mark; save it as UTF-8",
        ),
        (
            "t.csv",
            ROWS.encode("utf-16-be"),
            "t.csv: not text but binary data, or UTF-16 without a mark; save it as UTF-8",
        ),
        ("t.csv", OLD.encode("big5"), "t.csv: Big5, as it seems; save it as UTF-8"),
        (
            "t.jsonl",
            '{"type": "agency", "name": "資料管理局", "別稱": "火星資料局"}\n'.encode("big5"),
            "t.jsonl: Big5, as it seems; save it as UTF-8",
        ),
        (
            "t.xls",
            codecs.decode("d0cf11e0a1b11ae1", "hex") + b"\0" * 100,
            "t.xls: not text but an old workbook (.xls), or a locked one: save it as .xlsx, ",
        ),
        (
            "t.csv",
            b"PK\x03\x04" + b"\0" * 100,
            "t.csv: not text but a workbook or an archive: a workbook's name ends in .xlsx",
        ),
        ("t.csv", b"%PDF-1.7\n", "t.csv: not text but a PDF: save its tables as .xlsx or .csv"),
        ("t.csv", b"a,b\nc,\x00\n", "t.csv: not text but binary data, or UTF-16 without a mark; "),
        ("t.csv", b"a,b\nc,d\x00e\n", "t.csv: not text but binary data"),
        ("t.csv", codecs.BOM_UTF16_LE + b"\x00\xd8", "t.csv: neither UTF-8 nor GB18030"),
    ],
)
def test_what_is_no_text_that_can_be_told_is_one_helpful_line(
    tmp_path: Path, name: str, content: bytes, error: str
) -> None:
    (tmp_path / name).write_bytes(content)
    good = tmp_path / "good.csv"
    good.write_text("机构名称\n金星数据局\n", encoding="utf-8")
    (failed,) = put(tmp_path, tmp_path / name, good).failed
    assert failed.startswith(error) and "\n" not in failed


@pytest.mark.parametrize("text", [ROWS * 3, OLD * 3, "«»éü,a\n" * 9])
def test_gb18030_is_not_taken_for_big5(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_bytes(text.encode("gb18030"))
    assert encoding_of(tmp_path / "t.csv") == "gb18030"


def test_names_in_big5_would_else_be_read_as_other_signs() -> None:
    assert has_han(OLD.encode("big5").decode("gb18030"))
