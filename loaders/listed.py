"""The documents that a table lists, so that a link in it to one of them means that one."""

import re

from kg.statement import Name
from kg.text import clean, fold
from loaders import wording
from loaders.cells import first, named
from loaders.kind import FieldRule, common, kinds
from loaders.table import Row, Table

_LEVELS = re.compile("(?:省|市|(?:壮族|回族|维吾尔)?自治区)$")


def listed_place(row: Row, rule: FieldRule, title: str) -> Name | str:
    """The place that the same table gives to the document of a title, where it gives but one."""
    noted = row.table.worked_out
    if rule.class_name not in noted:
        noted[rule.class_name] = _places_of_titles(row.table, rule.class_name)
    cell = noted[rule.class_name].get(fold(title), "")
    return named(cell, ("Area",)) if cell else ""


def _places_of_titles(table: Table, class_name: str) -> dict[str, str]:
    """The cell with the place of each title of a table's own things; 湖北 and 湖北省 are one."""
    rules = (one.naming() for one in kinds() if one.class_name == class_name)
    rule = next((one for one in rules if one and table.present(one.headings)), None)
    if rule is None or not table.present(common().roles.place):
        return {}
    found: dict[str, dict[str, str]] = {}
    for row in table.rows():
        cell = first(row, common().roles.place)[1]
        said = "" if clean(cell) in common().text.national else cell
        own = found.setdefault(fold(wording.title(first(row, rule.headings)[1])), {})
        own.setdefault(_LEVELS.sub("", fold(said)), said)
    return {title: next(iter(own.values())) for title, own in found.items() if len(own) == 1}
