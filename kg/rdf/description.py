"""The default graph: what an export is, whose it is, where it comes from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import chain

from kg import domain
from kg.documents import is_shipped
from kg.judgement import OWN_FILE
from kg.rdf.lines import day, iri, number, plain, tag
from kg.rdf.names import Names
from kg.rdf.places import part
from kg.rdf.rows import STANDS, Rows
from kg.registered import KnownSource
from kg.statement import document_id
from kg.terms import Term, Text
from kg.when import When

TITLE = Text("数据要素政策知识图谱", "Knowledge graph of data-element policy in China")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
UNREGISTERED = Text(
    "这里的 IRI 基址尚未登记重定向，目前无法解析。",
    "The base of these IRIs is not a registered redirect yet: they do not resolve.",
)

CONTENT_HASH = Term(
    "kg:contentHash",
    "内容散列",
    "content hash",
    comment_zh="数据集的陈述（编号、方式、可信度、位置、引文、加载器）与由此得出的事实的散列：相同则内容相同。",
    comment_en="A hash of a dataset's statements (id, stance, confidence, place, quote, loader) "
    "and of the facts that they give: the same for the same content.",
)

Said = Iterator[tuple[str, str]]
"""What is said of one thing: predicate in its short form, and object."""

_STATED = """concat_ws(chr(31), s.id, s.stance, coalesce(s.confidence::VARCHAR, ''), s.document,
    s.place, s.places, s.quote, s.loader, s.loader_version)"""
_FACTED = """concat_ws(chr(31), id, subject, value, status, preferred, stance,
    coalesce(confidence::VARCHAR, ''), statements::VARCHAR,
    [from_earliest, from_latest, to_earliest, to_latest]::VARCHAR)"""
_CONTENT = f"""SELECT concat_ws(' ', count(*), bit_xor(md5_number(said))) FROM (
        SELECT {_STATED} AS said FROM {{records}} s WHERE s.type = 'statement' AND {STANDS}
        UNION ALL SELECT concat_ws(chr(31), key, canonical) FROM clusters WHERE key <> canonical
        UNION ALL SELECT {_FACTED} FROM {{facts}} WHERE status = 'disputed'
            OR (status = 'accepted' AND (len(statements) > 1 OR NOT preferred))
    )"""
"""It does not depend on an order, so nothing is sorted. No two lines are alike. A fact that no
other touches follows from its one statement and from which ids are one."""
_PAGES = "SELECT subject, value FROM {facts} WHERE preferred AND property = 'page_date'"
_ENTITIES = """SELECT split_part(thing, ':', 1) AS prefix, count(*) FROM (
        SELECT subject AS thing FROM {facts} WHERE {chosen}
        UNION SELECT value FROM {facts} WHERE kind = 'link' AND {chosen}
        UNION SELECT unnest($1::VARCHAR[])
    ) GROUP BY prefix"""
_DOCUMENTS = """SELECT document, sha256, loader FROM {records} WHERE type = 'document'
    ORDER BY document"""
_SPOKEN_OF = """SELECT DISTINCT subject FROM {facts} WHERE {chosen}
    AND starts_with(subject, 'document:')"""
_UNTYPED = """(SELECT value AS pointed FROM {facts} WHERE kind = 'link' AND {chosen}
        UNION SELECT unnest($1::VARCHAR[]))
    EXCEPT SELECT subject FROM {facts} WHERE {chosen} ORDER BY pointed"""


@dataclass(frozen=True)
class Description:
    """What is said of an export as a whole: the same for the same content, whenever it is made."""

    names: Names
    rows: Rows
    pages: Mapping[str, KnownSource]

    def lines(self) -> Iterator[str]:
        """The dataset with its licence, base, sources and documents."""
        yield from about(self.names, self.names.graph("dataset"), self._dataset())
        elsewhere = {key for (key,) in self.rows.read(_SPOKEN_OF)}
        for name, count in self._classes.items():
            yield from about(self.names, self._partition(name), self._counted(name, count))
        for key, row in self.documents.items():
            said = _document(*row) if key in elsewhere else chain(self._typed(), _document(*row))
            yield from about(self.names, self.names.entity(key), said)

    def _typed(self) -> Said:
        """The class of a document, which is said here where no fact is of it."""
        yield "rdf:type", self.names.term("kg:Document")

    def untyped(self) -> Iterator[str]:
        """Ids that are pointed at, also from here, and of which no chosen fact is."""
        return untyped(self.rows, [*self.sources, *self.documents])

    @cached_property
    def sources(self) -> list[str]:
        """The sources of all facts that are not rejected."""
        return self.rows.sources()

    @cached_property
    def documents(self) -> Mapping[str, tuple[str, str, str]]:
        """Name, hash and loader of each document, by its id."""
        return {document_id(row[0]): row for row in self.rows.read(_DOCUMENTS)}

    @cached_property
    def _classes(self) -> Mapping[str, int]:
        """How many things of each class an export says, also those that are only pointed at."""
        model, counts = domain.model(), dict[str, int]()
        for prefix, count in self.rows.read(_ENTITIES, [*self.sources, *self.documents]):
            if prefix in model.prefixes:
                name = model.of(f"{prefix}:").term.iri
                counts[name] = counts.get(name, 0) + count
        return dict(sorted(counts.items()))

    def _partition(self, name: str) -> str:
        return part(self.names.graph("dataset"), name.replace(":", "-"))

    def _counted(self, name: str, count: int) -> Said:
        yield "rdf:type", self.names.term("void:Dataset")
        yield "void:class", self.names.term(name)
        yield "void:entities", number(str(count))

    def _ours(self) -> bool:
        """Whether all that was read are documents that we ship, byte for byte."""
        read = [row for row in self.documents.values() if row[0] != OWN_FILE]
        return bool(read) and all(is_shipped(name, sha) for name, sha, _ in read)

    def _whose(self) -> Said:
        """Title and licence: of what others wrote we can give none."""
        if self._ours():
            yield from labels("dcterms:title", TITLE)
            yield "dcterms:license", iri(LICENCE)
            return
        count = len(self.documents)
        zh, en = f"知识图谱（读自 {count} 个文件）", f"Knowledge graph (documents read: {count})"
        yield from labels("dcterms:title", Text(zh, en))

    def _dataset(self) -> Said:
        yield "rdf:type", self.names.term("dcat:Dataset")
        yield "rdf:type", self.names.term("void:Dataset")
        yield from self._whose()
        if not self.names.own_base:
            yield from labels("rdfs:comment", UNREGISTERED)
        yield "void:uriSpace", plain(self.names.base)
        yield "void:entities", number(str(sum(self._classes.values())))
        yield from (("void:classPartition", self._partition(name)) for name in self._classes)
        yield CONTENT_HASH.iri, plain(self._hash())
        if newest := self.newest():
            yield "dcterms:modified", day(str(newest))
        yield from (("dcterms:source", self.names.entity(key)) for key in self.sources)
        yield from (("prov:wasDerivedFrom", self.names.entity(key)) for key in self.documents)

    def _hash(self) -> str:
        """The same for the same content, whatever the order; no proof against forgery."""
        return sha256(next(self.rows.read(_CONTENT))[0].encode()).hexdigest()

    def newest(self) -> When | None:
        """The newest date of a source: as the facts say, else as the register does."""
        pages = {key: one.page for key, one in self.pages.items() if one.page}
        pages |= {key: When.parse(value) for key, value in self.rows.read(_PAGES)}
        dated = [page for key in self.sources if (page := pages.get(key)) and page.latest]
        return max(dated, key=lambda page: (str(page.latest), str(page)), default=None)


def untyped(rows: Rows, pointed: Sequence[str] = ()) -> Iterator[str]:
    """Ids that facts or others point at, and of which no chosen fact is."""
    return (key for (key,) in rows.read(_UNTYPED, list(pointed)))


def about(names: Names, subject: str, said: Said) -> Iterator[str]:
    """The lines that say something of one thing, in the default graph."""
    return (f"{subject} {names.term(name)} {value} .\n" for name, value in said)


def labels(name: str, text: Text) -> Said:
    """A text in its languages."""
    return (
        (name, plain(one) + tag(lang)) for one, lang in ((text.zh, "zh"), (text.en, "en")) if one
    )


def _document(name: str, sha: str, loader: str) -> Said:
    yield "skos:prefLabel", plain(name)
    yield "kg:sha256", plain(sha)
    yield "kg:loader", plain(loader)
