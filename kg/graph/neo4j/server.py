"""A database on a server: connected to, asked, written to."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, Query, Result, Session
from neo4j.exceptions import DriverError, Neo4jError

from kg.errors import StoreError
from kg.graph import Rows, Value
from kg.graph.neo4j.faults import query_error, unreachable
from kg.graph.neo4j.values import bare_ends, to_python

INDEX = "kg_names"
"""The full-text index over all names."""

_Run = Callable[[str, dict[str, Any]], Result]
_SECONDS = 3.0
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_FAILED = (Neo4jError, DriverError, OSError, ValueError, OverflowError, TypeError)


@dataclass(frozen=True)
class Address:
    """Where a database is, and who asks."""

    uri: str
    user: str = ""
    password: str = ""
    database: str | None = None


class Server:
    """A database on a server that speaks Bolt; close it, or use it in a `with` block.

    Connecting raises StoreError where no server answers within three seconds.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._driver, self.agent = _connected(address)

    @property
    def is_neo4j(self) -> bool:
        """Whether it is Neo4j itself: only that enforces reading and time limits."""
        return "compatible" not in self.agent

    def ask(
        self, cypher: str, parameters: Mapping[str, Value], *, limit: int, timeout: float
    ) -> Rows:
        """Run one reading query and give at most `limit` rows.

        Raises QueryError for a query that is wrong, writes or takes longer than `timeout`
        seconds, StoreError where the server has gone.
        """
        given = {"index": INDEX, **parameters} if "$index" in cypher else dict(parameters)
        try:
            with self.session() as session, self._reading(session, timeout) as run:
                result = run(cypher, given)
                columns = tuple(result.keys())
                found = [tuple(record.values()) for record in islice(result, limit + 1)]
                result.consume()
                ends = _ends(run, found)
        except _FAILED as error:
            raise query_error(error, cypher, timeout, self.address.uri) from None
        rows = tuple(tuple(to_python(one, ends) for one in cells) for cells in found[:limit])
        return Rows(columns, rows, cut=len(found) > limit)

    @contextmanager
    def _reading(self, session: Session, timeout: float) -> Iterator[_Run]:
        """What runs a query and leaves no trace, also where the server lets readers write."""
        if self.is_neo4j:
            yield lambda text, parameters: session.run(Query(text, timeout=timeout), parameters)
            return
        with session.begin_transaction(timeout=timeout) as transaction:
            yield transaction.run
            transaction.rollback()

    def session(self, *, writes: bool = False) -> Session:
        """A session to read in, or to write in."""
        mode = WRITE_ACCESS if writes else READ_ACCESS
        return self._driver.session(database=self.address.database, default_access_mode=mode)

    def close(self) -> None:
        """Let go of the connections."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _ends(run: _Run, found: Sequence[Sequence[Any]]) -> dict[str, str]:
    """The ids of the nodes that relationships tie where these come without them."""
    if not (bare := sorted(set(bare_ends(found)))):
        return {}
    text = "MATCH (n) WHERE elementId(n) IN $bare AND n.id IS NOT NULL RETURN elementId(n), n.id"
    return {str(key): str(known) for key, known in run(text, {"bare": bare})}


def _connected(address: Address) -> tuple[Driver, str]:
    """A driver that has reached the server, and what the server calls itself."""
    auth = (address.user, address.password) if address.user else None
    options: dict[str, Any] = {
        "connection_timeout": _SECONDS,
        "connection_acquisition_timeout": _SECONDS,
        "max_transaction_retry_time": 15.0,
        "notifications_min_severity": "OFF",
        "user_agent": "kg",
    }
    # what the driver logs, its errors say
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    driver = None
    try:
        if address.uri.partition("://")[0] not in _SCHEMES:
            raise ValueError(address.uri)
        driver = GraphDatabase.driver(address.uri, auth=auth, **options)
        with driver.session(database=address.database, default_access_mode=READ_ACCESS) as session:
            agent = str(session.run("RETURN 1").consume().server.agent)
        if is_too_old(agent):
            driver.close()
            raise StoreError(f"{address.uri}: {agent} is too old: needs Neo4j 5.23 or later")
        return driver, agent
    except _FAILED as error:
        if driver is not None:
            driver.close()
        raise _refused(error, address) from None


def is_too_old(agent: str) -> bool:
    """Whether a server, by what it calls itself, lacks the Cypher that publishing is written in.

    >>> is_too_old("Neo4j/4.4.38"), is_too_old("Neo4j/5.26.30"), is_too_old("Neo4j/2026.08.1")
    (True, False, False)
    """
    found = re.fullmatch(r"Neo4j/(\d+)\.(\d+)\..*", agent)
    return found is not None and (int(found[1]), int(found[2])) < (5, 23)


def _refused(error: Exception, address: Address) -> StoreError:
    if "DatabaseNotFound" in str(getattr(error, "code", "")):
        return StoreError(f"{address.uri}: no database {address.database!r}")
    return unreachable(error, address.uri)
