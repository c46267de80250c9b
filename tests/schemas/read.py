"""Schemas read back, and what they speak of."""

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pyshacl
from rdflib import Graph, URIRef

from kg.schemas import Schema, schema

BASE = "https://w3id.org/datapolicy-cn/"
KG = f"{BASE}ns#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


@cache
def turtle(format: Schema) -> Graph:
    """A schema in Turtle, as rdflib reads it."""
    return Graph().parse(data=schema(format), format="turtle")


@cache
def parsed(format: Schema) -> Any:
    """A schema in JSON."""
    return json.loads(schema(format))


def iris(graph: Graph) -> set[str]:
    """All IRIs of a graph, those of datatypes too."""
    found = {str(one) for triple in graph for one in triple if isinstance(one, URIRef)}
    datatypes = {getattr(one, "datatype", None) for one in graph.objects()}
    return found | {str(one) for one in datatypes if one}


@contextmanager
def quiet() -> Iterator[None]:
    """Without what rdflib says of itself when pyshacl calls it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def validated(data: Graph) -> tuple[bool, Graph, str]:
    """Whether data are as the shapes want, the report, and its text."""
    with quiet():
        conforms, report, text = pyshacl.validate(data, shacl_graph=turtle("shacl"))
    assert isinstance(report, Graph), text
    return conforms, report, text
