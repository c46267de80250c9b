"""Which document a title means: by its text, its issuers, its place and number; or it waits."""

from kg.known import EVERYWHERE, Identified, Known
from kg.minting import NO_PLACE, REVIEW, NewIds, undecided
from kg.naming import Titles
from kg.statement import Name
from kg.titles import Title

NUMBER_ALONE = "a document's number, and no title"
NO_TITLE = "any document may be called so"


class Titled:
    """Documents by their titles."""

    def __init__(self, known: Known, rules: Titles, new_ids: NewIds) -> None:
        self._known = known
        self._rules = rules
        self._new_ids = new_ids

    def find(self, name: Name) -> Identified:
        """The document that a title means, a new one, or candidates."""
        title = self._known.title(name.text)
        if self._rules.number_alone.fullmatch(title.core):
            return undecided(name, (), NUMBER_ALONE)
        known = name._replace(place="") if str(name.place).startswith(REVIEW) else name
        if title.local:
            level = title.local.removeprefix(EVERYWHERE)
            place = str(known.place)
            place = self._known.areas.level(place, level) if level else place
            national = not level and "" in self._known.homes(name.by)
            if not place and not national:
                return undecided(name, (), NO_PLACE)
            title = self._known.of_place(title, place)
        entity, candidates, why = self._known.same_title(title, known)
        if entity:
            return Identified(entity, "parsed")
        if candidates:
            return undecided(name, candidates, why)
        if self._rules.generic.fullmatch(title.core):
            return undecided(name, (), NO_TITLE)
        return Identified(self._new(title, name), "new")

    def _new(self, title: Title, name: Name) -> str:
        """The id of a new document: by its place, else by who stands first before it."""
        place = str(title.place or name.place)
        lead = title.lead or self._known.lead(next(iter(name.by), ""))
        where = place if title.place or (place and not title.unsure) else place + lead
        return self._new_ids.made(title.core + title.number, where, name)
