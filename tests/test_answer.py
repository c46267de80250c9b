"""Answers: what a row cites, who dissents, parameters, limits, notes."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.answer import Answer, ask, check, plain, text_of
from kg.api import KnowledgeGraph
from kg.errors import InputError, QueryError, UsageError
from kg.graph import Value
from kg.saved import Note, Parameter, Question, read
from tests.stores import write

TABLE = """policy_id,title,aliases,type,issued_on,source_id,source_url,source_date
    policy:one,第一号文件,甲;乙,measures,2024-01-05,,https://www.gov.cn/one,2024-03-01
    policy:two,第二号文件,,plan,2024-02,,https://www.gov.cn/two,2024-03-01"""
OTHER = """policy_id,title,issued_on,source_id,source_url,source_date
    policy:one,第一号文件,2024-02-06,,https://copy.example.org/one,2024-03-02"""
LINKS = """subject_id,predicate,object_id,date,confidence,source_id,source_url,source_date
    policy:two,implements,policy:one,,stated,,https://www.gov.cn/two,2024-03-01"""
SOURCES = """source_id,url,page_date,kind,rank
    source:gov1,https://www.gov.cn/one,2024-03-01,,official
    source:gov2,https://www.gov.cn/two,2024-03-01,,official"""


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """Two sources that date one policy differently, one of them official."""
    folder: Path = tmp_path_factory.mktemp("disagreeing")
    write(folder / ".kg" / "register" / "sources.csv", SOURCES)
    for name, text in (("a", TABLE), ("b", OTHER), ("links", LINKS)):
        write(folder / "data" / f"{name}.csv", text)
    with kg.open(folder / ".kg") as opened:
        report = opened.load(folder / "data")
        assert not report.problems, report.problems
        opened.facts()
        yield opened


def question(
    cypher: str, *parameters: Parameter, notes: tuple[Note, ...] = (), path: Path = Path("x")
) -> Question:
    return Question("test/x", path, "问", "asks", cypher, parameters, {}, notes)


def of(name: str, kind: str, default: str | None = None) -> Parameter:
    return Parameter(name, kind, default, "参数", "parameter")


def answered(store: KnowledgeGraph, cypher: str, *parameters: Parameter, **given: object) -> Answer:
    return ask(store, store.graph, question(cypher, *parameters), given)


def cited(store: KnowledgeGraph, cites: str, id: str = "policy:one") -> tuple[list[str], list[str]]:
    """The claims that carry the row of one policy, and those that dissent."""
    answer = answered(store, f"MATCH (p:Policy {{id: '{id}'}}) RETURN p.id AS id, {cites} AS cites")
    (row,) = answer.rows
    claims = {one.n: one.claim for one in answer.sources}
    return [claims[n] for n in row.cites], [claims[n] for n in row.dissent]


def test_a_property_is_carried_by_the_statements_of_its_preferred_value(
    disagreeing: KnowledgeGraph,
) -> None:
    assert cited(disagreeing, "[p.id + '#dated']") == (
        ["policy:one dated 2024-01-05"],
        ["policy:one dated 2024-02-06"],
    )


@pytest.mark.parametrize("name", ["dated_from", "dated_to"])
def test_the_bounds_of_a_date_are_carried_by_what_carries_the_date(
    disagreeing: KnowledgeGraph, name: str
) -> None:
    wanted = cited(disagreeing, "[p.id + '#dated']")
    assert cited(disagreeing, f"[p.id + '#{name}']") == wanted


def test_a_list_is_carried_by_the_statements_of_all_its_values(
    disagreeing: KnowledgeGraph,
) -> None:
    carries, dissents = cited(disagreeing, "[p.id + '#aliases']")
    assert sorted(carries) == ["policy:one alias 乙", "policy:one alias 甲"]
    assert dissents == []


def test_a_name_that_two_sources_give_is_carried_by_both(disagreeing: KnowledgeGraph) -> None:
    carries, _ = cited(disagreeing, "[p.id + '#name']")
    assert carries == ["policy:one name 第一号文件"] * 2


def test_a_relationship_is_carried_by_the_statements_of_its_fact(
    disagreeing: KnowledgeGraph,
) -> None:
    answer = answered(
        disagreeing,
        "MATCH (p:Policy)-[r:IMPLEMENTS]->(q) "
        "RETURN p.id AS id, [r.fact, q.id + '#dated'] AS cites",
    )
    assert [one.claim for one in answer.sources] == [
        "policy:two implements policy:one",
        "policy:one dated 2024-01-05",
        "policy:one dated 2024-02-06",
    ]
    assert (answer.rows[0].cites, answer.rows[0].dissent) == ((1, 2), (3,))
    first = answer.sources[0]
    assert (first.document, first.url) == ("data/links.csv", "https://www.gov.cn/two")
    assert first.place.startswith("row 2") and first.rank == "official" and first.link


def test_the_address_of_a_source_of_low_rank_is_no_link(disagreeing: KnowledgeGraph) -> None:
    answer = answered(
        disagreeing, "MATCH (p {id: 'policy:one'}) RETURN p.id AS id, [p.id + '#dated'] AS cites"
    )
    assert {one.url: one.link for one in answer.sources} == {
        "https://www.gov.cn/one": True,
        "https://copy.example.org/one": False,
    }


def test_a_field_whose_own_name_ends_like_a_bound_is_carried_too(store: KnowledgeGraph) -> None:
    answer = answered(
        store,
        "MATCH (p:Policy)-[:APPLIES_TO]->(q) "
        "RETURN p.id AS id, [p.id + '#applies_to'] AS cites ORDER BY p.id",
    )
    assert answer.rows and all(row.cites for row in answer.rows)
    assert all(" applies_to " in one.claim for one in answer.sources)


def test_what_resolves_to_nothing_is_ignored(disagreeing: KnowledgeGraph) -> None:
    cites = (
        "[null, '', 'nix', 'nix#nix', p.id, p.id + '#', p.id + '#nix', '#dated', 1, p.id + '#name']"
    )
    assert cited(disagreeing, cites) == cited(disagreeing, "[p.id + '#name']")
    assert cited(disagreeing, "['nix']") == ([], [])
    assert cited(disagreeing, "null") == ([], [])


def test_a_statement_is_numbered_once_however_many_rows_cite_it(
    disagreeing: KnowledgeGraph,
) -> None:
    answer = answered(
        disagreeing,
        "UNWIND [1, 2] AS n MATCH (p {id: 'policy:one'}) "
        "RETURN p.id AS id, n, [p.id + '#type', p.id + '#kind', p.id + '#kind'] AS cites",
    )
    assert [row.cites for row in answer.rows] == [(1,), (1,)]
    assert len(answer.sources) == 1


def test_a_query_without_cites_is_no_saved_question(disagreeing: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="test/x: the query returns no column 'cites'"):
        answered(disagreeing, "MATCH (p:Policy) RETURN p.id AS id")


def test_an_answer_without_rows_has_its_columns(disagreeing: KnowledgeGraph) -> None:
    answer = answered(
        disagreeing, "MATCH (p:Policy {id: 'nix'}) RETURN p.id AS id, p.name AS name, [] AS cites"
    )
    assert (answer.columns, answer.rows, answer.sources) == (("id", "name"), (), ())


def test_whole_numbers_are_integers_and_others_stay(store: KnowledgeGraph) -> None:
    answer = store.ask("exchange/operator-and-owners")
    capital = answer.rows[0].values["capital"]
    assert capital == 100_000_000 and isinstance(capital, int)
    values = [row.values["value"] for row in store.ask("policy/targets").rows]
    assert 5000 in values and {type(one) for one in values} == {int}
    assert plain([1.0, 2.5, [3.0], None, True, "4.0"]) == [1, 2.5, [3], None, True, "4.0"]
    assert isinstance(plain(1e6), int)
    assert plain(float("inf")) == float("inf")


def test_flat_formats_join_lists_and_leave_null_empty() -> None:
    values: list[Value] = [None, True, 2, 2.5, "甲", ["甲", None, ["乙", 1]], []]
    cells = [text_of(one) for one in values]
    assert cells == ["", "true", "2", "2.5", "甲", "甲; ; 乙; 1", ""]


def test_more_rows_than_the_limit_are_noted_in_the_language_asked_for(
    disagreeing: KnowledgeGraph,
) -> None:
    all_of_them = question(
        "MATCH (p:Policy) RETURN p.id AS id, [p.id + '#name'] AS cites ORDER BY p.id"
    )
    said = {
        lang: ask(disagreeing, disagreeing.graph, all_of_them, {}, lang=lang, limit=1)
        for lang in ("zh", "en")
    }
    assert [len(one.rows) for one in said.values()] == [1, 1]
    assert said["zh"].notes == ("只列出前 1 行，还有更多(--limit)。",)
    assert said["en"].notes == ("Only the first 1 rows are listed; there are more (--limit).",)
    whole = ask(disagreeing, disagreeing.graph, all_of_them, {}, limit=2)
    assert (len(whole.rows), whole.notes) == (2, ())


def test_a_question_that_takes_too_long_is_stopped(disagreeing: KnowledgeGraph) -> None:
    endless = question(
        "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x = -1 "
        "RETURN x AS id, [] AS cites"
    )
    with pytest.raises(QueryError, match=r"longer than 0\.2 s"):
        ask(disagreeing, disagreeing.graph, endless, {}, timeout=0.2)


def test_a_question_that_writes_is_refused(disagreeing: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="only queries that read"):
        answered(disagreeing, "MATCH (p:Policy) SET p.x = 1 RETURN p.id AS id, [] AS cites")


VALUE = "RETURN $x AS id, [] AS cites"


@pytest.mark.parametrize(
    ("kind", "given", "shown"),
    [
        ("text", "數據", "数据"),
        ("int", "7", 7),
        ("int", 7, 7),
        ("date", "2024-01-05", "2024-01-05"),
        ("date", date(2024, 1, 5), "2024-01-05"),
        ("code agency_level", "provincial", "provincial"),
        ("code agency_level", "省级", "provincial"),
        ("Policy", "第一号文件", "policy:one"),
        ("Policy", "甲", "policy:one"),
        ("Policy", "policy:two", "policy:two"),
    ],
)
def test_a_parameter_is_read_by_its_type(
    disagreeing: KnowledgeGraph, kind: str, given: object, shown: object
) -> None:
    answer = answered(disagreeing, VALUE, of("x", kind), x=given)
    assert answer.parameters == {"x": shown}
    assert answer.rows[0].values == {"id": shown}


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("int", "7.5", "x: not a whole number: '7.5'"),
        ("int", "", "x: not a whole number: ''"),
        ("date", "2024", "x: not a day: '2024' (want 2024-01-05)"),
        ("date", "2024-02-30", "x: not a day: '2024-02-30' (want 2024-01-05)"),
        ("code agency_level", "镇", "x: want one of national, provincial, prefecture, county"),
    ],
)
def test_a_value_of_another_type_is_wrong_usage(
    disagreeing: KnowledgeGraph, kind: str, given: object, said: str
) -> None:
    with pytest.raises(UsageError) as raised:
        answered(disagreeing, VALUE, of("x", kind), x=given)
    assert str(raised.value).startswith(said)


def test_an_unknown_parameter_is_wrong_usage_and_the_known_ones_are_listed(
    disagreeing: KnowledgeGraph,
) -> None:
    with pytest.raises(UsageError, match=r"test/x has no parameter 'z' \(it has: x, y\)"):
        answered(disagreeing, VALUE, of("y", "text"), of("x", "text"), z="1")
    with pytest.raises(UsageError, match=r"\(it has: none\)"):
        answered(disagreeing, "RETURN 1 AS id, [] AS cites", z="1")


def test_what_need_not_be_given_is_null_and_defaults_fill_the_rest(
    disagreeing: KnowledgeGraph,
) -> None:
    parameters = (of("a", "code agency_level"), of("b", "int", "3"), of("c", "date", "2024-01-05"))
    cypher = "RETURN $a IS NULL AS id, $b + 1 AS b, $c.year AS c, [] AS cites"
    for given in ({}, {"a": None}, {"a": "null"}):
        answer = answered(disagreeing, cypher, *parameters, **given)
        assert answer.rows[0].values == {"id": True, "b": 4, "c": 2024}
        assert answer.parameters == {"a": None, "b": 3, "c": "2024-01-05"}


def test_the_text_of_a_parameter_is_never_run(disagreeing: KnowledgeGraph) -> None:
    evil = "' RETURN 1 //"
    assert answered(disagreeing, VALUE, of("x", "text"), x=evil).rows[0].values == {"id": evil}


def test_a_note_with_a_query_is_said_only_where_that_finds_something(
    disagreeing: KnowledgeGraph,
) -> None:
    named = "MATCH (p:Policy) WHERE p.name CONTAINS $x RETURN p.name AS names ORDER BY p.id"
    notes = (Note("总是", "always"), Note("有: {names}", "found: {names}", named))

    def said(lang: str, **given: object) -> tuple[str, ...]:
        one = question(VALUE, of("x", "text", "号文件"), notes=notes)
        return ask(disagreeing, disagreeing.graph, one, given, lang=lang).notes

    assert said("zh") == ("总是", "有: 第一号文件、第二号文件")
    assert said("en") == ("always", "found: 第一号文件; 第二号文件")
    assert said("en", x="nix") == ("always",)


@pytest.fixture
def asked(tmp_path: Path) -> Mapping[str, Path]:
    cypher = write(
        tmp_path / "one.cypher",
        """// zh: 问
        // en: asks
        MATCH (p:Policy) RETURN p.id AS id, p.dated AS dated, [p.id + '#dated'] AS cites
        ORDER BY p.id""",
    )
    return {"cypher": cypher, "expected": tmp_path / "one.expected.csv"}


@pytest.mark.parametrize(
    ("expected", "faults"),
    [
        ("id,dated\npolicy:one,2024-01-05\npolicy:two,2024-02", []),
        ("id\npolicy:one\npolicy:two", []),
        (
            "id,dated\npolicy:one,2024-01-06\npolicy:two,2024-02",
            ["- policy:one | 2024-01-06", "+ policy:one | 2024-01-05"],
        ),
        ("id,dated\npolicy:one,2024-01-05", ["+ policy:two | 2024-02"]),
        (
            "id,dated\npolicy:two,2024-02\npolicy:one,2024-01-05",
            ["the rows stand in another order"],
        ),
        (
            "id,dated,kind\npolicy:one,2024-01-05,\npolicy:two,2024-02,",
            ["no column 'kind'"],
        ),
        ("id\npolicy:one\npolicy:one\npolicy:two", ["- policy:one"]),
        ("id\npolicy:two", ["+ policy:one"]),
    ],
)
def test_a_check_says_which_rows_came_and_went(
    disagreeing: KnowledgeGraph, asked: Mapping[str, Path], expected: str, faults: list[str]
) -> None:
    write(asked["expected"], expected)
    one = read(asked["cypher"], "one")
    assert check(one, ask(disagreeing, disagreeing.graph, one, {})) == faults


def test_a_check_refuses_a_row_that_nothing_carries(
    disagreeing: KnowledgeGraph, asked: Mapping[str, Path]
) -> None:
    write(asked["expected"], "id\npolicy:one\npolicy:two")
    text = asked["cypher"].read_text(encoding="utf-8").replace("#dated", "#nix")
    one = read(write(asked["cypher"], text), "one")
    assert check(one, ask(disagreeing, disagreeing.graph, one, {})) == [
        "no statement carries the row of policy:one",
        "no statement carries the row of policy:two",
    ]


def test_a_question_without_expected_answers_fails_its_check(
    disagreeing: KnowledgeGraph, asked: Mapping[str, Path]
) -> None:
    with pytest.raises(InputError, match="one: no expected answers"):
        lacking = read(asked["cypher"], "one")
        check(lacking, ask(disagreeing, disagreeing.graph, lacking, {}))
