"""The graph's schema as a Cypher text, for people who write their own queries.

All that is no comment runs on Neo4j: the constraints, and the sample queries.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from kg.graph.neo4j import cypher
from kg.graph.parts import outline
from kg.saved import Question
from kg.terms import Class, Entity, Model, Property, read_model

_TYPES = {"text": "STRING", "code": "STRING", "number": "FLOAT", "boolean": "BOOLEAN"}
_EVERY = (
    ("id", "STRING", "标识", "identifier"),
    ("name", "STRING", "名称", "name"),
    ("name_en", "STRING", "英文名称", "English name"),
    ("aliases", "LIST<STRING>", "别名", "other names"),
    ("disputed", "LIST<STRING>", "来源说法不一的属性", "properties on which sources disagree"),
)
_LINK = (
    ("fact", "STRING", "事实编号，用于引证", "id of the fact, to be cited"),
    ("sources", "INTEGER", "独立来源数", "number of independent sources"),
    ("status", "STRING", "accepted 或 disputed", "accepted or disputed"),
    ("stance", "STRING", "来源的口气", "how it is said: stated, conflicting, inferred"),
    ("confidence", "FLOAT", "可信度", "confidence"),
    ("position", "INTEGER", "在来源中的次序", "order in the source"),
    ("from_earliest, from_latest", "DATE", "起始日期的上下界", "bounds of the beginning"),
    ("to_earliest, to_latest", "DATE", "终止日期的上下界", "bounds of the end"),
)


_EVIDENCE = (
    "// With 'kg publish --evidence': statements and documents. 另可发布陈述与文件。",
    "// (:Statement:Evidence {fact})-[:ABOUT]->(:Entity)  陈述的主体 | what it is about",
    "// (:Statement:Evidence {fact})-[:LINKS_TO]->(:Entity)  陈述的客体 | what it links that to",
    "// (:Statement:Evidence {fact})-[:READ_IN]->(:Document:Evidence)  出自文件 | read in",
)


def described(model: Model, questions: Iterable[Question]) -> str:
    """Labels, properties and relationship types in Chinese and English, constraints, samples."""
    common = read_model((Entity,)).classes["Entity"].properties
    lines = ["// Labels: every node is an Entity, and what it lies under. 标签", ""]
    lines += ["// (:Entity)", *map(_property, (*_EVERY, *_fields(common))), ""]
    for each in model.classes.values():
        own = {name: one for name, one in each.properties.items() if name not in common}
        lines += [_label(each, model), *map(_property, _fields(own)), ""]
    lines += ["// Relationships: one for each fact. 每条关系对应一个事实。"]
    lines += [*map(_property, _LINK), "", *_relationships(model), "", *_EVIDENCE, ""]
    lines += ["// Constraints and indexes", ""]
    made = (*cypher.constraints(outline().schema, False), *cypher.full_text())
    lines += [*(f"{one};" for one in made), ""]
    lines += ["// Sample queries; cites has the ids of facts, and subject#property", ""]
    for one in islice(_samples(questions), 5):
        lines += [*_sample(one), ""]
    return "\n".join(lines)


def _property(said: tuple[str, str, str, str]) -> str:
    name, kind, zh, en = said
    return f"//   {name} {kind}  {zh} | {en}"


def _label(owner: Class, model: Model) -> str:
    above = "".join(f":{name}" for name in owner.parents if name in model.classes)
    named = f"(:{owner.name}{above}:Entity {{id: '{owner.prefix}:…'}})"
    return f"// {named}  {owner.zh} | {owner.en}"


def _fields(properties: Mapping[str, Property]) -> Iterator[tuple[str, str, str, str]]:
    """The fields that are properties of a node."""
    for name, prop in properties.items():
        if prop.kind != "link" and name not in ("id", "name", "alias"):
            yield from _own(name, prop)


def _own(name: str, prop: Property) -> Iterator[tuple[str, str, str, str]]:
    """A field as properties of a node; a date as text and as its two bounds."""
    zh, en = prop.term.zh, prop.term.en
    if prop.kind == "date":
        yield name, "STRING", f"{zh}，如所知之精度 (EDTF)", f"{en}, as precise as known (EDTF)"
        yield f"{name}_from, {name}_to", "DATE", f"{zh}的上下界", f"bounds of {en}"
        return
    kind = _TYPES[prop.kind]
    listed = f": {prop.codes}" if prop.codes else ""
    yield name, f"LIST<{kind}>" if prop.many else kind, zh, f"{en}{listed}"


def _relationships(model: Model) -> Iterator[str]:
    """Each type once, with the labels at its ends."""
    ends: dict[str, tuple[Property, set[str], set[str]]] = {}
    for owner in model.classes.values():
        above = [model.classes[name].properties for name in owner.parents if name in model.classes]
        for name, prop in owner.properties.items():
            if prop.kind != "link":
                continue
            _, starts, targets = ends.setdefault(name, (prop, set(), set()))
            targets.update(prop.ranges)
            if not any(name in inherited for inherited in above):
                starts.add(owner.name)
    for name, (prop, starts, targets) in sorted(ends.items()):
        start, end = ("|".join(sorted(one)) for one in (starts, targets))
        yield f"// (:{start})-[:{name.upper()}]->(:{end})  {prop.term.zh} | {prop.term.en}"


def _samples(questions: Iterable[Question]) -> Iterator[Question]:
    """The shortest question of each area."""
    areas: dict[str, Question] = {}
    for one in questions:
        area = one.slug.partition("/")[0]
        if area not in areas or len(one.cypher) < len(areas[area].cypher):
            areas[area] = one
    yield from areas.values()


def _sample(one: Question) -> Iterator[str]:
    yield f"// {one.slug}: {one.zh} | {one.en}"
    for each in one.parameters:
        value = "null" if each.default is None else repr(each.default)
        yield f"// :param {each.name} => {value}"
    yield f"{one.cypher};"
