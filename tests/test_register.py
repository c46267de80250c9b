"""The register and the store: what changes in who is who, and in which source counts how much."""

import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.load import drop
from kg.store import Store
from tests.stores import SOURCES, export, put, query, version, write

NAMES = "name,entity,kind,lang,from,to,source"
MARS = "机构名称,揭牌日期\n火星数据局,2024-01-05"
VENUS = "机构名称,揭牌日期\n金星数据局,2024-01-06"
UNVEILED = "SELECT DISTINCT subject_key FROM records WHERE property = 'unveiled' ORDER BY 1"
READ_WITH = "SELECT document, register FROM records WHERE type = 'document' ORDER BY 1"


def register(folder: Path, *rows: str) -> str:
    """Give the store a register of its own; its hash."""
    write(folder / ".kg" / "register" / "names.csv", "\n".join((NAMES, *rows)))
    with Store(folder / ".kg") as store:
        return store.register_hash


def mars(folder: Path) -> Path:
    return write(folder / "data" / "agencies.csv", MARS)


def venus(folder: Path) -> Path:
    return write(folder / "data" / "venus.csv", VENUS)


def keys(folder: Path) -> list[str]:
    """What the bodies that were unveiled are called in the store."""
    return [str(row[0]).partition("-")[0] for row in query(folder, UNVEILED)]


NAMED = "火星数据局,agency:mars,official,zh,,,"
BOTH = (NAMED, "金星数据局,agency:venus,official,zh,,,")


def test_a_change_reads_every_document_again_in_one_commit(tmp_path: Path) -> None:
    put(tmp_path, mars(tmp_path), venus(tmp_path))
    (tmp_path / "data" / "venus.csv").unlink()
    register(tmp_path, *BOTH)
    other = write(tmp_path / "data" / "policies.csv", "policy_id,title\npolicy:one,第一号文件")
    report = put(tmp_path, other)
    assert (report.version, report.unread) == ("v2", ["data/venus.csv"])
    assert keys(tmp_path) == ["agency:jinxingshujuju", "agency:mars"]
    assert put(tmp_path, other).version == "v2"


def test_a_document_that_was_away_is_read_again_when_it_is_back(tmp_path: Path) -> None:
    put(tmp_path, mars(tmp_path), venus(tmp_path))
    away = (tmp_path / "data" / "venus.csv").rename(tmp_path / "away.csv")
    register(tmp_path, *BOTH)
    put(tmp_path, mars(tmp_path))
    away.rename(tmp_path / "data" / "venus.csv")
    report = put(tmp_path, mars(tmp_path))
    assert report.unread == [] and keys(tmp_path) == ["agency:mars", "agency:venus"]


def test_a_drop_does_not_make_the_others_pass_for_read_again(tmp_path: Path) -> None:
    put(tmp_path, mars(tmp_path), venus(tmp_path))
    register(tmp_path, *BOTH)
    with Store(tmp_path / ".kg") as store:
        drop(store, "data/venus.csv")
    assert keys(tmp_path) == ["agency:huoxingshujuju"]
    put(tmp_path, mars(tmp_path))
    assert keys(tmp_path) == ["agency:mars"]


def test_a_change_that_alters_nothing_is_recorded_once(tmp_path: Path) -> None:
    put(tmp_path, mars(tmp_path))
    now = register(tmp_path, "木星数据局,agency:jupiter,official,zh,,,")
    first = put(tmp_path, mars(tmp_path))
    assert (first.change.kept, first.change.added, first.version) == (first.total, 0, "v2")
    assert query(tmp_path, READ_WITH) == [("data/agencies.csv", now)]
    again = put(tmp_path, mars(tmp_path))
    assert again.version == "v2" and again.change.kept == again.total


def test_a_backup_says_with_which_register_it_was_read(tmp_path: Path) -> None:
    put(tmp_path / "a", mars(tmp_path / "a"))
    backup = tmp_path / "backup.jsonl"
    backup.write_text(export(tmp_path / "a"), encoding="utf-8")
    register(tmp_path / "b", *BOTH)
    assert put(tmp_path / "b", backup).unread == []
    assert query(tmp_path / "b", READ_WITH) == query(tmp_path / "a", READ_WITH)
    mars(tmp_path / "b")
    put(tmp_path / "b", backup)
    assert export(tmp_path / "a") == backup.read_text(encoding="utf-8")


def test_a_backup_by_another_hand_gets_the_ids_that_fit_and_a_problem(tmp_path: Path) -> None:
    put(tmp_path / "a", mars(tmp_path / "a"))
    text = export(tmp_path / "a").replace('"value_key":"2024-01-05"', '"value_key":"2024-01-06"')
    backup = tmp_path / "b" / "backup.jsonl"
    backup.parent.mkdir()
    backup.write_text(text, encoding="utf-8")
    report = put(tmp_path / "b", backup)
    (fault,) = report.faults
    assert fault.document == "data/agencies.csv" and "an id that is not" in fault.problem
    ids = "SELECT id FROM records WHERE property = 'unveiled'"
    assert query(tmp_path / "b", ids) != query(tmp_path / "a", ids)


@pytest.mark.parametrize(
    ("rank", "preferred"), [("official", "2024-01-05"), ("unreliable", "2024-02-06")]
)
def test_the_stores_own_register_ranks_shipped_sources_anew(
    tmp_path: Path, rank: str, preferred: str
) -> None:
    """Two sources of the shipped register disagree; the store says what the first is worth."""
    rows = (
        "agency_id,name_zh,established_on,source_id,source_url,source_date",
        "agency:x,某某数据局,2024-01-05,source:madis,,2024-03-01",
        "agency:x,某某数据局,2024-02-06,source:zjrb,,2024-03-02",
    )
    head = "source_id,url,page_date,rank"
    write(
        tmp_path / ".kg" / "register" / "sources.csv",
        f"{head}\nsource:madis,,,{rank}\nsource:zjrb,,,media",
    )
    put(tmp_path, SOURCES / "register" / "sources.csv", write(tmp_path / "t.csv", "\n".join(rows)))
    found = (
        "SELECT value FROM facts WHERE subject = 'agency:x' AND property = 'unveiled' AND preferred"
    )
    assert query(tmp_path, found) == [(preferred,)]


def test_of_several_ranks_told_the_worst_counts(tmp_path: Path) -> None:
    rows = (
        "agency_id,name_zh,established_on,source_id,source_url,source_date",
        "agency:x,某某数据局,2024-01-05,source:one,,2024-03-02",
        "agency:x,某某数据局,2024-02-06,source:two,,2024-03-01",
    )
    head = "source_id,url,page_date,kind,rank"
    put(
        tmp_path,
        write(
            tmp_path / "s.csv",
            f"{head}\nsource:one,,2024-03-02,,official\nsource:two,,2024-03-01,,repost",
        ),
        write(tmp_path / "u.csv", f"{head}\nsource:one,,2024-03-02,,unreliable"),
        write(tmp_path / "t.csv", "\n".join(rows)),
    )
    found = (
        "SELECT value FROM facts WHERE subject = 'agency:x' AND property = 'unveiled' AND preferred"
    )
    assert query(tmp_path, found) == [("2024-02-06",)]


def test_a_judgement_on_a_statement_that_is_there_is_no_problem(tmp_path: Path) -> None:
    table = write(tmp_path / "t.csv", "org_id,name_zh\norg:z,甲")
    put(tmp_path, table)
    ((key,),) = query(tmp_path, "SELECT id FROM records WHERE type = 'statement'")
    write(tmp_path / ".kg" / "judgements.csv", f"id,verdict,a,b\n,reject,{key},")
    assert [put(tmp_path, table).faults for _ in range(2)] == [[], []]
    assert query(tmp_path, "SELECT status FROM facts") == [("rejected",)]


def test_a_refused_judgement_is_said_with_its_row_and_reason(tmp_path: Path) -> None:
    table = write(tmp_path / "t.csv", "org_id,name_zh\norg:a,甲\norg:b,乙")
    rows = "id,verdict,a,b\n,different,org:a,org:b\n,same,org:a,org:b"
    write(tmp_path / ".kg" / "judgements.csv", rows)
    wanted = ["kg:judgements.csv, row 3: org:a is not org:b: org:a and org:b are judged different"]
    assert put(tmp_path, table).refused == wanted
    assert put(tmp_path, table).refused == wanted


def test_judgements_stay_where_their_file_is_lost_and_the_load_says_so(tmp_path: Path) -> None:
    table = write(tmp_path / "t.csv", "org_id,name_zh\norg:a,甲\norg:b,乙")
    own = write(tmp_path / ".kg" / "judgements.csv", "id,verdict,a,b\n,same,org:a,org:b")
    put(tmp_path, table)
    own.unlink()
    assert put(tmp_path, table).unread == ["kg:judgements.csv"]
    assert query(tmp_path, "SELECT DISTINCT subject FROM facts") == [("org:a",)]
    write(own, "id,verdict,a,b")
    assert put(tmp_path, table).unread == []
    assert query(tmp_path, "SELECT DISTINCT subject FROM facts ORDER BY 1") == [
        ("org:a",),
        ("org:b",),
    ]


def test_a_province_that_the_register_lacks_is_not_made_but_waits(tmp_path: Path) -> None:
    table = write(tmp_path / "t.csv", "机构名称,省份,揭牌日期\n某某数据局,火星省,2024-01-05")
    report = put(tmp_path, table)
    (review,) = report.reviews
    assert review.value == "火星省" and review.field == "省份"
    assert query(tmp_path, "SELECT count(*) FROM facts WHERE property = 'located_in'") == [(0,)]
    made = "SELECT count(*) FROM records WHERE class IN ('Area', 'Province')"
    assert query(tmp_path, made) == [(0,)]


def test_what_a_killed_load_spilled_goes_with_the_next(tmp_path: Path) -> None:
    put(tmp_path, mars(tmp_path))
    with Store(tmp_path / ".kg") as store:
        own = store.spill
    left = own.with_name(own.name.replace(f"-{os.getpid()}-", "-4194304-"))
    left.mkdir()
    (left / "x.tmp").write_text("x")
    put(tmp_path, mars(tmp_path))
    assert not left.exists() and version(tmp_path) == "v1"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("accept,policy:t1,,", "row 2, a: 'policy:t1' can't be judged accept"),
        ("same,org:a,statement:x,", "row 2, b: 'statement:x' can't be judged same"),
        ("same,org:a,乙公司,", "row 2, b: '乙公司' can't be judged same"),
        ("different,org:a,org:b,2024-13-01", "row 2, when: not a date: '2024-13-01'"),
        ("same,org:a,org:nobody,", "row 2: refers to nothing: org:nobody"),
        ("accept,statement:nope,,", "row 2: refers to nothing: statement:nope"),
    ],
)
def test_a_judgement_on_what_is_not_there_is_one_line(tmp_path: Path, row: str, said: str) -> None:
    table = write(tmp_path / "t.csv", "org_id,name_zh\norg:z,甲\norg:a,乙\norg:b,丙")
    verdict, a, b, when = row.split(",")
    rows = f"id,verdict,a,b,by,when,why\n,{verdict},{a},{b},,{when},"
    write(tmp_path / ".kg" / "judgements.csv", rows)
    for _ in range(2):  # the second time the file is as it was
        (fault,) = put(tmp_path, table).faults
        assert str(fault).startswith(f"kg:judgements.csv, {said}")


def test_an_id_that_nothing_describes_never_stands_for_one_that_is(tmp_path: Path) -> None:
    table = write(tmp_path / "t.csv", "org_id,name_zh\norg:z,甲")
    write(tmp_path / ".kg" / "judgements.csv", "id,verdict,a,b\n,same,org:z,org:aaa")
    put(tmp_path, table)
    assert query(tmp_path, "SELECT DISTINCT subject FROM facts") == [("org:z",)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("names", f"{NAMES}\n甲,org:a,oficial,zh,,,", "names.csv, row 2, kind: unknown 'oficial'"),
        ("names", f"{NAMES}\n甲,org a,official,zh,,,", "names.csv, row 2, entity: no id: 'org a'"),
        ("names", f"{NAMES}\n,org:a,official,zh,,,", "names.csv, row 2, name: empty"),
        (
            "sources",
            "source_id,url,page_date,rank\nsource:a,,,offical",
            "sources.csv, row 2, rank: unknown 'offical'",
        ),
    ],
)
def test_a_slip_in_the_register_is_said_with_its_row(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    write(tmp_path / ".kg" / "register" / f"{name}.csv", text)
    with pytest.raises(InputError) as error:
        put(tmp_path, mars(tmp_path))
    assert str(error.value).startswith(said)
