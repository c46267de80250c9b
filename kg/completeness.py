"""How much of a set the data hold, where a source says how many there are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg import domain, saved
from kg.graph import Graph, Value
from kg.saved import Question, Whole
from kg.store import Store

_MOST = 10_000
_SECONDS = 30.0


@dataclass(frozen=True)
class Stated:
    """A number that a source gives: of what kind (at least, over, …), as of when, by whom."""

    value: str
    bound: str
    as_of: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """A set: how many of it are in the data, what numbers are stated, what is known to be missing.

    The newest number comes first. `parameter` is the thing whose set it is, where it has one.
    """

    zh: str
    en: str
    parameter: str
    known: int
    stated: tuple[Stated, ...]
    missing: tuple[str, ...]
    questions: tuple[str, ...]


def coverage(store: Store, graph: Graph) -> list[Coverage]:
    """All sets that saved questions are about and of which a source says how many there are."""
    store.facts()
    found: dict[tuple[str, str], Coverage] = {}
    for question in saved.questions(domain.questions()):
        for whole in question.wholes:
            for parameters in _parameters(store, question, whole):
                key = (_filled(whole.stated[0], parameters), whole.cypher)
                before = found.get(key)
                slugs = (*(before.questions if before else ()), question.slug)
                found[key] = _covered(store, graph, whole, parameters, slugs)
    return sorted(found.values(), key=lambda one: (one.en, one.parameter))


def of_stated(
    store: Store, graph: Graph, question: Question, parameters: Mapping[str, Value], lang: str
) -> tuple[list[str], list[str]]:
    """What an answer says of the sets that its question is about; those of no stated number."""
    found, unstated = [], []
    for whole in question.wholes:
        if stated(store, whole, parameters):
            found.append(said(_covered(store, graph, whole, parameters, ()), lang))
        else:
            unstated.append(whole.stated[0])
    return found, unstated


def said(one: Coverage, lang: str) -> str:
    """`members: 24 of 24 stated (2024, source:n24)`, other numbers, what is known to be missing."""
    newest, *others = one.stated
    more = ", ".join(dict.fromkeys(f"{number(each, lang)}{_by(each)}" for each in others))
    missing = ("、" if lang == "zh" else "; ").join(one.missing)
    if lang == "zh":
        text = f"{one.zh}：来源称有 {number(newest, lang)} 个{_by(newest)}，数据中有 {one.known} 个"
        text += f"；另有说法：{more}" if more else ""
        return f"{text}；缺：{missing}。" if missing else f"{text}。"
    text = f"{one.en}: {one.known} of {number(newest, lang)} stated{_by(newest)}"
    text += f"; also stated: {more}" if more else ""
    return f"{text}; not in the data: {missing}." if missing else f"{text}."


def _by(one: Stated) -> str:
    """As of when, and by whom."""
    return f" ({', '.join(part for part in (one.as_of, *one.sources) if part)})"


def number(one: Stated, lang: str) -> str:
    """A number with its bound: `32`, `at least 23`."""
    if one.bound in ("", "exactly"):
        return one.value
    known = domain.codes()["bound"].codes[one.bound]
    return f"{known.zh if lang == 'zh' else known.en} {one.value}"


def stated(store: Store, whole: Whole, parameters: Mapping[str, Value]) -> tuple[Stated, ...]:
    """The numbers that are given for a set, the newest first."""
    places = [_filled(text, parameters) for text in whole.stated]
    rows = store.connection.execute(
        """WITH counted AS (
            SELECT subject, trim(split_part(value, '(', 1)) AS what FROM facts
            WHERE property = 'counts' AND preferred
        ), numbers AS (
            SELECT c.subject, 'value' AS property, c.what AS place FROM counted c
            UNION ALL
            SELECT split_part(place, '#', 1), split_part(place, '#', 2), place
            FROM (SELECT unnest($1::VARCHAR[]) AS place) WHERE place LIKE '%#%'
        )
        SELECT v.value, coalesce(b.value, ''), coalesce(a.value, ''), v.statements
        FROM numbers n JOIN facts v ON v.subject = n.subject AND v.property = n.property
        LEFT JOIN facts b ON b.subject = n.subject AND b.property = 'bound' AND b.preferred
        LEFT JOIN facts a ON a.subject = n.subject AND a.property = 'as_of' AND a.preferred
        WHERE v.preferred AND list_contains($1, n.place)
        ORDER BY a.value DESC NULLS LAST, list_position($1, n.place), n.subject""",
        [places],
    ).fetchall()
    by = _sources(store, [key for row in rows for key in row[3]])
    found = [
        Stated(value, bound, as_of, tuple(sorted({by[key] for key in keys})))
        for value, bound, as_of, keys in rows
    ]
    return tuple({(one.value, one.as_of, one.sources): one for one in reversed(found)}.values())[
        ::-1
    ]


def _sources(store: Store, statements: Sequence[str]) -> dict[str, str]:
    rows = store.connection.execute(
        """SELECT id, source FROM records
        WHERE type = 'statement' AND id IN (SELECT unnest($1::VARCHAR[]))""",
        [list(statements)],
    ).fetchall()
    return dict(rows)


def _covered(
    store: Store,
    graph: Graph,
    whole: Whole,
    parameters: Mapping[str, Value],
    questions: tuple[str, ...],
) -> Coverage:
    used = set(re.findall(r"\$(\w+)", whole.cypher))
    given = {name: value for name, value in parameters.items() if name in used}
    found = graph.ask(whole.cypher, given, limit=_MOST, timeout=_SECONDS)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    names = [str(row["name"]) for row in rows if row.get("known") is False]
    told = [str(parameters[name]) for name in _named(whole) if parameters.get(name)]
    numbers = stated(store, whole, parameters)
    missing = tuple(names)
    known = len(rows) - len(names)
    return Coverage(whole.zh, whole.en, ", ".join(told), known, numbers, missing, questions)


def _named(whole: Whole) -> list[str]:
    return sorted({name for text in whole.stated for name in re.findall(r"\$(\w+)", text)})


def _filled(text: str, parameters: Mapping[str, Any]) -> str:
    return re.sub(r"\$(\w+)", lambda found: str(parameters.get(found[1]) or ""), text)


def _parameters(store: Store, question: Question, whole: Whole) -> Iterator[dict[str, Value]]:
    """The parameters for each thing of whose set a number is stated."""
    defaults: dict[str, Value] = {one.name: one.default for one in question.parameters}
    names = _named(whole)
    if len(names) != 1:
        yield from [defaults] if stated(store, whole, defaults) else []
        return
    for value in sorted({one for text in whole.stated for one in _things(store, text, names[0])}):
        yield defaults | {names[0]: value}


def _things(store: Store, text: str, name: str) -> Iterator[str]:
    """What a parameter can be for a number to be stated at such a place."""
    if "#" in text:
        rows = store.connection.execute(
            "SELECT DISTINCT subject FROM facts WHERE property = $1 AND preferred",
            [text.partition("#")[2]],
        ).fetchall()
        yield from (row[0] for row in rows)
        return
    pattern = re.escape(text).replace(re.escape(f"${name}"), r"(\S+)")
    rows = store.connection.execute(
        "SELECT DISTINCT value FROM facts WHERE property = 'counts' AND preferred"
    ).fetchall()
    for row in rows:
        if match := re.fullmatch(pattern, row[0].partition("(")[0].strip()):
            yield match[1]
