"""Which kind of table a table is: the one that knows most of its headings, if it can name rows."""

from collections.abc import Iterable, Sequence

from kg.statement import Problem
from loaders import kind
from loaders.headings import Headings
from loaders.kind import Kind
from loaders.table import Table


def fitting(table: Table) -> Kind | None:
    """The kind that knows most headings of a table; none where its rows would have no name.

    Where its own headings for a name are missing, a general one (名称) names the rows; where other
    kinds know as many of the headings, a general name decides nothing, and nothing is guessed.
    """
    headings = known_of(table)
    best = nearest(headings)
    if best is None or _is_ambiguous(best, headings):
        return None
    return best if _names(best, headings) else _generally(best, headings)


def known_of(table: Table) -> list[str]:
    """The headings of a table that any kind knows."""
    return kind.all_known().among((*table.columns, *table.doubled))


def nearest(headings: Sequence[str]) -> Kind | None:
    """The kind that knows most headings; of equals that with its id among them, or its name."""

    def rank(one: Kind) -> tuple[int, bool, bool]:
        has_id = bool(Headings(one.id).among(headings))
        return _count(one, headings), has_id, _names(one, headings)

    best = max(kind.kinds(), key=rank, default=None)
    return best if best and any(rank(best)) else None


def unfit(table: Table) -> Problem:
    """That no kind fits a table: its headings, the kind that comes nearest, what that lacks."""
    headings = known_of(table)
    best = nearest(headings)
    what = f"no kind of table with these headings ({few(table.columns) or 'none'})"
    if lacking := _pair_lacks(headings):
        what += f"; nearest is a table of pairs, which knows {few(headings)}"
        remedy = f"want {'/'.join(lacking)}; or kg new loader begins a kind"
        return Problem("", table.top, "", "", what, remedy)
    if best is None:
        known = f"only {few(headings)} known, as any table may have" if headings else "none known"
        what += f"; {known}"
        remedy = f"rename them, or begin a kind of its own: kg new loader {table.path.name}"
        return Problem("", table.top, "", "", what, remedy)
    what += f"; nearest is {best.name}, which knows {few(best.own.among(headings))}"
    wanted = "/".join(best.keys()[:6])
    if _is_ambiguous(best, headings):
        what += f", but so may be {few(one.name for one in _rivals(best, headings))}"
        wanted = "more headings that say which it is"
    return Problem("", table.top, "", "", what, f"want {wanted}; or kg new loader begins a kind")


def _pair_lacks(headings: Sequence[str]) -> tuple[str, ...]:
    """The heading, in all its forms, that alone keeps a table from being one of pairs."""
    rules = kind.relations()
    parts = (rules.subject, rules.predicate, rules.object)
    lacking = [part for part in parts if not Headings(part).among(headings)]
    return lacking[0] if len(lacking) == 1 else ()


def few(names: Iterable[str], most: int = 8) -> str:
    """Names as one line; of very many the first."""
    listed = list(names)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(name[:40] for name in listed[:most]) + more


def _names(one: Kind, headings: Sequence[str]) -> bool:
    """Whether the kind can tell from the headings which thing a row is about."""
    rule = one.naming()
    if Headings((*one.id, *(rule.headings if rule else ()))).among(headings):
        return True
    return bool(one.made_of) and all(Headings(part).among(headings) for part in one.made_of)


def _generally(one: Kind, headings: Sequence[str]) -> Kind | None:
    """The kind with the rows named by a general heading; None without one."""
    rule, found = one.naming(), _general(headings)
    if rule is None or not found:
        return None
    said = one.model_dump(by_alias=True)
    for each in said["field"]:
        if each["property"] == "name" and not each["lang"]:
            each["headings"] += (found[0],)
    return Kind.model_validate(said)


def _general(headings: Sequence[str]) -> list[str]:
    """The headings that would name things of any kind, the most general first."""
    names = kind.common().text.names
    return [one for name in names for one in Headings((name,)).among(headings)]


def _count(one: Kind, headings: Sequence[str]) -> int:
    """How many headings speak for a kind; a general name speaks for none."""
    own = one.own.among(headings)
    return len(own) - len(_general(own))


def _is_ambiguous(best: Kind, headings: Sequence[str]) -> bool:
    """Whether a general heading alone names the rows, which may be of other kinds as well."""
    general = _general(headings)
    rest = [heading for heading in headings if heading not in general]
    return bool(general and not _names(best, rest) and _rivals(best, headings))


def _rivals(best: Kind, headings: Sequence[str]) -> list[Kind]:
    """Other kinds of things that know as many of the headings as the best."""
    most = _count(best, headings)
    return [
        one
        for one in kind.kinds()
        if one.class_name != best.class_name and _count(one, headings) == most
    ]
