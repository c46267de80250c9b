"""What a process says of its own memory. Only the standard library: every peer imports this."""

import json
import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def memory() -> float:
    """Peak resident memory of this process in MB; what it was before `exec` does not count."""
    if _STATUS.is_file():
        lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def report(imported: float, **more: object) -> None:
    """Print the peak and how much of it came after the imports, as the last line."""
    print(json.dumps({"rss": memory(), "over": memory() - imported, **more}))
