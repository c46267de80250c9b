"""How much is known: of the numbers that sources state, and per place and field."""

import io
from pathlib import Path

import openpyxl
import pytest

import kg
from kg import lint, saved
from kg.answer import ask, check
from kg.api import KnowledgeGraph
from kg.errors import InputError
from kg.saved import Question
from kg.where import classes, fields
from tests.claims import say, told
from tests.commands import within

QUESTION = """// zh: 问
// en: asks
// param: initiative Initiative = initiative:mutual24   倡议 | the initiative
MATCH (e:Exchange)-[m:MEMBER_OF]->(:Initiative {id: $initiative})
RETURN e.id AS id, [m.fact] AS cites ORDER BY e.id
;
// of: OF
MATCH (e:Exchange)-[:MEMBER_OF]->(:Initiative {id: $initiative})
RETURN e.name AS name ORDER BY e.id
"""
LABELS = "  成员 | members"


def asked(
    folder: Path, of: str = f"$initiative#member_count{LABELS}", name: str = "name"
) -> Question:
    path = folder / "asked.cypher"
    text = QUESTION.replace("OF\n", f"{of}\n", 1)
    path.write_text(text.replace("AS name", f"AS {name}"), encoding="utf-8")
    path.with_suffix(".expected.csv").write_text("id\n", encoding="utf-8")
    return saved.read(path, "asked")


def test_an_answer_says_how_much_of_a_stated_number_it_holds(store: KnowledgeGraph) -> None:
    assert store.ask("exchange/members-by-province", lang="en").notes == (
        "members: 24 of 24 stated (source:n24).",
    )
    (zh,) = store.ask("policy/issuers").notes
    assert zh == "发文机关：来源称有 17 个 (2024-01-05, source:x17b)，数据中有 17 个。"
    assert store.ask("policy/issuers", policy="policy:p20").notes == ()
    (some,) = store.ask("exchange/count-by-province", lang="en").notes
    assert some == (
        "exchanges: 35 of over 30 stated (2024-11, source:n22);"
        " also stated: 44 (2023-06, source:n44)."
    )


def test_what_is_missing_is_named_where_it_can_be_known(store: KnowledgeGraph) -> None:
    (one,) = [each for each in store.coverage() if each.missing]
    assert one.stated[0].value == str(one.known + len(one.missing)) == "32"
    assert {"辽宁省", "陕西省"} <= set(one.missing) and "江苏省" not in one.missing
    assert [(each.value, each.bound, each.as_of) for each in one.stated] == [
        ("32", "exactly", "2024-04-03"),
        ("21", "exactly", "2024-03-22"),
        ("23", "at_least", ""),
    ]
    for slug in one.questions:
        note = store.ask(slug, lang="en").notes[-1]
        assert f"{one.known} of 32 stated" in note and "; 陕西省" in note


def test_a_set_is_covered_for_each_thing_of_which_a_number_is_stated(tmp_path: Path) -> None:
    told(
        tmp_path,
        say("policy:p", "name", "某办法"),
        say("org:a", "name", "甲"),
        say("policy:p", "issued_by", "org:a"),
        say("count:c", "counts", "Organisation issuers of policy:p (joint)"),
        say("count:c", "value", "2"),
        say("count:c", "bound", "at_least"),
    )
    with kg.open(tmp_path / ".kg") as store:
        (one,) = store.coverage()
    assert (one.parameter, one.known, one.stated[0].bound) == ("policy:p", 1, "at_least")


@pytest.mark.parametrize(
    ("of", "fault"),
    [
        ("$initiative#member_count", ""),
        ("Exchange members of $initiative", ""),
        ("initiative:mutual24#member_count", ""),
        ("$nobody#member_count", "of: $nobody is not declared"),
        ("$initiative#members", "of: no such property: $initiative#members"),
        ("policy:p20#nothing", "of: no such property: policy:p20#nothing"),
        ("members of it", "of: 'members of it' begins with no class"),
    ],
)
def test_the_lint_knows_whether_a_set_can_be_stated(tmp_path: Path, of: str, fault: str) -> None:
    assert fault in [*lint.faults(asked(tmp_path, of + LABELS)), ""]
    assert bool(list(lint.faults(asked(tmp_path, of + LABELS)))) == bool(fault)


def test_the_lint_looks_into_the_query_of_a_set(tmp_path: Path) -> None:
    wrong = "of: $initiative#member_count: its query must return a column 'name'"
    assert list(lint.faults(asked(tmp_path, name="title"))) == [wrong]


@pytest.mark.parametrize("of", ["$initiative#member_count", f"x{LABELS.replace('|', '')}"])
def test_a_set_without_labels_in_both_languages_is_refused(tmp_path: Path, of: str) -> None:
    with pytest.raises(InputError, match=r"asked.cypher, line 7: want 中文 \| English"):
        asked(tmp_path, of)


def test_a_set_stands_over_a_query_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "x.cypher"
    path.write_text(
        "// zh: 问\n// en: asks\n// of: Exchange  所 | venues\nRETURN 1", encoding="utf-8"
    )
    with pytest.raises(InputError, match="line 3: 'of' stands below a line ';'"):
        saved.read(path, "x")


def test_a_set_of_which_nobody_states_a_number_fails_the_check(
    store: KnowledgeGraph, tmp_path: Path
) -> None:
    question = asked(tmp_path, f"Exchange that nobody counted{LABELS}")
    fault = "of: nobody states how many: Exchange that nobody counted"
    assert fault in check(question, ask(store, store.graph, question, {}))
    question = asked(tmp_path)
    assert fault not in check(question, ask(store, store.graph, question, {}))


def test_fields_are_counted_per_place_with_what_lies_in_an_area_of_it(tmp_path: Path) -> None:
    told(
        tmp_path,
        say("area:x", "name", "某市"),
        say("area:x", "part_of", "province:32"),
        say("agency:a", "name", "甲局"),
        say("agency:a", "located_in", "area:x"),
        say("agency:a", "unveiled", "2024-01-05"),
        say("agency:b", "name", "乙局"),
        say("agency:b", "governs", "province:32"),
        say("agency:b", "located_in", "province:32"),
        say("agency:b", "unveiled", "2024-01"),
        say("agency:c", "name", "丙局"),
        say("proposal:q", "name", "某举措"),
        say("province:32", "proposes", "proposal:q"),
    )
    with kg.open(tmp_path / ".kg") as store:
        found = {one.id: one for one in fields(store, "Agency", "Province")}
        overview = {one.id: one.fields for one in classes(store, "Province")}
    js, none, every = found["province:32"], found[""], found["all"]
    assert (js.things, none.things, every.things, found["province:33"].things) == (2, 1, 3, 0)
    assert (js.fields["unveiled"], js.fields["unveiled_day"], js.fields["governs"]) == (2, 1, 1)
    assert "unveiled" not in none.fields
    assert overview["province:32"] == {"Agency": 2, "Proposal": 1}
    assert overview["all"] == {"Agency": 3, "Proposal": 1}


def test_coverage_is_written_in_every_format_that_answers_have(loaded: Path) -> None:
    rows = within("coverage", "Agency", "--json", "--lang", "en", cwd=loaded).json()
    js = next(row for row in rows if row["place"] == "province:32")
    assert (
        js["place_name"] == "江苏省" and js["things"] >= js["unveiled"] >= js["unveiled_day"] == 1
    )
    assert rows[-1]["place_name"] == "合计" or rows[-1]["place_name"] == "all"
    header, *lines = within("coverage", "Agency", "--format", "csv", cwd=loaded).csv()
    assert header == list(rows[0]) and len(lines) == len(rows)
    said = within("coverage", "--format", "md", "--lang", "zh", cwd=loaded).out
    assert "| 有省级数据局的省份(含兵团) |" in said and "不少于 23" in said
    name = "coverage.xlsx"
    within(
        "coverage", "--by", "Province", "--format", "xlsx", "-o", name, "--lang", "zh", cwd=loaded
    )
    sheet = openpyxl.load_workbook(io.BytesIO((loaded / name).read_bytes())).active
    assert sheet is not None and sheet["B1"].value == "省级行政区"
    assert within("coverage", "Nothing", cwd=loaded).code == 2
