"""The whole path through the store: read, check, identify, keep, fuse, export as N-Quads.

Usage: python -m bench.peers.stored FOLDER FILE

The records are claims by the mapping of `ours`; from there on all is as in `kg load`, `kg export`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from bench.peers import tables, took
from kg import domain
from kg.check import Checker
from kg.identity import Identifier
from kg.rdf import export
from kg.reading import Reading
from kg.statement import Claim, Origin
from kg.store import Store
from kg.store.change import commit
from kg.store.columns import Staging
from loaders.comma import read_csv
from loaders.headings import Headings


def main(folder: Path, out: Path) -> None:
    """Load the tables of a folder into a new store in it and export that."""
    domain.model()
    imported, began = took.memory(), process_time()
    with Store(folder / ".kg") as store:
        _load(store, folder)
    loaded = process_time()
    with Store(folder / ".kg") as store:
        store.facts()
        fused = process_time()
        export(store, "nquads", out)
    took.report(imported, load=loaded - began, fuse=fused - loaded, export=process_time() - fused)


def _load(store: Store, folder: Path) -> None:
    checker = Checker(domain.model(), domain.codes())
    identifier = Identifier(store.register, domain.model(), domain.naming())
    names = []
    with store.room():
        staging = Staging(store.connection)
        for table in tables.TABLES:
            name = f"{table.prefix}.csv"
            reading = Reading(name, "bench", "1", store.register, checker, identifier)
            count = staging.add(reading.read(_claims(folder, table)))
            staging.document(name, "0" * 64, "bench", "1", "", "2026-01-01T00:00:00+00:00", count)
            names.append(name)
        staging.flush()
        commit(store, names, [], write=True)


def _claims(folder: Path, table: tables.Table) -> Iterator[Claim]:
    wanted = Headings(("id", *(column.heading for column in table.columns)))
    read = read_csv(folder / f"{table.prefix}.csv", wanted)
    columns = [(read.columns[one.heading], one) for one in table.columns]
    for row in read.rows():
        origin = Origin(source=f"source:{table.prefix}", row=row.where)
        subject = f"{table.prefix}:{row.get('id')}"
        for at, column in columns:
            if cell := row.cells[at]:
                value = f"{column.detail}:{cell}" if column.kind == "link" else cell
                lang = column.detail if column.kind == "text" else ""
                yield Claim(
                    table.class_name, subject, column.name, value, row.where, column.heading,
                    origin, lang=lang,
                )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
