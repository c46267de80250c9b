"""The model as a whole: labels, meanings, vocabularies, and code lists that fit the data."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

import ontology
from kg.dictionary import markdown
from kg.terms import Link, Property, Term, Text, read_codes, read_model
from kg.when import When
from ontology import CLASSES, NAMESPACES, Agency, Exchange, Policy, Target

ROOT = Path(__file__).parent.parent
FACTS = ROOT / "sources" / "facts"
MODEL = read_model(CLASSES)
CODES = read_codes(ROOT / "ontology" / "codes")

CODED = {
    "agencies.level": "agency_level",
    "agencies.line": "line",
    "agencies.status": "organisation_status",
    "compute_projects.kind": "compute_kind",
    "counts.bound": "bound",
    "exchanges.kind": "exchange_kind",
    "exchanges.status": "exchange_status",
    "organisations.type": "organisation_kind",
    "policies.level": "policy_level",
    "policies.status": "policy_status",
    "policies.type": "policy_kind",
    "proposals.kind": "proposal_kind",
    "provinces.type": "province_kind",
    "zones.kind": "zone_kind",
    "zones.status": "zone_status",
}


def fields() -> Iterator[tuple[str, Property]]:
    for each in MODEL.classes.values():
        for name, field in each.properties.items():
            yield f"{each.name}.{name}", field


def terms() -> Iterator[Term]:
    yield from (each.term for each in MODEL.classes.values())
    yield from (field.term for _, field in fields())


def test_everything_public_is_importable_and_every_class_is_in_the_model() -> None:
    assert all(hasattr(ontology, name) for name in ontology.__all__)
    assert set(MODEL.classes) < set(ontology.__all__)
    assert len(MODEL.prefixes) == len(CLASSES)


def test_every_class_is_described_in_both_languages() -> None:
    for each in MODEL.classes.values():
        assert re.search("[一-鿿]", each.zh), each.name
        assert re.match("[A-Z].*[.]$", each.en), each.name


def test_every_class_and_field_has_both_labels() -> None:
    for term in terms():
        assert re.search("[一-鿿]", term.zh), term
        assert re.search("[A-Za-z]", term.en), term
        assert bool(term.comment_zh) == bool(term.comment_en), term


def test_a_field_name_means_the_same_in_every_class() -> None:
    meanings = defaultdict(set)
    for _, field in fields():
        meanings[field.name].add((field.term.iri, field.term.under, field.kind))
    assert [name for name, found in meanings.items() if len(found) > 1] == []


@pytest.mark.parametrize("part", ["iri", "zh", "en"])
def test_two_fields_share_neither_iri_nor_label(part: str) -> None:
    owners = defaultdict(set)
    for _, field in fields():
        owners[getattr(field.term, part)].add(field.name)
    assert {label: names for label, names in owners.items() if len(names) > 1} == {}


def test_no_field_is_called_by_a_bare_preposition() -> None:
    assert {field.name for _, field in fields()}.isdisjoint({"of", "on", "at", "by", "under"})


def test_no_date_has_several_values() -> None:
    assert [path for path, field in fields() if field.kind == "date" and field.many] == []


def test_only_a_date_begins_or_ends_a_life_or_is_planned() -> None:
    for path, field in fields():
        if field.term.life or field.term.planned:
            assert field.kind == "date", path


def test_a_class_that_ends_also_begins() -> None:
    for each in MODEL.classes.values():
        lives = {field.term.life for field in each.properties.values()}
        assert "ends" not in lives or "begins" in lives, each.name


def test_only_names_and_notes_are_in_languages() -> None:
    spoken = {field.name for _, field in fields() if field.term.languages}
    assert spoken == {"name", "alias", "note"}


def test_every_prefix_is_that_of_a_known_vocabulary() -> None:
    iris = [iri for term in terms() for iri in (term.iri, *term.under, *term.near)]
    iris += [code.near for each in CODES.values() for code in each.codes.values() if code.near]
    assert {iri.partition(":")[0] for iri in iris} <= set(NAMESPACES)


def test_links_name_classes_of_the_model() -> None:
    for path, field in fields():
        assert set(field.ranges) <= set(MODEL.classes), path
    supports = MODEL.classes["Policy"].properties["supports"]
    assert supports.ranges == ("Exchange", "Zone", "ComputeProject")
    assert MODEL.classes["Agency"].properties["governs"].ranges == ("Area",)


def test_every_coded_field_has_its_list() -> None:
    assert {field.codes for _, field in fields() if field.codes} <= set(CODES)


def test_every_code_is_plain_ascii_with_two_labels() -> None:
    for name, each in CODES.items():
        assert each.zh and each.en, name
        for code in each.codes.values():
            assert re.fullmatch("[A-Za-z0-9_-]+", code.code), (name, code)
            assert code.zh and code.en, (name, code)


def test_no_two_codes_of_a_list_share_a_label() -> None:
    for name, each in CODES.items():
        known = [label for code in each.codes.values() for label in {code.code, code.zh}]
        assert len(known) == len(set(known)), name


@pytest.mark.skipif(not any(FACTS.glob("*.csv")), reason="no shipped facts in this tree")
@pytest.mark.parametrize("column", CODED)
def test_every_coded_cell_of_the_shipped_facts_is_in_its_list(column: str) -> None:
    file, _, heading = column.partition(".")
    cells = {row[heading] for row in _rows(FACTS / f"{file}.csv") if row[heading]}
    assert cells
    assert {cell for cell in cells if CODES[CODED[column]].find(cell) is None} == set()


@pytest.mark.skipif(not any(FACTS.glob("*.csv")), reason="no shipped facts in this tree")
def test_every_stance_of_the_shipped_facts_is_in_its_list() -> None:
    cells = {row.get("confidence", "") for path in FACTS.glob("*.csv") for row in _rows(path)}
    assert cells - {""} <= set(CODES["stance"].codes)


def test_a_misspelt_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="isued_by"):
        Policy.model_validate({"id": "policy:p20", "name": "意见", "isued_by": ["org:cpc"]})


def test_a_target_needs_someone_who_set_it() -> None:
    right = Target(id="target:t1", metric="数据产业规模", set_by=(Link("policy:sh14"),))
    assert right.value is None
    with pytest.raises(ValidationError, match="set_by"):
        Target(id="target:t1", metric="数据产业规模", set_by=())


def test_an_agency_is_an_organisation_with_its_own_fields() -> None:
    bureau = Agency(
        id="agency:js",
        name=Text("江苏省数据局"),
        unveiled=When.parse("2024-01-05"),
        governs=(Link("province:32"),),
        capital=Decimal(0),
    )
    assert bureau.unveiled == When.parse("2024-01-05")
    assert MODEL.is_a("Agency", "Organisation") and not MODEL.is_a("Organisation", "Agency")


def test_an_exchange_has_its_own_list_of_kinds() -> None:
    assert MODEL.classes["Exchange"].properties["kind"].codes == "exchange_kind"
    assert MODEL.classes["Organisation"].properties["kind"].codes == "organisation_kind"
    assert Exchange(id="exchange:sde", name=Text("上海数据交易所")).kind is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_dictionary_tells_every_class_and_code_list(lang: str) -> None:
    text = markdown(MODEL, CODES, "zh" if lang == "zh" else "en")
    headings = re.findall(r"^##+ (\w+)", text, flags=re.MULTILINE)
    assert set(MODEL.classes) | set(CODES) < set(headings)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
