"""How a command ends, and the one line that it then says."""

import json
import os
import time
from pathlib import Path

import pytest

from tests.commands import KG, Ended, assert_one_line, interrupted, reads, run, started
from tests.stores import write

NEVER_ENDING = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x = -1 "
POLICIES = "policy_id,title,issued_on,source_id"
POLICY_TABLE = "tables/policies_政策文件清单.csv"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("nosuch", "No such command 'nosuch'"),
        ("load --nope", "No such option '--nope'"),
        ("show", "Missing argument"),
        ("query --format xml", "'xml' is not one of"),
        ("query policy/nosuch", "no question 'policy/nosuch'"),
        ("query agency/issuers", "did you mean policy/issuers?"),
        ("query ../pyproject", "no question"),
        ("query policy/issuers policy/targets", "one question at a time"),
        ("query policy/issuers -p nosuch=1", "no parameter 'nosuch' (it has: policy)"),
        ("query policy/issuers -p policy", "NAME=VALUE"),
        ("query policy/targets -p due=soon", "not a whole number: 'soon'"),
        ("query agency/bounded-unveiling -p from=2024-1-5", "want 2024-01-05"),
        ("query agency/exact-unveiling -p level=x", "want one of national, provincial"),
        ("query policy/issuers --limit 0", "--limit"),
        ("query policy/issuers --timeout -1", "--timeout"),
        ("export --format xml", "'xml' is not one of"),
        ("export -o graph.xyz", "no format ends in .xyz"),
        ("load -", "--as NAME"),
        ("load x.csv --as name", "give '-' as the path"),
        ("--lang fr query", "'fr' is not one of"),
    ],
)
def test_wrong_usage_ends_with_2_and_one_line(loaded: Path, arguments: str, said: str) -> None:
    ended = run(*arguments.split(), cwd=loaded)
    assert_one_line(ended, 2)
    assert said in ended.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["load", "nothere.csv"], "nothere.csv: no such file or folder"),
        (["drop", "nothere"], "no document 'nothere': see 'kg documents'"),
        (["query", "policy/issuers", "-p", "policy=nix"], "nothing of class Policy is named"),
        (["show", "nix"], "nothing is named 'nix'"),
        (["find", "nix"], "nothing is named 'nix'"),
        (["find", ""], "nothing is named ''"),
        (["cypher", "MATCH (n RETURN n"], "line 1, column 10: unexpected 'RETURN'"),
        (["cypher", "MATCH (n:Policy)\nSET n.x = 1"], "only queries that read are run"),
        (["cypher", "CREATE (:Policy {id: 'policy:x'})"], "only queries that read are run"),
        (["cypher", "RETURN $x AS x"], "a parameter has no value: x"),
        (["cypher", ""], "empty"),
        (["cypher", NEVER_ENDING + "RETURN count(*) AS n", "--timeout", "0.3"], "longer than 0.3"),
        (["export", "-o", "no/such/folder.trig"], "can't be written"),
        (["export", "-o", "no/such/folder.jsonl"], "can't be written"),
        (["query", "policy/issuers", "-o", "no/such/folder.json"], "can't be written"),
    ],
)
def test_what_cannot_be_done_ends_with_1_and_one_line(
    loaded: Path, arguments: list[str], said: str
) -> None:
    ended = run(*arguments, cwd=loaded)
    assert_one_line(ended, 1)
    assert said in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        "query policy/issuers",
        "query --check",
        "show policy:p20",
        "find 数据",
        "cypher RETURN",
        "documents",
        "drop x",
        "log",
        "export",
        "export -o x.jsonl",
    ],
)
def test_without_a_store_a_command_ends_with_3_and_says_what_to_do(
    empty: Path, arguments: str
) -> None:
    ended = run(*arguments.split(), cwd=empty)
    assert ended == Ended(3, "", "kg: no store in .kg: run 'kg load'\n")
    assert list(empty.iterdir()) == []


def test_a_folder_that_is_no_store_is_left_alone(empty: Path) -> None:
    write(empty / "photos" / "a.txt", "mine")
    for arguments in (["load"], ["documents"]):
        ended = run("--store", "photos", *arguments, cwd=empty)
        assert_one_line(ended, 3)
        assert "choose another with --store" in ended.err
    assert_one_line(run("--store", "photos/a.txt", "load", cwd=empty), 3)
    assert [path.name for path in (empty / "photos").iterdir()] == ["a.txt"]


@pytest.mark.parametrize("arguments", ["--help", "query", "load --help", "ontology", "--version"])
def test_help_questions_and_model_need_no_store(empty: Path, arguments: str) -> None:
    ended = run(*arguments.split(), cwd=empty)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out
    assert list(empty.iterdir()) == []


def test_doctor_works_without_a_store_and_with_one(empty: Path, loaded: Path) -> None:
    without, there = run("doctor", cwd=empty), run("doctor", cwd=loaded)
    assert without.code == there.code == 0
    said = run("doctor", "--json", cwd=loaded).json()["store"]
    assert said["there"] and said["version"] == "v1" and said["documents"] == 41
    assert run("doctor", "--json", cwd=empty).json()["store"]["there"] is False
    assert list(empty.iterdir()) == []


def test_doctor_ends_with_1_where_something_is_wrong(empty: Path) -> None:
    write(empty / ".kg" / "kg.json", '{"format": 999}')
    ended = run("doctor", cwd=empty)
    assert ended.code == 1
    assert "made by a newer kg (format 999): update kg" in ended.out
    assert_one_line(run("query", "policy/issuers", cwd=empty), 3)


def test_a_document_that_cannot_be_read_leaves_no_store_behind(empty: Path) -> None:
    (empty / "picture.csv").write_bytes(b"\x89PNG\x00\x01")
    assert_one_line(run("load", "picture.csv", cwd=empty), 1)
    assert_one_line(run("load", "nothere.csv", cwd=empty), 1)
    assert [path.name for path in empty.iterdir()] == ["picture.csv"]


def test_check_ends_with_1_where_an_answer_is_not_the_expected_one(changed: Path) -> None:
    assert run("query", "--check", "policy/issuers", cwd=changed).code == 0
    for name in ("facts/rel_issued_by.csv", "tables/relations_关系表.csv", POLICY_TABLE):
        assert run("drop", f"kg:sources/{name}", cwd=changed).code == 0
    ended = run("query", "--check", "policy/issuers", "policy/regulations", cwd=changed)
    assert ended.code == 1
    assert "differs policy/issuers" in ended.out and "ok      policy/regulations" in ended.out
    assert "- agency:nda | 国家数据局" in ended.out
    rows = json.loads(run("query", "--check", "policy/issuers", "--json", cwd=changed).out)
    assert [row["result"] for row in rows] == ["differs"]


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize("after", [0.0, 1.0])
def test_an_interrupted_load_ends_with_130_and_leaves_no_half_made_store(
    empty: Path, after: float
) -> None:
    big = empty / "big.csv"
    rows = (f"policy:n{i},第{i}号文件,2024-01-05,source:a\n" for i in range(300_000))
    big.write_text(POLICIES + "\n" + "".join(rows), encoding="utf-8")
    process = started("load", "big.csv", cwd=empty)
    while not reads(process, big):
        time.sleep(0.02)
    ended = interrupted(process, after)
    assert ended == Ended(130, "", "kg: stopped; the store is as it was before\n")
    assert run("documents", cwd=empty).code == 3
    assert [path.name for path in empty.iterdir()] == ["big.csv"]


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_an_interrupted_question_ends_with_130(loaded: Path) -> None:
    asked = NEVER_ENDING + "RETURN count(*) AS n"
    ended = interrupted(started("cypher", asked, cwd=loaded), 2.5)
    assert (ended.code, ended.out) == (130, "")
    assert ended.err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_said_in_one_line(loaded: Path) -> None:
    for arguments in ("export", "export --format jsonl", "query policy/issuers", "documents"):
        command = f"{' '.join(KG)} {arguments} > /dev/full"
        ended = run("-c", command, cwd=loaded, program=("bash",))
        assert_one_line(ended, 1)
        assert "No space left on device" in ended.err and "_io" not in ended.err


def test_text_of_bytes_that_are_no_utf_8_is_said_in_one_line(loaded: Path) -> None:
    ended = run("find", os.fsdecode(b"\xff"), cwd=loaded)
    assert (ended.code, ended.err) == (1, "kg: text that was given is not UTF-8\n")
