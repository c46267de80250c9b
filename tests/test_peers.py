"""The measurement beside others compares graphs truly."""

import subprocess
import sys
from pathlib import Path

from bench.peers import graphs, tables


def test_the_readers_and_writer_of_kg_give_the_graph_that_the_records_mean(tmp_path: Path) -> None:
    tables.write(tmp_path, 200)
    graphs.write(tmp_path, tmp_path / "truth.nt")
    made = tmp_path / "made.nq"
    command = [sys.executable, "-m", "bench.peers.ours", str(tmp_path), str(made)]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parent.parent)
    assert made.read_bytes().count(b"\n") > 2000
    assert str(graphs.compare(tmp_path / "truth.nt", made)) == "yes"
    first, rest = made.read_text(encoding="utf-8").split("\n", 1)
    made.write_text(first.replace("Policy", "Zone") + "\n" + rest, encoding="utf-8")
    changed = graphs.compare(tmp_path / "truth.nt", made)
    assert (changed.lost, changed.added) == (1, 1)
