"""Things by their names: in the facts, and in the register, old names and new, either script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg import domain
from kg.errors import AmbiguousName, InputError, QueryError
from kg.graph import Graph, Value
from kg.store import Store
from kg.text import fold
from kg.words import full_text_query


@dataclass(frozen=True, order=True)
class Hit:
    """An entity that bears a name: how well it fits (0 best), and which name it was."""

    rank: int
    id: str
    name: str
    matched: str
    kind: str


def find(store: Store, text: str, classes: Sequence[str] = (), limit: int = 50) -> list[Hit]:
    """Entities by a whole name first, then by a part of one; the best first."""
    wanted = fold(text)
    best: dict[str, Hit] = {}
    for entity, name, kind in _named(store):
        folded = fold(name)
        if not wanted or wanted not in folded or not _of(entity, classes):
            continue
        rank = 0 if folded == wanted else 1 if folded.startswith(wanted) else 2
        hit = Hit(rank, entity, "", name, kind)
        if entity not in best or hit < best[entity]:
            best[entity] = hit
    names = store.names()
    return [
        Hit(one.rank, one.id, names.get(one.id, ""), one.matched, one.kind)
        for one in sorted(best.values())[:limit]
    ]


def search(graph: Graph, text: str, *, limit: int = 50) -> list[Hit]:
    """Entities in whose names all words of a text occur, by full-text search; the best first.

    Raises InputError for a text without a word, and where the graph has no such index.
    """
    if not (words := full_text_query(text)):
        raise InputError(f"no word to search for in {text!r}")
    try:
        found = graph.ask(_SEARCH, {"words": words, "limit": limit}, limit=limit, timeout=30.0)
    except QueryError as error:
        raise InputError(f"no full-text search there ('kg publish' makes it): {error}") from None
    return [
        Hit(rank, str(entity), str(name or ""), _shown(text, name, other, more), "")
        for rank, (entity, name, other, more) in enumerate(found.rows)
    ]


_SEARCH = """CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
RETURN node.id AS id, node.name AS name, node.name_en AS other, node.aliases AS more
ORDER BY score DESC, id LIMIT $limit"""


def _shown(text: str, name: Value, other: Value, more: Value) -> str:
    """The name in which most of the words stand."""
    names = [str(one) for one in (name, other, *(more if isinstance(more, list) else ())) if one]
    words = fold(text).split() or [fold(text)]
    return max(names, key=lambda one: sum(word in fold(one) for word in words), default="")


def _alike(store: Store, text: str, classes: Sequence[str]) -> list[Hit]:
    """What a misspelt name may have meant, for a person to choose from; it decides nothing."""
    wanted = _pairs(fold(text))
    best: dict[str, float] = {}
    for entity, name, _ in _named(store):
        own = _pairs(fold(name))
        likeness = 2 * len(own & wanted) / (len(own) + len(wanted) or 1)
        if likeness >= _LIKE and likeness > best.get(entity, 0) and _of(entity, classes):
            best[entity] = likeness
    names = store.names()
    ordered = sorted(best, key=lambda entity: (-best[entity], entity))
    return [Hit(3, entity, names.get(entity, ""), "", "") for entity in ordered]


_LISTED = 10
_LIKE = 0.4


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _of(entity: str, classes: Sequence[str]) -> bool:
    model = domain.model()
    name = model.prefixes.get(entity.partition(":")[0])
    return name is not None and (not classes or any(model.is_a(name, one) for one in classes))


def _named(store: Store) -> Iterator[tuple[str, str, str]]:
    """Every name of every known entity: id, name, kind."""
    store.facts()
    kinds = {(one.entity, one.name): one.kind for one in store.register.all_names()}
    rows = store.connection.execute(
        """SELECT DISTINCT subject, value, property FROM facts
        WHERE property IN ('name', 'alias', 'title') AND status <> 'rejected'"""
    ).fetchall()
    present = {row[0] for row in store.connection.execute(_PRESENT).fetchall()}
    for entity, name, prop in rows:
        yield entity, name, kinds.pop((entity, name), "official" if prop == "name" else prop)
    for (entity, name), kind in kinds.items():
        if entity in present:
            yield entity, name, kind


_PRESENT = """SELECT subject FROM facts WHERE preferred
    UNION SELECT value FROM facts WHERE preferred AND kind = 'link'"""


def one(store: Store, text: str, classes: Sequence[str] = ()) -> str:
    """The one thing that an id or a name means; AmbiguousName with candidates where not one."""
    if ":" in text and _of(text, classes) and (known := _known(store, text)):
        return known
    hits = find(store, text, classes)
    whole = [hit for hit in hits if hit.rank == 0]
    if len(whole) == 1:
        return whole[0].id
    candidates = [(hit.id, hit.name) for hit in (whole or hits or _alike(store, text, classes))]
    what = f" of class {' or '.join(classes)}" if classes else ""
    if whole:
        raise AmbiguousName(
            f"{text!r} names {len(whole)} things{what}: say which by id", candidates[:_LISTED]
        )
    raise AmbiguousName(f"nothing{what} is named {text!r}: see 'kg find'", candidates[:_LISTED])


def _known(store: Store, entity: str) -> str | None:
    """The id itself, or the one that a judgement gives it; None where nothing is said of it."""
    if _present(store, entity):
        return entity
    judged = store.decisions().canonical.get(entity)
    return judged if judged and _present(store, judged) else None


def _present(store: Store, entity: str) -> bool:
    store.facts()
    rows = store.connection.execute(
        "SELECT 1 FROM facts WHERE subject = $1 OR (kind = 'link' AND value = $1) LIMIT 1", [entity]
    ).fetchall()
    return bool(rows)
