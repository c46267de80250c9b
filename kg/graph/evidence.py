"""Statements and documents as nodes, for those who want sources one hop away from what they say."""

from collections.abc import Iterator
from typing import Any

from kg.citation import described
from kg.graph import Changed, Node, projection
from kg.statement import BOUNDS
from kg.store import Store
from kg.store.columns import streamed, temp_table

ROOT = "Evidence"
LABELS: dict[str, str | None] = {ROOT: None, "Statement": ROOT, "Document": ROOT}
TYPES = ("ABOUT", "LINKS_TO", "READ_IN")
"""From a statement to what it is about, what it links that to, the document it was read in."""

_ABOUT = ("url", "title", "page_date", "rank")
PROPERTIES: dict[str, tuple[str, ...]] = {
    "Statement": (
        "id", "fact", "status", "subject", "property", "value", "links", "original", "source",
        *_ABOUT, "document", "document_id", "place", "places", "quote", "stance", "confidence",
        *BOUNDS,
    ),
    "Document": ("id", "name", "sha256", "loader", "loaded"),
}  # fmt: skip
TIES = "1 + (ends LIKE 'true%')::INTEGER + (links AND ends LIKE '%true')::INTEGER"
"""SQL: by how many relationships a statement is tied."""

SAID = {**PROPERTIES, "Statement": (*PROPERTIES["Statement"], "ends")}
"""The columns that a mark covers: the properties, and which ties there can be."""

_DOCUMENT = "'document:' || substr(sha256(s.document), 1, 12)"


def statement_rows(store: Store) -> str:
    """SQL: each statement that a fact rests on, with the fact, and what is known of its source.

    `ends` says which of the things that it is tied to are in the graph.
    """
    return f"""WITH facts AS (
            SELECT id AS fact, status, subject, value AS merged, kind, unnest(statements) AS id
            FROM {store.facts_sql}
        ), shown AS ({projection.shown(store)})
        SELECT s.id, f.fact, f.status, f.subject, s.property,
            CASE WHEN f.kind = 'link' THEN f.merged ELSE s.value_key END AS value,
            f.kind = 'link' AS links, s.original, s.source, {", ".join(_ABOUT)},
            s.document, {_DOCUMENT} AS document_id, s.place, s.places, s.quote, s.stance,
            s.confidence, {", ".join(f"s.{one}" for one in BOUNDS)},
            concat(f.subject IN (FROM shown), f.merged IN (FROM shown)) AS ends
        FROM facts f JOIN (FROM {store.records} WHERE type = 'statement') s ON s.id = f.id
        LEFT JOIN described_sources d ON d.id = s.source"""


def document_rows(store: Store) -> str:
    """SQL: each document."""
    return f"""SELECT {_DOCUMENT} AS id, s.document AS name, sha256, loader, loaded
        FROM (FROM {store.records} WHERE type = 'document') s"""


def prepare(store: Store) -> None:
    """Make the table of sources that `statement_rows` reads."""
    con = store.connection
    found = con.execute(
        f"SELECT DISTINCT source FROM {store.records} WHERE type = 'statement'"
    ).fetchall()
    about = described(store, (one for (one,) in found))
    columns: dict[str, list[Any]] = {"id": list(about)}
    columns |= {name: [one.get(name) or None for one in about.values()] for name in _ABOUT}
    temp_table(con, "described_sources", columns, shared=True)


def changed(store: Store, label: str, table: str) -> Iterator[Changed]:
    """The statements or documents of a table of `id`, `mark` and `known`, with these two."""
    columns = PROPERTIES[label]
    query = f"""SELECT {", ".join(columns)}, mark, known
        FROM ({ROWS[label](store)}) JOIN {table} USING (id)"""
    for *row, mark, known in streamed(store.connection, query):
        said = zip(columns, row, strict=True)
        properties = {name: value for name, value in said if value not in (None, "")}
        yield Node(label, properties), mark, known


ROWS = {"Statement": statement_rows, "Document": document_rows}
