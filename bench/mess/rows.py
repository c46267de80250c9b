"""Rows of tables, each made from its seed and its number alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from bench.mess import known
from bench.mess.dates import written
from bench.mess.known import Thing
from bench.mess.said import Said, chance
from bench.mess.strangers import DECIDED, stranger, undecidable
from bench.mess.writing import formed, named, worded

_SHARES = {
    "Agency": 28, "Policy": 30, "Exchange": 14, "Organisation": 10, "ComputeProject": 10,
    "Zone": 6, "Province": 2,
}  # fmt: skip
_ROLES = {
    "Agency": ("predecessor_of",), "Policy": ("issued_by", "implements"),
    "Exchange": ("operates",), "ComputeProject": ("part_of",),
}  # fmt: skip


@dataclass
class Row:
    """A row: its texts by role (`name`, `place`, `date`, …), and the truth of its names.

    `table` is one of the two of its class; `date` is the ISO date that it means.
    """

    seed: int
    number: int
    class_name: str
    table: str
    cells: dict[str, str] = field(default_factory=dict)
    said: dict[str, tuple[Said, ...]] = field(default_factory=dict)
    date: str = ""

    @property
    def address(self) -> str:
        """Its own source, by which its statements are found again."""
        return f"https://example.org/mess/{self.seed}/{self.number}"

    def put(self, role: str, *said: Said, between: str = "、") -> None:
        """A cell with one name, or several."""
        if said:
            self.said[role] = said
            self.cells[role] = between.join(one.text for one in said)


def rows(seed: int, count: int) -> Iterator[Row]:
    """The first rows of a seed."""
    return (row(seed, number) for number in range(count))


def row(seed: int, number: int) -> Row:
    """One row."""
    random = Random(f"{seed}/{number}")
    class_name = random.choices(list(_SHARES), list(_SHARES.values()))[0]
    made = Row(seed, number, class_name, f"{class_name}-{random.randrange(2)}")
    _SUBJECTS[_kind(class_name, random)](made, random)
    return made


def _kind(class_name: str, random: Random) -> str:
    if class_name == "Province":
        return "known"
    return random.choices(("known", "stranger", "decided", "undecidable"), (60, 32, 4, 4))[0]


def _known(made: Row, random: Random) -> None:
    thing = random.choice(known.of(made.class_name))
    place = thing.place if chance(random, 0.85) else ""
    issuers = _things(thing, "issued_by")
    issuer = " ".join(one.official for one in issuers) if len(issuers) < 3 else ""
    name = worded(named(thing, place, random), random, issuer, thing.number)
    made.put("name", formed(name, random))
    _place(made, place, random)
    _dated(made, thing.date, random)
    made.cells |= {"kind": thing.kind, "code": thing.code}
    if thing.number and chance(random, 0.6):
        brackets = random.choice(("〔〕", "[]", "（）", "【】", "()"))
        made.cells["number"] = thing.number.translate(str.maketrans("〔〕", brackets))
    for role in _ROLES.get(made.class_name, ()):
        if chance(random, 0.6):
            _links(made, role, _things(thing, role), place, random)


def _stranger(made: Row, random: Random) -> None:
    said = stranger(made.class_name, random)
    shown = "/" in said.truth or chance(random, 0.85)
    name = said if shown or not said.place else replace(said, place="", forms=("no place",))
    issuer = _government(said.place)
    spoken = worded(name, random, issuer.text if issuer else "")
    made.put("name", formed(spoken, random))
    _place(made, name.place, random)
    _dated(made, f"20{random.randint(18, 25)}-{random.randint(1, 12):02}", random)
    if issuer and made.class_name in ("Policy", "Agency") and chance(random, 0.6):
        role = "issued_by" if made.class_name == "Policy" else "parent"
        made.put(role, formed(worded(_in(issuer, name.place), random), random, tame=True))


def _decided(made: Row, random: Random) -> None:
    fitting = [one for one in DECIDED if one[0] == made.class_name]
    if not fitting:
        return _known(made, random)
    _, text, number, date, truth, form = random.choice(fitting)
    place = f"province:{number}"
    made.put("name", formed(Said(text, truth, made.class_name, text, place, (form,)), random))
    _place(made, place, random)
    _dated(made, date, random, share=1)


def _undecidable(made: Row, random: Random) -> None:
    said = undecidable(made.class_name, made.number, random)
    if not said:
        return _stranger(made, random)
    made.put("name", formed(said, random))
    _place(made, said.place, random)


_SUBJECTS: dict[str, Callable[[Row, Random], None]] = {
    "known": _known, "stranger": _stranger, "decided": _decided, "undecidable": _undecidable,
}  # fmt: skip


def _place(made: Row, place: str, random: Random) -> None:
    """The cell of the place, by any of a province's names."""
    if place and made.class_name != "Province":
        thing = known.things()[place]
        text, kind = random.choice(thing.names)
        said = Said(text, place, "Province", text, "", () if kind == "official" else (kind,))
        made.put("place", formed(said, random))


def _dated(made: Row, date: str, random: Random, share: float = 0.7) -> None:
    if date and chance(random, share):
        made.date = date
        made.cells["date"] = written(date, random)


def _links(made: Row, role: str, linked: tuple[Thing, ...], place: str, random: Random) -> None:
    chosen = linked[: 1 if role == "implements" else 3]
    said = [worded(named(one, place, random), random) for one in chosen]
    between = random.choice(("、", "、", "、", "；", ";"))
    made.put(role, *(formed(one, random, tame=True) for one in said), between=between)


def _things(thing: Thing, predicate: str) -> tuple[Thing, ...]:
    found = known.things()
    return tuple(found[one] for one in thing.links.get(predicate, ()) if one in found)


def _government(place: str) -> Said | None:
    """The government of a province, known or not."""
    if not place or place.endswith("XPCC"):
        return None
    text = f"{known.things()[place].official}人民政府"
    (truth,) = known.owners().get(text, frozenset({f"new:{text}"}))
    return Said(text, truth, "Organisation", text, place)


def _in(said: Said, place: str) -> Said:
    return Said(said.text, said.truth, said.class_name, said.plain, place)
