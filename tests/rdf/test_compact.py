"""JSON-LD in its compact form: what it looks like, and that every reader finds the lines again."""

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from kg import domain
from kg.errors import InputError, UsageError
from kg.export import export as export_any
from kg.load import load
from kg.rdf import Lang, export, lines
from kg.rdf.compact import Compact
from kg.rdf.names import Names
from kg.schemas.context import Context
from kg.store import Store
from tests.commands import run
from tests.rdf.made import BASE, XSD, by_pyoxigraph, by_rdflib, say, store_of
from tests.rdf.test_lines import TEXTS

NAME = say("policy:x", "name", "某办法", lang="zh")
NAMES = Names.of_domain()
LANGS: tuple[Lang, ...] = ("en", "zh")


def compact(text: str, keys: Lang = "en") -> bytes:
    """Lines of N-Quads as JSON-LD."""
    context = Context(NAMES, domain.model(), domain.codes(), keys, flat=True)
    with TemporaryDirectory() as name:
        before, made = Path(name) / "lines", Path(name) / "made"
        before.write_text(text, encoding="utf-8", newline="\n")
        Compact(context).write(before, made)
        return made.read_bytes()


def written(folder: Path, keys: Lang) -> Any:
    """Two things as an export has them."""
    said = (
        NAME,
        say("policy:x", "name", "Some measures", lang="en"),
        say("policy:x", "kind", "opinion", "code"),
        say("policy:x", "dated", "2024-01-05", "date"),
        say("policy:x", "published", "2024-01", "date"),
        say("policy:x", "issued_by", "org:o", "link"),
        say("org:o", "name", "某局", lang="zh"),
        say("org:o", "capital", "1.50", "number"),
    )
    out = BytesIO()
    with store_of(folder / ".kg", *said) as store:
        export(store, "jsonld", out, keys=keys)
    return json.loads(out.getvalue())


def test_a_thing_reads_as_a_record_with_keys_of_either_language(tmp_path: Path) -> None:
    ((*_, graph),) = (written(tmp_path / "en", "en")["graph"],)
    assert graph["id"] == "source:a"
    assert graph["graph"] == [
        {"type": "Organisation", "id": "org:o", "capital": "1.50", "name": {"zh": "某局"}},
        {
            "type": "Policy",
            "id": "policy:x",
            "dated": "2024-01-05",
            "issued_by": "org:o",
            "kind": "codes:policy_kind/opinion",
            "name": {"en": "Some measures", "zh": "某办法"},
            "published": {"@type": "xsd:gYearMonth", "@value": "2024-01"},
        },
    ]
    *_, graph = written(tmp_path / "zh", "zh")["图"]
    assert graph["图"][1]["发文机关"] == "org:o"
    assert graph["图"][1]["文种"] == "codes:policy_kind/opinion"
    assert graph["图"][0] == {
        "类型": "机构", "标识": "org:o", "注册资本（元）": "1.50", "名称": {"zh": "某局"},
    }  # fmt: skip


def test_every_key_of_an_export_is_of_the_context_and_no_thing_stands_twice(
    shipped: Store,
) -> None:
    out = BytesIO()
    export(shipped, "jsonld", out, "statements")
    whole = json.loads(out.getvalue())
    terms = whole.pop("@context")
    seen = 0
    for graph in [whole, *(one for one in whole["graph"] if "graph" in one)]:
        things = [one for one in graph["graph"] if "graph" not in one]
        assert len({one["id"] for one in things}) == len(things)
        for key in {key for one in things for key in one}:
            assert key in terms or key == "rdf:value", key
        seen += len(things)
    assert seen > 10_000


_LANGUAGES = st.sampled_from(("zh", "en", "zh-hant", "pt-br"))
_DATATYPES = st.sampled_from(
    (*(f"<{XSD}{one}>" for one in ("date", "decimal", "integer", "string", "anyURI", "boolean")),
     "<http://id.loc.gov/datatypes/edtf/EDTF>", "<urn:x:type>")
)  # fmt: skip
_IRIS = st.sampled_from(
    (
        f"<{BASE}policy/A_b-9>",
        f"<{BASE}policy//odd>",
        f"<{BASE}policy/>",
        f"<{BASE}statement/a1#place>",
        f"<{BASE}code/policy_kind/opinion>",
        f"<{BASE}ns#Policy>",
        NAMES.term("skos:prefLabel"),
        "<urn:x-none:(庆阳)>",
        "<https://例子.中国/a?b=c#d>",
        "<mailto:a@b.cn>",
    )
)
_OBJECTS = st.one_of(
    _IRIS,
    TEXTS.map(lines.plain),
    st.builds(lambda text, tag: f"{lines.plain(text)}@{tag}", TEXTS, _LANGUAGES),
    st.builds(lambda text, kind: f"{lines.plain(text)}^^{kind}", TEXTS, _DATATYPES),
)
_PREDICATES = st.sampled_from(
    [
        *(NAMES.term(one) for one in (
            "skos:prefLabel", "skos:note", "skos:hiddenLabel", "kg:dated", "kg:kind", "kg:value",
            "eli:passed_by", "kg:website", "schema:url", "rdf:predicate", "rdf:object",
            "prov:wasDerivedFrom", "kg:stance", "kg:confidence", "kg:readBy", "rdf:value",
            "void:entities", "dcterms:title", "dcterms:isPartOf",
        )),
        "<urn:x:unknown>",
    ]
)  # fmt: skip
_CLASSES = st.sampled_from(["kg:Policy", "kg:Agency", "kg:Source", "rdf:Statement", ""])


@st.composite
def quads(draw: st.DrawFn) -> str:
    """Lines about a few things in a few graphs, in the order of an export."""
    found: list[str] = []
    for graph in ("", f" <{BASE}source/a>", " <urn:x:graph>"):
        for subject in (f"<{BASE}policy/x>", "<urn:x:thing>"):
            if kind := draw(_CLASSES):
                found.append(f"{subject} {NAMES.term('rdf:type')} {NAMES.term(kind)}{graph} .\n")
            for predicate, value in draw(st.lists(st.tuples(_PREDICATES, _OBJECTS), max_size=4)):
                found.append(f"{subject} {predicate} {value}{graph} .\n")
    return "".join(found)


@settings(max_examples=60, deadline=None)
@given(quads(), st.sampled_from(LANGS))
def test_any_lines_come_back_from_both_readers(text: str, keys: Lang) -> None:
    made, before = compact(text, keys), text.encode()
    expected = by_pyoxigraph(before, "nquads")
    assert by_pyoxigraph(made, "jsonld") == expected
    assert by_rdflib(made, "jsonld") == by_rdflib(before, "nquads")
    assert len(list(pyoxigraph.parse(made, RdfFormat.STREAMING_JSON_LD))) >= len(expected)


@pytest.mark.parametrize("scheme", ["org", "value", "id"])
def test_an_iri_that_the_context_would_make_another_is_refused(scheme: str) -> None:
    line = f"<{BASE}org/o> {NAMES.term('kg:website')} <{scheme}:x> .\n"
    with pytest.raises(InputError, match=f"JSON-LD can't hold {scheme}:x"):
        compact(line)


@pytest.mark.parametrize("keys", LANGS)
def test_an_export_with_keys_of_either_language_is_loaded(tmp_path: Path, keys: Lang) -> None:
    with store_of(tmp_path / ".kg", NAME) as store:
        export(store, "jsonld", tmp_path / "a.jsonld", keys=keys)
    with Store(tmp_path / "fresh.kg") as fresh:
        report = load(fresh, [tmp_path / "a.jsonld"])
        assert (report.problems, report.statements) == ([], 1)


def _policies(number: int) -> Iterator[str]:
    for n in range(number):
        start, end = f"<{BASE}policy/p{n}>", f"<{BASE}source/s{n // 1000}> .\n"
        yield f"{start} {NAMES.term('rdf:type')} {NAMES.term('kg:Policy')} {end}"
        yield f'{start} {NAMES.term("skos:prefLabel")} "办法{n}"@zh {end}'
        yield f'{start} {NAMES.term("skos:note")} "{"要素" * 50}"@zh {end}'


READ = r"""
import re, sys
from pathlib import Path
from loaders.rdf import parsing
parsing._LARGE = int(sys.argv[2])
def peak():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024
before = peak()
print(sum(1 for _ in parsing.placed(Path(sys.argv[1]))), peak() - before)
"""


def test_a_large_export_is_read_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonld"
    path.write_bytes(compact("".join(_policies(12_000))))
    peaks = []
    for large in (path.stat().st_size - 1, path.stat().st_size):
        command = [sys.executable, "-c", READ, str(path), str(large)]
        ended = subprocess.run(command, capture_output=True, check=True)
        quads, megabytes = map(int, ended.stdout.split())
        assert quads == 36_000
        peaks.append(megabytes)
    assert peaks[0] < 15 < peaks[1], peaks


def test_only_json_ld_has_keys_in_a_language(tmp_path: Path) -> None:
    with (
        store_of(tmp_path / ".kg", NAME) as store,
        pytest.raises(UsageError, match="only jsonld has"),
    ):
        export_any(store, "trig", tmp_path / "a.trig", keys="zh")
    ended = run("export", "--format", "jsonld", "--keys", "zh", cwd=tmp_path)
    assert ended.code == 0 and '"类型": "政策文件"' in ended.out
    assert run("export", "--since", "v0", "--keys", "zh", cwd=tmp_path).code == 2
