"""Literals of RDF as the texts of values; what is not of the kind that a field takes is refused."""

import re
from collections.abc import Mapping

from pyoxigraph import Literal

from kg.terms import Kind, Property
from kg.when import When

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_STRINGS = (f"{_XSD}string", f"{_RDF}langString", f"{_RDF}dirLangString")
_EDTF = "http://id.loc.gov/datatypes/edtf/"
_ZONE = r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_CLOCK = r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATES: Mapping[str, re.Pattern[str]] = {
    f"{_XSD}date": re.compile(f"({_DAY}){_ZONE}"),
    f"{_XSD}dateTime": re.compile(f"({_DAY}){_CLOCK}{_ZONE}"),
    f"{_XSD}gYearMonth": re.compile(f"([0-9]{{4}}-[0-9]{{2}}){_ZONE}"),
    f"{_XSD}gYear": re.compile(f"([0-9]{{4}}){_ZONE}"),
}
"""The datatypes of dates, and what of their text is the date: the day as it is written."""

_WHOLE = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
    "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
    "unsignedByte",
)  # fmt: skip
_NUMBERS = frozenset(f"{_XSD}{name}" for name in (*_WHOLE, "decimal", "double", "float"))
_FLOATS = (f"{_XSD}double", f"{_XSD}float")
_BOOLEANS = {"1": "true", "0": "false"}
_WANTED: Mapping[Kind, str] = {
    "date": 'want "2024-01-05"^^xsd:date, xsd:gYearMonth or xsd:gYear, or an EDTF set',
    "number": "want an xsd:integer or xsd:decimal",
    "boolean": "want an xsd:boolean",
    "code": "want the IRI of a code, or its text",
}


class Unread(ValueError):
    """A value that can't be read; `remedy` says what would."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.remedy = remedy


def text_of(prop: Property, value: Literal) -> str:
    """The text of a literal, where its datatype fits the field; Unread where it doesn't.

    >>> from pyoxigraph import NamedNode
    >>> from kg.terms import Term
    >>> dated = Property("dated", Term("kg:dated", "", ""), False, False, "date")
    >>> text_of(dated, Literal("2024-01-05Z", datatype=NamedNode(f"{_XSD}date")))
    '2024-01-05'
    """
    text, datatype = value.value, value.datatype.value
    if not text.strip():
        raise Unread("an empty text", "give it a value, or leave it out")
    if datatype in _STRINGS:
        return text
    if prop.kind == "date":
        return _date(text, datatype)
    if prop.kind == "number" and datatype in _NUMBERS:
        return _digits(text) if datatype in _FLOATS else text
    if prop.kind == "boolean" and datatype == f"{_XSD}boolean":
        return _BOOLEANS.get(text, text)
    if prop.kind == "text" and not datatype.startswith(_RDF):
        return text
    raise Unread(f"{_local(datatype)} where a {prop.kind} belongs", _WANTED.get(prop.kind, ""))


def _digits(text: str) -> str:
    """A float without the zeros that only its form asks for: 0.1 of JSON arrives as 1.0E-1.

    >>> _digits("1.0E-1"), _digits("1.50e3"), _digits("100")
    ('1E-1', '1.5E3', '100')
    """
    digits, mark, power = text.upper().partition("E")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"{digits}{mark}{power}"


def _date(text: str, datatype: str) -> str:
    if datatype.startswith(_EDTF):
        return _set(text)
    form = _DATES.get(datatype)
    if form is None:
        raise Unread(f"{_local(datatype)} where a date belongs", _WANTED["date"])
    if (match := form.fullmatch(text)) is None:
        raise Unread(f"not of the datatype {_local(datatype)}: {text!r}", _WANTED["date"])
    return match.group(1)


def _set(text: str) -> str:
    """One day of a set, or a plain date: an interval (`a/b`) means throughout, and is no day."""
    try:
        if "/" in text:
            raise ValueError(f"an interval and no day: {text!r}")
        return str(When.parse(text))
    except ValueError as error:
        raise Unread(str(error).partition(" (")[0], "want [2024-01-01..2024-03-22]") from None


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
