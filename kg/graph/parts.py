"""What a copy of the graph outside the store is made of: its parts, and the marks of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg import domain
from kg.graph import Changed, Schema, evidence, projection
from kg.graph.marks import Marks
from kg.store import Store
from kg.store.columns import temp_table


@dataclass(frozen=True)
class Part:
    """Things of one kind: their marks, and what gives those of a table of marks."""

    kind: str
    marks: Marks
    things: Callable[[str], Iterator[Changed]]

    def changed(self) -> Iterator[Changed]:
        """What the copy lacks or has otherwise."""
        return self.things(self.marks.changed)

    def all(self) -> Iterator[Changed]:
        """Everything, as what the copy has otherwise."""
        return self.things(self.marks.whole)


@dataclass(frozen=True)
class Outline:
    """Which labels, types and properties a copy can have; nodes of a label without a parent are
    found by it."""

    schema: Schema
    attributes: dict[str, list[str]]


def outline() -> Outline:
    """The shape of the graph, statements and documents included."""
    model = domain.model()
    schema = projection.schema(model)
    return Outline(
        Schema({**schema.labels, **evidence.LABELS}, (*schema.types, *evidence.TYPES)),
        {
            **projection.attributes(model),
            **{label: [*names] for label, names in evidence.PROPERTIES.items()},
        },
    )


def parts(store: Store, with_evidence: bool) -> list[Part]:
    """Nodes, relationships, documents, statements; the last two only where asked.

    Their marks are to be closed.
    """
    store.facts()
    model, con = domain.model(), store.connection
    _tell_register(store)
    found = [
        Part(
            "node",
            Marks(con, "node", _node_said(store)),
            lambda table: projection.changed_nodes(store, model, table),
        ),
        Part(
            "relationship",
            Marks(con, "relationship", _said(projection.link_rows(store), projection.LINK)),
            lambda table: projection.changed_relationships(store, table),
        ),
    ]
    if with_evidence:
        evidence.prepare(store)
    return found + [_evidence(store, label, with_evidence) for label in ("Document", "Statement")]


def _evidence(store: Store, label: str, wanted: bool) -> Part:
    nothing = "SELECT '' AS id, '' AS said, 0 AS ties LIMIT 0"
    ties = evidence.TIES if label == "Statement" else "0"
    said = _said(evidence.ROWS[label](store), evidence.SAID[label], ties) if wanted else nothing

    def things(table: str) -> Iterator[Changed]:
        return evidence.changed(store, label, table) if wanted else iter(())

    return Part(label.lower(), Marks(store.connection, label.lower(), said, "ties"), things)


def _said(rows: str, columns: tuple[str, ...], ties: str = "0") -> str:
    """SQL: id, all columns as one text, the number of ties."""
    texts = ", ".join(f"coalesce({name}::VARCHAR, '')" for name in columns)
    return f"SELECT id, concat_ws(chr(31), {texts}) AS said, {ties} AS ties FROM ({rows})"


def _node_said(store: Store) -> str:
    """SQL: id, and as one text what the node is made of: values, register, the shape itself.

    The values come in by the sum of their hashes, which needs no order.
    """
    value = "concat_ws(chr(31), r.property, r.value, r.lang, r.contested)"
    return f"""SELECT r.id, concat_ws(chr(31), '{_shape()}', coalesce(any_value(o.said), ''),
            sum(md5_number_upper({value}))) AS said
        FROM ({projection.node_rows(store)}) r LEFT JOIN registered_names o ON o.id = r.id
        GROUP BY r.id"""


def _tell_register(store: Store) -> None:
    """Make the table of what nodes take from the register: a name, and aliases not shown."""
    said = {key: [name] for key, name in store.register.official.items()}
    for key, name in sorted(store.register.hidden):
        said.setdefault(key, []).append(name)
    texts = ["\x1f".join(names) for names in said.values()]
    columns = {"id": list(said), "said": texts}
    temp_table(store.connection, "registered_names", columns, shared=True)


def _shape() -> str:
    """Changes with the projection and the ontology, which decide what a node has."""
    here = Path(projection.__file__).read_bytes()
    return sha256(here + domain.model_hash().encode()).hexdigest()[:12]
