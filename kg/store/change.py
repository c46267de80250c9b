"""What a load changes, found before anything is written, and written as one commit."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import arro3.core as arrow
import duckdb

from kg.errors import StoreError
from kg.statement import Problem
from kg.store.columns import COLUMNS, KINDS, nothing, sql_type
from kg.store.table import FORMAT, Outrun, Version

if TYPE_CHECKING:
    from kg.store import Store

_TRIES = 30
_READ = 4_096
_BATCH = 1_024


@dataclass(frozen=True)
class Change:
    """How many statements came, went, changed place or wording, stayed; the store after it."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    kept: int = 0
    total: int = 0
    version: str = "v0"


def commit(store: "Store", read: Sequence[str], gone: Sequence[str], *, write: bool) -> Change:
    """Put what is staged in the place of its documents; nothing changed, no new version.

    Where another load is faster, everything is compared again with what it stored.
    """
    con = store.connection
    _incoming(con)
    for _ in range(_TRIES):
        before = store.refresh() if store.exists() else None
        _present(con, before, [*read, *gone])
        change, differs = _compare(con, before)
        if not write or not differs:
            return change
        try:
            number = store.table.replace(
                _rows(con),
                [*read, *gone],
                before,
                {name: getattr(change, name) for name in ("added", "removed", "changed")},
                json.dumps({"documents": list(read), "gone": list(gone)}, ensure_ascii=False),
            )
        except Outrun:
            continue
        _mark(store)
        store.table.tidy()
        store.refresh()
        return replace(change, version=f"v{number}")
    raise StoreError(f"other loads kept changing {store.folder}: try again")


def _mark(store: "Store") -> None:
    """Say in the folder what it is, and for which kg."""
    note = store.folder / "kg.json"
    if not note.is_file():
        made = store.folder / f".kg.json.{os.getpid()}"
        made.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
        made.replace(note)


def _incoming(con: duckdb.DuckDBPyConnection) -> None:
    """Staged rows without repetition: the first place stands, and how many there were."""
    con.execute(
        """CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT id, min(seen) AS first, sum(places)::INTEGER AS total
        FROM staged_statement GROUP BY id HAVING count(*) > 1"""
    )
    # a view, so that the rows themselves are neither copied nor sorted
    con.execute(
        """CREATE OR REPLACE TEMP VIEW incoming_statement AS
        SELECT s.* REPLACE (coalesce(r.total, s.places) AS places)
        FROM staged_statement s LEFT JOIN repeated r ON r.id = s.id
        WHERE r.id IS NULL OR s.seen = r.first"""
    )
    for kind in ("problem", "judgement", "document"):
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE incoming_{kind} AS
            SELECT DISTINCT * EXCLUDE (seen) FROM staged_{kind}"""
        )
    con.execute(
        """UPDATE incoming_document SET statements = coalesce((
            SELECT count(*) FROM incoming_statement s
            WHERE s.document = incoming_document.document
        ), 0)"""
    )


def _present(
    con: duckdb.DuckDBPyConnection, before: Version | None, documents: Sequence[str]
) -> None:
    """What the store now says of these documents, as `present`."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE replaced AS SELECT unnest($1) AS name", [list(documents)]
    )
    if before is None:
        con.execute(f"CREATE OR REPLACE TEMP VIEW records AS FROM {nothing()}")
    con.execute(
        """CREATE OR REPLACE TEMP VIEW present AS
        SELECT * FROM records WHERE document IN (SELECT name FROM replaced)"""
    )


def _compare(con: duckdb.DuckDBPyConnection, before: Version | None) -> tuple[Change, bool]:
    """The counts, and whether anything at all differs."""
    rows = con.execute(
        """SELECT count(*) FILTER (old IS NULL), count(*) FILTER (new IS NULL),
            count(*) FILTER (old = new AND moved), count(*) FILTER (old = new AND NOT moved)
        FROM (
            SELECT n.id AS new, o.id AS old,
                (n.place, n.places, n.quote, n.stance, n.confidence)
                IS DISTINCT FROM (o.place, o.places, o.quote, o.stance, o.confidence) AS moved
            FROM incoming_statement n
            FULL JOIN (FROM present WHERE type = 'statement') o ON o.id = n.id
        )"""
    ).fetchall()
    added, removed, changed, kept = rows[0]
    total = _count(con, "SELECT count(*) FROM records WHERE type = 'statement'") + added - removed
    version = str(before) if before else "v0"
    change = Change(added, removed, changed, kept, total, version)
    return change, bool(added or removed or changed or _rest_differs(con))


def _rest_differs(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether documents, problems or judgements differ; the time of loading does not count."""
    for kind in ("document", "problem", "judgement"):
        names = ", ".join(f'"{name}"' for name in KINDS[kind] if name != "loaded")
        new = f"SELECT {names} FROM incoming_{kind}"
        old = f"SELECT {names} FROM present WHERE type = '{kind}'"
        if _count(
            con, f"SELECT count(*) FROM (({new} EXCEPT {old}) UNION ALL ({old} EXCEPT {new}))"
        ):
            return True
    return False


def _count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    # a result that is not fetched to its end would block the connection
    return int(con.execute(sql).fetchall()[0][0])


def _columns(kind: str) -> str:
    """A kind's rows in the table's columns."""
    own = KINDS[kind]
    said = [
        f'"{name}"' if name in own else f'NULL::{sql_type(name)} AS "{name}"'
        for name in COLUMNS[1:]
    ]
    return f"SELECT '{kind}' AS type, {', '.join(said)} FROM incoming_{kind}"


def _rows(con: duckdb.DuckDBPyConnection) -> arrow.RecordBatchReader:
    """All that is staged, document by document, so that a file of the table holds few documents.

    In small batches: the table's writer keeps several of them, and DuckDB's own are huge.
    """
    none = arrow.Table.from_arrow(con.sql(f"{_columns('statement')} LIMIT 0"))
    return arrow.RecordBatchReader.from_batches(none.schema, _batches(con))


def _batches(con: duckdb.DuckDBPyConnection) -> Iterator[arrow.RecordBatch]:
    for kind in KINDS:
        # what is staged keeps its numbers; the other kinds were copied without repetition
        number = "seen" if kind == "statement" else "rowid"
        last = _count(con, f"SELECT coalesce(max({number}), -1) FROM incoming_{kind}")
        for first in range(0, last + 1, _READ):
            some = con.sql(
                f"{_columns(kind)} WHERE {number} >= {first} AND {number} < {first + _READ}"
            )
            for batch in arrow.Table.from_arrow(some).to_batches():
                for at in range(0, batch.num_rows, _BATCH):
                    yield batch.slice(at, min(_BATCH, batch.num_rows - at))


def dangling(store: "Store", documents: Sequence[str], kept: Sequence[str]) -> list[Problem]:
    """References to nothing: ids that neither the register knows nor any statement describes.

    Such a statement is kept and waits; it joins the facts when its thing is described. Looked for
    in what is staged, in the place of `documents`, and in the documents `kept` as they were.
    """
    con = store.connection
    _present(con, store.version if store.exists() else None, documents)
    known = [*store.register.official, *store.register.sources]
    con.execute("CREATE OR REPLACE TEMP TABLE registered AS SELECT unnest($1) AS id", [known])
    rows = con.execute(
        """WITH judged AS (
            SELECT a FROM records WHERE type = 'judgement' AND list_contains($1, document)
        ), described AS (
            SELECT id FROM registered
            UNION SELECT subject_key FROM staged_statement WHERE kind <> 'link'
            UNION SELECT subject_key FROM records WHERE type = 'statement' AND kind <> 'link'
                AND document NOT IN (SELECT name FROM replaced)
            UNION SELECT id FROM staged_statement
            WHERE id IN (SELECT a FROM staged_judgement UNION SELECT a FROM judged)
            UNION SELECT id FROM records WHERE type = 'statement'
                AND document NOT IN (SELECT name FROM replaced)
                AND id IN (SELECT a FROM staged_judgement UNION SELECT a FROM judged)
        ), ends AS (
            SELECT document, place, seen, unnest([subject_key, value_key]) AS id
            FROM staged_statement WHERE kind = 'link'
            UNION ALL
            SELECT document, place, 0, unnest([subject_key, value_key]) FROM records
            WHERE type = 'statement' AND kind = 'link' AND list_contains($1, document)
            UNION ALL
            SELECT document, place, seen, unnest(CASE b WHEN '' THEN [a] ELSE [a, b] END)
            FROM staged_judgement
            UNION ALL
            SELECT document, place, 0, unnest(CASE b WHEN '' THEN [a] ELSE [a, b] END)
            FROM records WHERE type = 'judgement' AND list_contains($1, document)
        )
        SELECT DISTINCT document, place, id, seen FROM ends
        WHERE id NOT LIKE 'review:%' AND id NOT LIKE 'document:%'
            AND id NOT IN (SELECT id FROM described)
        ORDER BY document, seen, place, id""",
        [list(kept)],
    ).fetchall()
    return [_dangling(*row[:3]) for row in rows]


def _dangling(document: str, place: str, key: str) -> Problem:
    row, _, column = place.partition(", ")
    remedy = "load a table that describes it, or correct the id"
    return Problem(document, row, column, key, f"refers to nothing: {key}", remedy)
