"""The portable subset of Cypher, in which saved questions give the same rows on both engines."""

import re
from collections.abc import Iterator

from kg import domain
from kg.saved import Parameter, Question

_TEXT = re.compile(
    r"""(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`)|//[^\n]*|/\*.*?\*/""", re.DOTALL
)
_SPARQL = re.compile(r"""<[^<>\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\#[^\n]*""")
_WRITES = r"CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|LOAD\s+CSV|FOREACH"
_ENDLESS = "a path without an upper bound: write *1..6 or {1,6}"
_REFUSED = (
    (rf"(?<![.:$\w])({_WRITES})\b", "writes"),
    (r"\bRETURN\s+(DISTINCT\s+)?\*", "RETURN *: name the columns"),
    (r"\[[^\]]*\*\s*(?:\d*\s*\.\.)?\s*(?:[\]{]|WHERE\b)", _ENDLESS),
    (r"(?:-[->]|\]-)\s*[+*]", _ENDLESS),
    (r"(?:->|\]-)\s*\([^()]*\)\s*\)\s*[+*]", _ENDLESS),
    (r"\{\s*\d*\s*,\s*\}", _ENDLESS),
    (r"\bSHORTEST\s+\d|\b(ALL|ANY)\s+SHORTEST\b", "SHORTEST k: use shortestPath"),
    (r"\bexists\s*\(", "exists(…): write IS NOT NULL or EXISTS { … }"),
    (r"\bsize\s*\(\s*\([^()]*\)\s*<?-", "size of a pattern: write COUNT { … }"),
    (r"\bCALL\s*\{", "CALL { WITH … }: write CALL (x) { … }"),
    (r"^\s*(EXPLAIN|PROFILE)\b", "EXPLAIN differs between engines"),
    (r"(?<!\w)\d+_\d", "1_000: write 1000"),
    (r"\b(local)?datetime\s*\(", "datetimes differ between engines: use dates"),
    (r"\blabels\s*\([^)]*\)\s*\[", "labels(n)[0]: their order differs between engines"),
)
_TYPES = ("text", "int", "date", "words")
_OWN = {"index"}


def faults(question: Question) -> Iterator[str]:
    """What is wrong with a question's Cypher, one text each; nothing where all is well."""
    queries = [question.cypher, *(note.cypher for note in question.notes if note.cypher)]
    bare = [_bare(cypher) for cypher in queries]
    for cypher in bare:
        yield from _refused(cypher)
    used = {name for cypher in bare for name in re.findall(r"\$(\w+)", cypher)}
    declared = {one.name for one in question.parameters}
    yield from (f"parameter ${name} is not declared" for name in sorted(used - declared - _OWN))
    yield from (f"parameter ${name} is not used" for name in sorted(declared - used))
    for one in question.parameters:
        if not _is_known(one):
            yield f"parameter ${one.name} is of no known type: {one.type}"
    if question.twin.is_file():
        yield from _twin_faults(question.twin.read_text(encoding="utf-8"))


def _twin_faults(sparql: str) -> Iterator[str]:
    """What is wrong with a twin in SPARQL; its parameters are looked at when it is asked."""
    bare = _SPARQL.sub(" ", sparql)
    if re.search(r"\b(SERVICE|FROM)\b", bare, re.IGNORECASE):
        yield "the twin reads other data: SERVICE, FROM"
    if not re.search(r"\bORDER\s+BY\b", bare, re.IGNORECASE):
        yield "the twin has no ORDER BY: the order of rows must be total"
    if "?cites" not in bare:
        yield "the twin returns no ?cites"


def _bare(cypher: str) -> str:
    """Without comments, and with nothing inside its strings."""
    return _TEXT.sub(lambda found: "''" if found["string"] else " ", cypher)


def _refused(bare: str) -> Iterator[str]:
    found = (why for pattern, why in _REFUSED if re.search(pattern, bare, re.IGNORECASE))
    yield from dict.fromkeys(found)
    if re.search(r"shortestPath", bare, re.IGNORECASE) and _filters_path(bare):
        yield "shortestPath with WHERE on the path: the engines differ"
    last = re.split(r"\bRETURN\b", bare, flags=re.IGNORECASE)[-1]
    if not re.search(r"\bORDER\s+BY\b", last, re.IGNORECASE):
        yield "no ORDER BY: the order of rows must be total"


def _filters_path(bare: str) -> bool:
    """Whether a WHERE follows that looks into the path found."""
    found = re.search(r"(\w+)\s*=\s*(?:all)?shortestPath", bare, re.IGNORECASE)
    name = found.group(1) if found else ""
    where = re.search(rf"\bWHERE\b[^;]*\((?:{name})\)", bare, re.IGNORECASE)
    return bool(name and where and re.search(r"\b(all|any|none|single)\s*\(", where.group(0)))


def _is_known(parameter: Parameter) -> bool:
    kind, _, listed = parameter.type.partition(" ")
    return kind in _TYPES or kind in domain.model().classes or listed in domain.codes()
