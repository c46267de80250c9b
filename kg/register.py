"""The register: who is who, and which sources there are. Plain CSV, read before any document."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from kg.registered import (
    Goal,
    KnownSource,
    Named,
    by_policy,
    read_areas,
    read_goals,
    read_issuers,
    read_names,
    read_places,
    read_relative,
    read_sources,
)
from kg.statement import digest, is_id
from kg.text import fold
from kg.when import When

FILES = (
    "names.csv", "sources.csv", "relative.csv", "places.csv", "goals.csv", "areas.csv",
    "issuers.csv",
)  # fmt: skip
"""What a register may hold: each is read where it is there."""

HIDDEN_KINDS = frozenset({"informal", "misspelt"})
"""Names that find a thing but never stand for it."""


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
        goals: list[Goal] = []
        within: dict[str, str] = {}
        issuers: dict[str, set[str]] = defaultdict(set)
        folders = tuple(folders)
        for folder in folders:
            names += read_names(folder / "names.csv")
            for area, other in read_areas(folder / "areas.csv"):
                names += area
                within |= other
            for policy, issuer in read_issuers(folder / "issuers.csv"):
                issuers[policy].add(issuer)
            sources |= read_sources(folder / "sources.csv")
            relative |= read_relative(folder / "relative.csv")
            places |= read_places(folder / "places.csv")
            goals += read_goals(folder / "goals.csv")
        made = cls._indexed(names, sources, frozenset(relative), places, hash_of(folders))
        by = {policy: frozenset(some) for policy, some in issuers.items()}
        return replace(made, goals=by_policy(goals), within=within, issuers=by)

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

    def page(self, source: str) -> When | None:
        """The date of a source's page, where the register has the source by this id."""
        known = self.sources.get(source)
        return known.page if known else None

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

    What is no address, or one that nobody can open (a full-width colon), stays as it is.

    >>> address("HTTPS://Example.org/a/#top") == address("http://example.org/a")
    True
    """
    url = url.strip()
    try:
        parts = urlsplit(url) if "://" in url else None
    except ValueError:
        parts = None
    if parts is None:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.lower() + parts.path.rstrip("/") + query
