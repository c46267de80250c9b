"""RDF from elsewhere: terms of others that are read, and who is taken to have said what."""

from pathlib import Path

import pytest

from tests.rdf.foreign import loaded, named, said
from tests.rdf.made import BASE
from tests.stores import lines, query


def test_a_foreign_source_is_known_by_its_address(tmp_path: Path) -> None:
    text = """
        <https://example.org/page> a kg:Source ; dcterms:title "某页" .
        <https://example.org/page> { policy:x skos:prefLabel "某办法"@zh }
    """
    assert lines(loaded(tmp_path, text, "a.trig").problems) == []
    rows = query(tmp_path, "SELECT subject_key FROM records WHERE property = 'title'")
    assert rows == query(tmp_path, "SELECT source FROM records WHERE property = 'name'")


def test_things_typed_more_and_less_sharply_are_of_the_sharper_class(tmp_path: Path) -> None:
    text = 'ex:a a org:Organization, kg:Agency ; skos:prefLabel "某市数据局"@zh-Hant .'
    assert lines(loaded(tmp_path, text).problems) == []
    assert named(tmp_path, "某市数据局").startswith("agency:")


def test_terms_that_were_written_before_are_read(tmp_path: Path) -> None:
    text = f"""
        @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix qudt: <http://qudt.org/schema/qudt/> .
        @prefix unit: <http://qudt.org/vocab/unit/> .
        source:a a kg:Source ; dcterms:publisher "某社" .
        <{BASE}org/o> a kg:Organisation ; skos:prefLabel "某公司"@zh ;
            foaf:homepage <https://example.org/> .
        <{BASE}target/t> a kg:Target ; qudt:hasUnit <{BASE}code/unit_si/CCY_CNY> .
        <{BASE}target/u> a kg:Target ; qudt:hasUnit unit:CCY_CNY .
        <{BASE}target/v> a kg:Target ; qudt:hasUnit <{BASE}code/unit_si/StandardRack> .
        unit:CCY_CNY a qudt:Unit ; skos:prefLabel "人民币元"@zh ; skos:notation "CCY_CNY" .
    """
    assert lines(loaded(tmp_path, text).problems) == []
    columns = "subject_key, property, value_key"
    rows = query(tmp_path, f"SELECT {columns} FROM records WHERE type = 'statement'")
    assert {
        ("source:a", "publisher", "某社"),
        ("org:o", "website", "https://example.org/"),
        ("target:t", "unit_si", "CCY_CNY"),
        ("target:u", "unit_si", "CCY_CNY"),
        ("target:v", "unit_si", "StandardRack"),
    } <= set(rows)


def test_a_name_is_claimed_only_by_the_source_that_says_it(tmp_path: Path) -> None:
    text = """
        <https://example.org/2> { ex:a eli:date_document "2024-01-05"^^xsd:date ;
            eli:passed_by ex:o }
        <https://example.org/1> { ex:a a eli:LegalResource ; skos:prefLabel "某市数据办法"@zh .
            ex:o a org:Organization ; skos:prefLabel "某市某局"@zh }
    """
    assert lines(loaded(tmp_path, text, "a.trig").problems) == []
    named_by = query(
        tmp_path,
        """SELECT s.value_key, u.value_key, s.place FROM records s
        JOIN records u ON u.subject_key = s.source AND u.property = 'url'
        WHERE s.property = 'name' ORDER BY s.value_key""",
    )
    assert named_by == [
        (name, "https://example.org/1", f"http://example.org/{one}, skos:prefLabel")
        for name, one in (("某市数据办法", "a"), ("某市某局", "o"))
    ]


def test_a_name_in_a_graph_that_is_no_source_names_nothing(tmp_path: Path) -> None:
    text = """
        ex:a a eli:LegalResource ; eli:id_local "1号" .
        _:g { ex:a skos:prefLabel "某市数据办法"@zh }
    """
    report = loaded(tmp_path, text, "a.trig")
    assert any("no name" in one for one in lines(report.faults))
    assert said(tmp_path) == set()


@pytest.mark.parametrize("what", ["statement/abc", "statement/abc#target", "graph/x", "load/x"])
def test_an_unknown_term_under_our_own_base_is_a_problem(tmp_path: Path, what: str) -> None:
    text = f'policy:x skos:prefLabel "某办法"@zh . <{BASE}{what}> kg:foo "x" ; a kg:Load .'
    key = what.replace("/", ":")
    assert (
        f"foreign.ttl, {key}, kg:foo: unknown predicate kg:foo: 1 use, not read "
        "(see kg ontology for what is read)"
    ) in lines(loaded(tmp_path, text).problems)


@pytest.mark.parametrize(
    "text",
    [
        'ex:a a eli:LegalResource ; eli:id_local "1号" ; eli:is_realized_by '
        '[ a eli:LegalExpression ; eli:title "某市数据办法"@zh ] .',
        'ex:a a eli:LegalResource ; eli:id_local "1号" ; eli:is_realized_by ex:a-zh . '
        'ex:a-zh a eli:LegalExpression ; eli:title "某市数据办法"@zh .',
        '[] a eli:LegalExpression ; eli:title "某市数据办法"@zh ; eli:realizes ex:a . '
        'ex:a a eli:LegalResource ; eli:id_local "1号" .',
    ],
)
def test_a_title_of_an_expression_is_that_of_its_work(tmp_path: Path, text: str) -> None:
    assert lines(loaded(tmp_path, text).problems) == []
    key = named(tmp_path, "某市数据办法")
    assert key.startswith("policy:")
    assert said(tmp_path, "subject, property, value") == {
        (key, "name", "某市数据办法"),
        (key, "number", "1号"),
    }
    places = query(tmp_path, "SELECT place FROM records WHERE property = 'name'")
    assert places == [("http://example.org/a, eli:title",)]


def test_what_else_is_said_of_expressions_is_a_problem(tmp_path: Path) -> None:
    text = """
        ex:a a eli:LegalResource ; skos:prefLabel "某办法" ; eli:is_realized_by ex:e, [ ex:p 1 ] .
        ex:e a eli:LegalExpression ; eli:title "某市办法" ; eli:date_publication "2024"^^xsd:gYear .
        [] eli:title "某某办法" .
    """
    found = lines(loaded(tmp_path, text).problems)
    assert [one.partition(": ")[2] for one in found] == [
        "a blank node with http://example.org/p: 1 use, not read (give it an IRI)",
        "of an expression (eli:LegalExpression) eli:date_publication: 1 use, not read "
        "(say it of the work)",
        "without an eli:title there, unknown predicate eli:is_realized_by: 1 use, not read "
        "(see kg ontology for what is read)",
        "a blank node with eli:title: 1 use, not read (give it an IRI)",
    ]


@pytest.mark.parametrize(
    ("term", "prefix"),
    [
        *((one, "org") for one in ("org:FormalOrganization", "org:OrganizationalUnit")),
        *((one, "org") for one in ("schema:Organization", "schema:GovernmentOrganization")),
        ("<http://xmlns.com/foaf/0.1/Organization>", "org"),
        ("schema:Legislation", "policy"),
    ],
)
def test_usual_classes_of_others_are_read(tmp_path: Path, term: str, prefix: str) -> None:
    assert lines(loaded(tmp_path, f'ex:a a {term} ; skos:prefLabel "某某"@zh .').problems) == []
    assert named(tmp_path, "某某").startswith(f"{prefix}:")


def test_a_narrower_class_is_no_hint_for_an_unknown_one(tmp_path: Path) -> None:
    (problem,) = lines(loaded(tmp_path, "policy:x a schema:Project ; skos:note '注' .").faults)
    assert "unknown class" in problem and "see kg ontology" in problem


def test_a_language_that_the_store_has_no_place_for_is_told(tmp_path: Path) -> None:
    text = f"""
        <{BASE}org/o> a kg:Organisation ; skos:prefLabel "某公司"@zh, "A Company"@en ;
            kg:locality "Shenzhen"@en , "深圳"@zh .
    """
    assert lines(loaded(tmp_path, text).problems) == [
        "foreign.ttl, org:o, kg:locality: the language en of kg:locality: 1 use, not read "
        "(a text of any language may stand there, and says it in none)"
    ]
    columns = "value, lang"
    localities = query(tmp_path, f"SELECT {columns} FROM facts WHERE property = 'locality'")
    assert set(localities) == {("Shenzhen", ""), ("深圳", "")}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1.0E-1", "0.1"),
        ("1.0E21", "1000000000000000000000"),
        ("2.0", "2"),
        ("100", "100"),
        ("-1.50e2", "-150"),
        ("0.0E0", "0"),
        ("1.23456789012345678901234567890123E3", "1234.56789012345678901234567890123"),
    ],
)
def test_a_float_has_the_digits_that_it_was_written_with(
    tmp_path: Path, written: str, read: str
) -> None:
    text = f'<{BASE}target/t> a kg:Target ; kg:value "{written}"^^xsd:double .'
    assert lines(loaded(tmp_path, text).problems) == []
    values = query(tmp_path, "SELECT value_key FROM records WHERE property = 'value'")
    assert values == [(read,)]
