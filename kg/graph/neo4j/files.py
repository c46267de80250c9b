"""The graph as files for `neo4j-admin database import full`: the same as publishing online gives.

The formats are those of Neo4j's operations manual, "Import": a header file and a data file for each
label and for all relationships, texts in double quotes, lists joined by a character that no text
has, nothing for null.
"""

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from kg import folders
from kg.ahead import batched
from kg.errors import InputError
from kg.graph import Changed, Node, Relationship, Value, evidence, projection
from kg.graph.neo4j import cypher
from kg.graph.neo4j.values import MARK
from kg.graph.parts import Outline, Part, outline, parts
from kg.store import Store
from kg.store.table import Version

_BATCH = 5_000
_JOINED = "\x1f"
_OPTIONS = (
    "--overwrite-destination=true",
    "--multiline-fields=true",
    "--array-delimiter=U+001F",
)
COMMAND = "neo4j-admin database import full neo4j @import.args"
"""What imports the files, called in their folder while the server is stopped."""

Progress = Callable[[int, int], None]


def write(
    store: Store,
    folder: Path,
    *,
    with_evidence: bool = False,
    progress: Progress = lambda done, total: None,
) -> int:
    """Write the version that the store shows into a new folder, whole or not at all.

    Gives the number of nodes and relationships. Raises InputError where the folder is there
    already or can't be written, or a text can't be held by the format.
    """
    if folder.exists():
        raise InputError(f"{folder} is there already: name a new folder")
    made = parts(store, with_evidence)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folders.remove_stale(folder.parent)
        with folders.making(folder) as work:
            count = _fill(work, made, store.version, with_evidence, progress)
            folders.rename(work, folder)
    except OSError as error:
        raise InputError(f"{folder}: can't be written: {error.strerror or error}") from None
    finally:
        for part in made:
            part.marks.close()
    return count


def _fill(
    folder: Path, made: Sequence[Part], version: Version, with_evidence: bool, progress: Progress
) -> int:
    shape = outline()
    total = sum(part.marks.compare({}, lambda groups: ()).changed for part in made)
    with ExitStack() as stack:
        tables = _Tables(folder, stack, shape)
        for part in made:
            for batch in batched(part.changed(), _BATCH):
                for changed in batch:
                    tables.add(changed)
                progress(len(batch), total)
        tables.marker(version, with_evidence)
    for table in tables.by_name.values():
        table.write_header()
    arguments = [*_OPTIONS, *(table.argument for table in tables.by_name.values())]
    _text(folder / "import.args", (f"{shlex.quote(one)}\n" for one in arguments))
    schema = (*cypher.constraints(shape.schema, with_evidence), *cypher.full_text())
    _text(folder / "schema.cypher", (f"{one};\n" for one in schema))
    return total


def _text(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


@dataclass
class _Table:
    """One data file on its way; its header is written when all types are known."""

    path: Path
    file: IO[str]
    fixed: tuple[str, ...]
    columns: tuple[str, ...]
    labels: str = ""
    types: dict[str, str] = field(default_factory=dict)

    @property
    def header(self) -> Path:
        return self.path.with_suffix(".header.csv")

    @property
    def argument(self) -> str:
        """How the import is told of it."""
        kind = f"--nodes={self.labels}" if self.labels else "--relationships"
        return f"{kind}=./{self.header.name},./{self.path.name}"

    def row(self, fixed: Sequence[str], values: Mapping[str, Value]) -> None:
        """Write a row; what it holds decides the types of the columns."""
        cells = [_quoted(one) for one in fixed]
        for name in self.columns:
            value = values.get(name)
            if value is not None:
                self._typed(name, _type(value), fixed[0])
            try:
                cells.append(_cell(value))
            except ValueError as error:
                raise InputError(f"{fixed[0]}, {name}: {error}") from None
        self.file.write(",".join(cells) + "\n")

    def _typed(self, name: str, kind: str, key: str) -> None:
        known = self.types.setdefault(name, kind)
        if known != kind:
            raise InputError(f"{key}, {name}: a {kind} among values of type {known}")

    def write_header(self) -> None:
        named = (f"{name}:{self.types.get(name, 'string')}" for name in self.columns)
        _text(self.header, [",".join((*self.fixed, *named)) + "\n"])


class _Tables:
    """The data files by label; all relationships are in one."""

    def __init__(self, folder: Path, stack: ExitStack, shape: Outline) -> None:
        self.folder, self.stack, self.shape = folder, stack, shape
        self.by_name: dict[str, _Table] = {}
        self.there: set[str] = set()

    def add(self, changed: Changed) -> None:
        """Write a node or a relationship, and what ties a statement."""
        thing, mark, _ = changed
        said = {**thing.properties, MARK: mark}
        if isinstance(thing, Relationship):
            self._links().row((thing.start, thing.end, thing.type), said)
            return
        self._nodes(thing.label).row((thing.key,), said)
        self.there.add(thing.key)
        if thing.label == "Statement":
            for kind, end in _ties(thing):
                if end in self.there:
                    self._links().row((thing.key, end, kind), {MARK: 0})

    def marker(self, version: Version, with_evidence: bool) -> None:
        """Write the node that says whose graph the database holds, and of which version."""
        said: dict[str, Value] = {
            "version": str(version),
            "store": version.store,
            "loaded": version.loaded,
            "evidence": with_evidence,
            "published": datetime.now(UTC),
        }
        table = self._table("KgStore", ("id:ID",), tuple(said), "KgStore")
        table.row(("kg",), said)

    def _nodes(self, label: str) -> _Table:
        if label in self.by_name:
            return self.by_name[label]
        columns = (*self.shape.attributes[label], MARK)
        labels = ":".join(cypher.labels(label, self.shape.schema))
        return self._table(
            label, ("id:ID",), tuple(name for name in columns if name != "id"), labels
        )

    def _links(self) -> _Table:
        columns = ("fact", *projection.WEIGHT, MARK)
        return self._table("relationships", (":START_ID", ":END_ID", ":TYPE"), columns)

    def _table(
        self, name: str, fixed: tuple[str, ...], columns: tuple[str, ...], labels: str = ""
    ) -> _Table:
        if name not in self.by_name:
            path = self.folder / f"{name}.csv"
            file = self.stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
            self.by_name[name] = _Table(path, file, fixed, columns, labels)
        return self.by_name[name]


def _ties(statement: Node) -> Iterator[tuple[str, str]]:
    said = statement.properties
    about, links_to, read_in = evidence.TYPES
    yield about, str(said["subject"])
    if said["links"]:
        yield links_to, str(said["value"])
    yield read_in, str(said["document_id"])


def _type(value: Value) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "long"
        case float():
            return "double"
        case str():
            return "string"
        case datetime():
            return "datetime"
        case date():
            return "date"
        case [first, *_]:
            return f"{_type(first)}[]"
    raise TypeError(f"no type of Neo4j for {value!r}")


def _cell(value: Value) -> str:
    """A value as the import reads it; raises ValueError for a list that the format can't hold."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            return _quoted(value)
        case int() | float():
            return repr(value)
        case date():
            return value.isoformat()
    texts = [str(one) for one in value]
    if any(_JOINED in one for one in texts):
        raise ValueError("a character U+001F, which separates the parts of a list")
    return _quoted(_JOINED.join(texts))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
