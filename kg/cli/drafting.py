"""`kg new`."""

from pathlib import Path

import click

from kg.cli.common import put, shared


@click.group()
def new() -> None:
    """Begin something new from what is there."""


@new.command()
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", "out", metavar="FILE", help="Default: standard output.")
@shared
def loader(file: str, out: str | None, folder: Path, lang: str) -> None:
    """Write the skeleton of a new kind of table from the headings of FILE.

    What other kinds know is filled in; the rest waits for a property, or for a reason to be left
    out. Put the finished file into loaders/kinds/.
    """
    from kg import domain

    put(domain.draft_kind(Path(file)), out)
