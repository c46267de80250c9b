"""Exports of the shipped sources, read back by two readers."""

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from kg import domain
from kg.holding import Held, fact_held, lives
from kg.rdf import Counts, Format, Lang, export
from kg.shown import show
from kg.store import Store
from kg.text import fold
from tests.rdf.made import (
    BASE,
    EDTF,
    FORMATS,
    RDF_TYPE,
    SKOS,
    XSD,
    Quad,
    Value,
    by_pyoxigraph,
    by_rdflib,
    value,
)
from tests.stores import P1, policies, put

Triple = tuple[str, str, Value]
UNITS = {("unit_si", one) for one in (
    "NUM", "PERCENT", "CCY_CNY", "PetaFLOPS", "MegaW", "MilliSEC"
)}  # fmt: skip
NEWEST = date(2026, 7, 10)
"""The newest date of a shipped source."""


def written(store: Store, format: Format) -> bytes:
    out = BytesIO()
    export(store, format, out)
    return out.getvalue()


def read(store: Store, format: Format) -> set[Quad]:
    return by_pyoxigraph(written(store, format), format)


def facts(store: Store, chosen: str) -> set[Triple]:
    """The facts as triples, found from the model without the writer's help."""
    store.facts()
    rows = store.connection.execute(
        f"SELECT subject, property, kind, lang, value FROM facts WHERE {chosen}"
    ).fetchall()
    return {_triple(store, *row) for row in rows}


def _triple(store: Store, subject: str, name: str, kind: str, lang: str, text: str) -> Triple:
    term = domain.model().of(subject).properties[name].term
    prefix, _, local = term.iri.partition(":")
    predicate = domain.namespaces()[prefix] + local
    if name in ("name", "alias") and (subject, fold(text)) in store.register.hidden:
        predicate = f"{SKOS}hiddenLabel"
    iri = BASE + subject.replace(":", "/")
    if kind == "link":
        return iri, predicate, (BASE + text.replace(":", "/"), "@id", "")
    if kind == "code" and (term.codes, text) in UNITS:
        return iri, predicate, (f"http://qudt.org/vocab/unit/{text}", "@id", "")
    if kind == "code":
        return iri, predicate, (f"{BASE}code/{term.codes}/{text}", "@id", "")
    datatypes = {4: f"{XSD}gYear", 7: f"{XSD}gYearMonth", 10: f"{XSD}date"}
    datatype = {
        "date": datatypes.get(len(text), EDTF),
        "number": XSD + ("decimal" if "." in text else "integer"),
    }.get(kind, {"website": "@id", "url": f"{XSD}anyURI"}.get(name, ""))
    return iri, predicate, value(text, datatype, lang)


def test_both_readers_find_the_same_set_in_both_formats_with_graphs(shipped: Store) -> None:
    trig, nquads = written(shipped, "trig"), written(shipped, "nquads")
    expected = by_pyoxigraph(nquads, "nquads")
    assert len(expected) == nquads.count(b"\n")
    assert by_pyoxigraph(trig, "trig") == expected
    assert by_rdflib(trig, "trig") == expected
    assert by_rdflib(nquads, "nquads") == expected


def test_every_accepted_or_disputed_fact_is_held(shipped: Store) -> None:
    held = {one[:3] for one in read(shipped, "nquads") if one[3]}
    expected = facts(shipped, "status IN ('accepted', 'disputed')")
    assert len(expected) > 2500
    assert expected <= held
    rest = {one for one in held - expected if one[1] != RDF_TYPE}
    dates = {one for one in rest if one[2][1].startswith(XSD) or one[2][1] == EDTF}
    assert rest == dates, "only dates can be stated less sharply than the fact has them"


def test_each_named_graph_is_a_source_of_the_dataset(shipped: Store) -> None:
    quads = read(shipped, "trig")
    sources = {
        one[2][0]
        for one in quads
        if one[0] == f"{BASE}graph/dataset" and one[1] == "http://purl.org/dc/terms/source"
    }
    assert {one[3] for one in quads} - {"", f"{BASE}graph/combined"} == sources
    assert all(one.startswith((f"{BASE}source/", f"{BASE}document/")) for one in sources)


@pytest.mark.parametrize("keys", ["en", "zh"])
def test_json_ld_holds_the_same_as_n_quads_for_both_readers(shipped: Store, keys: Lang) -> None:
    expected = read(shipped, "nquads")
    out = BytesIO()
    export(shipped, "jsonld", out, keys=keys)
    assert by_pyoxigraph(out.getvalue(), "jsonld") == expected
    assert by_rdflib(out.getvalue(), "jsonld") == expected


def test_rdf_xml_holds_the_same_as_turtle_for_both_readers(shipped: Store) -> None:
    expected = read(shipped, "turtle")
    rdfxml = written(shipped, "rdfxml")
    assert by_pyoxigraph(rdfxml, "rdfxml") == expected
    assert {one[:3] for one in by_rdflib(rdfxml, "rdfxml")} == {one[:3] for one in expected}


@pytest.mark.parametrize("format", ["turtle", "ntriples", "rdfxml"])
def test_formats_without_graphs_hold_the_preferred_facts(shipped: Store, format: Format) -> None:
    triples = {one[:3] for one in read(shipped, format)}
    description = {one[:3] for one in read(shipped, "nquads") if not one[3]}
    expected = facts(shipped, "preferred")
    classes = {one for one in triples - description if one[1] == RDF_TYPE}
    assert triples == expected | description | classes
    assert {one[0] for one in classes} == {one[0] for one in expected}


def test_rdflib_reads_turtle_as_pyoxigraph_does(shipped: Store) -> None:
    turtle = written(shipped, "turtle")
    found = {one[:3] for one in by_rdflib(turtle, "turtle")}
    assert found == {one[:3] for one in by_pyoxigraph(turtle, "turtle")}


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_content_gives_the_same_bytes(shipped: Store, format: Format) -> None:
    assert written(shipped, format) == written(shipped, format)


def test_everything_has_a_class_and_every_code_a_label_in_both_languages(shipped: Store) -> None:
    quads = read(shipped, "nquads")
    classed = {one[0] for one in quads if one[1] == RDF_TYPE}
    pointed = {one[2][0] for one in quads if one[2][1] == "@id" and one[2][0].startswith(BASE)}
    terms = {one for one in pointed if one.startswith(f"{BASE}ns#")}
    assert pointed - classed <= terms
    for code in {one for one in pointed if one.startswith(f"{BASE}code/")}:
        labels = {one[2][2] for one in quads if one[:2] == (code, f"{SKOS}prefLabel")}
        assert labels == {"zh", "en"}, code


def test_counts_are_those_of_the_lines(shipped: Store) -> None:
    out = BytesIO()
    counts = export(shipped, "ntriples", out)
    assert isinstance(counts, Counts)
    assert counts.body + counts.description == out.getvalue().count(b"\n")


def test_plain_leaves_out_what_did_not_hold_as_kg_show_says_it_with_a_day(shipped: Store) -> None:
    out = BytesIO()
    export(shipped, "ntriples", out, "plain")
    found = {one[:3] for one in by_pyoxigraph(out.getvalue(), "ntriples")}
    shipped.facts()
    rows = shipped.connection.execute(
        """SELECT subject, property, value, kind, from_earliest, from_latest, to_earliest,
            to_latest, lang FROM facts WHERE preferred"""
    ).fetchall()
    model = domain.model()
    ends = {one for row in rows for one in (row[0], row[2] if row[3] == "link" else row[0])}
    alive = lives(shipped, model, sorted(ends))
    held: dict[Held, set[Triple]] = {"yes": set(), "perhaps": set(), "no": set()}
    for subject, name, text, kind, *bounds, lang in rows:
        on = fact_held(model, alive, (subject, name, text, kind, *bounds), NEWEST)
        held[on].add(_triple(shipped, subject, name, kind, lang, text))
    ended = held["no"] - held["yes"] - held["perhaps"]
    assert len(ended) > 10 and not ended & found
    assert held["yes"] | held["perhaps"] <= found
    old = show(shipped, "agency:js_old", NEWEST)
    said = {(one.subject, one.property): one.held for one in (*old.facts, *old.linked)}
    assert said["agency:js_old", "governs"] == said["agency:js_dc", "managed_by"] == "no"


def test_only_of_what_we_ship_the_licence_and_title_are_claimed(shipped: Store) -> None:
    said = [one for one in read(shipped, "nquads") if one[0] == f"{BASE}graph/dataset"]
    assert {one[2][0] for one in said if one[1].endswith("license")} == {
        "https://creativecommons.org/licenses/by/4.0/"
    }
    assert "数据要素政策知识图谱" in {one[2][0] for one in said}


def test_a_store_that_also_holds_other_documents_claims_no_licence(
    shipped: Store, tmp_path: Path
) -> None:
    shutil.copytree(shipped.folder, tmp_path / ".kg")
    policies(tmp_path, P1)
    put(tmp_path, tmp_path / "data")
    with Store(tmp_path / ".kg") as store:
        said = [one for one in read(store, "nquads") if one[0] == f"{BASE}graph/dataset"]
        assert not [one for one in said if one[1].endswith("license")]
        assert f"知识图谱（读自 {len(store.documents())} 个文件）" in {one[2][0] for one in said}
