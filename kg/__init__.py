"""kg: source records on China's data-element policy as a graph that one can question and cite.

>>> import kg
>>> kg.open(".kg-of-the-example").exists()
False
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph as KnowledgeGraph
    from kg.api import open as open
    from kg.errors import KgError as KgError

__all__ = ["KgError", "KnowledgeGraph", "open"]


def __getattr__(name: str) -> object:
    """Names are fetched when asked for, so that `kg --help` need not load an engine."""
    if name == "KgError":
        from kg.errors import KgError

        return KgError
    if name in __all__:
        from kg import api

        return getattr(api, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
