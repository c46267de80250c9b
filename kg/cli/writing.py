"""`kg export`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from kg.cli.common import opened, say, shared
from kg.export import FORMATS, SUFFIXES, Format

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.api import KnowledgeGraph
    from kg.rdf import Detail, Lang


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: by FILE's ending, else trig."
)
@click.option("-o", "--output", "out", metavar="FILE", help="Default: standard output.")
@click.option("--plain", is_flag=True, help="RDF: only what holds by now.")
@click.option("--statements", is_flag=True, help="RDF: with a node for each statement.")
@click.option("--rdf12", is_flag=True, help="RDF: the same, as RDF 1.2 has it (reifiers).")
@click.option("--keys", type=click.Choice(("en", "zh")), help="JSON-LD: the language of its keys.")
@click.option("--since", metavar="VERSION", help="RDF: what was added and removed (RDF Patch).")
@shared
def export(
    form: Format | None,
    out: str | None,
    keys: "Lang | None",
    since: str | None,
    folder: Path,
    lang: str,
    **detail: bool,
) -> None:
    """Write the store as RDF (one named graph a source), or all of it as JSON Lines."""
    if since is not None and (form or keys or Path(out or "").suffix in SUFFIXES):
        raise click.UsageError("--since writes an RDF Patch and no other format: -o NAME.rdfp")
    said = _detail([cast("Detail", name) for name, given in detail.items() if given])
    format = form or (_by_ending(out) if since is None else "trig")
    to_stream = out in (None, "-")
    with opened(folder) as store:
        write = _writer(store, format, since, said, keys or "en")
        write(sys.stdout.buffer if to_stream else Path(str(out)))
        if not to_stream:
            say(f"{out}: {format if since is None else 'RDF Patch'}, {store.version}")
    if to_stream:
        sys.stdout.buffer.flush()


def _writer(
    store: "KnowledgeGraph", format: Format, since: str | None, detail: "Detail", keys: "Lang"
) -> "Callable[[Path | BinaryIO], None]":
    from kg import export as writing
    from kg.store.difference import number

    if since is None:
        return lambda out: writing.export(store, format, out, detail, keys)
    first = number(since) or 0
    return lambda out: writing.export_changes(store, first, out, detail)


def _detail(given: "Sequence[Detail]") -> "Detail":
    """How much is said: each word says something else, so two are none."""
    if len(given) > 1:
        raise click.UsageError(f"--{given[0]} or --{given[1]}: an export says one of them")
    return given[0] if given else "facts"


def _by_ending(out: str | None) -> Format:
    ending = Path(out or "").suffix
    if ending and ending not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise click.UsageError(f"no format ends in {ending}: say --format, or one of {known}")
    return SUFFIXES.get(ending, "trig")
