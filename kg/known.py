"""Which registered entities bear a name, and which of them a record's day and place mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.areas import Areas
from kg.naming import Parsed, Parser, Rules
from kg.register import Register
from kg.registered import Named
from kg.statement import Name, is_id
from kg.terms import Model
from kg.text import fold
from kg.titles import Issuer, Title, bodies, lead, normal, unwrapped

SEVERAL = "several bear that name"
EVERYWHERE = "*"
OTHER_ISSUERS = "a document of that title is known, but not surely by the same issuers"


@dataclass(frozen=True, slots=True)
class Identified:
    """What a name means: a key, and how that was found.

    `rule` is one of RULES; `candidates` are the entities it could be where it is undecided, and
    `why` says what is not known; `named` the register's entry that matched; `text` what a new
    thing is called, where it is not as written.
    """

    key: str
    rule: str
    candidates: tuple[str, ...] = ()
    named: Named | None = None
    why: str = ""
    text: str = ""


RULES = ("register", "parsed", "place", "bracket", "new", "undecided")
"""By a registered name, its parts, the place of the record, what a bracket says; not at all."""


class Known:
    """The register's names, as they are written and by their parts."""

    def __init__(self, register: Register, model: Model, rules: Rules) -> None:
        self._register = register
        self._model = model
        self._titles = rules.title
        self._level = rules.level
        self.areas = Areas(register, model, rules.unsure)
        self._parsers = [Parser(form, self.areas, rules.level) for form in rules.form]
        self._parsers_of = lru_cache(maxsize=256)(self._of_classes)
        self._parsed: dict[tuple[str, str], list[Named]] = {}
        self._unbracketed: dict[str, list[Named]] = {}
        self._at: dict[tuple[str, str], list[tuple[Named, Parsed]]] = {}
        self._titled: dict[str, list[tuple[Named, Title]]] = {}
        self.title = lru_cache(maxsize=16384)(self._title)
        self._body = lru_cache(maxsize=4096)(self._found_body)
        self._home = lru_cache(maxsize=4096)(self._at_home)
        self._index(list(register.all_names()))

    def _index(self, names: Sequence[Named]) -> None:
        """Bodies before titles, which begin with some of them."""
        for one in names:
            self._unbracketed.setdefault(unbracketed(fold(one.name)), []).append(one)
            made = self._model.prefixes.get(one.entity.partition(":")[0], "")
            if made and (parsed := self.parse(fold(one.name), (made,))):
                self._parsed.setdefault((parsed.form, parsed.text), []).append(one)
                self._at.setdefault((parsed.form, parsed.place), []).append((one, parsed))
        for one in names:
            if self.fits(one.entity, self._titles.classes):
                title = self.title(one.name)
                self._titled.setdefault(unbracketed(title.core), []).append((one, title))

    def _is(self, made: str, classes: Sequence[str]) -> bool:
        return any(self._model.is_a(made, one) for one in classes)

    def is_title(self, classes: Sequence[str]) -> bool:
        """Whether things of the first of some classes are documents."""
        return bool(classes) and self._is(classes[0], self._titles.classes)

    def fits(self, entity: str, classes: Sequence[str]) -> bool:
        """Whether an entity is of one of some classes."""
        found = self._model.prefixes.get(entity.partition(":")[0])
        return found is not None and self._is(found, classes)

    def parse(self, folded: str, classes: Sequence[str]) -> Parsed | None:
        """The parts of a name of one of some classes; None where one part is not known."""
        own = self._parsers_of(tuple(classes))
        return next(filter(None, (one.parse(folded) for one in own)), None)

    def _of_classes(self, classes: tuple[str, ...]) -> list[Parser]:
        return [
            parser
            for parser in self._parsers
            if any(self._is(one, parser.form.classes) for one in classes)
        ]

    def written(self, folded: str, name: Name) -> list[Named]:
        """The register's entries of exactly this name."""
        return self._fitting_classes(self._register.names.get(folded, ()), name)

    def with_brackets(self, folded: str, name: Name) -> list[Named]:
        """The register's entries of a name whose brackets somebody left out, or set."""
        return self._fitting_classes(self._unbracketed.get(unbracketed(folded), ()), name)

    def by_parts(self, parsed: Parsed, name: Name) -> list[Named]:
        """The register's entries of the same place, words and kind."""
        return self._fitting_classes(self._parsed.get((parsed.form, parsed.text), ()), name)

    def alike(self, parsed: Parsed, name: Name) -> tuple[str, ...]:
        """Registered bodies at the same place that share a word with a name: for a person.

        A government is like none of its offices, though their names hold its own.
        """
        if len(parsed.words) == 1:
            return ()
        near = self._at.get((parsed.form, parsed.place), ())
        words = set(parsed.words)
        sharing = [one for one, other in near if other.words[1:] and words & set(other.words)]
        return tuple(sorted({one.entity for one in self._fitting_classes(sharing, name)}))

    def shared(self) -> list[set[str]]:
        """The entities that names of one normal form belong to, where these are several."""
        found = [{one.entity for one in entries} for entries in self._parsed.values()]
        return [some for some in found if len(some) > 1]

    def _fitting_classes(self, entries: Sequence[Named], name: Name) -> list[Named]:
        besides = str(name.besides)
        found = [
            one for one in entries if one.entity != besides and self.fits(one.entity, name.classes)
        ]
        if not found or not self.is_title(name.classes):
            return found
        if homes := self.homes(name.by):
            return [one for one in found if self._issued_at(one.entity, homes)]
        return [one for one in found if self._holds_at(one.entity, str(name.place))]

    def homes(self, bodies: Sequence[str]) -> frozenset[str]:
        """Where bodies are at home, as far as known; empty is the home of national ones."""
        found = ((self._body(one), self.areas.lead(one)[0]) for one in map(fold, bodies))
        return frozenset(body.home if body else area for body, area in found if body or area)

    def _issued_at(self, entity: str, homes: frozenset[str]) -> bool:
        """Whether a document may have been issued by bodies at home in one of some places."""
        own = self._issuing(entity)
        return not own or bool(own & homes)

    def _at_home(self, entity: str) -> str:
        """Where a body is at home: that of 中共北京市委 stands behind 中共."""
        name = self._register.official.get(entity, "")
        made = self._model.prefixes.get(entity.partition(":")[0], "")
        parsed = None if self.areas.home_of(entity) else self.parse(fold(name), (made,))
        return parsed.place if parsed else self.areas.home_of(entity)

    def _holds_at(self, entity: str, place: str) -> bool:
        """Whether a record of some place can list a document: a national one, or one from there.

        A title that names a place says more of it than the record does.
        """
        own = self._issuing(entity)
        named = self.title(self._register.official.get(entity, "")).place
        if not place or named or not own or "" in own:
            return True
        return any(self.areas.akin(one, place) for one in own)

    def _issuing(self, entity: str) -> set[str]:
        """Where the issuers of a document are at home, as far as known."""
        title = self.title(self._register.official.get(entity, ""))
        own = {self._home(one) for one in self._register.issuers.get(entity, ())}
        place = title.place or self._register.places.get(entity, "")
        return own or {one.home for one in title.issuers} or ({place} - {""})

    def _numbered_at(self, entity: str, number: str) -> bool:
        """Whether a number can be a document's: of places only 安徽 numbers 皖政办〔2025〕5号."""
        start = [one.entity for one in self._register.names.get(number[:1], ())]
        areas = [one for one in start if one in self.areas.names_by_area]
        own = self._issuing(entity) if areas else set()
        return not own or any(self.areas.akin(one, area) for one in own for area in areas)

    def choose(self, entries: Sequence[Named], name: Name) -> tuple[list[Named], tuple[str, ...]]:
        """The entries of the one entity that a name means, or the entities it may mean."""
        fitting = self._of_day_and_place(entries, name)
        entities = sorted({one.entity for one in fitting})
        if len(entities) == 1:
            return list(fitting), ()
        return [], tuple(sorted({one.entity for one in fitting or entries}))

    def _of_day_and_place(self, entries: Sequence[Named], name: Name) -> Sequence[Named]:
        """Of several bearers those of the record's day and place; none where these disagree."""
        if len({one.entity for one in entries}) < 2:
            return entries
        then = [one for one in entries if name.day and one.borne_on(name.day)]
        there = [one for one in entries if self._there(one, str(name.place))]
        if then and there:
            return [one for one in then if one in there]
        return then or there or entries

    def _there(self, one: Named, place: str) -> bool:
        return self.areas.akin(self._home(one.entity), place)

    def _title(self, text: str) -> Title:
        """A title in its parts; who stands before it counts where all are known bodies."""
        who, inner, notice, number = unwrapped(text, self._titles)
        who = self._titles.more_issuers.sub("", who)
        issuers = bodies(who, self._titles, self._body) if who else ()
        unsure = bool(who) and not issuers
        core = normal(text if unsure and not notice else inner, self._titles)
        place, core, local = self._located(core)
        homes = {one.home for one in issuers}
        own = place or (homes.pop() if len(homes) == 1 else "")
        text = inner if notice or number else ""
        first = issuers[0].key if issuers else self.lead(who)
        return Title(issuers, own, core, text, unsure and notice, local, number, first)

    def lead(self, who: str) -> str:
        """Who stands first where a document's issuers are named: a known body, or the words."""
        return lead(who, self._titles, self._body)

    def _located(self, core: str) -> tuple[str, str, str]:
        """The place that a title names, the title with its full name, and what stands for it.

        北京市2024年政府工作报告 is 2024年北京市政府工作报告; one of 市, or of nothing, is local.
        """
        report = self._titles.report.fullmatch(core)
        where = "".join(filter(None, report.group("before", "behind"))) if report else core
        rest = report["year"] + report["what"] if report else ""
        if report and (not where or self._level.fullmatch(where)):
            return "", rest, EVERYWHERE + where
        place, more = self.areas.lead(where)
        if place and bool(more) != bool(report):
            core = self.areas.official(place) + more + rest
        return place, core, ""

    def of_place(self, title: Title, place: str) -> Title:
        """A title that every place has as that of one."""
        return replace(title, place=place, core=self.areas.official(place) + title.core)

    def _found_body(self, folded: str) -> Issuer | None:
        """The body of an id, or of a name that is one surely: registered, or with known parts."""
        if is_id(folded):
            return Issuer(folded, self._home(folded))
        name = Name(folded, ("Organisation",))
        entries = self.written(folded, name)
        parsed = self.parse(folded, name.classes)
        if not entries and parsed:
            entries = self.by_parts(parsed, name)
        found = {one.entity for one in entries}
        if len(found) == 1:
            entity = found.pop()
            return Issuer(entity, self._home(entity))
        return Issuer(parsed.text, parsed.place) if parsed and not found else None

    def same_title(self, title: Title, name: Name) -> tuple[str, tuple[str, ...], str]:
        """The document of a title, or those that it may be and why it is not decided."""
        entries = self._titled.get(unbracketed(title.core), ())
        there = {one.entity for one in self._fitting_classes([one for one, _ in entries], name)}
        same, open_ones = set[str](), set[str]()
        for one, known in entries:
            if one.entity in there:
                agrees = self._agree(title, one.entity, known, str(name.place))
                same |= {one.entity} if agrees else set()
                open_ones |= {one.entity} if agrees is None else set()
        if len(same) == 1:
            return same.pop(), (), ""
        return "", tuple(sorted(same or open_ones)), SEVERAL if same else OTHER_ISSUERS

    def _agree(self, title: Title, entity: str, known: Title, place: str) -> bool | None:
        """Whether two titles of one text are of one document; None where that is not known."""
        said = self._register.issuers.get(entity, frozenset())
        issuers = said | {one.key for one in known.issuers}
        if title.unsure or not self._numbered_at(entity, title.number):
            return None
        if not title.issuers:
            home = known.issuers[0].home if known.issuers else place
            return home == place if place or not known.issuers else None
        if {one.key for one in title.issuers} <= issuers:
            return True
        place = known.place or self._register.places.get(entity, "")
        if not issuers and not place:
            return None
        homes = {self._home(one) for one in issuers} or {place}
        own = {one.home for one in title.issuers}
        if not issuers and own == {place}:
            return True
        return None if homes & own else False


def unbracketed(folded: str) -> str:
    """A name without the signs of its brackets."""
    return folded.replace("(", "").replace(")", "")
