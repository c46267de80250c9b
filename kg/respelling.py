"""Other ways to write a name, for a look into the register: they add nothing to what it says."""

from collections.abc import Iterable, Iterator
from re import Pattern

from kg.areas import Areas


def barer(folded: str, patterns: Iterable[Pattern[str]]) -> Iterator[str]:
    """A folded name without what some pattern finds: the state's own name, Latin beside it."""
    for pattern in patterns:
        bare = pattern.sub("", folded)
        if bare not in ("", folded):
            yield bare


def placed_otherwise(folded: str, areas: Areas) -> Iterator[str]:
    """A folded name with the place that it begins with in each of its other forms."""
    area, rest = areas.lead(folded)
    for place in areas.names(area) if rest else ():
        if place + rest != folded:
            yield place + rest
