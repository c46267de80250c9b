"""Every column of every shipped table is read, or left out with a reason."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import loaders
from kg.register import Register
from kg.statement import Claim, Problem
from tests.stores import FACTS, MESSY, SOURCES, TABLES, export, put

SHIPPED = (*sorted(FACTS.glob("*.csv")), SOURCES / "register" / "sources.csv")
OFFICE = tuple(sorted(TABLES.glob("*.*")))
"""The tables as offices write them: CSV, a workbook, a tree, lines."""
NOBODY = Register({}, {}, frozenset(), "")


def _read(path: Path) -> list[Claim | Problem]:
    return list(loaders.open_source(path).read(NOBODY))


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _written(path: Path, rows: list[list[str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize("path", [*SHIPPED, *OFFICE], ids=lambda path: path.name)
def test_every_column_is_read_or_left_out_with_a_reason(path: Path) -> None:
    assert [one for one in _read(path) if isinstance(one, Problem)] == []


@pytest.mark.parametrize(
    "path",
    [*SHIPPED, *(one for one in OFFICE if one.suffix == ".csv")],
    ids=lambda path: path.name,
)
def test_no_cell_of_a_column_that_is_read_makes_no_difference(path: Path, tmp_path: Path) -> None:
    rows, before = _rows(path), _said(path)
    deaf = []
    for at, heading in enumerate(rows[0]):
        if len({row[at] for row in rows[1:]} - {""}) == 0:
            continue
        emptied = [rows[0], *([*row[:at], "", *row[at + 1 :]] for row in rows[1:])]
        if _said(_written(tmp_path / path.name, emptied)) == before:
            deaf.append(heading)
    ignored = {row[1] for row in _rows(Path(loaders.__file__).parent / "ignored.csv")}
    # an id is who says so where the row has one, and the address is then the register's
    assert set(deaf) <= ignored


def _said(path: Path) -> list[Claim | Problem]:
    return _read(path)


def test_every_reason_in_ignored_is_about_a_column_that_exists() -> None:
    headings = {(path.name, one) for path in (*SHIPPED, *OFFICE) for one in _headings(path)}
    for file, heading, reason in _rows(Path(loaders.__file__).parent / "ignored.csv")[1:]:
        known = {name for name, one in headings if one == heading}
        assert reason and any(Path(name).match(file) for name in known), heading


def _headings(path: Path) -> Iterator[str]:
    """The headings of a file's tables, or the fields of its lines."""
    if path.suffix == ".jsonl":
        for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
            yield from json.loads(line)
    for one in loaders.open_source(path).tables:
        yield from one.table.columns


@pytest.mark.parametrize(
    "path", [FACTS / "agencies.csv", FACTS / "rel_predecessor_of.csv", MESSY], ids=lambda p: p.name
)
def test_columns_in_another_order_say_the_same(path: Path, tmp_path: Path) -> None:
    rows = _rows(path)
    order = sorted(range(len(rows[0])), key=lambda at: rows[0][at])
    straight = _written(tmp_path / "a" / path.name, rows)
    turned = _written(tmp_path / "b" / path.name, [[row[at] for at in order] for row in rows])
    for one in (straight, turned):
        put(one.parent, one)
    first, second = (export(one.parent).splitlines()[1:] for one in (straight, turned))
    assert first == second and first


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_is_known_by_its_headings_whatever_it_is_called(
    path: Path, tmp_path: Path
) -> None:
    renamed = _written(tmp_path / "data.csv", _rows(path)[:2])
    assert loaders.open_source(renamed).loader == loaders.open_source(path).loader
