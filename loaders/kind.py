"""A kind of table as data: which heading means which field. One small file in `kinds/` each."""

import csv
from collections.abc import Mapping
from fnmatch import fnmatch
from functools import cached_property, lru_cache
from pathlib import Path
from re import Pattern
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from kg import domain
from loaders import own, rulefile
from loaders.headings import Headings

FOLDER = Path(__file__).parent / "kinds"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldRule(_Strict):
    """How a column becomes a property.

    `place` takes every heading of a place besides; `list` splits a cell; `class` says what a named
    thing is; `inverse` turns the claim round; `bounds` are two columns, not before and not after;
    `contested` marks what a row's "conflicting" is about; `dates_record` the date that dates the
    whole record. `reads` says how a cell is worded: a title in its notice, a 文号, a city, an
    amount with its unit, money, an end of a period, the goals of a policy; `positions` numbers the
    names of a list; `issuers` are the bodies that tell documents of one title apart.
    """

    property: str
    headings: tuple[str, ...] = ()
    place: bool = False
    list: bool = False
    class_name: str = Field("", alias="class")
    inverse: bool = False
    lang: str = ""
    bounds: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    original: tuple[str, ...] = ()
    times: int = 1
    unit: str = ""
    contested: bool = False
    dates_record: bool = False
    starts_with_record: bool = False
    reads: Literal["", "title", "number", "city", "amount", "yuan", "start", "end", "goals"] = ""
    positions: bool = False
    issuers: bool = False

    def columns(self) -> tuple[str, ...]:
        """Every heading that the rule reads."""
        return (*self.headings, *self.bounds, *self.join, *self.original)


class Planned(_Strict):
    """The cells that say that a record's events are still to come."""

    heading: str
    values: tuple[str, ...]


class Kind(_Strict):
    """One kind of table of things: their class, the column of their ids, their fields.

    Things without id or name are told apart by the cells that they are `made_of`; columns that are
    `ignored` are left out on purpose.
    """

    name: str
    class_name: str = Field(alias="class")
    id: tuple[str, ...] = ()
    field: tuple[FieldRule, ...]
    own_source: bool = False
    planned: Planned | None = None
    made_of: tuple[tuple[str, ...], ...] = ()
    ignored: tuple[str, ...] = ()

    def naming(self) -> FieldRule | None:
        """The rule for a thing's own name, if the kind has one."""
        rules = (one for one in self.field if one.property == "name" and not one.lang)
        return next(rules, None)

    def headings(self, property: str) -> tuple[str, ...]:
        """The headings of a field; none where the kind does not have it."""
        return tuple(
            one for rule in self.field if rule.property == property for one in rule.headings
        )

    def keys(self) -> tuple[str, ...]:
        """The headings that say which thing a row is about: of its id, its name, what makes it."""
        rule = self.naming()
        parts = (heading for part in self.made_of for heading in part)
        return (*self.id, *(rule.headings if rule else ()), *parts)

    @cached_property
    def own(self) -> Headings:
        """The headings that the kind reads beside those that all tables may have."""
        columns = (heading for rule in self.field for heading in rule.columns())
        return Headings((*self.keys(), *columns))

    @cached_property
    def _known(self) -> Headings:
        return self.own | all_roles() | Headings(self.ignored)

    def known(self) -> Headings:
        """Every heading that the kind reads."""
        return self._known


class Relation(_Strict):
    """What a predicate of a table of pairs says."""

    zh: str
    property: str
    domain: str = ""
    inverse: bool = False
    date: Literal["start", "event", "seen"]
    draft: str = ""


class Relations(_Strict):
    """Tables of pairs: their columns, and each predicate's meaning."""

    subject: tuple[str, ...]
    predicate: tuple[str, ...]
    object: tuple[str, ...]
    date: tuple[str, ...]
    relation: Mapping[str, Relation]

    def find(self, predicate: str) -> Relation | None:
        """The relation that a predicate names, in English or Chinese."""
        by_zh = (one for one in self.relation.values() if one.zh == predicate)
        return self.relation.get(predicate) or next(by_zh, None)


class Conflicts(_Strict):
    """The table of known disagreements: its columns, fields and verdicts."""

    columns: tuple[str, ...]
    field: Mapping[str, str | Mapping[str, str]]
    verdict: Mapping[str, str]


class Roles(_Strict):
    """Headings of the columns that say who, when, how sure and where."""

    source: tuple[str, ...]
    address: tuple[str, ...]
    page: tuple[str, ...]
    stance: tuple[str, ...]
    quote: tuple[str, ...]
    place: tuple[str, ...]


class Wording(_Strict):
    """Cells that say nothing, point away or mean the nation; names of rows; rows without things."""

    missing: frozenset[str]
    pointers: frozenset[str]
    dashes: str
    national: frozenset[str]
    prefectures: frozenset[str]
    order: Pattern[str]
    footnote: Pattern[str]
    role: Pattern[str]
    ornament: Pattern[str]
    file: Pattern[str]
    framed: Pattern[str]
    names: tuple[str, ...]
    sums: Pattern[str]
    tallies: Pattern[str]
    notes: Pattern[str]
    groups: Pattern[str]
    numbered: Pattern[str]


class Common(_Strict):
    """What any table may have."""

    roles: Roles
    text: Wording


@lru_cache(maxsize=1)
def common() -> Common:
    """The columns and wordings that all kinds share."""
    return rulefile.read(FOLDER / "record.toml", Common)


@lru_cache(maxsize=1)
def relations() -> Relations:
    """The table of predicates."""
    return rulefile.read(FOLDER / "relations.toml", Relations)


@lru_cache(maxsize=1)
def conflicts() -> Conflicts:
    """The table of fields and verdicts."""
    return rulefile.read(FOLDER / "conflicts.toml", Conflicts)


def kinds() -> tuple[Kind, ...]:
    """Every kind of table of things, by name: those that ship, and those of the store in use."""
    return _kinds(own.files())


@lru_cache(maxsize=8)
def _kinds(besides: own.Files) -> tuple[Kind, ...]:
    special = ("record", "relations", "conflicts")
    shipped = {path.stem: path for path in FOLDER.glob("*.toml")}
    paths = {stem: path for stem, path in shipped.items() if stem not in special}
    for path, _ in besides:
        if path.stem in shipped:
            what = "the name of a kind that ships"
            raise rulefile.fault(path, "", what, "give the file another name")
        paths[path.stem] = path
    return tuple(_kind(paths[stem]) for stem in sorted(paths))


def _kind(path: Path) -> Kind:
    """A file's kind, its fields of a place with every heading that a place may have."""
    kind = rulefile.read(path, Kind, {"name": path.stem})
    _check(path, kind)
    rules = tuple(_with_places(rule) if rule.place else rule for rule in kind.field)
    return kind.model_copy(update={"field": rules})


def _with_places(rule: FieldRule) -> FieldRule:
    headings = dict.fromkeys((*rule.headings, *common().roles.place))
    return rule.model_copy(update={"headings": tuple(headings)})


def _check(path: Path, kind: Kind) -> None:
    """Refuse classes and fields that the ontology does not have."""
    classes = domain.model().classes
    _known_class(path, "class", kind.class_name)
    for number, rule in enumerate(kind.field, start=1):
        entry = f"field {number} ({rule.property})"
        if rule.class_name:
            _known_class(path, f"{entry}, class", rule.class_name)
        owner = rule.class_name if rule.inverse else kind.class_name
        if rule.property not in classes[owner].properties:
            wanted = f"want one of {', '.join(sorted(classes[owner].properties))}"
            what = f"class {owner} has no field {rule.property!r}"
            raise rulefile.fault(path, f"{entry}, property", what, wanted)
        if not rule.columns() and not rule.place:
            raise rulefile.fault(path, f"{entry}, headings", "not there", "give it")


def _known_class(path: Path, entry: str, name: str) -> None:
    classes = domain.model().classes
    if name not in classes:
        wanted = f"want one of {', '.join(sorted(classes))}"
        raise rulefile.fault(path, entry, f"no class {name!r}", wanted)


@lru_cache(maxsize=1)
def all_roles() -> Headings:
    """Every heading of a role; a place is read by those kinds alone that have a field for it."""
    roles, names = common().roles, set(Roles.model_fields) - {"place"}
    return Headings(heading for name in names for heading in getattr(roles, name))


def all_known() -> Headings:
    """Every heading that any kind of table knows."""
    return _all_known(own.files())


@lru_cache(maxsize=8)
def _all_known(besides: own.Files) -> Headings:
    rules = relations()
    pairs = Headings((*rules.subject, *rules.predicate, *rules.object, *rules.date))
    known = pairs | Headings((*conflicts().columns, *common().text.names))
    for one in _kinds(besides):
        known |= one.known()
    return known


@lru_cache(maxsize=1)
def _ignored() -> tuple[tuple[str, str], ...]:
    with (FOLDER.parent / "ignored.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["file"], row["heading"]) for row in csv.DictReader(file))


def is_ignored(file: str, heading: str) -> bool:
    """Whether a column is left out on purpose; `ignored.csv` says why."""
    return heading in _ignored_in(file)


@lru_cache(maxsize=64)
def _ignored_in(file: str) -> Headings:
    return Headings(name for pattern, name in _ignored() if fnmatch(file, pattern))
