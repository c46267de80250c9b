"""What a person searches for, as a full-text query that both engines understand alike.

Their analyser (`cjk`) keeps Chinese as overlapping pairs of characters. So a text of two characters
or more is a phrase of pairs, quoted; a single character is looked for inside the pairs.
"""

import re

from kg.text import clean

FULL_TEXT = "db.index.fulltext."
"""What a Cypher text holds that needs the full-text index."""

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SINGLE = f"(?<![{_HAN}])[{_HAN}](?![{_HAN}])"
_PIECE = re.compile(rf"{_SINGLE}|(?:[{_HAN}]{{2,}}|[^\W{_HAN}])+")


def full_text_query(text: str) -> str:
    r"""A query that finds names in which all words of a text occur; empty where it has none.

    >>> full_text_query('数据 "A股"')
    '"数据" AND "A" AND /.*股.*/'
    """
    pieces = dict.fromkeys(_PIECE.findall(clean(text)))
    return " AND ".join(map(_wanted, pieces))


def _wanted(piece: str) -> str:
    """Letters, digits and Chinese only, so that nothing in it is syntax."""
    return f"/.*{piece}.*/" if re.fullmatch(_SINGLE, piece) else f'"{piece}"'
