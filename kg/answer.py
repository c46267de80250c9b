"""Answers: the rows of a question, and for each row the statements that it rests on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kg import domain, names, saved
from kg.citation import Citation, citations, evidence
from kg.errors import InputError, UsageError
from kg.graph import Graph, Rows, Value
from kg.saved import Parameter, Question
from kg.store import Store
from kg.text import clean
from kg.words import full_text_query

if TYPE_CHECKING:
    from kg.rdf.asking import Triples

TIMEOUT = 30.0
LIMIT = 10_000


@dataclass(frozen=True)
class Row:
    """One row: its values by column, and the numbers of what it cites and of what dissents."""

    values: Mapping[str, Value]
    cites: tuple[int, ...] = ()
    dissent: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a question was answered, from which version, and on whose word."""

    question: str
    zh: str
    en: str
    parameters: Mapping[str, Value]
    version: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sources: tuple[Citation, ...]

    def __repr__(self) -> str:
        return f"<Answer {self.question}@{self.version}: {len(self.rows)} rows>"


def ask(
    store: Store,
    graph: Graph,
    question: Question,
    given: Mapping[str, object],
    *,
    lang: str = "zh",
    limit: int = LIMIT,
    timeout: float = TIMEOUT,
) -> Answer:
    """Answer a saved question; names in `given` are resolved, defaults fill the rest.

    Raises UsageError for an unknown parameter, AmbiguousName for a name that is not exactly one
    thing, QueryError for a query that can't be run.
    """
    parameters = _parameters(store, question, given)
    typed = _typed(question, parameters)
    found = graph.ask(question.cypher, typed, limit=limit, timeout=timeout)
    notes = _notes(graph, question, typed, lang, timeout)
    return _answer(store, question, parameters, found, _with_cut(notes, found, limit, lang))


def ask_twin(
    store: Store,
    triples: "Triples",
    question: Question,
    given: Mapping[str, object],
    *,
    lang: str = "zh",
    limit: int = LIMIT,
    timeout: float = TIMEOUT,
) -> Answer:
    """Answer a saved question by its twin in SPARQL, over the store's preferred facts as RDF.

    Raises what `ask` does; UsageError where the question has no twin.
    """
    from kg.rdf.asking import bound

    parameters = _parameters(store, question, given)
    found = triples.ask(bound(question, parameters), limit=limit, timeout=timeout)
    notes = [note.zh if lang == "zh" else note.en for note in question.notes]
    return _answer(store, question, parameters, found, _with_cut(notes, found, limit, lang))


def _answer(
    store: Store,
    question: Question,
    parameters: Mapping[str, Value],
    found: Rows,
    notes: Sequence[str],
) -> Answer:
    if "cites" not in found.columns:
        raise InputError(f"{question.slug}: the query returns no column 'cites'")
    at = found.columns.index("cites")
    columns = tuple(name for name in found.columns if name != "cites")
    cites = [[str(one) for one in _list(row[at])] for row in found.rows]
    values = [
        {
            name: plain(cell)
            for name, cell in zip(found.columns, row, strict=True)
            if name != "cites"
        }
        for row in found.rows
    ]
    rows, sources = _cited(store, values, cites)
    return Answer(
        question.slug,
        question.zh,
        question.en,
        parameters,
        str(store.version),
        tuple(notes),
        columns,
        rows,
        sources,
    )


def _with_cut(notes: Sequence[str], found: Rows, limit: int, lang: str) -> list[str]:
    """The notes, and that there is more than is listed."""
    return [*notes, _CUT[lang].format(limit)] if found.cut else list(notes)


_CUT = {
    "zh": "只列出前 {} 行，还有更多(--limit)。",
    "en": "Only the first {} rows are listed; there are more (--limit).",
}


def _list(cell: Value) -> Sequence[Value]:
    return cell if isinstance(cell, Sequence) and not isinstance(cell, str) else ()


def _cited(
    store: Store, values: Sequence[Mapping[str, Value]], cites: Sequence[Sequence[str]]
) -> tuple[tuple[Row, ...], tuple[Citation, ...]]:
    """The rows with the numbers of their statements, in the order in which they come up."""
    found = evidence(store, (one for row in cites for one in row))
    numbers: dict[str, int] = {}

    def numbered(statements: Sequence[str]) -> tuple[int, ...]:
        return tuple(sorted({numbers.setdefault(one, len(numbers) + 1) for one in statements}))

    rows = []
    for value, cited in zip(values, cites, strict=True):
        resolved = [found[one] for one in cited if one in found]
        carries = numbered([one for each in resolved for one in each.carries])
        dissents = numbered([one for each in resolved for one in each.dissents])
        rows.append(Row(value, carries, tuple(one for one in dissents if one not in carries)))
    return tuple(rows), tuple(citations(store, list(numbers)))


def _notes(
    graph: Graph, question: Question, parameters: Mapping[str, Value], lang: str, timeout: float
) -> list[str]:
    notes = []
    for note in question.notes:
        text = note.zh if lang == "zh" else note.en
        if note.cypher:
            named = graph.ask(note.cypher, parameters, limit=LIMIT, timeout=timeout).rows
            if not named:
                continue
            mark = "、" if lang == "zh" else "; "
            text = text.format(names=mark.join(str(row[0]) for row in named))
        notes.append(text)
    return notes


def _parameters(store: Store, question: Question, given: Mapping[str, object]) -> dict[str, Value]:
    known = {one.name for one in question.parameters}
    for name in given:
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise UsageError(f"{question.slug} has no parameter {name!r} (it has: {listed})")
    return {
        one.name: _parameter(store, one, given.get(one.name, one.default), one.name in given)
        for one in question.parameters
    }


def _parameter(store: Store, parameter: Parameter, value: object, given: bool) -> Value:
    """A parameter's value by its type; a name becomes the id of the one thing that bears it."""
    if value is None or (value == "null" and parameter.default is None):
        return None
    text = str(value)
    if parameter.type[:1].isupper():
        return names.one(store, text, (parameter.type,)) if given else text
    if parameter.type == "int":
        return _int(parameter, text)
    if parameter.type == "date":
        return _day(parameter, text)
    if parameter.type.startswith("code "):
        return _code(parameter, text)
    if parameter.type == "words" and not full_text_query(text):
        raise UsageError(f"{parameter.name}: no word to search for in {text!r}")
    return clean(text) if given else text


def _int(parameter: Parameter, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UsageError(f"{parameter.name}: not a whole number: {text!r}") from None


def _day(parameter: Parameter, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{parameter.name}: not a day: {text!r} (want 2024-01-05)") from None


def _code(parameter: Parameter, text: str) -> str:
    listed = domain.codes()[parameter.type.removeprefix("code ")]
    found = listed.find(text)
    if found is None:
        raise UsageError(f"{parameter.name}: want one of {', '.join(listed.codes)}, not {text!r}")
    return found


def _typed(question: Question, parameters: Mapping[str, Value]) -> dict[str, Any]:
    """Parameters as the engine wants them: days as dates, words as a full-text query."""
    types = {one.name: one.type for one in question.parameters}
    return {name: _passed(types[name], value) for name, value in parameters.items()}


def _passed(kind: str, value: Value) -> Any:
    if value and kind == "date":
        return date.fromisoformat(str(value))
    return full_text_query(str(value)) if value and kind == "words" else value


def check(question: Question, answer: Answer) -> list[str]:
    """What an answer to a question as asked by itself lacks: rows that came or went, citations."""
    header, wanted = saved.expected(question)
    got = [[text_of(row.values.get(name)) for name in header] for row in answer.rows]
    faults = [f"- {' | '.join(row)}" for row in _beyond(wanted, got)]
    faults += [f"+ {' | '.join(row)}" for row in _beyond(got, wanted)]
    if not faults and got != wanted:
        faults.append("the rows stand in another order")
    missing = [name for name in header if name not in answer.columns]
    faults += [f"no column {name!r}" for name in missing]
    uncited = [row for row in answer.rows if not row.cites]
    faults += [f"no statement carries the row of {row.values.get('id')}" for row in uncited]
    return faults


def _beyond(rows: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Rows that the others lack, or have less often."""
    left = Counter(map(tuple, others))
    found = []
    for row in rows:
        left[tuple(row)] -= 1
        if left[tuple(row)] < 0:
            found.append(row)
    return found


def plain(value: Value) -> Value:
    """A cell as an answer shows it: whole numbers as integers; a graph keeps them as floats."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def text_of(value: Value) -> str:
    """A cell as flat formats show it: lists joined, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "; ".join(text_of(one) for one in value)
    return str(value)
