"""The codes that facts use, as concepts of their lists."""

from collections.abc import Iterable, Iterator, Mapping

from kg.codes import CodeList
from kg.rdf.description import Said, about, labels
from kg.rdf.fields import Fields
from kg.rdf.lines import plain
from kg.rdf.names import Names
from kg.rdf.rows import Rows
from kg.terms import Text

_CODES = """SELECT DISTINCT split_part(subject, ':', 1), property, value
    FROM {facts} WHERE kind = 'code' AND {chosen}"""


def concepts(
    rows: Rows, fields: Fields, lists: Mapping[str, CodeList], stances: Iterable[str] = ()
) -> Iterator[str]:
    """The lines of each code list that is used, and of its codes that are."""
    used: dict[str, set[str]] = {"stance": set(stances)} if stances else {}
    for prefix, name, code in rows.read(_CODES):
        if listed := fields.property(prefix, name).codes:
            used.setdefault(listed, set()).add(code)
    for listed in sorted(used):
        yield from about(
            fields.names, fields.names.code(listed), scheme(fields.names, lists[listed])
        )
        for code in sorted(used[listed]):
            said = concept(fields.names, lists[listed], code)
            yield from about(fields.names, fields.names.code(listed, code), said)


def scheme(names: Names, listed: CodeList) -> Said:
    """A code list as a scheme of concepts."""
    yield "rdf:type", names.term("skos:ConceptScheme")
    yield from labels("skos:prefLabel", Text(listed.zh, listed.en))


def concept(names: Names, listed: CodeList, code: str) -> Said:
    """A code as a concept, or as what it is; one that has left its list has no label."""
    known = listed.codes.get(code)
    yield "rdf:type", names.term(listed.standard if known and known.same else "skos:Concept")
    if known:
        yield from labels("skos:prefLabel", Text(known.zh, known.en))
        if known.near:
            yield "skos:closeMatch", names.term(known.near)
    yield "skos:notation", plain(code)
    yield "skos:inScheme", names.code(listed.name)
