"""The lines of bare values, put together by DuckDB where their rows are sorted.

Most values stand in a line as they are: nothing in them is escaped, their form is a usual one.
Which do is told narrowly, by the expressions below; all others, and all that is to be refused,
come out as rows for `Body` to write. What stands before and after a value is taken from what `Body`
writes of a sample, so that there is one way to write a term.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.rdf.body import Body
from kg.rdf.lines import tag
from kg.rdf.rows import COMBINED
from kg.statement import ID

_SAMPLES: Mapping[str, Mapping[int, str]] = {
    "link": {0: "policy:4711x"},
    "code": {0: "4711x"},
    "text": {0: "4711x"},
    "boolean": {0: "true"},
    "number": {0: "4711", 1: "4711.5"},
    "date": {4: "1987", 7: "1987-06", 10: "1987-06-05"},
}
"""A value of each kind and form; the form is 1 for digits with a point, the length of a date."""
_FORM = """CASE r.kind WHEN 'date' THEN strlen(r.value)
    WHEN 'number' THEN contains(r.value, '.')::BIGINT ELSE 0 END"""
_DAY = (
    "[1-9][0-9][0-9][0-9](-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?"
    "|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31)?"
)
"""Years, months, and the days that every year has."""
_UNESCAPED = r" !#-\[\]-\x7f" + "\u0080-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_BARE = f"""CASE kind
    WHEN 'text' THEN NOT regexp_matches(value, '[^{_UNESCAPED}]')
    WHEN 'link' THEN regexp_full_match(value, '{ID}')
    WHEN 'date' THEN regexp_full_match(value, '{_DAY}')
    WHEN 'code' THEN regexp_full_match(value, '[A-Za-z0-9_-]+')
    WHEN 'number' THEN regexp_full_match(value, '[0-9]+([.][0-9]+)?')
    ELSE value IN ('true', 'false') END"""
_IDS = f"""regexp_full_match(subject, '{ID}')
    AND (source IN ('', '{COMBINED}') OR regexp_full_match(source, '{ID}'))"""
# $1 to $8 are the columns of `Shape`, $9 the ids with hidden names, $10 what each IRI of a thing
# begins with, $11 the end of a line in the graph of combined dates.
_LINES = f"""WITH shapes AS (
    SELECT unnest($1::VARCHAR[]) AS prefix, unnest($2::VARCHAR[]) AS property,
        unnest($3::VARCHAR[]) AS kind, unnest($4::VARCHAR[]) AS lang, unnest($5::BIGINT[]) AS form,
        generate_subscripts($1::VARCHAR[], 1) AS nth
), naming AS (
    SELECT unnest($9::VARCHAR[]) AS id
), found AS (%s), shaped AS (
    SELECT r.source, r.subject, r.property, r.kind, r.lang, r.value,
        CASE WHEN n.id IS NULL THEN s.nth END AS shape
    FROM found r LEFT JOIN shapes s ON s.property = r.property AND s.kind = r.kind
        AND s.lang = r.lang AND s.form = {_FORM} AND s.prefix = split_part(r.subject, ':', 1)
    LEFT JOIN naming n ON n.id = r.subject AND r.property IN ('name', 'alias')
    ORDER BY 1, 2, 3, 4, 5, 6
), turned AS (
    SELECT *, source IS DISTINCT FROM lag(source) OVER ()
            OR subject IS DISTINCT FROM lag(subject) OVER () AS first,
        NOT first AND value = lag(value) OVER () AND property = lag(property) OVER ()
            AND kind = lag(kind) OVER () AND lang = lag(lang) OVER () AS again,
        concat($10, replace(subject, ':', '/'), '> ') AS start,
        CASE source WHEN '' THEN '.\n' WHEN '{COMBINED}' THEN $11
            ELSE concat($10, replace(source, ':', '/'), '> .\n') END AS ending
    FROM shaped
)
SELECT encode(CASE WHEN shape IS NOT NULL AND ({_BARE}) AND (NOT first OR ({_IDS})) THEN concat(
        CASE WHEN first THEN concat(start, ($6::VARCHAR[])[shape], ending) ELSE '' END,
        start, ($7::VARCHAR[])[shape],
        CASE kind WHEN 'link' THEN replace(value, ':', '/') ELSE value END,
        ($8::VARCHAR[])[shape], ending
    ) END) AS line,
    CASE WHEN line IS NULL THEN [first::VARCHAR, source, subject, property, kind, lang, value] END
FROM turned WHERE NOT again"""
_FIELDS = "SELECT DISTINCT property, kind, lang FROM {records} WHERE type = 'statement'"


_Said = tuple[str, str, str]
"""A property, a kind, a language."""


class Shape(NamedTuple):
    """What stands around the values of one form that a class's field has in one language."""

    prefix: str
    property: str
    kind: str
    lang: str
    form: int
    typing: str
    head: str
    tail: str


@dataclass(frozen=True)
class Bare:
    """Writes the rows of a query, sorted by source and subject, as `Body` would."""

    body: Body

    def texts(self, sql: str) -> Iterator[bytes]:
        """The lines, several in a text."""
        names, rest = self.body.names, _Rest(self.body)
        shapes = list(self._shapes(set(self.body.rows.read(_FIELDS))))
        columns = [list(column) for column in zip(*shapes, strict=True)] or [[]] * 8
        hidden = sorted({entity for entity, _ in self.body.hidden})
        given = (*columns, hidden, f"<{names.base}", f"{names.graph(COMBINED)} .\n")
        for batch in self.body.rows.batches(_LINES % sql, *given):
            yield b"".join([line or rest.text(row) for line, row in batch])

    def _shapes(self, said: Collection[_Said]) -> Iterator[Shape]:
        """Of the fields, kinds and languages that there are, for each class.

        Two of one predicate that could write the same line are left to `Body`, which sees that.
        """
        for prefix in sorted(self.body.fields.model.prefixes):
            typing = " ".join(self.body.typing(f"{prefix}:x").split()[1:3]) + " "
            by_predicate: dict[str, list[tuple[_Said, list[tuple[int, str, str]]]]] = {}
            for one in sorted(said):
                predicate, forms = self._around(prefix, *one)
                by_predicate.setdefault(predicate, []).append((one, forms))
            for several in by_predicate.values():
                if len(several) == 1 or _apart([forms for _, forms in several]):
                    for one, forms in several:
                        yield from (Shape(prefix, *one, at, typing, *ends) for at, *ends in forms)

    def _around(
        self, prefix: str, name: str, kind: str, lang: str
    ) -> tuple[str, list[tuple[int, str, str]]]:
        """The predicate of a field, and what stands around its values; nothing if unsure."""
        fields = self.body.fields
        try:
            found, prop = fields.get(prefix, name, kind), fields.property(prefix, name)
            after = tag(lang) if lang else ""
        except ValueError:
            return "", []
        typed = kind == "text" or (kind == "code" and not prop.codes)
        apart = kind == "code" and any(one == prop.codes for one, _ in fields.names.same)
        if apart or (typed and prop.term.datatype):
            return found.predicate, []
        forms = []
        for form, sample in _SAMPLES.get(kind, {}).items():
            start, _, end = found.write(sample).partition(sample.replace(":", "/"))
            forms.append((form, f"{found.predicate} {start}", f"{end}{after} "))
        return found.predicate, forms


def _apart(several: Sequence[Sequence[tuple[int, str, str]]]) -> bool:
    """Whether what stands around values tells them apart."""
    ends = [(start, end) for forms in several for _, start, end in forms]
    return all(several) and len(set(ends)) == len(ends)


@dataclass
class _Rest:
    """What DuckDB leaves, a row at a time; the lines of one group are told apart."""

    body: Body
    about: tuple[str, str] = ("", "")
    seen: set[str] = field(default_factory=set)

    def text(self, row: Sequence[str]) -> bytes:
        """The line of a row, after that of its class where it is the first of its group."""
        first, source, subject, name, kind, lang, value = row
        if (source, subject) != self.about:
            self.about, self.seen = (source, subject), set()
        typing, *rest = self.body.lines([(source, subject, name, kind, lang, value)])
        lines = [one for one in rest if one not in self.seen]
        self.seen.update(lines)
        return "".join([typing, *lines] if first == "true" else lines).encode()
