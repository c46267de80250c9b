"""The store's own file of judgements: plain CSV that people keep, review and edit by hand."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.folders import whole_file
from kg.judgement import OWN_FILE
from kg.statement import Judgement, Problem, Record, digest, is_id
from kg.text import read_utf8
from kg.when import When

COLUMNS = ("id", "verdict", "a", "b", "by", "when", "why")
VERDICTS = ("same", "different", "accept", "reject")


def read_own(path: Path) -> Iterator[Record]:
    """The judgements of a file, with a problem for each row that is none."""
    with read_utf8(path) as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS[1:4] if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"{path.name}, row 1: no heading {missing[0]} (want {','.join(COLUMNS)})"
            )
        for number, row in enumerate(reader, start=2):
            yield _judgement(
                number, {key: (cell or "").strip() for key, cell in row.items() if key}
            )


def judgement_id(verdict: str, a: str, b: str) -> str:
    """The id of a judgement that has none of its own: what is decided about what."""
    return "judgement:" + digest(verdict, a, b, length=12)


def _is_day(text: str) -> bool:
    try:
        return bool(When.parse(text[:10]))
    except ValueError:
        return False


def _judgement(number: int, row: dict[str, str]) -> Judgement | Problem:
    place, verdict = f"row {number}", row["verdict"]
    if verdict not in VERDICTS:
        remedy = f"want one of {', '.join(VERDICTS)}"
        return Problem(OWN_FILE, place, "verdict", verdict, f"unknown verdict {verdict!r}", remedy)
    if not row["a"] or (verdict in ("same", "different") and not row["b"]):
        return Problem(OWN_FILE, place, "a", row["a"], f"{verdict} says of what?", "fill a and b")
    claims = verdict in ("accept", "reject")
    for name in ("a",) if claims else ("a", "b"):
        if row[name].startswith("statement:") != claims or not is_id(row[name]):
            problem = f"{row[name]!r} can't be judged {verdict}"
            remedy = f"want {'the id of a statement' if claims else 'an id like policy:p20'}"
            return Problem(OWN_FILE, place, name, row[name], problem, remedy)
    if row.get("when") and not _is_day(row["when"]):
        problem, remedy = f"not a date: {row['when']!r}", "want 2024-01-05"
        return Problem(OWN_FILE, place, "when", row["when"], problem, remedy)
    key = row.get("id") or judgement_id(verdict, row["a"], row["b"])
    by, when, why = (row.get(name, "") for name in ("by", "when", "why"))
    return Judgement(key, verdict, row["a"], row["b"], by, when, why, OWN_FILE, place)


def write_own(path: Path, judgements: Sequence[Judgement]) -> None:
    """A new file with these judgements."""
    with whole_file(path) as made:
        lines = [_line(COLUMNS, "\n"), *(_line(_cells(one, COLUMNS), "\n") for one in judgements)]
        made.write_text("".join(lines), encoding="utf-8", newline="")


def append(path: Path, one: Judgement) -> None:
    """Add a row below the others, in the columns and with the line ends that the file has."""
    text = path.read_bytes().decode("utf-8-sig")
    first = next(iter(io.StringIO(text, newline="")), "")
    end = "\r\n" if first.endswith("\r\n") else "\n"
    row = _line(_cells(one, next(csv.reader([first]))), end)
    if not text.endswith(("\n", "\r")):
        row = end + row.removesuffix(end)
    with path.open("ab") as file:
        file.write(row.encode())


def remove(path: Path, key: str) -> None:
    """Take the rows of a judgement out; every other byte stays as it is."""
    text = path.read_bytes().decode("utf-8")
    lines = list(io.StringIO(text, newline=""))
    kept, taken = "".join(lines[: _first(lines)]), False
    for row, its_lines in _rows(lines):
        found = _judgement(0, row) if row else None
        if isinstance(found, Judgement) and found.id == key:
            taken = True
        else:
            kept += "".join(its_lines)
    if taken and not text.endswith(("\n", "\r")):
        kept = kept.removesuffix("\n").removesuffix("\r")
    with whole_file(path) as made:
        made.write_text(kept, encoding="utf-8", newline="")


def _first(lines: Sequence[str]) -> int:
    """How many lines the headings take."""
    reader = csv.reader(lines)
    next(reader, None)
    return reader.line_num


def _rows(lines: Sequence[str]) -> Iterator[tuple[dict[str, str], Sequence[str]]]:
    """Each row below the headings, with the lines of text that it stands on."""
    reader = csv.reader(lines)
    header = [name.removeprefix("\ufeff") for name in next(reader, [])]
    start = reader.line_num
    for cells in reader:
        cells = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
        row = dict(zip(header, cells, strict=False)) if any(cells) else {}
        yield row, lines[start : reader.line_num]
        start = reader.line_num


def _cells(one: Judgement, columns: Sequence[str]) -> list[str]:
    said = {name: str(getattr(one, name)) for name in COLUMNS}
    return [said.get(name, "") for name in columns]


def _line(cells: Sequence[str], end: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerow(cells)
    return out.getvalue()
