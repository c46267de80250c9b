"""The Cypher that makes, changes and takes away what is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.graph import Changed, Node, Schema, evidence, projection
from kg.graph.marks import SAID, TIED
from kg.graph.neo4j.server import INDEX
from kg.graph.neo4j.values import MARK
from kg.graph.parts import Outline

_NAMES = ("name", "name_en", "aliases")

_OURS = {
    "node": "(n:Entity)",
    "document": f"(n:{evidence.ROOT}:Document)",
    "statement": f"(n:{evidence.ROOT}:Statement)",
}

_TIES = f"(n)-[r:{'|'.join(evidence.TYPES)}]->() WHERE r.{MARK} = 0"
_TIED_MARK = f"n.{MARK} % {TIED} + {TIED} * COUNT {{ MATCH {_TIES} }}"

Group = tuple[str, bool]
"""A label or a type, and whether the server has the things otherwise."""

Row = dict[str, Any]


class Message(NamedTuple):
    """A statement and the rows that it takes as `$rows`.

    What `makes` new things is tried first, where given: it does not look for what may be there.
    """

    rows: list[Row]
    merges: str
    makes: str = ""


@dataclass(frozen=True)
class Reading:
    """How to read what was published of one kind."""

    kind: str
    schema: Schema

    @property
    def _ours(self) -> str:
        """All that is marked; a statement with the ties that it really has."""
        ours = _OURS.get(self.kind) or f"()-[n:{_types(self.schema)}]->()"
        mark = _TIED_MARK if self.kind == "statement" else f"n.{MARK}"
        return f"MATCH {ours} WHERE n.{MARK} > 0 WITH n, {mark} AS mark"

    @property
    def sums(self) -> str:
        """By group of marks: how many there are, and their sum."""
        return (
            f"{self._ours} RETURN mark / {SAID} AS part, count(*) AS n, sum(mark % {SAID}) AS sum"
        )

    @property
    def marks(self) -> str:
        """Ids and marks of the groups `$parts`."""
        key = f"n.{'fact' if self.kind == 'relationship' else 'id'}"
        return (
            f"{self._ours} WHERE mark / {SAID} IN $parts AND {key} IS NOT NULL "
            f"RETURN {key} AS id, mark AS mark"
        )


def _types(schema: Schema) -> str:
    """The types of relationships that facts become."""
    return "|".join(f"`{one}`" for one in schema.types if one not in evidence.TYPES)


def constraints(schema: Schema, with_evidence: bool, *, is_neo4j: bool = True) -> Iterator[str]:
    """Unique ids first: merging finds its nodes by them, and so do questions.

    Unique facts keep two publications at a time from tying the same things twice.
    """
    for label in schema.labels:
        if not with_evidence and evidence.ROOT in (label, schema.labels[label]):
            continue
        yield (
            f"CREATE CONSTRAINT kg_{label.lower()}_id IF NOT EXISTS "
            f"FOR (n:`{label}`) REQUIRE n.id IS UNIQUE"
        )
    for kind in schema.types if is_neo4j else ():
        if kind not in evidence.TYPES:
            yield (
                f"CREATE CONSTRAINT kg_{kind.lower()}_fact IF NOT EXISTS "
                f"FOR ()-[r:`{kind}`]-() REQUIRE r.fact IS UNIQUE"
            )
    if with_evidence:
        yield "CREATE INDEX kg_statement_fact IF NOT EXISTS FOR (n:Statement) ON (n.fact)"


def full_text() -> Iterator[str]:
    """The index over names, then what waits for it; its analyser keeps pairs of characters.

    It is over the mark too, which is no text and adds nothing: a database has one index for a list
    of properties, and somebody may have made one, with an analyser of his own, over names alone.
    """
    names = ", ".join(f"n.{name}" for name in (*_NAMES, MARK))
    yield (
        f"CREATE FULLTEXT INDEX {INDEX} IF NOT EXISTS FOR (n:Entity) ON EACH [{names}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    )
    yield f"CALL db.awaitIndex('{INDEX}', 600)"


def row(changed: Changed, outline: Outline) -> Row:
    """A thing as messages take it; what a changed one may have had before is null, so goes."""
    thing, mark, known = changed
    if isinstance(thing, Node):
        had = dict.fromkeys(outline.attributes[thing.label]) if known else {}
        return {**had, **thing.properties, MARK: mark}
    had = dict.fromkeys(projection.WEIGHT) if known else {}
    said = {**had, **thing.properties, MARK: mark}
    return {"start": thing.start, "end": thing.end, "said": said}


def message(group: Group, rows: list[Row], outline: Outline, *, is_neo4j: bool = True) -> Message:
    """What brings the nodes or relationships of one group to their state.

    Only Neo4j has the constraints that keep from making twice what is new.
    """
    name, known = group
    if name in outline.attributes:
        merges, makes = _nodes(name, outline, is_neo4j)
    else:
        merges, makes = _relationships(name, is_neo4j)
    return Message(rows, merges, makes if is_neo4j and not known else "")


def _nodes(label: str, outline: Outline, relabels: bool) -> tuple[str, str]:
    """Nodes are found by their root label and given the others, where the server `relabels`.

    ArcadeDB moves a node that gets a label to another type, and there meets its own unique id.
    """
    tied = f" WITH n {_UNTIE} {_TIE}" if label == "Statement" else ""
    root, *more = (f":`{one}`" for one in labels(label, outline.schema))
    named = root + "".join(more)
    found, given = (root, f"SET n{''.join(more)} ") if relabels and more else (named, "")
    return (
        f"UNWIND $rows AS row MERGE (n{found} {{id: row.id}}) {given}SET n += row{tied}",
        f"UNWIND $rows AS row CREATE (n{named}) SET n = row{tied}",
    )


def labels(label: str, schema: Schema) -> list[str]:
    """A label and those that it lies under, the root first."""
    found = [label]
    while (parent := schema.labels[found[-1]]) is not None:
        found.append(parent)
    return found[::-1]


# A statement's ties have the mark 0, and are made anew in the transaction that writes its mark.
_UNTIE = f"CALL (n) {{ MATCH {_TIES} DELETE r }} "
_TIE = f"""
CALL (n) {{ MATCH (e:Entity {{id: n.subject}}) MERGE (n)-[:ABOUT {{{MARK}: 0}}]->(e) }}
CALL (n) {{ MATCH (e:Entity {{id: n.value}}) WHERE n.links
    MERGE (n)-[:LINKS_TO {{{MARK}: 0}}]->(e) }}
CALL (n) {{ MATCH (d:Evidence {{id: n.document_id}})
    MERGE (n)-[:READ_IN {{{MARK}: 0}}]->(d) }}"""


def _relationships(kind: str, indexed: bool) -> tuple[str, str]:
    """Relationships are found by their ends; where facts are `indexed`, other ends lose theirs."""
    found = "UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end}) "
    astray = (
        f"CALL (row, a, b) {{ MATCH (c)-[o:`{kind}` {{fact: row.said.fact}}]->(d) "
        "WHERE c <> a OR d <> b DELETE o } "
    )
    merging = found + astray if indexed else found
    return (
        f"{merging}MERGE (a)-[r:`{kind}` {{fact: row.said.fact}}]->(b) SET r += row.said",
        f"{found}CREATE (a)-[r:`{kind}`]->(b) SET r = row.said",
    )


def reading_back(name: str, outline: Outline) -> str:
    """What reads the things of one label or type with the ids of `$rows`."""
    if name in outline.attributes:
        root, *more = labels(name, outline.schema)
        named = "".join(f":`{one}`" for one in (root, *more))
        return (
            f"UNWIND $rows AS row MATCH (n:`{root}` {{id: row.id}}) "
            f"RETURN row.id AS id, n{named} AS whole, properties(n) AS said"
        )
    return (
        "UNWIND $rows AS row "
        f"MATCH (a:Entity {{id: row.start}})-[r:`{name}` {{fact: row.id}}]->(b) "
        "RETURN row.id AS id, b.id = row.end AS whole, properties(r) AS said"
    )


def removing(kind: str, schema: Schema) -> str:
    """What takes away those of ours whose ids are `$rows`.

    A node to which someone has tied something of his own stays for that, and is ours no longer:
    of our labels it keeps none, but `KgKept`, by which it is found where its id comes back.
    """
    if kind == "relationship":
        return (
            f"MATCH ()-[r:{_types(schema)}]->() "
            f"WITH r WHERE r.{MARK} > 0 AND r.fact IN $rows DELETE r"
        )
    root = "Entity" if kind == "node" else evidence.ROOT
    named = "".join(f":`{one}`" for one in schema.labels)
    return (
        f"UNWIND $rows AS id MATCH (n:{root} {{id: id}}) {_UNTIE}"
        f"CALL (n) {{ WITH n WHERE EXISTS {{ MATCH (n)-[r]-() WHERE r.{MARK} IS NULL }} "
        f"SET n.{MARK} = NULL REMOVE n{named} SET n:KgKept }} "
        f"CALL (n) {{ WITH n WHERE n.{MARK} IS NOT NULL DETACH DELETE n }}"
    )


KEPT = "MATCH (n:KgKept) RETURN n.id AS id"
"""The ids of nodes that were ours and stay for somebody."""


def taking_up(kind: str) -> str:
    """What makes kept nodes with the ids `$rows` ours again, as nodes that say something else."""
    root = "Entity" if kind == "node" else evidence.ROOT
    return (
        f"UNWIND $rows AS id MATCH (n:KgKept {{id: id}}) REMOVE n:KgKept SET n:{root}, n.{MARK} = 1"
    )


def strangers(schema: Schema, with_evidence: bool) -> Iterator[str]:
    """Find a node that someone else made with a label of ours, a relationship of a type of ours."""
    ours = (
        one
        for one, parent in schema.labels.items()
        if with_evidence or evidence.ROOT not in (one, parent)
    )
    yield (
        f"MATCH (n:{'|'.join(f'`{one}`' for one in ours)}) WHERE n.{MARK} IS NULL "
        "RETURN 'nodes' AS kind, labels(n) AS named, n.id AS id LIMIT 1"
    )
    yield (
        f"MATCH (a:Entity)-[r:{_types(schema)}]->(b:Entity) "
        f"WHERE r.{MARK} IS NULL AND r.fact IS NULL "
        "RETURN 'relationships' AS kind, [type(r)] AS named, a.id + ' to ' + b.id AS id LIMIT 1"
    )


# A publication writes only while the marker is its own: it locks the marker first, so that another
# that takes it over waits for the batch, and then compares with what is there.
_HOLDING = (
    "MATCH (s:KgStore {id: 'kg'}) SET s.beat = timestamp() WITH s WHERE s.run = $run "
)  # fmt: skip

TAKE = (
    "CREATE CONSTRAINT kg_store_id IF NOT EXISTS FOR (n:KgStore) REQUIRE n.id IS UNIQUE",
    "MERGE (s:KgStore {id: 'kg'}) SET s.run = $run",
)
"""Takes the marker over."""

HOLDER = "MATCH (s:KgStore {id: 'kg'}) WHERE s.run = $run RETURN count(*) AS n"
"""Whether the marker is one's own: 1, else 0."""

MARKING = (
    f"{_HOLDING}SET s.version = $version, s.store = $store, s.loaded = $loaded, "
    "s.evidence = $evidence, s.published = datetime() RETURN count(*) AS n"
)
"""Says whose graph the database holds, and of which version; 0 where the marker is another's."""


def held(text: str) -> str:
    """A statement on `$rows` that does nothing, and gives 0, where the marker is another's."""
    return f"{_HOLDING}{text} RETURN count(*) AS n"
