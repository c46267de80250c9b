"""Each source's rank, date and origin: as the register says, else as the store was told."""

import duckdb

from kg.register import Register, address
from kg.registered import RANKS
from kg.store.columns import temp_table

_NUMBERS = " ".join(f"WHEN '{name}' THEN {number}" for name, number in RANKS.items())

_LAST_OF = """CREATE OR REPLACE TEMP MACRO last_of(text) AS CASE
    WHEN text LIKE '[%..]' THEN NULL
    WHEN text LIKE '[%' THEN try_cast(substr(text, length(text) - 10, 10) AS DATE)
    WHEN length(text) = 4 THEN try_cast(text || '-12-31' AS DATE)
    WHEN length(text) = 7 THEN last_day(try_cast(text || '-01' AS DATE))
    ELSE try_cast(text AS DATE) END"""

# Of several ranks told the worst counts: a source that anyone calls unreliable carries no more.
# Sources of one page are one, whatever they are called, and so is a copy with what it copies.
_SOURCES = f"""CREATE OR REPLACE TEMP TABLE sources AS
    WITH RECURSIVE told AS (
        SELECT subject_key AS id,
            max(CASE value_key {_NUMBERS} ELSE 3 END) FILTER (property = 'rank') AS rank,
            max(last_of(value_key)) FILTER (property = 'page_date') AS dated,
            max(value_key) FILTER (property = 'copy_of') AS copy_of
        FROM statements WHERE subject_key LIKE 'source:%' GROUP BY subject_key
    ), merged AS (
        SELECT coalesce(l.id, t.id) AS id,
            coalesce(CASE l.rank {_NUMBERS} END, t.rank, 3) AS rank,
            coalesce(try_cast(l.dated AS DATE), t.dated) AS dated,
            coalesce(nullif(l.copy_of, ''), t.copy_of) AS copy_of
        FROM listed l FULL JOIN told t ON t.id = l.id
    ), paged AS (
        SELECT m.*, min(m.id) OVER (PARTITION BY coalesce(p.page, m.id)) AS one
        FROM merged m LEFT JOIN pages p ON p.id = m.id
    ), origins AS (
        SELECT p.one, max(c.one) AS copy_of
        FROM paged p LEFT JOIN paged c ON c.id = p.copy_of GROUP BY p.one
    ), climb AS (
        SELECT one, one AS root, copy_of, 0 AS steps FROM origins
        UNION ALL
        SELECT c.one, m.one, m.copy_of, c.steps + 1
        FROM climb c JOIN origins m ON m.one = c.copy_of WHERE c.steps < 10
    )
    SELECT m.id, arg_max(c.root, c.steps) AS root, any_value(m.dated) AS dated,
        any_value(m.rank) AS rank
    FROM paged m JOIN climb c ON c.one = m.one GROUP BY m.id"""


def make_sources(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Make the table `sources` that `facts.sql` reads, from the register and `statements`."""
    known = list(register.sources.values())
    columns = {
        "id": [one.id for one in known],
        "rank": [one.rank for one in known],
        "dated": [str(one.page.latest or "") if one.page else "" for one in known],
        "copy_of": [one.copy_of for one in known],
    }
    temp_table(con, "listed", columns)
    _make_pages(con, register)
    con.execute(_LAST_OF)
    con.execute(_SOURCES)


def _make_pages(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    """The address of each source as compared, by the register, else as the store was told."""
    rows = con.execute(
        """SELECT subject_key, min(value_key) FROM statements
        WHERE property = 'url' AND subject_key LIKE 'source:%' GROUP BY subject_key"""
    ).fetchall()
    urls = dict(rows) | {one.id: one.url for one in register.sources.values() if one.url}
    pages = {key: address(url) for key, url in urls.items()}
    temp_table(con, "pages", {"id": list(pages), "page": list(pages.values())})
