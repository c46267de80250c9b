"""`kg ontology`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import put, shared

if TYPE_CHECKING:
    from kg.schemas import Schema

_FOR_PEOPLE = ("md", "cypher")
_FOR_PROGRAMS: "tuple[Schema, ...]" = (
    "owl", "shacl", "shacl-graphs", "context", "context-zh", "json-schema"
)  # fmt: skip


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice([*_FOR_PEOPLE, *_FOR_PROGRAMS]),
    default="md",
    show_default=True,
)
@click.option("-o", "--output", "out", metavar="FILE", help="Write to a file.")
@shared
def ontology(form: str, out: str | None, folder: Path, lang: str) -> None:
    """Print the model.

    For people: the data dictionary (md), the graph's schema with samples (cypher). For programs:
    OWL and SHACL as Turtle, JSON-LD contexts with English or Chinese keys, JSON Schema.
    """
    from kg import domain, saved

    for each in _FOR_PROGRAMS:
        if form == each:
            from kg.schemas import schema

            put(schema(each), out)
            return
    if form == "cypher":
        from kg.graph.described import described

        put(described(domain.model(), saved.questions(domain.questions())), out)
        return
    from kg.dictionary import markdown

    put(markdown(domain.model(), domain.codes(), "zh" if lang == "zh" else "en"), out)
