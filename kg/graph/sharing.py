"""One opened database for all who ask the same folder in this process: the engine wants no more."""

import threading
from pathlib import Path
from typing import Any

from kg.graph.jvm import java

_lock = threading.Lock()
_opened: dict[Path, Any] = {}
_users: dict[Path, int] = {}


def acquire(folder: Path) -> Any:
    """The database in `folder`, read-only; `release` it as often as it was acquired."""
    key = folder.resolve()
    with _lock:
        if key not in _opened:
            read_only = java("com.arcadedb.engine.ComponentFile$MODE").READ_ONLY
            factory = java("com.arcadedb.database.DatabaseFactory")(str(key))
            _opened[key] = factory.open(read_only)
        _users[key] = _users.get(key, 0) + 1
        return _opened[key]


def release(folder: Path) -> None:
    """Close the database unless someone else has it."""
    key = folder.resolve()
    with _lock:
        _users[key] -= 1
        if not _users[key]:
            del _users[key]
            _opened.pop(key).close()
