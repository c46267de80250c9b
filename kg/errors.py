"""Everything that kg raises on purpose.

    KgError                 exit code
    ├── UsageError              2      an option, name or value that the command does not take
    ├── InputError              1      a document, query or name that cannot be used
    │   ├── AmbiguousName       1      several things bear the name; `candidates` lists them
    │   └── QueryError          1      Cypher that is wrong, writes, or takes too long
    └── StoreError              3      no store, or one that cannot be read or reached

A message is one line: what, where, and what to do about it.
"""

from collections.abc import Sequence


class KgError(Exception):
    """The base of all; `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageError(KgError):
    """The command was called wrongly."""

    exit_code = 2


class InputError(KgError):
    """A document, query or name that cannot be used."""


class AmbiguousName(InputError):
    """A name that several entities bear, or none; nothing is guessed."""

    def __init__(self, message: str, candidates: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class QueryError(InputError):
    """A query that cannot be run as it stands."""


class StoreError(KgError):
    """There is no store, or it cannot be read or written."""

    exit_code = 3
