"""Names by their parts: what is one body in any wording, and what never is."""

import sys
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.statement import Name
from kg.text import fold
from tests.who import IDENTIFIER, REGISTER, RULES, who

AREAS = IDENTIFIER.known.areas
FORMS = {form.name: form for form in RULES.form}
BODY = FORMS["body"]


@pytest.mark.parametrize(
    ("text", "classes", "key"),
    [
        # the place in any of its forms
        ("江苏数据局", "Agency", "agency:js"),
        ("西藏数据管理局", "Agency", "agency:xz"),
        ("江苏省江阴市数据局", "Agency", "agency:jiangyin"),
        ("江苏省苏州市人民政府办公室", "Organisation", "org:szo"),
        ("苏州市政府办公室", "Organisation", "org:szo"),
        ("宁夏政府办公厅", "Organisation", "org:nxgo"),
        ("深圳市数据交易有限公司", "Organisation", "org:szdt"),
        ("安徽数据交易所", "Exchange", "exchange:ahdex"),
        ("浙江省大数据交易中心", "Exchange", "exchange:zjdex"),
        # true synonyms
        ("湖北省发展改革委", "Organisation", "org:hbdrc"),
        ("湖北省发展和改革委", "Organisation", "org:hbdrc"),
        ("北京市委", "Organisation", "org:bjcpc"),
        ("中共北京市委员会办公厅", "Organisation", "org:bjcpcgo"),
        ("北京经信局", "Organisation", "org:bjeit"),
        ("中华人民共和国科学技术部", "Organisation", "org:most"),
        # a bracket that says the same, or how it was called
        ("江苏省数据局(省政务办)", "Agency", "agency:js"),
        ("江苏省数据局（原江苏省政务服务管理办公室）", "Agency", "agency:js"),
        ("江苏省数据局(以下简称省局)", "Agency", "agency:js"),
        ("江苏省数据局(政务服务管理办公室)", "Agency", "agency:js"),
        ("广东省政务服务数据管理局(旧称)", "Agency", "agency:gd_old"),
        ("原江苏省政务服务管理办公室", "Agency", "agency:js_old"),
        ("国家发展和改革委员会(发改委)", "Organisation", "org:ndrc"),
        ("江苏省数据局〔江苏省政务服务管理办公室〕", "Agency", "agency:js"),
        ("深圳数据交易所(筹)", "Exchange", "exchange:szde"),
        # brackets and quotation marks of any kind
        ("湖南省数据局【省数据局】", "Agency", "agency:hn"),
        ("国家数据局〈国家局〉", "Agency", "agency:nda"),
        ("〝浙江省数据局〞", "Agency", "agency:zj"),
        ("＂江苏省数据局＂", "Agency", "agency:js"),
        ("湖南省数[shù]据[jù]局", "Agency", "agency:hn"),
        # the place said twice, or as short as it goes
        ("江阴数据局", "Agency", "agency:jiangyin"),
        ("广东省深圳市福田新一代产业投资服务有限公司", "Organisation", "org:szft"),
        # brackets left out
        ("广州数据交易所喀什服务基地", "Exchange", "exchange:gzks"),
        # hubs, clusters, zones
        ("全国一体化算力网络京津冀国家枢纽节点", "ComputeProject", "project:hjjj"),
        ("全国一体化算力网络国家枢纽节点(贵州)", "ComputeProject", "project:hgz"),
        ("甘肃庆阳数据中心集群", "ComputeProject", "project:cqy"),
        ("四川天府集群", "ComputeProject", "project:ctf"),
        ("国家庆阳数据中心集群", "ComputeProject", "project:cqy"),
        ("贵阳中国数谷", "Zone", "zone:gysg"),
        ("中国数谷·贵阳", "Zone", "zone:gysg"),
        ("中国数谷-杭州", "Zone", "zone:hzsg"),
        ("上海“２＋Ｘ”数据要素产业集聚区", "Zone", "zone:sh2x"),
        ("国家大数据综合试验区(贵州)", "Zone", "zone:gzdsj"),
        ("杭州“中国数谷”", "Zone", "zone:hzsg"),
        ("北京市数据要素综合试验区", "Zone", "zone:bjzh"),
    ],
)
def test_two_names_mean_one_thing_where_every_part_agrees(
    text: str, classes: str, key: str
) -> None:
    assert who(text, classes) == key


def test_a_committee_of_the_party_is_none_of_the_government() -> None:
    assert who("湖北省发改党委") != "org:hbdrc" != who("中共湖北省发展和改革委员会")
    assert who("上海市经济信息化党委") != who("上海市经济信息化委")
    assert who("中共国家数据局", "Agency") != "agency:nda"
    assert who("北京市党委") == who("中国共产党北京市委员会") == who("北京市委") == "org:bjcpc"
    assert who("北京党委办公厅") == "org:bjcpcgo"
    assert who("内蒙古自治区党委") == who("中共内蒙古自治区委员会")


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("江苏省数据管理局", "Agency"),
        ("江苏省大数据局", "Agency"),
        ("广东省政务服务与数据管理局", "Agency"),
        ("河北省数据与政务服务局", "Agency"),
        ("福建省大数据管理局", "Agency"),
        ("浙江省江阴市数据局", "Agency"),
        ("吉林数据局", "Agency"),
        ("江苏省数据局(南京)", "Agency"),
        ("原平数据局", "Agency"),
        ("数据(集团)", "Organisation"),
        ("海南州人民政府", "Organisation"),
        ("北京市人民政府办公室", "Organisation"),
        ("上海数据交易平台", "Exchange"),
        ("江苏大数据交易所", "Exchange"),
        ("武汉大数据交易中心", "Exchange"),
        ("广东贵安集群", "ComputeProject"),
        ("张家口数据中心集群起步区", "ComputeProject"),
        ("贵州数据要素综合试验区", "Zone"),
        ("湖南数据要素综合试验区", "Zone"),
    ],
)
def test_what_differs_in_one_part_is_no_registered_thing(text: str, classes: str) -> None:
    one = IDENTIFIER.find(Name(text, (classes,)))
    assert one.rule == "new"


def test_what_a_bracket_repeats_or_remarks_makes_no_other_new_thing() -> None:
    bare = who("北京市政务服务管理局", "Agency", "province:11")
    assert bare == who("北京市政务服务管理局(市政务服务管理局)", "Agency", "province:11")
    bare = who("云南大数据交易所", "Exchange", "province:53")
    assert bare == who("云南大数据交易所（筹）", "Exchange", "province:53")
    assert IDENTIFIER.find(Name("云南大数据交易所（筹）", ("Exchange",))).text == "云南大数据交易所"


def test_a_city_is_one_with_and_without_the_province_around_it() -> None:
    name = "深圳市星火燎原合伙企业"
    assert who(name, place="province:44") == who(f"广东省{name}", place="province:44")
    assert who(f"湖南省{name}") != who(name)


def test_a_government_is_not_in_doubt_for_its_offices() -> None:
    assert who("省人民政府", place="province:62") == who("甘肃省人民政府")
    assert who("市政府办公室", place="area:3301") == "? org:hzgo"


def test_a_place_that_may_be_two_is_none_of_them() -> None:
    names = ("吉林数据局", "吉林省数据局", "吉林市数据局", "吉林省吉林市数据局")
    bare, province, city, chain = (who(one, "Agency") for one in names)
    assert len({bare, province, city}) == 3 and chain == city


def test_a_bracket_that_is_only_like_the_body_decides_nothing() -> None:
    assert who("浙江省数据局(省信访局)", "Agency") == "? agency:zj"
    assert who("湖南省数据局(省大数据局)", "Agency") == "? agency:hn"
    assert who("湖南省数据局(省数据局)", "Agency") == "agency:hn"


def test_a_bracket_that_names_another_body_decides_nothing() -> None:
    assert who("江苏省数据局(浙江省数据局)", "Agency") == "? agency:js agency:zj"


@pytest.mark.parametrize("inner", ["已更名", "旧称", "江苏省数据局"])
def test_a_bracket_does_not_make_a_new_thing_of_a_name_that_several_bear(inner: str) -> None:
    assert who(f"江苏省政务服务管理办公室({inner})", "Agency") == "? agency:js agency:js_old"
    assert who("中国数谷(筹)", "Zone") == "? zone:gysg zone:hzsg"
    assert who("中国数谷(筹)", "Zone", "area:3301") == "zone:hzsg"


def test_a_name_without_its_place_means_what_the_full_name_means() -> None:
    assert who("市数据局", "Agency", "area:3202") == who("无锡市数据局", "Agency")
    assert who("市数据局", "Agency", "province:31") == who("上海市数据局", "Agency")
    assert who("市场监管局", "Organisation", "area:3202") != who("无锡市市场监管局")


PLACES = st.sampled_from(sorted(one for one in AREAS.names_by_area if len(AREAS.names(one)) > 1))
WORDS = st.lists(st.sampled_from(BODY.words), min_size=1, max_size=3)
KINDS = st.sampled_from(BODY.kinds)
MADE = st.tuples(PLACES, WORDS, KINDS)


@given(MADE, st.data())
def test_a_made_name_is_read_into_its_parts_in_every_spelling(
    made: tuple[str, list[str], str], data: st.DataObject
) -> None:
    place, words, kind = made
    spelled = [data.draw(st.sampled_from([one, *BODY.same.get(one, ())])) for one in (*words, kind)]
    start = data.draw(
        st.sampled_from([one for one in AREAS.names(place) if one not in RULES.unsure])
    )
    full = IDENTIFIER.known.parse(
        fold(AREAS.official(place) + "".join((*words, kind))), ("Agency",)
    )
    parsed = IDENTIFIER.known.parse(fold(start + "".join(spelled)), ("Agency",))
    # 政务服务 + 中心 is 政务 + 服务中心: where words run together others may be read
    assume(full is not None and parsed is not None)
    assert full and parsed
    assert parsed.place == full.place == place
    if "".join(full.words) == "".join((*words, kind)):
        assert IDENTIFIER.known.parse(parsed.text, ("Agency",)) == parsed


@given(MADE)
def test_a_normal_form_is_its_own_normal_form(made: tuple[str, list[str], str]) -> None:
    place, words, kind = made
    text = fold(AREAS.official(place) + "".join(words) + kind)
    assume(parsed := IDENTIFIER.known.parse(text, ("Agency",)))
    assert parsed and IDENTIFIER.known.parse(parsed.text, ("Agency",)) == parsed


@given(MADE, MADE)
def test_names_of_different_places_or_functions_are_never_one(
    one: tuple[str, list[str], str], other: tuple[str, list[str], str]
) -> None:
    means = {spelled: means for means, some in BODY.same.items() for spelled in some}

    def said(made: tuple[str, list[str], str]) -> tuple[str, str]:
        return made[0], "".join(means.get(word, word) for word in (*made[1], made[2]))

    def key(made: tuple[str, list[str], str]) -> str:
        return who(AREAS.official(made[0]) + "".join((*made[1], made[2])), "Agency")

    assert (key(one) == key(other)) == (said(one) == said(other))


def test_no_spelling_has_two_meanings() -> None:
    for form in RULES.form:
        means = {one: [one] for one in (*form.words, *form.kinds)}
        for word, others in form.same.items():
            for other in others:
                means.setdefault(other, []).append(word)
        assert {one: some for one, some in means.items() if len(some) > 1} == {}
        assert set(form.same) <= {*form.words, *form.kinds}
        assert set(form.alone) <= set(form.kinds)


def test_registered_names_of_two_entities_share_parts_only_where_they_share_a_name() -> None:
    """No rule joins what the register keeps apart: the names of one normal form are one's own."""
    shared = IDENTIFIER.known.shared()
    assert [sorted(one) for one in shared] == [["agency:js", "agency:js_old"]]


def test_one_character_neighbours_of_the_register_stay_apart() -> None:
    names = [one.name for one in REGISTER.all_names() if one.entity.startswith("agency:")]
    near = [
        (one, other)
        for one, other in combinations(sorted(set(names)), 2)
        if abs(len(one) - len(other)) <= 1 and _differ_by_one(one, other)
    ]
    assert ("广东省政务服务和数据管理局", "广东省政务服务数据管理局") in near
    for one, other in near:
        parsed = [IDENTIFIER.known.parse(fold(name), ("Agency",)) for name in (one, other)]
        assert parsed[0] is None or parsed[0] != parsed[1]


def _differ_by_one(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def test_a_long_name_takes_time_in_proportion_to_its_length() -> None:
    def steps(times: int) -> int:
        text, called = "江苏省" + "数据管理" * times + "馆", Counter[str]()
        sys.setprofile(lambda frame, event, what: called.update([event]))
        try:
            IDENTIFIER.known.parse(text, ("Agency",))
        finally:
            sys.setprofile(None)
        return called.total()

    assert steps(100) > 100
    assert steps(2000) < 21 * steps(100)
