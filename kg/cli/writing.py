"""`kg export`."""

import sys
from pathlib import Path

import click

from kg.cli.common import opened, say, shared
from kg.export import FORMATS, SUFFIXES, Format


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: by FILE's ending, else trig."
)
@click.option("-o", "--output", "out", metavar="FILE", help="Default: standard output.")
@shared
def export(form: Format | None, out: str | None, folder: Path, lang: str) -> None:
    """Write the store as RDF (one named graph a source), or all of it as JSON Lines."""
    from kg.export import export as write

    format = form or _by_ending(out)
    with opened(folder) as store:
        if out in (None, "-"):
            write(store, format, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            write(store, format, Path(str(out)))
            say(f"{out}: {format}, {store.version}")


def _by_ending(out: str | None) -> Format:
    ending = Path(out or "").suffix
    if ending and ending not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise click.UsageError(f"no format ends in {ending}: say --format, or one of {known}")
    return SUFFIXES.get(ending, "trig")
