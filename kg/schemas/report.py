"""A validation as SHACL's own report, in the same order each time."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.rdf.description import labels
from kg.schemas.turtle import Blank, Object, Turtle, names_of_schemas
from kg.terms import Text

if TYPE_CHECKING:
    from rdflib.term import Node

    from kg.validate import Fault


def report(faults: "Iterable[Fault]") -> str:
    """The sh:ValidationReport as Turtle."""
    names, found = names_of_schemas(), list(faults)
    said: list[tuple[str, Object]] = [
        ("rdf:type", names.term("sh:ValidationReport")),
        ("sh:conforms", "false" if found else "true"),
    ]
    for one in found:
        kind = ("rdf:type", names.term("sh:ValidationResult"))
        severity = ("sh:resultSeverity", names.term("sh:Violation"))
        said.append(("sh:result", Blank.of(kind, severity, *_result(one))))
    return Turtle(names).document([("[]", said)])


def _result(fault: "Fault") -> Iterator[tuple[str, Object]]:
    if result := fault.result:
        yield "sh:focusNode", _term(result.focus)
        if result.path is not None:
            yield "sh:resultPath", _term(result.path)
        if result.value is not None:
            yield "sh:value", _term(result.value)
        yield "sh:sourceShape", _term(result.shape)
        yield "sh:sourceConstraintComponent", _term(result.component)
    yield from labels("sh:resultMessage", Text(fault.zh, fault.en))


def _term(node: "Node") -> str:
    """A term as N-Triples writes it; what has no IRI in the data has none here."""
    from rdflib import BNode

    return "[]" if isinstance(node, BNode) else node.n3()
