"""What a load prints, and what goes to which stream; nothing else is written."""

import csv
import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.commands import (
    KG,
    environment,
    run,
)
from tests.stores import MESSY, write

POLICIES = "policy_id,title,issued_on,source_id"
BAD = f"{POLICIES}\npolicy:a1,第一号文件,2024-01-05,source:a\npolicy:a2,第二号文件,去年,source:a\n"


def test_rows_with_problems_end_with_0_and_strict_with_1(empty: Path) -> None:
    write(empty / "policies.csv", BAD)
    strict = run("load", "policies.csv", "--strict", cwd=empty)
    assert strict.code == 1
    assert "nothing stored" in strict.out
    assert run("documents", cwd=empty).code == 3
    lax = run("load", "policies.csv", cwd=empty)
    assert lax.code == 0
    assert ", 1 problem," in lax.out.splitlines()[-1]
    assert "policies.csv" in lax.err and "row 3" in lax.err and "issued_on" in lax.err


def test_load_as_json_prints_the_keys_of_the_contract_and_nothing_else(empty: Path) -> None:
    write(empty / "policies.csv", BAD)
    first = run("load", "policies.csv", "--json", cwd=empty).json()
    assert list(first) == [
        "documents", "statements", "added", "removed", "changed", "kept", "problems", "review",
        "total", "version",
    ]  # fmt: skip
    assert first["documents"] == first["problems"] == 1
    assert first["added"] == first["statements"] == first["total"] > 2
    assert first["version"] == "v1"
    again = run("load", "policies.csv", "--json", cwd=empty).json()
    assert (again["added"], again["kept"], again["version"]) == (0, first["total"], "v1")
    write(empty / "policies.csv", BAD.replace("第一号文件", "第九号文件"))
    dry = run("load", "policies.csv", "--json", "--dry-run", cwd=empty).json()
    assert (dry["added"], dry["removed"]) == (1, 1)
    assert len(run("log", "--json", cwd=empty).json()) == 1


def test_problems_are_written_as_csv_with_what_is_wrong_and_what_would_be_right(
    empty: Path,
) -> None:
    write(empty / "policies.csv", BAD)
    assert run("load", "policies.csv", "--problems", "problems.csv", cwd=empty).code == 0
    with (empty / "problems.csv").open(encoding="utf-8", newline="") as file:
        header, row = csv.reader(file)
    assert header == ["document", "place", "field", "value", "problem", "remedy"]
    assert row[:4] == ["policies.csv", "row 3", "issued_on", "去年"]
    assert row[4] and row[5]
    write(empty / "policies.csv", BAD.replace("去年", "2023"))
    printed = run("load", "policies.csv", "--problems", "-", cwd=empty)
    assert printed.out.splitlines()[-1] == ",".join(header)


def test_a_table_comes_from_standard_input_under_the_name_it_is_given(copied_facts: Path) -> None:
    folder = copied_facts
    ended = run("load", "-", "--as", "office/agencies.csv", "--json", cwd=folder,
                input=MESSY.read_bytes())  # fmt: skip
    assert ended.json()["added"] > 100
    names = {row["name"] for row in run("documents", "--json", cwd=folder).json()}
    assert "office/agencies.csv" in names
    dropped = run("drop", "office/agencies.csv", "--json", cwd=folder).json()
    assert dropped["removed"] == ended.json()["added"]
    log = run("log", cwd=folder).out.splitlines()
    assert log[2].endswith("gone agencies.csv") and log[3].endswith("read agencies.csv")


def test_what_a_person_watches_is_on_stderr_only(empty: Path) -> None:
    screen, end = pty.openpty()
    process = subprocess.Popen(
        [*KG, "load"], cwd=empty, env=environment(), stdout=subprocess.PIPE, stderr=end
    )
    os.close(end)
    shown = b""
    try:
        while piece := os.read(screen, 4096):
            shown += piece
    except OSError:
        pass  # all have closed their end of the terminal
    os.close(screen)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"100%" in shown and b"Traceback" not in shown
    assert out.decode().startswith("41 documents, 6123 statements, 6123 added,")


def test_nothing_is_written_but_the_store_and_nothing_said_but_the_answer(tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in ("cwd", "home", "tmp")}
    for folder in places.values():
        folder.mkdir()
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    env = {"HOME": str(places["home"]), "TMPDIR": str(places["tmp"]), "XDG_CACHE_HOME": cache}
    for arguments in (
        "load",
        "query policy/direct-implementers",
        "show agency:js",
        "find 数据局",
        "export --format trig",
        "export --format jsonl",
        "documents",
        "log",
        "doctor",
        "load - --as a.csv",
    ):
        ended = run(*arguments.split(), cwd=places["cwd"], env=env, input=BAD)
        assert ended.code == 0, ended
        if not arguments.startswith("load"):
            assert ended.err == "", ended
        elif arguments == "load":  # two cells without a year, five names that wait
            assert len(ended.err.splitlines()) == 2 + 2 + 5
            assert all(line[:9] in LISTED for line in ended.err.splitlines())
    assert [path.name for path in places["cwd"].iterdir()] == [".kg"]
    assert list(places["home"].rglob("*")) == []
    assert list(places["tmp"].rglob("*")) == []
    assert all(path.name in STORE for path in (places["cwd"] / ".kg").iterdir())


LISTED = {"document ", "---------", "kg:source"}
STORE = {"statements", "facts", "graph", "kg.json", "register", "judgements.csv"}


@pytest.mark.skipif(os.name == "nt", reason="no such shell")
@pytest.mark.parametrize(
    "arguments",
    [
        "export --format nquads",
        "export --format jsonl",
        "query policy/issuers",
        "cypher 'UNWIND range(1, 9999) AS x RETURN x AS x, \"数据\" AS y'",
        "ontology",
        "--help",
    ],
)
def test_a_reader_that_has_seen_enough_ends_it_quietly(loaded: Path, arguments: str) -> None:
    command = f"set -o pipefail; {' '.join(KG)} {arguments} | head -1"
    ended = run("-c", command, cwd=loaded, program=("bash",))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count("\n") == 1
