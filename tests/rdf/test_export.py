"""What small stores become as RDF."""

from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, StoreError
from kg.rdf import Format, export
from kg.statement import Judgement, Statement
from kg.store import Store
from tests.rdf.made import (
    BASE,
    EDTF,
    FORMATS,
    RDF_TYPE,
    XSD,
    Quad,
    about,
    by_pyoxigraph,
    judge,
    say,
    store_of,
    value,
)

VOID = "http://rdfs.org/ns/void#"
NAME = say("policy:x", "name", "某办法", lang="zh")


def quads(folder: Path, *records: Statement | Judgement, format: Format = "nquads") -> set[Quad]:
    out = BytesIO()
    with store_of(folder / ".kg", *records) as store:
        export(store, format, out)
    return by_pyoxigraph(out.getvalue(), format)


def test_each_source_has_what_it_states_in_its_own_graph(tmp_path: Path) -> None:
    found = quads(
        tmp_path,
        NAME,
        say("policy:x", "number", "1号"),
        say("policy:x", "number", "1号", source="source:b"),
    )
    kind = ("type", (f"{BASE}ns#Policy", "@id", ""))
    assert about(found, "policy:x") == {
        (*kind, "source/a"),
        ("prefLabel", value("某办法", lang="zh"), "source/a"),
        ("id_local", value("1号"), "source/a"),
        (*kind, "source/b"),
        ("id_local", value("1号"), "source/b"),
    }


def test_values_are_typed_by_their_kind(tmp_path: Path) -> None:
    found = quads(
        tmp_path,
        NAME,
        say("policy:x", "dated", "2024-01", "date"),
        say("policy:x", "in_force", "[..2024-04-02]", "date"),
        say("policy:x", "kind", "opinion", "code"),
        say("policy:x", "applies_to", "province:32", "link"),
        say("target:t", "value", "5000", "number"),
        say("target:t", "value_si", "1.50", "number"),
        say("target:t", "unit_si", "CCY_CNY", "code"),
        say("target:u", "unit_si", "StandardRack", "code"),
        say("source:a", "publisher", "某社"),
        say("org:o", "website", "https://例子.中国/"),
        say("org:p", "website", "见公告"),
        say("source:a", "url", "urn:x:none(庆阳)"),
    )
    values = {
        local: held for key in ("policy:x", "target:t") for local, held, _ in about(found, key)
    }
    assert values["dated"] == ("2024-01", f"{XSD}gYearMonth", "")
    assert values["first_date_entry_in_force"] == ("[..2024-04-02]", EDTF, "")
    assert values["kind"] == (f"{BASE}code/policy_kind/opinion", "@id", "")
    assert values["appliesTo"] == (f"{BASE}province/32", "@id", "")
    assert values["value"] == ("5000", f"{XSD}integer", "")
    assert values["numericValue"] == ("1.50", f"{XSD}decimal", "")
    unit = ("http://qudt.org/vocab/unit/CCY_CNY", "@id", "")
    assert ("hasUnit", unit, "source/a") in about(found, "target:t")
    rack = (f"{BASE}code/unit_si/StandardRack", "@id", "")
    assert ("hasUnit", rack, "source/a") in about(found, "target:u")
    said = {one[1:3] for one in found if one[0] == unit[0]}
    assert (RDF_TYPE, ("http://qudt.org/schema/qudt/Unit", "@id", "")) in said
    assert not [one for one in said if one[0].endswith("closeMatch") or "skos" in one[1][0]]
    assert ("publisher", value("某社"), "source/a") in about(found, "source:a")
    assert "http://purl.org/dc/elements/1.1/publisher" in {one[1] for one in found}
    assert ("website", ("https://例子.中国/", "@id", ""), "source/a") in about(found, "org:o")
    assert ("website", value("见公告"), "source/a") in about(found, "org:p")
    assert ("url", ("urn:x:none(庆阳)", f"{XSD}anyURI", ""), "source/a") in about(found, "source:a")


def test_a_date_that_no_source_states_alone_is_in_the_graph_combined(tmp_path: Path) -> None:
    first = say("policy:x", "dated", "[2024-01-01..2024-03-22]", "date")
    second = say("policy:x", "dated", "[2024-03-01..2024-06-30]", "date", source="source:b")
    dates = {
        one for one in about(quads(tmp_path, NAME, first, second), "policy:x") if one[0] == "dated"
    }
    assert dates == {
        ("dated", ("[2024-01-01..2024-03-22]", EDTF, ""), "source/a"),
        ("dated", ("[2024-03-01..2024-06-30]", EDTF, ""), "source/b"),
        ("dated", ("[2024-03-01..2024-03-22]", EDTF, ""), "graph/combined"),
    }


def test_disputed_values_are_kept_with_graphs_and_left_out_without(tmp_path: Path) -> None:
    said = (
        NAME,
        say("policy:x", "number", "1号"),
        say("policy:x", "number", "2号", source="source:b"),
    )
    numbers = {one[1][0] for one in about(quads(tmp_path / "1", *said), "policy:x")}
    preferred = {
        one[1][0] for one in about(quads(tmp_path / "2", *said, format="turtle"), "policy:x")
    }
    assert {"1号", "2号"} <= numbers
    assert preferred & {"1号", "2号"} == {"1号"}


def test_what_is_rejected_waits_or_refers_to_nothing_is_left_out(tmp_path: Path) -> None:
    wrong = say("policy:x", "number", "9号")
    found = quads(
        tmp_path,
        NAME,
        wrong,
        judge("reject", wrong.id),
        say("review:abc", "number", "8号"),
        say("policy:x", "issued_by", "review:abc", "link"),
        say("policy:x", "implements", "policy:nowhere", "link"),
    )
    assert {local for local, _, _ in about(found, "policy:x")} == {"type", "prefLabel"}
    assert not [one for one in found if "review" in one[0] or "nowhere" in str(one[2])]


def test_ids_that_a_judgement_made_one_go_by_the_id_that_stands(tmp_path: Path) -> None:
    found = quads(
        tmp_path,
        say("org:a1", "name", "甲", lang="zh"),
        say("org:b1", "name", "甲局", lang="zh", source="source:b"),
        say("policy:x", "issued_by", "org:b1", "link"),
        NAME,
        judge("same", "org:a1", "org:b1"),
    )
    assert not about(found, "org:b1")
    assert {one[2] for one in about(found, "org:a1")} == {"source/a", "source/b"}
    assert ("passed_by", (f"{BASE}org/a1", "@id", ""), "source/a") in about(found, "policy:x")


def test_names_that_only_find_a_thing_are_hidden_labels(tmp_path: Path) -> None:
    register = tmp_path / ".kg" / "register"
    register.mkdir(parents=True)
    (register / "names.csv").write_text(
        "name,entity,kind,lang,from,to,source\n某某办法,policy:x,informal,zh,,,\n", encoding="utf-8"
    )
    said = (
        NAME,
        say("policy:x", "alias", "某某办法", lang="zh"),
        say("policy:x", "alias", "办法", lang="zh"),
    )
    labels = {local: found[0] for local, found, _ in about(quads(tmp_path, *said), "policy:x")}
    assert labels["hiddenLabel"] == "某某办法"
    assert labels["altLabel"] == "办法"


def test_what_is_only_pointed_at_has_its_class_in_the_default_graph(tmp_path: Path) -> None:
    found = quads(tmp_path, NAME, say("policy:x", "applies_to", "province:32", "link"))
    assert about(found, "province:32") == {("type", (f"{BASE}ns#Province", "@id", ""), "")}
    assert about(found, "source:a") == {("type", (f"{BASE}ns#Source", "@id", ""), "")}


def test_the_dataset_says_base_sources_newest_date_and_no_licence_of_others(
    tmp_path: Path,
) -> None:
    found = quads(
        tmp_path,
        NAME,
        say("policy:x", "number", "1号", source="source:b"),
        say("source:a", "page_date", "2024-01-05", "date"),
        say("source:b", "page_date", "2024-03", "date"),
        say("source:c", "page_date", "2025", "date"),
    )
    said = about(found, "graph:dataset")
    assert not [one for one in said if one[0] == "license"]
    assert ("uriSpace", value(BASE), "") in said
    assert ("modified", ("2024-03", f"{XSD}gYearMonth", ""), "") in said
    assert {one[1][0] for one in said if one[0] == "source"} == {
        f"{BASE}source/a",
        f"{BASE}source/b",
    }
    assert {one[1] for one in said if one[0] == "title"} == {
        value("知识图谱（读自 1 个文件）", lang="zh"),
        value("Knowledge graph (documents read: 1)", lang="en"),
    }
    assert [one for one in said if one[0] == "comment" and "not a registered" in one[1][0]]


def test_things_are_counted_by_the_class_that_is_said_of_them(tmp_path: Path) -> None:
    said = (
        NAME,
        say("policy:y", "name", "另一办法", lang="zh"),
        say("policy:x", "applies_to", "province:32", "link"),
    )
    for format in FORMATS:
        found = quads(tmp_path / format, *said, format=format)
        types = {one[:3] for one in found if one[1] == RDF_TYPE}
        typed = Counter(one[2][0] for one in types if one[2][0].startswith(f"{BASE}ns#"))
        counted = {
            one[0]: int(one[2][0]) for one in found if one[1] == f"{VOID}entities" and "#" in one[0]
        }
        classes = {one[0]: one[2][0] for one in found if one[1] == f"{VOID}class"}
        assert {classes[key]: number for key, number in counted.items()} == typed
        assert typed[f"{BASE}ns#Policy"] == 2 and typed[f"{BASE}ns#Province"] == 1
        parts = {one[1][0] for one in about(found, "graph:dataset") if one[0] == "classPartition"}
        assert parts == set(counted)
        assert ("entities", value(str(sum(typed.values())), f"{XSD}integer"), "") in about(
            found, "graph:dataset"
        )


_CHANGES: dict[str, Any] = {
    "stance": "inferred",
    "confidence": 0.5,
    "quote": "原文",
    "place": "row 3",
    "loader_version": "2",
}


def content_hash(folder: Path, *records: Statement | Judgement) -> str:
    found = about(quads(folder, *records), "graph:dataset")
    return next(one[1][0] for one in found if one[0] == "contentHash")


@pytest.mark.parametrize("changed", _CHANGES)
def test_the_hash_of_the_content_changes_with_all_that_exports_say(
    tmp_path: Path, changed: str
) -> None:
    other = NAME._replace(**{changed: _CHANGES[changed]})
    assert content_hash(tmp_path / "1", NAME) != content_hash(tmp_path / "2", other)


def test_the_hash_of_the_content_changes_with_a_judgement(tmp_path: Path) -> None:
    said = (
        NAME,
        say("policy:x", "number", "1号"),
        say("policy:x", "number", "2号", source="source:b"),
        say("policy:y", "note", "某事"),
    )
    hashes = {
        content_hash(tmp_path / "0", *said),
        *(content_hash(tmp_path / one.id, *said, judge("accept", one.id)) for one in said[2:3]),
        content_hash(tmp_path / "same", *said, judge("same", "policy:x", "policy:y")),
    }
    assert len(hashes) == 3


def test_another_base_serves_for_all_ids_and_terms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_BASE", "https://data.example.cn/kg/")
    found = quads(tmp_path, NAME, say("policy:x", "kind", "opinion", "code"))
    assert not [one for one in found if BASE in f"{one[0]}{one[1]}{one[2][0]}{one[3]}"]
    assert not [one for one in found if one[1].endswith("comment")]


@pytest.mark.parametrize(
    "base",
    ["data.example.cn", "https://example.org/kg", "https://example.org/kg#", "https://x.cn/#kg/"],
)
def test_a_base_that_would_make_wrong_iris_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    monkeypatch.setenv("KG_BASE", base)
    with pytest.raises(InputError, match=r"KG_BASE: .* is no base"):
        quads(tmp_path, NAME)


@pytest.mark.parametrize("format", FORMATS)
def test_order_and_time_of_loading_make_no_difference(tmp_path: Path, format: Format) -> None:
    said = [NAME, *(say("policy:x", "number", f"{n}号", document=f"{n}.csv") for n in range(9))]
    seen = []
    for name, records, loaded in (("1", said, "2024"), ("2", said[::-1], "2025")):
        with store_of(tmp_path / name / ".kg", *records, loaded=loaded) as store:
            export(store, format, tmp_path / name / "out")
        seen.append((tmp_path / name / "out").read_bytes())
    assert seen[0] == seen[1]


@pytest.mark.parametrize("format", FORMATS)
def test_what_rdf_cannot_carry_is_refused_and_leaves_the_file_as_it_was(
    tmp_path: Path, format: Format
) -> None:
    bad = say("policy:y", "note", "响铃\x07")
    out = tmp_path / "out"
    out.write_text("before", encoding="utf-8")
    with (
        store_of(tmp_path / ".kg", NAME, bad) as store,
        pytest.raises(InputError, match=rf"a\.csv, row 2, policy:y note: .*U\+0007.*{bad.id}"),
    ):
        export(store, format, out)
    assert out.read_text(encoding="utf-8") == "before"
    assert {one.name for one in tmp_path.iterdir()} == {".kg", "out"}


def test_a_carriage_return_is_held_by_all_formats_but_that_of_xml_which_refuses_it(
    tmp_path: Path,
) -> None:
    said = say("policy:x", "note", '一\r二 <&> "三"')
    for format in FORMATS:
        if format != "rdfxml":
            found = quads(tmp_path / format, NAME, said, format=format)
            assert [one[2][0] for one in found if "\r" in one[2][0]] == ['一\r二 <&> "三"']
    with pytest.raises(InputError, match=r"RDF/XML can't hold a carriage return.*use turtle"):
        quads(tmp_path / "rdfxml", NAME, said, format="rdfxml")


def test_signs_of_xml_and_both_languages_come_through_every_format(tmp_path: Path) -> None:
    note = say("policy:x", "note", '甲 <b>&amp; ]]> "乙" 𠀀\n\t丙')
    english = say("policy:x", "name", "Some <Measures> & more", lang="en")
    for format in FORMATS:
        values = {one[2] for one in quads(tmp_path / format, NAME, note, english, format=format)}
        assert value('甲 <b>&amp; ]]> "乙" 𠀀\n\t丙') in values
        assert {value("某办法", lang="zh"), value("Some <Measures> & more", lang="en")} <= values


@pytest.mark.parametrize("source", ["source:a b", "source:省"])
def test_a_source_whose_id_makes_no_iri_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(InputError, match="not an id: 'source:"):
        quads(tmp_path, say("policy:x", "name", "某办法", lang="zh", source=source))


def test_a_folder_that_is_not_there_or_no_store_is_said(tmp_path: Path) -> None:
    with store_of(tmp_path / ".kg", NAME) as store:
        with pytest.raises(InputError, match="nowhere"):
            export(store, "trig", tmp_path / "nowhere" / "out.trig")
        with pytest.raises(InputError, match="is a folder"):
            export(store, "trig", tmp_path)
    with Store(tmp_path / "none") as store, pytest.raises(StoreError, match="kg load"):
        export(store, "trig", tmp_path / "out.trig")


def test_the_class_of_a_thing_is_the_class_of_its_id(tmp_path: Path) -> None:
    found = quads(tmp_path, say("agency:n", "name", "某局", lang="zh"), format="ntriples")
    assert (f"{BASE}agency/n", RDF_TYPE, (f"{BASE}ns#Agency", "@id", ""), "") in found
