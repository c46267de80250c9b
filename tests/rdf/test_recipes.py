"""The recipes of the documentation, taken out of it and run."""

import csv
import os
import re
import shutil
import subprocess
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.rdf import export
from kg.store import Store
from tests.rdf.made import BASE, Quad, by_pyoxigraph
from tests.stores import ROOT

DOCUMENT = ROOT / "docs" / "linked-data.md"
JAVA = bool(shutil.which("java") and shutil.which("mvn"))

if not JAVA and os.environ.get("CI") == "true":
    raise RuntimeError("no Java for the recipe of Apache Jena: install Java 17 and Maven")


def recipe(title: str) -> str:
    """The code under a title."""
    text = DOCUMENT.read_text(encoding="utf-8").partition(f"**{title}**")[2]
    found = re.search(r"^```(?:python|java)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


@pytest.fixture(scope="module")
def folder(shipped: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the exports that the recipes start from."""
    made = tmp_path_factory.mktemp("recipes")
    export(shipped, "nquads", made / "graph.nq")
    export(shipped, "turtle", made / "graph.ttl")
    return made


@pytest.fixture(scope="module")
def quads(folder: Path) -> set[Quad]:
    """The quads that the recipes should find."""
    return by_pyoxigraph((folder / "graph.nq").read_bytes(), "nquads")


def done(title: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run a recipe in Python; the names that it leaves."""
    monkeypatch.chdir(folder)
    found: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        exec(compile(recipe(title), f"{DOCUMENT.name}: {title}", "exec"), found)
    return found


def implementers(quads: set[Quad]) -> list[tuple[str, str]]:
    """The policies that implement one, and who says so."""
    wanted = f"{BASE}ns#implements", f"{BASE}policy/p20"
    found = {(one[0], one[3]) for one in quads if (one[1], one[2][0]) == wanted and one[3]}
    assert len(found) > 5
    return sorted(found)


def sizes(quads: set[Quad]) -> dict[str, int]:
    """How many quads each graph has."""
    return dict(Counter(one[3] for one in quads))


def test_rdflib_has_each_graph_with_all_of_its_triples(
    folder: Path,
    quads: set[Quad],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    done("rdflib", folder, monkeypatch)
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    found = {name.replace("urn:x-rdflib:default", ""): int(size) for name, size in printed}
    assert found == sizes(quads) and len(found) > 100


def test_oxigraph_answers_who_says_so(
    folder: Path,
    quads: set[Quad],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    done("Oxigraph", folder, monkeypatch)
    printed = [tuple(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert printed == implementers(quads)


def test_networkx_has_the_things_by_name_and_their_links(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = done("networkx", folder, monkeypatch)["graph"]
    triples = by_pyoxigraph((folder / "graph.ttl").read_bytes(), "turtle")
    links = {(one[0], one[2][0], one[1]) for one in triples if one[2][1] == "@id"}
    assert set(graph.edges(keys=True)) == links
    labels = {node: data["label"] for node, data in graph.nodes(data=True) if data}
    assert labels[f"{BASE}agency/nda"] == "国家数据局"
    assert len(labels) > 300


@pytest.fixture(scope="module")
def classpath(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The jars of Jena; Maven fetches them once."""
    listed = tmp_path_factory.mktemp("jena") / "classpath.txt"
    command = ["mvn", "-q", "-B", "-f", str(ROOT / "docs" / "jena" / "pom.xml")]
    command += ["dependency:build-classpath", f"-Dmdep.outputFile={listed}"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
    return listed.read_text(encoding="utf-8").strip()


@pytest.mark.skipif(not JAVA, reason="needs Java 17 and Maven for the recipe of Apache Jena")
def test_jena_counts_the_quads_of_each_graph_and_answers_who_says_so(
    folder: Path, quads: set[Quad], classpath: str, tmp_path: Path
) -> None:
    program = tmp_path / "Graphs.java"
    program.write_text(recipe("Apache Jena"), encoding="utf-8")
    command = [
        "java",
        "-cp",
        classpath,
        str(program),
        str(folder / "graph.nq"),
        str(tmp_path / "s"),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    rows = list(_rows(ended.stdout))
    at = rows.index(("policy", "source"))
    named = {graph: size for graph, size in sizes(quads).items() if graph}
    assert {graph: int(size) for graph, size in rows[1:at]} == named
    assert rows[at + 1 :] == implementers(quads)


def _rows(printed: str) -> Iterator[tuple[str, ...]]:
    return map(tuple, csv.reader(printed.splitlines()))
