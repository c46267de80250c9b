"""The records that everything passes on: what was claimed, by whom, where it was read."""

import re
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from kg.when import When

ID = r"[a-z]+:[A-Za-z0-9_-]+"
"""A local id: the prefix of a class, and a key."""
_ID = re.compile(ID)


Bounds = tuple[date | None, date | None, date | None, date | None]
"""The first and last day on which something can have begun, and ended."""


class Name(NamedTuple):
    """Something named and not yet identified.

    `classes` it may be of (empty: those that the property allows); the `place` and the `day` that
    the record gives; the entity that it can't be (a body is not its own predecessor). `parts` are
    the names in a cell that lists several, unless the whole is a name itself. What has no name of
    its own is `of` another: a goal, by its metric and year, of the policy that sets it. `lang` is
    the language of the text, where the record says it. It is `said` where the document claims it
    as a name by itself, with who says so. A document is issued `by` bodies, as the record names
    them.
    """

    text: str
    classes: tuple[str, ...] = ()
    place: "Name | str" = ""
    day: When | None = None
    besides: "Name | str" = ""
    parts: tuple[str, ...] = ()
    of: "Name | str" = ""
    lang: str = ""
    said: bool = False
    by: tuple[str, ...] = ()


class Span(NamedTuple):
    """When a claim holds: its start and its end, each as far as known."""

    start: When | None = None
    end: When | None = None

    def bounds(self, page: When | None) -> "Bounds":
        """The four bounds, none later than the page, which can't report its future.

        A date that is later as a whole says nothing here; its cell is a problem of its own.
        """
        start, end = (
            one.capped(page) if one and not one.is_after(page) else None
            for one in (self.start, self.end)
        )
        return (
            start.earliest if start else None,
            start.latest if start else None,
            end.earliest if end else None,
            end.latest if end else None,
        )


class Origin(NamedTuple):
    """Who says so, and where: shared by all claims of one record.

    `source` is an id or an address, empty where the record cites none; `address` where to find
    it; `page` the page's date.
    """

    source: str = ""
    address: str = ""
    page: When | None = None
    row: str = ""
    quote: str = ""
    stance: str = ""
    confidence: float = 1.0


class Claim(NamedTuple):
    """What one cell of a record says, before it is checked and its names are identified.

    `value` is the cell's text, an id, or a name; `class_name` is empty where the subject says it.
    `at` is where it stands, where row and column do not say it; `verdict` is `accept` or `reject`
    where the record also decides about the claim.
    """

    class_name: str
    subject: Name | str
    property: str
    value: Name | str
    row: str
    column: str
    origin: Origin
    original: str = ""
    lang: str = ""
    span: Span = Span()
    position: int | None = None
    planned: bool = False
    verdict: str = ""
    why: str = ""
    at: str = ""


class Statement(NamedTuple):
    """One claim: subject, property, value, validity, by one source, read in one document.

    The keys are the ids as identified at load; judgements never rewrite them.
    """

    id: str
    class_name: str
    subject_key: str
    subject_name: str
    property: str
    value_key: str
    original: str
    kind: str
    lang: str
    from_earliest: date | None
    from_latest: date | None
    to_earliest: date | None
    to_latest: date | None
    document: str
    place: str
    places: int
    position: int | None
    source: str
    quote: str
    stance: str
    confidence: float
    loader: str
    loader_version: str


class Problem(NamedTuple):
    """A record or cell that could not become a statement, or a name that waits for review."""

    document: str
    place: str
    field: str
    value: str
    problem: str
    remedy: str = ""
    review: str = ""
    candidates: str = ""

    @property
    def id(self) -> str:
        """The same for the same problem at the same place."""
        return "problem:" + digest(self.document, self.place, self.field, self.value, self.problem)

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.document, self.place, self.field) if part)
        return f"{where}: {self.problem}" + (f" ({self.remedy})" if self.remedy else "")


class Judgement(NamedTuple):
    """A person's decision: `same`, `different` name entities; `accept`, `reject` a statement."""

    id: str
    verdict: str
    a: str
    b: str
    by: str
    when: str
    why: str
    document: str
    place: str


Record = Statement | Problem | Judgement
BOUNDS = ("from_earliest", "from_latest", "to_earliest", "to_latest")


def digest(*parts: str, length: int = 20) -> str:
    r"""Hex of a hash of several texts, parted by a character that stands in none of them then.

    >>> digest("a\x1f", "b") == digest("a", "\x1fb")
    False
    """
    text = "\x1f".join(parts)
    if "\x1e" in text or text.count("\x1f") >= len(parts):
        escaped = (part.replace("\x1e", "\x1e0").replace("\x1f", "\x1e1") for part in parts)
        text = "\x1f".join(escaped)
    return sha256(text.encode()).hexdigest()[:length]


def is_id(text: str) -> bool:
    """Whether a text has the form of an id: `prefix:key`, without blanks or Chinese."""
    return bool(_ID.fullmatch(text))


@lru_cache(maxsize=4096)
def document_id(name: str) -> str:
    """The id of a document, from its name."""
    return "document:" + sha256(name.encode()).hexdigest()[:12]


def statement_id(
    document: str,
    source: str,
    subject: str,
    property: str,
    value: str,
    lang: str,
    bounds: Bounds,
) -> str:
    """The id of a claim: what is claimed, by whom, in which document; not where it stands."""
    days = (day.isoformat() if day else "" for day in bounds)
    return "statement:" + digest(document, source, subject, property, value, lang, *days)


def field_names(record: type[Statement] | type[Problem] | type[Judgement]) -> tuple[str, ...]:
    """The fields of a record as the store's columns call them."""
    return tuple(map(_column, record._fields))


def _column(name: str) -> str:
    return "class" if name == "class_name" else name
