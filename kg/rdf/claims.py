"""Each statement as a node of its own: what it claims, who says so, where it was read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kg.rdf.body import Body
from kg.rdf.lines import day, number, plain
from kg.rdf.rows import Claim
from kg.statement import document_id
from kg.terms import Term

PLACE = Term("kg:PlaceSelector", "位置", "place in a document", under=("oa:Selector",))
TERMS = (
    Term("kg:readFrom", "读自", "read from", comment_zh="陈述读自哪个文件。",
         comment_en="The document in which a statement was read."),
    Term("kg:readBy", "读取者", "read by", datatype="xsd:string",
         comment_zh="读出陈述的加载器及其版本。",
         comment_en="The loader that read it, and its version."),
    Term("kg:stance", "陈述方式", "stance", comment_zh="来源怎样说：明确、推断、与人冲突。",
         comment_en="How the source says it: stated, inferred, in conflict with others."),
    Term("kg:confidence", "读取可信度", "confidence", datatype="xsd:decimal",
         comment_zh="读得有多准，0 到 1。", comment_en="How well it was read, from 0 to 1."),
    Term("kg:validFrom", "起始", "valid from", comment_zh="从何时起成立。",
         comment_en="When it begins to hold."),
    Term("kg:validTo", "截止", "valid to", comment_zh="到何时为止成立。",
         comment_en="When it ceases to hold."),
    Term("kg:earliest", "最早", "earliest", datatype="xsd:date", comment_zh="不早于这一天。",
         comment_en="Not before this day."),
    Term("kg:latest", "最晚", "latest", datatype="xsd:date", comment_zh="不晚于这一天。",
         comment_en="Not after this day."),
)  # fmt: skip
"""What is said of statements, beside standard terms."""

_SAID = ("rdf:subject", "rdf:predicate", "rdf:object")


@dataclass(frozen=True)
class Claims:
    """Writes rows of statements; `graphs` puts each into the graph of its source.

    `reifies` says what a statement claims as RDF 1.2 does, else as three parts (rdf:Statement).
    """

    body: Body
    graphs: bool
    reifies: bool

    def lines(self, claims: Iterator[Claim]) -> Iterator[str]:
        """The lines about each statement; every node in them has an IRI."""
        names = self.body.names
        for one in claims:
            try:
                end = f"{names.entity(one.source)} .\n" if self.graphs else ".\n"
                node = names.entity(one.id)
                for subject, predicate, value in self._about(node, one):
                    yield f"{subject} {names.term(predicate)} {value} {end}"
            except ValueError as error:
                raise self.body.rows.refuse(one.row(), str(error)) from None

    def _about(self, node: str, one: Claim) -> Iterator[tuple[str, str, str]]:
        names = self.body.names
        yield node, "rdf:type", names.term("prov:Entity")
        for name, value in self._claimed(one):
            yield node, name, value
        yield node, "prov:wasDerivedFrom", names.entity(one.source)
        yield node, "kg:readFrom", names.entity(document_id(one.document))
        yield node, "kg:readBy", plain(f"{one.loader} {one.loader_version}")
        if one.stance:
            yield node, "kg:stance", names.code("stance", one.stance)
        if one.confidence is not None:
            yield node, "kg:confidence", number(_decimal(one.confidence))
        yield from self._valid(node, one)
        yield from self._target(node, one)

    def _claimed(self, one: Claim) -> Iterator[tuple[str, str]]:
        names = self.body.names
        triple = self.body.triple(one.row())
        if self.reifies:
            yield "rdf:reifies", f"<<( {' '.join(triple)} )>>"
            return
        yield "rdf:type", names.term("rdf:Statement")
        yield from zip(_SAID, triple, strict=True)

    def _valid(self, node: str, one: Claim) -> Iterator[tuple[str, str, str]]:
        """From when and until when it holds, each between two days."""
        for name, first, last in (
            ("validFrom", one.from_earliest, one.from_latest),
            ("validTo", one.to_earliest, one.to_latest),
        ):
            if first or last:
                bound = _part(node, name)
                yield node, f"kg:{name}", bound
                yield from _days(bound, first, last)

    def _target(self, node: str, one: Claim) -> Iterator[tuple[str, str, str]]:
        """Where in its document it was read, as Web Annotation says it."""
        names, target = self.body.names, _part(node, "target")
        yield node, "oa:hasTarget", target
        yield target, "rdf:type", names.term("oa:SpecificResource")
        yield target, "oa:hasSource", names.entity(document_id(one.document))
        for name, kind, predicate, text in (
            ("place", "kg:PlaceSelector", "rdf:value", one.place),
            ("quote", "oa:TextQuoteSelector", "oa:exact", one.quote),
        ):
            if text:
                selector = _part(node, name)
                yield target, "oa:hasSelector", selector
                yield selector, "rdf:type", names.term(kind)
                yield selector, predicate, plain(text)


def _part(node: str, name: str) -> str:
    return f"{node[:-1]}#{name}>"


def _days(bound: str, first: date | None, last: date | None) -> Iterator[tuple[str, str, str]]:
    for name, one in (("kg:earliest", first), ("kg:latest", last)):
        if one:
            yield bound, name, day(one.isoformat())


def _decimal(value: float) -> str:
    """Digits without an exponent, with a point, so that all confidences are decimals.

    >>> _decimal(1.0), _decimal(0.00001)
    ('1.0', '0.00001')
    """
    text = format(Decimal(repr(value)), "f")
    return text if "." in text else f"{text}.0"
