"""The syntaxes of RDF that are read: their endings, their parsers, and what these let through."""

from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from pyoxigraph import RdfFormat

from kg.errors import InputError

SYNTAXES: Mapping[str, tuple[str, RdfFormat]] = {
    ".ttl": ("Turtle", RdfFormat.TURTLE),
    ".nt": ("N-Triples", RdfFormat.N_TRIPLES),
    ".nq": ("N-Quads", RdfFormat.N_QUADS),
    ".trig": ("TriG", RdfFormat.TRIG),
    ".rdf": ("RDF/XML", RdfFormat.RDF_XML),
    ".jsonld": ("JSON-LD", RdfFormat.JSON_LD),
}
"""The endings of files of RDF: what each is called, and its parser."""


def check(path: Path) -> None:
    """Refuse XML that is cut off or not well formed, of which the parser would read a part."""
    if path.suffix.lower() != ".rdf":
        return
    parser = expat.ParserCreate()
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        where = f"{path.name}, line {error.lineno}, column {error.offset + 1}"
        said = expat.ErrorString(error.code)
        raise InputError(f"{where}: not RDF/XML: {said} ({remedy(path)})") from None


def remedy(path: Path) -> str:
    """What to do with a file that its parser refuses."""
    return f"mend it there, or name the file by what it holds, which is not {path.suffix}"
