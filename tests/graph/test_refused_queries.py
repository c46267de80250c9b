"""What the embedded engine refuses or gives up: writing, files, wrong queries, long ones."""

import signal
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph.embedded import Embedded
from tests.graph.small import ask, run

NEVER_ENDING = """
UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y
WITH x, y WHERE x = -1 RETURN count(*) AS n"""
# The engine looks at the clock between rows, not inside an expression.
NEVER_ENDING_WITHIN_A_ROW = (
    "RETURN reduce(s = 0, x IN range(1, 200000) | s + size([y IN range(1, 20000) | y])) AS n"
)


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (:Agency {id: 'x'})",
        "MATCH (n:Agency) SET n.name = 'x' RETURN n",
        "MATCH (n:Agency) CALL (n) { MERGE (m:Agency {id: 'y'}) } RETURN n",
        "CREATE INDEX i FOR (n:Agency) ON (n.name)",
    ],
)
def test_a_query_that_writes_is_refused(graph: Embedded, cypher: str) -> None:
    with pytest.raises(QueryError, match=r"^only queries that read are run: "):
        ask(graph, cypher)


@pytest.mark.parametrize("url", ["file:///etc/hosts", "http://127.0.0.1/"])
def test_a_query_cannot_read_what_is_not_in_the_graph(graph: Embedded, url: str) -> None:
    with pytest.raises(QueryError, match="disabled"):
        ask(graph, f"LOAD CSV FROM '{url}' AS line RETURN line")


@pytest.mark.parametrize("cypher", [NEVER_ENDING, NEVER_ENDING_WITHIN_A_ROW])
def test_a_query_that_takes_too_long_is_given_up(folder: Path, cypher: str) -> None:
    program = f"""
from pathlib import Path
from kg.errors import QueryError
from kg.graph.embedded import Embedded
with Embedded(Path({str(folder)!r})) as graph:
    try:
        graph.ask({cypher!r}, {{}}, limit=1, timeout=1)
    except QueryError as error:
        print(error)
"""
    started = time.monotonic()
    out, err = run(program).communicate(timeout=60)
    assert out.startswith("took longer than 1 s: ") and out.count("\n") == 1
    assert err == ""
    assert time.monotonic() - started < 10


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process")
def test_ctrl_c_ends_a_query_at_once(folder: Path) -> None:
    program = f"""
import signal
from pathlib import Path
from kg.graph.embedded import Embedded
signal.signal(signal.SIGINT, signal.default_int_handler)
with Embedded(Path({str(folder)!r})) as graph:
    graph.ask("RETURN 1", {{}}, limit=1, timeout=30)
    print("open", flush=True)
    graph.ask({NEVER_ENDING_WITHIN_A_ROW!r}, {{}}, limit=1, timeout=300)
"""
    process = run(program)
    assert process.stdout and process.stdout.readline() == "open\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    assert process.communicate(timeout=60)[1].endswith("KeyboardInterrupt\n")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("cypher", "message"),
    [
        ("MATCH (n)\nRETRUN n", "line 2, column 1: unexpected 'RETRUN'"),
        ("// zh: 一\n// en: one\n\nMATCH (n)\n RETURN 1 +", "line 5, column 12: unexpected end"),
        ("/* one */ RETRUN 1", "line 1, column 11: unexpected 'RETRUN'"),
        ("RETURN m", "wrong query: Variable 'm' not defined"),
        ("RETURN foo(1)", "wrong query: Unknown function 'foo'"),
        ("RETURN $who", "a parameter has no value: who"),
        ("RETURN 1 / 0", "wrong query: / by zero"),
        ("", "wrong query: Query cannot be empty"),
    ],
)
def test_a_wrong_query_is_told_where_and_what(graph: Embedded, cypher: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(graph, cypher)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [2**63, "\ud800", {1, 2}, datetime(2024, 1, 5, 10)])
def test_a_parameter_that_java_cannot_hold_is_a_wrong_query(graph: Embedded, value: object) -> None:
    with pytest.raises(QueryError, match="cannot be passed on"):
        ask(graph, "RETURN $x AS x", {"x": value})  # type: ignore[dict-item]


@pytest.mark.parametrize("text", ["\udcff", "\\uD83D", "\\uD83D' AS y, '\\uDE00"])
def test_half_of_a_character_is_a_wrong_query(graph: Embedded, text: str) -> None:
    with pytest.raises(QueryError, match="half of a character, in the query or"):
        ask(graph, f"RETURN '{text}' AS x")
