"""`kg` as a process of its own, as a person at a shell has it."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.cli import main
from kg.text import width

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


def within(*arguments: str | Path, cwd: Path) -> Ended:
    """The same in this process, which is quicker; not for `load`, which leaves one at work."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(one) for one in arguments])
        except SystemExit as ended:
            return Ended(int(ended.code or 0), out.getvalue(), err.getvalue())
    raise AssertionError("a command ends by exiting")


def assert_one_line(ended: Ended, code: int) -> None:
    assert ended.code == code, ended
    assert ended.out == ""
    assert ended.err.startswith("kg: ") and ended.err.count("\n") == 1 and ended.err.endswith("\n")
    assert "Traceback" not in ended.err


def started(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    """A `kg` that runs beside the test."""
    return subprocess.Popen(
        [*KG, *arguments],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def reads(process: subprocess.Popen[bytes], file: Path) -> bool:
    """Whether a process has a file open; where that cannot be seen, a second is time enough."""
    opened = Path(f"/proc/{process.pid}/fd")
    if not opened.is_dir():
        time.sleep(1)
        return True
    return any(_points(one) == str(file.resolve()) for one in opened.iterdir())


def _points(link: Path) -> str:
    """Where a link points; nowhere where what it was is closed meanwhile."""
    try:
        return os.readlink(link)
    except FileNotFoundError:
        return ""


def interrupted(process: subprocess.Popen[bytes], after: float) -> Ended:
    """How a process ends on which one presses Ctrl-C after some seconds."""
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return Ended(process.returncode, out.decode(), err.decode())


def places(line: str) -> list[int]:
    """Where on the screen, counted from 1, cells begin: after two blanks, or at the start."""
    found, column = [], 1
    for i, char in enumerate(line):
        if char != " " and (i == 0 or line[max(0, i - 2) : i] == "  "):
            found.append(column)
        column += width(char)
    return found
