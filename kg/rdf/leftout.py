"""What a parser of JSON-LD leaves out without a word: keys, IRIs and tags that are no RDF.

The standard has it so. Read leniently they are all there, and can be told.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

_MAKE: Mapping[str, Callable[[str], object]] = {
    "iri": NamedNode,
    "blank": BlankNode,
    "tag": lambda tag: Literal("", language=tag),
}
_WHAT: Mapping[str, tuple[str, str, str]] = {
    "key": (
        "a key that no context explains,",
        "没有上下文说明的键",
        "give it an IRI in the @context",
    ),
    "iri": (
        "not an absolute IRI,",
        "不是绝对 IRI",
        "write what can't stand in it in percents, as %20 for a blank",
    ),
    "blank": ("not the name of a blank node,", "不能作空节点的名称", "want letters and digits"),
    "tag": ("not a language tag,", "不是语言标签", "want zh, en, zh-Hant"),
}
"""By its kind what is wrong with something, in two languages, and what would do."""


class LeftOut(NamedTuple):
    """What is no RDF, of which thing it is said, and what would do in its place."""

    subject: str
    term: str
    what: str
    zh: str
    remedy: str


def left_out(quads: Iterable[Quad]) -> Iterator[LeftOut]:
    """The quads of a lenient reading that a strict one does not have.

    >>> from pyoxigraph import RdfFormat, parse
    >>> said = '{"@id": "urn:x:a", "urn:x:b": {"@id": "http://example.org/a b"}}'
    >>> [one.term for one in left_out(parse(said, RdfFormat.JSON_LD, lenient=True))]
    ['http://example.org/a b']
    """
    for quad in quads:
        if found := next(_faults(quad), None):
            kind, term = found
            subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            yield LeftOut(subject, term, *_WHAT[kind])


def _faults(quad: Quad) -> Iterator[tuple[str, str]]:
    """Which of its terms are none, by their kinds."""
    if ":" not in quad.predicate.value:  # as it was written: nothing made it an IRI
        yield "key", quad.predicate.value
    for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        kind, text = _text(term)
        if kind and not _is(kind, text):
            yield kind, text


def _text(term: Any) -> tuple[str, str]:
    """The part of a term that may be wrong, and its kind; nothing of the default graph."""
    if isinstance(term, DefaultGraph):
        return "", ""
    if isinstance(term, BlankNode):
        return "blank", term.value
    if not isinstance(term, Literal):
        return "iri", term.value
    return ("iri", term.datatype.value) if term.language is None else ("tag", term.language)


@lru_cache(maxsize=16384)
def _is(kind: str, text: str) -> bool:
    """Whether a strict parser would make a term of a text."""
    try:
        _MAKE[kind](text)
    except ValueError:
        return False
    return True
