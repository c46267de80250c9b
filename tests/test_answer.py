"""Answers: what a row cites, who dissents, limits."""

import pytest

from kg.answer import ask, plain, text_of
from kg.api import KnowledgeGraph
from kg.errors import InputError, QueryError
from kg.graph import Value
from tests.answers import answered, question


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
