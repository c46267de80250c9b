"""What DuckDB writes of bare values, against what `Body` writes of all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import domain
from kg.errors import InputError
from kg.rdf import export
from kg.rdf.bare import Bare
from kg.rdf.body import Body
from kg.rdf.fields import Fields
from kg.rdf.names import Names
from kg.rdf.rows import COMBINED, MEMORY, QUADS, STANDING, TRIPLES, Row, Rows
from kg.store import Store
from tests.rdf.made import say, store_of

HEAD = "name,entity,kind,lang,from,to,source\n某某,policy:x,informal,zh,,,\n"
SAID = (
    say("policy:x", "name", "某办法", lang="zh"),
    say("policy:x", "name", "Measures", lang="en"),
    say("policy:x", "alias", "某某", lang="zh"),
    say("policy:x", "note", "说明"),
    say("policy:x", "note", "说明", lang="ZH"),
    say("policy:x", "note", "说明", lang="zh"),
    say("policy:x", "number", "1号"),
    say("agency:a", "head", "某人"),
    say("policy:x", "number", "1", "code"),
    say("policy:x", "dated", "2024", "date"),
    say("policy:x", "kind", "plan", "code"),
    say("policy:x", "applies_to", "province:32", "link"),
    say("target:t", "value", "5", "number"),
    say("source:a", "url", "https://example.org/"),
    say("org:o", "website", "https://example.org/"),
    say("org:o", "website", "5", "boolean"),
)
ODD = (
    "1", "1.5", "+1", ".5", "1.", "01", "true", "false", "plan", "A_b-9", "policy:p20", "Policy:p",
    "https://例子.中国/?q=1#a", "2024", "2024-02", "2024-02-29", "2023-02-29", "2024-13", "0999",
    "2024-12-31", "2024-04-31", "[..2024-04-02]", "某某", "说\n明", 'a"b', "a\\b", "a{0}b", "'",
    "\x85\xa0", "\u2028", "\ufeff", "\x7f", "", "policy:p20\n", "2024\n", "plan\n", "\x00", "\x1f",
    "\ufffe",
)  # fmt: skip
COMBINATIONS = st.sampled_from([(one.property, one.kind, one.lang) for one in SAID])
VALUES = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(ODD)
SUBJECTS = ("policy:x", "policy:y", "org:o", "target:t", "source:a")
SOURCES = ("source:a", "source:b", COMBINED, "")


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Body]:
    """What writes for a store with fields of every kind, and with a hidden name."""
    folder: Path = tmp_path_factory.mktemp("bare") / ".kg"
    (folder / "register").mkdir(parents=True)
    (folder / "register" / "names.csv").write_text(HEAD, encoding="utf-8")
    with store_of(folder, *SAID) as store, Rows(store, STANDING) as rows:
        yield body_of(store, rows)


def body_of(store: Store, rows: Rows) -> Body:
    names = Names.of_domain()
    return Body(names, Fields(domain.model(), names), store.register.hidden, rows)


def sql(rows: list[Row]) -> str:
    """A query that gives these rows."""
    written = (", ".join("'" + cell.replace("'", "''") + "'" for cell in row) for row in rows)
    values = ", ".join(f"({row})" for row in written).replace("{", "{{").replace("}", "}}")
    return f"SELECT * FROM (VALUES {values}) r (source, subject, property, kind, lang, value)"


def written(body: Body, rows: list[Row]) -> tuple[bytes, str]:
    """What DuckDB and the rest write, and what `Body` alone writes; or why they refuse."""
    try:
        one = b"".join(Bare(body).texts(sql(rows)))
    except InputError as error:
        one = str(error).encode()
    try:
        other = "".join(body.lines(sorted(rows)))
    except InputError as error:
        other = str(error)
    return one, other


def carried(body: Body, row: Row) -> bool:
    """Whether `Body` writes a row."""
    try:
        return bool(list(body.lines([row])))
    except InputError:
        return False


def test_odd_values_of_every_field_are_written_as_one_by_one(body: Body) -> None:
    rows = [
        (source, about, one.property, one.kind, one.lang, value)
        for source, about in zip(SOURCES, SUBJECTS, strict=False)
        for one in SAID
        for value in ODD
    ]
    fit = [row for row in rows if carried(body, row)]
    assert len(fit) > 500
    one, other = written(body, fit)
    assert one.split(b"\n") == other.encode().split(b"\n")


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from((*SOURCES, "no source")),
    st.sampled_from((*SUBJECTS, "policy:", "b:c", "review:1")),
    st.lists(st.tuples(COMBINATIONS, VALUES), min_size=1, max_size=3),
)
def test_rows_are_written_or_refused_as_one_by_one(
    body: Body, source: str, about: str, said: list[tuple[tuple[str, str, str], str]]
) -> None:
    one, other = written(body, [(source, about, *field, value) for field, value in said])
    assert one == other.encode()


def test_every_shipped_line_is_the_same(shipped: Store) -> None:
    for sql in (QUADS, TRIPLES):
        with Rows(shipped, STANDING) as rows:
            body = body_of(shipped, rows)
            lines = list(body.lines(rows.read(f"{sql} ORDER BY ALL")))
            assert len(lines) > 2500
            assert b"".join(Bare(body).texts(sql)) == "".join(lines).encode()


def test_what_does_not_fit_into_little_memory_is_written_in_more(
    shipped: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(shipped, "nquads", tmp_path / "usual.nq")
    monkeypatch.setattr("kg.rdf.content.MEMORY", ("1MB", *MEMORY))
    export(shipped, "nquads", tmp_path / "again.nq")
    assert (tmp_path / "again.nq").read_bytes() == (tmp_path / "usual.nq").read_bytes()
