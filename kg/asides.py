"""What records say on the side: the names of new things, the addresses of sources.

It is told once, at its first place, and how often it came again at the end; of very much, once in a
while: the store makes one statement of those that are told again, and adds up their places.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.statement import Record, Statement

What = tuple[str, ...]
"""What is said, as the reader tells it apart: a thing or source, and who says so."""


MOST = 50_000
"""How much is remembered; memory must not grow with a document."""


@dataclass
class Asides:
    """`told` is what was said so far, `here` what the present row said, `again` the repetitions."""

    told: set[What] = field(default_factory=set)
    again: dict[What, Statement] = field(default_factory=dict)
    here: set[What] = field(default_factory=set)
    row: str = ""

    def enter(self, row: str) -> None:
        """Come to a row; what it says several times it says once."""
        if row != self.row:
            self.row = row
            self.here.clear()

    def said(self, what: What) -> None:
        """Note that the row says it itself, and need not say it on the side."""
        self.here.add(what)

    def once(self, what: What, said: Iterator[Record]) -> Iterator[Record]:
        """What is said, where nobody said it before; else it is counted."""
        if what in self.here:
            return
        self.here.add(what)
        if what not in self.told:
            if len(self.told) == MOST:
                yield from self.rest()
                self.told.clear()
                self.again.clear()
            self.told.add(what)
            yield from said
        elif known := self.again.get(what):
            self.again[what] = known._replace(places=known.places + 1)
        else:
            self.again.update((what, one) for one in said if isinstance(one, Statement))

    def rest(self) -> Iterator[Statement]:
        """The repetitions, each once with the number of its places."""
        yield from self.again.values()
