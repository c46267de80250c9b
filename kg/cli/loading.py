"""`kg load`, `kg documents`, `kg drop`, `kg log`."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import as_json, csv_text, interactive, listing, opened, put, say, shared
from kg.errors import InputError
from kg.text import table

if TYPE_CHECKING:
    from kg.documents import Found
    from kg.load import Progress, Report
    from kg.store import Store

_PROBLEM = ("document", "place", "field", "value", "problem", "remedy")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--dry-run", is_flag=True, help="Say what would change; store nothing.")
@click.option("--strict", is_flag=True, help="Store nothing if there is a problem.")
@click.option("--keep-missing", is_flag=True, help="Keep documents that left the folder.")
@click.option("--allow-empty", is_flag=True, help="Take a document that says nothing now as it is.")
@click.option("--as", "name", metavar="NAME", help="What to call a document from standard input.")
@click.option("--problems", metavar="FILE", help="Write the problems as CSV.")
@as_json
@shared
def load(
    paths: tuple[str, ...],
    dry_run: bool,
    strict: bool,
    keep_missing: bool,
    allow_empty: bool,
    name: str | None,
    problems: str | None,
    as_json: bool,
    folder: Path,
    lang: str,
) -> None:
    """Load files or folders; without a path, the shipped sources.

    A document replaces what it said before. '-' reads a CSV table from standard input (--as NAME).
    """
    from kg.graph.aot import begin
    from kg.load import Options
    from kg.load import load as run

    _writable(problems)
    options = Options(keep_missing, allow_empty, strict, dry_run)
    with opened(folder) as store, _progress() as progress, _named(store, paths, name) as named:
        report = run(store, named, options, progress, name)
    begin()
    _tell(report, as_json)
    if problems:
        rows = [[getattr(one, column) for column in _PROBLEM] for one in report.problems]
        put(csv_text(_PROBLEM, rows), problems)
    if report.failed or (strict and report.faults):
        raise click.exceptions.Exit(1)


def _writable(out: str | None) -> None:
    """Say before the load, not after it, that its problems can't be written."""
    parent = Path(out).absolute().parent if out and out != "-" else Path.cwd()
    if out and not (parent.is_dir() and os.access(parent, os.W_OK)):
        raise InputError(f"{out}: can't be written: no such folder, or not allowed")


@contextmanager
def _named(store: "Store", paths: tuple[str, ...], name: str | None) -> Iterator[list[Path]]:
    """The paths; standard input is kept in a file of the store's folder meanwhile."""
    if "-" not in paths:
        if name:
            raise click.UsageError("--as names standard input: give '-' as the path")
        yield [Path(path) for path in paths]
        return
    if not name or len(paths) > 1:
        raise click.UsageError("standard input needs a name, and to be alone: kg load - --as NAME")
    with store.room():
        kept = store.spill / (Path(name).name or "stdin")
        store.spill.mkdir()
        with kept.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield [kept]


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A bar over the bytes of all documents, on stderr, where a person watches."""
    if not interactive():
        yield lambda one, done, total: None
        return
    with click.progressbar(
        length=1, label="load", file=sys.stderr, item_show_func=lambda item: item or ""
    ) as bar:

        def step(one: "Found", done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done, one.name.rpartition("/")[2])

        yield step


def _tell(report: "Report", as_json: bool) -> None:
    """Problems on stderr, the counts as the last line."""
    for text in report.failed:
        say(f"kg: {text}")
    if report.problems:
        columns = ("document", "place", "field", "problem", "remedy")
        rows = [[getattr(one, name) for name in columns] for one in report.problems]
        say(table(columns, rows, most=160))
    for gone in report.gone:
        say(f"gone: {gone}")
    for name in report.unread:
        say(f"not read again, its file is not there: {name}")
    for text in report.refused:
        say(f"judgement refused: {text}")
    counts = _counts(report)
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False))
        return
    said = ", ".join(_counted(key, value) for key, value in counts.items() if key != "version")
    click.echo(f"{said}; {'now' if report.stored else 'nothing stored, still'} {report.version}")


def _counted(name: str, number: object) -> str:
    return f"1 {name.removesuffix('s')}" if number == 1 else f"{number} {name}"


def _counts(report: "Report") -> dict[str, object]:
    change = asdict(report.change)
    return {
        "documents": report.documents,
        "statements": report.statements,
        **{name: change[name] for name in ("added", "removed", "changed", "kept")},
        "problems": len(report.faults) + len(report.failed),
        "review": len(report.reviews),
        "total": report.total,
        "version": report.version,
    }


@click.command()
@as_json
@shared
def documents(as_json: bool, folder: Path, lang: str) -> None:
    """List what was loaded, when, and how much."""
    with opened(folder) as store:
        rows = [asdict(one) for one in store.documents()]
    columns = ("name", "statements", "problems", "loader", "loaded", "sha256")
    if not as_json:
        rows = [{**row, "sha256": row["sha256"][:12]} for row in rows]
    listing([{name: row[name] for name in columns} for row in rows], columns, as_json)


@click.command()
@click.argument("document")
@as_json
@shared
def drop(document: str, as_json: bool, folder: Path, lang: str) -> None:
    """Take one DOCUMENT, and all that it said, out of the store."""
    with opened(folder) as store:
        report = store.drop(document)
    _tell(report, as_json)


@click.command()
@as_json
@shared
def log(as_json: bool, folder: Path, lang: str) -> None:
    """List the versions, newest first: when, what changed, how much."""
    with opened(folder) as store:
        rows = [{**asdict(entry), "what": json.loads(entry.what or "{}")} for entry in store.log()]
    columns = ("version", "when", "added", "removed", "changed", "what")
    if not as_json:
        rows = [{**row, "what": _what(row["what"])} for row in rows]
    listing([{name: row[name] for name in columns} for row in rows], columns, as_json)


def _what(done: dict[str, list[str]]) -> str:
    """What a version read and what left, short enough for a table."""
    said = []
    for word, names in (("read", done.get("documents", [])), ("gone", done.get("gone", []))):
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        said += [f"{word} {names[0].rpartition('/')[2]}{more}"] if names else []
    return "; ".join(said)


@click.command()
@click.argument("first", metavar="V1")
@click.argument("second", metavar="[V2]", required=False)
@as_json
@shared
def diff(first: str, second: str | None, as_json: bool, folder: Path, lang: str) -> None:
    """Say which statements came, went or changed from version V1 to V2 (default: the newest)."""
    from kg.store.difference import between, number

    with opened(folder) as store:
        rows = [asdict(one) for one in between(store, number(first), number(second))]
    columns = ("change", "subject", "property", "value", "source", "document", "place", "id")
    listing([{name: row[name] for name in columns} for row in rows], columns, as_json)
