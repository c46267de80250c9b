"""The model for other programs: OWL, SHACL, JSON-LD contexts, JSON Schema.

All are made from the classes alone and name things as exports do; the same model gives the same
bytes. Copies under the default base lie in `ontology/generated/`.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from kg import domain

__all__ = ["FILES", "FORMATS", "Schema", "schema"]

Schema = Literal["owl", "shacl", "shacl-graphs", "context", "context-zh", "json-schema"]
FORMATS: tuple[Schema, ...] = get_args(Schema)
FILES: Mapping[Schema, str] = {
    "owl": "ontology.ttl",
    "shacl": "shapes.ttl",
    "shacl-graphs": "shapes-graphs.ttl",
    "context": "context.jsonld",
    "context-zh": "context-zh.jsonld",
    "json-schema": "schema.json",
}
"""What the copies in `ontology/generated/` are called."""


def schema(format: Schema) -> str:
    """The model of the domain in a format, as text."""
    from kg.schemas.turtle import names_of_schemas

    names, model, codes = names_of_schemas(), domain.model(), domain.codes()
    if format == "owl":
        from kg.schemas.owl import owl

        return owl(names, model, codes)
    if format == "shacl" or format == "shacl-graphs":
        from kg.schemas.shacl import shacl

        return shacl(names, model, codes, graphs=format == "shacl-graphs")
    if format == "json-schema":
        from kg.schemas.jsonschema import json_schema

        return json_schema(domain.classes(), model, codes, names.base)
    from kg.schemas.context import context

    return context(names, model, codes, "zh" if format == "context-zh" else "en")
