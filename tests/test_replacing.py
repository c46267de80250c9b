"""A document replaces what it said: what a row less, more or elsewhere changes."""

import shutil
from pathlib import Path

import pytest

from tests.stores import (
    FACTS,
    P1,
    P2,
    SOURCES,
    Shipped,
    policies,
    put,
    query,
    write,
)


@pytest.mark.parametrize("name", ["rel_shareholder_of.csv", "rel_supports.csv"])
def test_one_row_less_in_a_source_is_one_statement_less(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(FACTS, tmp_path / "facts")
    put(tmp_path, folder)
    rows = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / name).write_text("".join(rows[:2] + rows[3:]), encoding="utf-8")
    change = put(tmp_path, folder).change
    assert (change.added, change.removed) == (0, 1)
    # the rows below moved up by one, which is another place of the same claim
    assert (change.changed, change.version) == (len(rows) - 3, "v2")


def test_one_row_less_in_a_checkout_is_one_statement_less(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(SOURCES, checkout / "sources")
    write(checkout / "kg" / "facts.sql", "SELECT 1")
    put(tmp_path, checkout / "sources")
    path = checkout / "sources" / "facts" / "rel_implements.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(rows[:-1]), encoding="utf-8")
    change = put(tmp_path, checkout / "sources").change
    assert (change.added, change.removed, change.changed, change.version) == (0, 1, 0, "v2")


def test_a_checkout_of_the_sources_and_the_shipped_ones_are_the_same_documents(
    tmp_path: Path, shipped: Shipped
) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(SOURCES, checkout / "sources")
    write(checkout / "kg" / "facts.sql", "SELECT 1")
    shutil.copytree(shipped[0] / ".kg", tmp_path / ".kg")
    report = put(tmp_path, checkout / "sources")
    assert (report.version, report.change.added, report.gone) == ("v1", 0, [])


def test_a_row_inserted_at_the_top_changes_no_other_statement(tmp_path: Path) -> None:
    path = policies(tmp_path, P1)
    put(tmp_path, path)
    ids = "SELECT id FROM records WHERE subject_key = 'policy:one'"
    before = query(tmp_path, ids)
    change = put(tmp_path, policies(tmp_path, P2, P1)).change
    assert set(before) == set(query(tmp_path, ids))
    assert (change.removed, change.changed) == (0, 2)


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [("confidence", "stated", "inferred"), ("evidence", "原话", "另一句")],
)
def test_another_stance_or_quote_changes_a_statement_and_its_version(
    tmp_path: Path, column: str, before: str, after: str
) -> None:
    head = f"policy_id,title,{column}"
    put(tmp_path, write(tmp_path / "p.csv", f"{head}\npolicy:one,第一号文件,{before}"))
    report = put(tmp_path, write(tmp_path / "p.csv", f"{head}\npolicy:one,第一号文件,{after}"))
    change = report.change
    assert (change.added, change.removed, change.changed, change.kept) == (0, 0, 1, 0)
    assert report.version == "v2"


def test_what_rows_say_on_the_side_counts_its_places_too(tmp_path: Path) -> None:
    head = "机构名称,地区,揭牌日期,前身,来源,来源日期"
    rows = [
        f"湖南第{number}局,湖南,2024-01-0{number},湖南某旧局,http://new.example/,2024-02-01"
        for number in range(1, 5)
    ]
    put(tmp_path, write(tmp_path / "t.csv", "\n".join((head, *rows))))
    found = query(
        tmp_path,
        """SELECT property, value_key, place, places FROM records
        WHERE property = 'url' OR property = 'page_date'
            OR (property = 'name' AND value_key = '湖南某旧局') ORDER BY 1""",
    )
    assert found == [
        ("name", "湖南某旧局", "row 2, 前身", 4),
        ("page_date", "2024-02-01", "row 2", 4),
        ("url", "http://new.example/", "row 2", 4),
    ]


def test_every_cell_of_a_row_is_said_by_the_source_that_the_row_cites(tmp_path: Path) -> None:
    head = "机构名称,地区,揭牌日期,来源,来源日期"
    rows = (
        "甲数据局,湖南,2024-01-01,http://new.example/a,2024-02-01",
        "乙数据局,湖南,2024-01-02,http://new.example/b,2024-02-01",
        "丙数据局,湖南,2024-01-03,,",
    )
    put(tmp_path, write(tmp_path / "t.csv", "\n".join((head, *rows))))
    found = query(
        tmp_path,
        """SELECT regexp_extract(place, 'row [0-9]'), count(*), count(DISTINCT source)
        FROM records WHERE type = 'statement' AND subject_key LIKE 'agency:%'
        GROUP BY 1 ORDER BY 1""",
    )
    assert found == [("row 2", 3, 1), ("row 3", 3, 1), ("row 4", 3, 1)]
    told = query(
        tmp_path, "SELECT DISTINCT source FROM records WHERE property IN ('url', 'page_date')"
    )
    own = query(tmp_path, "SELECT DISTINCT source FROM records WHERE place LIKE 'row 4%'")
    assert told == own and str(own[0][0]).startswith("document:")


def test_the_same_claim_at_several_places_is_one_statement(tmp_path: Path) -> None:
    report = put(tmp_path, policies(tmp_path, P1, P1, P1))
    rows = query(
        tmp_path,
        "SELECT place, places FROM records WHERE property = 'name' AND subject_key = 'policy:one'",
    )
    assert rows == [("row 2, title", 3)]
    counted = query(tmp_path, "SELECT statements FROM records WHERE type = 'document'")
    assert counted == [(report.total,)] == [(report.statements,)]
