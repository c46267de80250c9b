"""An export is there whole or not at all, wherever it goes."""

import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from kg.rdf import Format, export
from tests.rdf.made import FORMATS, say, store_of

NAME = say("policy:x", "name", "某办法", lang="zh")


class _Full(BytesIO):
    def write(self, data: object, /) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("format", FORMATS)
def test_a_stream_that_fails_leaves_nothing_in_the_store(tmp_path: Path, format: Format) -> None:
    full: BinaryIO = _Full()
    with store_of(tmp_path / ".kg", NAME) as store:
        store.facts()
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(OSError, match="No space"):
            export(store, format, full)
        assert sorted(tmp_path.rglob("*")) == before


ENDLESSLY = """
import signal
import sys
from pathlib import Path
from kg.rdf import export
from kg.store import Store
signal.signal(signal.SIGINT, signal.default_int_handler)
with Store(Path(sys.argv[1])) as store:
    export(store, "trig", Path(sys.argv[2]))
    print("once", flush=True)
    while True:
        export(store, "trig", Path(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process")
@pytest.mark.parametrize("after", [0.05, 0.08, 0.13, 0.21])
def test_an_interrupted_export_leaves_the_file_as_it_was(tmp_path: Path, after: float) -> None:
    said = [say("policy:x", "note", f"说明{n}") for n in range(5000)]
    out = tmp_path / "out"
    out.mkdir()
    with store_of(tmp_path / ".kg", NAME, *said) as store:
        export(store, "trig", tmp_path / "whole")
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESSLY, tmp_path / ".kg", out / "made"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout and process.stdout.readline() == b"once\n"
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert [path.name for path in out.iterdir()] == ["made"]
    assert (out / "made").read_bytes() == (tmp_path / "whole").read_bytes()


def test_a_stream_gets_what_a_file_gets_and_a_device_stays_one(tmp_path: Path) -> None:
    out = BytesIO()
    with store_of(tmp_path / ".kg", NAME) as store:
        export(store, "trig", tmp_path / "out.trig")
        export(store, "trig", out)
        export(store, "trig", Path("/dev/null"))
    assert (tmp_path / "out.trig").read_bytes() == out.getvalue()
    assert Path("/dev/null").is_char_device()
