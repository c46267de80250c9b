"""`kg query` and `kg cypher`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import listing, opened, pairs, put, say, shared
from kg.cli.publishing import asked_server, login
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.answer import Answer
    from kg.api import KnowledgeGraph
    from kg.graph import Graph, Rows, Value
    from kg.saved import Question


def _format(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    choice = click.Choice(names)
    return click.option("--format", "form", type=choice, default="table", show_default=True)


_OUT = click.option("-o", "--output", "out", metavar="FILE", help="Write to a file.")
_LIMIT = click.option("--limit", type=click.IntRange(1), default=10_000, show_default=True)
_TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=30.0,
    show_default=True,
    help="Seconds.",
)
_GRAPH = click.option("--graph", "uri", metavar="URI", help="Ask a server: bolt://HOST:PORT.")
_PARAMETER = click.option(
    "-p",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter; a name is as good as an id.",
)


@click.command()
@click.argument("slugs", nargs=-1, metavar="[QUESTION]...")
@_PARAMETER
@_format("table", "csv", "json", "md", "xlsx")
@_OUT
@click.option("--sources/--no-sources", default=True, help="With the statements cited.")
@click.option("--check", is_flag=True, help="Compare with the expected answers.")
@click.option("--sparql", is_flag=True, help="Ask the question's twin in SPARQL, of the RDF.")
@click.option("--json", "as_json", is_flag=True, help="Print the list of questions as JSON.")
@_LIMIT
@_TIMEOUT
@_GRAPH
@login
@shared
def query(
    slugs: tuple[str, ...],
    given: tuple[str, ...],
    form: str,
    out: str | None,
    sources: bool,
    check: bool,
    sparql: bool,
    as_json: bool,
    limit: int,
    timeout: float,
    uri: str | None,
    user: str,
    password: str,
    database: str | None,
    folder: Path,
    lang: str,
) -> None:
    """List the saved questions, or answer one with its sources.

    \b
    kg query policy/direct-implementers -p policy=数据二十条
    kg query policy/direct-implementers --sparql
    kg query --check
    """
    from kg import domain, saved

    if sparql and uri:
        raise click.UsageError("--sparql asks the store's own RDF, --graph a server: choose one")
    how = {"lang": lang, "limit": limit, "timeout": timeout}
    if check:
        with _asker(folder, sparql, uri, user, password, database) as ask:
            _check(ask, _checked(slugs, sparql), as_json)
        return
    if not slugs:
        _list(lang, as_json or form == "json")
        return
    if len(slugs) > 1:
        raise click.UsageError("one question at a time (several only with --check)")
    question = saved.question(domain.questions(), slugs[0])
    with _asker(folder, sparql, uri, user, password, database) as ask:
        answer = ask(question, pairs(given), **how)
    _print(answer, question, (form, out, sources), lang)


def _list(lang: str, as_json: bool) -> None:
    from kg import domain, saved

    rows = [
        {
            "question": one.slug,
            "text": one.zh if lang == "zh" else one.en,
            "parameters": ", ".join(f"{each.name}={each.default or ''}" for each in one.parameters),
        }
        for one in saved.questions(domain.questions())
    ]
    listing(rows, ("question", "text", "parameters"), as_json)


@contextmanager
def _asker(
    folder: Path, sparql: bool, uri: str | None, user: str, password: str, database: str | None
) -> "Iterator[Callable[..., Answer]]":
    """What answers a question: the store's own graph, a server's, or the store's RDF."""
    from kg.answer import ask, ask_twin

    with opened(folder) as store:
        if sparql:
            store.facts()
            yield partial(ask_twin, store, store.triples)
            return
        if uri is None:
            store.facts()
            yield partial(ask, store, store.graph)
            return
        with asked_server(store, uri, user, password, database) as (server, standing):
            store.facts()
            yield lambda question, given, **how: standing.told(
                ask(store, server, question, given, **how), str(how.get("lang", "zh"))
            )


@contextmanager
def _graph(
    store: "KnowledgeGraph", uri: str | None, user: str, password: str, database: str | None
) -> "Iterator[Graph]":
    """The store's own graph, or the one on a server."""
    if uri is None:
        store.facts()
        yield store.graph
        return
    with asked_server(store, uri, user, password, database) as (server, _):
        yield server


def _print(
    answer: "Answer", question: "Question", how: tuple[str, str | None, bool], lang: str
) -> None:
    from kg.cli.render import sources_csv
    from kg.cli.report import rendered

    form, out, sources = how
    if form == "xlsx":
        from kg.cli.report import workbook

        _file(out)
        put(workbook(answer, question, lang, sources), out)
        return
    put(rendered(answer, question, form, lang, sources), out)
    if form == "csv":
        for note in answer.notes:
            say(note)
        if sources and out not in (None, "-"):
            path = Path(str(out))
            put(sources_csv(answer), str(path.with_suffix(".sources.csv")))


def _file(out: str | None) -> None:
    """Refuse to print a workbook."""
    if out in (None, "-"):
        raise click.UsageError("a workbook goes to a file: -o NAME.xlsx")


def _checked(slugs: tuple[str, ...], sparql: bool) -> "list[Question]":
    """The questions named, else all; with `sparql` all that have a twin."""
    from kg import domain, saved

    where = domain.questions()
    named = [saved.question(where, slug) for slug in slugs]
    return named or [one for one in saved.questions(where) if not sparql or one.twin.is_file()]


def _check(ask: "Callable[..., Answer]", asked: "list[Question]", as_json: bool) -> None:
    """Each question's answer against the expected one; exit 1 where one differs."""
    from kg.lint import faults

    rows: list[dict[str, object]] = []
    for one in asked:
        wrong = [*faults(one), *_wrong(ask, one)]
        rows.append({"question": one.slug, "result": "differs" if wrong else "ok", "wrong": wrong})
    if as_json:
        listing(rows, ("question", "result", "wrong"), True)
    else:
        _print_check(rows)
    if any(row["result"] != "ok" for row in rows):
        raise click.exceptions.Exit(1)


def _wrong(ask: "Callable[..., Answer]", question: "Question") -> list[str]:
    """What an answer lacks; one that can't be given does not keep the others from being checked."""
    from kg.answer import check

    try:
        return check(question, ask(question, {}))
    except InputError as error:
        return [str(error)]


def _print_check(rows: list[dict[str, object]]) -> None:
    for row in rows:
        click.echo(f"{row['result']:8}{row['question']}")
        for line in row["wrong"] if isinstance(row["wrong"], list) else []:
            click.echo(f"        {line}")
    good = sum(row["result"] == "ok" for row in rows)
    click.echo(f"{good} of {len(rows)} answers are as expected")


@click.command()
@click.argument("text", metavar="TEXT|FILE|-")
@_PARAMETER
@_format("table", "csv", "json", "md", "xlsx")
@_OUT
@_LIMIT
@_TIMEOUT
@_GRAPH
@login
@shared
def cypher(
    text: str,
    given: tuple[str, ...],
    form: str,
    out: str | None,
    limit: int,
    timeout: float,
    uri: str | None,
    user: str,
    password: str,
    database: str | None,
    folder: Path,
    lang: str,
) -> None:
    """Run any reading Cypher: TEXT, a FILE of it, or - for standard input.

    A parameter is read as JSON where it is JSON: -p n=10 is a number, -p n='"10"' a text.
    """
    if form == "xlsx":
        _file(out)
    asked = sys.stdin.read() if text == "-" else _from_file(text)
    with opened(folder) as store, _graph(store, uri, user, password, database) as graph:
        found = graph.ask(asked, _typed(pairs(given)), limit=limit, timeout=timeout)
    put(_rows(found, form, lang), out)
    if found.cut:
        say(f"only the first {limit} rows are listed; there are more (--limit)")


def _rows(found: "Rows", form: str, lang: str) -> str | bytes:
    """The rows of any Cypher in one of the formats; they cite nothing."""
    from kg.cli import render, report

    if form == "xlsx":
        return report.rows_workbook(found, lang)
    if form == "md":
        return report.rows_markdown(found)
    return render.rendered_rows(found, form)


def _typed(given: dict[str, str]) -> "dict[str, Value]":
    """Parameters of free Cypher: JSON where it is (10, true, null, ["a"], "10"), else text."""
    import json

    typed: dict[str, Value] = {}
    for name, text in given.items():
        try:
            typed[name] = json.loads(text)
        except ValueError:
            typed[name] = text
    return typed


def _from_file(text: str) -> str:
    if "\n" not in text and len(text) < 250 and Path(text).is_file():
        return Path(text).read_text(encoding="utf-8")
    return text
