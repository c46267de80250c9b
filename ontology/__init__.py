"""The model: what the graph of data-element policy can say. One module a subject."""

from collections.abc import Mapping

from kg.terms import Entity
from ontology.area import Area, Province, Zone
from ontology.compute import ComputeProject
from ontology.exchange import Exchange
from ontology.organisation import Agency, Organisation
from ontology.policy import Policy, Proposal, Target
from ontology.provenance import Document, Source
from ontology.survey import Count, Initiative, Survey

__all__ = [
    "BASE",
    "CLASSES",
    "COVERED_BY",
    "NAMESPACES",
    "Agency",
    "Area",
    "ComputeProject",
    "Count",
    "Document",
    "Exchange",
    "Initiative",
    "Organisation",
    "Policy",
    "Proposal",
    "Province",
    "Source",
    "Survey",
    "Target",
    "Zone",
]

BASE = "https://w3id.org/datapolicy-cn/"
"""The default base of all IRIs; not ours until the redirect has been asked for."""

COVERED_BY = "Province"
"""The class of places by which reports say how much is known."""

NAMESPACES: Mapping[str, str] = {
    "kg": BASE + "ns#",
    "cv": "http://data.europa.eu/m8g/",
    "dc11": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "unit": "http://qudt.org/vocab/unit/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

CLASSES: tuple[type[Entity], ...] = (
    Area,
    Province,
    Zone,
    Organisation,
    Agency,
    Exchange,
    Policy,
    Target,
    Proposal,
    ComputeProject,
    Survey,
    Initiative,
    Count,
    Source,
    Document,
)

for _class in CLASSES:  # classes point at each other across modules
    _class.model_rebuild(_types_namespace={each.__name__: each for each in CLASSES})
