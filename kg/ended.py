"""Which preferred facts did not hold on a day, found without reading each fact."""

from collections.abc import Iterator, Sequence
from datetime import date

from kg.holding import Span, fact_held, lives
from kg.store import Store
from kg.terms import Model

_BATCH = 2000
_DATED = """SELECT DISTINCT subject FROM facts f
    JOIN (SELECT unnest($1::VARCHAR[]) AS prefix, unnest($2::VARCHAR[]) AS property) d
        ON d.property = f.property AND d.prefix = split_part(f.subject, ':', 1)
    WHERE f.preferred AND f.kind = 'date' AND (f.value >= $3 OR f.value[1] = '[')"""
_FOLLOWED = "SELECT DISTINCT value FROM facts WHERE preferred AND property = 'predecessor'"
_BOUNDED = """SELECT id, subject, property, value, kind,
        from_earliest, from_latest, to_earliest, to_latest
    FROM {facts} WHERE preferred AND (
        from_earliest IS NOT NULL OR to_latest IS NOT NULL
        OR subject IN (SELECT unnest($1::VARCHAR[]))
        OR (kind = 'link' AND value IN (SELECT unnest($1::VARCHAR[]))))"""


def not_held(store: Store, model: Model, day: date) -> Iterator[list[str]]:
    """The ids of the preferred facts that surely did not hold on a day, some at a time.

    Only what bounds a fact can end it: its own dates, or a life that lies before or after the day.
    A life around the day changes no answer from or to "no", so few lives are kept.
    """
    store.facts()
    out = _out(store, model, day)
    with store.connection.cursor() as cursor:
        found = cursor.execute(_BOUNDED.format(facts=store.facts_sql), [sorted(out)])
        while batch := found.fetchmany(_BATCH):
            yield [key for key, *fact in batch if fact_held(model, out, fact, day) == "no"]


def _out(store: Store, model: Model, day: date) -> dict[str, Span]:
    """The lives that had ended by a day, or had not begun."""
    found = {key for (key,) in store.connection.execute(_FOLLOWED).fetchall()}
    for life, first in (("begins", str(day.year)), ("ends", "")):
        dated = [
            (prefix, name)
            for prefix in model.prefixes
            for name, field in model.of(f"{prefix}:").properties.items()
            if field.term.life == life
        ]
        columns: list[Sequence[str]] = [[one[n] for one in dated] for n in (0, 1)]
        rows = store.connection.execute(_DATED, [*columns, first]).fetchall()
        found.update(key for (key,) in rows)
    alive = lives(store, model, sorted(found))
    return {key: life for key, life in alive.items() if _is_out(life, day)}


def _is_out(life: Span, day: date) -> bool:
    begun = not (life.start and life.start.earliest and day < life.start.earliest)
    ended = life.end and life.end.latest and day >= life.end.latest
    return not begun or bool(ended)
