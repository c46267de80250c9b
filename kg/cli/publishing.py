"""`kg publish`, and the options of every command that asks a server."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.common import as_json, counted, interactive, opened, say, shared

if TYPE_CHECKING:
    from kg.graph.neo4j.server import Server
    from kg.store import Store

Command = TypeVar("Command", bound=Callable[..., Any])


def login(command: Command) -> Command:
    """Give a command the options that let one into a server: `user`, `password`, `database`."""
    options = (
        click.option("--user", envvar="NEO4J_USERNAME", default="", help="Or NEO4J_USERNAME."),
        click.option(
            "--password", envvar="NEO4J_PASSWORD", default="", help="Or NEO4J_PASSWORD, else asked."
        ),
        click.option("--database", metavar="NAME", help="Default: the server's own."),
    )
    for option in options:
        command = option(command)
    return command


def password_of(user: str, password: str) -> str:
    """The password as given, or asked for where a person can answer."""
    if user and not password and interactive():
        return str(click.prompt("Password", hide_input=True, err=True))
    return password


@click.command()
@click.argument("uri", required=False)
@click.option("--files", "files", metavar="DIR", help="Write files for an offline import instead.")
@login
@click.option(
    "--evidence/--no-evidence",
    default=None,
    help="With statements and documents as nodes. (default: as the server has it)",
)
@click.option("--dry-run", is_flag=True, help="Count what would be sent; change nothing.")
@as_json
@shared
def publish(
    uri: str | None,
    files: str | None,
    user: str,
    password: str,
    database: str | None,
    evidence: bool | None,
    dry_run: bool,
    as_json: bool,
    folder: Path,
    lang: str,
) -> None:
    """Bring a Neo4j database to the state of the store.

    Only what differs is sent, what has gone is removed, and what others keep there is left alone.
    A publication that was cut off is completed by the next.

    \b
    kg publish bolt://localhost:7687 --user neo4j
    kg query policy/direct-implementers --graph bolt://localhost:7687
    kg publish --files graph-files      for a first publication of millions
    """
    if (uri is None) == (files is None):
        raise click.UsageError("want the URI of a server, or --files DIR")
    if files is not None:
        if dry_run:
            raise click.UsageError("--dry-run compares with a server; files are always whole")
        _write_files(folder, Path(files), bool(evidence), as_json)
        return
    with opened(folder) as store, counted("publish") as progress:
        sent = store.publish(
            str(uri),
            user=user,
            password=password_of(user, password),
            database=database,
            evidence=evidence,
            dry_run=dry_run,
            progress=progress,
        )
        version = str(store.version)
    said = {**asdict(sent), "version": version}
    if as_json:
        click.echo(json.dumps(said))
        return
    counts = ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in asdict(sent).items())
    click.echo(f"{counts}; {'nothing sent' if dry_run else f'now {version}'}")


def _write_files(folder: Path, files: Path, evidence: bool, as_json: bool) -> None:
    from kg.graph.neo4j.files import COMMAND

    with opened(folder) as store, counted("publish") as progress:
        count = store.publish_files(files, evidence=evidence, progress=progress)
        version = str(store.version)
    if as_json:
        said = {"things": count, "version": version, "folder": str(files), "command": COMMAND}
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    click.echo(f"{count} nodes and relationships of {version} in {files}")
    click.echo(
        "Import them in that folder, while the server is stopped (it replaces the database):"
    )
    click.echo(f"  {COMMAND}")
    click.echo("Then start the server and run 'kg publish URI', which makes the indexes.")


@contextmanager
def asked_server(
    store: "Store", uri: str, user: str, password: str, database: str | None
) -> Iterator["Server"]:
    """A server to ask, with a warning where it is behind the store or does not keep limits."""
    from kg.graph.neo4j.publish import published
    from kg.graph.neo4j.server import Address, Server

    with Server(Address(uri, user, password_of(user, password), database)) as server:
        there, here = published(server).version, str(store.version)
        if there != here:
            what = f"shows {there}" if there else "shows no whole version"
            say(f"kg: {uri} {what}, the store is at {here}: run 'kg publish {uri}'")
        if not server.is_neo4j:
            limits = "keeps no time limit, and a query that changes its schema is not undone"
            say(f"kg: {uri} ({server.agent}) {limits}")
        yield server
