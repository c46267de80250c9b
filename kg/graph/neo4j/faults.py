"""What a server complains of, as one line that says where and what."""

import re

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from kg.errors import KgError, QueryError, StoreError
from kg.graph.faults import shown, too_slow

_PLACE = re.compile(r"\(line (\d+), column (\d+)")
_LOST = (ServiceUnavailable, SessionExpired, OSError)


def query_error(error: Exception, cypher: str, timeout: float, uri: str) -> KgError:
    """The error for what a query on a server ended with."""
    code, message = getattr(error, "code", "") or "", _first(error)
    if isinstance(error, OverflowError | TypeError | UnicodeError):
        return QueryError(f"a parameter cannot be passed on: {message}")
    if isinstance(error, _LOST):
        return unreachable(error, uri)
    if "TransactionTimedOut" in code:
        return too_slow(cypher, timeout)
    if "AccessMode" in code or "Forbidden" in code:
        return QueryError(f"only queries that read are run: {shown(cypher)}")
    if "ParameterMissing" in code:
        return QueryError(f"a parameter has no value: {message.rpartition(': ')[2]}")
    if place := _PLACE.search(str(getattr(error, "message", "") or error)):
        what = message.partition(" (line")[0]
        return QueryError(f"line {place[1]}, column {place[2]}: {what}")
    return QueryError(f"wrong query: {message}")


def unreachable(error: Exception, uri: str) -> StoreError:
    """The error for a server that can't be reached or does not let one in."""
    if isinstance(error, AuthError):
        return StoreError(f"{uri}: wrong user or password (--user, --password, NEO4J_PASSWORD)")
    if isinstance(error, ConfigurationError | ValueError):
        return StoreError(
            f"{uri}: no address of a server: want bolt://HOST:PORT or neo4j://HOST (+s for TLS)"
        )
    return StoreError(f"{uri}: no server answers: {_first(error)}")


def write_error(error: Exception, uri: str) -> StoreError:
    """The error for a publication that a server did not take; the next one completes it."""
    code = str(getattr(error, "code", "") or "")
    if isinstance(error, _LOST) or not isinstance(error, Neo4jError | DriverError):
        return StoreError(f"{uri}: the connection was lost; publish again: {_first(error)}")
    if isinstance(error, AuthError):
        return unreachable(error, uri)
    if isinstance(error, ClientError) and ("Forbidden" in code or "AccessMode" in code):
        return StoreError(f"{uri}: not allowed to write there: {_first(error)}")
    return StoreError(f"{uri}: not taken; mend it and publish again: {_first(error)}")


def _first(error: Exception) -> str:
    """The first line of what went wrong."""
    text = str(getattr(error, "message", "") or error) or type(error).__name__
    return text.strip().splitlines()[0]
