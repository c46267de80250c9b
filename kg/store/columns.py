"""The columns of the store's table, and records gathered into them without a row loop in SQL."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

import arro3.core as arrow
import duckdb

from kg.statement import Judgement, Problem, Record, Statement, field_names

_TEXT = "VARCHAR"
_TYPES = {
    "from_earliest": "DATE",
    "from_latest": "DATE",
    "to_earliest": "DATE",
    "to_latest": "DATE",
    "places": "INTEGER",
    "position": "INTEGER",
    "confidence": "DOUBLE",
    "statements": "BIGINT",
}
_ARROW = {
    _TEXT: arrow.DataType.string(),
    "DATE": arrow.DataType.int32(),
    "INTEGER": arrow.DataType.int32(),
    "DOUBLE": arrow.DataType.float64(),
    "BIGINT": arrow.DataType.int64(),
    "BOOLEAN": arrow.DataType.bool(),
}
DOCUMENT = ("document", "sha256", "loader", "loader_version", "register", "loaded", "statements")
KINDS: dict[str, tuple[str, ...]] = {
    "statement": field_names(Statement),
    "problem": ("id", *field_names(Problem)),
    "judgement": field_names(Judgement),
    "document": DOCUMENT,
}
COLUMNS = ("type", *dict.fromkeys(name for names in KINDS.values() for name in names))
MEMORY = ("80MB", "150MB", "500MB", "2GB")
"""What DuckDB may hold in memory; what does not fit spills, but not all of it can."""

Found = TypeVar("Found")
_BATCH = 5_000
_EPOCH = date(1970, 1, 1).toordinal()


def sql_type(column: str) -> str:
    """The SQL type of a column."""
    return _TYPES.get(column, _TEXT)


def nothing() -> str:
    """SQL for the table without a row."""
    declared = ", ".join(f'NULL::{sql_type(name)} AS "{name}"' for name in COLUMNS)
    return f"(SELECT {declared} LIMIT 0)"


def rows_of(files: Sequence[str]) -> str:
    """SQL that reads the rows of a version's files."""
    listed = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
    return f"read_parquet([{listed}])" if files else nothing()


def temp_table(
    con: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, list[Any]],
    *,
    shared: bool = False,
) -> None:
    """A temporary table from lists of texts; one of truths where a list holds these.

    A `shared` one is seen by cursors, too.
    """
    arrays = {
        column: arrow.Array(
            values,
            type=_ARROW["BOOLEAN" if any(isinstance(one, bool) for one in values) else _TEXT],
        )
        for column, values in columns.items()
    }
    con.register("given", arrow.Table.from_arrays(list(arrays.values()), names=list(arrays)))
    con.execute(f"CREATE OR REPLACE {'' if shared else 'TEMP'} TABLE {name} AS FROM given")
    con.unregister("given")


def roomy(con: duckdb.DuckDBPyConnection, work: Callable[[], Found]) -> Found:
    """The outcome of some work, done in little memory, and again in more where it does not fit."""
    for limit in MEMORY[:-1]:
        con.execute(f"SET memory_limit = '{limit}'")
        with suppress(duckdb.OutOfMemoryException):
            return work()
    con.execute(f"SET memory_limit = '{MEMORY[-1]}'")
    return work()


def streamed(
    con: duckdb.DuckDBPyConnection, query: str, *, little: bool = True
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query by a cursor of its own; in `little` memory where that does."""
    cursor = con.cursor()
    if little:
        roomy(cursor, lambda: cursor.execute(query))
    else:
        cursor.execute(query)
    while rows := cursor.fetchmany(5_000):
        yield from rows


class Staging:
    """Records on their way into the store, kept in DuckDB, so that memory stays bounded."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._waiting: dict[str, list[tuple[object, ...]]] = {kind: [] for kind in KINDS}
        self._seen = 0
        # a second thread would hold as much again and win no time: rows come one by one
        connection.execute(f"SET memory_limit = '{MEMORY[0]}'; SET threads = 1")
        for kind, names in KINDS.items():
            declared = ", ".join(f'"{name}" {sql_type(name)}' for name in names)
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE staged_{kind} (seen BIGINT, {declared})"
            )

    def add(self, records: Iterable[Record]) -> int:
        """Take records in; how many statements there were among them."""
        statements = 0
        for record in records:
            self._seen += 1
            if isinstance(record, Statement):
                statements += 1
                self._add("statement", record)
            elif isinstance(record, Problem):
                self._add("problem", (record.id, *record))
            else:
                self._add("judgement", record)
        return statements

    def document(self, *row: object) -> None:
        """Take in the row of one document: the values of `DOCUMENT`."""
        self.row("document", row)

    def _add(self, kind: str, row: tuple[object, ...]) -> None:
        waiting = self._waiting[kind]
        waiting.append((self._seen, *row))
        if len(waiting) >= _BATCH:
            self._flush(kind)

    @property
    def mark(self) -> int:
        """How far staging has come, for `forget`."""
        return self._seen

    def forget(self, mark: int) -> None:
        """Take back all that came after a mark, as when a document can't be read to its end."""
        self.flush()
        for kind in KINDS:
            self._connection.execute(f"DELETE FROM staged_{kind} WHERE seen > $1", [mark])

    def row(self, kind: str, row: tuple[object, ...]) -> None:
        """Take in one row of a kind: the values of its columns."""
        self._seen += 1
        self._add(kind, row)

    def flush(self) -> None:
        """Bring everything that still waits into DuckDB."""
        for kind in KINDS:
            self._flush(kind)

    def _flush(self, kind: str) -> None:
        waiting, self._waiting[kind] = self._waiting[kind], []
        if not waiting:
            return
        columns = zip(("seen", *KINDS[kind]), zip(*waiting, strict=True), strict=True)
        batch = arrow.Table.from_pydict({name: _array(name, column) for name, column in columns})
        self._connection.register("batch", batch)
        self._connection.execute(f"INSERT INTO staged_{kind} SELECT {_selected(kind)} FROM batch")
        self._connection.unregister("batch")


def _array(name: str, column: Sequence[Any]) -> arrow.Array:
    """A column as Arrow holds it; a date as its day's number, which is read back as a date."""
    kind = "BIGINT" if name == "seen" else sql_type(name)
    if kind == "DATE":
        column = [day.toordinal() - _EPOCH if day else None for day in column]
    return arrow.Array(list(column), type=_ARROW[kind])


def _selected(kind: str) -> str:
    """The columns of a batch, its day numbers made dates."""
    said = (
        f"DATE '1970-01-01' + \"{name}\"" if sql_type(name) == "DATE" else f'"{name}"'
        for name in KINDS[kind]
    )
    return ", ".join(("seen", *said))
