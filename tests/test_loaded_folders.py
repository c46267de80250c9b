"""A folder stands for all that it holds; what left it leaves, what can't be read stays."""

from pathlib import Path

import pytest

from kg.documents import name_of
from kg.load import Options, load
from kg.store import Store
from tests.stores import (
    FACTS,
    P1,
    P2,
    SOURCES,
    export,
    policies,
    put,
    query,
)


def test_documents_are_named_from_the_folder_that_holds_the_store(tmp_path: Path) -> None:
    store = tmp_path / "project" / ".kg"
    assert name_of(tmp_path / "project" / "data" / "a.csv", store) == "data/a.csv"
    assert name_of(tmp_path / "other" / "a.csv", store) == "../other/a.csv"
    assert name_of(FACTS / "zones.csv", store) == "kg:sources/facts/zones.csv"
    assert name_of(SOURCES / "register" / "sources.csv", store) == "kg:sources/register/sources.csv"


def test_a_folder_load_drops_what_has_gone_from_it_and_lists_it(tmp_path: Path) -> None:
    policies(tmp_path, P1, name="data/a.csv")
    gone = policies(tmp_path, P2, name="data/deep/b.csv")
    other = policies(tmp_path, P2, name="database.csv")
    put(tmp_path, tmp_path / "data", other)
    gone.unlink()
    other.unlink()
    report = put(tmp_path, tmp_path / "data")
    assert report.gone == ["data/deep/b.csv"]
    documents = query(tmp_path, "SELECT document FROM records WHERE type = 'document' ORDER BY 1")
    assert documents == [("data/a.csv",), ("database.csv",)]
    assert report.change.removed == 2


@pytest.mark.parametrize("given", [".", "..", "data/.."])
def test_the_folder_of_the_store_and_those_above_are_folders_too(
    tmp_path: Path, given: str
) -> None:
    home = tmp_path / "home"
    policies(home, P1, name="a.csv")
    gone = policies(home, P2, name="data/b.csv")
    put(home, home, FACTS / "zones.csv")
    gone.unlink()
    assert put(home, home / given).gone == ["data/b.csv"]
    documents = query(home, "SELECT document FROM records WHERE type = 'document' ORDER BY 1")
    assert documents == [("a.csv",), ("kg:sources/facts/zones.csv",)]


def test_a_store_inside_the_folder_is_not_loaded(tmp_path: Path) -> None:
    policies(tmp_path, P1, name="a.csv")
    with Store(tmp_path / "mine") as store:
        assert load(store, [tmp_path]).documents == 1
        again = load(store, [tmp_path])
    assert (again.documents, again.failed, again.version) == (1, [], "v1")


def test_readme_and_hidden_files_in_a_folder_are_not_loaded(tmp_path: Path) -> None:
    policies(tmp_path, P1, name="data/a.csv")
    for name in ("README.md", ".hidden.csv", ".git/b.csv"):
        policies(tmp_path, P2, name=f"data/{name}")
    assert put(tmp_path, tmp_path / "data").documents == 1


def test_keep_missing_keeps_what_has_gone(tmp_path: Path) -> None:
    policies(tmp_path, P1, name="data/a.csv")
    gone = policies(tmp_path, P2, name="data/b.csv")
    put(tmp_path, tmp_path / "data")
    gone.unlink()
    report = put(tmp_path, tmp_path / "data", options=Options(keep_missing=True))
    assert (report.gone, report.version) == ([], "v1")


def test_a_document_that_says_nothing_now_keeps_its_statements_and_is_an_error(
    tmp_path: Path,
) -> None:
    path = policies(tmp_path, P1)
    put(tmp_path, path)
    before = export(tmp_path)
    report = put(tmp_path, policies(tmp_path))
    assert report.failed == ["data/policies.csv: says nothing now (--allow-empty takes it so)"]
    assert (export(tmp_path), report.version) == (before, "v1")
    emptied = put(tmp_path, path, options=Options(allow_empty=True))
    assert (emptied.change.removed, emptied.total, emptied.failed) == (2, 0, [])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\0\0", b"\xff\xfe\x80\x81", b"a,b\n1,2\n"])
def test_a_document_that_cannot_be_read_now_keeps_its_statements(
    tmp_path: Path, content: bytes
) -> None:
    bad, good = policies(tmp_path, P1), policies(tmp_path, P2, name="data/good.csv")
    put(tmp_path, tmp_path / "data")
    before = export(tmp_path)
    bad.write_bytes(content)
    report = put(tmp_path, bad, good)
    assert (len(report.failed), export(tmp_path)) == (1, before)
    assert report.failed[0].startswith("policies.csv") or "data/policies.csv" in report.failed[0]
