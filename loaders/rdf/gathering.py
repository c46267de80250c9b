"""The first reading of a file of RDF: is it sound, and what does it say of things not ours?"""

from functools import lru_cache
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.errors import InputError
from kg.rdf.syntax import check
from kg.statement import Origin
from kg.text import has_han
from loaders.rdf.nodes import Nodes
from loaders.rdf.origins import origin_of
from loaders.rdf.parsing import placed, unread
from loaders.rdf.things import Things, Title, node_of
from loaders.rdf.vocabulary import Vocabulary, current, language

_ORDER = ("zh", "", "en")
_DATA_SETS = ("dcat:Dataset", "void:Dataset")


def gather(path: Path, words: Vocabulary, things: Things, nodes: Nodes) -> None:
    """Note classes, names and uses of things, and what the nodes of statements say.

    InputError where a file is no RDF or is empty.
    """
    check(path)
    noting = _Noting(words, things)
    is_ours = lru_cache(maxsize=4096)(words.key)
    space = words.iri("void:uriSpace")
    label = words.iri("skos:prefLabel")
    count = 0
    for place, quad in placed(path):
        count += 1
        subject = quad.subject
        noting.express(place, quad)
        if not isinstance(subject, NamedNode):
            continue
        if quad.predicate.value == space:
            _of_our_base(path, words, subject.value, quad.object)
        if nodes.holds(subject.value):
            nodes.note(subject.value, quad)
        elif not (key := is_ours(subject.value)):
            noting.note(place, subject.value, quad)
        elif key.startswith("document:") and quad.predicate.value == label:
            nodes.title(subject.value, quad.object)
    things.flush()
    nodes.close_notes()
    if not count:
        found = next(unread(path), None)
        why = f"{found.what} {found.term}: {found.remedy}" if found else "an empty file?"
        raise InputError(f"{path.name}: no statement of RDF in it ({why})")


def _of_our_base(path: Path, words: Vocabulary, data_set: str, value: object) -> None:
    """Refuse an export under another base: none of its ids would be ours."""
    base = value.value if isinstance(value, Literal) else ""
    if base != words.names.base and data_set == f"{base}graph/dataset":
        raise InputError(f"{path.name}: made with base {base}: set KG_BASE={base} to load it")


class _Noting:
    """Takes down what matters of statements about things without an id of ours."""

    def __init__(self, words: Vocabulary, things: Things) -> None:
        self._words = words
        self._things = things
        self._type = words.iri("rdf:type")
        self._source = words.iri("dcterms:source")
        self._issuer = words.iri("eli:passed_by")
        self._data_sets = frozenset(map(words.iri, _DATA_SETS))

    def note(self, place: str, iri: str, quad: Quad) -> None:
        """Take down one statement."""
        predicate, value = quad.predicate.value, quad.object
        if not self._words.names.describes(iri):
            self._things.use(iri, place)
        if isinstance(value, Literal):
            if isinstance(origin_of(self._words, quad.graph_name), Origin):
                self._name(iri, current(predicate), value)
        elif isinstance(value, NamedNode) and predicate == self._type:
            self._class(iri, value.value)
        elif isinstance(value, NamedNode) and predicate == self._source:
            self._things.say(iri, "source", value.value)
        elif isinstance(value, NamedNode) and predicate == self._issuer:
            self._things.say(iri, "issuer", value.value)

    def express(self, place: str, quad: Quad) -> None:
        """Take down which expression realises which work, and the titles that they may have."""
        predicate, value, words = quad.predicate.value, quad.object, self._words
        if predicate == words.title and isinstance(value, Literal):
            said = origin_of(words, quad.graph_name)
            if isinstance(said, Origin) and value.value.strip():
                graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
                literal = value.value, value.language or "", value.datatype.value
                title = Title("", *literal, graph, place)
                self._things.title(node_of(quad.subject), title, *self._order(predicate, value))
        elif predicate == words.realised and isinstance(value, NamedNode | BlankNode):
            self._things.realises(node_of(value), node_of(quad.subject))
        elif predicate == words.realises and isinstance(value, NamedNode | BlankNode):
            self._things.realises(node_of(quad.subject), node_of(value))

    def _class(self, iri: str, value: str) -> None:
        if value in self._data_sets:
            self._things.say(iri, "dataset", "")
        elif named := self._words.class_of(value):
            self._things.say(iri, "class", named)

    def _name(self, iri: str, predicate: str, value: Literal) -> None:
        """A name by its language first, then by how it is said."""
        text = value.value.strip()
        if predicate not in self._words.namings or not text:
            return
        self._things.say(iri, "name", text, *self._order(predicate, value))

    def _order(self, predicate: str, value: Literal) -> tuple[int, str]:
        """How good a name is, the least best, and its language."""
        namings = self._words.namings
        lang = language(value.language or ("zh" if has_han(value.value) else ""))
        wanted = _ORDER.index(lang) if lang in _ORDER else len(_ORDER)
        return wanted * len(namings) + namings.index(predicate), lang
