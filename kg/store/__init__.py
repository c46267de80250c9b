"""A store: the folder with the statements, and the views made from them."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import duckdb

from kg import domain, folders, fused, register
from kg.errors import StoreError
from kg.register import Register
from kg.statement import Problem, field_names
from kg.store.columns import rows_of
from kg.store.table import FORMAT, Entry, StatementTable, Version

if TYPE_CHECKING:
    from kg.judgement import Decisions

__all__ = ["Document", "Store"]


@dataclass(frozen=True)
class Document:
    """What was loaded as a unit, and how it was read; by no register where `register` is empty."""

    name: str
    sha256: str
    loader: str
    loader_version: str
    register: str
    loaded: str
    statements: int
    problems: int


class Store:
    """One store folder. Open it, load into it, ask it; close it when done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.table = StatementTable(folder)
        self._seen: Version | None = None
        _readable(folder)

    def exists(self) -> bool:
        """Whether anything was ever loaded here."""
        return self.table.exists()

    @property
    def _register_folders(self) -> tuple[Path, ...]:
        return (domain.sources() / "register", self.folder / "register")

    @cached_property
    def register(self) -> Register:
        """The shipped register and the store's own, as they are on disk."""
        return Register.read(self._register_folders)

    @cached_property
    def register_hash(self) -> str:
        """The hash of the register's files, without reading them as tables."""
        return register.hash_of(self._register_folders)

    @cached_property
    def spill(self) -> Path:
        """Where this process puts what does not fit into memory."""
        return folders.spill(self.folder)

    @contextmanager
    def room(self) -> Iterator[None]:
        """The store's folder for the time of some work; one that stays empty goes again."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            folders.remove_stale(self.folder)
        except OSError as error:
            raise StoreError(f"{self.folder} can't be written: {error.strerror}") from None
        try:
            yield
        except (
            duckdb.OutOfMemoryException,
            duckdb.IOException,
            duckdb.TransactionException,
        ) as error:
            raise StoreError(f"{self.folder} can't be written: {self._why(error)}") from None
        finally:
            # an open connection would look for its files again
            Store.close(self)
            shutil.rmtree(self.spill, ignore_errors=True)
            with suppress(OSError):
                (self.folder / "statements").rmdir()
            with suppress(OSError):
                self.folder.rmdir()

    def _why(self, error: duckdb.Error) -> str:
        """What DuckDB failed for: on a full disk it speaks of memory or of its own files."""
        if folders.lacks_space(self.folder):
            return "No space left for what does not fit into memory"
        return str(error).splitlines()[0]

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """DuckDB, with what spills kept inside the store's folder; it shows the version seen."""
        con = duckdb.connect(config={"threads": 2, "preserve_insertion_order": True})
        con.execute(f"SET temp_directory = '{fused.quoted(self.spill)}'")
        if self._seen is not None:
            _show(con, self._seen)
        return con

    @property
    def version(self) -> Version:
        """The state that this store object shows: the one that was newest when first asked."""
        if self._seen is None:
            self.at(self.table.version())
        assert self._seen is not None
        return self._seen

    def at(self, version: Version) -> None:
        """Let `records` show a version's rows."""
        self._seen = version
        _show(self.connection, version)

    def refresh(self) -> Version:
        """Look again for the newest version."""
        self.at(self.table.version())
        return self.version

    def documents(self) -> list[Document]:
        """What is loaded, by name."""
        self.version  # noqa: B018 shows the records
        rows = self.connection.execute(
            """SELECT d.document, d.sha256, d.loader, d.loader_version, d.register,
                d.loaded, d.statements, count(p.id)
            FROM records d LEFT JOIN records p ON p.document = d.document AND p.type = 'problem'
            WHERE d.type = 'document' GROUP BY ALL ORDER BY d.document"""
        ).fetchall()
        return [Document(*row) for row in rows]

    def problems(self, document: str) -> list[Problem]:
        """What of a document could not become a statement, and the names in it that wait."""
        self.version  # noqa: B018 shows the records
        names = ", ".join(f'"{name}"' for name in field_names(Problem))
        rows = self.connection.execute(
            f"""SELECT {names} FROM records WHERE type = 'problem' AND document = $1
            ORDER BY try_cast(regexp_extract(place, '[0-9]+') AS INTEGER), id""",
            [document],
        ).fetchall()
        return [Problem(*row) for row in rows]

    def log(self) -> Iterator[Entry]:
        """The versions, newest first."""
        self.version  # noqa: B018 says so where there is no store
        return self.table.log()

    @property
    def records(self) -> str:
        """SQL that reads the shown version's rows, for a cursor of its own."""
        return rows_of(self.version.files)

    def decisions(self) -> "Decisions":
        """The judgements of the shown version, applied."""
        self.version  # noqa: B018 shows the records
        from kg import facts

        return facts.decisions(self.connection, self.register)

    def names(self) -> dict[str, str]:
        """The Chinese name of every entity that has one, by id."""
        self.facts()
        rows = self.connection.execute(
            """SELECT subject, value FROM facts
            WHERE property = 'name' AND preferred ORDER BY lang = 'zh', subject"""
        ).fetchall()
        return {**self.register.official, **dict(rows)}

    @property
    def facts_file(self) -> Path:
        """Where the facts of the shown version are kept."""
        return self.folder / "facts" / f"{self.version}.parquet"

    @property
    def facts_sql(self) -> str:
        """SQL that reads the facts of the shown version, for a cursor of its own."""
        return f"read_parquet('{fused.quoted(self.facts_file)}')"

    def facts(self) -> "Decisions | None":
        """Let `facts` show the facts of the shown version; made first where they are not there.

        Returns the decisions that making them took, None where they were there.
        """
        path, stamp, taken = self.facts_file, f"{fused.rules_hash()}-{self.register_hash}", None
        if not fused.is_made(self.connection, path, stamp):
            # fusing needs networkx, Arrow and the ontology; a question of ready facts does not
            from kg import facts

            taken = facts.make(self.connection, path, stamp, self.register, domain.model())
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW facts AS FROM {self.facts_sql}")
        return taken

    def close(self) -> None:
        """Let go of what is open."""
        if "connection" in self.__dict__:
            self.connection.close()
            del self.__dict__["connection"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _show(con: duckdb.DuckDBPyConnection, version: Version) -> None:
    con.execute(f"CREATE OR REPLACE TEMP VIEW records AS FROM {rows_of(version.files)}")


def _readable(folder: Path) -> None:
    """Refuse a store that a newer kg made, and a folder that is something else."""
    note = folder / "kg.json"
    if note.is_file():
        try:
            made = int(json.loads(note.read_text(encoding="utf-8"))["format"])
        except (ValueError, KeyError, TypeError):
            raise StoreError(f'{note} is damaged: want {{"format": {FORMAT}}}') from None
        if made > FORMAT:
            raise StoreError(f"{folder} was made by a newer kg (format {made}): update kg")
        if made < FORMAT:
            remedy = "load its sources into a new store"
            raise StoreError(f"{folder} was made by an older kg (format {made}): {remedy}")
    elif folder.is_dir() and any(folder.iterdir()) and not _only_own(folder):
        raise StoreError(f"{folder} is a folder, but no store: choose another with --store")
    elif folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file, not a store: choose another with --store")


def _only_own(folder: Path) -> bool:
    """Whether a folder holds only what a person may put there before the first load."""
    own = ("register", "kinds", "judgements.csv", "statements")
    return all(path.name in own or path.name.startswith(".") for path in folder.iterdir())
