"""The shipped sources, loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.load import load
from kg.store import Store


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the shipped sources."""
    folder: Path = tmp_path_factory.mktemp("shipped")
    with Store(folder / ".kg") as store:
        load(store, [])
        yield store
