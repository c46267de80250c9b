"""Stores and tables made for one test: write a table, load it, look at what the store says."""

import io
from collections.abc import Sequence
from pathlib import Path

from kg import jsonl
from kg.load import Options, Report, load
from kg.store import Store

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "sources"
FACTS = SOURCES / "facts"
REGISTER = SOURCES / "register"
TABLES = SOURCES / "tables"
MESSY = TABLES / "agencies_数据机构汇总.csv"

HEAD = "policy_id,title,issued_on,source_id,source_url,source_date"
P1 = "policy:one,第一号文件,2024-01-05,source:madis,,"
P2 = "policy:two,第二号文件,2024-02-06,source:madis,,"


def write(path: Path, text: str) -> Path:
    """A file with this text, without the blanks that indent its lines in a test."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (line.strip() for line in text.strip().splitlines())
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def policies(folder: Path, *rows: str, name: str = "data/policies.csv") -> Path:
    """A table of policies with these rows."""
    return write(folder / name, "\n".join((HEAD, *rows)))


def put(folder: Path, *paths: Path, options: Options = Options()) -> Report:  # noqa: B008
    """Load paths into the store of a folder, as one command does."""
    with Store(folder / ".kg") as store:
        return load(store, paths, options)


def export(folder: Path) -> str:
    """Everything in the store of a folder, as JSON Lines."""
    out = io.StringIO()
    with Store(folder / ".kg") as store:
        jsonl.write(store, out)
    return out.getvalue()


def version(folder: Path) -> str:
    """The newest version of the store of a folder."""
    with Store(folder / ".kg") as store:
        return str(store.version)


def query(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Rows of `records` (as stored) or `facts` (as fused) of the store of a folder."""
    with Store(folder / ".kg") as store:
        store.facts()
        return store.connection.execute(sql).fetchall()


def lines(problems: Sequence[object]) -> list[str]:
    """Problems as a person reads them."""
    return [str(one) for one in problems]


Shipped = tuple[Path, Report, str]

DOCUMENTS = [
    path
    for path in sorted(SOURCES.rglob("*.*"))
    if path.suffix != ".md" and (path.parent.name != "register" or path.name == "sources.csv")
]
"""All shipped documents; who is called what, and what relative names mean, is no document."""


def faults(report: Report) -> list[str]:
    """What a load says that is wrong, as a person reads it."""
    return lines(report.faults)
