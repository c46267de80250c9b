"""What of a store goes into an export, read in the order in which it is written."""

from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.store import Store

COMBINED = "combined"
"""In the place of a source: dates that follow from several sources, and that none of them states."""

Row = tuple[str, str, str, str, str, str]
"""Source (empty in triples), subject, property, kind, language, value."""

STANDING = "status <> 'rejected'"
PREFERRED = "preferred"
_BATCH = 5000

_TRIPLES = """SELECT '' AS source, subject, property, kind, lang, value
    FROM {facts} WHERE {chosen} ORDER BY ALL"""

_QUADS = """WITH resting AS (
        SELECT id AS fact, subject, property, kind, lang, value, unnest(statements) AS statement
        FROM {facts} WHERE {chosen}
    ), said AS (SELECT id, source, value_key FROM {records} WHERE type = 'statement')
    SELECT s.source, r.subject, r.property, r.kind, r.lang,
        CASE WHEN r.kind = 'link' THEN r.value ELSE s.value_key END AS value
    FROM resting r JOIN said s ON s.id = r.statement
    UNION ALL
    SELECT any_value('combined'), any_value(r.subject), any_value(r.property), any_value(r.kind),
        any_value(r.lang), any_value(r.value)
    FROM resting r JOIN said s ON s.id = r.statement
    WHERE r.kind = 'date' GROUP BY r.fact HAVING bool_and(s.value_key <> r.value)
    ORDER BY ALL"""


class Rows:
    """The facts of a store, and the statements that they rest on; `chosen` says which facts."""

    def __init__(self, store: Store, chosen: str) -> None:
        store.facts()
        self._store = store
        path = str(store.facts_file).replace("'", "''")
        facts = f"read_parquet('{path}')"
        self._said = {"facts": facts, "records": store.records, "chosen": chosen}

    def quads(self) -> Iterator[Row]:
        """The facts, each as each of its sources states it, by source and subject."""
        return self.read(_QUADS)

    def triples(self) -> Iterator[Row]:
        """The facts, by subject."""
        return self.read(_TRIPLES)

    def read(self, sql: str, *parameters: object) -> Iterator[Any]:
        """The rows of a query over `{facts}`, `{chosen}` and `{records}`, a batch at a time."""
        cursor = self._store.connection.cursor()
        try:
            found = cursor.execute(sql.format(**self._said), parameters or None)
            while batch := found.fetchmany(_BATCH):
                yield from batch
        finally:
            cursor.close()

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
