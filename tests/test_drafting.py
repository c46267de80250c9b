"""`kg new loader`: the skeleton of a new kind of table, which loads once it is filled in."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

import loaders
from kg.register import Register
from kg.statement import Claim
from loaders import comma, drafting, records
from loaders.kind import Kind, is_ignored, kinds
from tests.commands import run
from tests.stores import FACTS, MESSY, ROOT, TABLES, write

UNKNOWN = """编号,园区名称,开园日期,面积,来源,备注
    1,火星数据产业园,2024年1月5日,12公顷,https://example.org/a,
    2,金星数据产业园,2023.6,7公顷,https://example.org/b,在建"""
NOBODY = Register({}, {}, frozenset(), "")


def drafted(path: Path) -> dict[str, Any]:
    return tomllib.loads(drafting.draft(path))


def headings(kind: dict[str, Any]) -> list[str]:
    return [one for field in kind["field"] for one in field["headings"]]


def test_a_skeleton_is_toml_that_names_every_heading_but_those_all_tables_have(
    tmp_path: Path,
) -> None:
    found = drafted(write(tmp_path / "parks.csv", UNKNOWN))
    assert headings(found) == ["编号", "园区名称", "开园日期", "面积", "备注"]
    todo = [one["headings"][0] for one in found["field"] if one["property"] == "TODO"]
    assert todo == ["编号", "园区名称", "开园日期", "面积"]


def test_a_skeleton_that_is_filled_in_reads_its_table(tmp_path: Path) -> None:
    path = write(tmp_path / "parks.csv", UNKNOWN)
    text = drafting.draft(path)
    for heading, prop in (("园区名称", "name"), ("开园日期", "designated"), ("面积", "note")):
        before = f'property = "TODO"\nheadings = ["{heading}"]'
        assert before in text
        text = text.replace(before, before.replace("TODO", prop))
    left_out = '[[field]]\nproperty = "TODO"\nheadings = ["编号"]\n'
    text = text.replace(left_out, "").replace('class = "TODO"', 'class = "Zone"')
    kind = Kind.model_validate({"name": "parks", **tomllib.loads(text)})
    assert kind.class_name == "Zone"
    said = list(records.read(comma.read_csv(path, kind.known()), kind))
    assert all(isinstance(one, Claim) for one in said)
    claims = [(one.property, one.value, one.row) for one in said if isinstance(one, Claim)]
    assert ("name", "火星数据产业园", "row 2") in claims
    assert ("designated", "2023.6", "row 3") in claims
    assert ("note", "在建", "row 3") in claims
    sources = [one.origin.source for one in said if isinstance(one, Claim)]
    assert set(sources) == {"https://example.org/a", "https://example.org/b"}


@pytest.mark.parametrize(
    ("path", "name"),
    [(FACTS / "agencies.csv", "agencies"), (FACTS / "zones.csv", "zones"), (MESSY, "agencies")],
    ids=lambda one: getattr(one, "name", one),
)
def test_a_table_that_a_kind_fits_gets_its_class_and_properties(path: Path, name: str) -> None:
    (known,) = (one for one in kinds() if one.name == name)
    found = drafted(path)
    assert found["class"] == known.class_name
    assert set(found.get("id", [])) <= set(known.id)
    own = {heading: rule.property for rule in known.field for heading in rule.headings}
    drawn = {one["headings"][0]: one["property"] for one in found["field"]}
    assert drawn.items() <= own.items()


@pytest.mark.parametrize("path", sorted([*FACTS.glob("[a-bd-q]*.csv"), *TABLES.glob("[ap]*.csv")]))
def test_a_draft_of_a_table_that_is_known_reads_it_the_same(path: Path) -> None:
    recognised = loaders.open_source(path).tables[0]
    assert recognised.kind is not None
    kind = Kind.model_validate({"name": recognised.kind.name, **drafted(path)})
    left = [one for one in recognised.table.columns if one not in kind.known()]
    assert all(is_ignored(path.name, one) for one in left)
    said = [set(records.read(recognised.table, one)) for one in (recognised.kind, kind)]
    assert said[0] == said[1] and said[0]


def test_the_example_of_the_guide_drafts_its_place_as_a_field(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "new-table.md").read_text(encoding="utf-8")
    table = [one.strip() for one in guide.splitlines() if one.startswith("    ")][:2]
    found = drafted(write(tmp_path / "datacentres.csv", "\n".join(table)))
    roles = {"来源", "来源日期"}
    assert {*headings(found)} == {*table[0].split(",")} - roles
    (place,) = (one for one in found["field"] if one["headings"] == ["省份"])
    assert place == {"property": "located_in", "headings": ["省份"], "class": "Province"}


def test_a_drafted_amount_keeps_the_unit_of_its_heading(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "交易机构,注册资本（亿元）\n火星数据交易所,2")
    kind = Kind.model_validate({"name": "t", **drafted(path)})
    said = records.read(comma.read_csv(path, kind.known()), kind)
    capital = [one.value for one in said if isinstance(one, Claim) and one.property == "capital"]
    assert capital == ["200000000"]


def test_the_column_of_ids_is_no_field(tmp_path: Path) -> None:
    found = drafted(write(tmp_path / "t.csv", "agency_id,name_zh,mood\nagency:x,火星数据局,好"))
    assert found["id"] == ["agency_id"]
    assert headings(found) == ["name_zh", "mood"]


def test_headings_that_toml_would_misread_are_quoted(tmp_path: Path) -> None:
    write(tmp_path / "t.csv", '"他说""好""",C:\\路径,#注\n1,2,3')
    assert headings(drafted(tmp_path / "t.csv")) == ['他说"好"', "C:\\路径", "#注"]


def test_a_skeleton_comes_from_a_workbook_too(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["园区名称", "面积"])
    book.save(tmp_path / "t.xlsx")
    assert headings(drafted(tmp_path / "t.xlsx")) == ["园区名称", "面积"]


def test_the_command_prints_it_or_writes_it_and_needs_no_store(tmp_path: Path) -> None:
    path = write(tmp_path / "parks.csv", UNKNOWN)
    printed = run("new", "loader", path, cwd=tmp_path)
    assert printed.code == 0 and headings(tomllib.loads(printed.out))[1] == "园区名称"
    written = run("new", "loader", path, "-o", "parks.toml", cwd=tmp_path)
    assert (written.code, written.out) == (0, "")
    assert (tmp_path / "parks.toml").read_text(encoding="utf-8") == printed.out
    assert {one.name for one in tmp_path.iterdir()} == {"parks.csv", "parks.toml"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nowhere.csv", None, "nowhere.csv: no such file"),
        ("nowhere.xlsx", None, "nowhere.xlsx: no such file"),
        ("t.csv", "", "t.csv, row 1: no headings, the file is empty"),
        ("t.xlsx", "x", "t.xlsx: not a workbook"),
        ("t.json", "{}", "t.json: JSON has no headings"),
        (".", None, "no such file"),
    ],
)
def test_what_has_no_headings_is_one_line(
    tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    ended = run("new", "loader", name, cwd=tmp_path)
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err and ended.err.count("\n") == 1
