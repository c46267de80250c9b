"""From claims to statements: amounts, dates that pages can't know, keys of what waits."""

import json
from pathlib import Path

import pytest

from kg import asides, domain
from kg.check import Checker
from kg.identity import Identifier
from kg.reading import Reading
from kg.register import Register
from kg.statement import Claim, Name, Origin, Span, Statement
from kg.when import When
from tests.stores import SOURCES, export, lines, put, query, write

REGISTER = Register.read([domain.sources() / "register"])
IDENTIFIER = Identifier(REGISTER, domain.model(), domain.naming())


def read(claim: Claim) -> Statement:
    """The statement that a claim becomes."""
    checker = Checker(domain.model(), domain.codes())
    reading = Reading("d", "test", "1", REGISTER, checker, IDENTIFIER)
    said = [one for one in reading.read([claim]) if isinstance(one, Statement)]
    return next(one for one in said if one.property == claim.property)


@pytest.mark.parametrize(
    ("cell", "value"), [("3", "300000000"), ("2.5", "250000000"), ("1,000", "100000000000")]
)
def test_a_sum_in_hundred_millions_is_kept_in_yuan(tmp_path: Path, cell: str, value: str) -> None:
    head = "project_id,name_zh,investment_cny_100m"
    put(tmp_path, write(tmp_path / "t.csv", f'{head}\nproject:x,某项目,"{cell}"'))
    rows = query(tmp_path, "SELECT value_key, original FROM records WHERE property = 'investment'")
    assert rows == [(value, f"{cell}亿元")]


PAGE = When.parse("2024-03-22")


def linked(start: str = "", end: str = "", planned: bool = False) -> Statement:
    """A link that holds in some interval, as a page of 2024-03-22 has it."""
    span = Span(When.parse(start) if start else None, When.parse(end) if end else None)
    said = Origin(source="http://a.example/", page=PAGE)
    return read(
        Claim(
            "Agency", "agency:x", "part_of", "org:y", "row 2", "a", said, span=span, planned=planned
        )
    )


def test_a_page_tells_nothing_that_came_after_it_unless_it_is_planned() -> None:
    year, first = When.parse("2024"), When.parse("2024-01-01").earliest
    assert (linked("2024").from_earliest, linked("2024").from_latest) == (first, PAGE.latest)
    assert (linked("", "2024").to_earliest, linked("", "2024").to_latest) == (first, PAGE.latest)
    assert linked("2024", planned=True).from_latest == year.latest
    assert linked("", "2024", planned=True).to_latest == year.latest


def test_the_day_of_a_record_is_not_later_than_its_page(tmp_path: Path) -> None:
    rows = "机构名称,地区,揭牌日期,前身,来源,来源日期\n甲数据局,湖南,2024年,乙数据局,http://a.example/,2024-03-22"
    put(tmp_path, write(tmp_path / "t.csv", rows))
    found = query(tmp_path, "SELECT from_latest FROM records WHERE property = 'predecessor'")
    assert found == [(PAGE.latest,)]


def test_names_of_different_places_wait_under_different_keys() -> None:
    def key(place: str) -> str:
        return IDENTIFIER.find(Name("省大数据局", ("Agency",), place)).key

    assert key("province:32").startswith("review:")
    assert len({key("province:32"), key("province:33"), key("")}) == 3


def test_a_bracket_that_is_no_name_of_the_body_leaves_a_full_name_new() -> None:
    found = IDENTIFIER.find(Name("火星省数据局(湖南省数据局)", ("Agency",)))
    assert found.rule == "new"
    relative = IDENTIFIER.find(Name("省信息局(湖南省数据局)", ("Agency",)))
    assert (relative.rule, relative.candidates) == ("undecided", ("agency:hn",))


def test_another_confidence_changes_a_statement(tmp_path: Path) -> None:
    put(tmp_path, write(tmp_path / "p.csv", "policy_id,title\npolicy:one,第一号文件"))
    lines = [json.loads(line) for line in export(tmp_path).splitlines()]
    for line in lines:
        if line["type"] == "statement":
            line["confidence"] = 0.5
    backup = tmp_path / "backup.jsonl"
    backup.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    report = put(tmp_path, backup)
    assert (report.change.changed, report.change.added, report.version) == (1, 0, "v2")


def test_a_copy_of_a_shipped_document_beside_it_is_one_document(tmp_path: Path) -> None:
    shipped = SOURCES / "facts" / "zones.csv"
    copy = tmp_path / "copy.csv"
    copy.write_bytes(shipped.read_bytes())
    for paths in ((copy, shipped), (shipped, copy)):
        assert put(tmp_path, *paths).documents == 1
    names = query(tmp_path, "SELECT document FROM records WHERE type = 'document'")
    assert names == [("kg:sources/facts/zones.csv",)]


@pytest.mark.parametrize("char", ["\x01", "\x7f", "\ufffe"])
def test_a_damaged_name_of_a_new_thing_is_a_problem_and_makes_no_thing(
    tmp_path: Path, char: str
) -> None:
    rows = f"甲{char}办法,落实,数据二十条,https://a.example/\n乙办法,落实,丙{char}意见,https://a.example/"
    report = put(tmp_path, write(tmp_path / "r.csv", f"主体,关系,客体,来源\n{rows}"))
    damage = f"a control character (U+{ord(char):04X})"
    assert [damage in one.problem for one in report.problems] == [True, True]
    assert char not in "".join(map(str, query(tmp_path, "FROM records WHERE type = 'statement'")))


def test_a_name_that_has_lost_a_character_is_a_problem_and_makes_no_thing(tmp_path: Path) -> None:
    table = "机构名称,挂牌时间,来源\n江苏\ufffd\ufffd局,2024-01-05,https://a.example/"
    (problem, *_) = lines(put(tmp_path, write(tmp_path / "t.csv", table)).problems)
    assert problem == (
        "t.csv, row 2, 机构名称: a character was lost (U+FFFD) in '江苏\ufffd\ufffd局' "
        "(write it anew)"
    )
    assert query(tmp_path, "SELECT DISTINCT class FROM records WHERE type = 'statement'") == [
        ("Source",)
    ]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_what_is_said_on_the_side_is_counted_alike_however_little_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    rows = [
        f"第{number}局,甲{number % 3}公司,http://{number % 4}.example/,2024-01-05"
        for number in range(24)
    ]
    table = write(tmp_path / "t.csv", "\n".join(("机构名称,上级单位,来源,页面日期", *rows)))

    def told(folder: Path) -> list[tuple[object, ...]]:
        put(folder, table)
        return query(folder, "SELECT * EXCLUDE loaded FROM records ORDER BY type, id")

    whole = told(tmp_path / "whole")
    monkeypatch.setattr(asides, "MOST", most)
    assert told(tmp_path / "little") == whole
    assert {row[0] for row in query(tmp_path / "whole", "SELECT max(places) FROM records")} == {6}


@pytest.mark.parametrize(
    ("head", "written", "name"),
    [
        ("机构名称", "「云南省数据局」", "云南省数据局"),
        ("机构名称", "〝火星數據中心〞", "火星数据中心"),
        ("机构名称", "云 南 省 “数据局”", "云南省数据局"),
        ("文件名称", "“火星数据条例”", "火星数据条例"),
        ("文件名称", "“数据要素×”火星“方案”", "“数据要素×”火星“方案”"),
    ],
)
def test_quotation_marks_about_a_whole_name_are_no_part_of_it(
    tmp_path: Path, head: str, written: str, name: str
) -> None:
    put(tmp_path, write(tmp_path / "t.csv", f"{head},来源\n{written},http://a.example/"))
    put(tmp_path, write(tmp_path / "u.csv", f"{head},来源\n{name},http://b.example/"))
    named = "SELECT value FROM facts WHERE property IN ('name', 'alias')"
    assert query(tmp_path, named) == [(name,)]
    spelled = query(tmp_path, "SELECT original FROM records WHERE property = 'name' ORDER BY 1")
    assert sorted(spelled) == sorted([(name,), (written,)])
