"""What is known where: things by the place that they belong to, and their fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg import domain
from kg.store import Store

DAY = "_day"
"""Marks the count of dates known to the day."""


@dataclass
class Known:
    """A place with its things: how many there are, and how many of them have each field."""

    id: str
    name: str
    things: int = 0
    fields: dict[str, int] = field(default_factory=dict)


# A thing belongs to a place that it links to or that links to it, itself or by an area within it.
_HOMES = """CREATE OR REPLACE TEMP TABLE homes AS
    WITH RECURSIVE within(area, place) AS (
        SELECT DISTINCT id, id FROM (
            SELECT subject AS id FROM facts UNION SELECT value FROM facts WHERE kind = 'link'
        ) WHERE split_part(id, ':', 1) = $1
        UNION
        SELECT f.subject, w.place FROM within w
        JOIN facts f ON f.property = 'part_of' AND f.value = w.area AND f.preferred
        WHERE list_contains($2, split_part(f.subject, ':', 1))
    )
    SELECT DISTINCT f.subject AS thing, w.place FROM facts f JOIN within w ON w.area = f.value
    WHERE f.kind = 'link' AND f.preferred
    UNION
    SELECT f.value, w.place FROM facts f JOIN within w ON w.area = f.subject
    WHERE f.kind = 'link' AND f.preferred"""


def fields(store: Store, class_name: str, by: str) -> list[Known]:
    """Per place, how many things of a class there are, and of how many each field is known.

    The last rows are things without a place, where there are any, and all things.
    """
    homes(store, by)
    prefixes = _prefixes(class_name)
    rows = store.connection.execute(
        f"""WITH things AS (
            SELECT DISTINCT subject AS id FROM facts
            WHERE preferred AND list_contains($1, split_part(subject, ':', 1))
        ), said AS (
            SELECT DISTINCT subject AS id, property FROM facts WHERE preferred
            UNION SELECT subject, property || '{DAY}' FROM facts
            WHERE preferred AND kind = 'date' AND length(value) = 10
        ), placed AS (
            SELECT t.id, coalesce(h.place, '') AS place
            FROM things t LEFT JOIN homes h ON h.thing = t.id
            UNION ALL SELECT id, 'all' FROM things
        )
        SELECT place, property, count(*) FROM placed JOIN said USING (id) GROUP BY ALL
        UNION ALL SELECT place, '', count(*) FROM placed GROUP BY ALL""",
        [prefixes],
    ).fetchall()
    return list(_by_place(store, by, rows))


def classes(store: Store, by: str) -> list[Known]:
    """Per place, how many things of each class there are; as `fields` otherwise."""
    homes(store, by)
    model, homeless = domain.model(), _without(by)
    rows = store.connection.execute(
        """WITH things AS (
            SELECT DISTINCT subject AS id, split_part(subject, ':', 1) AS prefix
            FROM facts WHERE preferred AND NOT list_contains($1, split_part(subject, ':', 1))
        ), placed AS (
            SELECT t.*, coalesce(h.place, '') AS place
            FROM things t LEFT JOIN homes h ON h.thing = t.id
            UNION ALL SELECT *, 'all' FROM things
        )
        SELECT place, prefix, count(*) FROM placed GROUP BY ALL
        UNION ALL SELECT place, '', count(*) FROM placed GROUP BY ALL""",
        [homeless],
    ).fetchall()
    named = [(place, model.prefixes.get(prefix, ""), count) for place, prefix, count in rows]
    return list(_by_place(store, by, named))


def homes(store: Store, by: str) -> None:
    """Make the table `homes` (thing, place): which things belong to which places of a class."""
    store.facts()
    model = domain.model()
    areas = [one.prefix for one in model.classes.values() if model.is_a(by, one.name)]
    store.connection.execute(_HOMES, [model.classes[by].prefix, areas])


def _prefixes(class_name: str) -> list[str]:
    model = domain.model()
    return [model.classes[name].prefix for name in model.under(class_name)]


def _without(by: str) -> list[str]:
    """Prefixes of what lies nowhere: places themselves, and classes that no link joins to one."""
    model = domain.model()
    areas = {name for name in model.classes if model.is_a(by, name) or model.is_a(name, by)}
    ranges = {
        (one.name, to)
        for one in model.classes.values()
        for prop in one.properties.values()
        for to in prop.ranges
    }
    joined = {a for a, b in ranges if b in areas} | {b for a, b in ranges if a in areas}
    return [one.prefix for one in model.classes.values() if one.name not in joined - areas]


def _by_place(store: Store, by: str, rows: list[tuple[str, str, int]]) -> Iterator[Known]:
    """Rows of counts, gathered by place in the order of ids; all places, things or none."""
    prefix, names = domain.model().classes[by].prefix, store.names()
    found = {
        key: Known(key, names[key]) for key in sorted(names) if key.partition(":")[0] == prefix
    }
    found |= {key: Known(key, "") for key in ("", "all")}
    for place, what, count in rows:
        if place not in found:
            continue
        if what:
            found[place].fields[what] = count
        else:
            found[place].things = count
    yield from (one for key, one in found.items() if key or one.things)
