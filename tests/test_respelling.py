"""Names that are only written otherwise: out of pages, files, lists; with more beside them."""

import pytest

from kg.statement import Name
from kg.text import clean
from loaders.wording import unmarked
from tests.who import IDENTIFIER, who


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("&nbsp;国家数据局&nbsp;", "国家数据局"),
        ("&#22269;&#23478;数据局", "国家数据局"),
        ('<a href="/jys/gzde">广州数据交易所</a>', "广州数据交易所"),
        ("商务部<br/>", "商务部"),
        ("⽂化和旅游部", "文化和旅游部"),
        ("囯务院", "国务院"),
        ("a<b>0 且 c<d", "a0 且 c<d"),
        ("增速<5%，AT&T;", "增速<5%，AT&T;"),
        ("数据要素✖\ufe0f", "数据要素✖"),
    ],
)
def test_markup_and_radicals_are_read_as_what_they_stand_for(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("★深圳数据交易所★", "深圳数据交易所"),
        ("【湖南省数据局】", "湖南省数据局"),
        ("Ⅳ.天府数据中心集群", "天府数据中心集群"),
        ("No.3 北方大数据交易中心", "北方大数据交易中心"),
        ("附件1:北京市实施方案", "北京市实施方案"),
        ("附件2 湖北省实施方案", "湖北省实施方案"),
        ("上海市数据条例.docx", "上海市数据条例"),
        ("[PDF]数字中国建设整体布局规划", "数字中国建设整体布局规划"),
        ("机构名称：温州数据交易中心", "温州数据交易中心"),
        # no marks
        ("数据要素*", "数据要素*"),
        ("附属中心", "附属中心"),
        ("“2+X”数据要素产业集聚区", "“2+X”数据要素产业集聚区"),
        ("Node.js", "Node.js"),
    ],
)
def test_what_stands_about_a_name_in_lists_and_files_is_left_out(text: str, bare: str) -> None:
    assert unmarked(text) == bare


@pytest.mark.parametrize(
    ("text", "classes", "key"),
    [
        ("中华人民共和国国家发展和改革委员会", "Organisation", "org:ndrc"),
        ("中国国家数据局", "Agency", "agency:nda"),
        ("中国香港", "Province", "province:81"),
        ("国家数据局 National Data Administration (NDA)", "Agency", "agency:nda"),
        ("上海·数据交易所", "Exchange", "exchange:sde"),
        ("张家口_数据中心集群", "ComputeProject", "project:czjk"),
        ("广东省深圳市福田新一代产业投资服务有限公司", "Organisation", "org:szft"),
        ("北京国际大数据交易所/北数所", "Exchange", "exchange:bjidex"),
        ("兵团/新疆生产建设兵团", "Province", "province:XPCC"),
        ("国家数据局(由国家发展改革委管理)", "Agency", "agency:nda"),
        ("福建省数据管理局(2024年初组建)", "Agency", "agency:fj"),
        ("原浙江省大数据发展管理局(已不再保留)", "Agency", "agency:zj_old"),
        # more than one name
        ("国家发展改革委、工业和信息化部", "Organisation", "? org:miit org:ndrc"),
        ("国家数据局-政策规划司", "Agency", "? agency:nda"),
        ("深圳数据交易所——2022年11月15日揭牌", "Exchange", "? exchange:szde"),
    ],
)
def test_a_registered_name_is_known_with_more_beside_it_or_waits(
    text: str, classes: str, key: str
) -> None:
    assert who(text, classes) == key


def test_a_place_in_brackets_is_the_place_of_a_name_that_many_bear() -> None:
    assert who("国家大数据综合试验区(贵州)", "Zone") == "zone:gzdsj"
    assert who("国家大数据(内蒙古)综合试验区", "Zone") == "zone:nmdsj"
    assert who("国家大数据综合试验区", "Zone") == "?"
    assert who("国家大数据综合试验区", "Zone", "province:52") == "zone:gzdsj"


def test_a_place_behind_a_dash_makes_no_second_name() -> None:
    assert who("中国数谷-杭州", "Zone", "province:33") == "zone:hzsg"


def test_a_body_whose_place_waits_is_none_of_another_place() -> None:
    unknown = (Name("湖湘", ("Province",)), Name("八闽大地", ("Province",)))
    names = [Name("政务服务与数据管理局", ("Agency",), place) for place in unknown]
    assert len({IDENTIFIER.find(one).key for one in names}) == 2


def test_a_name_that_many_bear_waits_without_its_place() -> None:
    assert who("数据交易所", "Exchange") == "?"
    assert who("国家算力枢纽节点", "ComputeProject") == "?"
    assert who("国家算力枢纽节点", "ComputeProject", "province:52") == "project:hgz"
