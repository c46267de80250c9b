"""Where things are, by name: what a name begins with, and which place lies in which."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.register import Register
from kg.registered import Named
from kg.terms import Model
from kg.text import fold

_NOWHERE = Named("", "", "", "", None, None, "")


def lengths_by_start(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the words that begin with a character may be, the longest first.

    >>> lengths_by_start(["数据", "数据局", "局"])
    {'数': (3, 2), '局': (1,)}
    """
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[:1], set()).add(len(word))
    return {start: tuple(sorted(some, reverse=True)) for start, some in found.items()}


class Areas:
    """The areas of a register: their names, and what each lies in.

    No longer name is read by a short one that is `unsure`.
    """

    def __init__(self, register: Register, model: Model, unsure: frozenset[str]) -> None:
        self._within = register.within
        self._official = register.official
        self._homes = register.places
        self.names_by_area: dict[str, list[Named]] = {}
        self._by_name: dict[str, set[str]] = {}
        self._starts: dict[str, list[Named]] = {}
        for one in register.all_names():
            found = model.prefixes.get(one.entity.partition(":")[0], "")
            if found and model.is_a(found, "Area") and one.kind in ("official", "short"):
                self._add(one, one.name in unsure)
        self._lengths = lengths_by_start(self._by_name)
        self.home_of = lru_cache(maxsize=4096)(self._home_of)

    def _add(self, one: Named, unsure: bool) -> None:
        self.names_by_area.setdefault(one.entity, []).append(one)
        if not unsure:
            self._by_name.setdefault(fold(one.name), set()).add(one.entity)
        # 安康养老中心 need not lie in 安康: of cities only the full name says where a thing is.
        if one.kind == "official" or one.entity not in self._within:
            self._starts.setdefault(one.name[:1], []).append(one)

    def find(self, folded: str) -> str:
        """The one area that bears a name; empty where none does or several do."""
        found = self._by_name.get(folded, ())
        return next(iter(found)) if len(found) == 1 else ""

    def lead(self, text: str, around: str = "") -> tuple[str, str]:
        """The area that a folded text begins with and what follows it: 江苏苏州… lies in 苏州市.

        An area that does not lie in the one before it is no part of the place.
        """
        place, rest, said = "", text, True
        while said:
            said = False
            for end in self._lengths.get(rest[:1], ()):
                area = self.find(rest[:end])
                if area and (not around or around in tuple(self.up(area))[1:]):
                    place, around, rest, said = area, area, rest[end:], True
                    break
        return place, rest

    def without_around(self, text: str) -> str:
        """广东省深圳市… as 深圳市…: a city by its full name lies where it lies."""
        around = self.home(text)
        rest = text.removeprefix(self.official(around))
        city = self.home(rest) if around and rest != text else ""
        full = city and rest.startswith(self.official(city))
        return rest if full and around in tuple(self.up(city))[1:] else text

    def official(self, area: str) -> str:
        """An area's full name."""
        return self._official.get(area, "")

    def names(self, area: str) -> list[str]:
        """The names of an area that stand before others, short ones first."""
        found = (one.name for one in self.names_by_area.get(area, ()))
        return sorted((name for name in found if len(name) > 1), key=len)

    def home(self, name: str) -> str:
        """The place that a full name begins with, the longest that fits; empty where none does."""
        fitting = (one for one in self._starts.get(name[:1], ()) if name.startswith(one.name))
        return max(fitting, key=lambda one: len(one.name), default=_NOWHERE).entity

    def _home_of(self, entity: str) -> str:
        return self._homes.get(entity) or self.home(self._official.get(entity, ""))

    def up(self, area: str) -> Iterator[str]:
        """An area and those that it lies in, the nearest first."""
        seen = set[str]()
        while area and area not in seen:
            yield area
            seen.add(area)
            area = self._within.get(area, "")

    def root(self, area: str) -> str:
        """The area of the first level that one lies in."""
        return [*self.up(area), ""][-2] if area else ""

    def akin(self, one: str, other: str) -> bool:
        """Whether one of two areas lies in the other."""
        return bool(one and other) and (one in self.up(other) or other in self.up(one))

    def level(self, area: str, level: str) -> str:
        """What 省, 市, 州 mean in a record of an area: the nearest above it that is called so."""
        return next((one for one in self.up(area) if self._is(one, level)), "")

    def _is(self, area: str, level: str) -> bool:
        name = self.official(area)
        return name.endswith(level) and (level != "区" or not name.endswith("自治区"))
