"""Which entity a name means: by the register and by rules, never by likeness, never by guessing.

A name is decided by the classes it may be of, the place and the day of its record: as the register
writes it, then by its parts (`naming`). What stays open gets a key of its own (`review:…`), so that
its statements are kept and one judgement settles them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.known import SEVERAL, Identified, Known, unbracketed
from kg.minting import NO_PLACE, REVIEW, NewIds, undecided
from kg.naming import Parsed, Rules
from kg.register import Register
from kg.registered import Named
from kg.respelling import barer, placed_otherwise
from kg.statement import Name, digest
from kg.terms import Model
from kg.text import clean, fold, slug
from kg.titled import Titled
from kg.titles import unquoted

__all__ = ["REVIEW", "Identified", "Identifier", "longest_names"]

_BRACKETED = re.compile(r"(.+?)\(([^()]+)\)")
_LAST_BRACKET = re.compile(r" ?[(（\[［〔【﹙〈][^()（）]*[)）\]］〕】﹚〉]$")
_SURE = ("register", "parsed", "place")
NOT_THERE = "no such body is registered at the place of the record"
TWO_PARTS = "the name and its bracket do not surely mean the same"
MORE = "more stands there than one name"
NO_AREA = "the register has no such area of that kind"


def longest_names(parts: Sequence[str], known: Callable[[str], bool]) -> Iterator[str]:
    """The names in a list joined by 、, where a name may itself contain 、.

    At each place the longest run of parts that is a known name, else the part alone.

    >>> list(longest_names(["甲", "乙", "丙"], {"甲、乙"}.__contains__))
    ['甲、乙', '丙']
    """
    at = 0
    while at < len(parts):
        ends = range(len(parts), at + 1, -1)
        end = next((end for end in ends if known("、".join(parts[at:end]))), at + 1)
        yield "、".join(parts[at:end])
        at = end


class Identifier:
    """Names to keys, by one register, one model and one set of rules."""

    def __init__(self, register: Register, model: Model, rules: Rules) -> None:
        self._register = register
        self._model = model
        self._rules = rules
        self.known = Known(register, model, rules)
        self._areas = self.known.areas
        self._new_ids = NewIds(model, self._areas)
        self._titled = Titled(self.known, rules.title, self._new_ids)
        self.find = lru_cache(maxsize=16384)(self._find)

    def _find(self, name: Name) -> Identified:
        if name.of:
            return self._owned(name)
        homes = self.known.homes(name.by)
        place = next(iter(homes)) if len(homes) == 1 else ""
        if not place:
            place = name.place if isinstance(name.place, str) else self.find(name.place).key
        name = name._replace(place=place, besides=self._key(name.besides))
        folded, made = fold(name.text), self._model.classes[name.classes[0]]
        found = self._registered(folded, name)
        match = None if found else _BRACKETED.fullmatch(folded)
        if match and not self.known.parse(folded, name.classes):
            found = self._bracketed(match.group(1), match.group(2), name)
        if found is None and not self.known.is_title(name.classes):
            found = self._respelled(folded, name) or self._joined(folded, name)
        if found is None and self._relative(folded) and made.properties["name"].required:
            found = self._placed(folded, name)
        if found is None and made.complete:
            found = self._area(folded, name)
        return found or self._by_parts(folded, name)

    def _respelled(self, folded: str, name: Name) -> Identified | None:
        """By a registered name that is only written otherwise: 广东省深圳市… is 深圳市…."""
        rules = self._rules
        for other in barer(folded, (rules.state, rules.beside, rules.inside)):
            if found := self._sure(other, name):
                return replace(found, rule="parsed")
        for other in placed_otherwise(folded, self._areas):
            if found := self._registered(other, name):
                return replace(found, rule="parsed") if found.rule == "register" else found
        return None

    def _joined(self, folded: str, name: Name) -> Identified | None:
        """甲/乙: one thing if both name it; open if they name two, or more than a name stands."""
        parts = [part for part in self._rules.apart.split(folded) if part]
        if len(parts) < 2 or self.known.parse(folded, name.classes):
            return None
        found = [self._sure(part, name) for part in parts]
        keys = sorted({one.key for one in found if one})
        if len(keys) == 1 and all(found):
            return Identified(keys[0], "parsed")
        return undecided(name, tuple(keys), MORE) if keys else None

    def _sure(self, folded: str, name: Name) -> Identified | None:
        """The registered thing that a text names by itself, without the place of the record."""
        found = None if self._relative(folded) else self._part(folded, name)
        return found if found and found.rule in _SURE else None

    def bare(self, class_name: str, value: str) -> str:
        """What a thing is called: without marks about it, a title without notice and number."""
        value = unquoted(value)
        if self.known.is_title((class_name,)):
            return self.known.title(value).text or value
        return value

    def _area(self, folded: str, name: Name) -> Identified:
        """江苏省苏州市 is 苏州市; where another kind is wanted, the area around it may be meant."""
        area, rest = self._areas.lead(folded)
        if area and not rest and self.known.fits(area, name.classes):
            return Identified(area, "parsed")
        around = self._areas.root(area) if not rest else ""
        return undecided(name, (around,) if around else (), NO_AREA)

    def _owned(self, name: Name) -> Identified:
        """A thing known by what it is made of and by whose it is: the goal of a policy."""
        owner = name.of if isinstance(name.of, str) else self.find(name.of).key
        folded, made = fold(name.text), self._model.classes[name.classes[0]]
        if found := self._register.goals.get((owner, folded)):
            return Identified(found, "register")
        key = digest(made.name, folded, owner, length=6)
        return Identified(f"{made.prefix}:{slug(name.text)}-{key}", "new")

    def _key(self, named: Name | str) -> str:
        """The key of what a name refers to; empty where that is not a known thing."""
        if isinstance(named, str):
            return named
        found = self.find(named)
        return "" if found.rule == "undecided" else found.key

    def _registered(self, folded: str, name: Name) -> Identified | None:
        """By the register: one entity bears the name, or did at the record's place and day."""
        entries = self.known.written(folded, name)
        if entries and self._relative(folded):
            entries = self._of_place(folded, entries, name)
        return self._chosen(entries, name, "register") if entries else None

    def _of_place(self, folded: str, entries: list[Named], name: Name) -> list[Named]:
        """The bearers of a name that means a body only with its place."""
        place = self._place_of(folded, name)
        return [one for one in entries if place and self._areas.home_of(one.entity) == place]

    def _place_of(self, folded: str, name: Name) -> str:
        """The area of the level that a name begins with, else the place of the record."""
        level = self._rules.level.match(folded)
        place = str(name.place)
        return self._areas.level(place, level["level"]) if level else place

    def _chosen(self, entries: Sequence[Named], name: Name, rule: str) -> Identified:
        fitting, candidates = self.known.choose(entries, name)
        if fitting:
            return Identified(fitting[0].entity, rule, named=fitting[0])
        return undecided(name, candidates, SEVERAL)

    def _bracketed(self, outer: str, inner: str, name: Name) -> Identified | None:
        """`湖南省数据局(省数据局)`: one body where both parts mean it, open where they differ."""
        home = self._areas.home(outer)
        name = name._replace(place=home or name.place)
        whole = self._part(outer, name)
        aside = self._is_aside(inner, name)
        if whole and whole.rule == "undecided" and aside:
            return whole
        if whole and whole.rule in _SURE and (aside or self._bears(whole.key, inner, name)):
            return Identified(whole.key, "bracket", named=whole.named)
        if (whole is None or whole.rule == "new") and (aside or self._repeats(outer, inner, name)):
            found = whole or self._by_parts(outer, name)
            return replace(found, text=found.text or _LAST_BRACKET.sub("", clean(name.text)))
        other = self._part(inner, name) or self._part(self._areas.official(home) + inner, name)
        parts = [one for one in (whole, other) if one and one.rule != "undecided"]
        bearers = other.candidates if other and other.why == SEVERAL else ()
        if whole in parts and other and whole.key in (other.key, *bearers):
            return Identified(whole.key, "bracket", named=whole.named)
        sure = {one.key for one in parts if one.rule in _SURE}
        if whole and sure & set(whole.candidates):
            return undecided(name, whole.candidates, TWO_PARTS)
        if len(sure) == 2 or (parts and (self._relative(outer) or self._relative(inner))):
            return undecided(name, tuple(sorted(sure)), TWO_PARTS)
        return None

    def _is_aside(self, inner: str, name: Name) -> bool:
        """Whether a bracket says only how a body is or was called: 原省政务办, but not 原平."""
        aside = next((one for one in self._rules.asides if inner.startswith(one)), "")
        if self.known.is_title(name.classes) or not (aside or self._rules.remark.fullmatch(inner)):
            return False
        return len(aside) != 1 or self._part(inner.removeprefix(aside), name) is not None

    def _bears(self, key: str, inner: str, name: Name) -> bool:
        """Whether a bracket holds another name of the thing, however many others share it."""
        return any(one.entity == key for one in self.known.written(inner, name))

    def _repeats(self, outer: str, inner: str, name: Name) -> bool:
        """Whether a bracket says the same without the place: 湖南省大数据中心(省大数据中心)."""
        level = self._rules.level.match(inner)
        whole = self.known.parse(outer, name.classes) if level else None
        other = self.known.parse(self._with_place(inner, name), name.classes) if whole else None
        return bool(whole and other and whole.text == other.text)

    def _with_place(self, folded: str, name: Name) -> str:
        """A name with the place of its record before it, instead of its level."""
        level = self._rules.level.match(folded)
        rest = folded[level.end("level") :] if level else folded
        return self._areas.official(self._place_of(folded, name)) + rest

    def _part(self, folded: str, name: Name) -> Identified | None:
        """What one part of a name with a bracket means, where that is known."""
        found = self._registered(folded, name)
        if found is None and self._relative(folded):
            return self._placed(folded, name)
        parsed = None if found else self.known.parse(folded, name.classes)
        return self._parsed(parsed, name) if parsed else found

    def _placed(self, folded: str, name: Name) -> Identified:
        """`省数据局` of a record of 湖南: the body of that full name."""
        level = self._rules.level.match(folded)
        if not (place := self._place_of(folded, name)):
            return undecided(name, (), NO_PLACE)
        names = [self._with_place(folded, name)]
        names += [one + folded for one in self._areas.names(place)]
        for full in names:
            if (found := self._registered(full, name)) is None:
                parsed = self.known.parse(full, name.classes)
                found = self._parsed(parsed, name) if parsed else None
            if found is not None and found.rule != "new":
                return Identified(found.key, "place", found.candidates, found.named, found.why)
        parsed = self.known.parse(names[0], name.classes)
        alike = self.known.alike(parsed, name) if level and parsed else ()
        if level and parsed and not alike:
            return self._new(parsed, name, parsed.text)
        return undecided(name, alike, NOT_THERE)

    def _by_parts(self, folded: str, name: Name) -> Identified:
        """By the parts of a name, where all of them are known; else it is that of a new thing."""
        if self.known.is_title(name.classes):
            return self._titled.find(name)
        if parsed := self.known.parse(folded, name.classes):
            return self._parsed(parsed, name)
        if found := self._unbracketed(folded, name) or self._former(folded, name):
            return found
        place = self._areas.root(self._areas.home(clean(name.text))) or str(name.place)
        return Identified(
            self._new_ids.made(self._areas.without_around(folded), place, name), "new"
        )

    def _unbracketed(self, folded: str, name: Name) -> Identified | None:
        """By a registered name in which somebody left brackets out, or set them."""
        entries = (
            [] if self._relative(unbracketed(folded)) else self.known.with_brackets(folded, name)
        )
        return self._chosen(entries, name, "parsed") if entries else None

    def _former(self, folded: str, name: Name) -> Identified | None:
        """`原江苏省政务服务管理办公室`: of several bearers those that no longer bear the name."""
        bare = folded.removeprefix(self._rules.former)
        entries = self.known.written(bare, name) if bare != folded else []
        if not entries and bare != folded and (parsed := self.known.parse(bare, name.classes)):
            entries = self.known.by_parts(parsed, name)
        ended = [one for one in entries if one.end]
        return self._chosen(ended or entries, name, "parsed") if entries else None

    def _parsed(self, parsed: Parsed, name: Name) -> Identified:
        entries = self.known.by_parts(parsed, name)
        if entries:
            return self._chosen(entries, name, "parsed")
        return self._new(parsed, name, parsed.text if parsed.full else "")

    def _new(self, parsed: Parsed, name: Name, text: str) -> Identified:
        key = self._new_ids.made(parsed.text, parsed.place or name.place, name)
        return Identified(key, "new", text="" if text == clean(name.text) else text)

    def _relative(self, folded: str) -> bool:
        """Whether the name means a body only with the place of its record."""
        return bool(self._rules.level.match(folded)) or folded in self._register.relative
