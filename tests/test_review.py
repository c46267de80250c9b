"""Reviewing: what waits, what rests on it, decisions in force at once and taken back exactly."""

from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from tests.claims import JUDGEMENTS, PAIR, TITLED, dated, facts, say, told
from tests.commands import within
from tests.stores import export, query, write

OPEN = (
    say("agency:r", "name", "某局") | {"subject_key": "review:r00000001"},
    say("agency:r", "line", "development_reform") | {"subject_key": "review:r00000001"},
    say("org:a1", "part_of", "review:r00000002"),
)


def own(folder: Path) -> Path:
    return folder / ".kg" / "judgements.csv"


def test_what_waits_is_listed_with_what_rests_on_it_most_first(loaded: Path) -> None:
    rows = within("review", "--json", cwd=loaded).json()
    first = rows[0]
    assert (first["id"], first["name"], first["class"], first["candidates"]) == (
        "rdf03ca8e",
        "江苏省政务服务管理办公室",
        "Agency",
        ["agency:js", "agency:js_old"],
    )
    counts = [(row["statements"], len(row["questions"])) for row in rows]
    assert counts == sorted(counts, reverse=True) and len(rows) == 4
    assert "agency/government-services-line" in first["questions"]
    assert "compute/clusters-by-hub" not in first["questions"]


def test_an_item_is_shown_with_its_records_and_why_it_could_be_which(loaded: Path) -> None:
    shown = within("review", "rdf03ca8e", "--json", cwd=loaded).json()
    assert {(one["document"], one["place"]) for one in shown["said"]} >= {
        ("kg:sources/tables/agencies_数据机构汇总.csv", "row 23, 机构名称"),
        ("kg:sources/tables/facts_采集流.jsonl", "line 117, name"),
    }
    assert all(one["url"] and one["written"] for one in shown["said"])
    because = {one["id"]: one["because"] for one in shown["candidates"]}
    assert [(one["kind"], one["from"]) for one in because["agency:js"]] == [("plate", "2024-01-05")]
    assert [(one["kind"], one["to"]) for one in because["agency:js_old"]] == [
        ("official", "2024-01-05")
    ]
    beside = {one["field"]: one for one in shown["beside"]}
    assert beside["located_in"] == dict.fromkeys(
        ("rdf03ca8e", "agency:js", "agency:js_old"), "江苏省"
    ) | {"field": "located_in"}
    assert beside["unveiled"]["agency:js"] == "2024-01-05" and not beside["unveiled"]["rdf03ca8e"]
    said = within("review", "rdf03ca8e", "--lang", "zh", cwd=loaded).out
    assert "可能是" in said and "kg review same rdf03ca8e ID" in said


def test_an_item_that_is_settled_waits_no_more_and_again_when_that_is_undone(
    copied: Callable[[], Path],
) -> None:
    folder = copied()
    before = within("export", "--format", "jsonl", cwd=folder).out
    settle = ("same", "rdf03ca8e", "agency:js_old", "--why", "as it was, before", "--by", "me")
    done = within("review", *settle, "--json", cwd=folder).json()
    assert (done["a"], done["b"], done["by"]) == ("review:rdf03ca8e", "agency:js_old", "me")
    assert own(folder).read_text().splitlines()[1].endswith('"as it was, before"')
    waits = within("review", "--json", cwd=folder).json()
    assert "rdf03ca8e" not in {one["id"] for one in waits}
    assert [one["why"] for one in within("review", "--judged", "--json", cwd=folder).json()][
        :1
    ] == ["as it was, before"]
    undone = within("review", "--store", ".kg", "undo", "rdf03ca8e", cwd=folder)
    assert undone.code == 0 and done["id"] in undone.out
    assert within("export", "--format", "jsonl", cwd=folder).out == before


def test_a_load_counts_no_name_that_is_settled(copied: Callable[[], Path]) -> None:
    with kg.open(copied() / ".kg") as store:
        assert len(store.load().reviews) == 5
        store.same("rdf03ca8e", "agency:js_old")
        assert len(store.load().reviews) == 3


def test_a_judgement_is_in_force_at_once_and_reads_no_source_again(tmp_path: Path) -> None:
    told(tmp_path, *PAIR)
    (tmp_path / "said.jsonl").unlink()
    with kg.open(tmp_path / ".kg") as store:
        before = {str(row[0]) for row in subjects(store)}
        done = store.same("org:a2", "org:a1", why="one company", by="me")
        assert {str(row[0]) for row in subjects(store)} == before - {"org:a2"}
        assert next(store.log()).what == '{"documents": ["kg:judgements.csv"], "gone": []}'
        assert store.same("org:a1", "org:a2").changed is False
        store.undo(done.judgement.id)
        assert {str(row[0]) for row in subjects(store)} == before


def subjects(store: kg.KnowledgeGraph) -> list[tuple[object, ...]]:
    store.facts()
    return store.connection.execute("SELECT DISTINCT subject FROM facts").fetchall()


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{JUDGEMENTS}\n",
        f"{JUDGEMENTS}\n,different,org:a1,org:b,me,2024-01-01,no",
        '\ufeffwhen,verdict,b,a,remark\r\n2024-01-01,different,org:a1,org:b,"two\r\nlines"\r\n',
    ],
    ids=["no file", "headings alone", "no last line end", "own columns and line ends"],
)
def test_judging_and_undoing_gives_the_same_bytes(tmp_path: Path, text: str) -> None:
    told(tmp_path, *PAIR)
    own(tmp_path).write_bytes(text.encode()) if text else own(tmp_path).unlink()
    with kg.open(tmp_path / ".kg") as store:
        store.load(tmp_path / "said.jsonl")
        before, fused = export(tmp_path), query(tmp_path, "FROM facts")
        store.same("org:a2", "org:a1")
        assert query(tmp_path, "FROM facts") != fused
        store.undo("org:a2")
    assert (export(tmp_path), query(tmp_path, "FROM facts")) == (before, fused)
    assert own(tmp_path).read_bytes() == (text or f"{JUDGEMENTS}\n").encode()


def test_a_judgement_that_makes_a_circle_is_refused_with_the_path(tmp_path: Path) -> None:
    links = (say("org:a1", "part_of", "org:b"), say("org:b", "part_of", "org:a2"))
    told(tmp_path, *PAIR, *links)
    before = export(tmp_path)
    ended = within("review", "same", "org:a1", "org:a2", cwd=tmp_path)
    path = "part_of would run in a circle: org:a1 → org:b → org:a1"
    assert (ended.code, ended.err) == (1, f"kg: org:a1 is not org:a2: {path}\n")
    assert export(tmp_path) == before and own(tmp_path).read_text() == f"{JUDGEMENTS}\n"


def test_what_would_overthrow_an_earlier_judgement_is_refused(tmp_path: Path) -> None:
    told(tmp_path, *PAIR)
    with kg.open(tmp_path / ".kg") as store:
        first = store.same("org:a1", "org:b").judgement.id
        store.same("org:a2", "org:b")
        with pytest.raises(InputError, match=f"first 'kg review undo {first}'"):
            store.different("org:b", "org:a1")
        with pytest.raises(InputError, match="are one: first 'kg review undo"):
            store.different("org:a1", "org:a2")
        with pytest.raises(InputError, match="which judgement"):
            store.undo("org:b")
        assert len(own(tmp_path).read_text().splitlines()) == 3


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("org:a1", "org:nowhere", "nothing is said of 'org:nowhere'"),
        ("org:a1", "r12345678", "nothing is said of 'r12345678'"),
        ("org:a1", "某某", "nothing is named '某某'"),
        ("org:a1", "policy:p", "different classes: org, policy"),
        ("r00000001", "policy:p", "policy:p is no Agency"),
        ("org:a1", "org:a1", "one thing already"),
    ],
)
def test_what_can_not_be_one_is_not_written(tmp_path: Path, a: str, b: str, why: str) -> None:
    told(tmp_path, *PAIR, TITLED, *OPEN)
    with kg.open(tmp_path / ".kg") as store, pytest.raises(InputError, match=why):
        store.same(a, b)
    assert own(tmp_path).read_text() == f"{JUDGEMENTS}\n"


def test_a_claim_is_accepted_rejected_and_left_to_the_rules_again(tmp_path: Path) -> None:
    best, other = dated("2024-01-01", "source:gov"), dated("2023", "source:farm")
    told(tmp_path, TITLED, best, other)

    def values() -> list[tuple[object, ...]]:
        return facts(tmp_path, "value", "status", prop="dated")

    with kg.open(tmp_path / ".kg") as store:
        store.accept(other["id"], by="me")
        assert values() == [("2023", "accepted"), ("2024-01-01", "disputed")]
        with pytest.raises(InputError, match="judged accept already"):
            store.reject(other["id"])
        store.undo(other["id"])
        store.reject(best["id"])
        assert values() == [("2023", "accepted"), ("2024-01-01", "rejected")]
        with pytest.raises(InputError, match="no statement 'statement:0'"):
            store.accept("statement:0")


def test_judgements_whose_file_was_lost_are_written_again_with_the_next(tmp_path: Path) -> None:
    told(tmp_path, *PAIR, judged=",different,org:a1,org:b,me,2024-01-01,no")
    own(tmp_path).unlink()
    with kg.open(tmp_path / ".kg") as store:
        store.same("org:a1", "org:a2", by="me")
    lines = own(tmp_path).read_text().splitlines()
    assert [line.split(",")[1] for line in lines] == ["verdict", "different", "same"]


def test_a_line_written_by_hand_counts_with_the_next_judgement(tmp_path: Path) -> None:
    told(tmp_path, *PAIR)
    write(own(tmp_path), f"{JUDGEMENTS}\n,different,org:a1,org:a2,,,")
    with kg.open(tmp_path / ".kg") as store, pytest.raises(InputError, match="judged different"):
        store.same("org:a1", "org:a2")


def test_without_a_store_nothing_is_judged_and_nothing_made(tmp_path: Path) -> None:
    for arguments in (("same", "org:a", "org:b"), ("undo", "x"), ("--judged",), ()):
        ended = within("review", *arguments, cwd=tmp_path)
        assert (ended.code, ended.err) == (3, "kg: no store in .kg: run 'kg load'\n")
    assert list(tmp_path.iterdir()) == []


def test_a_judgement_by_hand_that_is_refused_is_told(tmp_path: Path) -> None:
    told(tmp_path, *PAIR, say("org:a1", "part_of", "org:a2"), judged=",same,org:a1,org:a2,,,")
    assert "judgements refused: 1" in within("review", "--lang", "en", cwd=tmp_path).err
    (one,) = within("review", "--judged", "--json", cwd=tmp_path).json()
    assert "part_of would run from a thing to itself" in one["refused"]


def test_names_that_wait_come_in_the_order_of_what_rests_on_them(tmp_path: Path) -> None:
    told(tmp_path, *PAIR, *OPEN)
    with kg.open(tmp_path / ".kg") as store:
        found = [(one.id, one.classes, len(one.statements)) for one in store.review()]
    assert found == [("r00000001", ("Agency",), 2), ("r00000002", ("Organisation",), 1)]
