"""Workbooks: each visible sheet a table; merged cells are filled, dates become text."""

import re
import warnings
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from kg import domain
from kg.errors import InputError
from loaders import kind
from loaders.headings import Headings
from loaders.table import Cells, Table, headed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIXES = (".xlsx", ".xlsm")
_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_MONTH = re.compile(r"[12][0-9]{3}\.1")
_FIXED = re.compile(r'(?:#,##)?0(\.0+)?(?:_ )?(?:"([^"]+)")?')
# What zipfile, zlib, the XML parser and openpyxl raise on bytes that they did not expect.
_DAMAGED = (
    AttributeError, BadZipFile, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, zlib.error,
)  # fmt: skip


def read_workbook(path: Path, known: Headings) -> list[Table]:
    """The tables of a workbook's visible sheets; InputError where it can't be opened."""
    found = []
    book, formulas = _opened(path)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows = _rows(sheet, formulas[sheet.title] if formulas else None)
        table = headed(path, partial(iter, rows), known, sheet.title)
        if table is not None:
            _widen_months(rows, table)
            found.append(table)
    if not found:
        raise InputError(f"{path.name}: no sheet with headings")
    return found


def _opened(path: Path) -> tuple[Any, Any]:
    """A workbook as it was last shown, and with its formulas where it may have some."""
    import openpyxl

    with path.open("rb") as file:
        if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise InputError(f"{path.name}: encrypted, or an old .xls: save it as .xlsx, unlocked")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shown = openpyxl.load_workbook(path, data_only=True)
            return shown, openpyxl.load_workbook(path) if _has_formulas(path) else None
    except _DAMAGED as error:
        raise InputError(f"{path.name}: not a workbook, or a damaged one: {error}") from None


def _has_formulas(path: Path) -> bool:
    with ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in parts.read(name) for name in sheets)


def _rows(sheet: "Worksheet", formulas: "Worksheet | None") -> list[Cells]:
    """All rows as text; a cell merged downwards is repeated in its first column, not across.

    Formulas stand for themselves where no program has worked out any of them.
    """
    values = [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
    found = [
        (row, column, _formula(cell.value))
        for row, cells in enumerate(formulas or ())
        for column, cell in enumerate(cells)
        if cell.data_type == "f"
    ]
    if not any(values[row][column] for row, column, _ in found):
        for row, column, text in found:
            values[row][column] = text
    for merged in sheet.merged_cells.ranges:
        first = merged.min_col - 1
        for row in range(merged.min_row, merged.max_row):
            values[row][first] = values[merged.min_row - 1][first]
    return [(f"sheet {sheet.title}, row {n}", cells) for n, cells in enumerate(values, start=1)]


class _Number(str):
    """The text of a cell that holds a number."""


def _widen_months(rows: Sequence[Cells], table: Table) -> None:
    """Give a date that is the number 2024.1 both its bounds: 2024.10, once typed, is no other."""
    dates = [table.columns[one] for one in _dates().among(table.columns)]
    for _, cells in rows:
        for at in dates:
            cell = cells[at]
            if isinstance(cell, _Number) and isinstance(cells, list) and _MONTH.fullmatch(cell):
                cells[at] = f"{cell[:4]}-01/{cell[:4]}-10"


def _dates() -> Headings:
    """Every heading of a date, in any kind of table."""
    classes = domain.model().classes
    own = (
        heading
        for one in kind.kinds()
        for rule in one.field
        if not rule.inverse and classes[one.class_name].properties[rule.property].kind == "date"
        for heading in rule.columns()
    )
    return Headings((*own, *kind.common().roles.page, *kind.relations().date))


def _shown(cell: Any) -> str:
    """A cell as a reader of the sheet sees it: 0.15 formatted as a share is 15%."""
    value, shape = cell.value, str(cell.number_format)
    if isinstance(value, bool):
        return _text(value)
    if isinstance(value, int | float):
        return _Number(_number(value, shape))
    if isinstance(value, date):
        return _text(value)[: _precision(shape)]
    return _text(value)


def _number(value: int | float, shape: str) -> str:
    """A number with the unit of its format, and no fewer decimals than that shows."""
    if shape.endswith("%"):
        return f"{round(value * 100, 10):.15g}%"
    text, match = _text(value), _FIXED.fullmatch(shape)
    if match is None:
        return text
    whole, _, decimals = text.partition(".")
    decimals = decimals.ljust(len(match[1] or "."[1:]) - bool(match[1]), "0")
    return f"{whole}.{decimals}{match[2] or ''}" if decimals else whole + (match[2] or "")


def _precision(shape: str) -> int | None:
    """How many signs of a day its format shows: a year, a month, or all."""
    signs = _ASIDE.sub("", shape).lower()
    if "y" not in signs or "d" in signs:
        return None
    return 7 if "m" in signs else 4


def _formula(value: object) -> str:
    """The text of a formula; one that fills several cells is an object."""
    return str(getattr(value, "text", None) or value)


def _text(value: object) -> str:
    """A cell as a person would have typed it; midnight is no time of day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
