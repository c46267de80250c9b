"""The portable subset of Cypher, in which saved questions give the same rows on both engines."""

import re
from collections.abc import Iterator

from kg.saved import Question

_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`")
_REFUSED = (
    (r"\b(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|LOAD\s+CSV|FOREACH)\b", "writes"),
    (r"\bRETURN\s+(DISTINCT\s+)?\*", "RETURN *: name the columns"),
    (r"\[[^\]]*\*\s*(?:\d+\s*\.\.\s*)?\s*[\]{]", "a path without an upper bound: write *1..6"),
    (r"\)\s*[-<>=]*\s*[+*](?!\d)(?=\s*[(\-])", "->+ and ->* have no upper bound"),
    (r"\bSHORTEST\s+\d|\bALL\s+SHORTEST\b|\bANY\s+SHORTEST\b", "SHORTEST k: use shortestPath"),
    (r"\bexists\s*\((?!\s*\{)", "exists(…): write IS NOT NULL or EXISTS { … }"),
    (r"\bsize\s*\(\s*\(", "size of a pattern: write COUNT { … }"),
    (r"\bCALL\s*\{", "CALL { WITH … }: write CALL (x) { … }"),
    (r"\bEXPLAIN\b|\bPROFILE\b", "EXPLAIN differs between engines"),
    (r"\d_\d", "1_000: write 1000"),
    (r"\bdatetime\s*\(|\blocaldatetime\s*\(", "datetimes differ between engines: use dates"),
    (r"\blabels\s*\([^)]*\)\s*\[", "labels(n)[0]: their order differs between engines"),
)


def faults(question: Question) -> Iterator[str]:
    """What is wrong with a question's Cypher, one text each; nothing where all is well."""
    for cypher in (question.cypher, *(note.cypher for note in question.notes if note.cypher)):
        bare = _STRING.sub("''", re.sub(r"//.*", "", cypher))
        for pattern, why in _REFUSED:
            if re.search(pattern, bare, re.IGNORECASE):
                yield why
        if re.search(r"shortestPath", bare, re.IGNORECASE) and _filters_path(bare):
            yield "shortestPath with WHERE on the path: the engines differ"
        if not re.search(r"\bORDER\s+BY\b", bare, re.IGNORECASE):
            yield "no ORDER BY: the order of rows must be total"
    used = set(re.findall(r"\$(\w+)", question.cypher))
    declared = {one.name for one in question.parameters}
    yield from (f"parameter ${name} is not declared" for name in sorted(used - declared))
    yield from (f"parameter ${name} is not used" for name in sorted(declared - used))


def _filters_path(bare: str) -> bool:
    """Whether a WHERE follows that looks into the path found."""
    found = re.search(r"(\w+)\s*=\s*(?:all)?shortestPath", bare, re.IGNORECASE)
    name = found.group(1) if found else ""
    where = re.search(rf"\bWHERE\b[^;]*\((?:{name})\)", bare, re.IGNORECASE)
    return bool(name and where and re.search(r"\b(all|any|none|single)\s*\(", where.group(0)))
