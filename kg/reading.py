"""From claims to statements: each is checked, its names are identified, its source is looked up.

What cannot become a statement comes out as a problem; nothing stops the stream, nothing vanishes.
"""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kg.asides import Asides
from kg.check import Checker, Unfit
from kg.identity import REVIEW, Identified, Identifier, longest_names
from kg.register import Register
from kg.statement import (
    Claim,
    Judgement,
    Name,
    Origin,
    Problem,
    Record,
    Span,
    Statement,
    digest,
    document_id,
    is_id,
    statement_id,
)
from kg.terms import Class, Property
from kg.text import fold, has_han
from kg.when import When

_About = tuple[Class, str, str]
"""The subject of a claim: its class, its key, its name as written."""


class NoSource(Unfit):
    """What a record cites as its source is no id of one."""


@dataclass
class Reading:
    """One reading of one document; `waiting` are the names in it that were found undecided."""

    document: str
    loader: str
    loader_version: str
    register: Register
    checker: Checker
    identifier: Identifier
    misfits: set[tuple[str, str]] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    asides: Asides = field(default_factory=Asides)
    described: Origin | None = None

    def __post_init__(self) -> None:
        """Ids of sources are remembered, though not for ever: there may be millions."""
        self._source_id = lru_cache(maxsize=4096)(self.register.source)

    def read(self, stream: Iterable[Claim | Problem]) -> Iterator[Record]:
        """Statements, judgements and problems of a document, in its order."""
        for one in stream:
            if isinstance(one, Problem):
                yield one._replace(document=self.document)
                continue
            try:
                yield from self._claim(one)
            except Unfit as error:
                yield from self._fault(one, error)
        yield from self.asides.rest()

    def _fault(self, claim: Claim, error: Unfit) -> Iterator[Problem]:
        """One problem a cell; one a row where its subject or its source does not fit."""
        subject = claim.origin.source if isinstance(error, NoSource) else claim.subject
        cell = not isinstance(subject, str) or self._fits(subject, claim.class_name)
        if cell and not isinstance(error, NoSource):
            yield self._problem(claim, str(error), error.remedy)
        elif (claim.row, str(subject)) not in self.misfits:
            self.misfits.add((claim.row, str(subject)))
            yield Problem(self.document, claim.row, "", str(subject), str(error), error.remedy)

    def _fits(self, subject: str, class_name: str) -> bool:
        try:
            self.checker.of(subject, class_name)
        except Unfit:
            return False
        return True

    def _claim(self, claim: Claim) -> Iterator[Record]:
        source, page = self._source(claim.origin)
        self.asides.enter(claim.row)
        if claim.origin is not self.described:
            yield from self._describe(claim.origin, source)
            self.described = claim.origin
        owner, subject, name = yield from self._subject(claim, source)
        prop = self.checker.property(owner, claim.property)
        if prop.kind == "link":
            yield from self._links(claim, prop, (owner, subject, name), source, page)
            return
        value = self.checker.literal(prop, claim, page)
        if prop.name == "name" and not claim.lang:
            value = self.identifier.bare(owner.name, value)
            prop, value = self._own_name(owner, subject, value, self._full(claim))
            self.asides.said((subject, source))
        yield from self._statement(claim, prop, (owner, subject, name), value, source, page)

    def _source(self, origin: Origin) -> tuple[str, When | None]:
        """The id of who says so, and the date of the page."""
        if not origin.source:
            return document_id(self.document), origin.page
        source = self._source_id(origin.source)
        if not is_id(source):
            raise NoSource(f"not an id: {source!r}", "want source: and a key, or an address")
        return source, origin.page or self.register.page(source)

    def _subject(self, claim: Claim, source: str) -> Generator[Record, None, _About]:
        subject = claim.subject
        if isinstance(subject, str):
            return self.checker.of(subject, claim.class_name), subject, subject
        subject = self._classed(claim, subject)
        found = self.identifier.find(subject)
        yield from self._open(claim, subject, found)
        owner = self._class_of(found, subject)
        if found.rule == "new" and (claim.property != "name" or found.text):
            yield from self._naming(claim, owner, found, subject, source)
        return owner, found.key, subject.text

    def _classed(self, claim: Claim, subject: Name) -> Name:
        """A subject with the classes that it may be of."""
        classes = subject.classes or ((claim.class_name,) if claim.class_name else ())
        return subject._replace(classes=classes or self._owners(claim.property))

    def _full(self, claim: Claim) -> str:
        """What the subject of a claim is called, where that is not as written."""
        named = claim.subject
        return (
            "" if isinstance(named, str) else self.identifier.find(self._classed(claim, named)).text
        )

    def _links(
        self,
        claim: Claim,
        prop: Property,
        about: _About,
        source: str,
        page: When | None,
    ) -> Iterator[Record]:
        if isinstance(claim.value, str):
            self._in_range(prop, claim.value)
            yield from self._statement(claim, prop, about, claim.value, source, page)
            return
        whole = claim.value._replace(classes=claim.value.classes or prop.ranges)
        for name in self._named_in(whole):
            found = self.identifier.find(name)
            written = claim.original if name.text == whole.text else ""
            one = claim._replace(value=name, original=written or name.text)
            yield from self._open(one, name, found)
            if found.rule == "new":
                target = self._class_of(found, name)
                yield from self._naming(one, target, found, name, source)
            yield from self._statement(one, prop, about, found.key, source, page)

    def _named_in(self, name: Name) -> Iterator[Name]:
        """The names of a cell: the whole where it is a known name, else its parts."""
        whole = name._replace(parts=())
        if len(name.parts) < 2 or self._is_known(whole):
            yield whole
            return
        names = longest_names(name.parts, lambda one: self._is_known(whole._replace(text=one)))
        yield from (whole._replace(text=text) for text in names)

    def _is_known(self, name: Name) -> bool:
        return self.identifier.find(name).rule in ("register", "parsed")

    def _in_range(self, prop: Property, key: str) -> None:
        found = self.checker.of(key).name
        if not any(self.checker.model.is_a(found, one) for one in prop.ranges):
            wanted = ", ".join(self.checker.model.classes[one].prefix + ":…" for one in prop.ranges)
            raise Unfit(f"{key} can't be the {prop.name} here", f"want {wanted}")

    def _own_name(self, owner: Class, subject: str, value: str, full: str) -> tuple[Property, str]:
        """A thing's official or full name is its name; any other name of it is an alias."""
        official = self.register.official.get(subject, full)
        if not official or fold(official) == fold(value):
            return owner.properties["name"], official or value
        spelled = [
            one.name for one in self.register.names.get(fold(value), ()) if one.entity == subject
        ]
        return owner.properties["alias"], spelled[0] if spelled else value

    def _statement(
        self,
        claim: Claim,
        prop: Property,
        about: _About,
        value: str,
        source: str,
        page: When | None,
    ) -> Iterator[Record]:
        owner, subject, name = about
        bounds = claim.span.bounds(None if claim.planned else page)
        named = claim.value.text if isinstance(claim.value, Name) else claim.value
        lang = claim.lang or _language(prop, value)
        key = statement_id(self.document, source, subject, prop.name, value, lang, bounds)
        yield Statement(
            key,
            owner.name,
            subject,
            name,
            prop.name,
            value,
            claim.original or named,
            prop.kind,
            lang,
            *bounds,
            self.document,
            claim.at or (f"{claim.row}, {claim.column}" if claim.column else claim.row),
            1,
            claim.position,
            source,
            claim.origin.quote,
            claim.origin.stance,
            claim.origin.confidence,
            self.loader,
            self.loader_version,
        )
        if claim.verdict:
            yield self._judgement(claim, key)

    def _judgement(self, claim: Claim, statement: str) -> Judgement:
        key = "judgement:" + digest(self.document, claim.verdict, statement)
        return Judgement(
            key, claim.verdict, statement, "", "", "", claim.why, self.document, claim.row
        )

    def _naming(
        self, claim: Claim, owner: Class, found: Identified, name: Name, source: str
    ) -> Iterator[Record]:
        """A thing that is new gets its name from the record that speaks of it."""
        if name.said or not owner.properties["name"].required:
            return
        naming = claim._replace(value=found.text or name.text, original=name.text, lang=name.lang)
        naming = naming._replace(position=None, verdict="", span=Span())
        about = (owner, found.key, name.text)
        prop = owner.properties["name"]
        value = self.identifier.bare(owner.name, self.checker.literal(prop, naming, None))
        yield from self.asides.once(
            (found.key, source), self._statement(naming, prop, about, value, source, None)
        )

    def _describe(self, origin: Origin, source: str) -> Iterator[Record]:
        """A source that the register lacks gets its address and date from the record citing it."""
        if not origin.source or source in self.register.sources:
            return
        for prop, value in (("url", origin.address), ("page_date", str(origin.page or ""))):
            if value:
                own = Origin(confidence=1.0)
                about = Claim("Source", source, prop, value, origin.row, "", own, planned=True)
                yield from self.asides.once((source, prop, value), self._claim(about))

    def _owners(self, prop: str) -> tuple[str, ...]:
        """The classes that have a field, those first that no other of them contains."""
        model = self.checker.model
        owners = [name for name, one in model.classes.items() if prop in one.properties]
        return tuple(
            name
            for name in owners
            if not any(name != other and model.is_a(name, other) for other in owners)
        )

    def _class_of(self, found: Identified, name: Name) -> Class:
        if found.rule == "undecided":
            return self.checker.model.classes[name.classes[0]]
        return self.checker.of(found.key)

    def _open(self, claim: Claim, name: Name, found: Identified) -> Iterator[Record]:
        """A name that can't be decided waits for review, once a document."""
        if found.rule != "undecided" or found.key in self.waiting:
            return
        self.waiting.add(found.key)
        could = ", ".join(found.candidates) or "nothing the register knows"
        problem = self._problem(
            claim,
            f"not decided who {name.text!r} is: {could}; {found.why}",
            f"kg review same {found.key.removeprefix(REVIEW)} ENTITY settles it",
        )
        yield problem._replace(
            value=name.text, review=found.key, candidates=";".join(found.candidates)
        )

    def _problem(self, claim: Claim, problem: str, remedy: str) -> Problem:
        value = claim.value.text if isinstance(claim.value, Name) else claim.value
        return Problem(self.document, claim.at or claim.row, claim.column, value, problem, remedy)


def _language(prop: Property, value: str) -> str:
    """Names say their language: an alias without a Chinese character is English."""
    if prop.name == "alias":
        return "zh" if has_han(value) else "en"
    return "zh" if prop.name == "name" else ""
