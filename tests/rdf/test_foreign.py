"""RDF from elsewhere: what of it is understood, and how it is said what is not."""

import json
from pathlib import Path

import pytest

from tests.rdf.foreign import ISSUED, loaded, named, said
from tests.rdf.made import BASE
from tests.stores import lines, put, query, write


def test_foreign_things_become_entities_by_their_class_and_name(tmp_path: Path) -> None:
    report = loaded(tmp_path, ISSUED)
    assert lines(report.problems) == []
    rules, bureau = named(tmp_path, "某市数据办法"), named(tmp_path, "某市某局")
    assert rules.startswith("policy:") and bureau.startswith("org:")
    assert said(tmp_path, "subject, property, value, lang") == {
        (rules, "name", "某市数据办法", "zh"),
        (rules, "name", "Data Rules", "en"),
        (rules, "published", "2024-01-05", ""),
        (rules, "issued_by", bureau, ""),
        (bureau, "name", "某市某局", "zh"),
    }


def test_a_foreign_thing_gets_the_id_that_a_table_gives_it(tmp_path: Path) -> None:
    loaded(tmp_path / "a", ISSUED)
    rows = "文件标题,发文机关,成文日期\n某市数据办法,某市某局,2024-01-05"
    table = write(tmp_path / "b" / "t.csv", rows)
    put(tmp_path / "b", table)
    assert named(tmp_path / "a", "某市数据办法") == named(tmp_path / "b", "某市数据办法")


def test_documents_of_one_title_are_as_many_as_those_that_passed_them(tmp_path: Path) -> None:
    text = "".join(
        f'ex:{number} a eli:LegalResource ; eli:title "关于火星的意见"@zh ; eli:passed_by {by} .\n'
        for number, by in enumerate(("ex:a", "ex:b", "<http://example.org/b>", "ex:c"))
    )
    text += 'ex:c a org:Organization ; skos:prefLabel "国务院"@zh .'
    loaded(tmp_path, text)
    table = write(tmp_path / "t.csv", "文件标题,发文机关\n关于火星的意见,国务院")
    put(tmp_path, table)
    found = query(tmp_path, "SELECT DISTINCT subject FROM facts WHERE property = 'name'")
    assert len([one for one in found if str(one[0]).startswith("policy:")]) == 3


def test_a_foreign_thing_that_the_register_knows_is_that_thing(tmp_path: Path) -> None:
    text = 'ex:n a org:Organization ; rdfs:label "国家数据局" ; schema:foundingDate "2023-10-25" .'
    assert lines(loaded(tmp_path, text).problems) == []
    assert {row[0] for row in said(tmp_path, "subject")} == {"agency:nda"}


def test_the_iri_of_a_foreign_thing_is_the_place_of_what_is_said_of_it(tmp_path: Path) -> None:
    loaded(tmp_path, ISSUED)
    places = query(tmp_path, "SELECT place FROM records WHERE property = 'published'")
    assert places == [("http://example.org/rules, eli:date_publication",)]


def test_a_line_of_n_triples_is_the_place_of_what_it_says(tmp_path: Path) -> None:
    text = f'# a comment\n\n<{BASE}policy/x> <http://www.w3.org/2004/02/skos/core#prefLabel> "某" .'
    put(tmp_path, write(tmp_path / "a.nt", text))
    assert query(tmp_path, "SELECT place FROM records WHERE type = 'statement'") == [
        ("line 3, skos:prefLabel",)
    ]


def test_who_says_so_is_the_graph(tmp_path: Path) -> None:
    text = """
        source:madis { policy:x skos:prefLabel "某办法"@zh }
        <https://example.org/page> { policy:x eli:id_local "1号" }
        policy:x skos:note "注" .
    """
    assert lines(loaded(tmp_path, text, "a.trig").problems) == []
    rows = query(tmp_path, "SELECT property, source FROM records WHERE subject_key = 'policy:x'")
    found = {str(name): str(source) for name, source in rows}
    assert found["name"] == "source:madis"
    assert found["number"].startswith("source:x-")
    assert found["note"].startswith("document:")
    address = (found["number"], "url", "https://example.org/page")
    assert address in said(tmp_path, "subject, property, value")


@pytest.mark.parametrize(
    ("sources", "kept"),
    [("source:madis", "source:madis"), ("source:madis, source:other", "document:")],
)
def test_a_file_of_one_source_is_by_it(tmp_path: Path, sources: str, kept: str) -> None:
    text = f"""
        policy:x skos:prefLabel "某办法"@zh .
        ex:set dcterms:source {sources} ; a dcat:Dataset .
    """
    loaded(tmp_path, text)
    ((source,),) = query(tmp_path, "SELECT source FROM records WHERE property = 'name'")
    assert str(source).startswith(kept)


def test_an_unknown_term_is_one_problem_with_the_number_of_its_uses(tmp_path: Path) -> None:
    text = """
        policy:x skos:prefLabel "某办法"@zh ; ex:likes "a", "b" ; eli:relevant_for ex:y .
        policy:y skos:prefLabel "某细则"@zh ; ex:likes "c" ; a ex:Wonder .
    """
    assert lines(loaded(tmp_path, text).problems) == [
        "foreign.ttl, policy:x, http://example.org/likes: unknown predicate "
        "http://example.org/likes: 3 uses, not read (see kg ontology for what is read)",
        "foreign.ttl, policy:x, eli:relevant_for: unknown predicate eli:relevant_for: 1 use, not "
        "read (use kg:appliesTo where that is meant)",
        "foreign.ttl, policy:y, http://example.org/Wonder: unknown class "
        "http://example.org/Wonder: 1 use, not read (see kg ontology for what is read)",
    ]


def test_a_thing_without_class_or_name_is_one_problem(tmp_path: Path) -> None:
    text = """
        ex:a skos:prefLabel "某" ; eli:id_local "1号" .
        ex:b a eli:LegalResource ; eli:id_local "2号" .
        ex:c a kg:Agency, kg:Policy ; skos:prefLabel "某" .
        ex:d a kg:Target ; kg:metric "某" .
        ex:e a geo:Feature ; skos:prefLabel "某" .
    """
    found = lines(loaded(tmp_path, text).faults)
    assert [one.removeprefix("foreign.ttl, http://example.org/") for one in found[:5]] == [
        "a: not known which thing this is, no class that can be read: 2 statements not read "
        "(say what it is: kg:Policy, org:Organization, …)",
        "b: not known which thing this is, no name: 2 statements not read "
        "(give it a skos:prefLabel)",
        "c: not known which thing this is, Agency and Policy at once: 3 statements not read "
        "(say which it is)",
        "d: not known which thing this is, a Target goes by no name: 2 statements not read "
        f"(give it an IRI under {BASE}target/)",
        "e: not known which thing this is, no class that can be read: 2 statements not read "
        "(say what it is: kg:Policy, org:Organization, …)",
    ]
    assert "unknown class geo:Feature: 1 use" in found[5]
    assert said(tmp_path) == set()


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ('eli:date_publication "2024-13-45"^^xsd:date', "no such day: '2024-13-45'"),
        ('eli:date_publication "去年"^^xsd:date', "not of the datatype date: '去年'"),
        ("eli:date_publication 2024", "integer where a date belongs"),
        (
            'eli:date_publication "2024/2025"^^<http://id.loc.gov/datatypes/edtf/EDTF>',
            "an interval and no day: '2024/2025'",
        ),
        ('eli:id_local "a\\u0007b"', "a control character (U+0007) in 'a\\x07b'"),
        ('eli:id_local ""', "an empty text"),
        ("eli:id_local ex:a", "an IRI where a text belongs"),
        ("kg:kind ex:law", "an IRI where a code belongs"),
        ('kg:kind "galactic"', "unknown code 'galactic'"),
        ("eli:passed_by ex:nobody", "not known which thing this is: http://example.org/nobody"),
        ("eli:passed_by policy:p20", "policy:p20 can't be the issued_by here"),
        ("eli:passed_by ex:p", "of class Policy, which can't be the issued_by"),
        ('skos:hiddenLabel "某错名"', "a name that is not to be shown"),
        ("eli:passed_by [ skos:prefLabel '某局' ]", "a blank node"),
        ("a kg:Agency", "said to be of class Agency; by its IRI it is of class Policy"),
    ],
)
def test_a_value_that_does_not_fit_is_a_problem_and_the_rest_is_read(
    tmp_path: Path, value: str, problem: str
) -> None:
    text = f"""
        policy:x skos:prefLabel "某办法"@zh ; {value} .
        ex:p a kg:Policy ; skos:prefLabel "某细则" .
    """
    report = loaded(tmp_path, text)
    assert problem in lines(report.faults)[0]
    assert said(tmp_path) == {("name", "某办法"), ("name", "某细则")}


def test_a_name_where_a_link_belongs_is_read_like_a_cell(tmp_path: Path) -> None:
    text = 'policy:x skos:prefLabel "某办法"@zh ; eli:passed_by "国家数据局" .'
    assert lines(loaded(tmp_path, text).problems) == []
    assert ("issued_by", "agency:nda") in said(tmp_path)


def test_a_name_in_english_only_stays_english(tmp_path: Path) -> None:
    text = """
        ex:a a eli:LegalResource ; eli:title "Some Rules"@en ; eli:passed_by ex:o .
        ex:o a org:Organization ; rdfs:label "Some Office"@en .
    """
    assert lines(loaded(tmp_path, text).problems) == []
    names = query(tmp_path, "SELECT value, lang FROM facts WHERE property = 'name'")
    assert sorted(names) == [("Some Office", "en"), ("Some Rules", "en")]


def test_another_spelling_of_a_registered_name_is_an_alias_as_in_a_table(tmp_path: Path) -> None:
    text = 'ex:a a kg:Policy ; skos:prefLabel "数据二十条"@zh .'
    assert lines(loaded(tmp_path, text).problems) == []
    assert said(tmp_path, "subject, property") == {("policy:p20", "alias")}


def test_the_order_of_statements_makes_no_difference(tmp_path: Path) -> None:
    text = [line.strip() for line in ISSUED.strip().splitlines()]
    loaded(tmp_path / "a", "\n".join(text))
    loaded(tmp_path / "b", "\n".join((*text[4:], *text[:4])))
    ids = [query(tmp_path / one, "SELECT id FROM facts ORDER BY id") for one in "ab"]
    assert ids[0] == ids[1] and ids[0]


CONTEXT = {
    "kg": f"{BASE}ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "name": {"@id": "skos:prefLabel", "@container": "@language"},
    "implements": {"@id": "kg:implements", "@type": "@id"},
    "number": "id_local",
}


@pytest.mark.parametrize(
    ("beside", "problem"),
    [
        ({"likes": ["a"]}, "likes: a key that no context explains, likes: 1 use, not read (give"),
        ({"number": "1号"}, "id_local: a key that no context explains, id_local: 1 use"),
        (
            {"implements": "http://x.cn/a b"},
            "http://x.cn/a b: not an absolute IRI, http://x.cn/a b: 1 use, not read (write",
        ),
        ({"发文 机关": "某局"}, "发文 机关: a key that no context explains, 发文 机关: 1 use"),
        ({"kg:发文 机关": "某局"}, f"not an absolute IRI, {BASE}ns#发文 机关: 1 use"),
        (
            {"skos:note": {"@value": "注", "@language": "zh_CN"}},
            "zh_CN: not a language tag, zh_CN: 1 use, not read (want zh, en, zh-Hant)",
        ),
        ({"@included": [{"@id": "_:a b", "skos:note": "注"}]}, "not the name of a blank node, a b"),
        (
            {"@included": [{"@context": {"see": "skos:note"}, "see": "注"}], "see": "注"},
            "see: a key that no context explains, see: 1 use",
        ),
    ],
)
def test_what_a_parser_leaves_out_of_json_ld_is_a_problem(
    tmp_path: Path, beside: dict[str, object], problem: str
) -> None:
    named = {"@id": f"{BASE}policy/x", "name": {"zh": "某办法"}}
    text = json.dumps({"@context": CONTEXT, **named, **beside}, ensure_ascii=False)
    report = put(tmp_path, write(tmp_path / "a.jsonld", text))
    assert [one for one in lines(report.problems) if problem in one]
    assert said(tmp_path) == {("name", "某办法")}


@pytest.mark.parametrize("name", ["context-zh.jsonld", f"{BASE}context-zh.jsonld"])
def test_json_ld_may_name_a_context_of_ours(tmp_path: Path, name: str) -> None:
    record = {"@context": name, "标识": "policy:x", "类型": "政策文件", "名称": "某办法"}
    text = json.dumps({**record, "发文机关": "agency:nda", "发文机构": "某局"}, ensure_ascii=False)
    report = put(tmp_path, write(tmp_path / "a.jsonld", text))
    assert [one.field for one in report.problems] == ["发文机构"]
    assert said(tmp_path) == {("name", "某办法"), ("issued_by", "agency:nda")}
