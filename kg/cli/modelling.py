"""`kg ontology`."""

from pathlib import Path

import click

from kg.cli.common import put, shared


@click.command()
@click.option("--format", "form", type=click.Choice(["md"]), default="md", show_default=True)
@click.option("-o", "--output", "out", metavar="FILE", help="Write to a file.")
@shared
def ontology(form: str, out: str | None, folder: Path, lang: str) -> None:
    """Print the data dictionary: classes, fields, codes, with labels in both languages."""
    from kg import domain
    from kg.dictionary import markdown

    put(markdown(domain.model(), domain.codes(), "zh" if lang == "zh" else "en"), out)
