"""Runs one query, in a thread of its own.

So Ctrl-C and the time limit work also where the engine, deep in one expression, looks up for
neither. What it cannot stop goes on in the background until it is done or the process ends.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from threading import Thread
from typing import Any

import jpype

from kg.errors import QueryError
from kg.graph import Rows, Value
from kg.graph.convert import java_map, to_python
from kg.graph.faults import header, query_error, shown, too_slow
from kg.graph.jvm import java

_GRACE = 0.5
_AT_ONCE = 500


def run(
    database: Any, cypher: str, parameters: Mapping[str, Value], limit: int, timeout: float
) -> Rows:
    """The rows of a query; raises QueryError."""
    try:
        values = java_map(parameters)
    except (TypeError, OverflowError, UnicodeError) as error:
        raise QueryError(f"a parameter cannot be passed on: {error}") from error
    outcome: list[Rows | QueryError] = []

    def work() -> None:
        try:
            outcome.append(_read(database, cypher, values, limit, timeout))
        except jpype.JException as error:
            outcome.append(query_error(error, cypher, timeout))
        except UnicodeError:
            what = "half of a character, in the query or in an answer"
            outcome.append(QueryError(f"{what}: {shown(cypher)!a}"))
        finally:
            java("java.lang.Thread").detach()

    thread = Thread(target=work, name="kg-query", daemon=True)
    thread.start()
    thread.join(timeout + _GRACE)
    if thread.is_alive():
        raise too_slow(cypher, timeout)
    if isinstance(answer := outcome[0], QueryError):
        raise answer
    return answer


def _read(database: Any, cypher: str, values: Any, limit: int, timeout: float) -> Rows:
    setting = java("com.arcadedb.GlobalConfiguration").COMMAND_TIMEOUT
    database.getConfiguration().setValue(setting, max(1, int(timeout * 1000)))
    text = cypher[len(header(cypher)) :]
    results = database.query("opencypher", text, values)
    try:
        found = list(islice(_rows(results, min(limit + 1, _AT_ONCE)), limit + 1))
    finally:
        results.close()
    if not found:
        return Rows(_columns(database, text), ())
    columns = tuple(str(name) for name in found[0][0])
    rows = tuple(tuple(map(to_python, cells)) for _, cells in found[:limit])
    return Rows(columns, rows, cut=len(found) > limit)


def _rows(results: Any, at_once: int) -> Iterator[Any]:
    """Each row as a pair of arrays: the names and the cells."""
    access = java("com.arcadedb.python.RowAccess")
    while batch := access.nextRows(results, at_once):
        yield from batch


def _columns(database: Any, text: str) -> tuple[str, ...]:
    """The columns of a query without rows, where its text names them."""
    parser = java("com.arcadedb.query.opencypher.parser.Cypher25AntlrParser")(database)
    clause = parser.parse(text).getReturnClause()
    items = clause.getReturnItems() if clause is not None else ()
    return tuple(str(item.getOutputName()) for item in items if not item.isStar())
