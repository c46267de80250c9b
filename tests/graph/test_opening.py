"""Graph folders: made when a question needs one, then only read; gone when no one needs them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

import kg
from kg.folders import is_whole
from kg.graph import using
from tests.commands import KG, environment, run
from tests.disks import small_disk
from tests.stores import write

ASKED = ("query", "policy/direct-implementers", "--format", "csv")
WAITING = """
import kg, sys
with kg.open(".kg") as store:
    for line in sys.stdin:
        rows = store.ask("policy/direct-implementers").rows
        print(len(rows), store.graph.folder.name, flush=True)
"""


MORE = "policy_id,title\npolicy:more,更多文件"


@pytest.fixture
def folder(copied: Callable[[], Path]) -> Path:
    return copied()


def graphs(folder: Path) -> list[str]:
    """The names of the graph folders of a store, half-made ones too."""
    there = (folder / ".kg" / "graph").iterdir()
    return sorted(path.name for path in there if path.is_dir() and ".in-use-" not in path.name)


def files(folder: Path) -> dict[str, str]:
    """All files of the graphs, with what is in them."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in (folder / ".kg" / "graph").glob("v*/**/*")
    }


def test_the_folder_is_named_by_version_and_shape(folder: Path) -> None:
    (name,) = graphs(folder)
    assert re.fullmatch(r"v1-[0-9a-f]{6,}", name)


def test_a_graph_is_never_written_again(folder: Path) -> None:
    before = files(folder)
    assert before
    for _ in range(2):
        assert run(*ASKED, cwd=folder).code == 0
    assert run("cypher", "MATCH (p:Policy) SET p.x = 1", cwd=folder).code == 1
    assert files(folder) == before


def test_only_who_searches_by_words_makes_the_graph_that_can_be_searched(folder: Path) -> None:
    (plain,) = graphs(folder)
    assert run("find", "--words", "力", "--json", cwd=folder).json()
    assert graphs(folder) == [plain, f"{plain}-words"]
    before = files(folder)
    assert run("find", "--words", "算力 枢纽", cwd=folder).code == 0
    assert run(*ASKED, cwd=folder).code == 0
    assert files(folder) == before
    assert run("load", write(folder / "more.csv", MORE), cwd=folder).code == 0
    assert "更多文件" in run("find", "--words", "更多", cwd=folder).out
    assert graphs(folder) == [name.replace("v1-", "v2-") for name in (plain, f"{plain}-words")]


def test_a_load_that_changes_nothing_builds_no_graph(folder: Path) -> None:
    before = files(folder)
    assert run("load", cwd=folder).code == 0
    assert run(*ASKED, cwd=folder).code == 0
    assert files(folder) == before


def test_a_load_makes_no_graph_and_the_next_question_makes_the_new_one_only(folder: Path) -> None:
    (old,) = graphs(folder)
    assert run("load", write(folder / "more.csv", MORE), cwd=folder).code == 0
    assert graphs(folder) == [old]
    assert run(*ASKED, cwd=folder).code == 0
    (new,) = graphs(folder)
    assert new == old.replace("v1-", "v2-")


def test_a_changed_register_is_another_graph(folder: Path) -> None:
    (old,) = graphs(folder)
    write(folder / ".kg" / "register" / "names.csv",
          "name,entity,kind,lang,from,to,source\n数据廿条,policy:p20,short,zh,,,")  # fmt: skip
    ended = run(*ASKED, "-p", "policy=数据廿条", cwd=folder)
    assert len(ended.csv()) == 6
    (new,) = graphs(folder)
    assert new.startswith("v1-") and new != old


def test_a_graph_in_use_stays_and_goes_when_its_last_user_has_gone(folder: Path) -> None:
    (old,) = graphs(folder)
    with subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as reader:
        assert reader.stdin and reader.stdout

        def asks() -> bytes:
            assert reader.stdin and reader.stdout
            reader.stdin.write(b"again\n")
            reader.stdin.flush()
            return reader.stdout.readline()

        assert asks().split() == [b"5", old.encode()]
        assert run("load", write(folder / "more.csv", MORE), cwd=folder).code == 0
        assert run(*ASKED, cwd=folder).code == 0
        assert old in graphs(folder) and len(graphs(folder)) == 2
        assert asks().split() == [b"5", old.encode()]
        reader.stdin.close()
        assert reader.wait(timeout=60) == 0
    assert run("drop", "kg:sources/facts/counts.csv", cwd=folder).code == 0
    assert run(*ASKED, cwd=folder).code == 0
    (newest,) = graphs(folder)
    assert newest.startswith("v3-")


def test_a_process_that_loads_and_asks_lets_go_of_the_graphs_of_earlier_versions(
    folder: Path,
) -> None:
    with kg.open(folder / ".kg") as store:
        store.ask("policy/issuers")
        for number in (2, 3, 4):
            write(folder / "t.csv", f"policy_id,title\npolicy:t{number},第{number}号文件")
            store.load(folder / "t.csv")
            store.ask("policy/issuers")
            (name,) = graphs(folder)
            assert name.startswith(f"v{number}-")


def test_two_of_one_process_hold_a_graph_until_both_have_let_go(tmp_path: Path) -> None:
    graph = tmp_path / "v1-a"
    graph.mkdir()
    using.use(graph)
    using.use(graph)
    using.leave(graph)
    assert not using.released(graph) and graph.is_dir()
    using.leave(graph)
    assert using.released(graph) and list(tmp_path.iterdir()) == []


def test_four_at_once_that_find_no_graph_all_answer_and_make_one(folder: Path) -> None:
    wanted = run(*ASKED, cwd=folder)
    shutil.rmtree(folder / ".kg" / "graph")
    shutil.rmtree(folder / ".kg" / "facts")
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(lambda _: run(*ASKED, cwd=folder), range(4)))
    assert ended == [wanted] * 4
    assert len(graphs(folder)) == 1
    assert [path.name for path in (folder / ".kg" / "facts").iterdir()] == ["v1.parquet"]


def test_a_graph_looks_whole_to_all_while_others_let_go_of_it(folder: Path) -> None:
    (name,) = graphs(folder)
    processes = [
        subprocess.Popen([*KG, *ASKED], cwd=folder, env=environment(), stdout=subprocess.DEVNULL)
        for _ in range(3)
    ]
    whole = set()
    while any(one.poll() is None for one in processes):
        whole.add(is_whole(folder / ".kg" / "graph" / name))
    assert whole == {True}


def test_a_damaged_graph_is_said_and_what_to_do(folder: Path) -> None:
    (name,) = graphs(folder)
    largest = max((folder / ".kg" / "graph" / name).iterdir(), key=lambda file: file.stat().st_size)
    largest.write_bytes(b"x")
    ended = run(*ASKED, cwd=folder)
    assert (ended.code, ended.out) == (3, "")
    assert "damaged, remove it and ask again" in ended.err and ended.err.count("\n") == 1
    shutil.rmtree(folder / ".kg" / "graph" / name)
    assert run(*ASKED, cwd=folder).code == 0


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to this user"
)
def test_a_store_that_cannot_be_written_to_still_answers(folder: Path) -> None:
    wanted = run(*ASKED, cwd=folder)
    for path in sorted((folder / ".kg").rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert run(*ASKED, cwd=folder) == wanted
    finally:
        for path in (folder / ".kg").rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_graph_that_a_full_disk_cannot_hold_is_said(copied: Callable[[], Path]) -> None:
    home = copied()
    shutil.rmtree(home / ".kg" / "graph")
    with small_disk(home / ".kg" / "graph", "400k"):
        ended = run(*ASKED, cwd=home)
        assert ended.code == 3 and len(ended.err.splitlines()) == 1
        assert "cannot be written: No space left" in ended.err
        assert graphs(home) == []
