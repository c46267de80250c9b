"""What of a store goes into an export, read in the order in which it is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

import duckdb

from kg.errors import InputError
from kg.store import Store

COMBINED = "combined"
"""In the place of a source: dates that several sources combine to, and that none states."""

Row = tuple[str, str, str, str, str, str]
"""Source (empty in triples), subject, property, kind, language, value."""


class Load(NamedTuple):
    """A document, and the loader that reads it."""

    document: str
    loader: str
    version: str


class Claim(NamedTuple):
    """A statement: what a row has, and where it comes from."""

    source: str
    subject: str
    property: str
    kind: str
    lang: str
    value: str
    id: str
    document: str
    place: str
    quote: str
    stance: str
    confidence: float | None
    position: int | None
    loader: str
    loader_version: str
    from_earliest: date | None
    from_latest: date | None
    to_earliest: date | None
    to_latest: date | None

    def row(self) -> Row:
        """What it claims."""
        return self[:6]

    def load(self) -> Load:
        """How it was read."""
        return Load(self.document, self.loader, self.loader_version)


STANDING = "status <> 'rejected'"
PREFERRED = "preferred"
HOLDING = "preferred AND id NOT IN (SELECT ended.id FROM ended)"
_BATCH = 2000
MEMORY = ("50MB", "200MB", "2GB")
"""What DuckDB may take for an export; what does not fit is sorted and joined on disk."""
_FRUGAL: Mapping[str, str | int | bool] = {
    "threads": 1,
    "preserve_insertion_order": False,
    "enable_external_file_cache": False,
}
"""One thread keeps the order, and half the memory."""
_EACH = """SET disable_parquet_prefetching = true;
    SET streaming_buffer_size = '500KB';
    SET disabled_optimizers = 'join_order,build_side_probe_side'"""
"""The right side of each join is the one that is kept in memory: the estimates mistake it."""

TRIPLES = """SELECT '' AS source, subject, property, kind, lang, value
    FROM {facts} WHERE {chosen}"""

_SAID = """WITH said AS (
        SELECT s.id, s.source, coalesce(a.canonical, s.subject_key) AS subject,
            s.property, s.kind, s.lang, {more}
            CASE WHEN s.kind = 'link' THEN coalesce(b.canonical, s.value_key) ELSE s.value_key END
                AS value
        FROM {records} s
        LEFT JOIN clusters a ON a.key = s.subject_key
        LEFT JOIN clusters b ON b.key = s.value_key
        WHERE s.type = 'statement' AND {resting}
    )"""
_RESTING = "s.id IN (SELECT unnest(statements) FROM {facts} WHERE {chosen})"
_CLAIMS = (
    _SAID.replace("{resting}", _RESTING).replace(
        "{more}", "".join(f"s.{name}, " for name in Claim._fields[7:])
    )
    + f" SELECT DISTINCT {', '.join(Claim._fields)} FROM said "
    "ORDER BY source, subject, property, value, id, document, place"
)
_LOADS = f"""SELECT DISTINCT document, loader, loader_version FROM {{records}} s
    WHERE type = 'statement' AND {_RESTING} ORDER BY ALL"""
_STANCES = f"""SELECT DISTINCT stance FROM {{records}} s WHERE type = 'statement' AND stance <> ''
    AND {_RESTING}"""
STANDS = "NOT EXISTS (SELECT 1 FROM left_out l WHERE l.id = s.id)"
_SOURCES = f"""SELECT DISTINCT source FROM {{records}} s WHERE type = 'statement' AND {STANDS}
    ORDER BY source"""
_LEFT_OUT = """CREATE TABLE left_out AS SELECT s.id FROM {records} s WHERE s.type = 'statement'
    AND NOT EXISTS (SELECT 1 FROM (
        SELECT unnest(statements) AS id FROM {facts} WHERE status <> 'rejected'
    ) r WHERE r.id = s.id)"""
QUADS = (
    _SAID.replace("{resting}", STANDS).replace("{more}", "")
    + """, combined AS (
        SELECT id, subject, property, kind, lang, value, unnest(statements) AS statement
        FROM {facts} WHERE {chosen} AND kind = 'date' AND len(statements) > 1
    )
    SELECT source, subject, property, kind, lang, value FROM said
    UNION ALL
    SELECT 'combined', c.subject, c.property, c.kind, c.lang, c.value
    FROM {records} s JOIN combined c ON s.type = 'statement' AND s.id = c.statement
    GROUP BY c.id, c.subject, c.property, c.kind, c.lang, c.value
    HAVING bool_and(s.value_key <> c.value)"""
)
"""Through the statements' ids alone, and the ids that judgements give: joining each with its fact
takes twice the time. A date that several sources combine to has at least two statements."""


class Rows:
    """The facts of a store, and the statements that they rest on; `chosen` says which facts.

    `ended` are the ids of those that do not hold, some at a time.

    It reads through a connection of its own, which sorts and joins on disk what takes more than
    `memory`. DuckDB may raise OutOfMemoryException all the same: not everything can be on disk.
    """

    def __init__(
        self,
        store: Store,
        chosen: str,
        memory: str = MEMORY[1],
        ended: Iterable[Sequence[str]] = (),
    ) -> None:
        store.facts()
        self._said = {
            "facts": f"(FROM {store.facts_sql})",
            "records": store.records,
            "chosen": chosen,
        }
        limits = {"memory_limit": memory, "temp_directory": str(store.spill)}
        self._connection = duckdb.connect(config={**_FRUGAL, **limits})
        self._left_out = False
        canonical = store.decisions().canonical
        self._connection.execute(
            """CREATE TABLE clusters AS SELECT unnest($1::VARCHAR[]) AS key,
            unnest($2::VARCHAR[]) AS canonical""",
            [list(canonical), list(canonical.values())],
        )
        self._connection.execute("CREATE TABLE ended (id VARCHAR)")
        for ids in ended:
            self._connection.execute("INSERT INTO ended SELECT unnest($1::VARCHAR[])", [list(ids)])

    def __enter__(self) -> "Rows":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def claims(self) -> Iterator[Claim]:
        """The statements that the facts rest on, by source and subject."""
        return map(Claim._make, self.read(_CLAIMS))

    def stances(self) -> set[str]:
        """The stances that these statements take."""
        return {stance for (stance,) in self.read(_STANCES)}

    def loads(self) -> Iterator[Load]:
        """The loads that these statements come from."""
        return map(Load._make, self.read(_LOADS))

    def sources(self) -> list[str]:
        """The sources of all facts that are not rejected."""
        return [source for (source,) in self.read(_SOURCES)]

    def triples(self) -> Iterator[Row]:
        """The facts, by subject."""
        return self.read(f"{TRIPLES} ORDER BY ALL")

    def read(self, sql: str, *parameters: object) -> Iterator[Any]:
        """The rows of a query over `{facts}`, `{chosen}` and `{records}`."""
        return chain.from_iterable(self.batches(sql, *parameters))

    def batches(self, sql: str, *parameters: object) -> Iterator[list[Any]]:
        """The same, some at a time: no more are in memory."""
        if "left_out" in sql:
            self._leave_out()
        with self._connection.cursor() as cursor:
            cursor.execute(_EACH)
            found = cursor.execute(sql.format(**self._said), parameters or None)
            while batch := found.fetchmany(_BATCH):
                yield batch

    def _leave_out(self) -> None:
        """Find once the few statements that no standing fact rests on, rather than the many."""
        if not self._left_out:
            self._connection.execute(_EACH)
            self._connection.execute(_LEFT_OUT.format(**self._said))
            self._left_out = True

    def refuse(self, row: Row, why: str) -> InputError:
        """The error that a row can't be written, naming the statement that says so."""
        source, subject, name, _, _, value = row
        found = self.read(
            """SELECT id, document, place FROM {records} WHERE type = 'statement'
            AND property = $1 AND value_key = $2 AND $3 IN (source, '', 'combined')
            ORDER BY id LIMIT 1""",
            *(name, value, source),
        )
        statement, document, place = next(found, (subject, source, ""))
        where = f"{document}, {place}" if place else document
        return InputError(f"{where}, {subject} {name}: {why} ({statement}: correct it, load again)")
