"""Things by their names: in the facts, and in the register, old names and new, either script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg import domain
from kg.errors import AmbiguousName, InputError, QueryError
from kg.graph import Graph, Value
from kg.registered import Named
from kg.statement import Name
from kg.store import Store
from kg.text import fold
from kg.words import full_text_query


@dataclass(frozen=True, order=True)
class Hit:
    """An entity that bears a name: how well it fits (0 best), and which name it was.

    `kind` says what that name is to it, `start` and `end` since when and till when it bears it,
    `on` whether on the day that was asked for; `by` how it was found: by a `name`, by its `parts`,
    by `words`, or as the likest.
    """

    rank: int
    id: str
    name: str
    matched: str
    kind: str
    start: str = ""
    end: str = ""
    on: str = ""
    by: str = "name"


def find(
    store: Store,
    text: str,
    classes: Sequence[str] = (),
    limit: int = 50,
    day: date | None = None,
) -> list[Hit]:
    """Entities by a whole name first, then by a part of one; who bears it now before who did.

    With a `day`, only those that may have borne the name then.
    """
    wanted = fold(text)
    best: dict[str, Hit] = {}
    for one in _named(store):
        folded = fold(one.name)
        if not wanted or wanted not in folded or not _of(one.entity, classes):
            continue
        rank = 0 if folded == wanted else 1 if folded.startswith(wanted) else 2
        _keep(best, _hit(rank, one, day))
    if wanted and not any(hit.rank == 0 for hit in best.values()):
        for one in _by_parts(store, text, classes):
            _keep(best, replace(_hit(0, one, day), by="parts"))
    names = store.names()
    ordered = sorted(best.values(), key=lambda hit: (hit.rank, bool(hit.end), hit))
    return [replace(one, name=names.get(one.id, "")) for one in ordered[:limit]]


def _keep(best: dict[str, Hit], hit: Hit) -> None:
    if hit.on != "no" and (hit.id not in best or hit < best[hit.id]):
        best[hit.id] = hit


def _hit(rank: int, one: Named, day: date | None) -> Hit:
    on = _borne(one, day) if day else ""
    start, end = str(one.start or ""), str(one.end or "")
    return Hit(rank, one.entity, "", one.name, one.kind, start, end, on)


def _borne(one: Named, day: date) -> str:
    """Whether a name was borne on a day: yes, no, or perhaps."""
    from kg.holding import Span, held

    return held(Span(one.start, one.end), day)


def _by_parts(store: Store, text: str, classes: Sequence[str]) -> Iterator[Named]:
    """The registered things whose names agree with a text in every part."""
    from kg.identity import Identifier

    model, rules = domain.model(), domain.naming()
    identifier = Identifier(store.register, model, rules)
    every = dict.fromkeys(one for form in rules.form for one in form.classes)
    for name in classes or (*every, *rules.title.classes):
        found = identifier.find(Name(text, (name,)))
        if found.rule in ("parsed", "bracket") and _present(store, found.key):
            official = store.register.official.get(found.key, "")
            bare = Named(official, found.key, "official", "", None, None, "")
            yield found.named or bare


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
        Hit(rank, str(entity), str(name or ""), _shown(text, name, other, more), "", by="words")
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
    for one in _named(store):
        own = _pairs(fold(one.name))
        likeness = 2 * len(own & wanted) / (len(own) + len(wanted) or 1)
        if likeness >= _LIKE and likeness > best.get(one.entity, 0) and _of(one.entity, classes):
            best[one.entity] = likeness
    names = store.names()
    ordered = sorted(best, key=lambda entity: (-best[entity], entity))
    return [Hit(3, entity, names.get(entity, ""), "", "", by="likeness") for entity in ordered]


_LISTED = 10
_LIKE = 0.4


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _of(entity: str, classes: Sequence[str]) -> bool:
    model = domain.model()
    name = model.prefixes.get(entity.partition(":")[0])
    return name is not None and (not classes or any(model.is_a(name, one) for one in classes))


def _named(store: Store) -> Iterator[Named]:
    """Every name of every known entity, as the register has it where it does."""
    store.facts()
    known: dict[tuple[str, str], Named] = {}
    for one in store.register.all_names():
        known.setdefault((one.entity, one.name), one)
    rows = store.connection.execute(
        """SELECT DISTINCT subject, value, property FROM facts
        WHERE property IN ('name', 'alias', 'title') AND status <> 'rejected'"""
    ).fetchall()
    present = {row[0] for row in store.connection.execute(_PRESENT).fetchall()}
    for entity, name, prop in rows:
        kind = "official" if prop == "name" else prop
        yield known.pop((entity, name), Named(name, entity, kind, "", None, None, ""))
    yield from (one for one in known.values() if one.entity in present)


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
