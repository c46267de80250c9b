"""The Cypher that makes, changes and takes away what is published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.graph import Node, Relationship, Schema, Value, evidence, projection
from kg.graph.marks import SAID
from kg.graph.neo4j.server import INDEX
from kg.graph.neo4j.values import MARK
from kg.graph.parts import Changed, Outline

_NAMES = ("name", "name_en", "aliases")

_OURS = {
    "node": "(n:Entity)",
    "relationship": "(:Entity)-[n]->(:Entity)",
    "document": f"(n:{evidence.ROOT}:Document)",
    "statement": f"(n:{evidence.ROOT}:Statement)",
}

Message = tuple[str, list[dict[str, Any]]]
"""A statement, and the rows that it takes as `$rows`."""


@dataclass(frozen=True)
class Reading:
    """How to read what was published of one kind."""

    kind: str

    @property
    def _ours(self) -> str:
        return f"MATCH {_OURS[self.kind]} WHERE n.{MARK} IS NOT NULL"

    @property
    def sums(self) -> str:
        """By group of marks: how many there are, and their sum."""
        return (
            f"{self._ours} WITH n.{MARK} / {SAID} AS part, n.{MARK} % {SAID} AS said "
            "RETURN part AS part, count(*) AS n, sum(said) AS sum"
        )

    @property
    def marks(self) -> str:
        """Ids and marks of the groups `$parts`."""
        key = "fact" if self.kind == "relationship" else "id"
        return (
            f"{self._ours} AND n.{MARK} / {SAID} IN $parts RETURN n.{key} AS id, n.{MARK} AS mark"
        )


def constraints(schema: Schema, with_evidence: bool) -> Iterator[str]:
    """Unique ids first: merging finds its nodes by them, and so do questions."""
    for label in schema.labels:
        if not with_evidence and evidence.ROOT in (label, schema.labels[label]):
            continue
        yield (
            f"CREATE CONSTRAINT kg_{label.lower()}_id IF NOT EXISTS "
            f"FOR (n:`{label}`) REQUIRE n.id IS UNIQUE"
        )
    if with_evidence:
        yield "CREATE INDEX kg_statement_fact IF NOT EXISTS FOR (n:Statement) ON (n.fact)"


def full_text() -> Iterator[str]:
    """The index over names, ready; its analyser keeps pairs of Chinese characters together."""
    names = ", ".join(f"n.{name}" for name in _NAMES)
    yield (
        f"CREATE FULLTEXT INDEX {INDEX} IF NOT EXISTS FOR (n:Entity) ON EACH [{names}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    )
    yield f"CALL db.awaitIndex('{INDEX}', 600)"


def writing(changed: Sequence[Changed], outline: Outline, *, relabels: bool = True) -> Message:
    """What brings nodes or relationships, of one label or type, to their state.

    Nodes are found by their root label and given the others, where the server `relabels`: ArcadeDB
    moves a node that gets a label to another type, and there meets its own unique id.
    """
    name = group(changed[0][0])
    if name in outline.attributes:
        return _nodes(name, changed, outline, relabels)
    return _relationships(name, changed)


def group(thing: Node | Relationship) -> str:
    """What is written together: the things of one label or type."""
    return thing.label if isinstance(thing, Node) else thing.type


def _nodes(label: str, changed: Iterable[Changed], outline: Outline, relabels: bool) -> Message:
    empty = dict.fromkeys(outline.attributes[label])
    rows = [
        {"id": node.key, "said": _said(node, mark, empty if known else {})}
        for node, mark, known in changed
    ]
    root, *more = (f":`{one}`" for one in labels(label, outline.schema))
    found, given = (root, "".join(more)) if relabels else (root + "".join(more), "")
    said = f"SET n{given} SET n += row.said" if given else "SET n += row.said"
    tied = f" WITH n {_TIE}" if label == "Statement" else ""
    return f"UNWIND $rows AS row MERGE (n{found} {{id: row.id}}) {said}{tied}", rows


def _said(thing: Node | Relationship, mark: int, empty: Mapping[str, None]) -> dict[str, Value]:
    """The properties; with what a changed thing may have had before taken away."""
    return {**empty, **thing.properties, MARK: mark}


def labels(label: str, schema: Schema) -> list[str]:
    """A label and those that it lies under, the root first."""
    found = [label]
    while (parent := schema.labels[found[-1]]) is not None:
        found.append(parent)
    return found[::-1]


# A statement's ties are made anew in the transaction that writes its mark, which covers them.
_UNTIE = f"CALL (n) {{ MATCH (n)-[r:{'|'.join(evidence.TYPES)}]->() WHERE r.{MARK} = 0 DELETE r }} "
_TIE = f"""{_UNTIE}
CALL (n) {{ MATCH (e:Entity {{id: n.subject}}) MERGE (n)-[:ABOUT {{{MARK}: 0}}]->(e) }}
CALL (n) {{ MATCH (e:Entity {{id: n.value}}) WHERE n.links
    MERGE (n)-[:LINKS_TO {{{MARK}: 0}}]->(e) }}
CALL (n) {{ MATCH (d:Evidence {{id: n.document_id}})
    MERGE (n)-[:READ_IN {{{MARK}: 0}}]->(d) }}"""


def _relationships(kind: str, changed: Iterable[Changed]) -> Message:
    empty = dict.fromkeys(projection.WEIGHT)
    rows = [
        {
            "start": link.start,
            "end": link.end,
            "fact": link.key,
            "said": _said(link, mark, empty if known else {}),
        }
        for link, mark, known in changed
        if isinstance(link, Relationship)
    ]
    text = (
        "UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end}) "
        f"MERGE (a)-[r:`{kind}` {{fact: row.fact}}]->(b) SET r += row.said"
    )
    return text, rows


def removing(kind: str, schema: Schema) -> str:
    """What takes away those of ours whose ids are `$rows`.

    A node to which someone has tied something of his own stays for that, and is ours no longer.
    """
    if kind == "relationship":
        return (
            "MATCH (:Entity)-[r]->(:Entity) "
            f"WHERE r.{MARK} IS NOT NULL AND r.fact IN $rows DELETE r"
        )
    root = "Entity" if kind == "node" else evidence.ROOT
    named = "".join(f":`{one}`" for one in schema.labels)
    return (
        f"UNWIND $rows AS id MATCH (n:{root} {{id: id}}) {_UNTIE}"
        f"CALL (n) {{ WITH n WHERE EXISTS {{ MATCH (n)-[r]-() WHERE r.{MARK} IS NULL }} "
        f"SET n.{MARK} = NULL REMOVE n{named} }} "
        f"CALL (n) {{ WITH n WHERE n.{MARK} IS NOT NULL DETACH DELETE n }}"
    )


def strangers(schema: Schema) -> str:
    """Finds a node that someone else made, with a label of ours."""
    return (
        f"MATCH (n:{'|'.join(f'`{one}`' for one in schema.labels)}) WHERE n.{MARK} IS NULL "
        "RETURN labels(n) AS labels, n.id AS id LIMIT 1"
    )
