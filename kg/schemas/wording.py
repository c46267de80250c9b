"""What a field wants, said in Chinese and in English: messages of shapes, comments of terms."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.codes import CodeList
from kg.schemas.predicates import Predicate, all_classes, one_at_most
from kg.terms import Model, Property, Term, Text

_WANTED: Mapping[str, tuple[str, str]] = {
    "date": (
        "日期（2024-01-05 为 xsd:date，2024-01 为 xsd:gYearMonth，2024 为 xsd:gYear，"
        "[2024-01-01..2024-03-22] 为 edtf:EDTF）",
        "a date (2024-01-05 as xsd:date, 2024-01 as xsd:gYearMonth, 2024 as xsd:gYear, "
        "[2024-01-01..2024-03-22] as edtf:EDTF)",
    ),
    "number": ("数字（xsd:integer 或 xsd:decimal）", "a number (xsd:integer or xsd:decimal)"),
    "boolean": ("true 或 false", "true or false"),
    "text": ("文本", "a text"),
    "languages": ("文本，可注明语言", "a text, with its language where known"),
    "@id": ("网址（IRI）或文本", "an address (IRI) or a text"),
    "xsd:anyURI": ("网址（xsd:anyURI）或文本", "an address (xsd:anyURI) or a text"),
    "xsd:dateTime": ("时间（xsd:dateTime）", "a time (xsd:dateTime)"),
}
_HOLDS: Mapping[str, tuple[str, str]] = {
    "always": ("始终", "always"),
    "event": ("自其日期起", "from its date on"),
    "state": ("在一段时间内", "for a time"),
}
_SOME = ("至少一个值", "at least one value")
_ONE, _NONE_OR_ONE = ("恰好一个值", "exactly one value"), ("至多一个值", "at most one value")
_EACH_LANGUAGE = ("每种语言至多一个", "at most one in each language")


@dataclass(frozen=True)
class Wording:
    """Says in both languages what the fields of a model are."""

    model: Model
    lists: Mapping[str, CodeList]

    def message(self, prop: Property) -> Text:
        """What is said where a field is not as it must be."""
        value = self._value(prop.ranges, (prop.codes,), prop)
        zh, en = f"须为{value.zh}", value.en
        if prop.pattern:
            zh, en = f"{zh}，形如 {prop.pattern}", f"{en} of the form {prop.pattern}"
        counts = list(_counts(prop))
        return Text(
            f"{prop.term.zh}：{'，'.join((*(one[0] for one in counts), zh))}。",
            f"{prop.term.en}: {', '.join((*(one[1] for one in counts), en))}.",
        )

    def comment(self, predicate: Predicate) -> Text:
        """Remarks of fields; then of which classes they are, what is wanted, how it holds."""
        zh = dict.fromkeys(one.term.comment_zh for one in predicate.fields)
        en = dict.fromkeys(one.term.comment_en for one in predicate.fields)
        of = Text(
            "、".join(one.term.zh for one in predicate.owners),
            ", ".join(one.term.en for one in predicate.owners),
        )
        value = self._value(predicate.ranges, predicate.codes, predicate.field)
        held = [_HOLDS[name] for name in dict.fromkeys(one.term.holds for one in predicate.fields)]
        how = "或".join(one[0] for one in held), " or ".join(one[1] for one in held)
        return Text(
            "".join([*zh, f"用于{of.zh}；值为{value.zh}；{how[0]}成立。"]),
            " ".join(filter(None, [*en, f"Of {of.en}; {value.en}; holds {how[1]}."])),
        )

    def _value(self, ranges: Iterable[str], codes: Iterable[str], prop: Property) -> Text:
        """What a value must be."""
        if prop.kind == "link":
            of = _quoted(all_classes(self.model)[name].term for name in ranges)
            return Text(f"{of.zh}类的事物（IRI）", f"a thing (IRI) of the class {of.en}")
        if prop.kind == "code":
            of = _quoted(self.lists[name] for name in codes)
            return Text(f"代码表{of.zh}中的代码", f"a code of the list {of.en}")
        form = "languages" if prop.term.languages else prop.term.datatype or prop.kind
        return Text(*_WANTED[form])


def _quoted(labelled: Iterable[Term | CodeList]) -> Text:
    """A choice of classes or lists by their labels."""
    labels = [(one.zh, one.en) for one in labelled]
    return Text(
        "或".join(f"“{zh}”" for zh, _ in labels), " or ".join(f"“{en}”" for _, en in labels)
    )


def _counts(prop: Property) -> Iterator[tuple[str, str]]:
    """How many values are wanted; in Chinese and in English."""
    if one_at_most(prop):
        yield _ONE if prop.required else _NONE_OR_ONE
        return
    if prop.required:
        yield _SOME
    if prop.term.languages and not prop.many:
        yield _EACH_LANGUAGE
