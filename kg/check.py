"""Whether a claim fits the model, and the canonical text of its value."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kg.dates import NoDate, read_date, reported
from kg.statement import Claim, is_id
from kg.terms import Class, CodeList, Model, Property
from kg.text import LOST, clean
from kg.when import When

_DIGITS = 40
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_BOOLEANS = {
    "true": "true",
    "是": "true",
    "yes": "true",
    "false": "false",
    "否": "false",
    "no": "false",
}


class Unfit(ValueError):
    """A value that does not fit; `remedy` says what would."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.remedy = remedy


@dataclass(frozen=True)
class Checker:
    """Claims against one model and its code lists."""

    model: Model
    codes: Mapping[str, CodeList]

    def of(self, key: str, wanted: str = "") -> Class:
        """The class that an id's prefix names; Unfit where it is none or not the wanted one."""
        name = self.model.prefixes.get(key.partition(":")[0])
        if name is None or not is_id(key):
            known = ", ".join(sorted(self.model.prefixes))
            raise Unfit(f"not an id: {key!r}", f"want one of {known} and a key, as policy:p20")
        if wanted and not self.model.is_a(name, wanted):
            prefix = self.model.classes[wanted].prefix
            raise Unfit(f"{key} is of class {name}, not {wanted}", f"want an id like {prefix}:…")
        return self.model.classes[name]

    def property(self, owner: Class, name: str) -> Property:
        """The field of a class; Unfit where it has none of that name."""
        try:
            return owner.properties[name]
        except KeyError:
            raise Unfit(f"class {owner.name} has no field {name}", "see kg ontology") from None

    def literal(self, field: Property, claim: Claim, page: When | None) -> str:
        """The canonical text of a value that is no link; Unfit where it is of another kind."""
        text = str(claim.value)
        if field.kind == "date":
            return self._date(field, claim, text, page)
        if field.kind == "code":
            return self._code(field, text)
        if field.kind == "number":
            return number(text)
        if field.kind == "boolean":
            return _boolean(text)
        return _text(text)

    def _date(self, field: Property, claim: Claim, text: str, page: When | None) -> str:
        planned = field.term.planned or claim.planned
        try:
            when = read_date(text, page, due=field.name == "due")
            when = when if when is None or planned else reported(text, when, page)
        except NoDate as error:
            raise Unfit(error.problem, error.remedy) from None
        if when is None:
            raise Unfit(
                f"no date to hold on to: {text!r}", "give the year, or the date of the page"
            )
        return str(when)

    def _code(self, field: Property, text: str) -> str:
        listed = self.codes[field.codes]
        found = listed.find(text)
        if found is None:
            raise Unfit(f"unknown code {text!r}", f"want one of {', '.join(sorted(listed.codes))}")
        return found


def number(text: str) -> str:
    """Digits as they are, without separators: `5,000` to `5000`; 1.50 stays 1.50.

    A comma that parts no thousands may be a point (1,5): Unfit.

    >>> number("5,000")
    '5000'
    """
    plain = clean(text).replace("，", ",")
    try:
        value = Decimal(plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain)
    except InvalidOperation:
        raise Unfit(f"not a number: {text!r}", "want digits, as 5000 or 5.5") from None
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        raise Unfit(f"not a number: {text!r}", "want digits, as 5000 or 5.5")
    return format(value, "f")


def _text(text: str) -> str:
    """Text as kept; a control character in it is damage, and no format of RDF takes it."""
    kept = unicodedata.normalize("NFC", clean(text))
    if LOST in kept:
        raise Unfit(f"a character was lost (U+FFFD) in {text!r}", "write it anew")
    if damaged := next(filter(_is_damage, kept), ""):
        raise Unfit(f"a control character (U+{ord(damaged):04X}) in {text!r}", "take it out")
    return kept


def _is_damage(char: str) -> bool:
    """Whether no format takes a character: controls, halves of pairs, what Unicode calls none."""
    if unicodedata.category(char) in ("Cc", "Cs"):
        return char not in "\n\t"
    return ord(char) & 0xFFFE == 0xFFFE


def _boolean(text: str) -> str:
    try:
        return _BOOLEANS[text.strip().casefold()]
    except KeyError:
        raise Unfit(f"neither true nor false: {text!r}", "want true or false, 是 or 否") from None
