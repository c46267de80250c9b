"""Each statement as a node of its own: what it claims, who says so, where it was read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kg.rdf.body import Body
from kg.rdf.description import Said
from kg.rdf.lines import day, number
from kg.rdf.loads import load_of
from kg.rdf.places import Thing, part, target
from kg.rdf.rows import Claim
from kg.statement import document_id

_SAID = ("rdf:subject", "rdf:predicate", "rdf:object")


@dataclass(frozen=True)
class Claims:
    """Writes rows of statements; `graphs` puts each into the graph of its source.

    `reifies` says what a statement claims as RDF 1.2 does, else as three parts (rdf:Statement).
    """

    body: Body
    graphs: bool
    reifies: bool

    def lines(self, claims: Iterable[Claim]) -> Iterator[str]:
        """The lines about each statement; every node in them has an IRI."""
        names = self.body.names
        for one in claims:
            try:
                end = f"{names.entity(one.source)} .\n" if self.graphs else ".\n"
                for subject, said in self._things(names.entity(one.id), one):
                    for predicate, value in said:
                        yield f"{subject} {names.term(predicate)} {value} {end}"
            except ValueError as error:
                raise self.body.rows.refuse(one.row(), str(error)) from None

    def _things(self, node: str, one: Claim) -> Iterator[Thing]:
        """The statement, then the nodes that it points to, each with all that is said of it."""
        yield node, [*self._claimed(one), *self._said(node, one)]
        yield from _valid(node, one)
        yield from target(self.body.names, node, one.document, one.place, one.quote)

    def _claimed(self, one: Claim) -> Said:
        names = self.body.names
        triple = self.body.triple(one.row())
        yield "rdf:type", names.term("prov:Entity")
        if self.reifies:
            yield "rdf:reifies", f"<<( {' '.join(triple)} )>>"
            return
        yield "rdf:type", names.term("rdf:Statement")
        yield from zip(_SAID, triple, strict=True)

    def _said(self, node: str, one: Claim) -> Said:
        names = self.body.names
        yield "prov:wasDerivedFrom", names.entity(one.source)
        yield "prov:wasGeneratedBy", load_of(names, one.load())
        yield "kg:readFrom", names.entity(document_id(one.document))
        if one.stance:
            yield "kg:stance", names.code("stance", one.stance)
        if one.confidence is not None:
            yield "kg:confidence", number(_decimal(one.confidence))
        if one.position is not None:
            yield "kg:position", number(str(one.position))
        for name in _bounds(one):
            yield f"kg:{name}", part(node, name)
        yield "oa:hasTarget", part(node, "target")


def _valid(node: str, one: Claim) -> Iterator[Thing]:
    """From when and until when it holds, each between two days."""
    for name, days in _bounds(one).items():
        known = zip(("kg:earliest", "kg:latest"), days, strict=True)
        yield part(node, name), [(bound, day(date.isoformat())) for bound, date in known if date]


def _bounds(one: Claim) -> Mapping[str, tuple[date | None, date | None]]:
    bounds = {
        "validFrom": (one.from_earliest, one.from_latest),
        "validTo": (one.to_earliest, one.to_latest),
    }
    return {name: days for name, days in bounds.items() if any(days)}


def _decimal(value: float) -> str:
    """Digits without an exponent, with a point, so that all confidences are decimals.

    >>> _decimal(1.0), _decimal(0.00001)
    ('1.0', '0.00001')
    """
    text = format(Decimal(repr(value)), "f")
    return text if "." in text else f"{text}.0"
