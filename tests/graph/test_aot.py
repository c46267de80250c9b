"""The ahead-of-time cache: made once, used when it is there, never in the way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ENSURE = "from kg.graph.aot import ensure_cache; ensure_cache()"
START = "from kg.graph import jvm; jvm.start(); print(jvm.java('java.lang.Math').abs(-1))"


def start(program: str, cache: Path, **env: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(root), "XDG_CACHE_HOME": str(cache), **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(program: str, cache: Path, **env: str) -> tuple[int, str, str]:
    process = start(program, cache, **env)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def test_two_at_once_make_one_cache_and_java_starts_from_it(tmp_path: Path) -> None:
    both = [start(ENSURE, tmp_path) for _ in range(2)]
    assert [process.communicate(timeout=120) for process in both] == [("", "")] * 2
    (made,) = (tmp_path / "kg").iterdir()
    assert made.suffix == ".aot"
    # With this option Java does not start unless it can use the cache.
    code, out, _ = run(START, tmp_path, JAVA_TOOL_OPTIONS="-XX:AOTMode=on")
    assert (code, out) == (0, "1\n")


def test_a_cache_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    program = "from kg.graph import jvm; print(jvm.cache_file())"
    file = Path(run(program, tmp_path)[1].strip())
    file.parent.mkdir()
    file.write_bytes(b"cut off")
    assert run(ENSURE, tmp_path) == (0, "", "")
    assert file.read_bytes() == b"cut off"
    assert run(START, tmp_path) == (0, "1\n", "")


def test_where_no_cache_can_be_written_java_starts_without(tmp_path: Path) -> None:
    cache = tmp_path / "file"
    cache.touch()
    assert run(ENSURE, cache) == (0, "", "")
    assert run(START, cache) == (0, "1\n", "")


def test_a_training_that_fails_is_not_tried_again(tmp_path: Path) -> None:
    assert run(ENSURE, tmp_path, KG_HEAP="none") == (0, "", "")
    (failed,) = (tmp_path / "kg").iterdir()
    assert failed.suffix == ".failed"
    assert run(ENSURE, tmp_path) == (0, "", "")
    assert list((tmp_path / "kg").iterdir()) == [failed]


def test_a_heap_that_java_cannot_have_is_a_store_error(tmp_path: Path) -> None:
    code, _, err = run(START, tmp_path, KG_HEAP="none")
    assert code == 1
    assert "kg.errors.StoreError: Java does not start" in err


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_process_is_told_that_it_cannot_ask(tmp_path: Path) -> None:
    program = f"""{START}
import os, sys
from kg.errors import StoreError
if os.fork() == 0:
    try:
        jvm.start()
    except StoreError as error:
        print(error, flush=True)
    os._exit(0)
os.wait()
"""
    code, out, _ = run(program, tmp_path)
    assert code == 0
    assert out.endswith("the graph was opened before this process forked: use spawn instead\n")
