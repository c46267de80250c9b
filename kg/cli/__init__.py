"""The command line: each command parses, calls one function, prints."""

import importlib
import os
import sys
from collections.abc import Sequence

import click

from kg.errors import AmbiguousName, KgError

_COMMANDS = {
    "load": "loading",
    "documents": "loading",
    "drop": "loading",
    "log": "loading",
    "query": "asking",
    "cypher": "asking",
    "show": "looking",
    "find": "looking",
    "review": "reviewing",
    "conflicts": "comparing",
    "coverage": "covering",
    "export": "writing",
    "validate": "validating",
    "publish": "publishing",
    "measure": "measuring",
    "diff": "loading",
    "new": "drafting",
    "ontology": "modelling",
    "doctor": "checking",
}
_HELP = {
    "load": "Load files or folders; without any, the shipped sources.",
    "documents": "List what was loaded, when, and how much.",
    "drop": "Take one document out of the store.",
    "log": "List the versions: when, what, how much.",
    "query": "List the saved questions, or answer one with its sources.",
    "cypher": "Run any reading Cypher.",
    "show": "Show all that is known of one thing, and who says so.",
    "find": "Find things by any name, old or new, in either script.",
    "review": "List what waits for a person; decide it; take a decision back.",
    "conflicts": "List values that can't both be true, and why one is preferred.",
    "coverage": "Say how much is known: of stated numbers, and per place and field.",
    "export": "Write the store as RDF, JSON Lines, GraphML or GEXF.",
    "validate": "Check the store, or a file of RDF, against the shapes of the model.",
    "publish": "Bring a Neo4j database to the state of the store.",
    "measure": "Measure the graph: parts, central things, ways.",
    "diff": "Say what changed between two versions.",
    "new": "Begin a new kind of table from the headings of a file.",
    "ontology": "Print the model: classes, fields, codes.",
    "doctor": "Say what is installed, which store, and what is wrong.",
}


class _Commands(click.Group):
    """Commands whose modules are imported when they are run, so that help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = getattr(importlib.import_module(f"kg.cli.{module}"), cmd_name)
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; click itself would call it a fault that the reader of a pipe has gone."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            return _stopped()
        except BrokenPipeError:
            return _quiet_end()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_HELP.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with 'kg load', then 'kg query'. Exit: 0 done, 1 failed, 2 usage, 3 no store.",
)
@click.option("--store", metavar="DIR", help="The store's folder (or KG_STORE; default .kg).")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of texts (by locale).")
@click.version_option(package_name="kg-data-elements", prog_name="kg")
@click.pass_context
def group(ctx: click.Context, store: str | None, lang: str | None) -> None:
    """Questions to China's data-element policy (数据要素), answered with their sources."""
    ctx.obj = {"store": store, "lang": lang}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end with its exit code."""
    try:
        ended = group.main(arguments, prog_name="kg", standalone_mode=False)
        code = ended if isinstance(ended, int) else 0
    except click.ClickException as error:
        code = _misused(error)
    except (KeyboardInterrupt, click.Abort):
        code = _stopped()
    except KgError as error:
        code = _said(error)
    except Exception as error:
        code = _unforeseen(error)
    sys.exit(code)


def _misused(error: click.ClickException) -> int:
    """A wrong call, in one line; a bare `kg` asks for help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    what = " ".join(error.format_message().split()).removesuffix(".")
    asked = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "kg"
    click.echo(f"kg: {what} (see '{asked} --help')", err=True)
    return error.exit_code


def _unforeseen(error: Exception) -> int:
    """A fault of ours, in one line; DuckDB makes such a thing of Ctrl-C, too."""
    if "interrupted" in str(error).lower():
        return _stopped()
    if os.environ.get("KG_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.strerror:
        where = f": {error.filename}" if error.filename else ""
        click.echo(f"kg: {error.strerror}{where}", err=True)
        return 1
    if isinstance(error, UnicodeEncodeError) and error.encoding == "utf-8":
        click.echo("kg: text that was given is not UTF-8", err=True)
        return 1
    what = " ".join(str(error).split())
    click.echo(f"kg: {type(error).__name__}: {what} (KG_DEBUG=1 shows where)", err=True)
    return 1


def _stopped() -> int:
    click.echo("kg: stopped; the store is as it was before", err=True)
    return 130


def _said(error: KgError) -> int:
    click.echo(f"kg: {error}", err=True)
    if isinstance(error, AmbiguousName):
        for key, name in error.candidates:
            click.echo(f"  {key}  {name}", err=True)
    return error.exit_code


def _quiet_end() -> int:
    """The reader of our output has gone, as `kg … | head` does: nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
