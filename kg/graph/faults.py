"""What the engine complains of, as one line that says where and what."""

import re
from typing import Any

from kg.errors import QueryError

_PLACE = re.compile(r"at line (\d+)(?:, column |:)(\d+)")
_EXPECTED = re.compile(r"expected: (.+)")
_HEADER = re.compile(r"(?:\s+|//[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
_CODE = re.compile(r"^[A-Z]\w+: ")
_SHOWN = 60


def query_error(error: Any, cypher: str, timeout: float) -> QueryError:
    """The QueryError for a Java exception that a query ended with."""
    message = str(error.getMessage() or "")
    match str(error.getClass().getSimpleName()):
        case "TimeoutException" | "QueryTerminatedException":
            return too_slow(cypher, timeout)
        case "QueryNotIdempotentException":
            return QueryError(f"only queries that read are run: {shown(cypher)}")
        case "CommandParameterMissingException":
            return QueryError(f"a parameter has no value: {message.rpartition(': ')[2]}")
        case "OutOfMemoryError":
            return QueryError(f"needs more memory than there is: {shown(cypher)}")
    if place := _PLACE.search(message):
        return QueryError(_syntax(message, cypher, int(place[1]), int(place[2])))
    return QueryError(f"wrong query: {_CODE.sub('', reason(error))}")


def reason(error: Any) -> str:
    """What a Java or an operating system error says, on one line."""
    message = error.getMessage() if hasattr(error, "getMessage") else error
    return str(message or type(error).__name__).strip().partition("\n")[0]


def too_slow(cypher: str, timeout: float) -> QueryError:
    """The QueryError for a query that was stopped."""
    return QueryError(f"took longer than {timeout:g} s: {shown(cypher)}")


def header(cypher: str) -> str:
    """The comments that a query begins with, which the engine does not count as lines."""
    match = _HEADER.match(cypher)
    return match[0] if match else ""


def shown(cypher: str) -> str:
    """The beginning of a query, without the comments before it, on one line."""
    text = " ".join(cypher[len(header(cypher)) :].split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _syntax(message: str, cypher: str, line: int, column: int) -> str:
    """The engine counts columns from 0; people and Neo4j count from 1."""
    comments = header(cypher)
    lines = cypher[len(comments) :].split("\n")
    rest = lines[line - 1][column:] if line <= len(lines) else ""
    piece = re.match(r"\w+|\S", rest.lstrip())
    found = f"unexpected {piece[0]!r}" if piece else "unexpected end"
    expected = _EXPECTED.search(message)
    wanted = f" (want {expected[1]})" if expected and len(expected[1]) < _SHOWN else ""
    if line == 1:
        column += len(comments.rpartition("\n")[2])
    return f"line {comments.count(chr(10)) + line}, column {column + 1}: {found}{wanted}"
