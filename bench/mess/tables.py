"""The tables that rows are written into, and the truth beside them."""

import csv
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from bench.mess.rows import Row

HEADINGS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
"""The headings of each table by role."""
_TYPES = {"ComputeProject": "compute", "Zone": "zone"}


def write(folder: Path, made: Iterable[Row]) -> None:
    """Write rows as tables into a folder's `tables`, and whom their names mean as `truth.csv`."""
    sorted_out: dict[str, list[Row]] = defaultdict(list)
    for row in made:
        sorted_out[row.table].append(row)
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    for table, some in sorted_out.items():
        path = folder / "tables" / table
        if "type" in HEADINGS[table]:
            _json(path.with_suffix(".jsonl"), some)
        else:
            _csv(path.with_suffix(".csv"), some)
    _truth(folder / "truth.csv", [row for some in sorted_out.values() for row in some])


def cells(row: Row) -> dict[str, str]:
    """A row's cells by heading."""
    own = {**row.cells, "address": row.address, "type": _TYPES.get(row.class_name, "")}
    return {heading: own.get(role, "") for role, heading in HEADINGS[row.table].items()}


def _csv(path: Path, some: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(cells(some[0])))
        writer.writeheader()
        writer.writerows(map(cells, some))


def _json(path: Path, some: list[Row]) -> None:
    lines = (json.dumps(cells(row), ensure_ascii=False) for row in some)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _truth(path: Path, some: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "column", "position", "text", "class", "truth", "forms"])
        for row in sorted(some, key=lambda one: one.number):
            for role, names in row.said.items():
                heading = HEADINGS[row.table][role]
                for position, one in enumerate(names):
                    forms = "; ".join(one.forms)
                    truth = one.class_name, one.truth, forms
                    writer.writerow([row.number, heading, position, one.text, *truth])
