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
_WHAT: Mapping[str, tuple[str, str]] = {
    "iri": ("not an absolute IRI,", "write what can't stand in it in percents, as %20 for a blank"),
    "blank": ("not the name of a blank node,", "want letters and digits"),
    "tag": ("not a language tag,", "want zh, en, zh-Hant"),
}
"""By the kind of a term what is wrong with it, and what would do."""


class LeftOut(NamedTuple):
    """What is no RDF, of which thing it is said, and what would do in its place."""

    subject: str
    what: str
    term: str
    remedy: str


def left_out(quads: Iterable[Quad]) -> Iterator[LeftOut]:
    """The quads of a lenient reading that a strict one does not have.

    >>> from pyoxigraph import RdfFormat, parse
    >>> said = '{"@id": "urn:x:a", "urn:x:b": {"@id": "http://example.org/a b"}}'
    >>> [one.term for one in left_out(parse(said, RdfFormat.JSON_LD, lenient=True))]
    ['http://example.org/a b']
    """
    for quad in quads:
        if ":" not in quad.predicate.value:  # as it was written: nothing made it an IRI
            remedy = "give it an IRI in the @context"
            what = "a key that no context explains,"
            yield LeftOut(_name(quad), what, quad.predicate.value, remedy)
            continue
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if found := _fault(term):
                yield LeftOut(_name(quad), *found)
                break


def _name(quad: Quad) -> str:
    """What a quad is about, where that has an IRI."""
    return quad.subject.value if isinstance(quad.subject, NamedNode) else ""


def _fault(term: Any) -> tuple[str, str, str] | None:
    """Why a term is none: what it should be, how it is written, what would do."""
    if isinstance(term, DefaultGraph):
        return None
    kind, text = "iri", term.value
    if isinstance(term, BlankNode):
        kind = "blank"
    elif isinstance(term, Literal):
        kind, text = (
            ("tag", term.language) if term.language is not None else ("iri", term.datatype.value)
        )
    return None if _is(kind, text) else (_WHAT[kind][0], text, _WHAT[kind][1])


@lru_cache(maxsize=16384)
def _is(kind: str, text: str) -> bool:
    """Whether a strict parser would make a term of a text."""
    try:
        _MAKE[kind](text)
    except ValueError:
        return False
    return True
