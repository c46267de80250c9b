"""What happens to files, clocks and disks: one clear line, and nothing lost or torn."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import load as loading
from kg.store import Store
from tests import disks
from tests.commands import run
from tests.stores import P1, export, policies, put, version, write

HEAD = "policy_id,title,issued_on"
LOADING = (
    "import sys; from pathlib import Path; from kg.store import Store; from kg.load import load"
)


def table(path: Path, *rows: str) -> Path:
    return write(path, "\n".join((HEAD, *rows)))


def one_line(text: str) -> str:
    """The only line of an error."""
    (line,) = text.strip().splitlines()
    assert len(line) < 700
    return line


def test_a_clock_that_runs_backwards_changes_neither_order_nor_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.csv"
    exports = []
    for number, year in enumerate((2031, 2029, 2027), start=1):
        monkeypatch.setattr(loading, "_now", lambda year=year: f"{year}-01-01T00:00:00+00:00")
        put(tmp_path, table(path, f"policy:p,第{number}号文件,2024-01-0{number}"))
        _set_clock(tmp_path / ".kg" / "statements" / "_delta_log" / f"{number - 1:020}.json", year)
        exports.append(export(tmp_path))
        assert "2024-01-0" + str(number) in exports[-1] and version(tmp_path) == f"v{number}"
    with Store(tmp_path / ".kg") as store:
        assert [(one.version, one.when[:4]) for one in store.log()] == [
            ("v3", "2026"),
            ("v2", "2028"),
            ("v1", "2030"),
        ]
    assert put(tmp_path, path).version == "v3"


def _set_clock(log: Path, year: int) -> None:
    """Make a commit say that it was made in some year."""
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if "commitInfo" in line:
            line["commitInfo"]["timestamp"] = (year - 1970) * 31_550_000_000
    log.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    os.utime(log, ((year - 1970) * 31_550_000,) * 2)


@pytest.mark.parametrize("attempt", range(3))
def test_two_loads_of_one_document_at_once_leave_one_of_its_states(
    tmp_path: Path, attempt: int
) -> None:
    states = [
        [f"policy:{name},{name}号文件,2024-01-05" for name in names] for names in ("ab", "bcd")
    ]
    homes = [tmp_path / "one", tmp_path / "two"]
    for home, rows in zip(homes, states, strict=True):
        table(home / "p.csv", *rows)
    code = "load(Store(Path(sys.argv[1])), [Path(sys.argv[2])], name='p.csv')"
    command = [sys.executable, "-c", f"{LOADING}; sys.stdin.readline(); {code}"]
    processes = [
        subprocess.Popen([*command, tmp_path / ".kg", home / "p.csv"], stdin=subprocess.PIPE)
        for home in homes
    ]
    for process in processes:
        assert process.stdin
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    alone = []
    for home in homes:
        put(home, home / "p.csv")
        alone.append(export(home))
    assert export(tmp_path) in alone and version(tmp_path) == "v2"


def test_a_line_of_a_gigabyte_is_one_problem_line(tmp_path: Path) -> None:
    for name in ("long.csv", "long.jsonl", "long.json"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(1 << 30)
        ended = run("load", name, cwd=tmp_path)
        assert ended.code == 1 and name in one_line(ended.err)
        (tmp_path / name).unlink()


def test_a_table_of_200000_columns_is_one_line_and_ends_soon(tmp_path: Path) -> None:
    text = ",".join(f"column{number}" for number in range(200_000))
    (tmp_path / "wide.csv").write_text(f"{text}\n{text}\n", encoding="utf-8")
    ended = run("load", "wide.csv", cwd=tmp_path)
    assert ended.code == 1 and "no kind of table" in one_line(ended.err)


def test_200000_columns_beside_those_known_still_load_with_one_problem(tmp_path: Path) -> None:
    wide = "".join(f",column{number}" for number in range(200_000))
    path = tmp_path / "wide.csv"
    path.write_text(f"{HEAD}{wide}\npolicy:p,第一号文件,2024-01-05\n", encoding="utf-8")
    report = put(tmp_path, path)
    assert report.change.added == 2
    (problem,) = report.problems
    assert str(problem).startswith("wide.csv, row 1, column0, column1, column2, ")
    assert "200000 unknown headings, their columns are not read" in str(problem)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with disks.small_disk(tmp_path / "disk", "2m") as disk:
        yield disk


def test_a_full_disk_is_one_line_and_the_store_stays_as_it_was(small_disk: Path) -> None:
    put(small_disk, table(small_disk / "a.csv", "policy:p,第一号文件,2024-01-05"))
    before = export(small_disk)
    rows = [f"policy:p{number},第{number}号文件,2024-01-05" for number in range(60_000)]
    big = table(small_disk.parent / "big.csv", *rows)
    ended = run("--store", small_disk / ".kg", "load", big, cwd=small_disk)
    assert ended.code in (1, 3) and "No space left" in one_line(ended.err)
    assert export(small_disk) == before
    assert not [path for path in (small_disk / ".kg").iterdir() if path.name.startswith(".spill")]


def test_a_full_disk_leaves_no_half_written_export(small_disk: Path) -> None:
    home = small_disk.parent
    rows = [f"policy:p{number},第{number}号文件,2024-01-05" for number in range(20_000)]
    put(home, table(home / "big.csv", *rows))
    for name in ("out.nq", "out.trig", "out.jsonl"):
        ended = run("export", "-o", small_disk / name, cwd=home)
        assert ended.code == 1 and "No space left" in one_line(ended.err)
        assert list(small_disk.iterdir()) == []


def test_a_read_only_store_answers_and_says_that_it_cannot_be_loaded_into(
    small_disk: Path,
) -> None:
    path = table(small_disk / "a.csv", "policy:p,第一号文件,2024-01-05")
    put(small_disk, path)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    other = table(small_disk.parent / "b.csv", "policy:q,第二号文件,2024-01-06")
    ended = run("--store", small_disk / ".kg", "load", other, cwd=small_disk.parent)
    assert ended.code in (1, 3) and "Read-only" in one_line(ended.err)
    assert run("documents", "--json", cwd=small_disk).json()[0]["name"] == "a.csv"
    asked = run("query", "policy/issuers", cwd=small_disk)
    assert asked.code == 3 and "can't be written" in one_line(asked.err)


def test_what_does_not_fit_into_memory_has_room_again_after_a_load(tmp_path: Path) -> None:
    large = "SELECT count(*) FROM (FROM range(2000000) t(i) ORDER BY hash(i) LIMIT 1900000)"
    with Store(tmp_path / ".kg") as store:
        for _ in range(2):
            with store.room():
                store.connection.execute("SET memory_limit = '20MB'")
                assert store.connection.execute(large).fetchall() == [(1_900_000,)]
        loading.load(store, [policies(tmp_path, P1)])
        store.connection.execute("SET memory_limit = '20MB'")
        assert store.connection.execute(large).fetchall() == [(1_900_000,)]
        assert len(store.documents()) == 1


@pytest.mark.parametrize("left", [0, 1000, None])
def test_a_store_of_which_a_file_is_missing_or_cut_is_damaged(
    tmp_path: Path, left: int | None
) -> None:
    put(tmp_path, policies(tmp_path, P1))
    (file,) = (tmp_path / ".kg" / "statements").glob("*.parquet")
    if left is None:
        file.unlink()
    else:
        os.truncate(file, left)
    for command in ("documents", "load", "log"):
        ended = run(command, cwd=tmp_path)
        assert ended.code == 3
        assert one_line(ended.err).startswith("kg: the store in .kg is damaged, ")
    doctor = run("doctor", "--json", cwd=tmp_path)
    assert doctor.code == 1 and " is damaged, " in json.loads(doctor.out)["store"]["wrong"]
