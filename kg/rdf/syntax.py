"""The syntaxes of RDF that are read: their endings, their parsers, and what these let through."""

import re
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

_SAVE = "save it as UTF-8, and let it say so"
_PLACE = re.compile(r"^Parser error at line \d+ (?:column \d+|between columns \d+ and \d+): ")


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
        remedy = _SAVE if "encoding" in said else _remedy(path)
        raise InputError(f"{where}: not RDF/XML: {said} ({remedy})") from None
    except (LookupError, ValueError) as error:  # of encodings that expat does not know
        raise InputError(f"{path.name}: not RDF/XML in UTF-8: {error} ({_SAVE})") from None


def refused(path: Path, error: SyntaxError) -> InputError:
    """The error of a file that its parser refuses: where, in the parser's words, what would do."""
    called = SYNTAXES.get(path.suffix.lower(), SYNTAXES[".jsonld"])[0]
    return InputError(f"{path.name}{_where(error)}: not {called}: {_what(error, path)}")


def _where(error: SyntaxError) -> str:
    if error.lineno is None:
        return ""
    return f", line {error.lineno}" + (f", column {error.offset}" if error.offset else "")


def _what(error: SyntaxError, path: Path) -> str:
    said = _PLACE.sub("", " ".join(str(error.msg).split()))
    if "No scheme" in said:
        return f"{said} (write the IRI in full, or give the file a base)"
    if "remote context" in said:
        return "it refers to a context elsewhere (put the context itself into the file)"
    return f"{said} ({_SAVE if 'UTF-8' in said or 'utf-8' in said else _remedy(path)})"


def _remedy(path: Path) -> str:
    return f"mend it there, or name the file by what it holds, which is not {path.suffix}"
