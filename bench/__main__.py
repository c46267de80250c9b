"""Measure every stage at several sizes and write the table.

Usage: python -m bench [SIZE ...] [-o FILE]     default: 10000 100000 1000000, docs/bench.md
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.stage import STAGES
from kg.graph import jvm

_BARS = {
    "file": "peak < 1.2 × that of 100 k rows",
    "load": "≤ 9 CPU s, ≤ 400 MB",
    "replace": "≤ 0.2 CPU s",
    "fuse": "≤ 7 CPU s, ≤ 800 MB",
    "graph": "≤ 22 CPU s (656 k facts)",
    "nquads": "≤ 3 CPU s, < 50 MB over the start",
    "cold question": "≤ 1.0 s wall, ≤ 0.9 CPU s",
    "kg --help": "< 0.3 s",
}
_PACKAGES = ("duckdb", "deltalake", "arcadedb-embedded", "jpype1", "pyoxigraph", "networkx")


def main() -> None:
    """Run all and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("-o", dest="out", default="docs/bench.md", type=Path)
    given = parser.parse_args()
    rows = [row for size in given.sizes for row in _sized(size)]
    rows += list(_shipped())
    given.out.write_text(_table(rows), encoding="utf-8")
    print(given.out.read_text(encoding="utf-8"))


def _sized(size: int) -> list[dict[str, Any]]:
    """All stages at one size; what making the statements costs is taken off."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = _stage("generate", size, folder)["cpu"]
        rows = []
        for stage in STAGES:
            if stage == "generate":
                continue
            # a file is loaded into a store of its own
            took = _stage(stage, size, folder / "file" if stage == "file" else folder)
            if stage == "load":
                took["cpu"] -= made
                took["disk"] = _size(folder / ".kg" / "statements")
            if stage == "replace":
                took["cpu"] -= _stage("generate", 10_000, folder)["cpu"]
            rows.append({"stage": stage, "size": size, **took})
    return rows


def _stage(stage: str, size: int, folder: Path) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "bench.stage", stage, str(size), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _shipped() -> list[dict[str, Any]]:
    """Commands from the shell on the shipped sources, each the median of five."""
    with tempfile.TemporaryDirectory() as name:
        store = ["--store", str(Path(name) / ".kg")]
        question = ["query", "policy/direct-implementers", *store]
        _command(["load", *store])
        _command(question)
        if not jvm.cache_file().exists():
            subprocess.run([sys.executable, "-m", "kg.graph.aot"], check=True)
        empty = {"XDG_CACHE_HOME": str(Path(name) / "empty")}
        return [
            {"stage": "cold question", "size": "shipped", **_five(question, {})},
            {"stage": "cold question, no cache", "size": "shipped", **_five(question, empty)},
            {"stage": "kg --help", "size": "", **_five(["--help"], {})},
        ]


def _five(arguments: list[str], environment: dict[str, str]) -> dict[str, Any]:
    took = [_command(arguments, environment) for _ in range(5)]
    return {name: median(one[name] for one in took) for name in ("cpu", "wall")}


def _command(arguments: list[str], environment: dict[str, str] | None = None) -> dict[str, float]:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        env=os.environ | (environment or {}),
        capture_output=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": cpu, "wall": perf_counter() - start}


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _table(rows: list[dict[str, Any]]) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    lines = [
        "# Measurements",
        "",
        f"Made by `python -m bench` on {platform.machine()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}; {packages}.",
        "",
        "Each stage runs in a process of its own; making the statements is taken off. `over` is",
        "peak of memory above that before the stage, with all imported that a store imports; of",
        "nquads, above that of the opened store with its ready facts.",
        "`file` writes and loads one CSV file of so many rows, each four statements and more.",
        "",
        "| stage | statements | CPU s | wall s | peak MB | over MB | disk MB | bar at 1 M |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for row in rows:
        numbers = (_shown(row.get(name)) for name in ("cpu", "wall", "rss", "over", "disk"))
        bar = _BARS.get(row["stage"], "")
        lines.append(f"| {row['stage']} | {row['size']} | {' | '.join(numbers)} | {bar} |")
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"


if __name__ == "__main__":
    main()
