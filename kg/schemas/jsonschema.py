"""The classes of the model as one JSON Schema, as pydantic makes it: records, one class each.

To what pydantic knows it adds labels in both languages and the codes that a field may have.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from kg.codes import CodeList
from kg.terms import Class, Entity, Model, Property

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(
    classes: Iterable[type[Entity]], model: Model, lists: Mapping[str, CodeList], base: str
) -> str:
    """One document, its keys sorted: a record of any class, the classes under `$defs`."""
    _, made = models_json_schema([(cls, "validation") for cls in classes])
    found: dict[str, Any] = made["$defs"]
    for name, each in found.items():
        each["description"] = each.get("description", "").partition("\n\n")[0]
        if name in model.classes:
            _describe(each, model.classes[name], lists)
    whole = {
        "$schema": DIALECT,
        "$id": f"{base}schema.json",
        "$defs": found,
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in model.classes],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _describe(schema: dict[str, Any], cls: Class, lists: Mapping[str, CodeList]) -> None:
    schema["title"] = f"{cls.name} {cls.term.zh}"
    schema["description"] = f"{' '.join(cls.en.split())} {cls.zh}"
    for name, prop in cls.properties.items():
        field = schema["properties"][name]
        field["title"] = f"{prop.term.zh} | {prop.term.en}"
        if remark := f"{prop.term.comment_zh} {prop.term.comment_en}".strip():
            field["description"] = remark
        if prop.codes:
            _close(field, prop, lists[prop.codes])


def _close(field: dict[str, Any], prop: Property, listed: CodeList) -> None:
    """Only the codes of a list; their labels are in the ontology."""
    for each in (field, *field.get("anyOf", ())):
        if each.get("type") == "string":
            each["enum"] = sorted(listed.codes)
