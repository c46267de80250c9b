"""Saved questions in SPARQL: the same rows, on the same word, as in Cypher."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import domain, saved
from kg.answer import Answer, ask, ask_twin, text_of
from kg.api import KnowledgeGraph
from kg.errors import InputError, QueryError, UsageError
from kg.lint import faults
from kg.rdf.asking import Triples, bound
from kg.rdf.reading import quiet
from kg.saved import Parameter, Question
from tests.commands import run

LISTS = ("names", "hubs")
TWINS = [one.slug for one in saved.questions(domain.questions()) if one.twin.is_file()]
ASKED: list[tuple[str, dict[str, object]]] = [
    ("policy/direct-implementers", {"policy": "policy:digcn"}),
    ("policy/direct-implementers", {"policy": "policy:bj20"}),
    ("policy/superseded", {"word": "条例"}),
    ("policy/superseded", {"word": '"} UNION {'}),
    ("agency/exact-unveiling", {"level": "provincial"}),
    ("agency/exact-unveiling", {"level": "county"}),
    ("agency/government-services-line", {"word": "数据"}),
    ("cross/two-sessions-pilots", {"word": "数据"}),
    ("exchange/count-by-province", {"at_least": 1}),
    ("exchange/count-by-province", {"at_least": 5}),
]
EVERY = [*((slug, {}) for slug in TWINS), *ASKED]


def rows(answer: Answer) -> list[Mapping[str, object]]:
    return [row.values for row in answer.rows]


def cited(answer: Answer) -> list[set[str]]:
    return [{answer.sources[n - 1].statement for n in row.cites} for row in answer.rows]


def test_at_least_eight_questions_have_a_twin() -> None:
    assert len(TWINS) >= 8


@pytest.mark.parametrize(("slug", "asked"), EVERY)
def test_cypher_and_sparql_give_the_same_rows_on_the_same_word(
    store: KnowledgeGraph, slug: str, asked: dict[str, object]
) -> None:
    question = saved.question(domain.questions(), slug)
    one = ask(store, store.graph, question, asked)
    other = ask_twin(store, store.triples, question, asked)
    assert (rows(other), other.columns) == (rows(one), one.columns)
    assert cited(other) == cited(one)
    told = len(question.wholes) - len(one.unstated)  # only Cypher looks for the whole of a set
    assert (other.parameters, other.notes) == (one.parameters, one.notes[: len(one.notes) - told])


ODD = """
@prefix agency: <https://w3id.org/datapolicy-cn/agency/> .
@prefix agency_level: <https://w3id.org/datapolicy-cn/code/agency_level/> .
@prefix compute_kind: <https://w3id.org/datapolicy-cn/code/compute_kind/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix exchange: <https://w3id.org/datapolicy-cn/exchange/> .
@prefix initiative: <https://w3id.org/datapolicy-cn/initiative/> .
@prefix kg: <https://w3id.org/datapolicy-cn/ns#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix policy_kind: <https://w3id.org/datapolicy-cn/code/policy_kind/> .
@prefix proposal: <https://w3id.org/datapolicy-cn/proposal/> .
@prefix policy: <https://w3id.org/datapolicy-cn/policy/> .
@prefix project: <https://w3id.org/datapolicy-cn/project/> .
@prefix province: <https://w3id.org/datapolicy-cn/province/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

province:44 a kg:Province ; skos:prefLabel "广东省"@zh .
province:64 a kg:Province ; skos:prefLabel "宁夏回族自治区"@zh .
initiative:mutual24 a kg:Initiative ; skos:prefLabel "互认互通"@zh .
policy:p20 a kg:Policy ; skos:prefLabel "数据二十条"@zh .
policy:a a kg:Policy ; skos:prefLabel "授权运营甲"@zh ; kg:dated "2023"^^xsd:gYear .
policy:b a kg:Policy ; skos:prefLabel "授权运营乙"@zh ;
    kg:dated "[2022-12-20..2023-01-05]"^^edtf:EDTF .
policy:c a kg:Policy ; skos:prefLabel "授权运营丙"@zh ; kg:dated "[..2023-01-05]"^^edtf:EDTF .
policy:d a kg:Policy ; skos:prefLabel "授权运营丁"@zh ; kg:dated "2023-01-01"^^xsd:date .
policy:A a kg:Policy ; skos:prefLabel "授权运营 pilot"@en ; kg:supports exchange:a ;
    kg:dated "2023-01"^^xsd:gYearMonth ; eli:repeals policy:b .
policy:a kg:implements policy:p20 ; kg:kind policy_kind:regulation .
policy:b kg:implements policy:p20 ; kg:kind policy_kind:regulation .
policy:c kg:implements policy:p20 ; kg:kind policy_kind:regulation .
policy:d kg:implements policy:p20 ; kg:kind policy_kind:regulation .
policy:A kg:implements policy:p20 ; kg:kind policy_kind:regulation .
exchange:a a kg:Exchange ; skos:prefLabel "Trade Exchange"@en ; kg:locatedIn province:44 ;
    org:memberOf initiative:mutual24 .
exchange:b a kg:Exchange ; skos:prefLabel "某数据交易所"@zh, "Some Exchange"@en ;
    kg:locatedIn province:44 ; org:memberOf initiative:mutual24 .
province:64 kg:proposes proposal:a .
proposal:a a kg:Proposal ; skos:prefLabel "Pilot zone"@en .
agency:a a kg:Agency ; skos:prefLabel "Bureau of 政务服务"@en ; kg:governs province:64 ;
    kg:level agency_level:provincial ;
    kg:unveiled "2024-01-05"^^xsd:date .
project:a a kg:ComputeProject ; skos:prefLabel "Cluster"@en ; dcterms:isPartOf project:b ;
    kg:kind compute_kind:cluster .
project:b a kg:ComputeProject ; skos:prefLabel "Hub"@en ; kg:locatedIn province:64 ;
    kg:kind compute_kind:hub .
"""
"""Names in English alone, dates of every precision, dates known to lie between two days."""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """What the shipped sources do not have."""
    folder: Path = tmp_path_factory.mktemp("odd")
    (folder / "odd.ttl").write_text(ODD, encoding="utf-8")
    with kg.open(folder / ".kg") as opened:
        assert not opened.load(folder / "odd.ttl").problems
        yield opened


@pytest.mark.parametrize("slug", TWINS)
def test_both_give_the_same_rows_where_names_are_english_and_dates_are_bounds(
    odd: KnowledgeGraph, slug: str
) -> None:
    asked = {"word": "e"} if slug == "cross/two-sessions-pilots" else {}
    one, other = odd.ask(slug, **asked), odd.ask_twin(slug, **asked)
    assert (rows(other), cited(other)) == (rows(one), cited(one))
    assert rows(one)


@pytest.fixture(scope="module")
def turtle(store: KnowledgeGraph) -> Iterator[rdflib.Graph]:
    """What `kg export -o graph.ttl` writes, in another engine."""
    out = io.BytesIO()
    store.export("turtle", out)
    with quiet():
        yield rdflib.Graph().parse(data=out.getvalue(), format="turtle")


@pytest.mark.parametrize("slug", TWINS)
def test_a_twin_runs_as_it_stands_over_the_turtle_in_another_engine(
    store: KnowledgeGraph, turtle: rdflib.Graph, slug: str
) -> None:
    found = turtle.query(saved.question(domain.questions(), slug).twin.read_text(encoding="utf-8"))
    own = store.ask_twin(slug)
    shown = [name for name in own.columns if name not in LISTS]
    theirs = [[short(row[name]) for name in shown] for row in found]  # type: ignore[index,call-overload]
    assert sorted(theirs) == sorted(
        [text_of(row.values[name]) for name in shown] for row in own.rows
    )


def short(term: object) -> str:
    """A term as an answer shows it."""
    text = "" if term is None else str(term)
    rest = text.removeprefix(domain.base())
    return (
        rest
        if rest == text
        else rest.rpartition("/")[2]
        if "code/" in rest
        else rest.replace("/", ":")
    )


def made(folder: Path, twin: str, *parameters: Parameter) -> Question:
    path = folder / "one.cypher"
    path.with_suffix(".rq").write_text(twin, encoding="utf-8")
    return Question("x/one", path, "问", "asks", "", parameters)


ECHO = 'SELECT ?id ?cites\nWHERE { VALUES ?id { "" }  # param: x\n} ORDER BY ?id'


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_reaches_the_query_as_it_is(
    store: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    asked = made(tmp_path_factory.getbasetemp(), ECHO, Parameter("x", "text", "", "词", "word"))
    try:
        sparql = bound(asked, {"x": text})
    except UsageError as error:
        assert "a character that RDF can't carry" in str(error)
        return
    assert store.triples.ask(sparql, limit=5, timeout=9).rows == ((text, []),)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("Policy", "policy:p20", "<https://w3id.org/datapolicy-cn/policy/p20>"),
        ("code line", "dr", "<https://w3id.org/datapolicy-cn/code/line/dr>"),
        ("code line", None, "UNDEF"),
        ("int", 3, '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("date", "2024-01-05", '"2024-01-05"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("text", "甲", '"甲"'),
    ],
)
def test_a_parameter_stands_in_the_query_by_its_type(
    tmp_path: Path, kind: str, value: str | int | None, term: str
) -> None:
    sparql = bound(made(tmp_path, ECHO, Parameter("x", kind, None, "词", "word")), {"x": value})
    assert f"VALUES ?id {{ {term} }}  # param: x" in sparql


def test_a_parameter_without_a_place_in_the_twin_is_told(tmp_path: Path) -> None:
    asked = made(tmp_path, ECHO, Parameter("y", "text", "", "词", "word"))
    with pytest.raises(InputError, match=r"one\.rq: want a line VALUES … # param: for x, y"):
        bound(asked, {"y": "甲"})


def test_a_question_without_a_twin_says_so(store: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match=r"policy/targets: no SPARQL twin \(targets\.rq\)"):
        store.ask_twin("policy/targets")


def test_a_query_that_is_wrong_or_gives_no_rows_is_refused(store: KnowledgeGraph) -> None:
    for sparql, said in (("SELECT ?x WHERE {", "not SPARQL: "), ("ASK {}", "only SELECT")):
        with pytest.raises(QueryError, match=said):
            store.triples.ask(sparql, limit=5, timeout=9)


def test_a_query_that_takes_too_long_is_given_up(store: KnowledgeGraph) -> None:
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?i) }"
    with pytest.raises(QueryError, match=r"longer than 0\.2 s \(--timeout\)"):
        store.triples.ask(slow, limit=5, timeout=0.2)


def test_more_rows_than_asked_for_are_cut_and_the_answer_says_so(store: KnowledgeGraph) -> None:
    question = saved.question(domain.questions(), "policy/regulations")
    answer = ask_twin(store, store.triples, question, {}, limit=2, lang="en")
    assert len(answer.rows) == 2
    assert answer.notes[-1] == "Only the first 2 rows are listed; there are more (--limit)."


def test_under_another_base_a_twin_answers_alike(
    store: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = saved.question(domain.questions(), "compute/clusters-by-hub")
    one = ask_twin(store, store.triples, question, {})
    monkeypatch.setenv("KG_BASE", "https://example.org/kg/")
    other = ask_twin(store, Triples(store), question, {})
    assert (rows(other), cited(other)) == (rows(one), cited(one))


@pytest.mark.parametrize(
    ("twin", "fault"),
    [
        ("SELECT ?id ?cites { }", "no ORDER BY"),
        ("SELECT ?id { } ORDER BY ?id", "no ?cites"),
        ("SELECT ?id ?cites { SERVICE <urn:x> { } } ORDER BY ?id", "other data"),
        ("SELECT ?id ?cites FROM <urn:x> { } ORDER BY ?id", "other data"),
    ],
)
def test_a_twin_that_may_answer_otherwise_is_refused(tmp_path: Path, twin: str, fault: str) -> None:
    asked = made(tmp_path, twin)
    cypher = "RETURN 1 AS id, [] AS cites ORDER BY id"
    said = list(faults(Question(asked.slug, asked.path, "问", "asks", cypher)))
    assert len(said) == 1 and fault in said[0]


def test_the_command_asks_the_twin_and_checks_all_twins(loaded: Path) -> None:
    asked = ("query", "policy/regulations", "--format", "json")
    by_cypher, by_sparql = run(*asked, cwd=loaded), run(*asked, "--sparql", cwd=loaded)
    assert by_sparql.json() == by_cypher.json()
    checked = run("query", "--check", "--sparql", cwd=loaded)
    assert f"{len(TWINS)} of {len(TWINS)} answers are as expected" in checked.out
    both = run(*asked, "--sparql", "--graph", "bolt://127.0.0.1", cwd=loaded)
    assert (both.code, "choose one" in both.err) == (2, True)
