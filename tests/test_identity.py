"""Which entity a name means: register and rules decide, and what they can't decide waits."""

import csv
from hashlib import sha256
from pathlib import Path

import pytest

from kg import domain
from kg.identity import Identifier
from kg.register import Register
from kg.statement import Name
from kg.when import When
from tests.stores import FACTS, MESSY, put, query, write

REGISTER = Register.read([domain.sources() / "register"])
IDENTIFIER = Identifier(REGISTER, domain.model(), domain.naming())
NAMES = "name,entity,kind,lang,from,to,source"


def found(text: str, classes: str = "Agency", place: str = "", day: str = "") -> str:
    """The key of a name as a record gives it, and `?` with the candidates where it is open."""
    name = Name(text, tuple(classes.split()), place, When.parse(day) if day else None)
    one = IDENTIFIER.find(name)
    return f"? {' '.join(one.candidates)}".strip() if one.rule == "undecided" else one.key


@pytest.mark.parametrize(
    ("text", "classes", "key"),
    [
        ("广东省政务服务数据管理局", "Agency", "agency:gd_old"),
        ("广东省政务服务和数据管理局", "Agency", "agency:gd"),
        ("江苏省数据局", "Agency", "agency:js"),
        ("江苏省数据局(江苏省政务服务管理办公室)", "Agency", "agency:js"),
        ("江苏省数据局（江苏省政务服务管理办公室）", "Agency", "agency:js"),
        ("浙江省数据局", "Agency", "agency:zj"),
        ("國(guó)家數(shù)據(jù)局", "Agency", "agency:nda"),
        ("数据二十条", "Policy", "policy:p20"),
        ("“数据二十条”", "Policy", "policy:p20"),
        ("数据20条", "Policy", "policy:p20"),
        ("“数据要素×”三年行动计划(2024—2026年)", "Policy", "policy:x3"),
        ("“数据要素×”三年行动计划(2024—2026年)(征求意见稿)", "Policy", "policy:x3d"),
        ("上海数据交易中心", "Exchange", "exchange:shdtc"),
        ("上海数据交易所", "Exchange", "exchange:sde"),
        ("华东江苏大数据交易中心", "Exchange", "exchange:hdjs"),
        ("江苏数据交易所", "Exchange", "exchange:jsdex"),
        ("杭数所", "Exchange", "exchange:hzde"),
        ("遼甯省", "Area", "province:21"),
        ("陜西", "Area", "province:61"),
        ("京", "Area", "province:11"),
        (" 北京 市", "Area", "province:11"),
        ("宁夏自治区", "Area", "province:64"),
        ("江苏省苏州市", "Area", "area:3205"),
        ("江苏苏州", "Area", "area:3205"),
        ("恩施州", "Area", "area:4228"),
        ("吉林", "Area", "province:22"),
    ],
)
def test_a_registered_name_means_its_entity(text: str, classes: str, key: str) -> None:
    assert found(text, classes) == key


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        # one character, one word or one year away from a registered name
        ("地方版“数据二十条”", "Policy"),
        ("陕西省政务大数据局", "Agency"),
        ("广东省政务服务与数据管理局", "Agency"),
        ("“数据要素×”三年行动计划(2024—2027年)", "Policy"),
    ],
)
def test_likeness_decides_nothing(text: str, classes: str) -> None:
    key = found(text, classes)
    prefix = {"Policy": "policy", "Agency": "agency"}[classes]
    assert key.startswith(f"{prefix}:") and not REGISTER.knows(key)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        ("2018", "agency:js_old"),
        ("2024-06", "agency:js"),
        ("", "? agency:js agency:js_old"),
    ],
)
def test_a_name_that_two_bore_is_decided_by_the_day_of_the_record(day: str, key: str) -> None:
    assert found("江苏省政务服务管理办公室", day=day) == key


@pytest.mark.parametrize(
    ("text", "classes", "place", "key"),
    [
        ("省大数据局", "Agency", "province:41", "agency:ha_old"),
        ("省大数据局", "Agency", "province:32", "? agency:js agency:js_dc"),
        ("省大数据局", "Agency", "", "?"),
        ("省数据局", "Agency", "province:43", "agency:hn"),
        ("省数据局", "Agency", "province:32", "agency:js"),
        ("省数据局", "Agency", "", "?"),
        ("省政务服务数据管理局", "Agency", "province:44", "agency:gd_old"),
        ("省政务服务数据管理局", "Agency", "", "?"),
        ("数据集团", "Organisation", "", "?"),
        ("数据集团", "Organisation", "province:41", "?"),
        ("发改委", "Organisation", "", "?"),
        ("市政府办公室", "Organisation", "", "?"),
        ("湖南省數據局 (省数据局)", "Agency", "province:43", "agency:hn"),
        ("湖南省數據局 (省数据局)", "Agency", "", "agency:hn"),
        ("省政府办公厅(省数据局)", "Organisation", "province:62", "? agency:gs org:gsgo"),
        ("省政府办公厅(省数据局)", "Agency", "province:62", "? agency:gs"),
        ("省数据局", "Agency", "area:3205", "agency:js"),
        ("市数据局", "Agency", "area:320281", "agency:jiangyin"),
        ("市数据局", "Agency", "province:32", "?"),
        ("市政府办公室", "Organisation", "area:3205", "org:szo"),
        ("市政府办公室", "Organisation", "area:3301", "? org:hzgo"),
        ("省政府办公厅", "Organisation", "province:62", "org:gsgo"),
        ("中国数谷", "Zone", "area:3301", "zone:hzsg"),
        ("中国数谷", "Zone", "area:3302", "? zone:gysg zone:hzsg"),
        ("中国数谷", "Zone", "", "? zone:gysg zone:hzsg"),
        ("中国数谷", "Zone", "province:33", "zone:hzsg"),
        ("中国数谷", "Zone", "province:52", "zone:gysg"),
        ("中国数谷", "Zone", "province:11", "? zone:gysg zone:hzsg"),
    ],
)
def test_a_name_that_depends_on_its_place_is_decided_by_it_or_waits(
    text: str, classes: str, place: str, key: str
) -> None:
    assert found(text, classes, place) == key


@pytest.mark.parametrize("text", ["浙江省苏州市", "朝阳", "中山", "恩施"])
def test_an_area_of_a_name_that_several_bear_waits(text: str) -> None:
    assert found(text, "Area") == "?"


def test_a_city_where_a_province_is_wanted_waits_with_that_of_the_city() -> None:
    assert found("苏州市", "Province") == "? province:32"


@pytest.mark.parametrize("text", ["火星省", "湖南西省", "北京区"])
def test_an_area_that_the_register_lacks_is_never_made(text: str) -> None:
    assert found(text, "Area") == found(text, "Province") == "?"


def test_a_body_is_not_its_own_predecessor(tmp_path: Path) -> None:
    rows = "机构名称,地区,揭牌日期,前身\n江苏省数据局,江苏,2024-01-05,江苏省政务服务管理办公室"
    put(tmp_path, write(tmp_path / "t.csv", rows))
    assert query(
        tmp_path,
        "SELECT subject_key, value_key FROM records WHERE property = 'predecessor'",
    ) == [("agency:js", "agency:js_old")]


def test_a_minted_id_is_made_of_class_name_and_place_alone() -> None:
    parts = "\x1f".join(("Agency", "火星数据局", "province:43"))
    digest = sha256(parts.encode()).hexdigest()[:6]
    assert found("火星数据局", place="province:43") == f"agency:huoxingshujuju-{digest}"
    assert found("火星數據局", place="province:43") == f"agency:huoxingshujuju-{digest}"
    assert found("火星数据局", place="province:32") != found("火星数据局", place="province:43")
    assert found("湖南火星数据局") == found("湖南火星数据局", place="province:43")


def test_a_minted_id_does_not_look_at_what_is_loaded(tmp_path: Path) -> None:
    table = "机构名称,地区,揭牌日期\n火星数据局,湖南,2024-01-05"
    wanted = "SELECT subject_key FROM records WHERE original = '2024-01-05' AND document = 't.csv'"
    put(tmp_path / "a", write(tmp_path / "a" / "t.csv", table))
    put(tmp_path / "b", FACTS, MESSY)
    put(tmp_path / "b", write(tmp_path / "b" / "u.csv", table.replace("火星", "大火星")))
    put(tmp_path / "b", write(tmp_path / "b" / "t.csv", table))
    key = found("火星数据局", place="province:43")
    assert query(tmp_path / "a", wanted) == query(tmp_path / "b", wanted) == [(key,)]


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("北京算力中心、数据训练基地、国家区块链枢纽节点", {"project:bjsc"}),
        ("京津冀国家算力枢纽节点；长三角国家算力枢纽节点", {"project:hjjj", "project:hcsj"}),
    ],
)
def test_a_list_is_split_unless_the_whole_is_a_name(
    tmp_path: Path, cell: str, keys: set[str]
) -> None:
    from kg.check import Checker
    from kg.reading import Reading
    from kg.statement import Claim, Origin, Statement
    from loaders.cells import split

    checker = Checker(domain.model(), domain.codes())
    reading = Reading("d", "test", "1", REGISTER, checker, IDENTIFIER)
    value = Name(cell, parts=split(cell))
    claim = Claim("ComputeProject", "project:x", "part_of", value, "row 2", "所属", Origin())
    said = [one for one in reading.read([claim]) if isinstance(one, Statement)]
    assert {one.value_key for one in said} == keys


def test_what_is_not_decided_waits_with_its_statements_until_a_judgement(tmp_path: Path) -> None:
    rows = "policy_id,title\npolicy:x,某办法"
    pair = "主体,关系,客体,时间,来源\n某办法,issued_by,发改委,,http://a.example/"
    report = put(tmp_path, write(tmp_path / "p.csv", rows), write(tmp_path / "r.csv", pair))
    (review,) = report.reviews
    assert str(review) == (
        "r.csv, row 2, 客体: not decided who '发改委' is: nothing the register knows; "
        "it means one only with a place, and the record gives none that fits "
        f"(kg review same {review.review.removeprefix('review:')} ENTITY settles it)"
    )
    kept = "SELECT value_key FROM records WHERE property = 'issued_by'"
    wanted = "SELECT value FROM facts WHERE property = 'issued_by'"
    assert (query(tmp_path, kept), query(tmp_path, wanted)) == ([(review.review,)], [])
    judged = f"id,verdict,a,b,by,when,why\n,same,{review.review},org:ndrc,,,"
    write(tmp_path / ".kg" / "judgements.csv", judged)
    put(tmp_path, tmp_path / "r.csv")
    assert query(tmp_path, kept) == [(review.review,)]
    assert query(tmp_path, wanted) == [("org:ndrc",)]


def test_an_official_name_is_the_name_and_any_other_an_alias(tmp_path: Path) -> None:
    rows = "机构名称,地区\n江苏省数据局（江苏省政务服务管理办公室）,江苏\n江蘇省數據局,江苏"
    put(tmp_path, write(tmp_path / "t.csv", rows))
    said = query(
        tmp_path,
        """SELECT property, value_key, subject_name FROM records
        WHERE subject_key = 'agency:js' AND property IN ('name', 'alias') ORDER BY 1""",
    )
    assert said == [
        (
            "alias",
            "江苏省数据局(江苏省政务服务管理办公室)",
            "江苏省数据局（江苏省政务服务管理办公室）",
        ),
        ("name", "江苏省数据局", "江蘇省數據局"),
    ]


def test_a_link_means_the_document_that_its_own_table_lists(tmp_path: Path) -> None:
    rows = (
        "文件名称,适用地区,上位文件",
        "数据要素流通若干规定,湖北,",
        "数据要素流通实施细则,湖北省,《数据要素流通若干规定》、《公共数据若干规定》",
        "公共数据若干规定,湖北,",
        "公共数据若干规定,湖南,",
    )
    put(tmp_path, write(tmp_path / "t.csv", "\n".join(rows)))
    listed = "SELECT subject_key FROM records WHERE property = 'applies_to'"
    linked = f"""SELECT DISTINCT value_key IN ({listed}) FROM records
        WHERE property = 'implements' AND value_key LIKE 'policy:{{}}%'"""
    assert query(tmp_path, linked.format("shujuyaosuliutong")) == [(True,)]
    # two of that title are listed, and nothing says which is meant
    assert query(tmp_path, linked.format("gonggongshuju")) == [(False,)]


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("1、江苏省数据局", "agency:js"),
        ("①江苏省数据局", "agency:js"),
        ("（3）江苏省数据局*", "agency:js"),
        ("江苏省数据局（牵头）", "agency:js"),
        ("江苏省数据局[2]", "agency:js"),
        ("江苏省数据局（注1）", "agency:js"),
    ],
)
def test_marks_about_a_name_are_no_part_of_it(tmp_path: Path, cell: str, key: str) -> None:
    from loaders.cells import named

    one = named(cell, ("Agency",))
    assert isinstance(one, Name) and IDENTIFIER.find(one).key == key


def test_who_issued_a_document_is_as_the_facts_state_it() -> None:
    def pairs(path: Path, *columns: str) -> set[tuple[str, ...]]:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {
            tuple(row[one] for one in columns)
            for row in rows
            if row.get("confidence", "stated") == "stated"
        }

    facts = pairs(FACTS / "rel_issued_by.csv", "subject_id", "object_id")
    known = pairs(domain.sources() / "register" / "issuers.csv", "policy", "issuer")
    assert known == facts


def test_areas_lie_in_known_areas_and_share_no_name_with_a_province() -> None:
    within = REGISTER.within
    provinces = {one.name for one in REGISTER.all_names() if one.entity.startswith("province:")}
    names = [one for one in REGISTER.all_names() if one.entity in within]
    assert all(REGISTER.knows(one) for one in (*within, *within.values()))
    assert len(names) == len({one.name for one in names}) > 900
    assert not provinces & {one.name for one in names}


def test_what_is_new_is_called_by_its_full_name_and_title(tmp_path: Path) -> None:
    rows = (
        "文件名称,发文机关,适用地区",
        "广东省某某厅、广东省教育厅关于印发《广东省火星数据办法》的通知,省教育厅,广东",
        "关于印发广东省火星数据办法的通知,1、广东省教育厅（牵头）；2、市发展改革委,深圳市",
        "《广东省火星数据办法》,教育部等3部门,广东省",
    )
    report = put(tmp_path, write(tmp_path / "t.csv", "\n".join(rows)))
    assert report.problems == []
    named = "SELECT DISTINCT class, value FROM facts JOIN (VALUES ('policy', 'Policy'), "
    named += "('org', 'Organisation')) k (prefix, class) ON subject LIKE prefix || ':%'"
    assert sorted(query(tmp_path, f"{named} WHERE property = 'name'")) == [
        ("Organisation", "广东省教育厅"),
        ("Organisation", "教育部"),
        ("Organisation", "深圳市发展和改革委员会"),
        ("Policy", "广东省火星数据办法"),
    ]


def test_a_new_body_has_one_name_and_its_other_spellings_are_aliases(tmp_path: Path) -> None:
    rows = "机构名称,地区\n云南数据局,云南\n云南省数据局,云南\n省数据局,云南"
    put(tmp_path, write(tmp_path / "t.csv", rows))
    said = "SELECT property, value, status FROM facts WHERE property IN ('name', 'alias')"
    assert sorted(query(tmp_path, said)) == [
        ("alias", "云南数据局", "accepted"),
        ("alias", "省数据局", "accepted"),
        ("name", "云南省数据局", "accepted"),
    ]
