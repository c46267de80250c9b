"""A process that is killed at a random moment leaves nothing torn: 216 times, seeded."""

import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

import kg
from kg.errors import StoreError
from tests.commands import KG, environment, run

ROUNDS = 36
HEAD = "policy_id,title,issued_on,source_id\n"


def table(path: Path, seed: int) -> Path:
    """A table of 300 policies, others for another seed."""
    rows = (f"policy:k{n},第{seed}版第{n}号文件,2024-01-05,source:madis" for n in range(300))
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store of one table."""
    assert run("load", table(tmp_path / "t.csv", 0), cwd=tmp_path).code == 0
    return tmp_path


def duration(folder: Path, *command: str | Path) -> float:
    """How long a command takes when nobody kills it."""
    start = time.monotonic()
    assert run(*command, cwd=folder).code == 0
    return time.monotonic() - start


def killed(folder: Path, after: float, *command: str | Path) -> bool:
    """Kill a command some seconds after its start; whether it was still running."""
    with subprocess.Popen(
        [*KG, *map(str, command)],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        time.sleep(after)
        running = process.poll() is None
        process.send_signal(signal.SIGKILL)
    return running


def state(folder: Path) -> tuple[str, set[str]]:
    """The version of a store, and the names it holds."""
    with kg.open(folder / ".kg") as store:
        rows = store.connection.execute(
            f"SELECT value_key FROM {store.records} WHERE property = 'name'"
        ).fetchall()
        return str(store.version), {row[0] for row in rows}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_load_that_is_killed_is_there_whole_or_not_at_all(folder: Path, seed: int) -> None:
    random_ = random.Random(seed)
    longest = duration(folder, "load", "t.csv", "--dry-run") * 1.2
    hits = 0
    for number in range(1, ROUNDS + 1):
        before = state(folder)
        table(folder / "t.csv", number)
        hits += killed(folder, random_.uniform(0, longest), "load", "t.csv")
        after = state(folder)
        whole = {f"第{number}版第{n}号文件" for n in range(300)}
        assert after == before or (after[1] == whole and after[0] != before[0])
    assert hits > ROUNDS / 3
    assert run("load", "t.csv", cwd=folder).code == 0
    assert state(folder)[1] == whole
    leftovers = {path.name for path in (folder / ".kg").iterdir()}
    assert {name for name in leftovers if not name.startswith(".")} <= {
        "kg.json", "statements", "facts", "graph",
    }  # fmt: skip


@pytest.mark.parametrize("seed", [3, 4])
def test_an_export_that_is_killed_leaves_the_earlier_file_or_the_new_one(
    folder: Path, seed: int
) -> None:
    random_ = random.Random(seed)
    out = folder / "out.nq"
    longest = duration(folder, "export", "-o", out) * 1.2
    wanted = out.read_bytes()
    hits = 0
    for number in range(ROUNDS):
        earlier = f"earlier {number}".encode()
        out.write_bytes(earlier)
        hits += killed(folder, random_.uniform(0, longest), "export", "-o", out)
        assert out.read_bytes() in (earlier, wanted)
    assert hits > ROUNDS / 3


@pytest.mark.parametrize("seed", [5, 6])
def test_a_graph_whose_building_is_killed_is_built_again(folder: Path, seed: int) -> None:
    random_ = random.Random(seed)
    asked = ("cypher", "MATCH (n:Policy) RETURN count(n) AS n", "--format", "csv")
    graphs = folder / ".kg" / "graph"
    longest = duration(folder, *asked) * 1.2
    hits = 0
    for _ in range(ROUNDS):
        shutil.rmtree(graphs)
        hits += killed(folder, random_.uniform(0, longest), *asked)
        built = list(graphs.glob("v*")) if graphs.is_dir() else []
        graphs.mkdir(exist_ok=True)
        assert all((path / "files.json").is_file() for path in built)
    assert hits > ROUNDS / 3
    assert run(*asked, cwd=folder).csv() == [["n"], ["300"]]
    assert len(list(graphs.glob("v*"))) == 1
    assert not [path for path in graphs.iterdir() if ".making-" in path.name]


def test_a_first_load_that_is_killed_leaves_no_store_or_a_whole_one(tmp_path: Path) -> None:
    table(tmp_path / "t.csv", 1)
    for after in (0.05, 0.15, 0.25, 0.3):
        killed(tmp_path, after, "load", "t.csv")
        if (tmp_path / ".kg" / "statements" / "_delta_log").is_dir():
            assert len(state(tmp_path)[1]) == 300
        else:
            with pytest.raises(StoreError, match="no store"):
                state(tmp_path)
        shutil.rmtree(tmp_path / ".kg", ignore_errors=True)
    assert run("load", "t.csv", cwd=tmp_path).code == 0
    assert len(state(tmp_path)[1]) == 300
