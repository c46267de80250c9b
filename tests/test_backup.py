"""Everything in a store as JSON Lines, and back again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from tests.stores import P1, P2, export, policies, put, query, write


def test_json_lines_come_back_exactly_into_an_empty_store(
    tmp_path: Path, copied: Callable[[], Path]
) -> None:
    home = copied()
    before = export(home)
    (tmp_path / "backup.jsonl").write_text(before, encoding="utf-8")
    report = put(tmp_path / "b", tmp_path / "backup.jsonl")
    assert export(tmp_path / "b") == before
    assert (report.change.added, report.version) == (before.count('{"type":"statement"'), "v1")
    assert put(home, tmp_path / "backup.jsonl").version == "v1"


def test_json_lines_hold_every_field_of_a_statement(tmp_path: Path) -> None:
    put(tmp_path, policies(tmp_path, P1))
    rows = [json.loads(line) for line in export(tmp_path).splitlines()]
    kinds = {row["type"] for row in rows}
    said = next(row for row in rows if row.get("property") == "dated")
    assert kinds == {"document", "statement"}
    fields = """id class subject subject_key subject_name property value value_key original kind
        lang
        from_earliest from_latest to_earliest to_latest document place places position source quote
        stance confidence loader loader_version value_name valid_from valid_to"""
    assert set(fields.split()) <= set(said)
    assert (said["value"], said["place"], said["source"]) == (
        "2024-01-05",
        "row 2, issued_on",
        "source:madis",
    )


def test_a_cut_off_backup_stores_nothing(tmp_path: Path) -> None:
    put(tmp_path / "a", policies(tmp_path, P1, P2))
    text = export(tmp_path / "a")
    backup = tmp_path / "backup.jsonl"
    backup.write_text(text[: len(text) * 2 // 3], encoding="utf-8")
    other = policies(tmp_path, P2, name="other/policies.csv")
    report = put(tmp_path / "b", backup, other)
    assert "backup.jsonl, line" in report.failed[0] and "not JSON" in report.failed[0]
    subjects = query(tmp_path / "b", "SELECT DISTINCT subject_key FROM records WHERE kind = 'text'")
    assert subjects == [("policy:two",)]


def test_a_backup_whose_document_is_missing_from_it_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "a", policies(tmp_path, P1))
    rows = export(tmp_path / "a").splitlines(keepends=True)
    backup = tmp_path / "backup.jsonl"
    backup.write_text("".join([rows[0].replace("policies", "elsewhere"), *rows[1:]]), "utf-8")
    with pytest.raises(InputError, match=r"backup.jsonl, line 2: no document '../data/pol"):
        put(tmp_path / "b", backup)


def test_half_of_a_character_in_a_backup_is_told_with_its_line(tmp_path: Path) -> None:
    put(tmp_path, policies(tmp_path, P1))
    lines = export(tmp_path).replace("第一号文件", "第一号\\ud83d").splitlines()
    backup = write(tmp_path / "new" / "b.jsonl", "\n".join(lines))
    with pytest.raises(InputError, match=r"b\.jsonl, line \d+: half of a character"):
        put(tmp_path / "new", backup)
