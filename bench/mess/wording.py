"""Other wordings of one name, as offices use them: each keeps whom the name means."""

import re
from collections.abc import Callable
from random import Random

from bench.mess import known
from bench.mess.said import Said

Wording = Callable[[Said, Random], str]

_SUFFIX = re.compile(r"(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$")
_CITY = re.compile(r"^[一-鿿]{2,4}市(?=.{2})")
_SHORTER = (
    ("人民代表大会常务委员会", ("人大常委会",)),
    ("发展和改革委员会", ("发展改革委", "发改委")),
    ("经济和信息化局", ("经信局",)),
    ("管理委员会", ("管委会",)),
    ("人民政府", ("政府",)),
)
_RIVALS = ("吉林", "海南")
"""Short names of provinces that are names of other places as well."""


def short_place(said: Said, random: Random) -> str:
    """江苏数据局 for 江苏省数据局, 苏州数据局 for 苏州市数据局."""
    full, short = _leading(said.text)
    if full and short not in _RIVALS and not said.text.startswith(f"{full}人"):
        return short + said.text[len(full) :]
    city = _CITY.match(said.text)
    if city and not full and not said.text[city.end() :].startswith(("人", "政", "委")):
        return said.text[: city.end() - 1] + said.text[city.end() :]
    return ""


def long_place(said: Said, random: Random) -> str:
    """北京市数据要素综合试验区 for 北京数据要素综合试验区."""
    for thing in known.of("Province"):
        short = known.short(thing.id)
        if said.text.startswith(short) and not said.text.startswith(thing.official):
            return thing.official + said.text[len(short) :]
    return ""


def relative(said: Said, random: Random) -> str:
    """省数据局 for 江苏省数据局, in a row that gives 江苏."""
    full, _ = _leading(said.text)
    suffix = _SUFFIX.search(full)
    if not suffix or not said.place or known.things()[said.place].official != full:
        return ""
    kind = "自治区" if suffix[1].endswith("自治区") else suffix[1]
    return kind + said.text[len(full) :]


def abbreviated(said: Said, random: Random) -> str:
    """发改委 for 发展和改革委员会, and the like."""
    for long, shorter in _SHORTER:
        if long in said.text and not said.text.startswith("国家"):
            return said.text.replace(long, random.choice(shorter))
    return ""


def without_party(said: Said, random: Random) -> str:
    """北京市委 for 中共北京市委."""
    return said.text[2:] if re.match("中共.+委", said.text) and "中央" not in said.text else ""


def province_before(said: Said, random: Random) -> str:
    """江苏省江阴市数据局 for 江阴市数据局."""
    full, _ = _leading(said.text)
    if full or not said.place or not _CITY.match(said.text):
        return ""
    return known.things()[said.place].official + said.text


def second_name(said: Said, random: Random) -> str:
    """上海数据交易所(上数所): with another registered name in brackets."""
    thing = known.things().get(said.truth)
    others = [
        text
        for text, kind in (thing.names if thing else ())
        if kind in ("short", "informal")
        and text != said.text
        and known.owners()[text] == {thing.id}  # type: ignore[union-attr]
    ]
    return f"{said.text}({random.choice(others)})" if others and "(" not in said.text else ""


def own_relative(said: Said, random: Random) -> str:
    """湖南省数据局(省数据局): with its name within its place in brackets."""
    inner = relative(said, random)
    return f"{said.text}({inner})" if inner and "(" not in said.text else ""


def former(said: Said, random: Random) -> str:
    """原河南省大数据管理局, of a body that another followed."""
    followed = {
        one for thing in known.things().values() for one in thing.links.get("predecessor_of", ())
    }
    return f"原{said.text}" if said.truth in followed else ""


def preparing(said: Said, random: Random) -> str:
    """深圳数据交易所(筹)."""
    return f"{said.text}(筹)" if said.text.endswith("所") and "(" not in said.text else ""


def hub(said: Said, random: Random) -> str:
    """Other names of a hub: 全国一体化算力网络贵州国家枢纽节点."""
    found = re.fullmatch("(.+)国家算力枢纽节点", said.text)
    forms = ("全国一体化算力网络{}国家枢纽节点", "{}国家枢纽节点", "{}枢纽节点", "{}算力枢纽节点")
    return random.choice(forms).format(found[1]) if found else ""


def cluster(said: Said, random: Random) -> str:
    """Other names of a cluster: 庆阳国家数据中心集群."""
    found = re.fullmatch("(.{2,5})数据中心集群", said.text)
    return (
        random.choice(("{}国家数据中心集群", "国家{}数据中心集群")).format(found[1])
        if found
        else ""
    )


def moved_place(said: Said, random: Random) -> str:
    """贵州国家大数据综合试验区 for 国家大数据(贵州)综合试验区, and the other way."""
    if found := re.fullmatch(r"国家大数据\((.+)\)综合试验区", said.text):
        return f"{found[1]}国家大数据综合试验区"
    if found := re.fullmatch("(.{2,3})国家大数据综合试验区", said.text):
        return f"国家大数据({found[1]})综合试验区"
    if found := re.fullmatch(r"中国数谷\((.+)\)", said.text):
        return random.choice(("{}中国数谷", "中国数谷·{}", "中国数谷-{}")).format(found[1])
    return ""


def _leading(text: str) -> tuple[str, str]:
    """The province whose full name a text begins with: full and short name."""
    for thing in known.of("Province"):
        if text.startswith(thing.official) and len(text) > len(thing.official):
            return thing.official, known.short(thing.id)
    return "", ""


_BODY: dict[str, Wording] = {
    "short place": short_place, "relative": relative, "abbreviated": abbreviated,
    "without 中共": without_party, "province before": province_before,
    "second name": second_name, "relative behind": own_relative, "原": former,
}  # fmt: skip
WORDINGS: dict[str, dict[str, Wording]] = {
    "Agency": _BODY,
    "Organisation": {name: one for name, one in _BODY.items() if name != "relative behind"},
    "Exchange": {
        "short place": short_place, "relative": relative, "long place": long_place,
        "second name": second_name, "筹": preparing,
    },
    "ComputeProject": {"hub": hub, "cluster": cluster, "second name": second_name},
    "Zone": {"moved place": moved_place, "long place": long_place, "second name": second_name},
    "Province": {},
}  # fmt: skip
"""By class, by name. Titles have their own."""
