"""Cells that hold an amount: the number, its unit as written, both in a unit that compares."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.statement import Claim, Problem
from loaders import wording
from loaders.cells import first
from loaders.goals import is_bound
from loaders.kind import FieldRule, Kind
from loaders.table import Row

_NUMBER = re.compile(wording.DIGITS)


def read(row: Row, kind: Kind, rule: FieldRule, claim: Claim) -> Iterator[Claim | Problem]:
    """A number in the field's own unit; an amount also says its unit, as written and compared."""
    text = str(claim.value)
    if rule.times != 1:
        yield _scaled(row, rule, claim)
        return
    found = wording.yuan(text) if rule.reads == "yuan" else wording.amount(text)
    if found is None:
        yield _none(row, claim.column, text)
    elif isinstance(found, str):
        yield claim._replace(value=found, original=text)
    else:
        unit = "" if found.unit else first(row, kind.headings("unit"))[1]
        yield from claims(claim, found, text)
        yield from _compared(claim, wording.amount(text + unit), text) if unit else ()
        yield from _bounded(row, kind, claim, found)


def claims(claim: Claim, found: wording.Amount, text: str) -> Iterator[Claim]:
    """What an amount says, each part with the wording that it was read from."""
    for name, value in (("value", found.number), ("unit", found.unit)):
        if value:
            yield claim._replace(property=name, value=value, original=text)
    yield from _compared(claim, found, text)


def _compared(claim: Claim, found: wording.Amount | None, text: str) -> Iterator[Claim]:
    """The amount in the unit that compares; nothing where its unit is not one that is known."""
    if found and found.si_unit:
        yield claim._replace(property="value_si", value=found.si, original=text)
        yield claim._replace(property="unit_si", value=found.si_unit, original=text)


def _bounded(
    row: Row, kind: Kind, claim: Claim, found: wording.Amount
) -> Iterator[Claim | Problem]:
    """The 约 before an amount qualifies it, unless the row has a qualifier of its own."""
    headings = kind.headings("qualifier")
    if not found.about or not headings:
        return
    heading, cell = first(row, headings)
    if not cell:
        yield claim._replace(property="qualifier", value=found.about, original=str(claim.value))
    elif found.about not in cell:
        what = f"{found.about} is not read beside {heading} {cell!r}"
        remedy = f"put it into {heading}: {cell}{found.about}"
        yield Problem("", row.where, claim.column, str(claim.value), what, remedy)


def _none(row: Row, heading: str, text: str) -> Problem:
    what, remedy = f"not an amount: {text!r}", "want 5000亿元, 15%"
    if is_bound(text):
        what = f"a bound and no amount: {text!r}"
        remedy = "give the amount itself, or put the words into 备注"
    return Problem("", row.where, heading, text, what, remedy)


def _scaled(row: Row, rule: FieldRule, claim: Claim) -> Claim | Problem:
    text = str(claim.value)
    if not _NUMBER.fullmatch(text):
        what = f"not a number: {text!r}"
        return Problem("", row.where, claim.column, text, what, "want digits, as 5000 or 5.5")
    value = Decimal(re.sub("[,，]", "", text)) * rule.times
    return claim._replace(value=format(value.normalize(), "f"), original=text + rule.unit)
