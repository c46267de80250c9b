"""What it takes to resolve many distinct names, by loading a table of them.

The names are things that the register lacks, each with a number, and a place beside it. The same
rows with ids of their own, so that no name has to be resolved, show what the rest of loading costs;
each in its own process.
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.mess import known
from bench.mess.strangers import stranger


def report(count: int) -> Iterator[str]:
    """CPU seconds and memory with names alone, with ids as well, and the difference."""
    names, ids = _measured(count, ids=False), _measured(count, ids=True)
    yield f"| {count} rows | CPU s | peak MB | MB over the start |"
    yield "|---|--:|--:|--:|"
    for title, took in (("by name", names), ("by id", ids)):
        yield f"| {title} | {took['cpu']:.1f} | {took['peak']:.0f} | {took['over']:.0f} |"
    yield f"| resolving, the difference | {names['cpu'] - ids['cpu']:.1f} | | |"


def _measured(count: int, *, ids: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        table = Path(name) / "names.csv"
        _write(table, count, ids)
        command = [sys.executable, "-m", "bench.many", str(table)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _write(path: Path, count: int, ids: bool) -> None:
    random = Random("names")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["省份", "机构名称", "挂牌日期", *["agency_id"][:ids]])
        for number in range(count):
            said = stranger(random.choice(("Agency", "Organisation")), random)
            place = said.place and known.short(said.place)
            key = [f"agency:n{number}"][:ids]
            writer.writerow([place, f"{said.text}{number}处", "", *key])


def _load(table: Path) -> dict[str, float]:
    """Load a table in this process."""
    import kg

    with kg.open(table.parent / ".kg") as store:
        small = table.with_name("small.csv")
        small.write_text("省份,机构名称,挂牌日期\n江苏,江苏省数据局,\n", encoding="utf-8")
        store.load(small)  # imports, and the register
        before, start = _peak(), time.process_time()
        loaded = store.load(table)
        rows = table.read_text(encoding="utf-8").count("\n") - 1
        if loaded.statements < rows or loaded.problems:
            raise ValueError(f"not all rows were read: {loaded}")
        return {"cpu": time.process_time() - start, "peak": _peak(), "over": _peak() - before}


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    print(json.dumps(_load(Path(sys.argv[1]))))
