"""The shipped sources, loaded once for each worker; who changes a store works on a copy."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import kg
from kg.api import KnowledgeGraph
from tests.answers import LINKS, OTHER, TABLE
from tests.answers import SOURCES as RANKED
from tests.commands import run
from tests.stores import FACTS, REGISTER, Shipped, export, put, write

# a busy machine is no fault of what is tested
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `.kg` holds the shipped sources, with its graph built."""
    return _made(tmp_path_factory.mktemp("loaded"))


@pytest.fixture(scope="session")
def facts_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `.kg` holds the shipped facts, without the tables that offices wrote."""
    return _made(tmp_path_factory.mktemp("facts"), FACTS, REGISTER)


def _made(folder: Path, *paths: Path) -> Path:
    for ended in (
        run("load", *paths, cwd=folder),
        run("query", "policy/direct-implementers", cwd=folder),
    ):
        assert ended.code == 0, ended
    return folder


@pytest.fixture(scope="session")
def store(loaded: Path) -> Iterator[KnowledgeGraph]:
    """The same, opened in this process."""
    with kg.open(loaded / ".kg") as opened:
        opened.facts()
        yield opened


@pytest.fixture
def copied(loaded: Path, tmp_path: Path) -> Callable[[], Path]:
    """Makes a folder with a copy of that store, to be changed."""
    return lambda: _copy(loaded, tmp_path)


@pytest.fixture
def copied_facts(facts_only: Path, tmp_path: Path) -> Path:
    """A folder with a copy of the store of facts only, to be changed."""
    return _copy(facts_only, tmp_path)


def _copy(folder: Path, beside: Path) -> Path:
    shutil.copytree(folder / ".kg", beside / "copy" / ".kg")
    return beside / "copy"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


@pytest.fixture
def changed(copied: Callable[[], Path]) -> Path:
    """A folder with a store of all shipped sources that may be changed."""
    return copied()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """A folder with the shipped sources loaded, what the load reported, and the export."""
    folder = tmp_path_factory.mktemp("shipped")
    report = put(folder)
    return folder, report, export(folder)


@pytest.fixture(scope="session")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """Two sources that date one policy differently, one of them official."""
    folder: Path = tmp_path_factory.mktemp("disagreeing")
    write(folder / ".kg" / "register" / "sources.csv", RANKED)
    for name, text in (("a", TABLE), ("b", OTHER), ("links", LINKS)):
        write(folder / "data" / f"{name}.csv", text)
    with kg.open(folder / ".kg") as opened:
        report = opened.load(folder / "data")
        assert not report.problems, report.problems
        opened.facts()
        yield opened
