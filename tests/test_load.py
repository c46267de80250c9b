"""Loading: what a load changes, and that order, repetition and interruption change nothing."""

import random
import shutil
from pathlib import Path

import pytest

from kg.documents import name_of
from kg.errors import InputError, StoreError
from kg.load import Options, Report, drop, load
from kg.store import Store
from kg.store.columns import roomy
from tests.stores import (
    FACTS,
    MESSY,
    P1,
    P2,
    SOURCES,
    export,
    lines,
    policies,
    put,
    query,
    version,
    write,
)

Shipped = tuple[Path, Report, str]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """A folder with the shipped sources loaded, what the load reported, and the export."""
    folder = tmp_path_factory.mktemp("shipped")
    report = put(folder)
    return folder, report, export(folder)


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


@pytest.mark.parametrize("name", ["rel_shareholder_of.csv", "rel_supports.csv"])
def test_one_row_less_in_a_source_is_one_statement_less(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(FACTS, tmp_path / "facts")
    put(tmp_path, folder)
    rows = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / name).write_text("".join(rows[:2] + rows[3:]), encoding="utf-8")
    change = put(tmp_path, folder).change
    assert (change.added, change.removed) == (0, 1)
    # the rows below moved up by one, which is another place of the same claim
    assert (change.changed, change.version) == (len(rows) - 3, "v2")


def test_one_row_less_in_a_checkout_is_one_statement_less(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(SOURCES, checkout / "sources")
    write(checkout / "kg" / "facts.sql", "SELECT 1")
    put(tmp_path, checkout / "sources")
    path = checkout / "sources" / "facts" / "rel_implements.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(rows[:-1]), encoding="utf-8")
    change = put(tmp_path, checkout / "sources").change
    assert (change.added, change.removed, change.changed, change.version) == (0, 1, 0, "v2")


def test_a_checkout_of_the_sources_and_the_shipped_ones_are_the_same_documents(
    tmp_path: Path, shipped: Shipped
) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(SOURCES, checkout / "sources")
    write(checkout / "kg" / "facts.sql", "SELECT 1")
    shutil.copytree(shipped[0] / ".kg", tmp_path / ".kg")
    report = put(tmp_path, checkout / "sources")
    assert (report.version, report.change.added, report.gone) == ("v1", 0, [])


def test_documents_are_named_from_the_folder_that_holds_the_store(tmp_path: Path) -> None:
    store = tmp_path / "project" / ".kg"
    assert name_of(tmp_path / "project" / "data" / "a.csv", store) == "data/a.csv"
    assert name_of(tmp_path / "other" / "a.csv", store) == "../other/a.csv"
    assert name_of(FACTS / "zones.csv", store) == "kg:sources/facts/zones.csv"
    assert name_of(SOURCES / "register" / "sources.csv", store) == "kg:sources/register/sources.csv"


def test_a_row_inserted_at_the_top_changes_no_other_statement(tmp_path: Path) -> None:
    path = policies(tmp_path, P1)
    put(tmp_path, path)
    ids = "SELECT id FROM records WHERE subject_key = 'policy:one'"
    before = query(tmp_path, ids)
    change = put(tmp_path, policies(tmp_path, P2, P1)).change
    assert set(before) == set(query(tmp_path, ids))
    assert (change.removed, change.changed) == (0, 2)


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [("confidence", "stated", "inferred"), ("evidence", "原话", "另一句")],
)
def test_another_stance_or_quote_changes_a_statement_and_its_version(
    tmp_path: Path, column: str, before: str, after: str
) -> None:
    head = f"policy_id,title,{column}"
    put(tmp_path, write(tmp_path / "p.csv", f"{head}\npolicy:one,第一号文件,{before}"))
    report = put(tmp_path, write(tmp_path / "p.csv", f"{head}\npolicy:one,第一号文件,{after}"))
    change = report.change
    assert (change.added, change.removed, change.changed, change.kept) == (0, 0, 1, 0)
    assert report.version == "v2"


def test_what_rows_say_on_the_side_counts_its_places_too(tmp_path: Path) -> None:
    head = "机构名称,地区,揭牌日期,前身,来源,来源日期"
    rows = [
        f"湖南第{number}局,湖南,2024-01-0{number},湖南某旧局,http://new.example/,2024-02-01"
        for number in range(1, 5)
    ]
    put(tmp_path, write(tmp_path / "t.csv", "\n".join((head, *rows))))
    found = query(
        tmp_path,
        """SELECT property, value_key, place, places FROM records
        WHERE property = 'url' OR property = 'page_date'
            OR (property = 'name' AND value_key = '湖南某旧局') ORDER BY 1""",
    )
    assert found == [
        ("name", "湖南某旧局", "row 2, 前身", 4),
        ("page_date", "2024-02-01", "row 2", 4),
        ("url", "http://new.example/", "row 2", 4),
    ]


def test_every_cell_of_a_row_is_said_by_the_source_that_the_row_cites(tmp_path: Path) -> None:
    head = "机构名称,地区,揭牌日期,来源,来源日期"
    rows = (
        "甲数据局,湖南,2024-01-01,http://new.example/a,2024-02-01",
        "乙数据局,湖南,2024-01-02,http://new.example/b,2024-02-01",
        "丙数据局,湖南,2024-01-03,,",
    )
    put(tmp_path, write(tmp_path / "t.csv", "\n".join((head, *rows))))
    found = query(
        tmp_path,
        """SELECT regexp_extract(place, 'row [0-9]'), count(*), count(DISTINCT source)
        FROM records WHERE type = 'statement' AND subject_key LIKE 'agency:%'
        GROUP BY 1 ORDER BY 1""",
    )
    assert found == [("row 2", 3, 1), ("row 3", 3, 1), ("row 4", 3, 1)]
    told = query(
        tmp_path, "SELECT DISTINCT source FROM records WHERE property IN ('url', 'page_date')"
    )
    own = query(tmp_path, "SELECT DISTINCT source FROM records WHERE place LIKE 'row 4%'")
    assert told == own and str(own[0][0]).startswith("document:")


def test_the_same_claim_at_several_places_is_one_statement(tmp_path: Path) -> None:
    report = put(tmp_path, policies(tmp_path, P1, P1, P1))
    rows = query(
        tmp_path,
        "SELECT place, places FROM records WHERE property = 'name' AND subject_key = 'policy:one'",
    )
    assert rows == [("row 2, title", 3)]
    counted = query(tmp_path, "SELECT statements FROM records WHERE type = 'document'")
    assert counted == [(report.total,)] == [(report.statements,)]


DOCUMENTS = [
    path
    for path in sorted(SOURCES.rglob("*.*"))
    if path.suffix != ".md" and (path.parent.name != "register" or path.name == "sources.csv")
]
"""All shipped documents; who is called what, and what relative names mean, is no document."""


# Documents that speak of the same things, with conflicts, judgements and names to identify.
MEETING = (
    *(
        FACTS / f"{name}.csv"
        for name in (
            "agencies",
            "conflicts",
            "exchanges",
            "policies",
            "provinces",
            "rel_governs_province",
            "rel_implements",
            "rel_predecessor_of",
        )
    ),
    SOURCES / "register" / "sources.csv",
    MESSY,
)


@pytest.mark.parametrize("seed", range(20))
def test_any_order_of_loading_gives_the_same_bytes(tmp_path: Path, seed: int, at_once: str) -> None:
    documents = list(MEETING)
    random.Random(seed).shuffle(documents)
    with Store(tmp_path / "x" / ".kg") as store:
        for one in documents:
            load(store, [one])
    assert export(tmp_path / "x") == at_once


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All of `MEETING` in one load."""
    folder = tmp_path_factory.mktemp("once")
    put(folder, *MEETING)
    return export(folder)


def test_all_shipped_documents_one_by_one_backwards_give_the_same_bytes(
    tmp_path: Path, shipped: Shipped
) -> None:
    with Store(tmp_path / ".kg") as store:
        for one in reversed(DOCUMENTS):
            load(store, [one])
    assert export(tmp_path) == shipped[2]


def test_a_folder_load_drops_what_has_gone_from_it_and_lists_it(tmp_path: Path) -> None:
    policies(tmp_path, P1, name="data/a.csv")
    gone = policies(tmp_path, P2, name="data/deep/b.csv")
    other = policies(tmp_path, P2, name="database.csv")
    put(tmp_path, tmp_path / "data", other)
    gone.unlink()
    other.unlink()
    report = put(tmp_path, tmp_path / "data")
    assert report.gone == ["data/deep/b.csv"]
    documents = query(tmp_path, "SELECT document FROM records WHERE type = 'document' ORDER BY 1")
    assert documents == [("data/a.csv",), ("database.csv",)]
    assert report.change.removed == 2


@pytest.mark.parametrize("given", [".", "..", "data/.."])
def test_the_folder_of_the_store_and_those_above_are_folders_too(
    tmp_path: Path, given: str
) -> None:
    home = tmp_path / "home"
    policies(home, P1, name="a.csv")
    gone = policies(home, P2, name="data/b.csv")
    put(home, home, FACTS / "zones.csv")
    gone.unlink()
    assert put(home, home / given).gone == ["data/b.csv"]
    documents = query(home, "SELECT document FROM records WHERE type = 'document' ORDER BY 1")
    assert documents == [("a.csv",), ("kg:sources/facts/zones.csv",)]


def test_a_store_inside_the_folder_is_not_loaded(tmp_path: Path) -> None:
    policies(tmp_path, P1, name="a.csv")
    with Store(tmp_path / "mine") as store:
        assert load(store, [tmp_path]).documents == 1
        again = load(store, [tmp_path])
    assert (again.documents, again.failed, again.version) == (1, [], "v1")


def test_readme_and_hidden_files_in_a_folder_are_not_loaded(tmp_path: Path) -> None:
    policies(tmp_path, P1, name="data/a.csv")
    for name in ("README.md", ".hidden.csv", ".git/b.csv"):
        policies(tmp_path, P2, name=f"data/{name}")
    assert put(tmp_path, tmp_path / "data").documents == 1


def test_keep_missing_keeps_what_has_gone(tmp_path: Path) -> None:
    policies(tmp_path, P1, name="data/a.csv")
    gone = policies(tmp_path, P2, name="data/b.csv")
    put(tmp_path, tmp_path / "data")
    gone.unlink()
    report = put(tmp_path, tmp_path / "data", options=Options(keep_missing=True))
    assert (report.gone, report.version) == ([], "v1")


def test_a_document_that_says_nothing_now_keeps_its_statements_and_is_an_error(
    tmp_path: Path,
) -> None:
    path = policies(tmp_path, P1)
    put(tmp_path, path)
    before = export(tmp_path)
    report = put(tmp_path, policies(tmp_path))
    assert report.failed == ["data/policies.csv: says nothing now (--allow-empty takes it so)"]
    assert (export(tmp_path), report.version) == (before, "v1")
    emptied = put(tmp_path, path, options=Options(allow_empty=True))
    assert (emptied.change.removed, emptied.total, emptied.failed) == (2, 0, [])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\0\0", b"\xff\xfe\x80\x81", b"a,b\n1,2\n"])
def test_a_document_that_cannot_be_read_now_keeps_its_statements(
    tmp_path: Path, content: bytes
) -> None:
    bad, good = policies(tmp_path, P1), policies(tmp_path, P2, name="data/good.csv")
    put(tmp_path, tmp_path / "data")
    before = export(tmp_path)
    bad.write_bytes(content)
    report = put(tmp_path, bad, good)
    assert (len(report.failed), export(tmp_path)) == (1, before)
    assert report.failed[0].startswith("policies.csv") or "data/policies.csv" in report.failed[0]


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
