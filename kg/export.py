"""Writing a whole store to a file: RDF, or everything as JSON Lines; whole or not at all."""

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.store import Store

FORMATS = ("trig", "nquads", "turtle", "ntriples", "jsonl")
Format = Literal["trig", "nquads", "turtle", "ntriples", "jsonl"]
SUFFIXES: dict[str, Format] = {
    ".trig": "trig",
    ".nq": "nquads",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonl": "jsonl",
}


def export(store: "Store", format: Format, out: Path | BinaryIO) -> None:
    """Write the store in a format; to a file it appears only when it is complete."""
    if format not in FORMATS:
        raise UsageError(f"no format {format!r}: want one of {', '.join(FORMATS)}")
    store.version  # noqa: B018 says so where there is no store
    try:
        if format == "jsonl":
            _jsonl(store, out)
        else:
            from kg.rdf import export as export_rdf

            export_rdf(store, format, out)
    except BrokenPipeError:
        raise
    except OSError as error:
        where = out if isinstance(out, Path) else "standard output"
        raise InputError(f"{where}: can't be written: {error.strerror or error}") from None


def _jsonl(store: "Store", out: Path | BinaryIO) -> None:
    from kg import jsonl

    if not isinstance(out, Path):
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
        jsonl.write(store, text)
        text.flush()
        text.detach()
        return
    made = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with made.open("w", encoding="utf-8", newline="\n") as file:
            jsonl.write(store, file)
        os.replace(made, out)
    finally:
        made.unlink(missing_ok=True)
