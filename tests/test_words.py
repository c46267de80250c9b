"""What a person types, as a full-text query."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.api import KnowledgeGraph
from kg.errors import InputError
from kg.words import full_text_query


@pytest.fixture(scope="module")
def store(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """A store of this module's own, beside which a graph to be searched is made."""
    folder = tmp_path_factory.mktemp("words") / ".kg"
    shutil.copytree(loaded / ".kg", folder)
    with kg.open(folder) as opened:
        yield opened


TYPED = st.text(st.sampled_from('数据算力A股b5 "\\/*?~^:()[]{}+-!&|。、\U00020000\n'), max_size=8)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("数据二十条", '"数据二十条"'),
        ("力", "/.*力.*/"),
        ("A股 市场", '"A" AND /.*股.*/ AND "市场"'),
        ("数据20条", '"数据20" AND /.*条.*/'),
        ('关于"数据"的 (意见)', '"关于" AND "数据" AND /.*的.*/ AND "意见"'),
        ("数据 数据", '"数据"'),
        ("數據", '"数据"'),
        ("AND NOT", '"AND" AND "NOT"'),
        ("——！", ""),
    ],
)
def test_each_word_is_wanted_and_nothing_is_syntax(text: str, query: str) -> None:
    assert full_text_query(text) == query


@given(TYPED | st.text(max_size=8))
def test_whatever_is_typed_can_be_searched_for_or_has_no_word(
    store: KnowledgeGraph, text: str
) -> None:
    if full_text_query(text):
        store.search(text, limit=3)
    else:
        with pytest.raises(InputError, match="no word to search for"):
            store.search(text, limit=3)
