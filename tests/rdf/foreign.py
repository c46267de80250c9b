"""RDF from elsewhere, loaded into a store of one test."""

from pathlib import Path

from kg.load import Report
from tests.rdf.made import BASE
from tests.stores import put, query, write

PREFIXES = f"""
    @prefix kg: <{BASE}ns#> .
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix eli: <http://data.europa.eu/eli/ontology#> .
    @prefix geo: <http://www.opengis.net/ont/geosparql#> .
    @prefix org: <http://www.w3.org/ns/org#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix schema: <http://schema.org/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix policy: <{BASE}policy/> .
    @prefix source: <{BASE}source/> .
    @prefix ex: <http://example.org/> .
"""
ISSUED = """
    ex:rules a eli:LegalResource ;
        skos:prefLabel "某市数据办法"@zh, "Data Rules"@en ;
        eli:date_publication "2024-01-05"^^xsd:date ;
        eli:passed_by ex:bureau .
    ex:bureau a org:Organization ; skos:prefLabel "某市某局"@zh .
"""


def loaded(folder: Path, text: str, name: str = "foreign.ttl") -> Report:
    return put(folder, write(folder / name, PREFIXES + text))


def said(folder: Path, what: str = "property, value") -> set[tuple[object, ...]]:
    return set(query(folder, f"SELECT {what} FROM facts"))


def named(folder: Path, name: str) -> str:
    """The id of the thing of a name."""
    (row,) = query(
        folder, f"SELECT DISTINCT subject FROM facts WHERE property = 'name' AND value = '{name}'"
    )
    return str(row[0])
