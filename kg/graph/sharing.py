"""One opened database for all who ask the same folder in this process: the engine wants no more."""

import threading
from pathlib import Path
from typing import Any

import jpype

from kg import folders
from kg.graph.jvm import java

_lock = threading.Lock()
_opened: dict[Path, tuple[Any, Path]] = {}
_users: dict[Path, int] = {}


def acquire(folder: Path) -> Any:
    """The database in `folder`, read-only; `release` it as often as it was acquired."""
    key = folder.resolve()
    with _lock:
        if key not in _opened:
            read_only = java("com.arcadedb.engine.ComponentFile$MODE").READ_ONLY
            own = folders.view(key)
            try:
                factory = java("com.arcadedb.database.DatabaseFactory")(str(own))
                _opened[key] = (factory.open(read_only), own)
            except jpype.JException:
                folders.drop_view(own, key)
                raise
        _users[key] = _users.get(key, 0) + 1
        return _opened[key][0]


def release(folder: Path) -> None:
    """Close the database unless someone else has it."""
    key = folder.resolve()
    with _lock:
        _users[key] -= 1
        if not _users[key]:
            del _users[key]
            database, own = _opened.pop(key)
            database.close()
            folders.drop_view(own, key)
