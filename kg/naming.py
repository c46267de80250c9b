"""The parts of a name: where a body is, what it does, what kind of body it is; the rules are data.

A name is read from left to right, the longest known word first, so that it takes linear time. What
holds one word that the rules do not know is not parsed at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern

from pydantic import BaseModel, ConfigDict

from kg.areas import Areas, lengths_by_start
from kg.text import fold


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Region(_Strict):
    """A place that is no unit of administration: how it is written, and what it lies in."""

    names: tuple[str, ...] = ()
    within: str = ""


class Form(_Strict):
    """How things of some classes are named: `front`, place, words, and a kind at the end.

    `same` has the true synonyms of words and kinds; `alone` are kinds that need no word before
    them, `full` those whose bodies are called by their normal form. `nation` stands where a place
    would; with `bracket` the place may stand in brackets, or behind a dash. Some spellings mean
    what they mean only `first` behind the place; where words can be `fronted`, no others can.
    """

    name: str
    classes: tuple[str, ...]
    front: tuple[str, ...] = ()
    fronted: frozenset[str] = frozenset()
    first: Mapping[str, str] = {}
    nation: tuple[str, ...] = ()
    bracket: bool = False
    region: Mapping[str, Region] = {}
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...]
    same: Mapping[str, tuple[str, ...]] = {}
    alone: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()


class Titles(_Strict):
    """How titles are written: notices around them, issuers before them, signs and years in them.

    `numbered`, `number_before` and `number_behind` find a document's number beside its title,
    `number_alone` one without, `said_of_file` and `draft` what is said of it behind; `report` a
    title that every place has, `generic` one that any document may have.
    """

    classes: tuple[str, ...]
    notice: tuple[Pattern[str], ...]
    issued: Pattern[str]
    numbered: Pattern[str]
    number_before: Pattern[str]
    number_behind: Pattern[str]
    number_alone: Pattern[str]
    said_of_file: Pattern[str]
    draft: Pattern[str]
    generic: Pattern[str]
    report: Pattern[str]
    more_issuers: Pattern[str]
    between: Pattern[str]
    joins: str
    years: Pattern[str]
    signs: Mapping[str, str]


class Rules(_Strict):
    """All rules of names: `level` finds 省 or 市 at the start of one, `state` the state's own name,
    `beside` what stands about one in Latin letters, `inside` signs between its parts, `apart`
    what comes between two; `former` begins an old one.

    `unsure` are short names of places that do not say by themselves which of two is meant. Of
    brackets that say only how a body is or was called `asides` are the beginning, `remark` all.
    """

    level: Pattern[str]
    state: Pattern[str]
    beside: Pattern[str]
    inside: Pattern[str]
    apart: Pattern[str]
    unsure: frozenset[str]
    former: str
    remark: Pattern[str]
    asides: tuple[str, ...]
    form: tuple[Form, ...]
    title: Titles


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name in its parts: its form, its place (empty where it is no area), its normal form.

    `full` where the normal form is what the thing is called, too. Two names mean one thing only
    where form and normal form, and so all parts, are equal.
    """

    form: str
    place: str
    text: str
    words: tuple[str, ...]
    full: bool


_Start = tuple[str, str, str]
"""The place that a name begins with: its id, its full name, and what follows it."""


class Vocabulary:
    """The words and kinds of a form, with what each spelling means."""

    def __init__(self, form: Form) -> None:
        self._words = _spelled({**dict.fromkeys((*form.words, *form.kinds), ()), **form.same})
        self._first = {fold(one): fold(means) for one, means in form.first.items()}
        self._kinds = frozenset(map(fold, form.kinds))
        self._lengths = lengths_by_start((*self._words, *self._first))

    def read(self, text: str) -> tuple[str, ...]:
        """What the words of a folded text mean, in its order; nothing where one is not known."""
        means: list[str] = []
        at = 0
        while at < len(text):
            for length in self._lengths.get(text[at], ()):
                word = text[at : at + length]
                if meant := self._words.get(word) or (not at and self._first.get(word)):
                    means.append(meant)
                    at += length
                    break
            else:
                return ()
        return tuple(means) if means and means[-1] in self._kinds else ()


class Parser:
    """Reads names of one form."""

    def __init__(self, form: Form, areas: Areas, level: Pattern[str]) -> None:
        self.form = form
        self._areas = areas
        self._level = level
        self._vocabulary = Vocabulary(form)
        self._full = frozenset(map(fold, form.full))
        self._fronts = sorted(map(fold, form.front), key=len, reverse=True)
        self._nation = sorted(map(fold, form.nation), key=len, reverse=True)
        regions = form.region.items()
        self._regions = _spelled({name: one.names for name, one in regions})
        self._reach = max(map(len, self._regions), default=0)

    def parse(self, folded: str) -> Parsed | None:
        """The parts of a folded name; None where one of them is not known."""
        bare = self._bare(folded)
        text = self._out_of_brackets(bare)
        if (start := self._place(text)) is None:
            return None
        place, said, rest = start
        words = self._vocabulary.read(rest)
        if not words or (len(words) == 1 and words[0] not in self.form.alone):
            return None
        if bare != folded and self.form.fronted and words[0] not in self.form.fronted:
            return None
        full = words[-1] in self._full
        return Parsed(self.form.name, place, said + "".join(words), words, full)

    def _bare(self, text: str) -> str:
        front = next((one for one in self._fronts if text.startswith(one)), "")
        return text.removeprefix(front)

    def _out_of_brackets(self, text: str) -> str:
        """中国数谷(杭州), 中国数谷-杭州 as 杭州中国数谷; a bracket that holds no place stays."""
        before, opened, after = text.partition("(")
        inner, closed, after = after.partition(")")
        if not opened:
            before, closed, inner = text.replace("·", "-").rpartition("-")
        if not (self.form.bracket and closed):
            return text
        found = self._place(inner)
        return inner + before + after if found and not found[2] else text

    def _place(self, text: str) -> _Start | None:
        """The place at the start of a text; None where there is none, or only a level follows."""
        for nation in self._nation:
            if text.startswith(nation):
                return "", nation, text.removeprefix(nation)
        if found := self._region(text, ""):
            return found
        place, rest = self._areas.lead(text)
        if place and (found := self._region(rest, place)):
            return found
        said = self._areas.official(place)
        return (place, said, rest) if place and not self._level.match(rest) else None

    def _region(self, text: str, around: str) -> _Start | None:
        """The longest region that a text begins with, if it lies in the area before it."""
        for end in range(min(self._reach, len(text)), 1, -1):
            region = self._regions.get(text[:end], "")
            if region and around in ("", self.form.region[region].within):
                return "", region, text[end:]
        return None


def _spelled(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Each spelling, folded, with what it means."""
    return {fold(one): fold(means) for means, other in table.items() for one in (means, *other)}
