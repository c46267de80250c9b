"""What the records mean, as lines of N-Triples, and whether a file says the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from bench.peers import tables
from kg.ahead import batched

_BATCH = 1000
_LINES = """read_csv('{}', columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', escape = '',
    header = false, auto_detect = false, new_line = '\\n', max_line_size = 10000000)"""
_WITHOUT_GRAPH = "regexp_replace(line, ' <[^<> ]*> \\.$', ' .')"


class Same(NamedTuple):
    """Lines that a file lacks, lines that it has besides, and one of each."""

    lost: int
    added: int
    example: str

    def __str__(self) -> str:
        if not self.lost and not self.added:
            return "yes"
        return f"no: {self.lost} lost, {self.added} besides ({self.example})"


def write(folder: Path, made: Path) -> None:
    """Write the graph of the tables in a folder, by the reader of the standard library and the
    terms of pyoxigraph: nothing of kg takes part."""
    with made.open("w", encoding="utf-8") as file:
        for batch in batched(_triples(folder), _BATCH):
            file.write("".join([f"{one} .\n" for one in batch]))


def _triples(folder: Path) -> Iterator[Triple]:
    kind = NamedNode(tables.TYPE)
    for table in tables.TABLES:
        class_iri = NamedNode(tables.iri(f"kg:{table.class_name}"))
        columns = [(one, NamedNode(tables.iri(one.term))) for one in table.columns]
        for key, *cells in tables.cells(folder, table):
            subject = NamedNode(f"{tables.BASE}{table.prefix}/{key}")
            yield Triple(subject, kind, class_iri)
            for cell, (column, predicate) in zip(cells, columns, strict=True):
                if cell:
                    yield Triple(subject, predicate, _object(column, cell))


def _object(column: tables.Column, cell: str) -> Literal | NamedNode:
    if column.kind in ("link", "code"):
        return NamedNode(column.target + cell)
    if column.kind == "iri":
        return NamedNode(cell)
    if column.kind == "text":
        return Literal(cell, language=column.detail or None)
    return Literal(cell, datatype=NamedNode(tables.iri(column.detail)))


def compare(truth: Path, made: Path) -> Same:
    """Whether a file of N-Triples or N-Quads holds that graph, without the names of its graphs.

    Its lines are compared as they are; where these differ, as pyoxigraph writes what it reads.
    """
    spill = str(made.parent / "spill")
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": spill}) as con:
        con.execute("SET enable_progress_bar = false")
        wanted = _LINES.format(truth)
        line = _WITHOUT_GRAPH if made.suffix == ".nq" else "line"
        if _sum(con, wanted) == _sum(con, f"(SELECT {line} AS line FROM {_LINES.format(made)})"):
            return Same(0, 0, "")
        found = _LINES.format(_canonical(made))
        lost, one = _rest(con, wanted, found)
        added, other = _rest(con, found, wanted)
        return Same(lost, added, f"`{one}` is `{other}`")


def _sum(con: duckdb.DuckDBPyConnection, lines: str) -> tuple[object, ...]:
    """Their number and the sum of their hashes: the same for the same lines in any order."""
    made = con.execute(
        f"SELECT count(*), sum((md5_number(line) % 18446744073709551557)::HUGEINT) FROM {lines}"
    )
    found: tuple[object, ...] = made.fetchall()[0]
    return found


def _canonical(made: Path) -> Path:
    found = made.with_suffix(".canonical")
    format = RdfFormat.N_QUADS if made.suffix == ".nq" else RdfFormat.N_TRIPLES
    with found.open("w", encoding="utf-8") as file:
        for batch in batched(pyoxigraph.parse(path=made, format=format), _BATCH):
            file.write("".join([f"{one.triple} .\n" for one in batch]))
    return found


def _rest(con: duckdb.DuckDBPyConnection, lines: str, others: str) -> tuple[int, str]:
    """How many lines are not among others, and the object of the first."""
    count, line = con.execute(
        f"""SELECT count(*), min(a.line) FROM (FROM {lines}) a
        ANTI JOIN (FROM {others}) b ON a.line = b.line"""
    ).fetchall()[0]
    return count, " ".join(line.split(" ")[2:-1]) if line else ""
