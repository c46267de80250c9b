"""The schema as a Cypher text: all that a graph has is in it, and it runs."""

import re
from pathlib import Path

import pytest

from kg import domain, saved
from kg.api import KnowledgeGraph
from kg.graph.described import described
from kg.graph.opening import view
from kg.graph.projection import WEIGHT
from tests.commands import run
from tests.graph.servers import alone, connect, empty, needs_server

TEXT = described(domain.model(), saved.questions(domain.questions()))


def section(label: str) -> str:
    """What is said of a label."""
    found = re.search(rf"^// \(:{label}\b.*?(?=\n\n)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, label
    return found[0]


def test_all_labels_and_properties_of_the_shipped_graph_are_described(
    store: KnowledgeGraph,
) -> None:
    used: dict[str, set[str]] = {}
    for node in view(store).nodes:
        used.setdefault(node.label, set()).update(node.properties)
    assert len(used) > 10
    for label, names in used.items():
        assert names <= set(re.findall(r"\w+", section(label) + section("Entity"))), label


def test_all_relationships_of_the_shipped_graph_are_described_with_their_ends(
    store: KnowledgeGraph,
) -> None:
    rows = store.cypher("MATCH (a)-[r]->(b) RETURN DISTINCT type(r) AS t, keys(r) AS k").rows
    for kind, keys in rows:
        assert re.search(rf"\(:[\w|]+\)-\[:{kind}\]->\(:[\w|]+\)  \S+ \| \w+", TEXT), kind
        assert isinstance(keys, list)
        assert all(re.search(rf"^//   .*\b{key}\b", TEXT, re.MULTILINE) for key in keys)
    assert all(
        f" {name} " in TEXT or f" {name}, " in TEXT or f", {name} " in TEXT for name in WEIGHT
    )


def statements() -> list[str]:
    bare = re.sub(r"^//.*$", "", TEXT, flags=re.MULTILINE)
    return [one.strip() for one in bare.split(";\n") if one.strip()]


def test_five_samples_are_given_of_five_areas() -> None:
    samples = re.findall(r"^// (\w+)/[\w-]+: .+ \| .+$", TEXT, re.MULTILINE)
    assert len(samples) == len(set(samples)) == 5
    assert sum(one.startswith("MATCH") for one in statements()) == 5


@needs_server
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_of_it_runs_on_a_server(tmp_path: Path, lang: str) -> None:
    printed = run("ontology", "--format", "cypher", "--lang", lang, cwd=tmp_path).out
    assert printed.strip() == TEXT.strip()
    parameters = {name: None for name in re.findall(r"^// :param (\w+)", TEXT, re.MULTILINE)}
    with alone():
        empty()
        with connect() as server, server.session(writes=True) as session:
            for text in statements():
                session.run(text, parameters).consume()
