"""kg's own reader of CSV and writer of lines, with named graphs and every check; no store.

Usage: python -m bench.peers.ours FOLDER FILE

Predicates, terms and checks are those of kg's ontology (`kg.rdf.fields`); the mapping from columns
to fields is the small one below. Cells are taken as they are: no names are identified, no dates
interpreted. Each table is a source, and so a graph.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.peers import tables, took
from kg import domain
from kg.ahead import batched
from kg.errors import InputError
from kg.rdf.fields import Fields
from kg.rdf.lines import tag
from kg.rdf.names import Names
from loaders.comma import read_csv
from loaders.headings import Headings
from loaders.table import Table

_BATCH = 32


def main(folder: Path, out: Path) -> None:
    """Write the tables of a folder as N-Quads."""
    names = Names.of_domain()
    fields = Fields(domain.model(), names)
    imported = took.memory()
    with out.open("wb") as file:
        for table in tables.TABLES:
            wanted = Headings(("id", *(column.heading for column in table.columns)))
            read = read_csv(folder / f"{table.prefix}.csv", wanted)
            for batch in batched(_lines(read, table, names, fields), _BATCH):
                file.write("".join(batch).encode())
    took.report(imported)


def _lines(read: Table, table: tables.Table, names: Names, fields: Fields) -> Iterator[str]:
    """The lines of each record."""
    end = f"{names.entity(f'source:{table.prefix}')} .\n"
    term = fields.model.classes[table.class_name].term
    typing = f" {names.term('rdf:type')} {names.term(term.iri)} {end}"
    columns = [
        (read.columns[one.heading], *_around(table, one, fields, end)) for one in table.columns
    ]
    prefix, at_id, entity = f"{table.prefix}:", read.columns["id"], names.entity
    for where, cells in read.read():
        if not any(cells):
            continue
        try:
            start = entity(prefix + cells[at_id])
            found = [f"{start}{typing}"]
            for at, head, write, tail in columns:
                if cell := cells[at]:
                    found.append(f"{start}{head}{write(cell)}{tail}")
        except (ValueError, IndexError) as error:
            raise InputError(f"{read.path.name}, {where}: {error}") from None
        yield "".join(found)


def _around(
    table: tables.Table, column: tables.Column, fields: Fields, end: str
) -> tuple[str, Callable[[str], str], str]:
    """What stands before and after the values of a column, and how they are written."""
    kind = "text" if column.kind == "iri" else column.kind
    field = fields.get(table.prefix, column.name, kind)
    lang = tag(column.detail) if kind == "text" and column.detail else ""
    write = field.write
    if kind == "link":
        prefix, link = f"{column.detail}:", field.write

        def write(key: str) -> str:
            return link(prefix + key)

    return f" {field.predicate} ", write, f"{lang} {end}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
