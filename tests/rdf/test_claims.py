"""How much an export says: a node for each statement, or only what holds by now."""

from datetime import date
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.errors import UsageError
from kg.export import export as export_any
from kg.places import CSV, JSON
from kg.rdf import Detail, Format, export
from kg.statement import Statement, document_id, statement_id
from kg.store import Store
from tests.commands import within
from tests.rdf.made import BASE, FORMATS, about, by_pyoxigraph, by_rdflib, say, store_of, value

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OA = "http://www.w3.org/ns/oa#"
KG = f"{BASE}ns#"
PROV = "http://www.w3.org/ns/prov#"
CONFORMS = "http://purl.org/dc/terms/conformsTo"
NAME = say("policy:x", "name", '某"办法"\n😀', lang="zh")._replace(quote="原文：《某办法》")
OTHER = say("policy:y", "name", "另一办法", lang="zh")
LINK = say("policy:x", "implements", "policy:y", "link", source="source:b")


def held(start: date | None, end: date | None, text: str) -> Statement:
    """A statement that holds from a day to a day."""
    bounds = (start, start, end, end)
    key = statement_id("a.csv", "source:a", "policy:x", "note", text, "", bounds)
    return say("policy:x", "note", text)._replace(
        id=key, from_earliest=start, from_latest=start, to_earliest=end, to_latest=end
    )


def written(folder: Path, detail: Detail, format: Format, *records: Statement) -> bytes:
    out = BytesIO()
    with store_of(folder / ".kg", *records) as store:
        export(store, format, out, detail)
    return out.getvalue()


def node(statement: Statement, part: str = "") -> str:
    return BASE + statement.id.replace(":", "/") + (f"#{part}" if part else "")


@pytest.mark.parametrize("format", FORMATS)
def test_a_statement_says_what_it_claims_and_where_it_was_read(
    tmp_path: Path, format: Format
) -> None:
    said = held(date(2024, 1, 5), None, "自2024年起")
    data = written(tmp_path, "statements", format, NAME, OTHER, LINK, said)
    found = by_pyoxigraph(data, format)
    assert by_rdflib(data, format) == found
    triples = {(subject, predicate, one) for subject, predicate, one, _ in found}
    document = BASE + document_id("a.csv").replace(":", "/")
    for statement, predicate, claimed in (
        (NAME, "http://www.w3.org/2004/02/skos/core#prefLabel", value('某"办法"\n😀', lang="zh")),
        (LINK, f"{KG}implements", (f"{BASE}policy/y", "@id", "")),
    ):
        start = node(statement)
        assert {
            (start, f"{RDF}type", (f"{RDF}Statement", "@id", "")),
            (start, f"{RDF}subject", (f"{BASE}policy/x", "@id", "")),
            (start, f"{RDF}object", claimed),
            (start, "http://www.w3.org/ns/prov#wasDerivedFrom",
             (BASE + statement.source.replace(":", "/"), "@id", "")),
            (start, f"{KG}readFrom", (document, "@id", "")),
            (start, f"{OA}hasTarget", (f"{start}#target", "@id", "")),
            (f"{start}#place", f"{RDF}value", value("row=2")),
        } <= triples, predicate  # fmt: skip
    assert (node(NAME, "quote"), f"{OA}exact", value("原文：《某办法》")) in triples
    day = value("2024-01-05", "http://www.w3.org/2001/XMLSchema#date")
    assert (node(said, "validFrom"), f"{KG}latest", day) in triples
    assert not [one for one in triples if one[0] == node(said, "validTo")]


def test_a_statement_comes_from_a_load_whose_node_says_nothing_of_when(tmp_path: Path) -> None:
    later = NAME._replace(loader="tree", loader_version="2")
    seen = []
    for name, first, loaded in (("1", NAME, "2024"), ("2", NAME, "2025"), ("3", later, "2025")):
        out = BytesIO()
        with store_of(tmp_path / name / ".kg", first, OTHER, loaded=loaded) as store:
            export(store, "nquads", out, "statements")
        seen.append(by_pyoxigraph(out.getvalue(), "nquads"))
    assert seen[0] == seen[1]
    ((load, _),) = {one[2:] for one in seen[0] if one[:2] == (node(NAME), f"{PROV}wasGeneratedBy")}
    document = BASE + document_id("a.csv").replace(":", "/")
    assert {one[1:] for one in seen[0] if one[0] == load[0]} == {
        (f"{RDF}type", (f"{KG}Load", "@id", ""), ""),
        (f"{PROV}used", (document, "@id", ""), ""),
        (f"{KG}readBy", value("test 1"), ""),
    }
    assert {one[2][0] for one in seen[2] if one[1] == f"{KG}readBy"} == {"test 1", "tree 2"}
    assert not [one for one in seen[2] if "2025" in one[2][0]]


def test_trig_opens_each_graph_once(shipped: Store) -> None:
    out = BytesIO()
    export(shipped, "trig", out, "statements")
    opened = [line for line in out.getvalue().decode().splitlines() if line.endswith(" {")]
    assert len(opened) > 50
    assert len(set(opened)) == len(opened)


def place_said(found: dict[tuple[str, str], str], start: str) -> str:
    """The place that the selectors of a statement's node give."""
    text = found.get((f"{start}#place", f"{RDF}value"), "")
    standard = found.get((f"{start}#place", CONFORMS), "")
    if standard == CSV:
        text = text.replace("row=", "row ")
    elif standard == JSON:
        steps = (f"[{int(one) + 1}]" if one.isdigit() else f".{one}" for one in text.split("/")[1:])
        text = "".join(steps).removeprefix(".")
    within = found.get((f"{start}#within", f"{RDF}value"), "")
    return f"{text}, {within}" if within else text


def test_each_shipped_statement_says_its_place_by_a_standard_where_there_is_one(
    shipped: Store,
) -> None:
    out = BytesIO()
    export(shipped, "nquads", out, "statements")
    found = {one[:2]: one[2][0] for one in by_pyoxigraph(out.getvalue(), "nquads") if one[3]}
    rows = shipped.connection.execute("SELECT id, document, place, quote FROM records").fetchall()
    standards = set()
    for key, document, place, quote in rows:
        start = BASE + str(key).replace(":", "/")
        if (start, f"{RDF}type") not in found:
            continue
        assert place_said(found, start) == place
        assert found.get((f"{start}#quote", f"{OA}exact"), "") == quote
        standard = found.get((f"{start}#place", CONFORMS), "")
        standards.add((Path(document).suffix, standard))
    assert standards == {(".csv", CSV), (".json", JSON), (".jsonl", ""), (".xlsx", "")}


def test_a_statement_is_in_the_graph_of_its_source(tmp_path: Path) -> None:
    found = by_pyoxigraph(written(tmp_path, "statements", "trig", NAME, OTHER, LINK), "trig")
    graphs = {graph for subject, *_, graph in found if subject.startswith(node(LINK))}
    assert graphs == {f"{BASE}source/b"}


@pytest.mark.parametrize(
    ("format", "of"),
    [
        ("trig", RdfFormat.TRIG),
        ("nquads", RdfFormat.N_QUADS),
        ("turtle", RdfFormat.TURTLE),
        ("rdfxml", RdfFormat.RDF_XML),
    ],
)
def test_rdf_1_2_ties_a_statement_to_its_claim_by_a_reifier(
    tmp_path: Path, format: Format, of: RdfFormat
) -> None:
    data = written(tmp_path, "rdf12", format, NAME)
    claims = [
        one.object
        for one in pyoxigraph.parse(data, format=of)
        if one.predicate.value == f"{RDF}reifies"
    ]
    label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    said = Literal('某"办法"\n😀', language="zh")
    assert claims == [pyoxigraph.Triple(NamedNode(f"{BASE}policy/x"), label, said)]


def test_what_a_format_cannot_hold_is_refused(tmp_path: Path) -> None:
    with store_of(tmp_path / ".kg", NAME) as store:
        with pytest.raises(UsageError, match=r"JSON-LD has no RDF 1\.2"):
            export(store, "jsonld", tmp_path / "out", "rdf12")
        with pytest.raises(UsageError, match="graphml is no RDF"):
            export_any(store, "graphml", tmp_path / "out", "plain")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("words", [*combinations(("--plain", "--statements", "--rdf12"), 2)])
def test_an_export_says_one_thing_or_another(tmp_path: Path, words: tuple[str, str]) -> None:
    for given in (words, words[::-1]):
        ended = within("export", *given, cwd=tmp_path)
        assert ended.code == 2 and not ended.out
        assert f"{given[0]} or {given[1]}" in ended.err and ended.err.count("\n") == 1


@pytest.mark.parametrize("format", FORMATS)
def test_plain_is_what_holds_by_the_newest_source_and_nothing_else(
    tmp_path: Path, format: Format
) -> None:
    data = written(
        tmp_path,
        "plain",
        format,
        NAME,
        OTHER,
        LINK,
        say("source:a", "page_date", "2024-06-01", "date"),
        held(None, date(2023, 12, 31), "不再"),
        held(date(2025, 1, 1), None, "尚未"),
        held(date(2024, 1, 1), date(2024, 6, 2), "现行"),
        held(date(2024, 1, 1), date(2024, 6, 1), "当日止"),
    )
    found = by_pyoxigraph(data, format)
    assert {graph for *_, graph in found} == {""}
    notes = {one for name, one, _ in about(found, "policy:x") if name == "note"}
    assert notes == {value("现行")}
    assert {subject for subject, *_ in found} == {
        f"{BASE}{name}" for name in ("policy/x", "policy/y", "source/a")
    }


def test_each_shipped_statement_that_a_fact_rests_on_has_its_node(shipped: Store) -> None:
    out = BytesIO()
    export(shipped, "nquads", out, "statements")
    nodes = {
        line.split(" ", 1)[0]
        for line in out.getvalue().decode().splitlines()
        if f"<{RDF}type> <{RDF}Statement>" in line
    }
    rows = shipped.connection.execute(
        f"SELECT DISTINCT unnest(statements) FROM {shipped.facts_sql} WHERE status <> 'rejected'"
    ).fetchall()
    assert nodes == {f"<{BASE}{one.replace(':', '/')}>" for (one,) in rows} and len(nodes) > 3000
