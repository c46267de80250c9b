"""The same Cypher on both engines: the embedded graph and a real server give the same rows."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import domain, names, saved
from kg.answer import ask
from kg.errors import UsageError
from kg.graph.neo4j.server import Server
from kg.lint import faults
from kg.text import clean, fold
from tests.graph.servers import PASSWORD, URI, USER, alone, connect, empty, needs_server

pytestmark = needs_server

LABELS = (
    "Province", "Agency", "Policy", "Exchange", "ComputeProject", "Organisation", "Target", "Zone",
)  # fmt: skip
TYPES = (
    "LOCATED_IN", "IMPLEMENTS", "ISSUED_BY", "PREDECESSOR", "PART_OF", "OPERATOR", "SHAREHOLDER",
)  # fmt: skip
OF_LABEL = (
    "MATCH (n:{}) RETURN n.id AS id, n.name AS name ORDER BY id",
    "MATCH (n:{}) RETURN count(n) AS n, min(n.id) AS a, max(n.id) AS z",
    "MATCH (n:{}) WHERE n.name CONTAINS '数据' RETURN n.id AS id ORDER BY id",
    "MATCH (n:{}) OPTIONAL MATCH (n)-[:LOCATED_IN]->(p) RETURN n.id AS a, p.id AS p ORDER BY a, p",
    "MATCH (n:{}) RETURN size(n.aliases) AS n, count(*) AS c ORDER BY n, c",
    "MATCH (n:{})-[r]-(m) RETURN type(r) AS t, count(*) AS n ORDER BY t",
    "MATCH (n:{}) RETURN n.id AS id ORDER BY n.name DESC, id LIMIT 7",
    "MATCH (n:{}) WHERE n.name_en IS NOT NULL RETURN toLower(n.name_en) AS e ORDER BY e",
)
OF_TYPE = (
    "MATCH (a)-[r:{}]->(b) RETURN a.id AS a, b.id AS b, r.fact AS f ORDER BY f",
    "MATCH (a)-[r:{}]->() RETURN a.id AS a, count(r) AS n ORDER BY n DESC, a",
    "MATCH ()-[r:{}]->(b) WHERE r.sources > 1 RETURN b.id AS b, collect(r.status) AS s ORDER BY b",
    "MATCH (a)-[r:{}]->(b) WHERE a.id < b.id RETURN count(*) AS n",
    "MATCH (a)-[r:{}]->(b) WITH a, count(b) AS n WHERE n >= 2 RETURN a.id AS a, n AS n ORDER BY a",
    "MATCH p = (a)-[:{}*1..2]->(b) RETURN length(p) AS n, count(*) AS c ORDER BY n",
)
FILE = Path(__file__).parent.parent / "data" / "portable.cypher"
CASES = [
    *(text.format(name) for text in OF_LABEL for name in LABELS),
    *(text.format(name) for text in OF_TYPE for name in TYPES),
    *(line for line in FILE.read_text(encoding="utf-8").splitlines() if line[:2] != "//"),
]
PARAMETERS: dict[str, Any] = {
    "day": date(2024, 3, 1),
    "policy": "policy:p20",
    "list": [1, "数", None],
    "map": {"a": date(2024, 1, 5)},
    "none": None,
}
GIVEN = {
    "policy/direct-implementers": [{"policy": "policy:x3"}, {"policy": "数据二十条"}],
    "policy/transitive-implementers": [{"policy": "policy:x3"}],
    "policy/issued-by": [{"body": "agency:js"}, {"body": "国家发展和改革委员会"}],
    "policy/targets": [{"due": "2025"}, {"due": "2026"}],
    "exchange/operator-and-owners": [{"exchange": "exchange:hzde"}, {"exchange": "上海数据交易所"}],
    "agency/bounded-unveiling": [{"to": "2024-02-01"}, {"to": "2025-12-31"}],
    "agency/exact-unveiling": [{"level": "national"}, {"level": "provincial"}],
    "agency/government-services-line": [{"word": "数据"}, {"word": "大数据"}],
    "cross/same-name": [{"name": "杭数所"}, {"name": "江苏省政务服务管理办公室"}],
    "cross/two-sessions-pilots": [{"word": "数据"}, {"word": "没有这个词"}],
    "exchange/count-by-province": [{"at_least": "1"}, {"at_least": "3"}],
    "policy/earlier-than": [{"word": "数据二十条"}, {"word": "数据"}],
    "policy/issuers": [{"policy": "policy:p20"}, {"policy": "policy:bj20"}],
    "policy/superseded": [{"word": "数据"}],
    "survey/who-when-why": [{"survey": "survey:sv25"}],
}


@pytest.fixture(scope="module")
def both(
    loaded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[kg.KnowledgeGraph, Server]]:
    """The shipped store with its own graph, and a server that shows the same version."""
    home = tmp_path_factory.mktemp("both")
    shutil.copytree(loaded / ".kg", home / ".kg")
    with alone():
        empty()
        with kg.open(home / ".kg") as store, connect() as server:
            store.publish(URI, user=USER, password=PASSWORD)
            yield store, server


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 150 and len(set(CASES)) == len(CASES)


@pytest.mark.parametrize("text", CASES)
def test_a_query_gives_the_same_rows_with_the_same_types(
    both: tuple[kg.KnowledgeGraph, Server], text: str
) -> None:
    store, server = both
    here, there = (
        graph.ask(text, PARAMETERS, limit=10_000, timeout=30) for graph in (store.graph, server)
    )
    assert here.columns == there.columns
    assert _typed(here.rows) == _typed(there.rows)


def _typed(rows: Any) -> Any:
    """Rows with the type of each value, since 1, 1.0 and true are equal in Python."""
    if isinstance(rows, list | tuple):
        return [_typed(one) for one in rows]
    if isinstance(rows, dict):
        return {key: _typed(one) for key, one in rows.items()}
    return (type(rows).__name__, rows)


ASKED = [
    (one.slug, given)
    for one in saved.questions(domain.questions())
    for given in ({}, *GIVEN.get(one.slug, []))
]


@pytest.mark.parametrize(("slug", "given"), ASKED)
def test_a_saved_question_gives_the_same_rows_and_sources(
    both: tuple[kg.KnowledgeGraph, Server], slug: str, given: dict[str, str]
) -> None:
    store, server = both
    question = saved.question(domain.questions(), slug)
    assert ask(store, store.graph, question, given) == ask(store, server, question, given)


def _operators(plan: Any) -> set[str]:
    below = (_operators(child) for child in plan.get("children", ()))
    return {plan["operatorType"].partition("@")[0], *(one for each in below for one in each)}


@pytest.mark.parametrize("slug", sorted({slug for slug, _ in ASKED}))
def test_a_saved_question_finds_what_it_is_asked_about_by_index(
    both: tuple[kg.KnowledgeGraph, Server], slug: str
) -> None:
    _, server = both
    question = saved.question(domain.questions(), slug)
    given = {one.name: one.default for one in question.parameters}
    with server.session() as session:
        plan = session.run(f"EXPLAIN {question.cypher}", given).consume().plan
    used = _operators(plan)
    assert "AllNodesScan" not in used
    if "{id: $" in question.cypher:
        assert any("UniqueIndexSeek" in one for one in used), used


MOMENTS = (
    "datetime('2024-01-05T10:30:00+08:00')", "datetime('2024-01-05T10:30:00.5Z')",
    "datetime({year: 2024, month: 1, day: 5, timezone: 'Asia/Shanghai'})",
    "datetime({year: 2024, month: 1, day: 5, timezone: 'UTC'})",
    "localdatetime('2024-01-05T10:30:00.120')", "[time('10:30Z'), time('10:30:01-03:30')]",
    "localtime('10:30')", "duration({months: 14, seconds: 62.5})",
    "point({x: 1, y: 2})", "point({x: 1, y: 2, z: 3})",
    "{a: point({latitude: 30.5, longitude: 114.3, height: 7})}",
    "point({latitude: 30.5, longitude: 114.3})",
)  # fmt: skip


def test_times_with_a_zone_and_points_are_given_alike(
    both: tuple[kg.KnowledgeGraph, Server],
) -> None:
    text = f"RETURN {', '.join(f'{one} AS c{n}' for n, one in enumerate(MOMENTS))}"
    here, there = (
        graph.ask(text, {}, limit=1, timeout=30).rows[0] for graph in (both[0].graph, both[1])
    )
    assert _typed(here) == _typed(there)
    assert here[:3] == (
        "2024-01-05T10:30:00+08:00",
        "2024-01-05T10:30:00.5Z",
        "2024-01-05T00:00:00+08:00[Asia/Shanghai]",
    )


WORDS = (
    "数据二十条", "二十条", "算力 枢纽", "力", "二", "數據交易所", "big data", "Guiyang",
    "数据20条",    "2024", "Exchange", "条", "东数西算", "省 数据局", "没有这样的名字",
)  # fmt: skip


@pytest.mark.parametrize("text", WORDS)
def test_full_text_search_finds_the_same_on_both_and_what_reading_all_names_finds(
    both: tuple[kg.KnowledgeGraph, Server], text: str
) -> None:
    store, server = both
    here, there = (
        {hit.id for hit in names.search(graph, text, limit=1000)} for graph in (store.graph, server)
    )
    assert here == there
    words = [fold(word) for word in clean(text).split()]
    every = "MATCH (n:Entity) RETURN n.id AS id, n.name AS a, n.name_en AS b, n.aliases AS c"
    rows = store.graph.ask(every, {}, limit=10_000, timeout=30).rows
    said = {str(key): fold(str(all_names)) for key, *all_names in rows}
    assert here == {key for key, names in said.items() if all(word in names for word in words)}


def test_a_saved_question_can_search_names(both: tuple[kg.KnowledgeGraph, Server]) -> None:
    store, server = both
    cypher = """CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
        MATCH (node)-[r:LOCATED_IN]->(p:Province)
        RETURN node.id AS id, p.name AS province, p.id AS p, [r.fact] AS cites
        ORDER BY id, p"""
    words = saved.Parameter("words", "words", "枢纽", "词", "words")
    question = saved.Question("test/search", Path("x"), "问", "asks", cypher, (words,))
    assert list(faults(question)) == []
    for given in ({}, {"words": "交易 上海"}, {"words": "力"}):
        answer = ask(store, store.graph, question, given)
        assert answer.rows and answer == ask(store, server, question, given)
    with pytest.raises(UsageError, match="no word to search for in '！'"):
        ask(store, server, question, {"words": "！"})
