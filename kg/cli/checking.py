"""`kg doctor`."""

import json
from importlib.metadata import version as installed
from pathlib import Path

import click

from kg.cli.common import as_json, opened, shared
from kg.errors import KgError

_PACKAGES = (
    "kg-data-elements",
    "duckdb",
    "deltalake",
    "arcadedb-embedded",
    "pyoxigraph",
    "pyshacl",
    "rdflib",
    "neo4j",
)


@click.command()
@as_json
@shared
def doctor(as_json: bool, folder: Path, lang: str) -> None:
    """Say what is installed, which store and graph there are, and what is wrong."""
    found = {**_environment(), "store": _store(folder)}
    wrong = found["store"].get("wrong") if isinstance(found["store"], dict) else None
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(found)
    if wrong:
        raise click.exceptions.Exit(1)


def _environment() -> dict[str, object]:
    import platform

    from kg import domain
    from kg.graph import jvm

    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        **{name: installed(name) for name in _PACKAGES},
        "sources": str(domain.sources()),
        "questions": str(domain.questions()),
        "start-up cache": str(jvm.cache_file()) if jvm.cache_file().is_file() else "not there yet",
    }


def _store(folder: Path) -> dict[str, object]:
    try:
        with opened(folder) as store:
            if not store.exists():
                return {"folder": str(folder), "there": False}
            documents = store.documents()
            return {
                "folder": str(folder),
                "there": True,
                "version": str(store.version),
                "documents": len(documents),
                "statements": sum(one.statements for one in documents),
                "problems": sum(one.problems for one in documents),
                "megabytes": round(_size(folder) / 1e6, 1),
                "facts": store.facts_file.is_file(),
                "register changed since": any(
                    one.register not in ("", store.register_hash) for one in documents
                ),
            }
    except KgError as error:
        return {"folder": str(folder), "wrong": str(error)}


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _print(found: dict[str, object]) -> None:
    for name, value in found.items():
        if isinstance(value, dict):
            click.echo(name)
            for key, one in value.items():
                click.echo(f"  {key:<24}{one}")
        else:
            click.echo(f"{name:<26}{value}")
