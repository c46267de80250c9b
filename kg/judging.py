"""Deciding: a judgement is checked, written to the store's own file, and in force at once.

Nothing is read again but that file; taking a judgement back gives exactly what was there before.
"""

import getpass
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from kg import domain, facts, judgements, names
from kg.errors import InputError, KgError, StoreError
from kg.identity import REVIEW
from kg.judgement import OWN_FILE
from kg.load import read_judgements
from kg.statement import Judgement, is_id
from kg.store import Store

Verdict = Literal["same", "different", "accept", "reject"]

CONTRARY = {"same": "different", "different": "same", "accept": "reject", "reject": "accept"}
_ITEM = re.compile(r"r[0-9a-f]{8}")


@dataclass(frozen=True)
class Decided:
    """A judgement, whether the file was `changed` for it, and the version that it gave."""

    judgement: Judgement
    changed: bool
    version: str


def judge(
    store: Store, verdict: Verdict, a: str, b: str = "", *, by: str = "", why: str = ""
) -> Decided:
    """Decide that two things are the same or different, or that a claim stands or falls.

    Things are ids, names or items that wait; a claim is the id of a statement. InputError says why
    a judgement can't be taken; nothing is written then.
    """
    store.version  # noqa: B018 says so where there is no store
    read_judgements(store)
    claims = verdict in ("accept", "reject")
    a, b = (_claim(store, a), "") if claims else (_thing(store, a), _thing(store, b))
    own = _own(store)
    for one in own:
        if {one.a, one.b} == {a, b}:
            if one.verdict == verdict:
                return Decided(one, False, str(store.version))
            if one.verdict == CONTRARY[verdict]:
                raise InputError(f"judged {one.verdict} already: first 'kg review undo {one.id}'")
    key, today = judgements.judgement_id(verdict, a, b), date.today().isoformat()
    made = Judgement(key, verdict, a, b, by or user(), today, why, OWN_FILE, f"row {len(own) + 2}")
    _refuse(store, made)
    _put(store, own, lambda path: judgements.append(path, made))
    return Decided(made, True, str(store.version))


def undo(store: Store, key: str) -> Decided:
    """Take back the one judgement with this id, or about this item, statement or thing."""
    store.version  # noqa: B018 says so where there is no store
    read_judgements(store)
    own = _own(store)
    about = REVIEW + key if _ITEM.fullmatch(key) else key
    found = [one for one in own if one.id in (key, f"judgement:{key}")]
    found = found or [one for one in own if about in (one.a, one.b)]
    if not found:
        raise InputError(f"no judgement {key!r} of yours: see 'kg review --judged'")
    if len({one.id for one in found}) > 1:
        raise InputError(f"{key}: which judgement: {', '.join(one.id for one in found)}?")
    _put(store, own, lambda path: judgements.remove(path, found[0].id))
    return Decided(found[0], True, str(store.version))


def judged(store: Store) -> list[tuple[Judgement, str]]:
    """All judgements of the store, a person's own first; with the reason where one is refused."""
    store.version  # noqa: B018 says so where there is no store
    refused = {(one.document, one.place): why for one, why in store.decisions().refused}
    found = facts.stored_judgements(store.connection)
    found.sort(key=lambda one: (one.document != OWN_FILE, one.document, _row(one)))
    return [(one, refused.get((one.document, one.place), "")) for one in found]


def user() -> str:
    """Who judges: KG_BY, else the name of the user."""
    try:
        return os.environ.get("KG_BY") or getpass.getuser()
    except (OSError, KeyError):
        return ""


def _own(store: Store) -> list[Judgement]:
    found = [one for one in facts.stored_judgements(store.connection) if one.document == OWN_FILE]
    return sorted(found, key=_row)


def _row(one: Judgement) -> int:
    number = one.place.removeprefix("row ")
    return int(number) if number.isdigit() else 0


def _put(store: Store, own: Sequence[Judgement], change: Callable[[Path], None]) -> None:
    """Change the file and take it in; where that fails, the file is as it was."""
    path = store.folder / "judgements.csv"
    before = path.read_bytes() if path.is_file() else None
    try:
        if before is None:
            judgements.write_own(path, own)
        change(path)
        read_judgements(store)
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}") from None
    except KgError:
        path.unlink() if before is None else path.write_bytes(before)
        raise


def _claim(store: Store, text: str) -> str:
    """The id of a statement of the store."""
    key = text if text.startswith("statement:") else f"statement:{text}"
    if not _said(store, "id = $1", key):
        raise InputError(f"no statement {text!r}: 'kg conflicts' and 'kg show --json' have them")
    return key


def _thing(store: Store, text: str) -> str:
    """The id of a thing of the store; of an item that waits the key of its name."""
    key = REVIEW + text if _ITEM.fullmatch(text) else text
    if not is_id(key):
        return names.one(store, key)
    if store.register.knows(key) or _said(store, "subject_key = $1 OR value_key = $1", key):
        return key
    raise InputError(f"nothing is said of {text!r}: see 'kg review' and 'kg find'")


def _said(store: Store, where: str, key: str) -> bool:
    rows = store.connection.execute(
        f"SELECT 1 FROM records WHERE type = 'statement' AND ({where}) LIMIT 1", [key]
    ).fetchall()
    return bool(rows)


def _refuse(store: Store, made: Judgement) -> None:
    """InputError where a judgement can't be taken, or would overthrow an earlier one."""
    if made.verdict in ("same", "different") and made.a == made.b:
        raise InputError(f"{made.a} is one thing already")
    if made.verdict == "same":
        _same_class(store, made)
    refused = {one.id for one, _ in store.decisions().refused}
    for one, why in facts.decisions(store.connection, store.register, [made]).refused:
        if one.id == made.id:
            raise InputError(f"{one.a} is not {one.b}: {why}")
        if one.id not in refused:
            raise InputError(f"{one.a} and {one.b} are one: first 'kg review undo {one.id}'")


def _same_class(store: Store, made: Judgement) -> None:
    """A name that waits can only be a thing of a class that its records speak of."""
    waiting = [key for key in (made.a, made.b) if key.startswith(REVIEW)]
    known = [key for key in (made.a, made.b) if not key.startswith(REVIEW)]
    model = domain.model()
    for key in waiting:
        could = classes(store, key)
        for other in known:
            name = model.prefixes.get(other.partition(":")[0], "")
            if could and not (name and any(model.is_a(name, one) for one in could)):
                raise InputError(f"{other} is no {' or '.join(could)}, as {key} must be")


def classes(store: Store, key: str) -> list[str]:
    """What an undecided name can be of: the class of what is said of it, else of links to it."""
    rows = store.connection.execute(
        """SELECT DISTINCT "class", subject_key, property FROM records
        WHERE type = 'statement' AND (subject_key = $1 OR kind = 'link' AND value_key = $1)""",
        [key],
    ).fetchall()
    if own := sorted({name for name, subject, _ in rows if subject == key}):
        return own
    known = domain.model().classes
    return sorted({one for name, _, prop in rows for one in known[name].properties[prop].ranges})
