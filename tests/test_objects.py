"""JSON objects: a key that stands twice, and nothing where a record belongs."""

from pathlib import Path

import pytest

from tests.stores import lines, put, query

GOOD = '{"数据管理机构": [{"名称": "火星数据局", "挂牌": "2024-01-05"}]}'
NAMES = "SELECT DISTINCT subject_name FROM records WHERE class = 'Agency' ORDER BY 1"


def told(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    return lines(put(path.parent, path).faults)


def test_a_key_that_stands_twice_in_a_line_is_a_problem_and_neither_is_read(tmp_path: Path) -> None:
    text = '{"type": "agency", "name": "火星数据局", "date": "2024-01-05", "date": "2024-01-06"}'
    assert told(tmp_path / "t.jsonl", text) == [
        "t.jsonl, line 1, date: the key stands twice, neither is read "
        "(keep one of the two, or rename one)"
    ]
    assert query(tmp_path, "SELECT property FROM records WHERE class = 'Agency'") == [("name",)]


@pytest.mark.parametrize(
    ("tree", "where"),
    [
        (f'{{"数据": {{"浙江": {GOOD}, "江苏": {{}}, "江苏": {GOOD}}}}}', "数据, 江苏"),
        (
            f'{{"数据": {{"浙江": {GOOD}, "江苏": {{"政策": [{{"标题": "甲", "来源": "a", '
            '"来源": "b"}]}}}',
            "数据.江苏.政策[1], 来源",
        ),
    ],
)
def test_a_key_that_stands_twice_in_a_tree_is_a_problem_where_it_stands(
    tmp_path: Path, tree: str, where: str
) -> None:
    (problem,) = told(tmp_path / "t.json", tree)
    assert problem.startswith(f"t.json, {where}: the key stands twice, neither is read (")
    assert query(tmp_path, NAMES) == [("火星数据局",)]


def test_a_branch_that_holds_nothing_is_a_problem(tmp_path: Path) -> None:
    tree = f'{{"数据": {{"江苏": null, "浙江": {GOOD}, "山西": {{"政策": [null, ""]}}}}}}'
    nothing = "nothing where a record belongs (fill it, or leave it out)"
    assert sorted(told(tmp_path / "t.json", tree)) == [
        f"t.json, 数据.山西.政策[1]: {nothing}",
        f"t.json, 数据.山西.政策[2]: {nothing}",
        f"t.json, 数据.江苏: {nothing}",
    ]
    assert query(tmp_path, NAMES) == [("火星数据局",)]


@pytest.mark.parametrize("nothing", ["null", '""', "[]", "{}"])
def test_a_field_that_holds_nothing_says_nothing(tmp_path: Path, nothing: str) -> None:
    tree = f'{{"数据": {{"浙江": {GOOD}, "江苏": {{"算力项目": {nothing}, "简称": null}}}}}}'
    problems = told(tmp_path / "t.json", tree)
    assert problems == [] or nothing == "{}"
    assert query(tmp_path, NAMES) == [("火星数据局",)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.jsonl", '{"type": "agency", "name": "水星\\ud83d局", "date": "2024"}\n'
         '{"type": "agency", "name": "火星数据局", "\\uD83D": ["\\ude00"], "date": "2024"}'),
        ("t.json", f'{{"数据": {{"浙江": {GOOD}, "江苏": '
         f'{{"数据管理机构": [{{"名称": "水星\\ud83d局", "挂牌": "2024"}}]}}}}}}'),
    ],
)  # fmt: skip
def test_half_of_a_character_costs_its_own_record_alone(
    tmp_path: Path, name: str, text: str
) -> None:
    problems = told(tmp_path / name, text)
    assert any("a character was lost (U+FFFD) in '水星\ufffd局'" in one for one in problems)
    assert query(tmp_path, NAMES) == [("火星数据局",)]


def test_two_halves_that_belong_together_are_one_character(tmp_path: Path) -> None:
    assert told(tmp_path / "t.jsonl", '{"type": "agency", "name": "火星\\ud83d\\ude00局"}') == []
    assert query(tmp_path, NAMES) == [("火星😀局",)]
