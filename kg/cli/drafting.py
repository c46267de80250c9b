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

    What other kinds know is filled in; the rest waits for a property, or to be left out. The
    finished file belongs into the folder kinds/ of the store:

    \b
    kg new loader TABLE.csv -o .kg/kinds/NAME.toml
    """
    from kg import domain

    drafted, kinds = domain.draft_kind(Path(file), folder), folder / "kinds"
    if out and Path(out).parent == kinds:
        kinds.mkdir(parents=True, exist_ok=True)
    put(drafted, out)
