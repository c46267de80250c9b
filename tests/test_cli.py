"""The command line as a person at a shell has it: what it prints where, and how it ends."""

import csv
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.text import width
from tests.commands import KG, Ended, environment, run
from tests.stores import MESSY, write

NEVER_ENDING = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x = -1 "
POLICIES = "policy_id,title,issued_on,source_id"
POLICY_TABLE = "tables/policies_政策文件清单.csv"
BAD = f"{POLICIES}\npolicy:a1,第一号文件,2024-01-05,source:a\npolicy:a2,第二号文件,去年,source:a\n"


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


# How it ends: design §6


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


# Where options may stand


def test_store_and_lang_may_stand_before_and_after_the_verb(loaded: Path, empty: Path) -> None:
    at = str(loaded / ".kg")
    question = ("query", "policy/issuers", "--no-sources")
    before = run("--store", at, "--lang", "zh", *question, cwd=empty)
    after = run(*question, "--store", at, "--lang", "zh", cwd=empty)
    named = run(*question, cwd=empty, env={"KG_STORE": at, "LANG": "zh_CN.UTF-8"})
    assert before == after == named
    assert before.code == 0 and before.out.startswith("某一政策文件由哪些机构")


def test_what_stands_after_the_verb_counts_more(loaded: Path, empty: Path) -> None:
    at = str(loaded / ".kg")
    ended = run("--store", "x", "--lang", "zh", "query", "policy/issuers", "--store", at,
                "--lang", "en", cwd=empty, env={"KG_STORE": "y"})  # fmt: skip
    assert ended.code == 0
    assert ended.out.startswith("Which bodies issued a policy?")


def test_the_language_follows_the_locale(empty: Path) -> None:
    assert "哪些政策文件" in run("query", cwd=empty, env={"LC_ALL": "zh_CN.UTF-8"}).out
    assert "Which policies" in run("query", cwd=empty, env={"LANG": "de_DE.UTF-8"}).out


# What it prints


def test_an_answer_as_json_has_the_keys_of_the_contract(loaded: Path) -> None:
    said = run("query", "policy/direct-implementers", "--format", "json", cwd=loaded).json()
    assert list(said) == [
        "question", "zh", "en", "parameters", "version", "notes", "columns", "rows", "sources",
    ]  # fmt: skip
    assert said["question"] == "policy/direct-implementers"
    assert said["parameters"] == {"policy": "policy:p20"}
    assert (said["version"], said["columns"]) == ("v1", ["id", "name", "issued"])
    assert said["rows"][1] == {
        "id": "policy:bj20",
        "name": "关于更好发挥数据要素作用进一步加快发展数字经济的实施意见",
        "issued": "2023-06-20",
        "cites": [8, 9, 10, 11, 12, 13, 14],
        "dissent": [],
    }
    first = said["sources"][7]
    assert {
        "n", "statement", "claim", "source", "url", "title", "date", "document", "place", "quote",
        "stance", "confidence",
    } <= set(first)  # fmt: skip
    assert first["n"] == 8
    assert first["claim"] == "policy:bj20 implements policy:p20"
    cited = {one["document"]: one["place"] for one in said["sources"][7:10]}
    assert set(cited) == {
        "kg:sources/facts/rel_implements.csv",
        "kg:sources/tables/relations_关系表.csv",
        f"kg:sources/{POLICY_TABLE}",
    }
    assert all(place.startswith("row ") for place in cited.values())


def test_an_answer_as_json_without_sources_has_neither_sources_nor_cites(loaded: Path) -> None:
    said = run("query", "policy/issuers", "--format", "json", "--no-sources", cwd=loaded).json()
    assert "sources" not in said
    assert all(set(row) == {"id", "name", "position"} for row in said["rows"])


def test_an_answer_as_csv_is_its_columns_and_nothing_else(loaded: Path) -> None:
    ended = run("query", "cross/province-with-all", "--format", "csv", "--lang", "en", cwd=loaded)
    header, *rows = ended.csv()
    assert header == ["id", "name", "agencies", "exchanges", "hubs"]
    assert len(rows) == 12
    assert rows[0][3] == "北京国际大数据交易所; 中关村数海大数据交易平台"
    assert (
        ended.err == "A province that is not listed lacks at least one of the three in the data.\n"
    )


def test_csv_in_a_file_has_its_sources_in_a_file_beside_it(loaded: Path, tmp_path: Path) -> None:
    out = tmp_path / "answer.csv"
    ended = run("query", "policy/issuers", "--format", "csv", "-o", out, cwd=loaded)
    assert (ended.code, ended.out) == (0, "")
    with (tmp_path / "answer.sources.csv").open(encoding="utf-8", newline="") as file:
        sources = list(csv.DictReader(file))
    assert [one["n"] for one in sources] == [str(n) for n in range(1, len(sources) + 1)]
    per_document = Counter(one["document"] for one in sources)
    assert {"kg:sources/facts/rel_issued_by.csv", f"kg:sources/{POLICY_TABLE}"} < set(per_document)
    assert per_document["kg:sources/facts/rel_issued_by.csv"] == 17
    assert len(out.read_text(encoding="utf-8").splitlines()) == 18
    bare = tmp_path / "bare.csv"
    run("query", "policy/issuers", "--format", "csv", "-o", bare, "--no-sources", cwd=loaded)
    assert {path.name for path in tmp_path.glob("*.csv")} == {
        "answer.csv", "answer.sources.csv", "bare.csv",
    }  # fmt: skip


def test_a_table_shows_labels_numbers_sources_and_the_citation_of_itself(
    loaded: Path, facts_only: Path
) -> None:
    ended = run("query", "policy/direct-implementers", "--lang", "zh", cwd=facts_only)
    lines = ended.out.splitlines()
    assert lines[0] == "哪些政策文件直接落实某一政策?  [policy=policy:p20]"
    assert lines[2].split() == ["id", "名称", "成文日期", "依据"]
    assert lines[4].endswith("[1][2]")
    assert "来源" in lines
    assert any(line.startswith("[10] policy:reg dated 2025-01-08: ") for line in lines)
    assert lines[-1] == "policy/direct-implementers@v1"
    more = run("query", "policy/direct-implementers", "--lang", "zh", cwd=loaded).out.splitlines()
    assert more[4].endswith("[1][2]")
    bare = run("query", "policy/direct-implementers", "--no-sources", cwd=loaded).out
    assert "Sources" not in bare and "[1]" not in bare


def test_columns_line_up_by_what_characters_take_on_a_screen(loaded: Path) -> None:
    out = run("query", "policy/direct-implementers", "--lang", "zh", cwd=loaded).out
    header, rule, *rows = out.splitlines()[2:9]
    starts = [i for i, char in enumerate(f" {rule}") if char == "-" and f" {rule}"[i - 1] == " "]
    assert len(starts) == 4
    for line in (header, *rows):
        cells = [position for position in places(line) if position in starts]
        assert cells == starts, line


def test_cypher_gives_rows_in_each_format(loaded: Path) -> None:
    asked = "MATCH (p:Policy {id: $id}) RETURN p.id AS id, p.aliases AS names, {a: 1} AS map"
    given = ("cypher", asked, "-p", "id=policy:p20")
    (row,) = run(*given, "--format", "json", cwd=loaded).json()
    assert row["id"] == "policy:p20" and "数据二十条" in row["names"] and row["map"] == {"a": 1}
    header, cells = run(*given, "--format", "csv", cwd=loaded).csv()
    assert header == ["id", "names", "map"]
    assert "数据二十条" in cells[1].split("; ") and cells[2] == '{"a": 1}'
    table = run(*given, cwd=loaded).out.splitlines()
    assert table[0].split() == ["id", "names", "map"] and table[2].startswith("policy:p20  ")


def test_cypher_comes_from_a_file_or_standard_input_too(loaded: Path, tmp_path: Path) -> None:
    text = "// how many\nMATCH (p:Province) RETURN count(p) AS n"
    file = write(tmp_path / "count.cypher", text)
    wanted = run("cypher", text, "--format", "csv", cwd=loaded)
    assert wanted.csv() == [["n"], ["35"]]
    assert run("cypher", file, "--format", "csv", cwd=loaded) == wanted
    assert run("cypher", "-", "--format", "csv", cwd=loaded, input=text) == wanted


def test_a_limit_is_said_and_is_no_failure(loaded: Path) -> None:
    ended = run("cypher", "MATCH (p:Policy) RETURN p.id AS id ORDER BY id", "--limit", "2",
                "--format", "csv", cwd=loaded)  # fmt: skip
    assert len(ended.csv()) == 3
    assert ended.err == "only the first 2 rows are listed; there are more (--limit)\n"
    said = run("query", "policy/issuers", "--limit", "3", "--format", "json", cwd=loaded).json()
    assert len(said["rows"]) == 3 and "--limit" in said["notes"][0]


@pytest.mark.parametrize(
    ("arguments", "columns"),
    [
        ("documents", ["name", "statements", "problems", "loader", "loaded", "sha256"]),
        ("log", ["version", "when", "added", "removed", "changed", "what"]),
        ("find 数谷", ["id", "name", "matched", "kind", "from", "to", "by"]),
        ("query", ["question", "text", "parameters"]),
    ],
)
def test_a_listing_as_json_has_the_columns_of_its_table(
    loaded: Path, arguments: str, columns: list[str]
) -> None:
    rows = run(*arguments.split(), "--json", cwd=loaded).json()
    assert rows and all(list(row) == columns for row in rows)
    table = run(*arguments.split(), cwd=loaded)
    assert table.out.splitlines()[0].split() == columns
    assert len(table.out.splitlines()) == len(rows) + 2


def test_show_as_json_says_who_says_what(loaded: Path) -> None:
    said = run("show", "江苏省数据局", "--json", cwd=loaded).json()
    assert (said["id"], said["class"]) == ("agency:js", "Agency")
    assert {one["name"] for one in said["names"]} >= {"江苏省数据局"}
    unveiled = next(one for one in said["facts"] if one["property"] == "unveiled")
    assert unveiled["value"] == "2024-01-05" and unveiled["status"] == "accepted"
    cited = [said["citations"][number - 1] for number in unveiled["cites"]]
    # what is said less exactly, and fits, is said of the same day
    claims = {one["claim"] for one in cited}
    assert claims == {"agency:js unveiled 2024-01-05", "agency:js unveiled 2024-01"}


def test_an_ambiguous_name_lists_the_candidates_and_guesses_nothing(loaded: Path) -> None:
    ended = run("show", "杭数所", cwd=loaded)
    assert ended == Ended(
        1,
        "",
        "kg: '杭数所' names 2 things: say which by id\n"
        "  exchange:hzde  杭州数据交易所\n"
        "  org:hzdt  杭州数据交易所有限公司\n",
    )


# Loading


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
    assert out.decode().startswith("41 documents, 6025 statements, 6025 added,")


# What it leaves


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_said_in_one_line(loaded: Path) -> None:
    for arguments in ("export", "export --format jsonl", "query policy/issuers", "documents"):
        command = f"{' '.join(KG)} {arguments} > /dev/full"
        ended = run("-c", command, cwd=loaded, program=("bash",))
        assert_one_line(ended, 1)
        assert "No space left on device" in ended.err and "_io" not in ended.err


def test_help_loads_no_engine(empty: Path) -> None:
    """So it is there within the time that a person does not notice."""
    script = """import atexit, sys, kg.cli
    atexit.register(lambda: print(*sys.modules, sep=chr(10)))
    kg.cli.main(["--help"])"""
    ended = run("-c", script.replace("    ", ""), cwd=empty, program=(sys.executable,))
    assert ended.code == 0 and "Commands:" in ended.out
    heavy = {"duckdb", "deltalake", "jpype", "pydantic", "networkx", "pyoxigraph", "rdflib"}
    assert not heavy & set(ended.out.splitlines())


def assert_one_line(ended: Ended, code: int) -> None:
    assert ended.code == code, ended
    assert ended.out == ""
    assert ended.err.startswith("kg: ") and ended.err.count("\n") == 1 and ended.err.endswith("\n")
    assert "Traceback" not in ended.err


def started(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    """A `kg` that runs beside the test."""
    return subprocess.Popen(
        [*KG, *arguments],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def reads(process: subprocess.Popen[bytes], file: Path) -> bool:
    """Whether a process has a file open; where that cannot be seen, a second is time enough."""
    opened = Path(f"/proc/{process.pid}/fd")
    if not opened.is_dir():
        time.sleep(1)
        return True
    links = [str(file.resolve())]
    return any(os.path.realpath(one) in links for one in opened.iterdir())


def interrupted(process: subprocess.Popen[bytes], after: float) -> Ended:
    """How a process ends on which one presses Ctrl-C after some seconds."""
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return Ended(process.returncode, out.decode(), err.decode())


def places(line: str) -> list[int]:
    """Where on the screen, counted from 1, cells begin: after two blanks, or at the start."""
    found, column = [], 1
    for i, char in enumerate(line):
        if char != " " and (i == 0 or line[max(0, i - 2) : i] == "  "):
            found.append(column)
        column += width(char)
    return found
