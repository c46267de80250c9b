"""Saved questions: Cypher files with texts in two languages, parameters, expected answers."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError, UsageError

_LINE = re.compile(r"//\s*([a-z]+):\s*(.*)")
_KEYS = ("zh", "en", "param", "column", "note", "how")
_PARAM = re.compile(r"(\w+)\s+(code\s+\w+|\w+)\s*=\s*(.*?)\s{2,}(.*)")
_SEPARATOR = re.compile(r"^;[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Parameter:
    """What a question may be asked about: its type, and the value it takes by itself.

    `type` is a class of the model, `text`, `int`, `date`, `words` (to search names for, with the
    full-text index `$index`), or `code LIST`; `default` is None where nothing need be given.
    """

    name: str
    type: str
    default: str | None
    zh: str
    en: str


@dataclass(frozen=True)
class Note:
    """What an answer says beside its rows; with `cypher`, only where that finds names."""

    zh: str
    en: str
    cypher: str = ""


@dataclass(frozen=True)
class Question:
    """A saved question, read from its file."""

    slug: str
    path: Path
    zh: str
    en: str
    cypher: str
    parameters: tuple[Parameter, ...] = ()
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def expected(self) -> Path:
        """The file with the expected answers."""
        return self.path.with_suffix(".expected.csv")

    @property
    def twin(self) -> Path:
        """The file with the same question in SPARQL, where there is one."""
        return self.path.with_suffix(".rq")


def questions(folder: Path) -> Iterator[Question]:
    """All questions of a folder, by slug."""
    for path in sorted(folder.rglob("*.cypher")):
        yield read(path, path.relative_to(folder).with_suffix("").as_posix())


def question(folder: Path, slug: str) -> Question:
    """One question; UsageError names those that come near where there is none."""
    path = folder / f"{slug}.cypher"
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        known = [
            one.relative_to(folder).with_suffix("").as_posix() for one in folder.rglob("*.cypher")
        ]
        tail = slug.rpartition("/")[2]
        near = sorted(one for one in known if tail and tail in one)
        hint = f": did you mean {', '.join(near)}?" if near else ": see 'kg query'"
        raise UsageError(f"no question {slug!r}{hint}")
    return read(path, slug)


def read(path: Path, slug: str) -> Question:
    """Read a question's file; InputError says which line of its header is wrong."""
    main, *rest = _SEPARATOR.split(path.read_text(encoding="utf-8"))
    header = _header(path, main, 1)
    texts = {line.key: line.text for line in header if line.key in ("zh", "en")}
    if set(texts) != {"zh", "en"}:
        raise InputError(f"{path.name}: the header needs a line '// zh:' and a line '// en:'")
    notes = [_note(line) for line in header if line.key == "note"]
    before = main.count("\n")
    for part in rest:
        own = _header(path, part, before + 1)
        notes += [_note(line, _cypher(part)) for line in own if line.key == "note"]
        before += part.count("\n")
    return Question(
        slug,
        path,
        texts["zh"],
        texts["en"],
        _cypher(main),
        tuple(_parameter(line) for line in header if line.key == "param"),
        dict(_column(line) for line in header if line.key == "column"),
        tuple(notes),
    )


@dataclass(frozen=True)
class _Line:
    place: str
    key: str
    text: str


def _header(path: Path, text: str, first: int) -> list[_Line]:
    """The `// key: text` lines that a text begins with; other comments may stand among them."""
    found = []
    for number, line in enumerate(text.splitlines(), start=first):
        if line.strip() and not line.startswith("//"):
            break
        if match := _LINE.fullmatch(line.strip()):
            place, key = f"{path.name}, line {number}", match[1]
            if key not in _KEYS:
                raise InputError(f"{place}: no such line: {key!r} (want {', '.join(_KEYS)})")
            found.append(_Line(place, key, match[2]))
    return found


def _cypher(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()


def _labels(place: str, text: str) -> tuple[str, str]:
    zh, bar, en = (part.strip() for part in text.partition("|"))
    if not (zh and bar and en):
        raise InputError(f"{place}: want 中文 | English, not {text!r}")
    return zh, en


def _note(line: _Line, cypher: str = "") -> Note:
    return Note(*_labels(line.place, line.text), cypher)


def _column(line: _Line) -> tuple[str, tuple[str, str]]:
    name, _, labels = line.text.partition(" ")
    return name, _labels(line.place, labels or name)


def _parameter(line: _Line) -> Parameter:
    match = _PARAM.fullmatch(line.text)
    if not match:
        wanted = "'NAME TYPE = DEFAULT   中文 | English', two blanks before the labels"
        raise InputError(f"{line.place}: want {wanted}, not {line.text!r}")
    name, kind, default, labels = match.groups()
    value = None if default.strip() == "null" else default.strip()
    return Parameter(name, " ".join(kind.split()), value, *_labels(line.place, labels))


def expected(asked: Question) -> tuple[list[str], list[list[str]]]:
    """The expected answers: columns and rows as texts; InputError where the file is missing."""
    if not asked.expected.is_file():
        raise InputError(f"{asked.slug}: no expected answers ({asked.expected.name})")
    with asked.expected.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows
