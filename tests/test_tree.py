"""Records in JSON: trees of objects, and lines that each are one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.load import Report
from tests.stores import TABLES, lines, put, query

PROVINCE = {"数据管理机构": [{"名称": "火星数据局", "挂牌": "2024-01-05"}]}
SAID = """SELECT subject_name, property, value_key, place FROM records
    WHERE type = 'statement' AND class <> 'Source' ORDER BY ALL"""


def tree(folder: Path, value: object, name: str = "t.json") -> Path:
    """A tree with what a province has."""
    path = folder / name
    path.write_text(json.dumps({"数据": {"江苏": value}}, ensure_ascii=False), encoding="utf-8")
    return path


def records(folder: Path, *rows: object, name: str = "t.jsonl") -> Path:
    """Lines, as they are where they are text."""
    said = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path = folder / name
    path.write_text("\n".join(said) + "\n", encoding="utf-8")
    return path


def unveiled(folder: Path) -> list[tuple[object, ...]]:
    return query(
        folder,
        """SELECT subject_name, value_key, place FROM records
        WHERE property = 'unveiled' ORDER BY ALL""",
    )


def faults(report: Report) -> list[str]:
    return [*lines(report.faults), *report.failed]


def test_a_list_of_records_and_a_single_one_say_the_same_but_for_their_place(
    tmp_path: Path,
) -> None:
    one = {"名称": "火星数据局", "挂牌": "2024-01-05"}
    put(tmp_path / "a", tree(tmp_path, {"数据管理机构": [one]}))
    put(tmp_path / "b", tree(tmp_path, {"数据管理机构": one}))
    several, single = query(tmp_path / "a", SAID), query(tmp_path / "b", SAID)
    assert [row[:3] for row in several] == [row[:3] for row in single]
    assert unveiled(tmp_path / "a")[0][2] == "数据.江苏.数据管理机构[1], 挂牌"
    assert unveiled(tmp_path / "b")[0][2] == "数据.江苏.数据管理机构, 挂牌"


def test_provinces_in_a_list_go_by_their_own_names(tmp_path: Path) -> None:
    listed = json.dumps({"数据": [{"名称": "江苏", **PROVINCE}]}, ensure_ascii=False)
    (tmp_path / "list.json").write_text(listed, encoding="utf-8")
    report = put(tmp_path / "a", tmp_path / "list.json")
    put(tmp_path / "b", tree(tmp_path, PROVINCE))
    assert faults(report) == []
    without = [
        [row[:3] for row in query(tmp_path / name, SAID) if row[1] != "name"] for name in "ab"
    ]
    assert without[0] == without[1] and without[0]
    assert unveiled(tmp_path / "a")[0][2] == "数据[1].数据管理机构[1], 挂牌"


def test_the_shipped_tree_as_a_list_says_the_same(tmp_path: Path) -> None:
    shipped = json.loads((TABLES / "provinces_各省概况.json").read_text("utf-8"))
    listed = [{"名称": name, **value} for name, value in shipped["数据"].items()]
    for name, value in (("a", shipped), ("b", shipped | {"数据": listed})):
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
        assert faults(put(tmp_path / name, tmp_path / f"{name}.json")) == []
    first, second = ([row[:3] for row in query(tmp_path / name, SAID)] for name in "ab")
    assert first == second


def test_a_province_in_a_list_without_a_name_is_one_problem(tmp_path: Path) -> None:
    value = {"数据": [PROVINCE, {"名称": "江苏", **PROVINCE}]}
    (tmp_path / "t.json").write_text(json.dumps(value), encoding="utf-8")
    said = faults(put(tmp_path, tmp_path / "t.json"))
    assert len(said) == 1 and said[0].startswith("t.json, 数据[1], 名称: no name")
    assert len(unveiled(tmp_path)) == 1


def test_records_take_their_place_from_the_key_above_them(tmp_path: Path) -> None:
    report = put(tmp_path, tree(tmp_path, PROVINCE))
    assert faults(report) == []
    located = "SELECT value_key FROM records WHERE property = 'located_in'"
    assert query(tmp_path, located) == [("province:32",)]


def test_goals_take_their_policy_from_the_record_above_them(tmp_path: Path) -> None:
    goal = {"指标": "数据企业", "期限": "2026", "数值": "4万个"}
    put(tmp_path, tree(tmp_path, {"政策": [{"标题": "《火星规划》", "目标": [goal]}]}))
    said = query(
        tmp_path,
        """SELECT property, value_key FROM records WHERE class = 'Target'
        AND property IN ('due', 'value', 'value_si') ORDER BY 1""",
    )
    assert said == [("due", "2026"), ("value", "40000"), ("value_si", "40000")]
    setters = query(
        tmp_path,
        """SELECT count(*) FROM records t JOIN records p ON t.value_key = p.subject_key
        WHERE t.property = 'set_by' AND p.property = 'name' AND p.value_key = '火星规划'""",
    )
    assert setters == [(1,)]


def test_a_text_of_names_is_split_but_for_a_name_that_holds_the_mark(tmp_path: Path) -> None:
    text = "北京算力中心、数据训练基地、国家区块链枢纽节点、火星智算中心"
    report = put(tmp_path, tree(tmp_path, {"算力项目": text}))
    assert faults(report) == []
    names = query(
        tmp_path,
        """SELECT subject_name, starts_with(subject_key, 'project:bjsc') FROM records
        WHERE class = 'ComputeProject' AND property IN ('name', 'alias') ORDER BY 1""",
    )
    assert names == [
        ("北京算力中心、数据训练基地、国家区块链枢纽节点", True),
        ("火星智算中心", False),
    ]


def test_projects_may_be_objects_too(tmp_path: Path) -> None:
    value = {"算力项目": [{"name": "火星智算中心", "where": "奥林波斯山"}]}
    assert faults(put(tmp_path, tree(tmp_path, value))) == []
    where = "SELECT subject_name, value_key FROM records WHERE property = 'locality'"
    assert query(tmp_path, where) == [("火星智算中心", "奥林波斯山")]


def test_a_record_in_either_vocabulary_says_the_same(tmp_path: Path) -> None:
    english = {"type": "agency", "name": "火星数据局", "prov": "江苏", "date": "2024.1.5"}
    chinese = {"类型": "机构", "名称": "火星数据局", "省份": "江苏", "成立日期": "20240105"}
    put(tmp_path / "a", records(tmp_path, english))
    put(tmp_path / "b", records(tmp_path, chinese))
    said = [[row[:3] for row in query(tmp_path / one, SAID)] for one in "ab"]
    assert said[0] == said[1] and len(said[0]) == 3


def test_empty_values_say_nothing(tmp_path: Path) -> None:
    row = {"type": "agency", "name": "火星数据局", "prov": None, "date": "N/A", "head": ""}
    report = put(tmp_path, records(tmp_path, row))
    assert (faults(report), [row[1] for row in query(tmp_path, SAID)]) == ([], ["name"])


def test_numbers_are_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    rows = [{"type": "agency", "name": f"第{day}数据局", "date": day} for day in (20240105, 2024.0)]
    assert faults(put(tmp_path, records(tmp_path, *rows))) == []
    assert [value for _, value, _ in unveiled(tmp_path)] == ["2024", "2024-01-05"]


def test_a_list_of_texts_is_read_as_a_list_in_a_cell(tmp_path: Path) -> None:
    row = {"type": "agency", "name": "火星数据局", "曾用名/别称": ["火数局", "红色数据局", None]}
    assert faults(put(tmp_path, records(tmp_path, row))) == []
    aliases = "SELECT value_key FROM records WHERE property = 'alias' ORDER BY 1"
    assert query(tmp_path, aliases) == [("火数局",), ("红色数据局",)]


GOOD = {"type": "agency", "name": "火星数据局", "date": "2024-01-05"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"type": "agency", "name": "甲', "t.jsonl, line 3: not a JSON object (mend the line)"),
        ('["甲"]', "t.jsonl, line 3: not a JSON object (mend the line)"),
        ("[" * 100_000, "t.jsonl, line 3: not a JSON object (mend the line)"),
        ('{"name": "甲数据局"}', "t.jsonl, line 3, type: unknown kind of record '' (want one of"),
        (
            '{"type": "planet", "name": "火星"}',
            "t.jsonl, line 3, type: unknown kind of record 'planet' (want one of agency, 机构, ",
        ),
        (
            '{"type": "agency", "name": "甲局", "颜色": "红"}',
            "t.jsonl, line 3, 颜色: unknown field, it is not read (put it into loaders/kinds/",
        ),
        (
            '{"type": "agency", "name": "甲局", "date": "2024-13-45"}',
            "t.jsonl, line 3, date: no such day: '2024-13-45' (",
        ),
        ('{"type": "agency", "date": "2024"}', "t.jsonl, line 3, name_zh: no name (give"),
        (
            '{"type": "agency", "name": {"zh": "甲局"}}',
            "t.jsonl, line 3, name: an object where a text belongs (give its parts fields of",
        ),
    ],
)
def test_a_line_that_is_wrong_is_one_problem_and_the_others_load(
    tmp_path: Path, line: str, problem: str
) -> None:
    report = put(tmp_path, records(tmp_path, GOOD, "", line, {**GOOD, "name": "金星数据局"}))
    assert faults(report)[0].startswith(problem)
    assert [(name, place) for name, _, place in unveiled(tmp_path)] == [
        ("火星数据局", "line 1, date"),
        ("金星数据局", "line 4, date"),
    ]


def test_lines_that_say_the_same_are_one_statement(tmp_path: Path) -> None:
    report = put(tmp_path, records(tmp_path, GOOD, GOOD, "  ", GOOD))
    assert (faults(report), report.total) == ([], 2)
    found = "SELECT DISTINCT places FROM records WHERE type = 'statement'"
    assert query(tmp_path, found) == [(3,)]


def test_lines_in_gb18030_say_the_same_as_in_utf_8(tmp_path: Path) -> None:
    path = records(tmp_path, GOOD)
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert faults(put(tmp_path, path)) == []
    assert [name for name, *_ in unveiled(tmp_path)] == ["火星数据局"]


def test_lines_with_a_mark_at_the_start_lose_nothing(tmp_path: Path) -> None:
    path = records(tmp_path, GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert (faults(put(tmp_path, path)), len(unveiled(tmp_path))) == ([], 1)


@pytest.mark.parametrize(
    ("content", "failed"),
    [
        (b"", "bad.json: not JSON: "),
        (b'{"\xe6\x95\xb0', "bad.json: not JSON: "),
        (b"[" * 100_000, "bad.json: not JSON: "),
        (b"\xff\xff\xff", "bad.json: neither UTF-8 nor GB18030"),
        (b"[]", "bad.json: no known records in it (it has: list); see loaders/trees"),
        (b"null", "bad.json: no known records in it (it has: NoneType); see loaders/trees"),
        ('{"行星": {"火星": 1}}'.encode(), "bad.json: no known records in it (it has: 行星)"),
        ('{"数据": "见附件"}'.encode(), "bad.json: no known records in it (it has: 数据)"),
    ],
)
def test_what_is_no_tree_that_anyone_knows_is_one_line_and_other_files_load(
    tmp_path: Path, content: bytes, failed: str
) -> None:
    (tmp_path / "bad.json").write_bytes(content)
    report = put(tmp_path, tmp_path / "bad.json", records(tmp_path, GOOD, name="good.jsonl"))
    (said,) = report.failed
    assert said.startswith(failed) and "\n" not in said
    assert len(unveiled(tmp_path)) == 1


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("见附件", "t.json, 数据.江苏: not a JSON object (give it fields)"),
        ({"政策": "火星规划"}, "t.json, 数据.江苏.政策: not a JSON object (give it fields)"),
        ({"政策": ["火星规划"]}, "t.json, 数据.江苏.政策[1]: not a JSON object (give it fields)"),
        (
            {"简称": {"一": "苏"}},
            "t.json, 数据.江苏, 简称: an object where a text belongs "
            "(give its parts fields of their own)",
        ),
        (
            {"人口": 8505},
            "t.json, 数据.江苏, 人口: unknown field, it is not read "
            "(put it into loaders/kinds/provinces.toml)",
        ),
    ],
)
def test_what_a_tree_holds_in_an_unforeseen_shape_is_a_problem(
    tmp_path: Path, value: object, problem: str
) -> None:
    said = {"数据": {"浙江": PROVINCE, "江苏": value}}
    path = tmp_path / "t.json"
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    assert faults(put(tmp_path, path)) == [problem]
    assert len(unveiled(tmp_path)) == 1


def test_a_key_that_would_read_as_two_is_quoted_in_a_place(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text(json.dumps({"数据": {"江.苏": 5, "江苏": 6}}), encoding="utf-8")
    assert [one.place for one in put(tmp_path, path).problems] == ['数据."江.苏"', "数据.江苏"]


def test_every_statement_of_the_shipped_tree_stands_where_it_says(loaded: Path) -> None:
    (path,) = TABLES.glob("provinces_*.json")
    tree = json.loads(path.read_text(encoding="utf-8"))
    places = query(
        loaded,
        f"""SELECT DISTINCT place FROM records
        WHERE type = 'statement' AND document LIKE '%{path.name}'""",
    )
    assert len(places) > 400
    assert [str(row[0]) for row in places if _at(tree, str(row[0])) is None] == []


def _at(tree: Any, place: str) -> Any:
    """What a tree holds at a place, such as `数据.江苏.政策[2], 名称`; None where it has none."""
    where, _, field = place.partition(", ")
    for step in re.findall(r"[^.\[\]]+|\[\d+\]", where):
        try:
            tree = tree[int(step[1:-1]) - 1] if step.startswith("[") else tree[step]
        except (KeyError, IndexError, TypeError):
            return None
    return tree.get(field) if field else tree
