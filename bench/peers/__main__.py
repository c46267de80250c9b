"""Records to an RDF file by kg and its peers, each as a process of its own; writes the table.

Usage: python -m bench.peers [RECORDS ...] [-o FILE]     default: 100000 1000000

Peers are installed, with all versions pinned (`*.txt` beside this file), into environments of their
own in the user's cache folder. rdflib runs at 100,000 records alone: at a million it would take
12 GB.
"""

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.peers import graphs, tables

_HERE = Path(__file__).parent
_SMALL = 100_000


@dataclass(frozen=True)
class Peer:
    """A way from the tables to a file: its module, its requirements, up to how many records."""

    title: str
    module: str
    ending: str = ".nt"
    requirements: str = ""
    most: int = 10_000_000
    compared: bool = True


PEERS = (
    Peer("kg, reader and writer", "ours", ".nq"),
    Peer("morph-kgc", "morph", requirements="morph-kgc"),
    Peer("maplib", "map_lib", requirements="maplib"),
    Peer("rdflib", "rdf_lib", requirements="rdflib", most=_SMALL),
    Peer("kg, through the store", "stored", ".nq", compared=False),
)


def main() -> None:
    """Run all and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers")
    parser.add_argument("records", nargs="*", type=int, default=[_SMALL, 1_000_000])
    parser.add_argument("-o", dest="out", default="docs/bench-rdf.md", type=Path)
    given = parser.parse_args()
    rows = [row for size in given.records for row in _sized(size)]
    given.out.write_text(_table(rows), encoding="utf-8")
    print(given.out.read_text(encoding="utf-8"))


def _sized(size: int) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        folder, truth = Path(name), Path(name) / "truth.nt"
        tables.write(folder, size)
        graphs.write(folder, truth)
        morph = 0.0
        found = []
        for peer in PEERS:
            if size > peer.most:
                continue
            made = folder / f"{peer.module}{peer.ending}"
            row = {"peer": peer.title, "records": size, **_run(peer, folder, made)}
            if "cpu" in row:
                row["same"] = str(graphs.compare(truth, made)) if peer.compared else "by its rules"
            made.unlink(missing_ok=True)
            morph = row.get("cpu", 0.0) if peer.module == "morph" else morph
            found.append(row)
            print(row, file=sys.stderr, flush=True)
        for row in found:
            yield {**row, "ratio": row["cpu"] / morph if morph and "cpu" in row else None}


def _run(peer: Peer, folder: Path, made: Path) -> dict[str, Any]:
    """What a process and those that it waited for took, and what it says itself."""
    command = [str(_python(peer)), "-m", f"bench.peers.{peer.module}", str(folder), str(made)]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        began = perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=errors, cwd=_HERE.parent.parent)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = perf_counter() - began
        said.seek(0), errors.seek(0)
        lines, faults = said.read().decode().splitlines(), errors.read().decode().splitlines()
    if process.returncode:
        return {"same": f"failed: {faults[-1] if faults else process.returncode}"}
    return {"cpu": used.ru_utime + used.ru_stime, "wall": wall, **json.loads(lines[-1])}


def _python(peer: Peer) -> Path:
    """The Python of a peer's environment, which is made where it is not there."""
    if not peer.requirements:
        return Path(sys.executable)
    wanted = _HERE / f"{peer.requirements}.txt"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    stamp = hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]
    folder = cache / "kg" / "bench" / f"{peer.requirements}-{stamp}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", wanted], check=True)
        (folder / "ready").touch()
    return python


def _table(rows: list[dict[str, Any]]) -> str:
    pinned = ", ".join(
        line.replace("==", " ").replace("_", "-")
        for peer in PEERS
        if peer.requirements
        for line in (_HERE / f"{peer.requirements}.txt").read_text().splitlines()
        if line.replace("_", "-").startswith(f"{peer.requirements}==")
    )
    own = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyoxigraph"))
    lines = [
        _HEAD.format(
            machine=f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, "
            f"Python {platform.python_version()}", pinned=pinned, own=own,
        ),
        "| way | records | CPU s | of morph-kgc's | wall s | peak MB | over MB | same graph? |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]  # fmt: skip
    for row in rows:
        numbers = (_shown(row.get(one)) for one in ("cpu", "ratio", "wall", "rss", "over"))
        said = f"{row['peer']} | {row['records']} | {' | '.join(numbers)} | {row['same']}"
        lines.append(f"| {said} |")
    for row in rows:
        if "load" in row:
            parts = ", ".join(f"{name} {row[name]:.1f}" for name in ("load", "fuse", "export"))
            lines.append(f"\nThrough the store, CPU s: {parts}.")
    return "\n".join(lines) + "\n"


_HEAD = (_HERE / "head.md").read_text(encoding="utf-8")


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"


if __name__ == "__main__":
    main()
