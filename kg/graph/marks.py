"""What a copy of the graph has, compared with what it should have: by marks, not by contents.

The mark of a thing is a whole number. Its upper part tells in which of 4,096 groups the thing
lies, by its id and by how many ties it has (statements alone have any); its lower 48 bits are a
hash of its id and of what it says. Where the sums of a group agree on both sides nothing in it has
changed, so a copy in which little differs need not be read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from kg.ahead import batched
from kg.store.columns import roomy, streamed

SAID = 1 << 48
"""What a mark is divided by to give its group."""

TIED = 1 << 60
"""What a mark is divided by to give the number of ties."""

Sums = Mapping[int, tuple[int, int]]
"""By group: how many things it has, and the sum of the lower parts of their marks."""

Reader = Callable[[Sequence[int]], Iterable[tuple[str, int]]]
"""Gives id and mark of what a copy has in some groups."""


@dataclass(frozen=True)
class Change:
    """How many things of a kind the copy lacks or has otherwise, has rightly, and has beyond."""

    changed: int
    unchanged: int
    gone: int


class Marks:
    """The marks of one kind of thing, in tables of DuckDB that are dropped by `close`.

    `said` is SQL that gives `id`, a text `said`, which changes with what the thing says, and the
    number of its ties where these are the column `ties`. After `compare` the table `changed` has
    `id`, `mark` and `known` (whether the copy has it otherwise), the table `gone` has `id`.
    """

    def __init__(
        self, con: duckdb.DuckDBPyConnection, kind: str, said: str, ties: str = "0"
    ) -> None:
        self.con = con.cursor()
        self._wanted, self._there = f"wanted_{kind}", f"there_{kind}"
        self.changed, self.gone = f"changed_{kind}", f"gone_{kind}"
        self._make(
            self._wanted,
            f"""SELECT id, {ties}::BIGINT * {TIED} + (md5_number_upper(id) >> 52)::BIGINT * {SAID}
            + (md5_number_upper(concat_ws(chr(31), id, said)) >> 16)::BIGINT AS mark
            FROM ({said})""",
        )

    def compare(self, sums: Sums, read: Reader) -> Change:
        """Compare with a copy of which `sums` are known and `read` gives the marks of groups."""
        differing = sorted(self._differing(sums))
        self._make(self._there, "SELECT ''::VARCHAR AS id, 0::BIGINT AS mark LIMIT 0")
        for batch in batched(read(differing) if sums and differing else (), 50_000):
            self.con.execute(
                f"INSERT INTO {self._there} SELECT unnest($1::VARCHAR[]), unnest($2::BIGINT[])",
                [[one for one, _ in batch], [mark for _, mark in batch]],
            )
        self._make(
            self.changed,
            f"""SELECT w.id, w.mark, t.id IS NOT NULL AS known
            FROM (FROM {self._wanted} WHERE mark // {SAID} IN (SELECT unnest($1::BIGINT[]))) w
            LEFT JOIN {self._there} t ON t.id = w.id WHERE t.mark IS DISTINCT FROM w.mark""",
            differing,
        )
        self._make(
            self.gone,
            f"SELECT t.id FROM {self._there} t ANTI JOIN {self._wanted} w ON w.id = t.id",
        )
        changed, gone, wanted = (
            self._count(name) for name in (self.changed, self.gone, self._wanted)
        )
        return Change(changed, wanted - changed, gone)

    def _make(self, table: str, query: str, *given: list[int]) -> None:
        text = f"CREATE OR REPLACE TABLE {table} AS {query}"
        roomy(self.con, lambda: self.con.execute(text, given))

    def _differing(self, sums: Sums) -> set[int]:
        """The groups whose sums are not those of the copy."""
        rows = self.con.execute(
            f"""SELECT mark // {SAID}, count(*), sum(mark % {SAID})::BIGINT
            FROM {self._wanted} GROUP BY 1"""
        ).fetchall()
        own = {group: (count, total) for group, count, total in rows}
        return {group for group in own.keys() | sums.keys() if own.get(group) != sums.get(group)}

    def _count(self, table: str) -> int:
        ((count,),) = self.con.execute(f"SELECT count(*) FROM {table}").fetchall()
        return int(count)

    @property
    def whole(self) -> str:
        """SQL: all things, in the columns of `changed`."""
        return f"(SELECT id, mark, TRUE AS known FROM {self._wanted})"

    def alter(self, ids: Iterable[str]) -> int:
        """Of things that the copy has by their marks, those that are to be sent all the same."""
        added = 0
        for batch in batched(ids, 50_000):
            ((count,),) = self.con.execute(
                f"""INSERT INTO {self.changed}
                SELECT id, mark, TRUE FROM {self._wanted} w ANTI JOIN {self.changed} c USING (id)
                WHERE id IN (SELECT unnest($1::VARCHAR[]))""",
                [batch],
            ).fetchall()
            added += int(count)
        return added

    def take_up(self, ids: Sequence[str]) -> list[str]:
        """Of things that the copy turns out to have the ids of those that it is to have anew."""
        rows = self.con.execute(
            f"""UPDATE {self.changed} SET known = TRUE
            WHERE id IN (SELECT unnest($1::VARCHAR[])) RETURNING id""",
            [list(ids)],
        ).fetchall()
        return [one for (one,) in rows]

    def ids_gone(self) -> Iterator[str]:
        """What the copy has beyond what it should have."""
        return (one for (one,) in streamed(self.con, f"FROM {self.gone}"))

    def close(self) -> None:
        """Drop the tables."""
        for name in (self._wanted, self._there, self.changed, self.gone):
            self.con.execute(f"DROP TABLE IF EXISTS {name}")
        self.con.close()
