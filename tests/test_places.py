"""Places in documents and their standard forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.places import CSV, JSON, Fragment, fragment, step

NAMES = st.text(min_size=1) | st.sampled_from(
    ("数据", "上海", "政策", "0", "a/b", "a.b", "U S", '"')
)
PATHS = st.lists(st.tuples(NAMES, st.lists(st.integers(1, 12), max_size=2)), min_size=1, max_size=3)


@given(PATHS, st.sampled_from(("", "名称", "a, b", "[1]")))
def test_a_place_in_json_is_the_pointer_to_it_or_has_no_fragment(
    path: list[tuple[str, list[int]]], within: str
) -> None:
    place = ".".join(f"{step(name)}{''.join(f'[{n}]' for n in indexes)}" for name, indexes in path)
    steps = [one for name, indexes in path for one in (name, *(str(n - 1) for n in indexes))]
    found = fragment("a.json", f"{place}, {within}" if within else place)
    odd = [name for name, _ in path if step(name) != name]
    pointer = Fragment(JSON, "/" + "/".join(steps), within)
    assert found == (None if odd else pointer)


@pytest.mark.parametrize(
    ("document", "place", "value", "within"),
    [
        ("a.csv", "row 78, name_zh", "row=78", "name_zh"),
        ("kg:sources/A.CSV", "row 2", "row=2", ""),
        ("a.csv", "row 2, 名称, 全称\n", "row=2", "名称, 全称\n"),
    ],
)
def test_a_row_of_csv_has_a_fragment(document: str, place: str, value: str, within: str) -> None:
    assert fragment(document, place) == Fragment(CSV, value, within)


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ("a.xlsx", "sheet 政策, row 3, 文号"),
        ("a.jsonl", "line 3, name"),
        ("a.nq", "line 3, skos:prefLabel"),
        ("a.txt", "row 3, name"),
        ("a.csv", "row 0"),
        ("a.csv", "rows 3"),
        ("a.json", ""),
        ("a.json", ", name"),
        ("https://example.org/a.csv?x", "row 3"),
    ],
)
def test_other_places_have_none(document: str, place: str) -> None:
    assert fragment(document, place) is None
