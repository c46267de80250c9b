"""The result does not depend on the order of loading."""

import random
from pathlib import Path

import pytest

from kg.load import load
from kg.store import Store
from tests.stores import (
    DOCUMENTS,
    FACTS,
    MESSY,
    SOURCES,
    Shipped,
    export,
    put,
)

# Documents that speak of the same things, with conflicts, judgements and names to identify.
MEETING = (
    *(
        FACTS / f"{name}.csv"
        for name in (
            "agencies",
            "conflicts",
            "exchanges",
            "policies",
            "provinces",
            "rel_governs_province",
            "rel_implements",
            "rel_predecessor_of",
        )
    ),
    SOURCES / "register" / "sources.csv",
    MESSY,
)


@pytest.mark.parametrize("seed", range(20))
def test_any_order_of_loading_gives_the_same_bytes(tmp_path: Path, seed: int, at_once: str) -> None:
    documents = list(MEETING)
    random.Random(seed).shuffle(documents)
    with Store(tmp_path / "x" / ".kg") as store:
        for one in documents:
            load(store, [one])
    assert export(tmp_path / "x") == at_once


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All of `MEETING` in one load."""
    folder = tmp_path_factory.mktemp("once")
    put(folder, *MEETING)
    return export(folder)


def test_all_shipped_documents_one_by_one_backwards_give_the_same_bytes(
    tmp_path: Path, shipped: Shipped
) -> None:
    with Store(tmp_path / ".kg") as store:
        for one in reversed(DOCUMENTS):
            load(store, [one])
    assert export(tmp_path) == shipped[2]
