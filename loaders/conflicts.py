"""The table of known disagreements: each row a claim by its source and a decision about it."""

from collections.abc import Iterator

from kg.statement import Claim, Problem, is_id
from loaders.cells import first, origin, origin_faults
from loaders.kind import conflicts
from loaders.table import Row, Table

NAME = "conflicts"
VERSION = "1"


def read(table: Table) -> Iterator[Claim | Problem]:
    """A claim with its verdict for each row; what no field holds is kept as a note."""
    for row in table.rows():
        entity, field, value, resolution = (
            first(row, (heading,))[1] for heading in conflicts().columns
        )
        if row.surplus or not is_id(entity) or not field or not value:
            what = "more cells than headings" if row.surplus else "no entity, field or value"
            remedy = "want an id, a field and a value"
            yield Problem("", row.where, "entity_id", entity, what, remedy)
            continue
        yield from origin_faults(row)
        yield _claim(row, entity, field, value, resolution)


def _claim(row: Row, entity: str, field: str, value: str, resolution: str) -> Claim | Problem:
    rules = conflicts()
    verdict = next(
        (one for word, one in rules.verdict.items() if resolution.startswith(word)), None
    )
    place = row.where
    if verdict is None:
        known = ", ".join(rules.verdict)
        return Problem("", place, "resolution", resolution, "unknown resolution", f"want {known}")
    named = rules.field.get(field)
    prop = named.get(entity.partition(":")[0]) if not isinstance(named, str | None) else named
    if prop == "name" and resolution.startswith("alias"):
        prop = "alias"
    claim = Claim("", entity, prop or "note", value, place, "value", origin(row))
    claim = claim._replace(original=value, verdict=verdict, why=resolution)
    return claim if prop else claim._replace(value=f"{field}: {value}")
