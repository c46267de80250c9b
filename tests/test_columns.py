"""DuckDB kept to little memory, and given more where that is not enough."""

import duckdb
import pytest

from kg.store import columns
from kg.store.columns import roomy, streamed, temp_table

SORTED = "SELECT md5(range::VARCHAR) AS text FROM range(300000) ORDER BY text"


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 2})


def test_a_query_that_does_not_fit_into_little_memory_is_answered_in_more(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    con.execute("SET temp_directory = ''; SET memory_limit = '2MB'")
    with pytest.raises(duckdb.OutOfMemoryException):
        con.execute(SORTED)
    monkeypatch.setattr(columns, "MEMORY", ("2MB", "500MB"))
    rows = [text for (text,) in streamed(con, SORTED)]
    assert len(rows) == 300_000 and rows == sorted(rows)


def test_what_fits_into_no_memory_is_said(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    con.execute("SET temp_directory = ''")
    monkeypatch.setattr(columns, "MEMORY", ("2MB", "3MB"))
    with pytest.raises(duckdb.OutOfMemoryException):
        roomy(con, lambda: con.execute(SORTED))


def test_only_a_shared_table_is_seen_by_cursors(con: duckdb.DuckDBPyConnection) -> None:
    temp_table(con, "own", {"id": ["a"]})
    temp_table(con, "everyones", {"id": ["a"]}, shared=True)
    assert con.cursor().execute("FROM everyones").fetchall() == [("a",)]
    with pytest.raises(duckdb.CatalogException):
        con.cursor().execute("FROM own")
