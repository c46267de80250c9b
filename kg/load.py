"""Loading: documents in, one commit out. A document replaces what it said before.

Order, repetition and interruption make no difference: the store holds what its documents say now.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from kg import domain, jsonl
from kg.check import Checker
from kg.documents import Found, find, lies_in, once, path_of, size_of
from kg.errors import InputError, KgError
from kg.identity import REVIEW, Identifier
from kg.judgement import OWN_FILE
from kg.judgements import read_own
from kg.reading import Reading
from kg.statement import Problem, Record
from kg.store import Document, Store
from kg.store.change import Change, commit, dangling
from kg.store.columns import Staging, roomy

Progress = Callable[[Found, int, int], None]
"""Called with a document, the bytes of it done since the last call, and those of all documents."""


@dataclass(frozen=True)
class Options:
    """How to load; each as the command line's option of that name."""

    keep_missing: bool = False
    allow_empty: bool = False
    strict: bool = False
    dry_run: bool = False


@dataclass
class Report:
    """What a load did: counts, and what an analyst should look at."""

    documents: int = 0
    statements: int = 0
    change: Change = field(default_factory=Change)
    total: int = 0
    version: str = "v0"
    problems: list[Problem] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    stored: bool = True

    @property
    def reviews(self) -> list[Problem]:
        """Names that wait for a decision."""
        return [one for one in self.problems if one.review]

    @property
    def faults(self) -> list[Problem]:
        """Cells and rows that did not become statements."""
        return [one for one in self.problems if not one.review]


def load(
    store: Store,
    paths: Sequence[Path] = (),
    options: Options = Options(),
    progress: Progress | None = None,
    name: str | None = None,
) -> Report:
    """Load files and folders, or the shipped sources, into a store; see `Report`.

    With `name` there is one file, and the document is called so.
    """
    found, folders = find(paths, store.folder)
    if name:
        found = [replace(one, name=name) for one in found]
    total = sum(one.size for one in found)

    def step(one: Found, done: int) -> None:
        if progress:
            progress(one, done, total)

    with store.room(), domain.own_kinds(store.folder):
        return _Load(store, options, step).run(found, folders)


def drop(store: Store, name: str) -> Report:
    """Take a document and all that it said out of the store."""
    present = {one.name for one in store.documents()}
    if name not in present:
        raise InputError(f"no document {name!r}: see 'kg documents'")
    with store.room():
        return _Load(store, Options(allow_empty=True), lambda one, size: None).leave([name])


def read_judgements(store: Store) -> Report:
    """Take in the store's own file of judgements as it now is; nothing else is read again."""
    with store.room():
        return _Load(store, Options(), lambda one, size: None).judged()


class _Load:
    """One load: it stages what its documents say, and commits the difference."""

    def __init__(
        self, store: Store, options: Options, progress: Callable[[Found, int], None]
    ) -> None:
        self.store = store
        self.options = options
        self.progress = progress
        self.report = Report()
        self.staging = Staging(store.connection)
        self.read: set[str] = set()
        self.kept: dict[str, int] = {}
        self.emptied: list[str] = []
        self.checker = Checker(domain.model(), domain.codes())
        self.identifier = Identifier(store.register, domain.model(), domain.naming())

    def run(self, found: Sequence[Found], folders: Sequence[str]) -> Report:
        """Read the documents, commit what changed."""
        before = self._before()
        found, twice = once(found, {name: one.sha256 for name, one in before.items()})
        gone = [] if self.options.keep_missing else self._gone(before, found, folders)
        gone = sorted({*gone, *twice})
        for one in [*found, *self._again(before, {*gone, *(one.name for one in found)})]:
            mark = self.staging.mark
            try:
                self._document(one, before)
            except InputError as error:
                self.staging.forget(mark)
                self.report.failed.append(_named(one, str(error)))
        return self._finish([name for name in gone if name not in self.read])

    def leave(self, gone: list[str]) -> Report:
        """Only take documents out."""
        self._before()
        return self._finish(gone)

    def judged(self) -> Report:
        """Only read the store's own judgements, where there is a file of them."""
        before, path = self._before(), self.store.folder / "judgements.csv"
        if path.is_file():
            self._document(Found(OWN_FILE, path, size_of(path)), before)
        return self._finish([])

    def _before(self) -> dict[str, Document]:
        if not self.store.exists():
            return {}
        return {one.name: one for one in self.store.documents()}

    def _again(self, before: dict[str, Document], named: set[str]) -> Iterator[Found]:
        """The store's own judgements; and every document, when the register has changed."""
        own = self.store.folder / "judgements.csv"
        names = [OWN_FILE] if own.is_file() or OWN_FILE in before else []
        now = self.store.register.hash
        names += [name for name, one in before.items() if one.register not in ("", now)]
        for name in sorted(set(names) - named):
            path = path_of(name, self.store.folder)
            if path is not None:
                yield Found(name, path, size_of(path))
            else:
                self.report.unread.append(name)

    def _document(self, one: Found, before: dict[str, Document]) -> None:
        """Stage one document; it is left as it was where it is the same or can't be read."""
        sha = one.sha256
        known = before.get(one.name)
        if jsonl.is_export(one.path):
            self._restore(one)
            return
        loader, version, records = self._records(one)
        register = "" if one.name == OWN_FILE else self.store.register.hash
        how = (sha, loader, version, register)
        if known and how == (known.sha256, known.loader, known.loader_version, known.register):
            self.kept[one.name] = known.statements
            self.report.problems += self.store.problems(one.name)
            self.report.documents += 1
            self.progress(one, one.size)
            return
        mark = self.staging.mark
        count = self.staging.add(self._watched(one, records))
        if one.name == OWN_FILE and self.staging.mark == mark:
            self.emptied += [one.name] if known else []  # headings alone are no document
            return
        if not count and known and known.statements and not self.options.allow_empty:
            raise InputError(f"{one.name}: says nothing now (--allow-empty takes it so)")
        self.read.add(one.name)
        self.report.documents += 1
        self.staging.document(one.name, *how, _now(), count)
        self.progress(one, one.size)

    def _restore(self, one: Found) -> None:
        names, problems = jsonl.read(one.path, self.staging, _now())
        self.read |= names
        self.report.documents += len(names)
        self.report.problems += problems
        self.progress(one, one.size)

    def _records(self, one: Found) -> tuple[str, str, Iterator[Record]]:
        if one.name == OWN_FILE:
            return "judgements", "1", read_own(one.path)
        source = domain.open_source(one.path)
        version = f"{source.version}-{domain.rules_hash()}"
        reading = Reading(
            one.name,
            source.loader,
            version,
            self.store.register,
            self.checker,
            self.identifier,
        )
        return source.loader, version, reading.read(source.read(self.store.register))

    def _watched(self, one: Found, records: Iterable[Record]) -> Iterator[Record]:
        """The records as they pass: problems are noted, progress is shown."""
        for number, record in enumerate(records):
            if isinstance(record, Problem):
                self.report.problems.append(record)
            if number % 2000 == 1999:
                self.progress(one, 0)
            yield record

    def _gone(
        self, before: dict[str, Document], found: Sequence[Found], folders: Sequence[str]
    ) -> list[str]:
        names, store = {one.name for one in found}, self.store.folder
        closed = [one.name for one in found if one.path.is_dir()]  # may hold them still

        def within(name: str, some: Sequence[str]) -> bool:
            return any(lies_in(name, folder, store) for folder in some)

        return sorted(
            name
            for name in before
            if name not in names and within(name, folders) and not within(name, closed)
        )

    def _finish(self, gone: list[str]) -> Report:
        report, store = self.report, self.store
        self.staging.flush()
        report.gone = gone = [*gone, *self.emptied]
        con, read = store.connection, sorted(self.read)
        report.problems += roomy(con, lambda: dangling(store, [*read, *gone], list(self.kept)))
        if self.options.strict and (report.faults or report.failed):
            report.stored = False
        if not report.documents and not gone and not store.exists():
            raise _nothing(report)
        write = report.stored = report.stored and not self.options.dry_run
        report.change = roomy(con, lambda: commit(store, read, gone, write=write))
        kept = report.change.kept + sum(self.kept.values())
        report.change = replace(report.change, kept=kept)
        report.statements = report.change.added + report.change.changed + report.change.kept
        report.version, report.total = report.change.version, report.change.total
        if not write:
            report.total += report.change.removed - report.change.added
        if write and store.exists():
            _judged(store, report)
        return report


def _named(one: Found, error: str) -> str:
    """An error with the document's name, where whoever raised it knows the file's alone."""
    if error.startswith(one.name) or not error.startswith(one.path.name):
        return error
    return one.name + error.removeprefix(one.path.name)


def _judged(store: Store, report: Report) -> None:
    """Note the judgements that can't be taken; a name that one has settled waits no more."""
    said = store.connection.execute(
        "SELECT count(*) FROM records WHERE type = 'judgement' AND verdict = 'same'"
    ).fetchall()
    if not said[0][0]:
        return
    decided = store.decisions()
    report.refused = [
        f"{one.document}, {one.place}: {one.a} is not {one.b}: {why}"
        for one, why in decided.refused
    ]
    waits = (decided.canonical.get(one.review, REVIEW) for one in report.problems)
    report.problems = [
        one for one, to in zip(report.problems, waits, strict=True) if to.startswith(REVIEW)
    ]


def _nothing(report: Report) -> KgError:
    first = report.failed[0] if report.failed else "no document to load"
    return InputError(first)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
