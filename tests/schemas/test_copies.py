"""The copies that are checked in, and what all schemas and exports name."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pydantic import ValidationError
from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DC, DCAT, DCTERMS, FOAF, GEO, ORG, OWL, PROV, SDO, SH, VOID
from rdflib.term import Node

from kg import domain
from kg.rdf import Detail, export
from kg.rdf.names import Names
from kg.schemas import FILES, FORMATS, Schema, schema
from kg.schemas.predicates import predicates
from kg.schemas.turtle import names_of_schemas
from kg.store import Store
from ontology import CLASSES, Policy
from tests.commands import run
from tests.rdf.made import RDF_TYPE, by_pyoxigraph
from tests.schemas.read import BASE, KG, iris, parsed, turtle
from tests.stores import ROOT

GENERATED = ROOT / "ontology" / "generated"
BORROWED = tuple(
    space for prefix, space in names_of_schemas().vocabularies.items()
    if prefix not in ("kg", "shape")
)  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
def test_the_copy_that_is_checked_in_is_what_the_model_gives(
    format: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_BASE", raising=False)
    copy = (GENERATED / FILES[format]).read_text(encoding="utf-8")
    assert copy == schema(format), "run scripts/schemas"


def test_nothing_else_lies_beside_the_copies() -> None:
    assert {path.name for path in GENERATED.iterdir()} == set(FILES.values())


@pytest.mark.parametrize("format", FORMATS)
def test_the_command_prints_the_same_bytes_each_time(format: Schema, tmp_path: Path) -> None:
    ended = run("ontology", "--format", format, cwd=tmp_path, env={"PYTHONHASHSEED": "7"})
    assert (ended.code, ended.out, ended.err) == (0, schema(format), "")


def named() -> set[str]:
    """All IRIs in the schemas."""
    contexts = json.dumps([parsed("context"), parsed("context-zh")])
    in_contexts = set(re.findall(r'"(https?://[^"]+)"', contexts))
    return iris(turtle("owl")) | iris(turtle("shacl")) | in_contexts


def declared() -> set[str]:
    """What the schemas say the type of."""
    both = (turtle("owl"), turtle("shacl"))
    return {str(one) for graph in both for one in graph.subjects(RDF.type)}


def undeclared(found: set[str]) -> set[str]:
    rest = found - declared() - {"https://www.apache.org/licenses/LICENSE-2.0"}
    spaces = {one for one in rest if one.startswith(BASE) and one.endswith(("/", "#"))}
    return {one for one in rest - spaces if not one.startswith(BORROWED)}


def test_every_iri_in_the_schemas_is_declared_or_borrowed() -> None:
    assert undeclared(named()) == set()


KNOWN = (DC, DCAT, DCTERMS, FOAF, GEO, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VOID, XSD)


def unheard(found: set[str]) -> set[str]:
    """What is in a vocabulary that rdflib lists, and not in its list."""
    lists = {str(one): one for one in KNOWN}
    spaced = ((one, space) for one in found for space in lists if one.startswith(space))
    return {one for one, space in spaced if one != space and URIRef(one) not in lists[space]}


def test_every_borrowed_term_is_in_its_vocabulary() -> None:
    assert len([one for one in named() if one.startswith(tuple(map(str, KNOWN)))]) > 100
    assert unheard(named()) == set()
    assert unheard({f"{ORG}unitOff", f"{ORG}unitOf"}) == {f"{ORG}unitOff"}


@pytest.mark.parametrize("detail", ["facts", "statements"])
def test_every_term_and_code_in_an_export_is_declared_or_borrowed(
    shipped: Store, detail: Detail
) -> None:
    out = BytesIO()
    export(shipped, "nquads", out, detail)
    quads = by_pyoxigraph(out.getvalue(), "nquads")
    found = {one[1] for one in quads}
    found |= {one[2][0] for one in quads if one[1] == RDF_TYPE}
    found |= {one[2][1] for one in quads if one[2][1] not in ("", "@id")}
    found |= {one[2][0] for one in quads if one[2][0].startswith((KG, f"{BASE}code/"))}
    assert len(found) > 100
    assert undeclared(found) == set() == unheard(found)


def test_every_class_and_property_is_told_in_both_languages() -> None:
    ontology = turtle("owl")
    terms = {each.term.iri for each in domain.model().classes.values()}
    terms |= {each.iri for each in predicates(domain.model())} | {"kg:Entity", "kg:contentHash"}
    assert len(terms) > 75
    for each in sorted(terms):
        term = Names.of_domain().term(each)[1:-1]
        for said in (RDFS.label, RDFS.comment):
            texts = [one for subject, one in ontology.subject_objects(said) if str(subject) == term]
            spoken = sorted(str(one.language) for one in texts if isinstance(one, Literal))
            assert spoken == ["en", "zh"], (each, said)


def test_a_shared_or_borrowed_property_infers_no_class() -> None:
    ontology = turtle("owl")
    judged = {str(one) for said in (RDFS.domain, RDFS.range) for one in ontology.subjects(said)}
    assert {f"{KG}setBy", f"{KG}issuedBy"} & judged == {f"{KG}setBy"}
    assert f"{KG}implements" in judged
    assert all(one.startswith(KG) for one in judged)
    assert {str(one) for one in ontology.subjects(RDFS.domain)}.isdisjoint(
        {f"{KG}kind", f"{KG}due"}
    )


def test_nothing_is_inferred_to_be_a_concept_but_codes() -> None:
    ontology = turtle("owl")
    concepts = set(ontology.subjects(RDF.type, SKOS.Concept))
    for mapping in (SKOS.closeMatch, SKOS.exactMatch, SKOS.broadMatch, SKOS.relatedMatch):
        assert set(ontology.subjects(mapping)) <= concepts
    area, units = URIRef(f"{KG}Area"), URIRef("http://data.europa.eu/m8g/AdministrativeUnit")
    assert (area, RDFS.seeAlso, units) in ontology


def test_domains_and_ranges_infer_nothing_false_of_the_shipped_sources(shipped: Store) -> None:
    out = BytesIO()
    export(shipped, "turtle", out)
    data, ontology = Graph().parse(data=out.getvalue(), format="turtle"), turtle("owl")
    seen = 0
    for said, end in ((RDFS.domain, 0), (RDFS.range, 1)):
        for term, wanted in ontology.subject_objects(said):
            for pair in data.subject_objects(term):
                types = set(_types(data, pair[end]))
                above = {one for each in types for one in _above(ontology, each)}
                assert wanted == RDFS.Resource or wanted in types | above, (term, pair)
                seen += 1
    assert seen > 1000


def _types(data: Graph, node: Node) -> Iterator[Node]:
    """The classes of a thing, or the datatype of a value; integers are decimals."""
    if isinstance(node, Literal):
        yield XSD.decimal if node.datatype == XSD.integer else node.datatype or XSD.string
    yield from data.objects(node, RDF.type)


def _above(ontology: Graph, cls: Node) -> Iterator[Node | None]:
    return ontology.transitive_objects(cls, RDFS.subClassOf)


def test_another_base_serves_for_all_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_BASE", "https://data.example.cn/kg/")
    for format in FORMATS:
        text = schema(format)
        assert BASE not in text and "https://data.example.cn/kg/" in text, format
    Graph().parse(data=schema("shacl"), format="turtle")


def test_the_json_schema_has_every_class_with_its_codes_and_labels() -> None:
    found = parsed("json-schema")
    assert [one["$ref"].rpartition("/")[2] for one in found["anyOf"]] == [
        each.__name__ for each in CLASSES
    ]
    kind = found["$defs"]["Policy"]["properties"]["kind"]
    assert kind["title"] == "文种 | kind of document"
    (codes,) = (one["enum"] for one in kind["anyOf"] if "enum" in one)
    assert codes == sorted(domain.codes()["policy_kind"].codes)
    assert not [name for name, one in found["$defs"].items() if ">>>" in one["description"]]
    refs = set(re.findall(r'"#/\$defs/(\w+)"', schema("json-schema")))
    assert refs <= set(found["$defs"])


def test_the_json_schema_wants_what_the_model_wants() -> None:
    policy = parsed("json-schema")["$defs"]["Policy"]
    assert policy["additionalProperties"] is False
    assert set(policy["required"]) == {"id", "name"}
    with pytest.raises(ValidationError):
        Policy.model_validate({"id": "policy:x"})
