"""Everything in a store as JSON Lines, for backup and exchange; reading it back loses nothing.

One object a line, sorted, without versions, load times or the day's date: the same content gives
the same bytes.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any

from kg.errors import InputError
from kg.statement import BOUNDS, Problem, statement_id
from kg.store import Store
from kg.store.columns import KINDS, Staging, sql_type
from kg.when import When

_ORDER = ("document", "judgement", "problem", "statement")
_DERIVED = ("subject", "value", "value_name", "valid_from", "valid_to")


def is_export(path: Path) -> bool:
    """Whether a file is one of these exports, by its first line."""
    if path.suffix not in (".jsonl", ".ndjson", ".json", ""):
        return False
    try:
        with path.open("rb") as file:
            first = json.loads(file.readline(1 << 20))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and first.get("type") in KINDS and "document" in first


def write(store: Store, out: IO[str]) -> None:
    """Write the store's documents, judgements, problems and statements."""
    store.facts()
    for kind in _ORDER:
        for row in _rows(store, kind):
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _rows(store: Store, kind: str) -> Iterator[dict[str, Any]]:
    names = [name for name in KINDS[kind] if name != "loaded"]
    columns = ", ".join(f'"{name}"' for name in names)
    order = "document, id" if kind != "document" else "document"
    cursor = store.connection.cursor()
    if kind == "statement":
        yield from _statements(store, names)
        return
    found = cursor.execute(
        f"SELECT {columns} FROM {store.records} WHERE type = '{kind}' ORDER BY {order}"
    )
    while rows := found.fetchmany(5000):
        for row in rows:
            yield {"type": kind, **dict(zip(names, row, strict=True))}


def _statements(store: Store, names: list[str]) -> Iterator[dict[str, Any]]:
    """Statements with the ids that judgements give them, and the names of what they link to."""
    canonical = store.decisions().canonical
    labels = store.names()
    columns = ", ".join(f'"{name}"' for name in names)
    found = store.connection.cursor().execute(
        f"SELECT {columns} FROM {store.records} WHERE type = 'statement' ORDER BY document, id"
    )
    while rows := found.fetchmany(5000):
        for row in rows:
            yield _statement(dict(zip(names, row, strict=True)), canonical, labels)


def _statement(
    row: dict[str, Any], canonical: Mapping[str, str], labels: Mapping[str, str]
) -> dict[str, Any]:
    link = row["kind"] == "link"
    subject = canonical.get(row["subject_key"], row["subject_key"])
    value = canonical.get(row["value_key"], row["value_key"]) if link else row["value_key"]
    bounds = [row[name] for name in BOUNDS]
    for name in BOUNDS:
        row[name] = row[name].isoformat() if row[name] else None
    return {
        "type": "statement",
        **row,
        "subject": subject,
        "value": value,
        "value_name": labels.get(value, "") if link else "",
        "valid_from": _span(*bounds[:2]),
        "valid_to": _span(*bounds[2:]),
    }


def _span(first: date | None, last: date | None) -> str:
    return str(When(first, last)) if first or last else ""


def read(path: Path, staging: Staging, loaded: str) -> tuple[set[str], list[Problem]]:
    """Stage the rows of an export; the names of the documents in it, and what did not fit.

    An id that is not what the statement says makes way for the one that is.
    """
    documents: set[str] = set()
    misfits: dict[str, Problem] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            row = {"loaded": loaded, **_parsed(path, number, line)}
            kind, name = row["type"], _value(path, number, row, "document")
            if kind == "document":
                documents.add(str(name))
            elif name not in documents:
                raise InputError(f"{path.name}, line {number}: no document {name!r} above it")
            values = {name: _value(path, number, row, name) for name in KINDS[kind]}
            if kind == "statement" and values["id"] != (own := _own_id(values)):
                misfits.setdefault(str(name), _misfit(str(name), f"line {number}", row["id"]))
                values["id"] = own
            staging.row(kind, tuple(values.values()))
    staging.add(misfits.values())
    return documents, list(misfits.values())


def _own_id(values: dict[str, Any]) -> str:
    names = ("document", "source", "subject_key", "property", "value_key", "lang")
    document, source, subject, prop, value, lang = (str(values[name]) for name in names)
    first, last, end, ends = (values[name] for name in BOUNDS)
    bounds = (first, last, end, ends)
    return statement_id(document, source, subject, prop, value, lang, bounds)


def _misfit(document: str, line: str, key: str) -> Problem:
    what = "an id that is not that of what it says; it got its own (the first such line)"
    return Problem(document, line, "id", key, what, "load the sources again to be sure")


def _parsed(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path.name}, line {number}: not JSON: {error}") from None
    if not isinstance(row, dict) or row.get("type") not in KINDS:
        raise InputError(f"{path.name}, line {number}: no type (want {', '.join(KINDS)})")
    if b"\\ud" in line.lower() and not _is_text(row):
        raise InputError(f"{path.name}, line {number}: half of a character (mend the line)")
    return row


def _is_text(row: dict[str, Any]) -> bool:
    try:
        return bool(json.dumps(row, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        return False


_PYTHON: Mapping[str, Any] = {
    "VARCHAR": str | None,
    "DATE": str | None,
    "INTEGER": int | None,
    "BIGINT": int | None,
    "DOUBLE": int | float | None,
}


def _value(path: Path, number: int, row: dict[str, Any], name: str) -> object:
    value, kind = row.get(name), sql_type(name)
    if name == "register" and value is None:
        return ""
    if name not in row or not isinstance(value, _PYTHON[kind]):
        raise InputError(f"{path.name}, line {number}: no good {name} (want {kind.lower()})")
    try:
        return date.fromisoformat(value) if value and kind == "DATE" else value
    except ValueError as error:
        raise InputError(f"{path.name}, line {number}, {name}: {error}") from None
