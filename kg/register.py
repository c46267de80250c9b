"""The register: who is who, and which sources there are. Plain CSV, read before any document."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.statement import digest, is_id
from kg.text import fold, read_utf8
from kg.when import When

KINDS = (
    "official", "short", "abbreviation", "informal", "plate", "old", "misspelt", "foreign",
)  # fmt: skip
"""What a name can be to the entity that bears it."""

RANKS = {"official": 0, "media": 1, "repost": 2, "unknown": 3, "unreliable": 4}
"""Ranks of sources, best first (design §9); one without a rank is unknown."""

FILES = (
    "names.csv", "sources.csv", "relative.csv", "places.csv", "goals.csv", "areas.csv",
    "issuers.csv",
)  # fmt: skip
"""What a register may hold: each is read where it is there."""

HIDDEN_KINDS = frozenset({"informal", "misspelt"})
"""Names that find a thing but never stand for it."""


@dataclass(frozen=True, slots=True)
class Named:
    """One name of one entity, with the days on which it was borne, as far as known."""

    name: str
    entity: str
    kind: str
    lang: str
    start: When | None
    end: When | None
    source: str

    def borne_on(self, day: When) -> bool:
        """Whether the name can have been borne then: from its start on, before its end."""
        if self.start and self.start.earliest and day.latest and day.latest < self.start.earliest:
            return False
        return not (
            self.end and self.end.latest and day.earliest and day.earliest >= self.end.latest
        )


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source as the register has it; `rank` as text, empty where not ranked."""

    id: str
    url: str
    page: When | None
    rank: str
    title: str = ""
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class _Goal:
    """A goal that has an id: the policy that sets it, what it measures, the year it is due."""

    entity: str
    policy: str
    metric: str
    due: str


@dataclass(frozen=True)
class Register:
    """Names and sources, with the hash of the files they come from."""

    names: Mapping[str, Sequence[Named]]
    sources: Mapping[str, KnownSource]
    relative: frozenset[str]
    hash: str
    by_address: Mapping[str, str] = field(default_factory=dict)
    official: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[tuple[str, str]] = frozenset()
    places: Mapping[str, str] = field(default_factory=dict)
    goals: Mapping[tuple[str, str], str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    issuers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, folders: Iterable[Path]) -> "Register":
        """Read the files of each folder that are there: FILES.

        What later folders hold is added.
        """
        names: list[Named] = []
        sources: dict[str, KnownSource] = {}
        relative: set[str] = set()
        places: dict[str, str] = {}
        goals: list[_Goal] = []
        within: dict[str, str] = {}
        issuers: dict[str, set[str]] = defaultdict(set)
        folders = tuple(folders)
        for folder in folders:
            names += _read_names(folder / "names.csv")
            for area, other in _read_areas(folder / "areas.csv"):
                names += area
                within |= other
            for policy, issuer in _read_issuers(folder / "issuers.csv"):
                issuers[policy].add(issuer)
            sources |= _read_sources(folder / "sources.csv")
            relative |= _read_relative(folder / "relative.csv")
            places |= _read_places(folder / "places.csv")
            goals += _read_goals(folder / "goals.csv")
        made = cls._indexed(names, sources, frozenset(relative), places, hash_of(folders))
        by = {policy: frozenset(some) for policy, some in issuers.items()}
        return replace(made, goals=_by_policy(goals), within=within, issuers=by)

    @classmethod
    def _indexed(
        cls,
        names: list[Named],
        sources: dict[str, KnownSource],
        relative: frozenset[str],
        places: Mapping[str, str],
        hash: str,
    ) -> "Register":
        by_fold: dict[str, list[Named]] = defaultdict(list)
        for named in names:
            by_fold[fold(named.name)].append(named)
        official = {
            named.entity: named.name for named in reversed(names) if named.kind == "official"
        }
        return cls(
            names=by_fold,
            sources=sources,
            relative=relative,
            places=places,
            hash=hash,
            by_address={address(one.url): one.id for one in sources.values() if one.url},
            official=official,
            hidden=frozenset(
                (one.entity, fold(one.name)) for one in names if one.kind in HIDDEN_KINDS
            ),
        )

    def knows(self, entity: str) -> bool:
        """Whether the id is a registered one."""
        return entity in self.official or entity in self.sources

    def source(self, cited: str) -> str:
        """The id of a source cited by id or address; a new one's id follows from its address."""
        if cited in self.sources or cited.startswith("source:"):
            return cited
        if cited.startswith("document:") and is_id(cited):
            return cited
        return self.by_address.get(address(cited)) or "source:x-" + digest(
            address(cited), length=12
        )

    def all_names(self) -> Iterator[Named]:
        """Every name of every entity."""
        for group in self.names.values():
            yield from group


def hash_of(folders: Iterable[Path]) -> str:
    """The hash of the register's files in some folders."""
    seen = sha256()
    for folder in folders:
        for name in FILES:
            path = folder / name
            if path.is_file():
                seen.update(sha256(path.read_bytes()).digest())
    return seen.hexdigest()[:16]


def address(url: str) -> str:
    """An address as compared: without scheme, fragment or final slash; the host in lower case.

    >>> address("HTTPS://Example.org/a/#top") == address("http://example.org/a")
    True
    """
    url = url.strip()
    parts = urlsplit(url) if "://" in url else None
    if parts is None:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.lower() + parts.path.rstrip("/") + query


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        return
    with read_utf8(path) as file:
        reader = csv.DictReader(file)
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"{path.name}, row 1: no heading {missing[0]!r} (want {', '.join(needed)})"
            )
        for number, row in enumerate(reader, start=2):
            yield number, {key: (value or "").strip() for key, value in row.items() if key}


def _when(path: Path, number: int, column: str, text: str) -> When | None:
    try:
        return When.parse(text) if text else None
    except ValueError as error:
        raise InputError(f"{path.name}, row {number}, {column}: {error}") from None


def _one_of(path: Path, number: int, column: str, text: str, words: Sequence[str]) -> None:
    if text not in words:
        want = ", ".join(words)
        raise InputError(f"{path.name}, row {number}, {column}: unknown {text!r} (want {want})")


def _id(path: Path, number: int, column: str, text: str) -> None:
    if not is_id(text):
        raise InputError(f"{path.name}, row {number}, {column}: no id: {text!r} (want policy:p20)")


def _read_names(path: Path) -> Iterator[Named]:
    for number, row in _rows(path, ("name", "entity", "kind", "lang", "from", "to", "source")):
        start, end = (_when(path, number, column, row[column]) for column in ("from", "to"))
        if not row["name"]:
            raise InputError(f"{path.name}, row {number}, name: empty (give the name, or no row)")
        _one_of(path, number, "kind", row["kind"], KINDS)
        _id(path, number, "entity", row["entity"])
        yield Named(row["name"], row["entity"], row["kind"], row["lang"], start, end, row["source"])


def _read_areas(path: Path) -> Iterator[tuple[list[Named], dict[str, str]]]:
    """Each area's names, and what it lies in; its short name only where no other bears it."""
    for number, row in _rows(path, ("area", "name", "short", "other", "within", "source")):
        for column in ("area", "within"):
            _id(path, number, column, row[column])
        kinds = (("name", "official"), ("short", "short"), ("other", "short"))
        names = [
            Named(row[column], row["area"], kind, "zh", None, None, row["source"])
            for column, kind in kinds
            if row[column]
        ]
        yield names, {row["area"]: row["within"]}


def _read_issuers(path: Path) -> Iterator[tuple[str, str]]:
    for number, row in _rows(path, ("policy", "issuer", "source")):
        for column in ("policy", "issuer"):
            _id(path, number, column, row[column])
        yield row["policy"], row["issuer"]


def _read_sources(path: Path) -> dict[str, KnownSource]:
    found = {}
    for number, row in _rows(path, ("source_id", "url", "page_date", "rank")):
        page = _when(path, number, "page_date", row["page_date"])
        title, copy_of = row.get("title", ""), row.get("copy_of", "")
        _id(path, number, "source_id", row["source_id"])
        if row["rank"]:
            _one_of(path, number, "rank", row["rank"], tuple(RANKS))
        found[row["source_id"]] = KnownSource(
            row["source_id"], row["url"], page, row["rank"], title, copy_of
        )
    return found


def _read_relative(path: Path) -> set[str]:
    return {fold(row["name"]) for _, row in _rows(path, ("name",))}


def _read_places(path: Path) -> dict[str, str]:
    found = {}
    for number, row in _rows(path, ("entity", "place")):
        for column in ("entity", "place"):
            _id(path, number, column, row[column])
        found[row["entity"]] = row["place"]
    return found


def _read_goals(path: Path) -> Iterator[_Goal]:
    for number, row in _rows(path, ("entity", "policy", "metric", "due")):
        for column in ("entity", "policy"):
            _id(path, number, column, row[column])
        yield _Goal(row["entity"], row["policy"], row["metric"], row["due"])


def _by_policy(goals: Sequence[_Goal]) -> dict[tuple[str, str], str]:
    """Goals by policy, and by metric and year; without a year where only one goal is meant."""
    without: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in goals:
        without[one.policy, fold(one.metric)].add(one.entity)
    found = {key: one for key, (one, *others) in without.items() if not others}
    return found | {(one.policy, fold(f"{one.metric} {one.due}")): one.entity for one in goals}
