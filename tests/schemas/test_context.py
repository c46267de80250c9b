"""Documents with English and with Chinese keys say the same."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest

from kg import domain
from kg.rdf import Lang, export
from kg.schemas import Schema
from kg.schemas.context import context
from kg.schemas.turtle import names_of_schemas
from kg.store import Store
from kg.terms import Class, Property
from tests.rdf.made import RDF_TYPE, SKOS, XSD, Quad, by_pyoxigraph, by_rdflib, value
from tests.schemas.read import BASE, KG, parsed

MODEL, LISTS = domain.model(), domain.codes()
ENGLISH: dict[str, Any] = {
    "id": "policy:x",
    "type": "Policy",
    "name": {"zh": "某办法", "en": "Some measures"},
    "alias": ["办法"],
    "kind": "opinion",
    "dated": "2024-01-05",
    "published": {"@value": "2024-01", "@type": "xsd:gYearMonth"},
    "issued_by": ["org:o", {"id": "agency:a", "type": "Agency", "level": "national"}],
}
CHINESE: dict[str, Any] = {
    "标识": "policy:x",
    "类型": "政策文件",
    "名称": {"zh": "某办法", "en": "Some measures"},
    "别名": ["办法"],
    "文种": "意见",
    "成文日期": "2024-01-05",
    "发布日期": {"@value": "2024-01", "@type": "xsd:gYearMonth"},
    "发文机关": ["org:o", {"标识": "agency:a", "类型": "数据管理机构", "层级": "国家级"}],
}
POLICY, AGENCY = f"{BASE}policy/x", f"{BASE}agency/a"
ELI = "http://data.europa.eu/eli/ontology#"
SAID: set[Quad] = {
    (POLICY, RDF_TYPE, (f"{KG}Policy", "@id", ""), ""),
    (POLICY, f"{SKOS}prefLabel", value("某办法", lang="zh"), ""),
    (POLICY, f"{SKOS}prefLabel", value("Some measures", lang="en"), ""),
    (POLICY, f"{SKOS}altLabel", value("办法", lang="zh"), ""),
    (POLICY, f"{KG}kind", (f"{BASE}code/policy_kind/opinion", "@id", ""), ""),
    (POLICY, f"{KG}dated", ("2024-01-05", f"{XSD}date", ""), ""),
    (POLICY, f"{ELI}date_publication", ("2024-01", f"{XSD}gYearMonth", ""), ""),
    (POLICY, f"{ELI}passed_by", (f"{BASE}org/o", "@id", ""), ""),
    (POLICY, f"{ELI}passed_by", (AGENCY, "@id", ""), ""),
    (AGENCY, RDF_TYPE, (f"{KG}Agency", "@id", ""), ""),
    (AGENCY, f"{KG}level", (f"{BASE}code/agency_level/national", "@id", ""), ""),
}


SCHEMAS: dict[Lang, Schema] = {"en": "context", "zh": "context-zh"}


def read(document: Any, format: Lang) -> set[Quad]:
    """What both readers find in a document with one of the contexts."""
    terms = parsed(SCHEMAS[format])["@context"]
    whole = {"@context": terms, **document}
    data = json.dumps(whole, ensure_ascii=False).encode()
    found = by_pyoxigraph(data, "jsonld")
    assert by_rdflib(data, "jsonld") == found
    return found


@pytest.mark.parametrize(("document", "lang"), [(ENGLISH, "en"), (CHINESE, "zh")])
def test_a_document_written_by_hand_says_what_is_meant(document: Any, lang: Lang) -> None:
    assert read(document, lang) == SAID


def record(cls: Class, lang: Lang) -> dict[str, Any]:
    """A record of a class with all of its fields, in the keys of a language."""
    zh = lang == "zh"
    keys = ("标识", "类型") if zh else ("id", "type")
    found: dict[str, Any] = dict(
        zip(keys, (f"{cls.prefix}:all", cls.term.zh if zh else cls.name), strict=True)
    )
    for name, prop in cls.properties.items():
        found[prop.term.zh if zh else name] = _value(prop, zh)
    return found


def _value(prop: Property, zh: bool) -> Any:
    if prop.kind == "link":
        return [f"{MODEL.classes[name].prefix}:one" for name in prop.ranges]
    if prop.kind == "code":
        return [each.zh if zh else each.code for each in LISTS[prop.codes].codes.values()]
    if prop.term.languages:
        return {"zh": ["数据"], "en": ["data"]}
    return {"date": "2024-01-05", "number": "1.50"}.get(prop.kind, "https://example.org/")


@pytest.mark.parametrize("name", MODEL.classes)
def test_all_fields_of_a_class_and_all_codes_say_the_same_in_both_languages(name: str) -> None:
    cls = MODEL.classes[name]
    found = read(record(cls, "en"), "en")
    assert read(record(cls, "zh"), "zh") == found
    subject = f"{BASE}{cls.prefix}/all"
    assert {one[:2] for one in found} == {(subject, RDF_TYPE), *_predicates(subject, cls)}
    codes = {one[2][0] for one in found if "/code/" in one[2][0] or "/unit/" in one[2][0]}
    assert codes == {
        one.same.replace("unit:", "http://qudt.org/vocab/unit/")
        or f"{BASE}code/{prop.codes}/{one.code}"
        for prop in cls.properties.values()
        if prop.codes
        for one in LISTS[prop.codes].codes.values()
    }


def _predicates(subject: str, cls: Class) -> Iterator[tuple[str, str]]:
    for prop in cls.properties.values():
        prefix, _, local = prop.term.iri.partition(":")
        yield subject, domain.namespaces()[prefix] + local


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_export_has_the_keys_of_a_context_and_reads_the_same_with_it(
    shipped: Store, lang: Lang
) -> None:
    out = BytesIO()
    export(shipped, "jsonld", out, keys=lang)
    whole = json.loads(out.getvalue())
    flat = whole.pop("@context")
    assert flat.keys() == parsed(SCHEMAS[lang])["@context"].keys()
    assert by_pyoxigraph(out.getvalue(), "jsonld") == read(whole, lang)


def test_a_key_with_two_meanings_is_refused() -> None:
    twice = {**MODEL.classes, "name": MODEL.classes["Area"]}
    with pytest.raises(ValueError, match="two meanings"):
        context(names_of_schemas(), _model(twice), LISTS, "en")


def _model(classes: dict[str, Class]) -> Any:
    from dataclasses import replace

    renamed = {name: replace(cls, name=name) for name, cls in classes.items()}
    return replace(MODEL, classes=renamed)
