"""Which entity a name means: by the register and by rules, never by likeness, never by guessing.

A name is decided by the classes it may be of, the place and the day of its record. What stays open
gets a key of its own (`review:…`), so that its statements are kept and one judgement settles them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.register import Named, Register
from kg.statement import Name, digest
from kg.terms import Model
from kg.text import clean, fold, slug

_BRACKETED = re.compile(r"(.+?)\(([^()]+)\)")
# 市场监督管理局 and 区块链 begin with a level's character and name no level.
_RELATIVE = re.compile(r"(?:自治区|省|市|州|盟|县|区|旗)(?!场|块|域|际)")
REVIEW = "review:"
_NOWHERE = Named("", "", "", "", None, None, "")


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


@dataclass(frozen=True, slots=True)
class Identified:
    """What a name means: a key, and how that was found.

    `rule` is `register`, `place`, `bracket`, `new` or `undecided`; `candidates` are the entities
    it could be where it is undecided; `named` the register's entry that matched.
    """

    key: str
    rule: str
    candidates: tuple[str, ...] = ()
    named: Named | None = None


class Identifier:
    """Names to keys, by one register and one model."""

    def __init__(self, register: Register, model: Model) -> None:
        self._register = register
        self._model = model
        self._places = self._read_places()
        self._starts: dict[str, list[Named]] = {}
        for one in (one for names in self._places.values() for one in names):
            self._starts.setdefault(one.name[:1], []).append(one)
        self._home = lru_cache(maxsize=4096)(self._home_of)
        self.find = lru_cache(maxsize=16384)(self._find)

    def _find(self, name: Name) -> Identified:
        if name.of:
            return self._owned(name)
        name = name._replace(place=self._key(name.place), besides=self._key(name.besides))
        other, folded = str(name.besides), fold(name.text)
        found = self._registered(folded, name, other)
        if found is None and (match := _BRACKETED.fullmatch(folded)):
            found = self._bracketed(match.group(1), match.group(2), name, other)
        if found is None and self._relative(folded) and self._bears_names(name.classes[0]):
            found = self._placed(folded, name, other) or self._undecided(name, ())
        if found is None and self._model.classes[name.classes[0]].complete:
            found = self._undecided(name, ())
        return found or Identified(self._minted(name), "new")

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

    def _registered(self, folded: str, name: Name, other: str) -> Identified | None:
        """By the register: one entity bears the name, or did at the record's place and day."""
        entries = [
            one
            for one in self._register.names.get(folded, ())
            if one.entity != other and self._fits(one.entity, name.classes)
        ]
        if not entries:
            return None
        if self._relative(folded):
            entries = [
                one for one in entries if name.place and self._home(one.entity) == name.place
            ]
            if not entries:
                return None
        fitting = self._fitting(entries, name)
        entities = sorted({one.entity for one in fitting})
        if len(entities) != 1:
            every = {one.entity for one in fitting or entries}
            return self._undecided(name, tuple(sorted(every)))
        return Identified(entities[0], "register", named=fitting[0])

    def _fitting(self, entries: Sequence[Named], name: Name) -> Sequence[Named]:
        """Of several bearers those of the record's day and place; none where these disagree."""
        if len({one.entity for one in entries}) < 2:
            return entries
        then = [one for one in entries if name.day and one.borne_on(name.day)]
        there = [one for one in entries if name.place and self._home(one.entity) == name.place]
        if then and there:
            return [one for one in then if one in there]
        return then or there or entries

    def _bracketed(self, outer: str, inner: str, name: Name, other: str) -> Identified | None:
        """`湖南省数据局(省数据局)`: one body where both parts mean it, open where they differ."""
        name = name._replace(place=self.home(outer) or name.place)
        parts = [self._part(part, name, other) for part in (outer, inner)]
        keys = [one.key if one and one.rule != "undecided" else "" for one in parts]
        if keys[0] and keys[0] == keys[1]:
            return Identified(keys[0], "bracket")
        if any(keys) and (self._relative(outer) or self._relative(inner)):
            return self._undecided(name, tuple(sorted(key for key in set(keys) if key)))
        return None

    def _part(self, folded: str, name: Name, other: str) -> Identified | None:
        return self._registered(folded, name, other) or (
            self._placed(folded, name, other) if self._relative(folded) else None
        )

    def _placed(self, folded: str, name: Name, other: str) -> Identified | None:
        """`省数据局` of a record of 湖南: the body of that full name."""
        for place in self._names_of(str(name.place)):
            found = self._registered(place + folded, name, other)
            if found is not None:
                return Identified(found.key, "place", found.candidates, found.named)
        return None

    def _names_of(self, place: str) -> Sequence[str]:
        """Short names of a place first: 湖南 + 省数据局."""
        if not place:
            return ()
        names = [one.name for one in self._places.get(place, ())]
        return sorted((name for name in names if len(name) > 1), key=len)

    def _relative(self, folded: str) -> bool:
        """Whether the name means a body only with the place of its record."""
        return bool(_RELATIVE.match(folded)) or folded in self._register.relative

    def _bears_names(self, class_name: str) -> bool:
        """Whether things of a class are known by name; a target is by what it is made of."""
        return self._model.classes[class_name].properties["name"].required

    def _fits(self, entity: str, classes: Sequence[str]) -> bool:
        found = self._model.prefixes.get(entity.partition(":")[0])
        return found is not None and any(self._model.is_a(found, one) for one in classes)

    def _read_places(self) -> dict[str, list[Named]]:
        places: dict[str, list[Named]] = {}
        for one in self._register.all_names():
            if self._fits(one.entity, ("Area",)) and one.kind in ("official", "short"):
                places.setdefault(one.entity, []).append(one)
        return places

    def home(self, name: str) -> str:
        """The place that a full name begins with, the longest that fits; empty where none does."""
        fitting = (one for one in self._starts.get(name[:1], ()) if name.startswith(one.name))
        return max(fitting, key=lambda one: len(one.name), default=_NOWHERE).entity

    def _home_of(self, entity: str) -> str:
        official = self._register.official.get(entity, "")
        return self._register.places.get(entity) or self.home(official)

    def _minted(self, name: Name) -> str:
        """A new entity's id, from the record alone."""
        class_name, folded = name.classes[0], fold(name.text)
        place = self.home(clean(name.text)) or str(name.place)
        prefix = self._model.classes[class_name].prefix
        return f"{prefix}:{slug(name.text)}-{digest(class_name, folded, place, length=6)}"

    def _undecided(self, name: Name, candidates: tuple[str, ...]) -> Identified:
        item = digest(name.classes[0], fold(name.text), str(name.place), length=8)
        return Identified(f"{REVIEW}r{item}", "undecided", candidates)
