"""Loads made rows by the public way and finds the key that each name became."""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import kg
from bench.mess import Row, rows, write
from bench.mess.known import things
from bench.mess.said import Said
from bench.mess.tables import HEADINGS
from bench.pairs import Mention

Statement = dict[str, Any]


class Read(NamedTuple):
    """The names of a seed with their keys; and of its dates how many were read right."""

    mentions: list[Mention]
    dates: int
    right: int


def read(seed: int, count: int) -> Read:
    """Load the rows of a seed with the shipped register and no other document."""
    return read_rows(list(rows(seed, count)), seed)


def read_rows(made: list[Row], group: object) -> Read:
    """Load some rows; the names of a group are scored together."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, made)
        by_address = sourced(statements(folder, folder / "tables"))
    mentions = [one for row in made for one in _mentions(row, by_address[row.address])]
    dated = [row for row in made if "date" in row.cells and "date" in HEADINGS[row.table]]
    right = sum(_date(row, by_address[row.address]) == row.date for row in dated)
    return Read(mentions + list(anchors(group)), len(dated), right)


def anchors(group: object) -> Iterator[Mention]:
    """Every thing of the facts tables by its id, so that each name is compared with it."""
    return (Mention(one.id, one.id, one.class_name, one.id, (), group) for one in things().values())


def statements(folder: Path, *paths: Path) -> list[Statement]:
    """What a new store in a folder says after loading these."""
    with kg.open(folder / ".kg") as store:
        report = store.load(*paths)
        if report.failed or report.unread:
            raise ValueError(f"not read: {report.failed} {report.unread}")
        store.export("jsonl", folder / "all.jsonl")
    with (folder / "all.jsonl").open(encoding="utf-8") as file:
        return [one for one in map(json.loads, file) if one["type"] == "statement"]


def sourced(said: list[Statement]) -> dict[str, list[Statement]]:
    """Statements by the address of their source."""
    addresses = {
        one["subject_key"]: one["value"]
        for one in said
        if one["class"] == "Source" and one["property"] == "url"
    }
    found: dict[str, list[Statement]] = defaultdict(list)
    for one in said:
        found[addresses.get(one["source"], "")].append(one)
    return found


def _mentions(row: Row, said: list[Statement]) -> Iterator[Mention]:
    for role, names in row.said.items():
        heading = HEADINGS[row.table][role]
        here = [one for one in said if heading in one["place"].partition(", ")[2].split(", ")]
        keys = _subject(here) if role == "name" else _linked(here, names)
        for one, key in zip(names, keys, strict=True):
            yield Mention(one.truth, key, one.class_name, one.text, one.forms, row.seed)


def _subject(here: list[Statement]) -> list[str]:
    keys = {one["subject_key"] for one in here if one["property"] in ("name", "alias")}
    return [keys.pop() if len(keys) == 1 else ""]


def _linked(here: list[Statement], names: tuple[Said, ...]) -> list[str]:
    """The key of each name of a list: by their order where the list kept it, else by the text."""
    links = sorted(
        (one for one in here if one["kind"] == "link"), key=lambda one: one["position"] or 0
    )
    if len(links) == len(names) and (len(names) == 1 or all(one["position"] for one in links)):
        return [str(one["value_key"]) for one in links]
    texts = {str(one["original"]).strip(): str(one["value_key"]) for one in links}
    return [texts.get(one.text.strip(), "") for one in names]


def _date(row: Row, said: list[Statement]) -> str:
    heading = HEADINGS[row.table]["date"]
    return next(
        (
            str(one["value_key"])
            for one in said
            if one["kind"] == "date" and one["place"].endswith(f", {heading}")
        ),
        "",
    )
