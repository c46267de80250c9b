"""`kg diff`: which statements came, went or changed between two versions."""

from collections import Counter
from pathlib import Path

import pytest

from tests.commands import run
from tests.stores import write

HEAD = "policy_id,title,issued_on,source_id"
ONE = "policy:one,第一号文件,2024-01-05,source:madis"
TWO = "policy:two,第二号文件,2024-02-06,source:madis"
MOVED = "policy:two,第二号文件,2024-02-07,source:madis"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """v1: two documents; v2: a row came; v3: its date changed; v4: a document went."""
    folder: Path = tmp_path_factory.mktemp("versions")
    write(folder / "data" / "b.csv", f"{HEAD}\npolicy:b,乙文件,2023,source:madis")
    for rows in ((ONE,), (TWO, ONE), (MOVED, ONE)):
        write(folder / "data" / "a.csv", "\n".join((HEAD, *rows)))
        assert run("load", "data", cwd=folder).code == 0
    (folder / "data" / "b.csv").unlink()
    assert run("load", "data", cwd=folder).code == 0
    return folder


def changes(folder: Path, *versions: str) -> Counter[tuple[str, str, str, str]]:
    rows = run("diff", *versions, "--json", cwd=folder).json()
    return Counter((one["change"], one["subject"], one["property"], one["value"]) for one in rows)


def test_rows_that_came_are_added_and_those_that_moved_are_changed(folder: Path) -> None:
    assert changes(folder, "v1", "v2") == Counter(
        {
            ("added", "policy:two", "name", "第二号文件"): 1,
            ("added", "policy:two", "dated", "2024-02-06"): 1,
            ("changed", "policy:one", "name", "第一号文件"): 1,
            ("changed", "policy:one", "dated", "2024-01-05"): 1,
        }
    )


def test_another_value_is_one_removed_and_one_added(folder: Path) -> None:
    assert changes(folder, "v2", "v3") == Counter(
        {
            ("removed", "policy:two", "dated", "2024-02-06"): 1,
            ("added", "policy:two", "dated", "2024-02-07"): 1,
        }
    )


def test_a_document_that_went_took_its_statements_along(folder: Path) -> None:
    assert set(changes(folder, "v3", "v4")) == {
        ("removed", "policy:b", "name", "乙文件"),
        ("removed", "policy:b", "dated", "2023"),
    }


def test_the_newest_version_is_meant_where_none_is_named(folder: Path) -> None:
    assert changes(folder, "v2") == changes(folder, "v2", "v4")
    assert changes(folder, "2", "3") == changes(folder, "v2", "v3")


def test_a_version_differs_in_nothing_from_itself(folder: Path) -> None:
    assert changes(folder, "v3", "v3") == changes(folder, "v4") == Counter()


def test_turned_round_what_came_has_gone(folder: Path) -> None:
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    for one, other in (("v1", "v2"), ("v2", "v3"), ("v1", "v4"), ("v0", "v1")):
        there, back = changes(folder, one, other), changes(folder, other, one)
        assert {(turned[what], *rest): n for (what, *rest), n in back.items()} == dict(there)


def test_version_0_holds_nothing_so_all_has_come_since(folder: Path) -> None:
    everything = changes(folder, "v0", "v1")
    assert {what for what, *_ in everything} == {"added"}
    assert everything.total() == run("log", "--json", cwd=folder).json()[-1]["added"]


def test_what_a_diff_counts_is_what_the_log_counts(folder: Path) -> None:
    for entry in run("log", "--json", cwd=folder).json():
        number = int(entry["version"].removeprefix("v"))
        counted = Counter[str]()
        for (what, *_), many in changes(folder, f"v{number - 1}", f"v{number}").items():
            counted[what] += many
        assert [counted[what] for what in ("added", "removed", "changed")] == [
            entry["added"], entry["removed"], entry["changed"],
        ]  # fmt: skip


def test_a_diff_says_where_each_statement_stands(folder: Path) -> None:
    ended = run("diff", "v2", "v3", cwd=folder)
    head, _, *rows = ended.out.splitlines()
    assert head.split() == [
        "change", "subject", "property", "value", "source", "document", "place", "id",
    ]  # fmt: skip
    assert len(rows) == 2
    assert all("source:madis" in row and "data/a.csv" in row and "row 2" in row for row in rows)


@pytest.mark.parametrize(
    ("versions", "code", "said"),
    [
        ("x", 2, "not a version: 'x' (want v12, see 'kg log')"),
        ("²", 2, "not a version: '²'"),
        ("v1 v-2", 2, "'v-2'"),
        ("v9", 1, "no version v9"),
        ("v1 v9", 1, "no version v9"),
        ("", 2, "Missing argument"),
    ],
)
def test_a_version_that_is_none_is_one_line(
    folder: Path, versions: str, code: int, said: str
) -> None:
    ended = run("diff", *versions.split(), cwd=folder)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err and ended.err.count("\n") == 1
