"""A kind of table as data: which heading means which field. One small file in `kinds/` each."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent / "kinds"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldRule(_Strict):
    """How a column becomes a property.

    `list` splits a cell; `class` says what a named thing is; `inverse` turns the claim round;
    `bounds` are two columns, not before and not after; `contested` marks what a row's
    "conflicting" is about; `dates_record` the date that dates the whole record. `reads` says how a
    cell is worded: a title in its notice, a 文号, a city, an amount with its unit, money, an end of
    a period, the goals of a policy; `positions` numbers the names of a list.
    """

    property: str
    headings: tuple[str, ...]
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


class Planned(_Strict):
    """The cells that say that a record's events are still to come."""

    heading: str
    values: tuple[str, ...]


class Kind(_Strict):
    """One kind of table of things: their class, the column of their ids, their fields.

    Things without id or name are told apart by the cells that they are `made_of`.
    """

    name: str
    class_name: str = Field(alias="class")
    id: tuple[str, ...] = ()
    field: tuple[FieldRule, ...]
    own_source: bool = False
    planned: Planned | None = None
    made_of: tuple[tuple[str, ...], ...] = ()

    def naming(self) -> FieldRule | None:
        """The rule for a thing's own name, if the kind has one."""
        rules = (one for one in self.field if one.property == "name" and not one.lang)
        return next(rules, None)

    def known(self) -> frozenset[str]:
        """Every heading that the kind reads."""
        columns = [part for one in self.field for part in _headings_of(one)]
        parts = (heading for part in self.made_of for heading in part)
        return frozenset((*self.id, *columns, *parts, *all_roles()))


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
    """Cells that mean nothing, the nation, a list; rows that sum up or explain."""

    missing: frozenset[str]
    national: frozenset[str]
    prefectures: frozenset[str]
    summary: tuple[str, ...]


class Common(_Strict):
    """What any table may have."""

    roles: Roles
    text: Wording


def _headings_of(rule: FieldRule) -> Sequence[str]:
    return (*rule.headings, *rule.bounds, *rule.join, *rule.original)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def common() -> Common:
    """The columns and wordings that all kinds share."""
    return Common.model_validate(_load("record"))


@lru_cache(maxsize=1)
def relations() -> Relations:
    """The table of predicates."""
    return Relations.model_validate(_load("relations"))


@lru_cache(maxsize=1)
def conflicts() -> Conflicts:
    """The table of fields and verdicts."""
    return Conflicts.model_validate(_load("conflicts"))


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """Every kind of table of things, by name."""
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    special = ("record", "relations", "conflicts")
    return tuple(
        Kind.model_validate({"name": name, **_load(name)}) for name in names if name not in special
    )


@lru_cache(maxsize=1)
def all_roles() -> frozenset[str]:
    """Every heading of a role."""
    roles = common().roles
    return frozenset(heading for name in Roles.model_fields for heading in getattr(roles, name))


@lru_cache(maxsize=1)
def _ignored() -> tuple[tuple[str, str], ...]:
    with (FOLDER.parent / "ignored.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["file"], row["heading"]) for row in csv.DictReader(file))


def is_ignored(file: str, heading: str) -> bool:
    """Whether a column is left out on purpose; `ignored.csv` says why."""
    return any(fnmatch(file, pattern) and heading == name for pattern, name in _ignored())
