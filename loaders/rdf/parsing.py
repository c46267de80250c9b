"""RDF files as a stream of quads, each with the line where it stands; a fault is one line."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from itertools import chain, repeat
from pathlib import Path
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.errors import InputError
from kg.rdf.leftout import LeftOut, left_out
from kg.rdf.reading import with_own_context
from kg.rdf.syntax import SYNTAXES, refused

_BY_LINE = (".nt", ".nq")
_LARGE = 16_000_000
_RELATIVE = "x-relative:///"
_MARK = b"\xef\xbb\xbf"
Placed = tuple[str, Quad]
"""A quad, and its line where a syntax has one line a quad."""


def placed(path: Path) -> Iterator[Placed]:
    """The quads of a file in its order; InputError, with line and column, where it is no RDF."""
    lines = _lines(path) if path.suffix.lower() in _BY_LINE else iter(())
    return zip(chain(lines, repeat("")), _quads(path), strict=False)


def _lines(path: Path) -> Iterator[str]:
    """Where each quad stands: every line has one that is neither blank nor a comment."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            said = line.lstrip()
            if said and not said.startswith("#"):
                yield f"line {number}"


def _quads(path: Path) -> Iterator[Quad]:
    _, syntax = SYNTAXES[path.suffix.lower()]
    with _opened(path, syntax) as file:
        try:
            if syntax == RdfFormat.JSON_LD:
                quads = pyoxigraph.parse(file, _order_of(path), base_iri=_RELATIVE)
                yield from _absolute(path, quads)
            else:
                yield from pyoxigraph.parse(file, syntax)
        except SyntaxError as error:
            raise refused(path, error) from None


def unread(path: Path) -> Iterator[LeftOut]:
    """What of a file that was read is no RDF, and was left out: of JSON-LD alone is any."""
    _, syntax = SYNTAXES[path.suffix.lower()]
    if syntax != RdfFormat.JSON_LD:
        return
    with _opened(path, syntax) as file:
        quads = pyoxigraph.parse(file, _order_of(path), base_iri=_RELATIVE, lenient=True)
        yield from left_out(quads)


def _opened(path: Path, syntax: RdfFormat) -> BinaryIO:
    """A file behind its byte-order mark; JSON-LD that names a context of ours, with that in it.

    A large file names it in vain: it is not held in memory for this.
    """
    if syntax == RdfFormat.JSON_LD and path.stat().st_size <= _LARGE:
        return BytesIO(with_own_context(path.read_bytes().removeprefix(_MARK)))
    file = path.open("rb")
    if file.read(3) != _MARK:
        file.seek(0)
    return file


def _order_of(path: Path) -> RdfFormat:
    state = path.stat()
    return _order(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=1)
def _order(path: Path, size: int, _: int) -> RdfFormat:
    """Which parser reads JSON-LD: a large file, as a stream where its keys stand in that order.

    The other parser holds all of an object in memory, and an export is one object.
    """
    if size > _LARGE:
        with suppress(SyntaxError):
            for _quad in pyoxigraph.parse(path=path, format=RdfFormat.STREAMING_JSON_LD):
                pass
            return RdfFormat.STREAMING_JSON_LD
    return RdfFormat.JSON_LD


def _absolute(path: Path, quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads of JSON-LD, whose parser leaves out relative IRIs unless they have a base."""
    for quad in quads:
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and term.value.startswith(_RELATIVE):
                said = term.value.removeprefix(_RELATIVE)
                wanted = "write the IRI in full, or give the file a base or a vocabulary"
                raise InputError(f"{path.name}: not JSON-LD: a relative IRI {said!r} ({wanted})")
        yield quad
