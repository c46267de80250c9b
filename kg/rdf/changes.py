"""What an export has gained and lost since a version, as an RDF Patch."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import duckdb

from kg.rdf.files import aside
from kg.store import Store
from kg.store.difference import older

_BATCH = 2000


def changes(
    store: Store, since: int, out: Path | BinaryIO, write: Callable[[Path], object]
) -> None:
    """Write which lines were removed (`D`) and added (`A`), each sorted, in one transaction.

    `write` writes the lines of the version that the store shows. Both versions are read with the
    present register. Raises InputError for a version that there is not.
    """
    newest, first = store.version, older(store, since) if since else None
    with aside(out, store.folder) as folder:
        before, now = folder / "before", folder / "now"
        write(now)
        before.touch()
        try:
            if first:
                store.at(first)
                write(before)
        finally:
            store.at(newest)
        _compare(before, now, folder / "export", store.spill)


def _compare(before: Path, now: Path, made: Path, spill: Path) -> None:
    con = duckdb.connect(config={"memory_limit": "200MB", "temp_directory": str(spill)})
    with con, made.open("w", encoding="utf-8") as file:
        for path in (before, now):
            con.execute(
                f"CREATE TABLE {path.name} AS SELECT DISTINCT line FROM read_csv($1, "
                "columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', "
                "header = false, auto_detect = false, new_line = '\\n', max_line_size = 100000000)",
                [str(path)],
            )
        file.write("TX .\n")
        for letter, one, other in (("D", "before", "now"), ("A", "now", "before")):
            con.execute(f"SELECT line FROM {one} ANTI JOIN {other} USING (line) ORDER BY line")
            while rows := con.fetchmany(_BATCH):
                file.writelines(f"{letter} {line}\n" for (line,) in rows)
        file.write("TC .\n")
