"""Statements fused to facts: one Parquet file a version, sorted by id, made by one SQL text."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import networkx as nx

from kg.errors import StoreError
from kg.fused import quoted
from kg.judgement import ACYCLIC, Decisions, Link, decide
from kg.ranks import make_sources
from kg.register import Register
from kg.statement import Judgement, field_names
from kg.store.columns import MEMORY, temp_table
from kg.terms import Model

SQL = Path(__file__).with_name("facts.sql")


def stored_judgements(con: duckdb.DuckDBPyConnection) -> list[Judgement]:
    """The judgements of the version that `records` shows."""
    columns = ", ".join(f'"{name}"' for name in field_names(Judgement))
    rows = con.execute(f"SELECT {columns} FROM records WHERE type = 'judgement'").fetchall()
    return [Judgement(*row) for row in rows]


def decisions(
    con: duckdb.DuckDBPyConnection, register: Register, more: Sequence[Judgement] = ()
) -> Decisions:
    """The judgements of that version applied, and some more that are not in it."""
    judgements = [*stored_judgements(con), *more]
    merged = sorted({key for one in judgements if one.verdict == "same" for key in (one.a, one.b)})
    links = _links(con, merged) if merged else []
    return decide(judgements, links, register.knows, _described(con, merged).__contains__)


def _described(con: duckdb.DuckDBPyConnection, keys: list[str]) -> set[str]:
    """Those of some ids that a statement says something of."""
    rows = con.execute(
        """SELECT DISTINCT subject_key FROM records
        WHERE type = 'statement' AND list_contains($1, subject_key)""",
        [keys],
    ).fetchall()
    return {row[0] for row in rows}


def _links(con: duckdb.DuckDBPyConnection, merged: list[str]) -> list[Link]:
    """The links that must not run in circles, and those that a merge could turn on themselves."""
    return con.execute(
        """SELECT DISTINCT property, subject_key, value_key FROM records
        WHERE type = 'statement' AND kind = 'link' AND (list_contains($1, property)
            OR list_contains($2, subject_key) AND list_contains($2, value_key)) ORDER BY ALL""",
        [list(ACYCLIC), merged],
    ).fetchall()


def prepare(con: duckdb.DuckDBPyConnection, register: Register, model: Model) -> Decisions:
    """Make what `facts.sql` reads beside the statements, from judgements, register and model."""
    taken = decisions(con, register)
    con.execute("CREATE OR REPLACE TEMP VIEW statements AS FROM records WHERE type = 'statement'")
    _pairs(con, "clusters", ("key", "canonical"), taken.canonical)
    order = [f"{number:09}" for number in range(len(taken.verdicts))]
    words = [
        "prefer" if verdict == "accept" and one in taken.own else verdict
        for one, verdict in taken.verdicts.items()
    ]
    said = (list(taken.verdicts), words, order)
    temp_table(con, "verdicts", dict(zip(("statement", "verdict", "nth"), said, strict=True)))
    make_sources(con, register)
    temp_table(con, "fields", _fields(model))
    _pairs(con, "registered", ("id", "one"), {key: "" for key in _registered(register)})
    con.execute(
        """CREATE OR REPLACE TEMP TABLE known AS
        SELECT id FROM registered
        UNION SELECT coalesce(c.canonical, s.subject_key) FROM statements s
            LEFT JOIN clusters c ON c.key = s.subject_key WHERE s.kind <> 'link'"""
    )
    return taken


def _registered(register: Register) -> Iterator[str]:
    yield from register.official
    yield from register.sources


def _fields(model: Model) -> dict[str, list[Any]]:
    rows = [
        (one.prefix, name, not prop.many)
        for one in model.classes.values()
        for name, prop in one.properties.items()
    ]
    return dict(
        zip(("prefix", "property", "single"), map(list, zip(*rows, strict=True)), strict=True)
    )


def _pairs(
    con: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, str], pairs: Mapping[str, str]
) -> None:
    temp_table(con, name, dict(zip(columns, (list(pairs), list(pairs.values())), strict=True)))


def make(
    con: duckdb.DuckDBPyConnection, path: Path, stamp: str, register: Register, model: Model
) -> Decisions:
    """Fuse the statements that `records` shows into a file of facts, which appears whole."""
    con.execute(f"SET memory_limit = '{MEMORY[2]}'; SET threads = 2")
    taken = prepare(con, register, model)
    con.execute(f"CREATE OR REPLACE TEMP TABLE fused AS {SQL.read_text(encoding='utf-8')}")
    _break_circles(con)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent} can't be written: {error.strerror}") from None
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        con.execute(
            f"""COPY (FROM fused ORDER BY id) TO '{quoted(made)}'
            (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{kg: '{stamp}'}})"""
        )
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)
        con.execute("DROP TABLE fused")
    return taken


def _break_circles(con: duckdb.DuckDBPyConnection) -> None:
    """Where sources together claim a circle, its weakest link is disputed and leaves the graph."""
    rows = _in_circles(con)
    for prop in ACYCLIC:
        graph: nx.DiGraph[str] = nx.DiGraph()
        links = [row for row in rows if row[1] == prop]
        graph.add_edges_from((start, end) for _, _, start, end in links)
        if nx.is_directed_acyclic_graph(graph):
            continue
        con.executemany(
            "UPDATE fused SET status = 'disputed', preferred = FALSE WHERE id = ?",
            [[fact] for fact in _closing(links)],
        )


def _in_circles(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    """The links that may lie in a circle, best first: id, property, start, end.

    Not those whose start nothing points to, or whose end points to nothing; again without these,
    while that leaves out many.
    """
    names = ", ".join(f"'{name}'" for name in ACYCLIC)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE circling AS
        SELECT id, property, subject AS start, value AS "end", stance <> 'stated' AS unsure, sources
        FROM fused WHERE preferred AND kind = 'link' AND property IN ({names})"""
    )
    before, left = 0, _count(con, "circling")
    while left and (not before or left < 0.9 * before):
        con.execute(
            """CREATE OR REPLACE TEMP TABLE circling AS FROM circling
            WHERE (property, start) IN (SELECT (property, "end") FROM circling)
                AND (property, "end") IN (SELECT (property, start) FROM circling)"""
        )
        before, left = left, _count(con, "circling")
    return con.execute(
        'SELECT id, property, start, "end" FROM circling ORDER BY unsure, sources DESC, id'
    ).fetchall()


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _closing(links: list[tuple[str, str, str, str]]) -> Iterator[str]:
    """The links, best first, that close a circle with better ones.

    Circles lie within strongly connected parts, which in real data are few and small.
    """
    whole: nx.DiGraph[str] = nx.DiGraph()
    whole.add_edges_from((start, end) for _, _, start, end in links)
    part = {
        node: number
        for number, nodes in enumerate(nx.strongly_connected_components(whole))
        for node in nodes
    }
    kept: nx.DiGraph[str] = nx.DiGraph()
    for fact, _, start, end in links:
        if part[start] != part[end]:
            continue
        if kept.has_node(end) and kept.has_node(start) and nx.has_path(kept, end, start):
            yield fact
        else:
            kept.add_edge(start, end)
