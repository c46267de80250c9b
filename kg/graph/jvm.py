"""The Java machine that the embedded engine runs in: started once per process, quiet and fast.

The runtime and the class files come with the package arcadedb_embedded. Its own Python wrapper
is not imported: that would double the time until the first answer.
"""

import atexit
import faulthandler
import hashlib
import importlib.util
import os
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import Any

import jpype

from kg.errors import StoreError

_LIBRARY = {"win32": "bin/server/jvm.dll", "darwin": "lib/server/libjvm.dylib"}
_FLAGS = (
    # Commands are short: the second compiler and a parallel collector cost more than they bring.
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-XX:+UseCompactObjectHeaders",
    # SIGTERM and SIGHUP end the process as usual; with Java's own handlers it crashes in JPype.
    "-Xrs",
    "-XX:-UsePerfData",
    "-Xlog:disable",
    "-Xlog:all=off",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF8",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
    "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "-Dpolyglot.engine.WarnInterpreterOnly=false",
    "-Darcadedb.maxPageRAM=256",
    # A question must not read files or pages beside the graph.
    "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
    "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
    f"-Djava.util.logging.config.file={Path(__file__).with_name('logging.properties')}",
)
_DATABASES = "com.arcadedb.database.DatabaseFactory"
_HEAP = "1g"
_starting = threading.Lock()
_started_by = 0


def start(*extra: str) -> None:
    """Start Java unless it runs; `extra` flags take the place of the ahead-of-time cache.

    The heap is 1 GB, or what the variable KG_HEAP says (`4g`). Raises StoreError where the
    package is missing or Java cannot run, and in a process forked after the start, where Java
    would hang.
    """
    global _started_by
    with _starting:
        if _started_by not in (0, os.getpid()):
            raise StoreError("the graph was opened before this process forked: use spawn instead")
        if not jpype.isJVMStarted():
            _start(*(extra or _ahead_of_time()))
            # Registered after JPype's own hook, so run before it: a database left open would
            # hold the exit for 30 s.
            atexit.register(java(_DATABASES).closeActiveDatabaseInstances)
        _started_by = os.getpid()


@cache
def java(name: str) -> Any:
    """A Java class by its full name."""
    return jpype.JClass(name)


@cache
def cache_file() -> Path:
    """Where the ahead-of-time cache of this installation lies, whether or not it is there yet.

    Another version of the engine, of its Java or of JPype, other flags or another place are
    another file: Java notices most of these by itself, but not all.
    """
    home = package()
    version = next(home.parent.glob("arcadedb_embedded-*.dist-info"), home).stem
    release = (home / "jre" / "release").read_text(encoding="utf-8")
    key = "\n".join((version, release, jpype.__version__, *_FLAGS, *_class_path()))
    name = f"{version}-{hashlib.sha256(key.encode()).hexdigest()[:12]}.aot"
    return cache_folder() / name


def cache_folder() -> Path:
    """The user's cache folder for kg; it may not exist."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if os.path.isabs(folder := os.environ.get(variable, "")):
            return Path(folder) / "kg"
    return Path.home() / ".cache" / "kg"


@cache
def package() -> Path:
    """The folder of arcadedb_embedded."""
    spec = importlib.util.find_spec("arcadedb_embedded")
    if spec is None or spec.origin is None:
        raise StoreError("no graph engine: run 'pip install arcadedb-embedded'")
    return Path(spec.origin).parent


def _start(*extra: str) -> None:
    library = package() / "jre" / _LIBRARY.get(sys.platform, "lib/server/libjvm.so")
    try:
        jpype.startJVM(
            str(library), *_flags(), *extra, classpath=_class_path(), convertStrings=False
        )
    except (OSError, RuntimeError, jpype.JVMNotFoundException) as error:
        raise StoreError(f"Java does not start ({library}): {error}") from error
    if sys.platform == "win32":
        faulthandler.disable()  # it would report what Java's own signal handling resolves


def _flags() -> tuple[str, ...]:
    crash = Path(tempfile.gettempdir()) / "kg-java-%p.log"
    return (*_FLAGS, f"-Xmx{os.environ.get('KG_HEAP', _HEAP)}", f"-XX:ErrorFile={crash}")


def _class_path() -> list[str]:
    # The cache holds only for the same class path, so its order must be the same everywhere.
    return sorted(str(jar) for jar in (package() / "jars").glob("*.jar"))


def _ahead_of_time() -> tuple[str, ...]:
    file = cache_file()
    return (f"-XX:AOTCache={file}",) if file.is_file() else ()
