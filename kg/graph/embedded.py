"""The graph in a folder, kept by ArcadeDB inside this process; the default engine."""

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jpype

from kg import folders
from kg.errors import StoreError
from kg.graph import Node, Relationship, Rows, Schema, Value, bulk, jvm, sharing
from kg.graph.faults import reason
from kg.graph.running import run


class Embedded:
    """A graph in a folder that is written once and then only read, by many processes at once.

    Close it, or use it in a `with` block.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._opening = threading.Lock()
        self._database: Any = None

    def __repr__(self) -> str:
        return f"Embedded({str(self.folder)!r})"

    def __enter__(self) -> "Embedded":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def build(
        self, schema: Schema, nodes: Iterable[Node], relationships: Iterable[Relationship]
    ) -> None:
        """Make the graph, whole or not at all; a folder that is there already stays as it is.

        Raises StoreError where it cannot be written or does not fit the schema.
        """
        if self.folder.exists():
            return
        jvm.start()
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            folders.remove_stale(self.folder.parent)
            with folders.making(self.folder) as work:
                bulk.write(work, schema, nodes, relationships)
                folders.seal(work)
                folders.rename(work, self.folder)
        except (OSError, jpype.JException) as error:
            why = "No space left" if folders.lacks_space(self._disk()) else reason(error)
            raise StoreError(f"graph {self.folder} cannot be written: {why}") from error

    def ask(
        self, cypher: str, parameters: Mapping[str, Value], *, limit: int, timeout: float
    ) -> Rows:
        """Run one reading query and give at most `limit` rows.

        Raises QueryError for a query that is wrong, writes or takes longer than `timeout`
        seconds, StoreError where there is no graph.
        """
        return run(self._open(), cypher, parameters, limit, timeout)

    def close(self) -> None:
        """Let go of the folder; a later question opens it again."""
        with self._opening:
            if self._database is not None:
                self._database = None
                sharing.release(self.folder)

    def _disk(self) -> Path:
        """The nearest folder above that is there."""
        return next(folder for folder in self.folder.absolute().parents if folder.exists())

    def _open(self) -> Any:
        with self._opening:
            if self._database is None:
                self._database = self._opened()
            return self._database

    def _opened(self) -> Any:
        if not self.folder.is_dir():
            raise StoreError(f"no graph in {self.folder}")
        if not folders.is_whole(self.folder):
            raise self._damaged("files are missing or cut")
        jvm.start()
        try:
            return sharing.acquire(self.folder)
        except jpype.JException as error:
            raise self._damaged(reason(error)) from error

    def _damaged(self, why: str) -> StoreError:
        return StoreError(f"graph {self.folder} is damaged, remove it and ask again: {why}")
