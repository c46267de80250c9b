"""Things that may be one, for a person to judge: likeness proposes, and never merges anything.

Names are compared only within blocks that cheap parts of them make: class, place, kind of body (the
last character), the number of a document. So the work does not grow with the square of the things.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.text import fold

LEAST = 0.55
_FULL = 300
_KINDS = str.maketrans({"会": "委", "室": "办", "心": "所", "台": "所", "司": "所", "团": "所"})
"""Last characters of bodies that one name gives and another leaves out or has otherwise."""
_DIGITS = re.compile(r"\d+")
_BRACKETED = re.compile(r"[(\[].*?[)\]]")


@dataclass(frozen=True)
class Thing:
    """What is compared of a thing: the prefix of its id, folded names, places, document number."""

    id: str
    prefix: str
    names: tuple[str, ...]
    places: frozenset[str] = frozenset()
    number: str = ""


@dataclass(frozen=True)
class Pair:
    """Two things that may be one, the names that are alike, how much, and why else."""

    a: str
    b: str
    a_name: str
    b_name: str
    likeness: float
    because: str


class Places:
    """Where a name is at home, by the names of places: at its beginning, else anywhere in it."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {name: place for name, place in names.items() if len(name) > 1}
        longest = sorted(self._names, key=lambda name: (-len(name), name))
        self._any = re.compile("|".join(map(re.escape, longest)) or "(?!)")

    def split(self, name: str) -> tuple[str, str]:
        """The place of a name, and the name without it.

        >>> Places({"江苏省": "province:32"}).split("江苏省数据局")
        ('province:32', '数据局')
        """
        found = self._any.match(name) or self._any.search(name)
        if not found or found.end() - found.start() == len(name):
            return "", name
        return self._names[found.group()], name[: found.start()] + name[found.end() :]


@dataclass(frozen=True)
class _Name:
    thing: Thing
    text: str
    place: str
    rest: str


def pairs(things: Iterable[Thing], places: Places, least: float = LEAST) -> list[Pair]:
    """The pairs of things that may be one, the most alike first."""
    best: dict[tuple[str, str], Pair] = {}
    for one, other in _compared(things, places):
        likeness, because = _likeness(one, other)
        if likeness < least:
            continue
        first, second = sorted((one, other), key=lambda each: each.thing.id)
        key = (first.thing.id, second.thing.id)
        if key not in best or best[key].likeness < likeness:
            best[key] = Pair(*key, first.text, second.text, round(likeness, 2), because)
    return sorted(best.values(), key=lambda pair: (-pair.likeness, pair.a, pair.b))


def _compared(things: Iterable[Thing], places: Places) -> Iterator[tuple[_Name, _Name]]:
    blocks: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for thing in things:
        if thing.number:
            own = _Name(thing, thing.names[0], "", thing.names[0])
            blocks[thing.prefix, "number", thing.number].append(own)
        for text in thing.names:
            name = _Name(thing, text, *places.split(text))
            for key in _keys(name):
                blocks[thing.prefix, *key].append(name)
    for block in blocks.values():
        for some in _small(block):
            yield from (pair for pair in combinations(some, 2) if _may_be_one(*pair))


def _keys(name: _Name) -> Iterator[tuple[str, ...]]:
    """The blocks of a name: kind of body with its place, and with its first character."""
    bare = _BRACKETED.sub("", name.rest) or name.rest
    kind = bare[-1:].translate(_KINDS)
    where = {name.place, *name.thing.places} - {""}
    yield from (("place", place, kind) for place in where)
    yield "kind", name.text[:1], kind
    yield "start", name.text[:2]
    yield "end", bare[-2:]


def _small(block: Sequence[_Name]) -> Iterator[Sequence[_Name]]:
    """A block, or where it is too big its parts by the beginning of what is no place."""
    if len(block) <= _FULL:
        yield block
        return
    parts: dict[str, list[_Name]] = defaultdict(list)
    for name in block:
        parts[name.rest[:2]].append(name)
    yield from (part[:_FULL] for part in parts.values())


def _may_be_one(one: _Name, other: _Name) -> bool:
    """Not where they are of different places, years or document numbers."""
    a, b = one.thing, other.thing
    if a.id == b.id or (a.number and b.number and a.number != b.number):
        return False
    if one.place and other.place and one.place != other.place:
        return False
    if a.places and b.places and not a.places & b.places:
        return False
    digits = (set(_DIGITS.findall(one.text)), set(_DIGITS.findall(other.text)))
    if not (digits[0] <= digits[1] or digits[1] <= digits[0]):
        return False
    return not (_says_which(one.text, other.text) or _says_which(other.text, one.text))


def _says_which(one: str, other: str) -> bool:
    """Whether a name says in short brackets which of several is meant, and another does not."""
    marks = (mark.strip("()[]") for mark in _BRACKETED.findall(one))
    return any(len(mark) < 7 and mark not in other and not _DIGITS.search(mark) for mark in marks)


def _shared(a: str, b: str) -> int:
    """How many characters two texts begin with alike."""
    differ = (at for at, (one, other) in enumerate(zip(a, b, strict=False)) if one != other)
    return next(differ, min(len(a), len(b)))


def _is_another(a: str, b: str) -> bool:
    """Whether what two names do not share makes them two: a place or subject in the same pattern,
    or what is added at the end says another kind of thing (人民政府, 人民政府办公厅).
    """
    start = _shared(a, b)
    end = _shared(a[start:][::-1], b[start:][::-1])
    middles = (a[start : len(a) - end], b[start : len(b) - end])
    if not all(middles):
        kinds = (a[-1:].translate(_KINDS), b[-1:].translate(_KINDS))
        return not end and kinds[0] != kinds[1]
    return bool(end) and not set(middles[0]) & set(middles[1])


def _likeness(one: _Name, other: _Name) -> tuple[float, str]:
    if one.thing.number and one.thing.number == other.thing.number:
        return 1.0, "number"
    because = "place" if one.place and one.place == other.place else "name"
    a, b = (one.rest, other.rest) if because == "place" else (one.text, other.text)
    if _is_another(_BRACKETED.sub("", one.text), _BRACKETED.sub("", other.text)):
        return 0.0, because
    shortened = max(_shortened(a, b), _shortened(one.text, other.text))
    return max(_dice(a, b), shortened), because


def _dice(a: str, b: str) -> float:
    """How many of the neighbouring characters of two names they share."""
    own, others = _neighbours(a), _neighbours(b)
    return 2 * len(own & others) / (len(own) + len(others) or 1)


def _neighbours(text: str) -> set[str]:
    text = f"^{text}$"
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _shortened(a: str, b: str) -> float:
    """What speaks for a name's being a short form: 发改委 of 发展和改革委员会, in this order."""
    short, long = sorted((a, b), key=len)
    left = iter(long)
    if len(short) < 2 or (short[-1] != long[-1] and short[0] != long[0]):
        return 0.0
    if not all(char in left for char in short):
        return 0.0
    return 0.5 + 0.5 * len(short) / len(long)


def folded(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are compared."""
    return tuple(dict.fromkeys(fold(name) for name in names))
