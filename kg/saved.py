"""Saved questions: Cypher files with texts in two languages, parameters, expected answers."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError, UsageError

_LINE = re.compile(r"//\s*([a-z]+):\s*(.*)")
_PARAM = re.compile(r"(\w+)\s+(code\s+\w+|\w+)\s*=\s*(.*?)(?:\s{2,}(.*))?$")


@dataclass(frozen=True)
class Parameter:
    """What a question may be asked about: its type, and the value it takes by itself.

    `type` is a class of the model, `text`, `int`, `date`, or `code LIST`; `default` is None where
    nothing need be given.
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
        near = sorted(one for one in known if slug.rpartition("/")[2] in one)
        hint = f": did you mean {', '.join(near)}?" if near else ": see 'kg query'"
        raise UsageError(f"no question {slug!r}{hint}")
    return read(path, slug)


def read(path: Path, slug: str) -> Question:
    """Read a question's file; InputError says which line of its header is wrong."""
    main, *rest = re.split(r"^;\s*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    header = _header(main)
    texts = {key: value for key, value in header if key in ("zh", "en")}
    if set(texts) != {"zh", "en"}:
        raise InputError(f"{path.name}: the header needs a line '// zh:' and a line '// en:'")
    notes = [_note(path, value) for key, value in header if key == "note"]
    for part in rest:
        notes += [
            _note(path, value, _cypher(part)) for key, value in _header(part) if key == "note"
        ]
    return Question(
        slug,
        path,
        texts["zh"],
        texts["en"],
        _cypher(main),
        tuple(_parameter(path, value) for key, value in header if key == "param"),
        dict(_column(path, value) for key, value in header if key == "column"),
        tuple(notes),
    )


def _header(text: str) -> list[tuple[str, str]]:
    lines = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    return [(match.group(1), match.group(2)) for match in lines if match]


def _cypher(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()


def _labels(path: Path, text: str) -> tuple[str, str]:
    zh, bar, en = (part.strip() for part in text.partition("|"))
    if not (zh and bar and en):
        raise InputError(f"{path.name}: want 中文 | English, not {text!r}")
    return zh, en


def _note(path: Path, text: str, cypher: str = "") -> Note:
    return Note(*_labels(path, text), cypher)


def _column(path: Path, text: str) -> tuple[str, tuple[str, str]]:
    name, _, labels = text.partition(" ")
    return name, _labels(path, labels)


def _parameter(path: Path, text: str) -> Parameter:
    match = _PARAM.fullmatch(text)
    if not match:
        raise InputError(f"{path.name}: want 'NAME TYPE = DEFAULT   中文 | English', not {text!r}")
    name, kind, default, labels = match.groups()
    value = None if default.strip() == "null" else default.strip()
    return Parameter(name, " ".join(kind.split()), value, *_labels(path, labels or ""))


def expected(asked: Question) -> tuple[list[str], list[list[str]]]:
    """The expected answers: columns and rows as texts; InputError where the file is missing."""
    if not asked.expected.is_file():
        raise InputError(f"{asked.slug}: no expected answers ({asked.expected.name})")
    with asked.expected.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows
