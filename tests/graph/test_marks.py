"""What differs between a store and a copy of its graph, found without reading all of the copy."""

from collections.abc import Iterator, Sequence

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.marks import SAID, Change, Marks

THINGS = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text("xy", max_size=2))


class Copy:
    """A copy that counts what is read of it."""

    def __init__(self, marks: dict[str, int]) -> None:
        self.marks = marks
        self.read = 0

    def sums(self) -> dict[int, tuple[int, int]]:
        sums: dict[int, tuple[int, int]] = {}
        for mark in self.marks.values():
            count, total = sums.get(mark // SAID, (0, 0))
            sums[mark // SAID] = (count + 1, total + mark % SAID)
        return sums

    def of(self, groups: Sequence[int]) -> Iterator[tuple[str, int]]:
        for one, mark in self.marks.items():
            if mark // SAID in groups:
                self.read += 1
                yield one, mark


def marks(things: dict[str, str]) -> Marks:
    con = duckdb.connect()
    con.execute("CREATE TABLE things (id VARCHAR, said VARCHAR)")
    if things:
        con.executemany("INSERT INTO things VALUES (?, ?)", list(map(list, things.items())))
    return Marks(con, "thing", "FROM things")


def rows(made: Marks) -> list[tuple[str, int, bool]]:
    return made.con.execute(f"SELECT id, mark, known FROM {made.changed}").fetchall()


def copy(things: dict[str, str]) -> Copy:
    made = marks(things)
    made.compare({}, lambda groups: ())
    return Copy({one: mark for one, mark, _ in rows(made)})


@given(THINGS, THINGS)
def test_what_changed_and_what_has_gone_is_found(
    wanted: dict[str, str], there: dict[str, str]
) -> None:
    made, other = marks(wanted), copy(there)
    found = made.compare(other.sums(), other.of)
    changed = {one for one in wanted if there.get(one) != wanted[one]}
    gone = there.keys() - wanted.keys()
    assert found == Change(len(changed), len(wanted) - len(changed), len(gone))
    assert {one: known for one, _, known in rows(made)} == {one: one in there for one in changed}
    assert set(made.ids_gone()) == gone


def test_of_a_copy_in_which_little_differs_little_is_read() -> None:
    wanted = {f"thing{number}": "same" for number in range(5_000)}
    other = copy(wanted | {"thing7": "other"})
    assert marks(wanted).compare(other.sums(), other.of) == Change(1, 4_999, 0)
    assert 1 <= other.read < 50


def test_of_a_copy_that_is_the_same_nothing_is_read() -> None:
    wanted = {f"thing{number}": "same" for number in range(100)}
    other = copy(wanted)
    assert marks(wanted).compare(other.sums(), other.of) == Change(0, 100, 0)
    assert other.read == 0


@pytest.mark.parametrize("again", ["same", "other"])
def test_a_thing_that_the_copy_has_twice_is_made_right(again: str) -> None:
    """Sums differ, so its group is read; what is written then is written to both."""
    other = copy({"a": "same"})
    twice = [*other.marks.items(), ("a", copy({"a": again}).marks["a"])]
    group = twice[0][1] // SAID
    sums = {group: (2, sum(mark % SAID for _, mark in twice))}
    found = marks({"a": "same"}).compare(sums, lambda groups: twice)
    assert found.gone == 0 and found.changed <= 1
