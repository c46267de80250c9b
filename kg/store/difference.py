"""What changed between two versions: an anti-join over only those files that differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError, UsageError
from kg.store.columns import rows_of

if TYPE_CHECKING:
    from kg.store import Store
    from kg.store.table import Version


@dataclass(frozen=True)
class Changed:
    """A statement that was `added`, `removed`, or `changed` in its place or wording."""

    change: str
    id: str
    subject: str
    property: str
    value: str
    source: str
    document: str
    place: str


def number(text: str | None) -> int | None:
    """A version's number, written `v12` or `12`; None means the newest."""
    if text is None:
        return None
    digits = text.removeprefix("v")
    if not (digits.isascii() and digits.isdigit()):
        raise UsageError(f"not a version: {text!r} (want v12, see 'kg log')")
    return int(digits)


def between(store: "Store", first: int | None, second: int | None) -> Iterator[Changed]:
    """The statements that differ between two versions, by document and id; v0 has none."""
    old, new = _files(store, first), _files(store, second)
    same = set(old) & set(new)
    before = rows_of([name for name in old if name not in same])
    after = rows_of([name for name in new if name not in same])
    rows = store.connection.execute(
        f"""WITH a AS (FROM {before} WHERE type = 'statement'),
        b AS (FROM {after} WHERE type = 'statement')
        SELECT CASE WHEN a.id IS NULL THEN 'added' WHEN b.id IS NULL THEN 'removed'
                ELSE 'changed' END,
            coalesce(b.id, a.id), coalesce(b.subject_key, a.subject_key),
            coalesce(b.property, a.property), coalesce(b.value_key, a.value_key),
            coalesce(b.source, a.source), coalesce(b.document, a.document),
            coalesce(b.place, a.place)
        FROM a FULL JOIN b ON a.id = b.id
        WHERE a.id IS NULL OR b.id IS NULL
            OR (a.place, a.places, a.quote, a.stance, a.confidence)
                IS DISTINCT FROM (b.place, b.places, b.quote, b.stance, b.confidence)
        ORDER BY 7, 2"""
    ).fetchall()
    return (Changed(*row) for row in rows)


def _files(store: "Store", number: int | None) -> tuple[str, ...]:
    return () if number == 0 else older(store, number).files


def older(store: "Store", number: int | None) -> "Version":
    """A version by its number; InputError where there is none."""
    if number and f"v{number}" not in {entry.version for entry in store.table.log()}:
        raise InputError(f"no version v{number}: see 'kg log'")
    return store.table.version(number)
