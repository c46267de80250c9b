"""The shapes accept what is right, and refuse each field that is not."""

from io import BytesIO

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH

from kg.rdf import export
from kg.store import Store
from tests.schemas.examples import MODEL, Example, broken, good, others, term, things
from tests.schemas.read import turtle, validated

FIELDS = [(cls, prop) for cls in MODEL.classes.values() for prop in cls.properties.values()]
BROKEN = [each for cls, prop in FIELDS for each in broken(cls, prop)]
RIGHT = [Example(cls.name, prop.name, "good", good(prop)) for cls, prop in FIELDS] + [
    Example(cls.name, prop.name, f"other {n}", (value,))
    for cls, prop in FIELDS
    for n, value in enumerate(others(prop))
]


@pytest.fixture(scope="module")
def faults() -> dict[URIRef, set[tuple[URIRef, str]]]:
    """What the shapes say of each broken thing: path and messages, all validated at once."""
    data = Graph()
    things(data)
    for each in BROKEN:
        each.write(data)
    _, report, _ = validated(data)
    found: dict[URIRef, set[tuple[URIRef, str]]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, path = report.value(result, SH.focusNode), report.value(result, SH.resultPath)
        assert isinstance(focus, URIRef) and isinstance(path, URIRef)
        said = {one for one in report.objects(result, SH.resultMessage)}
        languages = {str(one.language) for one in said if isinstance(one, Literal)}
        found.setdefault(focus, set()).add((path, " ".join(sorted(languages))))
    return found


def test_every_field_has_broken_examples() -> None:
    assert {(each.owner, each.field) for each in BROKEN} == {
        (cls.name, prop.name) for cls, prop in FIELDS
    }
    assert len(FIELDS) > 130


@pytest.mark.parametrize("example", BROKEN, ids=str)
def test_a_broken_field_is_refused_in_both_languages_and_no_other_is(
    example: Example, faults: dict[URIRef, set[tuple[URIRef, str]]]
) -> None:
    path = term(MODEL.classes[example.owner].properties[example.field].term.iri)
    assert faults[example.thing] == {(path, "en zh")}


def test_nothing_is_refused_but_what_is_broken(
    faults: dict[URIRef, set[tuple[URIRef, str]]],
) -> None:
    assert set(faults) == {each.thing for each in BROKEN}


def test_every_kind_of_value_that_exports_write_is_accepted() -> None:
    data = Graph()
    things(data)
    for each in RIGHT:
        each.write(data)
    conforms, _, text = validated(data)
    assert conforms, text


def test_a_thing_without_an_iri_is_refused() -> None:
    data = Graph().parse(
        data="@prefix kg: <https://w3id.org/datapolicy-cn/ns#> . [] a kg:Initiative ;"
        "<http://www.w3.org/2004/02/skos/core#prefLabel> '倡议'@zh .",
        format="turtle",
    )
    conforms, _, text = validated(data)
    assert not conforms and "须有 IRI" in text


def test_a_class_under_another_keeps_its_own_codes_where_the_ontology_is_at_hand() -> None:
    data = Graph()
    things(data)
    exchange = MODEL.classes["Exchange"].properties["kind"]
    Example("Exchange", "kind", "good", good(exchange)).write(data)
    conforms, _, text = validated(data + turtle("owl"))
    assert conforms, text


def test_the_shipped_sources_are_as_the_shapes_want(shipped: Store) -> None:
    out = BytesIO()
    export(shipped, "turtle", out)
    conforms, _, text = validated(Graph().parse(data=out.getvalue(), format="turtle"))
    assert conforms, text


def test_every_shape_of_a_field_has_a_message_and_a_name_in_both_languages() -> None:
    shapes = turtle("shacl")
    found = set(shapes.subjects(RDF.type, SH.PropertyShape))
    assert len(found) == len(FIELDS)
    for each in found:
        for said in (SH.message, SH.name):
            texts = list(shapes.objects(each, said))
            assert sorted(str(getattr(one, "language", "")) for one in texts) == ["en", "zh"], each
