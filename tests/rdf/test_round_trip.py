"""What is exported as RDF and loaded again says the same."""

from pathlib import Path

import pytest

from kg.export import SUFFIXES
from kg.load import Report, load
from kg.rdf import Format, export
from kg.store import Store
from tests.rdf.made import FORMATS

Facts = set[tuple[str, str, str, str]]
WITH_GRAPHS: tuple[Format, ...] = ("trig", "nquads", "jsonld")
ENDINGS = {format: ending for ending, format in SUFFIXES.items()}


def facts(store: Store, chosen: str = "preferred") -> Facts:
    store.facts()
    rows = store.connection.execute(
        f"SELECT subject, property, value, lang FROM facts WHERE {chosen}"
    ).fetchall()
    return set(rows)


def sources(store: Store) -> set[tuple[str, ...]]:
    """What each source says, of all that is not rejected."""
    store.facts()
    rows = store.connection.execute(
        """SELECT DISTINCT r.source, coalesce(r.subject_key), r.property, r.value_key, r.lang
        FROM records r JOIN (SELECT unnest(statements) AS id FROM facts WHERE status <> 'rejected')
        USING (id) WHERE r.type = 'statement'"""
    ).fetchall()
    return set(rows)


def taken(store: Store, format: Format, folder: Path) -> tuple[Store, Report]:
    """A fresh store with the export of another; to be closed."""
    path = folder / f"export{ENDINGS[format]}"
    export(store, format, path)
    fresh = Store(folder / ".kg")
    return fresh, load(fresh, [path])


@pytest.mark.parametrize("format", FORMATS)
def test_the_shipped_facts_come_back(shipped: Store, format: Format, tmp_path: Path) -> None:
    fresh, report = taken(shipped, format, tmp_path)
    with fresh:
        assert [str(one) for one in report.problems] == []
        assert facts(fresh) == facts(shipped)


@pytest.mark.parametrize("format", WITH_GRAPHS)
def test_the_shipped_sources_come_back(shipped: Store, format: Format, tmp_path: Path) -> None:
    fresh, _ = taken(shipped, format, tmp_path)
    with fresh:
        assert sources(fresh) == sources(shipped)
