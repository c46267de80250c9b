"""`kg measure`."""

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.common import as_json, listing, opened, shared

_CLASS = click.option(
    "--class", "classes", multiple=True, metavar="CLASS", help="Only things of this class."
)


@click.group()
def measure() -> None:
    """Measure the graph: parts that hang together, central things, ways between two things."""


@measure.command()
@_CLASS
@as_json
@shared
def components(classes: tuple[str, ...], as_json: bool, folder: Path, lang: str) -> None:
    """List the parts of the graph that hang together, the largest first."""
    from kg.measure import components as found

    with opened(folder) as store:
        rows = [asdict(one) for one in found(store, _known(classes))]
    if not as_json:
        rows = [
            {**row, "things": ", ".join(row["things"]), "names": "、".join(row["names"])}
            for row in rows
        ]
    listing(rows, ("size", "things", "names"), as_json)


@measure.command()
@_CLASS
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@as_json
@shared
def centrality(
    classes: tuple[str, ...], limit: int, as_json: bool, folder: Path, lang: str
) -> None:
    """List the best-linked things by PageRank."""
    from kg.measure import centrality as found

    with opened(folder) as store:
        rows = [asdict(one) for one in found(store, _known(classes), limit)]
    listing(rows, ("id", "name", "links", "pagerank"), as_json)


@measure.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@as_json
@shared
def path(start: str, end: str, as_json: bool, folder: Path, lang: str) -> None:
    """Show a shortest way from A to B, ids or names, whichever way the links point."""
    from kg.measure import path as found
    from kg.names import one

    with opened(folder) as store:
        steps = found(store, one(store, start), one(store, end))
    rows = [asdict(step) for step in steps]
    listing(rows, ("start", "start_name", "link", "end", "end_name", "fact"), as_json)


def _known(classes: tuple[str, ...]) -> tuple[str, ...]:
    from kg import domain

    for one in classes:
        if one not in domain.model().classes:
            raise click.UsageError(f"no class {one!r}: see 'kg ontology'")
    return classes
