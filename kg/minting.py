"""Ids of things that the register lacks, and of names that wait: from the record alone."""

from kg.areas import Areas
from kg.known import Identified
from kg.statement import Name, digest
from kg.terms import Model
from kg.text import fold, folded_slug

REVIEW = "review:"
NO_PLACE = "it means one only with a place, and the record gives none that fits"


class NewIds:
    """Ids by class, name and place, whatever else is loaded, and in whatever order."""

    def __init__(self, model: Model, areas: Areas) -> None:
        self._model = model
        self._areas = areas

    def made(self, text: str, place: Name | str, name: Name) -> str:
        """The id of a thing called so: a city's things are told apart by its name."""
        class_name = name.classes[0]
        home = self._areas.home(text)
        where = self._areas.root(home) or str(place)
        prefix = self._model.classes[class_name].prefix
        return f"{prefix}:{folded_slug(text)}-{digest(class_name, text, where, length=6)}"


def undecided(name: Name, candidates: tuple[str, ...], why: str) -> Identified:
    """What a name means that waits for a person."""
    item = digest(name.classes[0], fold(name.text), str(name.place), length=8)
    return Identified(f"{REVIEW}r{item}", "undecided", candidates, why=why)
