"""The statement store: one Delta table, one commit a load, every version readable for good.

The number of a version counts loads and judgements that changed something; maintenance carries
it on.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import arro3.core as arrow
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from kg.errors import StoreError

FORMAT = 2
FILE_BYTES = 4_000_000
_FOREVER = "interval 36500 days"
_CONFIGURATION: Mapping[str, str | None] = {
    "delta.logRetentionDuration": _FOREVER,
    "delta.deletedFileRetentionDuration": _FOREVER,
}
_MOST_FILES = 200
_COUNTS = "kg.counts"  # what a load has and its maintenance has not
_WRITER = WriterProperties(compression="ZSTD", max_row_group_size=20_000)


class Outrun(Exception):
    """Another load was committed first; read again and try again."""


@dataclass(frozen=True)
class Version:
    """One state of the store: its number, the Delta version and files that hold it.

    `store` and `loaded` (when it was committed) tell it from a version of the same number that
    another store has, or a copy of this one that was loaded apart.
    """

    number: int
    delta: int
    files: tuple[str, ...]
    store: str
    loaded: str

    def __str__(self) -> str:
        return f"v{self.number}"


@dataclass(frozen=True)
class Entry:
    """A line of the log: what a load changed, and when."""

    version: str
    when: str
    what: str
    added: int
    removed: int
    changed: int


class StatementTable:
    """The table in a store's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._uri = str(folder / "statements")

    def exists(self) -> bool:
        """Whether there is a table."""
        return DeltaTable.is_deltatable(self._uri)

    def version(self, number: int | None = None) -> Version:
        """The present state, or an earlier one; StoreError where there is none."""
        try:
            table = DeltaTable(self._uri)
        except TableNotFoundError:
            raise StoreError(f"no store in {self.folder}: run 'kg load'") from None
        except DeltaError as error:
            what = str(error).splitlines()[0]
            raise StoreError(f"the store in {self.folder} can't be read: {what}") from None
        _understood(table, self.folder)
        numbered = list(_numbered(table))
        entries = [one for one in numbered if _number(one) == number or number is None]
        if not entries:
            raise StoreError(f"no version v{number} in {self.folder}: see 'kg log'")
        newest = entries[0]
        if number is not None and newest["version"] != table.version():
            table.load_as_version(newest["version"])
        _whole(table, self.folder)
        files = tuple(sorted(table.file_uris()))
        loaded = next((one for one in entries if _COUNTS in one), newest)
        store = str(table.metadata().id)
        return Version(
            _number(newest), table.version(), files, store, _when(loaded, "milliseconds")
        )

    def log(self) -> Iterator[Entry]:
        """What each version changed, newest first; a version's maintenance is not listed."""
        entries = [one for one in _numbered(DeltaTable(self._uri)) if _COUNTS in one]
        for one in entries:
            counts = json.loads(one[_COUNTS])
            yield Entry(
                f"v{_number(one)}",
                _when(one, "seconds"),
                one.get("kg.what", ""),
                *(counts.get(name, 0) for name in ("added", "removed", "changed")),
            )

    def replace(
        self,
        rows: arrow.RecordBatchReader,
        documents: Sequence[str],
        seen: Version | None,
        counts: Mapping[str, int],
        what: str,
    ) -> int:
        """Put `rows` in the place of all rows of `documents`, as the version after `seen`.

        The first version makes the table. Raises Outrun where another commit came between, and
        StoreError where nothing can be written; nothing has changed then.
        """
        number = seen.number + 1 if seen else 1
        properties = _properties(number, counts, what)
        try:
            with _silent():
                if seen is None:
                    self._begin(rows, properties)
                else:
                    self._follow(rows, documents, seen, properties)
        except CommitFailedError:
            raise Outrun from None
        except (DeltaError, OSError) as error:
            if seen is None and self.exists():
                raise Outrun from None
            raise StoreError(f"{self.folder} can't be written: {_short(error)}") from None
        return number

    def _begin(self, rows: arrow.RecordBatchReader, properties: CommitProperties) -> None:
        write_deltalake(
            self._uri,
            rows,
            mode="error",
            configuration=_CONFIGURATION,
            target_file_size=FILE_BYTES,
            writer_properties=_WRITER,
            commit_properties=properties,
        )

    def _follow(
        self,
        rows: arrow.RecordBatchReader,
        documents: Sequence[str],
        seen: Version,
        properties: CommitProperties,
    ) -> None:
        table = DeltaTable(self._uri)
        if table.version() != seen.delta:
            raise Outrun
        write_deltalake(
            table,
            rows,
            mode="overwrite",
            predicate=f"document IN ({', '.join(map(_quoted, documents))})",
            target_file_size=FILE_BYTES,
            writer_properties=_WRITER,
            commit_properties=properties,
        )

    def tidy(self) -> None:
        """Gather many small files into few; the version's number stays."""
        table = DeltaTable(self._uri)
        if len(table.file_uris()) <= _MOST_FILES:
            return
        newest = next(_numbered(table))
        kept = {"kg.version": newest["kg.version"]}
        try:
            table.optimize.compact(
                target_size=FILE_BYTES,
                writer_properties=_WRITER,
                commit_properties=CommitProperties(custom_metadata=kept, max_commit_retries=0),
            )
        except CommitFailedError:
            return


@contextmanager
def _silent() -> Iterator[None]:
    """Keep a process's standard error still: a full disk makes the writer's threads cry there too.

    They say nothing that the error does not.
    """
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    if sys.stderr is not None:
        sys.stderr.flush()
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _properties(number: int, counts: Mapping[str, int], what: str) -> CommitProperties:
    metadata = {"kg.version": str(number), _COUNTS: json.dumps(dict(counts)), "kg.what": what}
    return CommitProperties(custom_metadata=metadata, max_commit_retries=0)


def _numbered(table: DeltaTable) -> Iterator[dict[str, Any]]:
    """The commits that carry a number, newest first."""
    return (one for one in table.history() if "kg.version" in one)


def _number(entry: Mapping[str, Any]) -> int:
    return int(entry["kg.version"])


def _when(entry: Mapping[str, Any], precision: str) -> str:
    return datetime.fromtimestamp(entry["timestamp"] / 1000, UTC).isoformat(timespec=precision)


def _understood(table: DeltaTable, folder: Path) -> None:
    """Refuse what plain Parquet reading would misread: deletion vectors would show dead rows."""
    protocol = table.protocol()
    if protocol.min_reader_version > 1 or protocol.reader_features:
        raise StoreError(
            f"the table in {folder} was changed by another program; can't be read safely"
        )


def _whole(table: DeltaTable, folder: Path) -> None:
    """Refuse a table of which a file is missing or cut, as a copy that was broken off leaves it."""
    actions = table.get_add_actions()
    names, sizes = (actions.column(one).to_pylist() for one in ("path", "size_bytes"))
    for name, size in zip(names, sizes, strict=True):
        path = folder / "statements" / name
        if not path.is_file() or path.stat().st_size != size:
            remedy = "bring it back, or load into a new store"
            raise StoreError(
                f"the store in {folder} is damaged, {path.name} is missing or cut: {remedy}"
            )


def _short(error: Exception) -> str:
    """The cause at the end of a chain of messages, in one line: `No space left on device`."""
    text = " ".join(str(error).split())
    return text.rpartition("Error: ")[2].rpartition(": ")[2] or text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
