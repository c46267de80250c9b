"""A store's own register and judgements, and what is said of those that are wrong."""

from pathlib import Path

import pytest

from kg import domain
from kg.errors import InputError
from kg.identity import Identifier
from kg.register import Register
from kg.statement import Name
from kg.when import When
from tests.stores import put, query, write

REGISTER = Register.read([domain.sources() / "register"])
IDENTIFIER = Identifier(REGISTER, domain.model(), domain.naming())
NAMES = "name,entity,kind,lang,from,to,source"


def test_the_place_of_a_name_that_several_bear_comes_from_the_stores_register_too(
    tmp_path: Path,
) -> None:
    names = f"{NAMES}\n数谷,zone:a,short,zh,,,\n数谷,zone:b,short,zh,,,"
    write(tmp_path / "names.csv", names)
    write(tmp_path / "places.csv", "entity,place\nzone:b,province:61")
    shipped = domain.sources() / "register"
    own = Identifier(Register.read([shipped, tmp_path]), domain.model(), domain.naming())
    assert own.find(Name("数谷", ("Zone",), Name("陕西", ("Area",)))).key == "zone:b"
    assert own.find(Name("数谷", ("Zone",))).candidates == ("zone:a", "zone:b")


def test_where_day_and_place_mean_different_bearers_the_name_waits(tmp_path: Path) -> None:
    rows = "河东局,agency:tj9,short,zh,,2024-01-01,\n河东局,agency:sd9,short,zh,2024-01-01,,"
    write(tmp_path / "names.csv", f"{NAMES}\n{rows}")
    write(tmp_path / "places.csv", "entity,place\nagency:tj9,province:12\nagency:sd9,province:37")
    own = Identifier(
        Register.read([domain.sources() / "register", tmp_path]), domain.model(), domain.naming()
    )

    def who(place: str, day: str) -> str:
        return own.find(Name("河东局", ("Agency",), place, When.parse(day) if day else None)).key

    assert who("province:12", "2023-02-01") == who("province:12", "") == "agency:tj9"
    assert who("province:37", "2024-02-01") == who("", "2024-02-01") == "agency:sd9"
    assert who("province:12", "2024-02-01").startswith("review:")


def test_a_stores_own_register_adds_to_the_shipped_one(tmp_path: Path) -> None:
    own = write(tmp_path / "names.csv", f"{NAMES}\n火星数据局,agency:mars,official,zh,2024,,")
    both = Register.read([domain.sources() / "register", own.parent])
    assert both.knows("agency:mars") and both.knows("agency:js")
    assert both.hash != REGISTER.hash


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name,entity\na,b", "names.csv, row 1: no heading 'kind'"),
        (
            f"{NAMES}\n火星,agency:mars,official,zh,去年,,",
            "names.csv, row 2, from: not a date: '去年'",
        ),
    ],
)
def test_a_register_that_is_wrong_says_where(tmp_path: Path, text: str, fault: str) -> None:
    write(tmp_path / "names.csv", text)
    with pytest.raises(InputError) as error:
        Register.read([tmp_path])
    assert str(error.value).startswith(fault)


@pytest.mark.parametrize(
    "name",
    [
        "names.csv",
        "sources.csv",
        "relative.csv",
        "places.csv",
        "goals.csv",
        "areas.csv",
        "issuers.csv",
    ],
)
def test_a_register_that_is_not_utf_8_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes("name,entity,kind,lang,from,to,source\n火星".encode("gb18030"))
    with pytest.raises(InputError, match=rf"{name}: not UTF-8"):
        Register.read([tmp_path])


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"id,verdict,a,b\n\xb9\xfa"])
def test_judgements_that_are_not_utf_8_are_an_error_and_the_earlier_ones_stay(
    tmp_path: Path, content: bytes
) -> None:
    table = write(tmp_path / "t.csv", "org_id,name_zh\norg:a,甲\norg:b,乙")
    own = write(tmp_path / ".kg" / "judgements.csv", "id,verdict,a,b\n,same,org:a,org:b")
    put(tmp_path, table)
    own.write_bytes(content)
    report = put(tmp_path, table)
    assert len(report.failed) == 1 and "not UTF-8" in report.failed[0]
    assert query(tmp_path, "SELECT DISTINCT subject FROM facts") == [("org:a",)]


def test_a_judgement_that_is_none_is_one_line(tmp_path: Path) -> None:
    table = write(tmp_path / "t.csv", "org_id,name_zh\norg:a,甲")
    rows = "id,verdict,a,b\n,perhaps,org:a,org:b\n,same,org:a,\n"
    write(tmp_path / ".kg" / "judgements.csv", rows)
    report = put(tmp_path, table)
    assert [str(one) for one in report.faults] == [
        "kg:judgements.csv, row 2, verdict: unknown verdict 'perhaps' "
        "(want one of same, different, accept, reject)",
        "kg:judgements.csv, row 3, a: same says of what? (fill a and b)",
    ]
