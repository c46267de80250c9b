"""Whose graph a database holds, and of which version: the node `KgStore`, and what follows from it.

The number of a version says little: another store has one of the same number, and so has a copy of
this one that was loaded apart. So the marker names the store and when that version was committed.
"""

from dataclasses import dataclass, replace

from kg.answer import Answer
from kg.errors import InputError, StoreError
from kg.graph.neo4j.server import Server
from kg.store import Store
from kg.store.difference import number, older
from kg.store.table import Version

UNKNOWN = "unknown"
"""The version of an answer of which the store does not have the state."""


@dataclass(frozen=True)
class Published:
    """What a database shows: the version, empty where it is not whole, and whether with evidence.

    `store` and `loaded` are those of `Version`; an earlier kg named neither.
    """

    version: str = ""
    evidence: bool = False
    store: str = ""
    loaded: str = ""


def published(server: Server) -> Published:
    """What a server says it shows."""
    text = (
        "MATCH (s:KgStore {id: 'kg'}) RETURN s.version AS version, s.evidence AS evidence, "
        "s.store AS store, s.loaded AS loaded"
    )
    rows = server.ask(text, {}, limit=1, timeout=10).rows
    if not rows:  # none yet, or somebody deleted it
        marked = "MATCH (s:Evidence) WHERE s.kg IS NOT NULL RETURN s.kg AS mark LIMIT 1"
        return Published(evidence=bool(server.ask(marked, {}, limit=1, timeout=10).rows))
    version, evidence, store, loaded = rows[0]
    return Published(str(version or ""), bool(evidence), str(store or ""), str(loaded or ""))


def of_store(store: Store, found: Published) -> Version | None:
    """The version of a store that a database shows; None where it shows none of its history."""
    if found.store not in ("", store.version.store) or not found.version:
        return None
    try:
        version = older(store, number(found.version))
    except InputError:
        return None
    return version if found.loaded in ("", version.loaded) else None


def check(store: Store, found: Published, uri: str) -> None:
    """Raise StoreError where a publication would take the place of what another store published."""
    another = found.store not in ("", store.version.store)
    if another or (found.version and of_store(store, found) is None):
        raise StoreError(
            f"{uri} shows {_other(found, another)}: publish into another database, "
            "or put this store in its place with --replace"
        )


def _other(found: Published, another: bool) -> str:
    """What a database shows that is not of this store's history."""
    version = found.version or "a part"
    return f"{version} of another store" if another else f"{version}, which this store never had"


@dataclass(frozen=True)
class Standing:
    """What an answer of a server is of; `zh` and `en` say so where that is not the newest version.

    `version` is `UNKNOWN` where the store does not have it, so that nothing is cited wrongly.
    """

    version: str
    zh: str = ""
    en: str = ""

    def told(self, answer: Answer, lang: str) -> Answer:
        """An answer with this version, and a note of it."""
        notes = [note] if (note := self.zh if lang == "zh" else self.en) else []
        return replace(answer, version=self.version, notes=(*answer.notes, *notes))


def standing(store: Store, server: Server) -> Standing:
    """What a server shows beside what the store is at.

    Where that is an older version the store shows this one from now on, so that names, facts and
    citations are those of the server's.
    """
    found, newest = published(server), str(store.version)
    version = of_store(store, found)
    if version is None:
        another = found.store not in ("", store.version.store)
        what = _other(found, another) if found.version or another else "no whole version"
        return Standing(
            UNKNOWN,
            f"服务器上的图不是本地库的完整版本；依据取自本地库的 {newest}，未必是各行所依据的。",
            f"the server shows {what}; citations are of this store's {newest}, "
            "which need not be what the rows rest on.",
        )
    if str(version) == newest:
        return Standing(newest)
    store.at(version)
    return Standing(
        str(version),
        f"服务器上是 {version}，本地库已到 {newest}；各行与依据均按 {version}。",
        f"the server shows {version}, the store is at {newest}; "
        f"rows and citations are of {version}.",
    )
