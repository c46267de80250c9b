"""New mess: rows as offices write them, made from true facts, each name with its truth beside it.

`rows(seed, count)` gives rows; `write(folder, rows)` writes them as tables that `kg load` reads,
and beside the folder `truth.csv`, which says of every name whom it means: an id of the register,
`new:…` for a thing that the register lacks (two spellings of one such thing share it), or
`ambiguous:…` where nobody could tell. The names of the forms say what was done to it.

A row follows from its seed and its number alone: not from how many rows there are, nor from any
order. This package knows none of the rules that it is used to score, and is older than all that
were made with it.

Seeds: rules may be tuned by looking at the rows of seeds 1 to 20. Nobody looks at the rows of 101
to 120; what is published is measured on these.
"""

from bench.mess.rows import Row, rows
from bench.mess.said import Said
from bench.mess.tables import write

__all__ = ["Row", "Said", "rows", "write"]
