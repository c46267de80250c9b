"""`kg ontology`."""

from pathlib import Path

import click

from kg.cli.common import put, shared


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["md", "cypher"]), default="md", show_default=True
)
@click.option("-o", "--output", "out", metavar="FILE", help="Write to a file.")
@shared
def ontology(form: str, out: str | None, folder: Path, lang: str) -> None:
    """Print the model: the data dictionary (md), or the graph's schema with samples (cypher)."""
    from kg import domain, saved

    if form == "cypher":
        from kg.graph.described import described

        put(described(domain.model(), saved.questions(domain.questions())), out)
        return
    from kg.dictionary import markdown

    put(markdown(domain.model(), domain.codes(), "zh" if lang == "zh" else "en"), out)
