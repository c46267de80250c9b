"""Loading: what is stored and counted, and when nothing is."""

import shutil
from pathlib import Path

import pytest

from kg.errors import InputError, StoreError
from kg.load import Options, drop, load
from kg.store import Store
from kg.store.columns import roomy
from tests.stores import (
    DOCUMENTS,
    FACTS,
    P1,
    P2,
    SOURCES,
    Shipped,
    export,
    lines,
    policies,
    put,
    query,
    version,
    write,
)


def test_loading_twice_changes_nothing_and_keeps_the_version(
    tmp_path: Path, shipped: Shipped
) -> None:
    folder, first, before = shipped
    shutil.copytree(folder / ".kg", tmp_path / ".kg")
    again = put(tmp_path, SOURCES)
    assert (first.version, again.version) == ("v1", "v1")
    change = again.change
    assert (change.added, change.removed, change.changed) == (0, 0, 0)
    assert change.kept == change.total == first.change.added == first.statements == again.statements
    assert export(tmp_path) == before


def test_one_store_object_loads_several_times(tmp_path: Path) -> None:
    with Store(tmp_path / ".kg") as store:
        assert load(store, [policies(tmp_path, P1)]).version == "v1"
        assert load(store, [policies(tmp_path, P1, P2)]).version == "v2"
        assert load(store, [policies(tmp_path, P1, P2)]).version == "v2"


def test_a_load_without_a_path_loads_the_shipped_sources(shipped: Shipped) -> None:
    folder, report, _ = shipped
    assert report.failed == []
    # both give no year, and neither row a page to take it from
    assert lines(report.faults) == [
        "kg:sources/tables/exchanges_数据交易机构.csv, row 26, 成立日期: "
        "no date to hold on to: '9月30日' (give the year, or the date of the page)",
        "kg:sources/tables/policies_政策文件清单.csv, row 82, 成文日期: "
        "no date to hold on to: '近日' (give the year, or the date of the page)",
    ]
    names = [str(row[0]) for row in query(folder, "SELECT DISTINCT document FROM records")]
    assert all(name.startswith("kg:sources/") for name in names)
    named = {f"kg:sources/{path.relative_to(SOURCES).as_posix()}" for path in DOCUMENTS}
    assert set(names) == named


def test_what_a_document_said_earlier_stays_readable(tmp_path: Path) -> None:
    path = policies(tmp_path, P1, P2)
    put(tmp_path, path)
    policies(tmp_path, P1)
    put(tmp_path, path)
    with Store(tmp_path / ".kg") as store:
        store.at(store.table.version(1))
        found = store.connection.execute(
            "SELECT count(*) FROM records WHERE subject_key = 'policy:two'"
        ).fetchall()
    assert found == [(2,)]


def test_drop_takes_one_document_out(tmp_path: Path) -> None:
    put(tmp_path, policies(tmp_path, P1), policies(tmp_path, P2, name="data/b.csv"))
    with Store(tmp_path / ".kg") as store:
        report = drop(store, "data/b.csv")
        assert (report.gone, report.change.removed, report.version) == (["data/b.csv"], 2, "v2")
        assert [one.name for one in store.documents()] == ["data/policies.csv"]
        with pytest.raises(InputError, match=r"no document 'data/b\.csv'"):
            drop(store, "data/b.csv")


def test_strict_stores_nothing_where_there_is_a_problem(tmp_path: Path) -> None:
    bad = policies(tmp_path, P1, P2.replace("2024-02-06", "2024年13月45日"))
    report = put(tmp_path, bad, options=Options(strict=True))
    assert (report.stored, report.version, len(report.faults)) == (False, "v0", 1)
    with Store(tmp_path / ".kg") as store:
        assert not store.exists()
    put(tmp_path, policies(tmp_path, P1))
    before = export(tmp_path)
    assert put(tmp_path, FACTS, tmp_path / "data", options=Options(strict=True)).stored
    put(tmp_path, policies(tmp_path, "policy:x,,not a date,,,"), options=Options(strict=True))
    assert before.splitlines()[-1] in export(tmp_path)


def test_dry_run_stores_nothing_and_counts_right(tmp_path: Path) -> None:
    path = policies(tmp_path, P1)
    dry = Options(dry_run=True)
    foreseen = put(tmp_path, path, options=dry).change
    assert not (tmp_path / ".kg").exists()
    happened = put(tmp_path, path).change
    assert (foreseen.added, foreseen.total) == (happened.added, happened.total) == (2, 2)
    policies(tmp_path, P2)
    foreseen = put(tmp_path, path, options=dry).change
    assert version(tmp_path) == foreseen.version == "v1"
    happened = put(tmp_path, path).change
    assert (foreseen.added, foreseen.removed, foreseen.changed, foreseen.kept, foreseen.total) == (
        happened.added,
        happened.removed,
        happened.changed,
        happened.kept,
        happened.total,
    )


@pytest.mark.parametrize("options", [Options(dry_run=True), Options(strict=True)])
def test_a_load_that_stores_nothing_counts_what_is_there(tmp_path: Path, options: Options) -> None:
    put(tmp_path, policies(tmp_path, P1))
    wrong = "policy:x,第三号文件,2024年13月45日,source:madis,,"
    report = put(tmp_path, policies(tmp_path, P1, P2, wrong), options=options)
    assert (report.change.added, report.total, report.stored) == (3, 2, False)


def test_work_that_does_not_fit_into_little_memory_gets_more(tmp_path: Path) -> None:
    text = "SELECT length(string_agg(repeat('x', 1000), '')) FROM range(100000)"
    with Store(tmp_path / ".kg") as store, store.room():
        con = store.connection
        assert roomy(con, lambda: con.execute(text).fetchall()) == [(100_000_000,)]
        limit = con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
        assert str(limit).startswith("476")  # the second of the three, in MiB


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere.csv: no such file or folder"):
        put(tmp_path, tmp_path / "nowhere.csv")


def test_a_folder_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / ".kg" / "holiday.txt", "a picture")
    with pytest.raises(StoreError, match="is a folder, but no store"):
        put(tmp_path, FACTS / "zones.csv")


def test_a_store_whose_making_was_cut_short_can_still_be_made(tmp_path: Path) -> None:
    write(tmp_path / ".kg" / ".kg.json.new", '{"format"')
    (tmp_path / ".kg" / "statements").mkdir()
    assert put(tmp_path, FACTS / "zones.csv").version == "v1"
