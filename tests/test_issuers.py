"""Documents of one title are told apart by who issued them, where a row says so."""

from pathlib import Path

import pytest

from kg import domain
from kg.identity import Identifier
from kg.register import Register
from kg.statement import Name
from tests.stores import put, query, write

IDENTIFIER = Identifier(
    Register.read([domain.sources() / "register"]), domain.model(), domain.naming()
)
COMMON = "关于加快公共数据资源开发利用的意见"


def who(text: str, *by: str, place: str = "") -> str:
    """The key of a document that a record says some bodies issued."""
    one = IDENTIFIER.find(Name(text, ("Policy",), place, by=by))
    return one.key if one.rule != "undecided" else "?"


@pytest.mark.parametrize(
    ("by", "known"),
    [
        (("中共中央办公厅", "国务院办公厅"), True),
        (("国家发展改革委",), True),
        (("火星甲部",), True),
        ((), True),
        (("安徽省人民政府办公厅",), False),
        (("合肥市数据资源局",), False),
        (("安徽省委办公厅", "安徽省政府办公厅"), False),
    ],
)
def test_a_known_document_is_not_one_of_the_same_title_by_bodies_of_another_place(
    by: tuple[str, ...], known: bool
) -> None:
    assert (who(COMMON, *by) == "policy:pub") == known


def test_new_documents_of_one_title_are_as_many_as_the_homes_of_their_issuers() -> None:
    title = "关于加快算力券发放的实施意见"
    issuers = ("北京市人民政府办公厅", "上海市人民政府", "杭州市数据资源管理局", "国家数据局")
    assert len({who(title, one) for one in issuers}) == len(issuers)
    assert who(title, "北京市人民政府办公厅") == who(title, "北京市数据局", "北京市经信局")
    assert who(title, "北京市人民政府") == who(title, place="province:11") == who(title, "北京市委")
    here = "province:33"
    assert who(title, "杭州市数据资源管理局", place=here) != who(title, place=here)


def test_rows_of_one_title_and_the_links_to_it_follow_the_issuers_of_their_table(
    tmp_path: Path,
) -> None:
    rows = """文件名称,发文机关,上位文件
        关于火星数据的意见,北京市人民政府,
        火星甲方案,北京市经济和信息化局,关于火星数据的意见"""
    put(tmp_path, write(tmp_path / "a.csv", rows))
    put(tmp_path, write(tmp_path / "b.csv", "文件名称,发文机关\n关于火星数据的意见,上海市人民政府"))
    named = "SELECT DISTINCT subject FROM facts WHERE property = 'name' AND value LIKE '%火星数据%'"
    linked = "SELECT value FROM facts WHERE property = 'implements'"
    assert len(query(tmp_path, named)) == 2
    of_beijing = f"{linked} AND value IN (SELECT subject FROM facts WHERE value = 'org:bjgov')"
    assert len(query(tmp_path, of_beijing)) == 1


def test_two_numbers_behind_one_title_are_two_documents_however_they_are_written() -> None:
    title = "关于做好火星数据试点工作的通知"
    first = who(f"{title}（国数〔2024〕1号）")
    assert first == who(f"《{title}》【国数[2024]1号】") == who(f"“{title}(国数〔２０２４〕1号)”")
    assert len({first, who(f"{title}(国数〔2025〕1号)"), who(f"{title}(国数〔2024〕2号)")}) == 3


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("中办发〔2024〕62号", "policy:pub"),
        ("皖政办〔2025〕5号", "?"),
    ],
)
def test_a_known_document_with_the_number_of_another_place_waits(number: str, key: str) -> None:
    assert who(f"{COMMON}({number})") == key


BEIJINGS = "关于更好发挥数据要素作用进一步加快发展数字经济的实施意见"
HANGZHOUS = "关于高标准建设“中国数谷”促进数据要素流通的实施意见"
BAY = "“数字湾区”建设三年行动方案"


@pytest.mark.parametrize(
    ("text", "places", "key"),
    [
        (BEIJINGS, " province:11", "policy:bj20"),
        (BAY, " province:44 area:4403", "policy:gdbay"),
        (HANGZHOUS, " area:3301 province:33", "policy:hzsg"),
        # a national one holds everywhere, and a place in the title says more than the record
        ("数据20条", " province:37", "policy:p20"),
        ("上海市数据条例", " province:37", "policy:shreg"),
    ],
)
def test_a_known_document_is_that_of_a_record_of_its_place(
    text: str, places: str, key: str
) -> None:
    assert {who(text, place=place) for place in places.split(" ")} == {key}


def test_a_known_document_of_one_place_is_not_that_of_a_record_of_another() -> None:
    assert who(BEIJINGS, place="province:31") != "policy:bj20"
    # who issued this one is not known, where it holds is
    assert who(HANGZHOUS, place="area:3301") == "policy:hzsg"
    assert who(HANGZHOUS, place="area:3302") != "policy:hzsg"
    # neither is
    assert who("党和国家机构改革方案", place="area:3302") == "policy:jggg"
    assert who(BAY, place="province:37") not in ("policy:gdbay", who(BAY, place="province:45"))


def test_a_report_of_every_place_is_that_of_its_issuer_and_waits_where_nobody_is_named() -> None:
    report = "2024年政府工作报告"
    assert who(report) == "?"
    assert who(report, "北京市人民政府") == "policy:wr_bj"
    assert who(report, "国务院") not in ("?", who(report, "云南省人民政府"))


def test_a_number_of_its_own_place_leaves_a_document_known() -> None:
    assert who("广东省数据要素市场化配置改革行动方案(粤府〔2021〕49号)") == "policy:gd151"
    assert who("广东省数据要素市场化配置改革行动方案(皖府〔2021〕49号)") == "?"


def test_issuers_given_by_their_ids_are_those_bodies(tmp_path: Path) -> None:
    rows = """文件名称,发文机关
        关于火星数据的意见,org:gdgov
        关于火星数据的意见,广东省人民政府
        关于火星数据的办法,org:sxgov；org:sxgo"""
    put(tmp_path, write(tmp_path / "t.csv", rows))
    said = "SELECT subject, value FROM facts WHERE property = 'issued_by'"
    found = query(tmp_path, said)
    assert sorted(str(row[1]) for row in found) == ["org:gdgov", "org:sxgo", "org:sxgov"]
    assert len({row[0] for row in found}) == 2


def test_a_number_behind_a_title_is_said_of_the_document_and_is_no_part_of_its_name(
    tmp_path: Path,
) -> None:
    rows = """文件名称,文号
        《火星数据条例》（火人发[2024]1号）,
        关于印发《火星数据办法》的通知（火发〔2024〕2号）,
        火星数据意见(火发〔2024〕3号),火发〔2024〕3号"""
    put(tmp_path, write(tmp_path / "t.csv", rows))
    said = "SELECT value FROM facts WHERE property IN ('name', 'number')"
    assert {str(row[0]) for row in query(tmp_path, said)} == {
        *("火星数据条例", "火人发〔2024〕1号"),
        *("火星数据办法", "火发〔2024〕2号"),
        *("火星数据意见", "火发〔2024〕3号"),
    }


def test_new_documents_of_one_title_by_national_or_unknown_issuers_are_as_many_as_these() -> None:
    title = "火星数据安全管理办法"
    issuers = ("国家数据局", "工业和信息化部", "中国电信集团", "某某银行", "北京市经信局")
    wrapped = [who(f"{one}关于印发《{title}》的通知") for one in issuers]
    assert len({*wrapped, who(title)}) == len(issuers) + 1
    assert wrapped == [who(title, one) for one in issuers]
    assert who(f"国家数据局等17部门关于印发《{title}》的通知") == wrapped[0]
    assert who(title, "国家数据局", "财政部") == wrapped[0]
    assert who(f"某某厅关于印发《安徽省{title}》的通知") == who(f"安徽省{title}")
