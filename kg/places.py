"""Places in documents, as statements name them, and their standard forms."""

import json
import re
from pathlib import PurePosixPath
from typing import NamedTuple

CSV, JSON = "http://tools.ietf.org/rfc/rfc7111", "http://tools.ietf.org/rfc/rfc6901"
_ROW = re.compile(r"row ([1-9][0-9]*)(?:, (.+))?", re.DOTALL)
_NAME = r"(?![0-9]+(?:[.,\[]|\Z))[^\s.,\[\]\"/~%<>\\^`{|}#]+"
_STEP = rf"{_NAME}(?:\[[1-9][0-9]*\])*"
_PATH = re.compile(rf"((?:\[[1-9][0-9]*\])*(?:{_STEP}(?:\.{_STEP})*)?)(?:, (.+))?", re.DOTALL)
_INDEX = re.compile(r"\[([0-9]+)\]")


def step(name: str) -> str:
    """The name of a member of an object in JSON, as it stands in a place; quoted where it is odd.

    >>> step("数据"), step("U.S."), step("7")
    ('数据', '"U.S."', '"7"')
    """
    return name if re.fullmatch(_NAME, name) else json.dumps(name, ensure_ascii=False)


class Fragment(NamedTuple):
    """A part of a document by a standard, and what in that part is meant."""

    standard: str
    value: str
    within: str


def fragment(document: str, place: str) -> Fragment | None:
    """The standard form of a place; None where it has none.

    >>> fragment("a.csv", "row 78, name_zh")
    Fragment(standard='http://tools.ietf.org/rfc/rfc7111', value='row=78', within='name_zh')
    >>> fragment("a.json", "数据.上海.政策[1], 标题")[1:]
    ('/数据/上海/政策/0', '标题')
    """
    suffix = PurePosixPath(document).suffix.lower()
    if suffix == ".csv" and (row := _ROW.fullmatch(place)):
        return Fragment(CSV, f"row={row[1]}", row[2] or "")
    if suffix == ".json" and (path := _PATH.fullmatch(place)) and path[1]:
        return Fragment(JSON, _pointer(path[1]), path[2] or "")
    return None


def _pointer(path: str) -> str:
    """A JSON pointer, which counts the members of a list from 0."""
    steps = _INDEX.sub(lambda index: f".{int(index[1]) - 1}", path).split(".")
    return "".join(f"/{step}" for step in steps if step)


def place_of(standard: str, value: str, within: str) -> str:
    """The place that a standard form was made of, read the other way.

    >>> place_of(CSV, "row=78", "name_zh"), place_of(JSON, "/数据/上海/政策/0", "标题")
    ('row 78, name_zh', '数据.上海.政策[1], 标题')
    >>> place_of("", "sheet 政策, row 3, 文号", "")
    'sheet 政策, row 3, 文号'
    """
    if standard == CSV:
        value = value.replace("row=", "row ", 1)
    elif standard == JSON:
        value = re.sub(r"/([0-9]+)(?=/|\Z)", lambda step: f"[{int(step[1]) + 1}]", value)
        value = value.replace("/", ".").removeprefix(".")
    return ", ".join(filter(None, (value, within)))
