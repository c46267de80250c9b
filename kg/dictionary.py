"""The data dictionary: the model as a text that people read, in Chinese or English."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from kg.codes import CodeList
from kg.terms import Class, Entity, Model, Property, Term, read_model

Lang = Literal["zh", "en"]

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("数据字典", "Data dictionary"),
    "code lists": ("代码表", "Code lists"),
    "field": ("字段", "field"),
    "label": ("名称", "label"),
    "range": ("取值", "range"),
    "count": ("个数", "n"),
    "term": ("RDF 术语", "RDF term"),
    "holds": ("时效", "holds"),
    "remark": ("说明", "remark"),
    "code": ("代码", "code"),
    "near": ("相近概念", "near"),
    "id": ("标识", "id"),
    "is a": ("属于", "is a"),
    "comma": ("；", "; "),
    "text": ("文本", "text"),
    "date": ("日期", "date"),
    "number": ("数字", "number"),
    "boolean": ("是否", "yes or no"),
    "languages": ("文本（分语言）", "text, by language"),
    "always": ("始终", "always"),
    "event": ("事件：自其日期起", "event: from its date on"),
    "state": ("状态：在一段时间内", "state: for a time"),
    "begins": ("始终；存续之始", "always; begins the life"),
    "ends": ("始终；存续之终", "always; ends the life"),
    "planned": ("可为将来日期。", "May lie in the future."),
}


def markdown(model: Model, codes: Mapping[str, CodeList], lang: Lang) -> str:
    """What all entities have, each class with the fields it adds, then all code lists."""
    everything = read_model((Entity,)).classes
    blocks = [f"# {_say('title', lang)}"]
    for each in (*everything.values(), *model.classes.values()):
        blocks += _class(each, {**everything, **model.classes}, lang)
    blocks.append(f"## {_say('code lists', lang)}")
    for code_list in codes.values():
        blocks += _code_list(code_list, lang)
    return "\n\n".join(blocks) + "\n"


def _class(cls: Class, classes: Mapping[str, Class], lang: Lang) -> Iterator[str]:
    yield f"## {cls.name} {_label(cls.term, lang)}"
    yield cls.zh if lang == "zh" else cls.en
    facts = [f"{_say('id', lang)} `{cls.prefix}:…`"] if cls.prefix else []
    facts += [f"{_say('is a', lang)} {_code(name)}" for name in cls.parents[:1]]
    yield _say("comma", lang).join([*facts, _iris(cls.term)])
    inherited = classes[cls.parents[0]].properties if cls.parents else {}
    own = [each for each in cls.properties.values() if inherited.get(each.name) != each]
    if own:
        names = ("field", "label", "range", "count", "term", "holds", "remark")
        yield _table([_say(name, lang) for name in names], (_field(each, lang) for each in own))


def _field(field: Property, lang: Lang) -> Sequence[str]:
    many = ("1" if field.required else "0") + ("..*" if field.many else "..1")
    remarks = [field.term.comment_zh if lang == "zh" else field.term.comment_en]
    if field.pattern:
        remarks.append(f"`{field.pattern}`")
    if field.term.planned:
        remarks.append(_say("planned", lang))
    return (
        f"`{field.name}`",
        _label(field.term, lang),
        _range(field, lang),
        "1" if many == "1..1" else many,
        _iris(field.term),
        _say(field.term.life or field.term.holds, lang),
        " ".join(filter(None, remarks)),
    )


def _range(field: Property, lang: Lang) -> str:
    if field.kind == "link":
        return ", ".join(map(_code, field.ranges))
    if field.kind == "code":
        return _code(field.codes)
    return _say("languages" if field.term.languages else field.kind, lang)


def _code_list(codes: CodeList, lang: Lang) -> Iterator[str]:
    yield f"### {codes.name} {codes.zh if lang == 'zh' else codes.en}"
    header = [_say("code", lang), "zh", "en", _say("near", lang)]
    rows = (
        (f"`{each.code}`", each.zh, each.en, each.same or each.near)
        for each in codes.codes.values()
    )
    yield _table(header, rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped.

    >>> print(_table(["a", "b"], [("1|2", "")]))
    | a | b |
    | --- | --- |
    | 1\\|2 |  |
    """
    cells = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    lines = [header, ["---"] * len(header), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _iris(term: Term) -> str:
    """The term, what it lies under (⊑) and what is near (~)."""
    above = [f"⊑ `{iri}`" for iri in term.under]
    return " ".join([f"`{term.iri}`", *above, *(f"~ `{iri}`" for iri in term.near)])


def _code(name: str) -> str:
    return f"`{name}`"


def _label(term: Term, lang: Lang) -> str:
    return term.zh if lang == "zh" else term.en


def _say(word: str, lang: Lang) -> str:
    zh, en = _WORDS[word]
    return zh if lang == "zh" else en
