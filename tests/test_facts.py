"""Fusing: statements to facts, and the periods in which they hold."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg import domain
from tests.claims import NAMED, PAIR, bounds, facts, led, told
from tests.commands import environment
from tests.stores import ROOT, query


def test_claims_whose_validities_overlap_are_one_period(tmp_path: Path) -> None:
    told(
        tmp_path,
        NAMED,
        led("2020", "2022"),
        led("2021", "2022-05", "source:blog"),
        led("2023", "2024"),
    )
    assert facts(tmp_path, "id[-2:]", "len(statements)", "sources") == [(".1", 2, 2), (".2", 1, 1)]


def test_one_period_ends_on_the_day_on_which_the_next_begins(tmp_path: Path) -> None:
    told(tmp_path, NAMED, led("2020", "2021-05-01"), led("2021-05-01", "2022"))
    assert bounds(tmp_path) == [("2020", "2021-05-01"), ("2021-05-01", "2022")]


def test_two_sources_that_date_one_appointment_differently_are_one_fact(tmp_path: Path) -> None:
    told(tmp_path, NAMED, led("2020-01"), led("2020-06", "", "source:gov"))
    assert facts(tmp_path, "value", "status", "preferred") == [("张三", "disputed", True)]
    assert bounds(tmp_path) == [("2020-06", "")]


def test_the_bounds_of_a_fact_are_what_all_its_statements_allow(tmp_path: Path) -> None:
    told(
        tmp_path,
        NAMED,
        led("2020", "2022"),
        led("[2020-03-01..2020-08-31]", "2022-05", "source:gov"),
    )
    assert bounds(tmp_path) == [("[2020-03-01..2020-08-31]", "2022-05")]
    assert facts(tmp_path, "status") == [("accepted",)]


def test_where_bounds_exclude_each_other_those_of_the_preferred_statement_stand(
    tmp_path: Path,
) -> None:
    told(
        tmp_path,
        NAMED,
        led("2020-01", "2022", "source:undated"),
        led("2020-02", "2022", "source:paper"),
        led("2020-03", "2022", "source:blog"),
    )
    # paper and undated are both media; paper is the newer one
    assert bounds(tmp_path) == [("2020-02", "2022")]
    assert facts(tmp_path, "status", "preferred", "len(statements)") == [("disputed", True, 3)]


@pytest.mark.parametrize(
    ("claims", "stands"),
    [
        # newer source, of two as sharp
        ([("2023-05-25", "source:news"), ("2023-10-05", "source:paper")], "2023-10-05"),
        # two sources before one that is newer
        (
            [
                ("2023-05-25", "source:news"),
                ("2023-05-25", "source:undated"),
                ("2023-10-05", "source:paper"),
            ],
            "2023-05-25",
        ),
        # a copy is no second source
        (
            [
                ("2023-05-25", "source:news"),
                ("2023-05-25", "source:copy"),
                ("2023-10-05", "source:paper"),
            ],
            "2023-10-05",
        ),
        # sharper before newer
        ([("2023-05-25", "source:news"), ("2023-10", "source:paper")], "2023-05-25"),
        # rank before number
        (
            [
                ("2023-05-25", "source:gov"),
                ("2023-10-05", "source:paper"),
                ("2023-10-05", "source:news"),
            ],
            "2023-05-25",
        ),
        # the same in all: the earlier
        ([("2023-05-25", "source:undated"), ("2023-05-26", "source:undated")], "2023-05-25"),
    ],
)
def test_of_bounds_that_exclude_each_other_those_stand_that_the_order_prefers(
    tmp_path: Path, claims: list[tuple[str, str]], stands: str
) -> None:
    told(tmp_path, NAMED, *(led(start, "", source) for start, source in claims))
    assert bounds(tmp_path) == [(stands, "")]
    assert facts(tmp_path, "status") == [("disputed",)]


def test_an_undated_statement_takes_no_part_where_dates_exclude_each_other(tmp_path: Path) -> None:
    told(
        tmp_path,
        NAMED,
        led("2023-05-25", "", "source:blog"),
        led("2023-10-05", "", "source:blog2"),
        led("", "2024", "source:news"),
        led("", "", "source:gov"),
    )
    assert bounds(tmp_path) == [("2023-10-05", "2024")]


@pytest.mark.parametrize(
    ("source", "period"),
    [("source:gov", 1), ("source:farm", 2), ("source:later", 3), ("source:undated", 3)],
)
def test_an_undated_claim_supports_the_period_in_force_on_its_page_else_the_latest(
    tmp_path: Path, source: str, period: int
) -> None:
    told(
        tmp_path,
        NAMED,
        led("[..2020-05-01]", "2024-01-15"),
        led("2024-04-15", "2024-06-15"),
        led("2025-01-01", "2026-01-01"),
        led("", "", source),
    )
    counts = [1, 1, 1]
    counts[period - 1] += 1
    assert facts(tmp_path, "len(statements)") == [(count,) for count in counts]


def test_a_fact_is_as_sure_as_its_surest_statement_and_stands_at_its_first_position(
    tmp_path: Path,
) -> None:
    sure = led() | {"confidence": 0.9, "position": 3}
    unsure = led("", "", "source:gov") | {"confidence": 0.4, "position": 1}
    told(tmp_path, NAMED, sure, unsure)
    assert facts(tmp_path, "confidence", "position") == [(0.9, 1)]


def test_undated_claims_alone_are_one_period(tmp_path: Path) -> None:
    told(tmp_path, NAMED, led(), led("", "", "source:gov"))
    assert facts(tmp_path, "id[-2:]", "len(statements)", "status") == [(".1", 2, "accepted")]


def test_a_fact_has_the_same_id_in_any_store(tmp_path: Path) -> None:
    told(tmp_path / "a", NAMED, led("2020", "2021"))
    told(tmp_path / "b", *PAIR, NAMED, led("2020", "2021"))
    wanted = "SELECT id FROM facts WHERE subject = 'agency:x' ORDER BY id"
    assert query(tmp_path / "a", wanted) == query(tmp_path / "b", wanted)


def test_another_ontology_makes_facts_and_graph_anew(tmp_path: Path) -> None:
    code = "from kg import fused; from kg.graph import opening; "
    code += "print(fused.rules_hash(), opening.shape_hash())"
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")

    def hashes() -> list[str]:
        env = environment(PYTHONPATH=str(tmp_path))
        command = [sys.executable, "-c", code]
        return subprocess.check_output(command, cwd=tmp_path, env=env, text=True).split()

    before = hashes()
    with (tmp_path / "ontology" / "area.py").open("a", encoding="utf-8") as file:
        file.write("\n# another ontology\n")
    assert all(one != other for one, other in zip(before, hashes(), strict=True))


def test_facts_rest_on_one_sql_text_that_other_engines_run_too() -> None:
    sql = (Path(domain.__file__).parent / "facts.sql").read_text(encoding="utf-8").lower()
    lines = (line for line in sql.splitlines() if not line.startswith("--"))
    code = "\n".join(lines)
    for word in (
        "recursive",
        "varchar",
        "datediff",
        "exclude",
        "filter (",
        "arg_max",
        "list_",
        "::",
        "qualify",
    ):
        assert word not in code
