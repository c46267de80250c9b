"""`kg` as a process of its own, as a person at a shell has it."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KG = (sys.executable, "-m", "kg")


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it wrote."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it wrote, as JSON; a test fails with all of it where it is none."""
        assert self.code == 0, self
        return json.loads(self.out)

    def csv(self) -> list[list[str]]:
        """What it wrote, as rows."""
        assert self.code == 0, self
        return list(csv.reader(io.StringIO(self.out)))


def environment(**more: str) -> dict[str, str]:
    """The environment of a person who has set nothing."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "LC_"))}
    return {**own, "LANG": "C.UTF-8", "PYTHONUTF8": "1", **more}


def run(
    *arguments: str | Path,
    cwd: Path,
    input: str | bytes = b"",
    env: Mapping[str, str] | None = None,
    program: Sequence[str] = KG,
) -> Ended:
    """Run `kg` in a folder until it ends."""
    given = input.encode() if isinstance(input, str) else input
    ended = subprocess.run(
        [*program, *map(str, arguments)],
        cwd=cwd,
        input=given,
        env=environment(**(env or {})),
        capture_output=True,
        timeout=100,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
