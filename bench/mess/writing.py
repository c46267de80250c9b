"""How one name comes to be written: which of its names, in which words, in which forms."""

from random import Random

from bench.mess import known
from bench.mess.forms import FORMS
from bench.mess.known import Thing
from bench.mess.said import Said, chance
from bench.mess.titles import entitled
from bench.mess.wording import WORDINGS

_NEVER_ALONE = ("发改委", "网信办", "数据集团", "市政府办公室", "调查制度", "省政务办")
_BY_PLACE = ("省政务服务数据管理局", "省大数据局")
_TAME = ("traditional", "wrong way", "mixed", "pinyin with tones", "invisible", "brackets")
"""Forms that a name in a list may have and still be told from its neighbours."""

_NOTES = {"pinyin with tones", "pinyin without"}
"""Nobody writes both."""


def named(thing: Thing, place: str, random: Random) -> Said:
    """A known thing by one of its registered names, more often the official one."""
    names = [(text, kind) for text, kind in thing.names if _usable(thing, text, place)]
    text, kind = names[0] if chance(random, 0.55) else random.choice(names)
    forms = () if kind == "official" else (kind,)
    return Said(text, thing.id, thing.class_name, text, place, forms)


def worded(said: Said, random: Random, issuer: str = "", number: str = "") -> Said:
    """In another wording of the same name, in half of the cases where there is one."""
    if chance(random, 0.5) or said.plain.isascii():
        return said
    if said.class_name == "Policy":
        return entitled(said, issuer, number, random)
    fitting = {
        form: text
        for form, make in WORDINGS[said.class_name].items()
        if (text := make(said, random)) and _means(text, said.truth)
    }
    if not fitting:
        return said
    form = random.choice(sorted(fitting))
    return said.become(fitting[form], form)


def formed(said: Said, random: Random, tame: bool = False) -> Said:
    """In none, one, two or three forms of writing."""
    if said.plain.isascii():
        return said
    count = random.choices((0, 1, 2, 3), (35, 40, 20, 5))[0]
    weights = {
        name: weight
        for name, (form, weight) in FORMS.items()
        if (not tame or name in _TAME) and form(said.text, Random(0)) != said.text
    }
    chosen: set[str] = set()
    while len(chosen) < min(count, len(weights)):
        left = sorted(set(weights) - chosen)
        chosen |= set(random.choices(left, [weights[name] for name in left]))
        if chosen >= _NOTES:
            chosen -= {"pinyin without"}
            weights.pop("pinyin without")
    for name, (form, _) in FORMS.items():
        if name in chosen:
            said = said.become(form(said.text, random), name)
    return said


def _usable(thing: Thing, text: str, place: str) -> bool:
    rivals = [one for one in known.owners()[text] if _confused(one, thing.id)]
    if len(rivals) > 1 or text in _NEVER_ALONE:
        return False
    return bool(place) or text not in _BY_PLACE


def _confused(one: str, other: str) -> bool:
    """Of one class; a company may be taken for the exchange that it runs, not the other way."""
    kinds = one.partition(":")[0], other.partition(":")[0]
    return kinds[0] == kinds[1] or kinds == ("exchange", "org")


def _means(text: str, truth: str) -> bool:
    """Not a name that another also bears, as 省政务办."""
    owners = known.owners().get(text, frozenset())
    return len(owners) < 2 and text not in _NEVER_ALONE
