"""Other ways to write a name, for a look into the register: they add nothing to what it says."""

from collections.abc import Iterator
from re import Pattern

from kg.areas import Areas


def respelled(
    folded: str, areas: Areas, state: Pattern[str], beside: Pattern[str], inside: Pattern[str]
) -> Iterator[str]:
    """A folded name without the state's own name before it, without what stands `beside` it in
    Latin letters or `inside`, between its parts, and with its place in each of its forms.
    """
    for pattern in (state, beside, inside):
        bare = pattern.sub("", folded)
        if bare not in ("", folded):
            yield bare
    area, rest = areas.lead(folded)
    for place in areas.names(area) if rest else ():
        if place + rest != folded:
            yield place + rest
