"""Answers and rows as the command line writes them: table, CSV, JSON."""

import csv
from collections import Counter
from pathlib import Path

from tests.commands import (
    places,
    run,
)
from tests.stores import write

POLICY_TABLE = "tables/policies_政策文件清单.csv"


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
