"""What waits for a person: names that nobody could decide, and judgements that can't be taken."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg import domain, saved
from kg.citation import Citation, citations
from kg.errors import InputError
from kg.identity import REVIEW
from kg.register import Register
from kg.registered import Named
from kg.saved import Question
from kg.store import Store
from kg.text import fold

_WAITING = """SELECT id, "class", subject_key, subject_name, property, value_key, original, kind
    FROM records WHERE type = 'statement'
        AND (subject_key LIKE 'review:%' OR (kind = 'link' AND value_key LIKE 'review:%'))
    ORDER BY document, id"""


@dataclass(frozen=True)
class Candidate:
    """A thing that a name could mean, and its names in the register that speak for it."""

    id: str
    name: str
    because: tuple[Named, ...]
    different: bool = False


@dataclass(frozen=True)
class Item:
    """A name that waits: how often it is written, what rests on it, what it could be.

    `id` follows from the class, the name and the place of its records, so it is always the same.
    """

    id: str
    names: tuple[str, ...]
    classes: tuple[str, ...]
    statements: tuple[str, ...]
    questions: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Evidence:
    """An item with what its records say: the cell as written, by whom, where.

    `beside` has for each field what is said of the item, and what is known of each candidate.
    """

    item: Item
    said: tuple[tuple[str, Citation], ...]
    beside: tuple[tuple[str, ...], ...]


@dataclass
class _Gathered:
    names: dict[str, None] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)
    read: set[tuple[str, str]] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ranges: set[str] = field(default_factory=set)


def waiting(store: Store) -> list[Item]:
    """All names that wait, those first on which most rests."""
    store.version  # noqa: B018 shows the records
    decided, apart = store.decisions(), _judged_different(store)
    could, known = _could_be(store), _by_entity(store.register)
    asked = list(saved.questions(domain.questions()))

    def candidate(key: str, entity: str, names: Sequence[str]) -> Candidate:
        name, why = store.register.official.get(entity, ""), because(known.get(entity, ()), names)
        return Candidate(entity, name, why, frozenset((key, entity)) in apart)

    items = [
        Item(
            key.removeprefix(REVIEW),
            tuple(found.names),
            tuple(sorted(found.classes or found.ranges)),
            tuple(found.statements),
            tuple(one.slug for one in asked if _reads(one, found.read)),
            tuple(candidate(key, one, tuple(found.names)) for one in could.get(key, ())),
        )
        for key, found in _gathered(store).items()
        if decided.canonical.get(key, key).startswith(REVIEW)
    ]
    return sorted(items, key=lambda one: (-len(one.statements), -len(one.questions), one.id))


def evidence(store: Store, item: str) -> Evidence:
    """One item in full; InputError where nothing of that id waits."""
    wanted = item.removeprefix(REVIEW)
    found = next((one for one in waiting(store) if one.id == wanted), None)
    if found is None:
        raise InputError(f"nothing waits as {item!r}: see 'kg review'")
    store.facts()
    cited = citations(store, found.statements)
    rows = store.connection.execute(
        "SELECT id, original FROM records WHERE id IN (SELECT unnest($1::VARCHAR[]))",
        [list(found.statements)],
    ).fetchall()
    written = dict(rows)
    said = tuple((written[one.statement], one) for one in cited)
    return Evidence(found, said, tuple(_beside(store, found)))


def _beside(store: Store, item: Item) -> Iterator[tuple[str, ...]]:
    """Field by field: what is said of the item, and of each candidate; dates of their lives too."""
    key, could = REVIEW + item.id, [one.id for one in item.candidates]
    rows = store.connection.execute(
        """SELECT DISTINCT subject_key, property, value_key, kind FROM records
        WHERE type = 'statement' AND subject_key = $1
        UNION SELECT DISTINCT subject, property, value, kind FROM facts
        WHERE preferred AND list_contains($2, subject) ORDER BY ALL""",
        [key, could],
    ).fetchall()
    names, told = store.names(), defaultdict[tuple[str, str], list[str]](list)
    for subject, prop, value, kind in rows:
        told[prop, subject].append(names.get(value, value) if kind == "link" else value)
    model = domain.model()
    lives = {
        prop.name
        for name in item.classes
        for prop in model.classes[name].properties.values()
        if prop.term.life
    }
    own = {prop for prop, subject in told if subject == key}
    for prop in sorted(own | {prop for prop, _ in told if prop in lives}):
        yield (prop, *("; ".join(told.get((prop, one), ())) for one in (key, *could)))


def _gathered(store: Store) -> dict[str, _Gathered]:
    """Each undecided key with the statements that rest on it."""
    found: dict[str, _Gathered] = {}
    model = domain.model()
    rows = store.connection.execute(_WAITING).fetchall()
    for key, class_name, subject, name, prop, value, original, kind in rows:
        ends = {subject: name} | ({value: original} if kind == "link" else {})
        for end, written in ends.items():
            if end.startswith(REVIEW):
                own = found.setdefault(end, _Gathered())
                own.names[written] = None
                own.statements.append(key)
                own.read.add((class_name, prop))
                if end == subject:
                    own.classes.add(class_name)
                else:
                    own.ranges.update(model.classes[class_name].properties[prop].ranges)
    return found


def _could_be(store: Store) -> dict[str, Sequence[str]]:
    """The candidates that loading named for each key."""
    rows = store.connection.execute(
        """SELECT DISTINCT review, candidates FROM records
        WHERE type = 'problem' AND review <> '' ORDER BY ALL"""
    ).fetchall()
    return {key: [one for one in said.split(";") if one] for key, said in rows}


def _judged_different(store: Store) -> set[frozenset[str]]:
    rows = store.connection.execute(
        "SELECT a, b FROM records WHERE type = 'judgement' AND verdict = 'different'"
    ).fetchall()
    return {frozenset(row) for row in rows}


def _by_entity(register: Register) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for one in register.all_names():
        found.setdefault(one.entity, []).append(one)
    return found


def because(own: Sequence[Named], names: Sequence[str]) -> tuple[Named, ...]:
    """Those of an entity's registered names that are a written name, or else a part of one."""
    written = [fold(name) for name in names]
    whole = [one for one in own if fold(one.name) in written]
    parts = {part for name in written for part in re.split(r"[()]", name) if part}
    return tuple(
        whole or [one for one in own if any(fold(one.name).endswith(part) for part in parts)]
    )


def _reads(question: Question, said: set[tuple[str, str]]) -> bool:
    """Whether a question reads claims of these classes and fields.

    Nearly all show names: a name counts where the class itself is asked for.
    """
    model, text = domain.model(), question.cypher
    for class_name, prop in said:
        known = model.classes[class_name]
        link = known.properties[prop].kind == "link"
        read = rf":[\w|]*\b{prop.upper()}\b" if link else rf"\b{prop}(_from|_to)?\b"
        labels = "|".join((class_name, *(known.parents if prop != "name" else ())))
        if re.search(read, text) and re.search(rf":({labels})\b", text):
            return True
    return False
