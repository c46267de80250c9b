"""RDF: what `kg export` writes, and what others write with the same vocabularies.

A file is read twice as a stream. The first reading finds its faults, and the classes and names of
things that have no id of ours; the second makes a claim of each statement. Who says so is the named
graph, as the export writes it; without one the source of the data set that the file describes,
where it gives exactly one, else the file. What an export says of itself (its data set, documents,
code lists, and dates that it combines from several sources) is no claim, and is passed over.
"""

from collections.abc import Iterator
from pathlib import Path

from kg import domain
from kg.rdf.syntax import SYNTAXES
from kg.register import Register
from kg.statement import Claim, Problem, digest
from loaders.rdf.claims import Claims
from loaders.rdf.gathering import gather
from loaders.rdf.nodes import Nodes
from loaders.rdf.parsing import unread
from loaders.rdf.tally import Tally
from loaders.rdf.things import Things
from loaders.rdf.vocabulary import Vocabulary

NAME = "rdf"
VERSION = "2"
SUFFIXES = tuple(SYNTAXES)


def version() -> str:
    """The loader's version, with the base of ids, on which what is read depends."""
    return f"{VERSION}-{digest(domain.base(), length=6)}"


def read(path: Path, register: Register) -> Iterator[Claim | Problem]:
    """The claims of a file of RDF, then what of it is not understood, each term once.

    Raises InputError before the first claim where the file is no RDF, or says nothing.
    """
    words = Vocabulary.of_domain()
    with Things() as things, Nodes(words) as nodes:
        gather(path, words, things, nodes)
        yield from Claims(path, words, things, nodes, register).read()
    yield from _left_out(path, words)


def _left_out(path: Path, words: Vocabulary) -> Iterator[Problem]:
    """What the parser left out of JSON-LD, each key, IRI and tag once."""
    tally = Tally()
    for one in unread(path):
        tally.add(words.own_id(one.subject), one.what, one.term, one.remedy)
    yield from tally.problems()
