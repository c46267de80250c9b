"""A name as somebody wrote it, whom it means, and what was done to it."""

from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True)
class Said:
    """One name in one cell.

    `plain` is the name before any form of writing was put upon it; `truth` an id, `new:…` or
    `ambiguous:…`; `place` the province that its row gives, empty where it gives none.
    """

    text: str
    truth: str
    class_name: str
    plain: str = ""
    place: str = ""
    forms: tuple[str, ...] = ()

    def become(self, text: str, form: str) -> "Said":
        """The same, written otherwise; itself where the form changes nothing."""
        if text in ("", self.text):
            return self
        return replace(self, text=text, forms=(*self.forms, form))


def chance(random: Random, share: float) -> bool:
    """True in this share of cases."""
    return random.random() < share
