"""What `kg validate` finds in a store and in RDF of others."""

import json
from pathlib import Path

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import SH

from kg.errors import InputError
from kg.rdf import Detail, export
from kg.schemas.report import report
from kg.store import Store
from kg.store.change import commit
from kg.store.columns import Staging
from kg.validate import Fault, validate_file, validate_store
from tests.commands import run
from tests.rdf.made import BASE, say, store_of

NAME = say("policy:x", "name", "某办法", lang="zh")
BAD = say("policy:x", "dated", "去年")
PREFIXES = f"@prefix kg: <{BASE}ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
RIGHT = PREFIXES + f"<{BASE}policy/x> a kg:Policy ; skos:prefLabel '某办法'@zh ; kg:kind {{}} ."
OPINION, UNKNOWN = (f"<{BASE}code/policy_kind/{one}>" for one in ("opinion", "nosuch"))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def said(faults: tuple[Fault, ...]) -> list[tuple[str, str, str, tuple[tuple[str, str], ...]]]:
    return [(one.thing, one.field, one.value, one.places) for one in faults]


def test_a_fault_leads_to_the_row_behind_it(tmp_path: Path) -> None:
    with store_of(tmp_path / ".kg", NAME, BAD) as store:
        found = validate_store(store, everything=True)
    assert said(found.faults) == [("policy:x", "dated", "去年", (("a.csv", "row 2"),))]
    assert found.faults[0].zh.startswith("成文日期：至多一个值，须为日期")
    assert found.faults[0].en.startswith("dated: at most one value, a date")


def test_what_is_missing_leads_to_what_is_said_of_the_thing(tmp_path: Path) -> None:
    with store_of(tmp_path / ".kg", say("policy:x", "number", "1号")) as store:
        found = validate_store(store)
    assert said(found.faults) == [("policy:x", "name", "", (("a.csv", "row 2"),))]


def test_only_what_the_last_load_changed_is_looked_at_unless_all_is_wanted(tmp_path: Path) -> None:
    with store_of(tmp_path / ".kg", NAME, BAD) as store:
        later(store, say("policy:y", "name", "另一办法", lang="zh", document="b.csv"))
        found, everything = validate_store(store), validate_store(store, everything=True)
        assert (found.documents, found.things, found.faults) == (("b.csv",), 1, ())
        assert everything.documents == () and len(everything.faults) == 1
        worse = say("policy:y", "applies_to", "policy:x", "link", document="b.csv")
        later(store, say("policy:y", "name", "另一办法", lang="zh", document="b.csv"), worse)
        assert said(validate_store(store).faults) == [
            ("policy:y", "applies_to", "policy:x", (("b.csv", "row 2"),))
        ]


def later(store: Store, *statements: object) -> None:
    """Another load, of the document b.csv."""
    staging = Staging(store.connection)
    staging.add(statements)  # type: ignore[arg-type]
    staging.document("b.csv", "1" * 64, "test", "1", "", "2025", len(statements))
    staging.flush()
    commit(store, ["b.csv"], [], write=True)
    store.refresh()


def test_a_store_is_looked_at_in_parts_as_it_would_be_as_a_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = validate_store(store, everything=True)
    monkeypatch.setattr("kg.rdf.part._MANY", 50)
    told: list[int] = []
    parts = validate_store(store, everything=True, progress=lambda done, _: told.append(done))
    assert parts == whole
    assert (len(told) > 10, sum(told)) == (True, whole.things)


def test_a_link_to_a_thing_in_another_part_is_held_to_its_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.rdf.part._MANY", 1)
    area = (
        say("province:11", "name", "北京市", lang="zh"),
        say("province:11", "kind", "municipality", "code"),
    )
    right = say("policy:x", "applies_to", "province:11", "link")
    wrong = say("policy:x", "applies_to", "policy:y", "link")
    other = say("policy:y", "name", "另一办法", lang="zh")
    with store_of(tmp_path / ".kg", NAME, *area, right, wrong, other) as store:
        found = validate_store(store, everything=True)
    assert [(one.thing, one.field, one.value) for one in found.faults] == [
        ("policy:x", "applies_to", "policy:y")
    ]


def test_a_file_too_large_for_memory_is_refused_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.validate.LARGEST", 10)
    with pytest.raises(InputError, match=r"theirs\.ttl: .* load it with 'kg load', then"):
        validate_file(written(tmp_path / "theirs.ttl", RIGHT))


@pytest.mark.parametrize(("kind", "faults"), [(OPINION, 0), (UNKNOWN, 1)])
def test_rdf_of_others_is_held_to_the_same_shapes(tmp_path: Path, kind: str, faults: int) -> None:
    found = validate_file(written(tmp_path / "theirs.ttl", RIGHT.format(kind)))
    assert (found.things, len(found.faults)) == (1, faults)


@pytest.mark.parametrize(
    "name", ["context.jsonld", "../generated/context.jsonld", f"{BASE}context-zh.jsonld"]
)
@pytest.mark.parametrize(("kind", "faults"), [("意见", 0), ("主张", 1)])
def test_json_ld_may_name_a_context_of_ours(
    tmp_path: Path, name: str, kind: str, faults: int
) -> None:
    zh = "zh" in name
    codes = {"意见": "opinion", "主张": "claim"}
    record = {"标识": "policy:x", "类型": "政策文件", "名称": "某办法", "文种": kind}
    if not zh:
        record = {"id": "policy:x", "type": "Policy", "name": "某办法", "kind": codes[kind]}
    path = written(tmp_path / "theirs.jsonld", json.dumps({"@context": name, **record}))
    found = validate_file(path)
    assert (found.things, len(found.faults)) == (1, faults)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("theirs.csv", "", "no known ending"),
        ("theirs.ttl", "<a> <b>", "theirs.ttl, line 1, column 8: not Turtle: "),
        ("theirs.jsonld", "{", "theirs.jsonld, line 1, column 2: not JSON-LD: "),
        (
            "theirs.jsonld",
            '{"@context": "https://a.example/context.jsonld", "id": "x:y"}',
            "context",
        ),
        ("theirs.ttl", None, "No such file"),
        ("theirs.rdf", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', "XML"),
    ],
)
def test_what_cannot_be_read_is_an_error_and_nothing_is_fetched(
    tmp_path: Path, name: str, text: str | None, why: str
) -> None:
    path = tmp_path / name
    if text is not None:
        written(path, text)
    with pytest.raises(InputError, match=why):
        validate_file(path)


def test_the_report_of_shacl_is_the_same_each_time_and_read_by_others(tmp_path: Path) -> None:
    path = written(tmp_path / "theirs.ttl", RIGHT.format(f"{UNKNOWN}, '意见'"))
    first, second = (report(validate_file(path).faults) for _ in range(2))
    assert first == second
    graph = Graph().parse(data=first, format="turtle")
    (conforms,) = graph.objects(None, SH.conforms)
    assert isinstance(conforms, Literal) and conforms.toPython() is False
    assert {str(one) for one in graph.objects(None, SH.value)} == {UNKNOWN[1:-1], "意见"}
    assert len(list(graph.objects(None, SH.resultMessage))) == 6


def test_the_command_says_in_both_languages_what_is_wrong_and_ends_with_1(tmp_path: Path) -> None:
    written(tmp_path / "theirs.ttl", RIGHT.format(UNKNOWN))
    zh = run("validate", "theirs.ttl", "--lang", "zh", cwd=tmp_path)
    en = run("validate", "theirs.ttl", "--lang", "en", cwd=tmp_path)
    assert (zh.code, en.code, zh.err, en.err) == (1, 1, "", "")
    assert "文种：至多一个值，须为代码表“文种”中的代码。" in zh.out
    assert "核对 1 个事物，1 处不符" in zh.out
    assert "a code of the list “kind of policy document”." in en.out
    written(tmp_path / "two.ttl", RIGHT.format(f"{OPINION} ; kg:appliesTo '江苏'"))
    rows = json.loads(run("validate", "two.ttl", "--json", cwd=tmp_path).out)
    assert [(row["thing"], row["field"], row["value"]) for row in rows] == [
        ("policy:x", "applies_to", "江苏")
    ]


def test_the_command_says_where_nothing_of_the_model_is_in_a_file(tmp_path: Path) -> None:
    written(tmp_path / "theirs.ttl", "<http://a.example/> <http://b.example/> 'c' .")
    ended = run("validate", "theirs.ttl", cwd=tmp_path)
    assert ended.code == 0
    assert ended.err == "kg: there is no thing of the model's classes in it\n"
    written(
        tmp_path / "theirs.ttl",
        RIGHT.format("'2024-13-45'^^<http://www.w3.org/2001/XMLSchema#date>"),
    )
    ended = run("validate", "theirs.ttl", "--format", "shacl", cwd=tmp_path)
    assert (ended.code, ended.err) == (1, "") and "sh:conforms false" in ended.out


def test_without_a_store_the_command_says_so(tmp_path: Path) -> None:
    assert run("validate", cwd=tmp_path).code == 3


def test_the_shipped_sources_are_found_to_be_right(loaded: Path) -> None:
    for more in ((), ("--all",)):
        ended = run("validate", *more, cwd=loaded)
        assert (ended.code, ended.err) == (0, "kg: everything was looked at\n"), ended
        assert ended.out.endswith("things looked at, 0 faults\n")


SEVERAL = """@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <https://example.org/a> {{ {0} a kg:Policy ; skos:prefLabel '某办法'@zh ; kg:dated {1} }}
    {2} {{ {0} a kg:Policy ; kg:dated {3} }}
"""
DAY, MONTH = '"2024-01-05"^^xsd:date', '"2024-02"^^xsd:gYearMonth'


@pytest.mark.parametrize(
    ("graph", "second", "faults"),
    [
        ("<https://example.org/b>", MONTH, 0),
        ("<https://example.org/b>", "'去年'", 1),
        ("<https://example.org/a>", MONTH, 1),
    ],
)
def test_only_what_several_graphs_say_may_be_disputed(
    tmp_path: Path, graph: str, second: str, faults: int
) -> None:
    text = PREFIXES + SEVERAL.format(f"<{BASE}policy/x>", DAY, graph, second)
    found = validate_file(written(tmp_path / "a.trig", text))
    assert [one.field for one in found.faults] == ["dated"] * faults


def test_terms_of_others_are_held_to_the_shapes_of_ours(tmp_path: Path) -> None:
    theirs = """@prefix eli: <http://data.europa.eu/eli/ontology#> .
        @prefix kg: <https://w3id.org/datapolicy-cn/ns#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <urn:a> a eli:LegalResource ; skos:prefLabel "某条例"@zh ;
            kg:dated "2024-02-30"^^xsd:date ; kg:datd "2024-01-05"^^xsd:date ."""
    found = validate_file(written(tmp_path / "theirs.ttl", theirs))
    assert found.things == 1
    assert [(one.thing, one.field) for one in found.faults] == [
        ("urn:a", "dated"),
        ("urn:a", "kg:datd"),
    ]
    assert found.faults[1].en == "the model has no property kg:datd."
    assert "sh:ClosedConstraintComponent" in report(found.faults)


def test_a_part_of_the_data_may_point_to_what_it_does_not_describe(tmp_path: Path) -> None:
    right = RIGHT.format(OPINION).removesuffix(".") + f"; kg:implements <{BASE}policy/p20> ."
    wrong = RIGHT.format(OPINION).removesuffix(".") + f"; kg:implements <{BASE}agency/nda> ."
    assert validate_file(written(tmp_path / "right.ttl", right)).faults == ()
    (fault,) = validate_file(written(tmp_path / "wrong.ttl", wrong)).faults
    assert (fault.field, fault.value) == ("implements", "agency:nda")


def test_what_the_register_knows_and_no_document_describes_is_not_held_to_the_shapes(
    tmp_path: Path,
) -> None:
    link = say("policy:x", "issued_by", "agency:nda", "link")
    with store_of(tmp_path / ".kg", NAME, link) as store:
        assert validate_store(store, everything=True).faults == ()
        export(store, "turtle", tmp_path / "own.ttl")
    assert validate_file(tmp_path / "own.ttl").faults == ()
    alone = validate_file(written(tmp_path / "a.ttl", f"<{BASE}agency/nda> a <{BASE}ns#Agency> ."))
    assert [one.field for one in alone.faults] == ["name"]


@pytest.mark.parametrize("detail", ["facts", "statements"])
def test_what_an_export_says_is_known_to_the_model(
    store: Store, tmp_path: Path, detail: Detail
) -> None:
    export(store, "trig", tmp_path / "own.trig", detail)
    assert validate_file(tmp_path / "own.trig").faults == ()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.ttl", "<urn:a> <urn:b> ", "a.ttl, line 1, column 17: not Turtle: "),
        ("a.jsonld", '{"@context": "http://example.org/c"}', "a.jsonld: not JSON-LD: it refers to"),
        ("a.jsonld", '{"@id": "urn:a", ', "a.jsonld, line 1, column 18: not JSON-LD: "),
        ("a.jsonld", "[" * 70_000, "a.jsonld, line 1, column 65538: not JSON-LD: "),
    ],
)
def test_a_file_that_cannot_be_parsed_is_refused_as_loading_refuses_it(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = written(tmp_path / name, text)
    with pytest.raises(InputError) as raised:
        validate_file(path)
    assert str(raised.value).startswith(said)
    assert str(raised.value) in run("load", path, cwd=tmp_path).err


def test_what_rdf_12_only_speaks_of_is_not_held_to_the_shapes(tmp_path: Path) -> None:
    spoken = f"\n<urn:x> <urn:says> <<( <{BASE}policy/y> <{BASE}ns#kind> 'wrong' )>> ."
    found = validate_file(written(tmp_path / "theirs.ttl", RIGHT.format(OPINION) + spoken))
    assert (found.things, found.faults) == (1, ())


def test_a_mark_before_the_first_line_of_rdf_makes_no_difference(tmp_path: Path) -> None:
    path = written(tmp_path / "theirs.ttl", "\ufeff" + RIGHT.format(OPINION))
    assert (validate_file(path).things, validate_file(path).faults) == (1, ())


def test_what_a_parser_leaves_out_of_json_ld_is_a_fault(tmp_path: Path) -> None:
    record = {"id": "policy:x", "type": "Policy", "name": {"zh": "某办法", "en_GB": "Rules"}}
    record |= {"numbr": "1号", "issued_by": "http://x.cn/a b", "@context": "context.jsonld"}
    found = validate_file(written(tmp_path / "theirs.jsonld", json.dumps(record)))
    assert [(one.thing, one.value, one.en) for one in found.faults] == [
        (
            "policy:x",
            "en_GB",
            "not a language tag: not read (want zh, en, zh-Hant).",
        ),
        (
            "policy:x",
            "http://x.cn/a b",
            "not an absolute IRI: not read "
            "(write what can't stand in it in percents, as %20 for a blank).",
        ),
        (
            "policy:x",
            "numbr",
            "a key that no context explains: not read (give it an IRI in the @context).",
        ),
    ]
    again = Graph().parse(data=report(found.faults), format="turtle")
    assert len(set(again.objects(None, SH.value))) == 3
