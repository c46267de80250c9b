"""Hard names written by hand, by somebody who saw the register and no rule: `unforeseen.csv`.

Made mess has the forms that its generator knows; these have others. What a name means is what any
careful reader would say: a registered id, `new:…` for a thing that the register lacks, `open` where
he would have to ask.
"""

import csv
from pathlib import Path

from bench.mess.rows import Row
from bench.mess.said import Said


def unforeseen() -> list[Row]:
    """The names as rows of tables, one each."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return [_row(number, line) for number, line in enumerate(csv.DictReader(file))]


def _row(number: int, line: dict[str, str]) -> Row:
    truth = f"ambiguous:{number}" if line["truth"] == "open" else line["truth"]
    made = Row(0, number, line["class"], f"{line['class']}-0", date=line["date"])
    made.put("name", Said(line["name"], truth, line["class"], line["name"], "", (line["form"],)))
    made.cells |= {"place": line["place"], "date": line["date"]}
    return made
