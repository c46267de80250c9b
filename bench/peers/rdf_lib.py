"""rdflib: the records as a graph in memory, written as N-Triples.

Usage: python -m bench.peers.rdf_lib FOLDER FILE     in an environment of its own
"""

import sys
from pathlib import Path

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from bench.peers import tables, took


def main(folder: Path, out: Path) -> None:
    """Write the tables of a folder as N-Triples."""
    imported = took.memory()
    graph = Graph()
    for table in tables.TABLES:
        kind = URIRef(tables.iri(f"kg:{table.class_name}"))
        predicates = [(one, URIRef(tables.iri(one.term))) for one in table.columns]
        for key, *cells in tables.cells(folder, table):
            subject = URIRef(f"{tables.BASE}{table.prefix}/{key}")
            graph.add((subject, RDF.type, kind))
            for cell, (column, predicate) in zip(cells, predicates, strict=True):
                if cell:
                    graph.add((subject, predicate, _object(column, cell)))
    graph.serialize(out, format="nt", encoding="utf-8")
    took.report(imported)


def _object(column: tables.Column, cell: str) -> Node:
    if column.kind in ("link", "code"):
        return URIRef(column.target + cell)
    if column.kind == "iri":
        return URIRef(cell)
    if column.kind == "text":
        return Literal(cell, lang=column.detail or None)
    return Literal(cell, datatype=URIRef(tables.iri(column.detail)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
