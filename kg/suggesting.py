"""Pairs of things of a store that may be one: proposed for review, never merged."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg import domain, where
from kg.alike import LEAST, Pair, Places, Thing, folded, pairs
from kg.identity import REVIEW
from kg.register import Register
from kg.review import waiting
from kg.store import Store
from kg.text import fold


def suggestions(store: Store, least: float = LEAST) -> list[Pair]:
    """Pairs that may be one, the most alike first.

    Left out is what nobody could judge the same: two things of the register, things that a link
    joins, and of different kinds; and what is judged already.
    """
    store.facts()
    register = store.register
    settled = _judged(store) | _linked(store)
    kinds = _values(store, "kind")
    found = pairs([*_things(store), *_waiting(store)], place_names(register), least)
    return [
        pair
        for pair in found
        if frozenset((pair.a, pair.b)) not in settled
        and not (register.knows(pair.a) and register.knows(pair.b))
        and not _differ(kinds.get(pair.a), kinds.get(pair.b))
    ]


def place_names(register: Register) -> Places:
    """The names of places, by which names of other things are taken apart."""
    model = domain.model()
    areas = {model.classes[name].prefix for name in model.under("Area")}
    return Places(
        {
            fold(one.name): one.entity
            for one in register.all_names()
            if one.entity.partition(":")[0] in areas and one.kind in ("official", "short")
        }
    )


def telling(names: Iterable[str], register: Register) -> tuple[str, ...]:
    """Names as compared, without those that mean a body only with the place of their record."""
    level = domain.naming().level
    return tuple(
        name for name in folded(names) if name not in register.relative and not level.match(name)
    )


def _things(store: Store) -> Iterator[Thing]:
    """What facts describe, but for places and sources and things that have no name."""
    names: dict[str, list[str]] = defaultdict(list)
    rows = store.connection.execute(
        """SELECT subject, value FROM facts WHERE property IN ('name', 'alias')
            AND lang = 'zh' AND status <> 'rejected' ORDER BY ALL"""
    ).fetchall()
    for subject, name in rows:
        names[subject].append(name)
    numbers, model, homes = _values(store, "number"), domain.model(), _homes(store)
    for key, known in names.items():
        of = model.of(key)
        if of.complete or not of.properties["name"].required:
            continue
        if said := telling(known, store.register):
            yield Thing(key, of.prefix, said, homes[key], fold(numbers.get(key, "")))


def _homes(store: Store) -> dict[str, frozenset[str]]:
    """The places that things belong to."""
    where.homes(store, domain.covered_by())
    found: dict[str, set[str]] = defaultdict(set)
    for thing, place in store.connection.execute("FROM homes").fetchall():
        found[thing].add(place)
    return defaultdict(frozenset, {thing: frozenset(own) for thing, own in found.items()})


def _waiting(store: Store) -> Iterator[Thing]:
    """Names that wait, which one of the things may bear."""
    model = domain.model()
    for item in waiting(store):
        for name in item.classes:
            if said := telling(item.names, store.register):
                yield Thing(REVIEW + item.id, model.classes[name].prefix, said)


def _values(store: Store, prop: str) -> dict[str, str]:
    rows = store.connection.execute(
        "SELECT subject, value FROM facts WHERE property = $1 AND preferred", [prop]
    ).fetchall()
    return dict(rows)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _judged(store: Store) -> set[frozenset[str]]:
    rows = store.connection.execute(
        "SELECT a, b FROM records WHERE type = 'judgement' AND verdict IN ('same', 'different')"
    ).fetchall()
    return {frozenset(row) for row in rows}


def _linked(store: Store) -> set[frozenset[str]]:
    rows = store.connection.execute(
        "SELECT DISTINCT subject, value FROM facts WHERE kind = 'link' AND preferred"
    ).fetchall()
    return {frozenset(row) for row in rows}
