"""Values between Python and Java."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import jpype

from kg.graph import Value
from kg.graph.jvm import java
from kg.graph.moments import moment


def to_java(value: Value) -> Any:
    """A Java value of the same meaning: whole numbers are Long, others Double, dates LocalDate.

    Raises TypeError for anything that is not a Value, OverflowError beyond 64 bits.
    """
    match value:
        case None | str() | bool() | int() | float():
            return value
        case date() if not isinstance(value, datetime):
            return java("java.time.LocalDate").of(value.year, value.month, value.day)
        case list() | tuple():
            items = jpype.JArray(jpype.JObject)([to_java(item) for item in value])
            return java("java.util.Arrays").asList(items)
        case Mapping():
            return java_map(value)
    raise TypeError(f"cannot be a value of the graph: {value!r}")


def java_map(values: Mapping[str, Value]) -> Any:
    """A Java map of converted values."""
    result = java("java.util.HashMap")()
    for key, value in values.items():
        result.put(key, to_java(value))
    return result


def to_python(value: Any) -> Value:
    """Plain Python: dates and times as ISO text; nodes, relationships and paths as dicts."""
    if value is None:
        return None
    kind = type(value)
    converter = _converters.get(kind)
    if converter is None:
        converter = _converters[kind] = _converter(value)
    return converter(value)


_Converter = Callable[[Any], Value]
_converters: dict[type, _Converter] = {}


def _converter(value: Any) -> _Converter:
    """How values of this class are converted; all else becomes its text, as times do."""
    for name, converter in _BY_CLASS.items():
        if isinstance(value, java(name)):
            return converter
    return lambda one: moment(str(one))


def _list(value: Any) -> list[Value]:
    return [to_python(item) for item in value]


def _map(value: Any) -> dict[str, Value]:
    return {str(key): to_python(item) for key, item in value.items()}


def _node(value: Any) -> dict[str, Value]:
    properties = _map(value.propertiesAsMap())
    labels = java("com.arcadedb.query.opencypher.Labels").getLabels(value)
    return {"id": _id(value), "labels": sorted(_texts(labels)), "properties": properties}


def _relationship(value: Any) -> dict[str, Value]:
    return {
        "id": str(value.get("fact") or value.getIdentity()),
        "type": str(value.getTypeName()),
        "start": _id(value.getOutVertex()),
        "end": _id(value.getInVertex()),
        "properties": _map(value.propertiesAsMap()),
    }


def _path(value: Any) -> dict[str, Value]:
    return {"nodes": _list(value.getVertices()), "relationships": _list(value.getEdges())}


def _id(vertex: Any) -> str:
    return str(vertex.get("id") or vertex.getIdentity())


def _texts(values: Any) -> list[str]:
    return [str(value) for value in values]


_BY_CLASS: dict[str, _Converter] = {
    "java.lang.String": str,
    "java.lang.Boolean": bool,
    "java.lang.Double": float,
    "java.lang.Float": float,
    "java.math.BigDecimal": lambda value: float(str(value)),
    "java.math.BigInteger": lambda value: int(str(value)),
    "java.lang.Number": int,
    "com.arcadedb.graph.Vertex": _node,
    "com.arcadedb.graph.Edge": _relationship,
    "com.arcadedb.query.opencypher.traversal.TraversalPath": _path,
    "java.util.Map": _map,
    "java.util.Collection": _list,
}
