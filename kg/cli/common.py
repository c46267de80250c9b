"""What the commands share: the store and language options, and ways to print."""

import csv
import json
import locale
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph

Command = TypeVar("Command", bound=Callable[..., Any])


def shared(command: Command) -> Command:
    """Give a command `--store` and `--lang`, which may stand before or after it.

    The command gets `folder` and `lang`.
    """

    @wraps(command)
    def run(*args: Any, store: str | None, lang: str | None, **options: Any) -> Any:
        before = click.get_current_context().find_object(dict) or {}
        folder = store or before.get("store") or os.environ.get("KG_STORE") or ".kg"
        language = lang or before.get("lang") or _by_locale()
        return command(*args, folder=Path(folder), lang=language, **options)

    choice = click.Choice(["zh", "en"])
    run = click.option("--lang", type=choice, help="Language of texts (default: by locale).")(run)
    run = click.option("--store", metavar="DIR", help="The store's folder (default .kg).")(run)
    return run  # type: ignore[return-value]


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _by_locale() -> str:
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    found = next((name for name in named if name), None) or locale.getlocale()[0] or ""
    return "zh" if found.lower().startswith(("zh", "chinese")) else "en"


def opened(folder: Path) -> "KnowledgeGraph":
    """The store in a folder."""
    import kg

    return kg.open(folder)


def listing(rows: Sequence[Mapping[str, object]], columns: Sequence[str], as_json: bool) -> None:
    """Print rows as a table that lines up, or as a JSON array of objects."""
    from kg.text import table

    if as_json:
        click.echo(
            json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1, default=str)
        )
        return
    shown = [["" if row[name] is None else str(row[name]) for name in columns] for row in rows]
    click.echo(table(columns, shown))


def say(text: str) -> None:
    """Anything that is no result goes to stderr."""
    click.echo(text, err=True)


def csv_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV, with line feeds."""
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def put(text: str | bytes, out: str | None) -> None:
    """Print a result, or write it to a file, which appears only when it is complete."""
    if isinstance(text, str) and out in (None, "-"):
        click.echo(text, nl=not text.endswith("\n"))
        return
    from kg.folders import whole_file

    try:
        with whole_file(Path(str(out))) as made:
            if isinstance(text, str):
                text = (text if text.endswith("\n") else text + "\n").encode()
            made.write_bytes(text)
    except OSError as error:
        raise InputError(f"{out}: can't be written: {error.strerror}") from None


def pairs(given: Sequence[str]) -> dict[str, str]:
    """`-p NAME=VALUE` options as a mapping."""
    found = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise click.UsageError(f"-p wants NAME=VALUE, not {one!r}")
        found[name.strip()] = value
    return found


@contextmanager
def counted(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, where a person watches, which is told how many more are done, and of all."""
    if not interactive():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def step(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done)

        yield step


def interactive() -> bool:
    """Whether a person watches, so that progress is worth showing."""
    return sys.stderr is not None and sys.stderr.isatty()
