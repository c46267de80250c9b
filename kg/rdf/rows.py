"""What of a store goes into an export, read in the order in which it is written."""

from collections.abc import Iterator, Mapping
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
_VALID = """ AND (to_latest IS NULL OR to_latest >= DATE '{0}')
    AND (from_earliest IS NULL OR from_earliest <= DATE '{0}')"""
_BATCH = 2000
_FRUGAL: Mapping[str, str | int | bool] = {
    "threads": 2,
    "memory_limit": "150MB",
    "preserve_insertion_order": False,
}

_TRIPLES = """SELECT '' AS source, subject, property, kind, lang, value
    FROM {facts} WHERE {chosen} ORDER BY ALL"""

_SAID = """WITH resting AS (SELECT unnest(statements) AS id FROM {facts} WHERE {chosen}),
    said AS (
        SELECT s.id, s.source, coalesce(a.canonical, s.subject_key) AS subject,
            s.property, s.kind, s.lang, {more}
            CASE WHEN s.kind = 'link' THEN coalesce(b.canonical, s.value_key) ELSE s.value_key END
                AS value
        FROM {records} s
        LEFT JOIN clusters a ON a.key = s.subject_key
        LEFT JOIN clusters b ON b.key = s.value_key
        WHERE s.type = 'statement' AND s.id IN (SELECT id FROM resting)
    )"""
_CLAIMS = (
    _SAID.replace("{more}", "".join(f"s.{name}, " for name in Claim._fields[7:]))
    + f" SELECT DISTINCT {', '.join(Claim._fields)} FROM said "
    "ORDER BY source, subject, property, value, id, document, place"
)
_LOADS = """SELECT DISTINCT document, loader, loader_version FROM {records}
    WHERE type = 'statement' AND id IN (SELECT unnest(statements) FROM {facts} WHERE {chosen})
    ORDER BY ALL"""
_STANCES = """SELECT DISTINCT stance FROM {records} WHERE type = 'statement' AND stance <> ''
    AND id IN (SELECT unnest(statements) FROM {facts} WHERE {chosen})"""
_QUADS = (
    _SAID.replace("{more}", "")
    + """, combined AS (
        SELECT id, subject, property, kind, lang, value, unnest(statements) AS statement
        FROM {facts} WHERE {chosen} AND kind = 'date' AND len(statements) > 1
    )
    SELECT source, subject, property, kind, lang, value FROM said
    UNION ALL
    SELECT 'combined', c.subject, c.property, c.kind, c.lang, c.value
    FROM combined c JOIN {records} s ON s.type = 'statement' AND s.id = c.statement
    GROUP BY c.id, c.subject, c.property, c.kind, c.lang, c.value
    HAVING bool_and(s.value_key <> c.value)
    ORDER BY ALL"""
)
"""Through the statements' ids alone, and the ids that judgements give: joining each with its fact
takes twice the time. A date that several sources combine to has at least two statements."""


def current(day: date) -> str:
    """The choice of the preferred facts that hold on a day, as far as is known."""
    return PREFERRED + _VALID.format(day.isoformat())


class Rows:
    """The facts of a store, and the statements that they rest on; `chosen` says which facts.

    It reads through a connection of its own, which sorts on disk what takes more than 150 MB.
    """

    def __init__(self, store: Store, chosen: str) -> None:
        store.facts()
        self._said = {
            "facts": f"(FROM {store.facts_sql})",
            "records": store.records,
            "chosen": chosen,
        }
        spill = {"temp_directory": str(store.spill)}
        self._connection = duckdb.connect(config={**_FRUGAL, **spill})
        canonical = store.decisions().canonical
        self._connection.execute(
            """CREATE TABLE clusters AS SELECT unnest($1::VARCHAR[]) AS key,
            unnest($2::VARCHAR[]) AS canonical""",
            [list(canonical), list(canonical.values())],
        )

    def __enter__(self) -> "Rows":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def quads(self) -> Iterator[Row]:
        """The facts, each as each of its sources states it, by source and subject."""
        return self.read(_QUADS)

    def claims(self) -> Iterator[Claim]:
        """The statements that the facts rest on, by source and subject."""
        return map(Claim._make, self.read(_CLAIMS))

    def stances(self) -> set[str]:
        """The stances that these statements take."""
        return {stance for (stance,) in self.read(_STANCES)}

    def loads(self) -> Iterator[Load]:
        """The loads that these statements come from."""
        return map(Load._make, self.read(_LOADS))

    def triples(self) -> Iterator[Row]:
        """The facts, by subject."""
        return self.read(_TRIPLES)

    def read(self, sql: str, *parameters: object) -> Iterator[Any]:
        """The rows of a query over `{facts}`, `{chosen}` and `{records}`."""
        return chain.from_iterable(self.batches(sql, *parameters))

    def batches(self, sql: str, *parameters: object) -> Iterator[list[Any]]:
        """The same, some at a time: no more are in memory."""
        with self._connection.cursor() as cursor:
            found = cursor.execute(sql.format(**self._said), parameters or None)
            while batch := found.fetchmany(_BATCH):
                yield batch

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
