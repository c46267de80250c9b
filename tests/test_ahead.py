"""Batches, and items made ahead of their use."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ahead import ahead, batched


@given(st.lists(st.none() | st.integers()), st.integers(1, 5))
def test_items_come_in_order_and_none_is_lost(items: list[int | None], size: int) -> None:
    assert list(ahead(iter(items))) == items
    batches = list(batched(items, size))
    assert [one for batch in batches for one in batch] == items
    assert all(len(batch) == size for batch in batches[:-1])


def test_what_goes_wrong_in_making_is_raised_where_the_item_is_wanted() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    made = ahead(items())
    assert next(made) == 1
    with pytest.raises(ValueError, match="no more"):
        next(made)


def test_who_stops_early_leaves_nothing_running() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    for one in ahead(items()):
        if one == 3:
            break
    assert len(made) <= 6
