"""Several loads at once, and loads that are stopped somewhere: nothing is lost or torn."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store import Store
from tests.stores import FACTS, P1, P2, ROOT, export, policies, put, query

LOADING = (
    "import sys; from pathlib import Path; from kg.store import Store; from kg.load import load"
)


def _process(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A real process that loads: it says `ready`, then waits for a line to begin."""
    begin = f"{LOADING}; print('ready', flush=True); sys.stdin.readline(); {code}"
    command = [sys.executable, "-c", begin, *map(str, arguments)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout and process.stdout.readline() == "ready\n"
    return process


def _begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.parametrize("attempt", range(3))
def test_two_loads_at_once_both_end_up_in_the_store(tmp_path: Path, attempt: int) -> None:
    files = [policies(tmp_path, P1, name="a.csv"), policies(tmp_path, P2, name="b.csv")]
    code = "s = Store(Path(sys.argv[1])); print(load(s, [Path(sys.argv[2])]).version)"
    processes = [_process(code, tmp_path / ".kg", path) for path in files]
    for one in processes:
        _begin(one)
    out = [one.communicate(timeout=60) for one in processes]
    assert sorted(text for text, _ in out) == ["v1\n", "v2\n"], out
    documents = query(tmp_path, "SELECT document FROM records WHERE type = 'document' ORDER BY 1")
    assert documents == [("a.csv",), ("b.csv",)]
    with Store(tmp_path / ".kg") as store:
        assert [entry.version for entry in store.log()] == ["v2", "v1"]


def _halved(folder: Path) -> None:
    """Take every second row out of the tables of a folder."""
    for path in folder.glob("*.csv"):
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(
            "".join([rows[0], *rows[2::2]]) if len(rows) > 3 else "".join(rows), "utf-8"
        )


def _two_states(folder: Path) -> tuple[Path, Path, str, str]:
    """The shipped facts whole and halved, in two folders that stores see by one name."""
    whole = shutil.copytree(FACTS, folder / "whole" / "facts")
    half = shutil.copytree(FACTS, folder / "half" / "facts")
    _halved(half)
    exports = []
    for path in (whole, half):
        shutil.copytree(path, folder / "try" / "facts", dirs_exist_ok=True)
        put(folder / "try", folder / "try" / "facts")
        exports.append(export(folder / "try"))
    return whole, half, exports[0], exports[1]


def _interrupted(folder: Path, rounds: int, sign: signal.Signals) -> list[bool]:
    """Load the other state again and again, stopped somewhere: whether each load got through."""
    whole, half, all_of_it, half_of_it = _two_states(folder)
    home, chance = folder / "try", random.Random(7)
    code = "load(Store(Path(sys.argv[1])), [Path(sys.argv[2])])"
    through = []
    for number in range(rounds):
        wanted, text = (whole, all_of_it) if number % 2 == 0 else (half, half_of_it)
        old = export(home)
        shutil.copytree(wanted, home / "facts", dirs_exist_ok=True)
        process = _process(code, home / ".kg", home / "facts")
        _begin(process)
        time.sleep(chance.uniform(0, 0.8) if number else 0)
        process.send_signal(sign)
        process.communicate(timeout=60)
        assert export(home) in (old, text), f"round {number}"
        through.append(export(home) == text)
    put(home, home / "facts")
    assert export(home) == text
    return through


def test_a_load_that_is_killed_leaves_the_previous_version_whole(tmp_path: Path) -> None:
    through = _interrupted(tmp_path, 15, signal.SIGKILL)
    assert not all(through)


def test_a_load_that_is_interrupted_leaves_the_previous_version_whole(tmp_path: Path) -> None:
    through = _interrupted(tmp_path, 4, signal.SIGINT)
    assert not all(through)
