"""Whether the facts of a version are there, made by the rules in force; knows nothing of how."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import duckdb

from kg import domain

_RULES = ("facts.sql", "facts.py", "judgement.py", "ranks.py")


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """Changes with the rules of fusing and the ontology; facts made by others are made again."""
    here = Path(__file__).parent
    own = sha256(b"".join((here / name).read_bytes() for name in _RULES))
    own.update(domain.model_hash().encode())
    return own.hexdigest()[:12]


def quoted(path: Path) -> str:
    """A path inside the quotes of an SQL text."""
    return str(path).replace("'", "''")


def is_made(con: duckdb.DuckDBPyConnection, path: Path, stamp: str) -> bool:
    """Whether a file of facts is there, whole and with this stamp."""
    if not path.is_file():
        return False
    try:
        rows = con.execute(
            f"""SELECT decode(value) FROM parquet_kv_metadata('{quoted(path)}')
            WHERE decode(key) = 'kg'"""
        ).fetchall()
    except duckdb.Error:
        return False
    return bool(rows) and rows[0][0] == stamp
