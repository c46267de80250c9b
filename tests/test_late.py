"""A page can't report what happened after it: such a date is a problem, and costs only itself."""

from pathlib import Path

import pytest

from kg.statement import Span
from kg.when import When
from tests.stores import lines, put, query, write

PAGE = When.parse("2024-03-22")


@pytest.mark.parametrize(
    ("when", "after"),
    [
        ("2024-03-23", True),
        ("2024-04", True),
        ("[2024-03-23..]", True),
        ("2024-03-22", False),
        ("2024-03", False),
        ("[..2025-01-01]", False),
    ],
)
def test_a_date_is_after_its_page_only_as_a_whole(when: str, after: bool) -> None:
    assert When.parse(when).is_after(PAGE) is after
    assert not When.parse(when).is_after(None)
    assert not When.parse(when).is_after(When.parse("[2023-01-01..]"))


def test_an_interval_keeps_the_end_that_its_page_can_report() -> None:
    early, late = When.parse("2024-01-05"), When.parse("2024-05-01")
    day = early.earliest
    assert Span(early, late).bounds(PAGE) == (day, day, None, None)
    assert Span(late, early).bounds(PAGE) == (None, None, day, day)
    assert Span(late).bounds(None) == (late.earliest, late.latest, None, None)


def test_an_event_after_the_page_that_reports_it_is_a_problem(tmp_path: Path) -> None:
    head = "机构名称,地区,揭牌日期,前身,来源,来源日期"
    row = "甲数据局,湖南,2024年5月,乙数据局,http://a.example/,2024-03-22"
    report = put(tmp_path, write(tmp_path / "t.csv", f"{head}\n{row}"))
    assert lines(report.problems) == [
        "t.csv, row 2, 揭牌日期: later than the page that reports it, of 2024-03-22: '2024年5月' "
        "(correct one of the two dates)"
    ]
    said = "SELECT property, from_earliest, from_latest FROM records"
    assert query(
        tmp_path, f"{said} WHERE subject_name = '甲数据局' AND kind <> 'text' ORDER BY 1"
    ) == [
        ("located_in", None, None),
        ("predecessor", None, None),
    ]


def test_what_is_planned_may_lie_after_its_page(tmp_path: Path) -> None:
    rows = "标题,施行日期,来源,来源日期\n甲办法,2024-05-01,http://a.example/,2024-03-22"
    assert put(tmp_path, write(tmp_path / "t.csv", rows)).problems == []
    found = query(tmp_path, "SELECT property, value_key FROM records WHERE kind = 'date'")
    assert ("in_force", "2024-05-01") in found


@pytest.mark.parametrize(
    ("head", "source"),
    [("来源,来源日期", "http://a.example/,2024-03-22"), ("source_id", "source:dated")],
)
@pytest.mark.parametrize("predicate", ["隶属", "监管"])
def test_a_pair_dated_after_its_page_keeps_all_but_its_date(
    tmp_path: Path, head: str, source: str, predicate: str
) -> None:
    dated = "source_id,url,page_date,rank\nsource:dated,http://b.example/,2024-03-22,media"
    write(tmp_path / ".kg" / "register" / "sources.csv", dated)
    rows = f"主体,关系,客体,日期,{head}\n甲公司,{predicate},乙数据局,2024-05-01,{source}"
    report = put(tmp_path, write(tmp_path / "r.csv", rows))
    (problem,) = lines(report.faults)
    assert problem.startswith("r.csv, row 2, 日期: later than the page that reports it, of 2024-03")
    found = "SELECT from_earliest, from_latest FROM records WHERE place LIKE 'row 2, %体'"
    assert query(tmp_path, f"{found} AND kind = 'link'") == [(None, None)]
