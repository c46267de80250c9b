"""The documents that a table lists, so that a link in it to one of them means that one."""

import re
from typing import NamedTuple

from kg.statement import Name
from kg.text import clean, fold
from loaders import several, wording
from loaders.cells import first, named, points_away
from loaders.kind import FieldRule, Kind, common, kinds
from loaders.table import Row, Table

_LEVELS = re.compile("(?:省|市|(?:壮族|回族|维吾尔)?自治区)$")


class Listed(NamedTuple):
    """What a table says of a document: the cell with its place, and who issued it."""

    place: str = ""
    by: tuple[str, ...] = ()


def linked(row: Row, rule: FieldRule, title: str) -> Name:
    """The document of a title, as the same table lists it, where it lists but one."""
    noted = row.table.worked_out
    if rule.class_name not in noted:
        noted[rule.class_name] = _listed_titles(row.table, rule.class_name)
    found: Listed = noted[rule.class_name].get(fold(title), Listed())
    place = named(found.place, ("Area",)) if found.place else ""
    return Name(title, (rule.class_name,), place=place, by=found.by)


def issuers(row: Row, kind: Kind) -> tuple[str, ...]:
    """Who issued the document of a row, as its cell names them; none where that is in doubt."""
    rule = next((one for one in kind.field if one.issuers), None)
    cell = first(row, rule.headings)[1] if rule else ""
    if rule is None or not cell or points_away(cell):
        return ()
    try:
        return several.bodies(cell, rule.list)
    except several.InDoubt:
        return ()


def _listed_titles(table: Table, class_name: str) -> dict[str, Listed]:
    """What a table says of each title of its own things; 湖北 and 湖北省 are one place."""
    found: dict[str, dict[Listed, Listed]] = {}
    for kind in kinds():
        rule = kind.naming()
        if kind.class_name != class_name or rule is None or not table.present(rule.headings):
            continue
        for row in table.rows():
            cell = first(row, common().roles.place)[1]
            said = "" if clean(cell) in common().text.national else cell
            by = issuers(row, kind)
            own = found.setdefault(fold(wording.title(first(row, rule.headings)[1])), {})
            own.setdefault(Listed(_LEVELS.sub("", fold(said)), by), Listed(said, by))
        break
    return {title: next(iter(own.values())) for title, own in found.items() if len(own) == 1}
