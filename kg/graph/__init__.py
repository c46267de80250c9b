"""The property graph: a view of the facts that can be thrown away and built again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

Value = None | bool | int | float | str | date | Sequence["Value"] | Mapping[str, "Value"]
"""What a property, a parameter or a cell of an answer can be; an answer has dates as ISO text."""


class Node(NamedTuple):
    """An entity: its concrete class and its properties, `id` among them."""

    label: str
    properties: Mapping[str, Value]

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return str(self.properties["id"])


class Relationship(NamedTuple):
    """One fact that links two entities."""

    type: str
    start: str
    end: str
    properties: Mapping[str, Value]

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return str(self.properties["fact"])


Changed = tuple[Node | Relationship, int, bool]
"""A thing that a copy of the graph lacks or has otherwise: with its mark, and whether it has it."""


@dataclass(frozen=True)
class Schema:
    """Labels with the label each lies under (the root `Entity` under none), relationship types.

    `searched` is the text property of the root that has a full-text index, empty where none has.
    """

    labels: Mapping[str, str | None]
    types: tuple[str, ...]
    searched: str = ""


@dataclass(frozen=True)
class View:
    """A whole graph to be made: its schema, its nodes and relationships."""

    schema: Schema
    nodes: Iterable[Node]
    relationships: Iterable[Relationship]


@dataclass(frozen=True)
class Rows:
    """The rows of a query, at most as many as asked for; `cut` when there were more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    cut: bool = False


class Graph(Protocol):
    """A graph that can be asked: the embedded one, or one on a server that speaks Bolt.

    The embedded one is built anew for each version, a server is brought up to date.
    """

    def ask(
        self, cypher: str, parameters: Mapping[str, Value], *, limit: int, timeout: float
    ) -> Rows:
        """Run one reading query; raises QueryError for one that is wrong, writes or is too slow.

        `$index` is the engine's own full-text index over names.
        """

    def close(self) -> None:
        """Let go of what the engine holds."""
