"""The second reading of a file of RDF: each statement becomes a claim, or a problem."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.register import Register
from kg.statement import Claim, Name, Origin, Problem, is_id
from kg.terms import Property
from kg.text import fold
from loaders.rdf.nodes import Node, Nodes
from loaders.rdf.origins import Graph, origin_of, source_of
from loaders.rdf.parsing import placed
from loaders.rdf.subjects import ITSELF, About, Subjects, name_of
from loaders.rdf.tally import Tally
from loaders.rdf.things import Thing, Things
from loaders.rdf.values import Unread, text_of
from loaders.rdf.vocabulary import Vocabulary, language

Term = NamedNode | BlankNode | Literal | Triple
_ADDRESSES = ("@id", "xsd:anyURI")
_HIDDEN = "skos:hiddenLabel"
_OF_WORK = "say it of the work"
_BLANK = "give it an IRI"


class Meant(NamedTuple):
    """What a predicate stands for: its short form, and the field, if it stands for any."""

    column: str
    prop: Property | None


_UNSAID = Thing((), "", "")


class Claims:
    """The claims of one file, of which the first reading has gathered the things."""

    def __init__(
        self, path: Path, words: Vocabulary, things: Things, nodes: Nodes, register: Register
    ) -> None:
        self._path = path
        self._words = words
        self._things = things
        self._nodes = nodes
        self._register = register
        self._tally = Tally()
        self._type = words.iri("rdf:type")
        self._subjects = Subjects(words, things, register)
        self._about = self._subjects.about
        self._origin = lru_cache(maxsize=16384)(self._said_by)
        self._meant = lru_cache(maxsize=4096)(self._stands_for)

    def read(self) -> Iterator[Claim | Problem]:
        """Claims and problems in the order of the file, then what of it is not understood."""
        for place, quad in placed(self._path):
            subject = quad.subject
            if isinstance(subject, NamedNode) and self._nodes.holds(subject.value):
                self._itself(place, subject.value, quad.predicate.value)
                yield from self._node(place, subject.value, quad)
            elif not self._nodes.covers(quad):
                yield from self._quad(place, quad)
        yield from self._titles()
        yield from self._unclaimed()
        yield from self._subjects.unknown()
        yield from self._tally.problems()

    def _quad(
        self, place: str, quad: Quad, said: Origin | None = None
    ) -> Iterator[Claim | Problem]:
        """What a triple claims, by whom its graph says, or a node of a statement."""
        subject, predicate = quad.subject, quad.predicate.value
        if self._expresses(quad):
            return
        if not isinstance(subject, NamedNode):
            self._tally.add(place, "a blank node with", self._words.names.short(predicate), _BLANK)
            return
        about, origin = self._about(subject.value), said or self._origin(quad.graph_name)
        if origin is None or self._describes(about, predicate, quad):
            return
        if about is ITSELF:
            self._itself(place, subject.value, predicate)
            return
        if isinstance(origin, str):
            remedy = "want the IRI of a source, or the address of a page"
            self._tally.add(place, "a graph that is no source,", origin, remedy)
            return
        row = _row(place, subject.value, about)
        if predicate == self._type:
            yield from self._typed(row, about, quad.object)
            return
        column, prop = self._meant(about.class_name if about else "", predicate)
        if prop is None:
            self._unknown(row, "unknown predicate", predicate)
        elif about:
            yield from self._valued(row, origin, about, column, prop, quad.object)
        elif self._things.is_expression(subject.value) and predicate != self._words.title:
            self._tally.add(row, "of an expression (eli:LegalExpression)", column, _OF_WORK)

    def _expresses(self, quad: Quad) -> bool:
        """Whether a triple is about expressions alone, whose titles are read with their works."""
        predicate, words = quad.predicate.value, self._words
        if predicate == self._type:
            return quad.object == NamedNode(words.expression)
        title = predicate == words.title and isinstance(quad.subject, BlankNode)
        return title or predicate in (words.realised, words.realises)

    def _titles(self) -> Iterator[Claim | Problem]:
        """The titles that works have by their expressions; what of expressions is not read."""
        for one in self._things.titles():
            graph = NamedNode(one.graph) if one.graph else DefaultGraph()
            datatype = None if one.tag else NamedNode(one.datatype)
            value = Literal(one.value, datatype=datatype, language=one.tag or None)
            if not one.work.startswith("_:"):
                title = NamedNode(self._words.title)
                yield from self._quad(one.place, Quad(NamedNode(one.work), title, value, graph))
        for work in self._things.untitled():
            self._unknown(
                work, "without an eli:title there, unknown predicate", self._words.realised
            )
        for place in self._things.loose():
            self._tally.add(place, "a blank node with", "eli:title", _BLANK)

    def _node(self, place: str, iri: str, quad: Quad) -> Iterator[Claim | Problem]:
        """The claim of a statement's node, where a statement of RDF is what completes it."""
        row = _row(place, "", None) or self._words.own_id(iri)
        try:
            if (claimed := self._nodes.claimed(quad)) is None:
                return
            node = self._nodes.get(iri)
            origin = self._said_in(node, quad)
            span, at, position = node.span(), node.where(), node.position()
        except Unread as error:
            yield Problem("", row, "", iri, f"{error}: not read", error.remedy)
            return
        for one in self._quad(place, claimed, origin):
            if isinstance(one, Claim):
                one = one._replace(span=span, at=at, position=position)
            yield one

    def _unclaimed(self) -> Iterator[Problem]:
        first, times = self._nodes.unclaimed
        if times:
            nodes = "1 node of a statement" if times == 1 else f"{times} nodes of statements"
            what = f"{nodes} without rdf:object or rdf:reifies: nothing of it read"
            yield Problem("", self._words.own_id(first), "", first, what, "say what it claims")

    def _said_in(self, node: Node, quad: Quad) -> Origin:
        """Who says so and how, as a node has it; Unread where that can't be."""
        found = self._said_by(quad.graph_name)
        if source := node.get("source"):
            found = source_of(self._words, source)
        if not isinstance(found, Origin):
            raise Unread(f"a statement from what is no source, {found}", "want a source's IRI")
        said = node.get("stance")
        stance = self._words.stance(said)
        if said and not stance:
            raise Unread(f"an unknown stance, {said}", "want a code of the list stance")
        return found._replace(quote=node.get("quote"), stance=stance, confidence=node.confidence())

    def _itself(self, place: str, iri: str, predicate: str) -> None:
        """What an export says of itself is no claim; what it does not write is not understood."""
        if predicate not in self._words.of_itself(iri):
            self._unknown(
                _row(place, self._words.own_id(iri), None), "unknown predicate", predicate
            )

    def _describes(self, about: About | None, predicate: str, quad: Quad) -> bool:
        """Whether a statement is what an export says of a document that it was made from."""
        if about is None or about.prefix != "document":
            return False
        return predicate in self._words.of_documents and isinstance(quad.graph_name, DefaultGraph)

    def _said_by(self, graph: Graph) -> Origin | str | None:
        return origin_of(self._words, graph, self._things.source())

    def _typed(self, row: str, about: About | None, value: Term) -> Iterator[Problem]:
        """The class of a thing is known already; what else it is said to be may be unknown."""
        named = value.value if isinstance(value, NamedNode) else ""
        model, own = self._words.model, about.class_name if about else ""
        if found := self._words.class_of(named):
            if own and not model.is_a(own, found):
                what = f"said to be of class {found}; by its IRI it is of class {own}"
                yield Problem("", row, "rdf:type", named, what, "correct the one or the other")
        elif named not in self._words.implied(own):
            self._unknown(row, "unknown class", named or "that is a blank node")

    def _stands_for(self, class_name: str, predicate: str) -> Meant:
        field = self._words.field(class_name, predicate)
        prop = self._words.property(class_name, field) if field else None
        return Meant(self._words.names.short(predicate), prop)

    def _unknown(self, row: str, what: str, iri: str) -> None:
        near = self._words.near(iri)
        remedy = f"use {near} where that is meant" if near else "see kg ontology for what is read"
        self._tally.add(row, what, self._words.names.short(iri), remedy)

    def _valued(
        self, row: str, origin: Origin, about: About, column: str, prop: Property, value: Term
    ) -> Iterator[Claim | Problem]:
        if isinstance(value, BlankNode | Triple):
            self._tally.add(row, "a blank node or a triple as the value of", column, _BLANK)
            return
        try:
            said = self._value(prop, about, column, value)
        except Unread as error:
            yield Problem("", row, column, value.value, str(error), error.remedy)
            return
        lang = _lang(prop, value)
        if spoken := _unkept(prop, value):
            remedy = "a text of any language may stand there, and says it in none"
            self._tally.add(row, f"the language {spoken} of", column, remedy)
        yield Claim(
            "", about.subject, prop.name, said, row, column, origin, value.value, lang, planned=True
        )

    def _value(
        self, prop: Property, about: About, column: str, value: NamedNode | Literal
    ) -> Name | str:
        if prop.kind == "link":
            found = self._link(prop, value)
            if prop.name == "predecessor" and isinstance(found, Name):
                return found._replace(besides=about.subject)
            return found
        if isinstance(value, NamedNode):
            return self._word(prop, value.value)
        if column == _HIDDEN and not self._is_hidden(about, value.value):
            remedy = "put it into register/names.csv, of kind misspelt or informal"
            raise Unread("a name that is not to be shown", remedy)
        return text_of(prop, value)

    def _is_hidden(self, about: About, text: str) -> bool:
        subject = about.subject
        return isinstance(subject, str) and (subject, fold(text)) in self._register.hidden

    def _word(self, prop: Property, iri: str) -> str:
        """An IRI that is no link: a code, or an address."""
        listed, code = self._words.names.coded(iri)
        if prop.kind == "code" and listed == prop.codes:
            return code
        if prop.kind == "text" and prop.term.datatype in _ADDRESSES:
            return iri
        wanted = f"want a code of the list {prop.codes}" if prop.codes else "want a literal"
        raise Unread(f"an IRI where a {prop.kind} belongs", wanted)

    def _link(self, prop: Property, value: NamedNode | Literal) -> Name | str:
        """What a link leads to: by id, by what the file says of it, or by a name as in a cell."""
        if isinstance(value, Literal):
            text = text_of(prop, value)
            named = Thing((), text.strip(), language(value.language or ""))
            return text if is_id(text) else name_of(named, ())
        if key := self._words.key(value.value):
            return key
        found = self._about(value.value)
        thing = self._things.get(value.value) if found is None else _UNSAID
        if thing.name and not thing.classes:
            return name_of(thing, ())
        if found is None or found is ITSELF:
            remedy = "give it a class and a name (skos:prefLabel) in this file"
            raise Unread(f"not known which thing this is: {value.value}", remedy)
        model = self._words.model
        if not any(model.is_a(found.class_name, one) for one in prop.ranges):
            wanted = " or ".join(prop.ranges)
            raise Unread(f"of class {found.class_name}, which can't be the {prop.name}", wanted)
        return found.subject


def _row(place: str, iri: str, about: About | None) -> str:
    """Where a statement stands: its line, and what it is about where that has no id of ours."""
    called = about.called if about else iri
    return f"{place}, {called}" if place and called == iri else place or called


def _lang(prop: Property, value: NamedNode | Literal) -> str:
    """The language of a text that may be said in several; a Chinese name says its own."""
    if isinstance(value, NamedNode) or not prop.term.languages or not value.language:
        return ""
    lang = language(value.language)
    return "" if prop.name == "name" and lang == "zh" else lang


def _unkept(prop: Property, value: NamedNode | Literal) -> str:
    """The language of a text that has none in the store; that of most needs no word."""
    if isinstance(value, NamedNode) or prop.kind != "text" or prop.term.languages:
        return ""
    lang = language(value.language or "")
    return "" if lang == "zh" else lang
