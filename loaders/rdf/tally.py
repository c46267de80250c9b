"""What is not understood: each term once, with the number of its uses and the first place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.statement import Problem

_MOST = 1_000
_FURTHER = ("a term beside all of these that is unknown", "", "")


@dataclass
class Tally:
    """Counts by what a thing is, how it is called for short, and what would do in its place."""

    _found: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    _places: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def add(self, place: str, what: str, term: str, remedy: str) -> None:
        """Count one use; the distinct terms that are remembered are limited."""
        key = (what, term, remedy)
        if key not in self._found and len(self._found) >= _MOST:
            key = _FURTHER
        self._found.setdefault(key, [0])[0] += 1
        self._places.setdefault(key, place)

    def problems(self) -> Iterator[Problem]:
        """A problem for each."""
        for key, (times,) in self._found.items():
            what, term, remedy = key
            said = f"{what} {term}".rstrip()
            uses = "1 use" if times == 1 else f"{times} uses"
            problem = f"{said}: {uses}, not read"
            yield Problem("", self._places[key], term, "", problem, remedy)
