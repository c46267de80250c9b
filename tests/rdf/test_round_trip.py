"""What is exported as RDF and loaded again says the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.check import Unfit, number
from kg.export import SUFFIXES
from kg.load import Report, load
from kg.rdf import Detail, Format, export
from kg.statement import Statement
from kg.store import Store
from kg.text import clean
from kg.when import When
from tests.rdf.made import BASE, FORMATS, judge, say, store_of
from tests.stores import lines, put, query, write

Facts = set[tuple[str, str, str, str]]
WITH_GRAPHS: tuple[Format, ...] = ("trig", "nquads", "jsonld")
ENDINGS = {format: ending for ending, format in SUFFIXES.items()}


def facts(store: Store, chosen: str = "preferred") -> Facts:
    store.facts()
    rows = store.connection.execute(
        f"SELECT subject, property, value, lang FROM facts WHERE {chosen}"
    ).fetchall()
    return set(rows)


def sources(store: Store) -> set[tuple[str, ...]]:
    """What each source says, of all that is not rejected."""
    store.facts()
    rows = store.connection.execute(
        """SELECT source, subject_key, property, value_key, lang FROM records
        WHERE type = 'statement' AND id IN (
            SELECT unnest(statements) FROM facts WHERE status <> 'rejected')"""
    ).fetchall()
    return set(rows)


def judged(store: Store) -> set[tuple[str, str]]:
    """The fields that a judgement decides: RDF holds what sources say, and no judgements."""
    rows = store.connection.execute(
        """SELECT subject_key, property FROM records WHERE type = 'statement' AND id IN (
            SELECT a FROM records WHERE type = 'judgement' AND verdict = 'accept')"""
    ).fetchall()
    return set(rows)


@contextmanager
def taken(store: Store, format: Format, folder: Path) -> Iterator[tuple[Store, Report]]:
    """A fresh store with the export of another."""
    path = folder / f"export{ENDINGS[format]}"
    export(store, format, path)
    with Store(folder / f"{format}.kg") as fresh:
        yield fresh, load(fresh, [path])


@pytest.mark.parametrize("format", FORMATS)
def test_the_shipped_facts_come_back(shipped: Store, format: Format, tmp_path: Path) -> None:
    with taken(shipped, format, tmp_path) as (fresh, report):
        assert lines(report.problems) == []
        found, wanted = facts(fresh), facts(shipped)
        if format not in WITH_GRAPHS:
            assert found == wanted
        assert {one[:2] for one in found ^ wanted} <= judged(shipped)
        assert len(found ^ wanted) <= 2


def told(store: Store) -> set[tuple[object, ...]]:
    """Each claim of a source with its validity, whether it is quoted, and where it was read."""
    store.facts()
    columns = "source, subject_key, property, value_key, lang, from_earliest, from_latest"
    rows = store.connection.execute(
        f"""SELECT {columns}, to_earliest, to_latest FROM records
        WHERE type = 'statement' AND id IN (
            SELECT unnest(statements) FROM facts WHERE status <> 'rejected')"""
    ).fetchall()
    return set(rows)


def stances(store: Store) -> set[tuple[object, ...]]:
    """The facts with their stance and validity."""
    store.facts()
    bounds = "from_earliest, from_latest, to_earliest, to_latest"
    rows = store.connection.execute(
        f"SELECT subject, property, value, lang, stance, position, confidence, {bounds} FROM facts"
        " WHERE status <> 'rejected'"
    ).fetchall()
    return set(rows)


@pytest.mark.parametrize(("format", "detail"), [("jsonld", "statements"), ("trig", "rdf12")])
def test_nodes_of_statements_give_stance_and_validity_back(
    shipped: Store, format: Format, detail: Detail, tmp_path: Path
) -> None:
    path = tmp_path / f"said{ENDINGS[format]}"
    export(shipped, format, path, detail)
    with Store(tmp_path / "fresh.kg") as fresh:
        assert lines(load(fresh, [path]).problems) == []
        assert told(fresh) == told(shipped)
        differ = stances(fresh) ^ stances(shipped)
        assert {one[:2] for one in differ} <= judged(shipped)
        assert sum(bool(one[5]) for one in told(shipped)) > 50
        places = fresh.connection.execute(
            "SELECT count(*) FROM records WHERE place LIKE 'kg:sources/facts/%.csv, row %'"
        ).fetchall()
        assert places[0][0] > 1500


def noded(value: str = "", beside: str = "") -> str:
    """A file of one claim, its statement's node, and what else is to stand there."""
    node = f"<{BASE}statement/1>"
    return f"""
        @prefix kg: <{BASE}ns#> . @prefix policy: <{BASE}policy/> .
        @prefix source: <{BASE}source/> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix prov: <http://www.w3.org/ns/prov#> . @prefix oa: <http://www.w3.org/ns/oa#> .
        @prefix eli: <http://data.europa.eu/eli/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        source:a {{ policy:x eli:id_local "1号" .
            {node} a rdf:Statement ; rdf:object "1号" ; rdf:subject policy:x ;
            rdf:predicate eli:id_local ; prov:wasDerivedFrom source:a .
            {value} }}
        {beside}
        source:a {{ policy:x skos:prefLabel "某办法"@zh }}
    """


PARTS = f"""
    <{BASE}statement/1> kg:stance <{BASE}code/stance/inferred> ; kg:confidence 0.5 ;
        kg:validTo <{BASE}statement/1#validTo> ; kg:readFrom <{BASE}document/d> .
    <{BASE}statement/1#validTo> kg:latest "2024-03-01"^^xsd:date .
    <{BASE}statement/1#quote> oa:exact "文号：1号" .
    <{BASE}statement/1#place> rdf:value "sheet 政策, row 3, 文号" .
"""
TITLE = f'<{BASE}document/d> skos:prefLabel "政策.xlsx" .'


@pytest.mark.parametrize("before", [True, False])
def test_a_claim_is_read_from_its_node_wherever_its_parts_stand(
    tmp_path: Path, before: bool
) -> None:
    later = f"source:a {{ {PARTS} }}"
    text = noded(PARTS, TITLE) if before else noded("", TITLE + later)
    assert lines(put(tmp_path, write(tmp_path / "a.trig", text)).problems) == []
    columns = "stance, confidence, quote, place, to_latest, source, document"
    assert query(tmp_path, f"SELECT {columns} FROM records WHERE property = 'number'") == [
        (
            *("inferred", 0.5, "文号：1号", "政策.xlsx, sheet 政策, row 3, 文号"),
            *(date(2024, 3, 1), "source:a", "a.trig"),
        )
    ]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("kg:stance <http://example.org/sure>", "an unknown stance, http://example.org/sure"),
        (f"kg:x 1 . <{BASE}statement/1b> kg:confidence 1", "1 node of a statement without"),
        ("kg:position 1.5", "no position: '1.5'"),
        ("kg:confidence 7", "no confidence: '7'"),
        ("rdf:subject policy:y", "a statement without exactly one rdf:subject"),
        ("prov:wasDerivedFrom source:a, source:b", "a statement with more than one source"),
        (
            f'kg:x 1 . <{BASE}statement/1#validTo> kg:latest "2024-13-01"^^xsd:date',
            "no bounds of a time",
        ),
    ],
)
def test_a_node_that_can_not_be_understood_is_a_problem(
    tmp_path: Path, said: str, problem: str
) -> None:
    report = put(tmp_path, write(tmp_path / "a.trig", noded(f"<{BASE}statement/1> {said} .")))
    assert any(problem in one and "statement:1" in one for one in lines(report.faults))


@pytest.mark.parametrize("format", WITH_GRAPHS)
def test_what_each_shipped_source_says_comes_back(
    shipped: Store, format: Format, tmp_path: Path
) -> None:
    with taken(shipped, format, tmp_path) as (fresh, _):
        assert sources(fresh) == sources(shipped)
        every = "status <> 'rejected'"
        assert facts(fresh, every) == facts(shipped, every)


def test_an_export_of_what_was_loaded_from_an_export_holds_the_same_facts(
    shipped: Store, tmp_path: Path
) -> None:
    with taken(shipped, "trig", tmp_path) as (fresh, _):
        (tmp_path / "again").mkdir()
        with taken(fresh, "nquads", tmp_path / "again") as (last, report):
            assert lines(report.problems) == []
            assert sources(last) == sources(fresh)
            assert facts(last) == facts(fresh)


def test_loading_an_export_beside_what_it_was_made_from_adds_no_fact(tmp_path: Path) -> None:
    name = say("policy:x", "name", "某办法", lang="zh")
    with store_of(tmp_path / ".kg", name, say("policy:x", "number", "1号")) as store:
        before = facts(store, "TRUE")
        export(store, "trig", tmp_path / "a.trig")
        load(store, [tmp_path / "a.trig"])
        assert facts(store, "TRUE") == before


def test_what_was_rejected_does_not_come_back(tmp_path: Path) -> None:
    name, wrong = say("policy:x", "name", "某办法", lang="zh"), say("policy:x", "number", "9号")
    store = store_of(tmp_path / ".kg", name, wrong, judge("reject", wrong.id))
    with store, taken(store, "trig", tmp_path) as (fresh, _):
        assert facts(fresh, "TRUE") == {("policy:x", "name", "某办法", "zh")}


_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from(
    "\"\\'<>@^.;#{}"
)
TEXTS = st.text(_CHARACTERS, min_size=1).map(clean).filter(bool)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
PLAIN_DATES = st.builds(lambda day, end: day.isoformat()[:end], DAYS, st.sampled_from((4, 7, 10)))
SETS = st.builds(lambda one, two: str(When(min(one, two), max(one, two))), DAYS, DAYS)
OPEN_SETS = st.builds(
    lambda day, ends: str(When(day if ends else None, None if ends else day)), DAYS, st.booleans()
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str) | st.integers().map(
    str
)


def as_number(text: str) -> str:
    try:
        return number(text)
    except Unfit:
        return "0"


SOURCES = st.sampled_from(("source:a", "source:b", "document:c0ffee"))
VALUES = st.one_of(
    st.tuples(st.just("number"), TEXTS, st.just("text"), st.just("")),
    st.tuples(st.just("alias"), TEXTS, st.just("text"), st.sampled_from(("zh", "en", "pt-BR"))),
    st.tuples(st.just("note"), TEXTS, st.just("text"), st.sampled_from(("", "en", "mn-Mong-CN"))),
    st.tuples(st.just("dated"), PLAIN_DATES | SETS | OPEN_SETS, st.just("date"), st.just("")),
    st.tuples(st.just("kind"), st.sampled_from(("opinion", "plan")), st.just("code"), st.just("")),
    st.tuples(
        st.just("applies_to"),
        st.sampled_from(("province:32", "province:33")),
        st.just("link"),
        st.just(""),
    ),
)
SUBJECTS = st.sampled_from(("policy:made", "policy:A_b-9"))


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    """Two policies with names, and values of every kind by several sources."""
    said = [
        say(subject, "name", draw(TEXTS), lang=lang)
        for subject in ("policy:made", "policy:A_b-9")
        for lang in ("zh", "en")
    ]
    for subject, source, (name, value, kind, lang) in draw(
        st.lists(st.tuples(SUBJECTS, SOURCES, VALUES), max_size=8)
    ):
        said.append(say(subject, name, value, kind, source=source, lang=lang))
    said += [
        say("target:t", "metric", draw(TEXTS)),
        say("target:t", "value", as_number(draw(NUMBERS)), "number"),
    ]
    return list({one.id: one for one in said}.values())


@settings(max_examples=15, deadline=None)
@given(statements())
def test_any_store_comes_back_from_every_format(said: list[Statement]) -> None:
    with TemporaryDirectory() as name, store_of(Path(name) / ".kg", *said) as store:
        for format in FORMATS:
            with taken(store, format, Path(name)) as (fresh, report):
                assert lines(report.problems) == []
                assert facts(fresh) == facts(store), format
                if format in WITH_GRAPHS:
                    assert sources(fresh) == sources(store), format


def test_what_is_loaded_from_rdf_says_where_it_was_read(tmp_path: Path) -> None:
    with store_of(tmp_path / "a" / ".kg", say("policy:x", "name", "某办法", lang="zh")) as store:
        export(store, "nquads", tmp_path / "a.nq")
    with Store(tmp_path / ".kg") as fresh:
        load(fresh, [tmp_path / "a.nq"])
    columns = "document, place, source, loader, quote, stance, confidence"
    ((document, place, *rest),) = query(
        tmp_path, f"SELECT {columns} FROM records WHERE type = 'statement'"
    )
    assert (document, rest) == ("a.nq", ["source:a", "rdf", "", "", 1.0])
    assert str(place).startswith("line ") and str(place).endswith(", skos:prefLabel")
