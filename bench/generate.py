"""Made-up statements and rows of the shape of real ones, the same for the same seed.

A tenth as many policies as statements; each has a name, a kind, dates, a number and a note,
implements earlier policies and applies to provinces. Documents hold 10,000 statements, from 200
sources.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from kg.statement import Statement, statement_id

PER_DOCUMENT = 10_000
_NO_BOUNDS = (None, None, None, None)


def documents(count: int) -> list[str]:
    """The names of the documents that hold so many statements."""
    return [f"made/{number}.csv" for number in range(-(-count // PER_DOCUMENT))]


def statements(count: int, seed: int = 7) -> Iterator[Statement]:
    """So many statements."""
    random = Random(seed)
    things = max(count // 10, 1)
    for number in range(count):
        yield _statement(number, number % things, number // things, random)


def table(path: Path, count: int, seed: int = 7) -> Path:
    """A CSV file of so many policies, as an office would send it, each row another."""
    random = Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("标题", "文号", "成文日期", "适用地区", "来源", "来源日期"))
        for number in range(count):
            day = f"{number % 12 + 1}月{number % 28 + 1}日"
            place = ("北京", "天津市", "河北", "山西省", "内蒙古")[random.randrange(5)]
            address = f"https://example.org/{random.randrange(200)}"
            title, mark = f"数据要素政策文件第{number}号", f"国数【2023】{number}号"
            rows.writerow((title, mark, f"2023年{day}", place, address, "2024-01-31"))
    return path


def _statement(number: int, thing: int, field: int, random: Random) -> Statement:
    prop, kind, value = _claim(field, thing, random)
    document, source = f"made/{number // PER_DOCUMENT}.csv", f"source:s{random.randrange(200)}"
    subject, lang = f"policy:e{thing}", "zh" if prop == "name" else ""
    key = statement_id(document, source, subject, prop, value, lang, _NO_BOUNDS)
    return Statement(
        key, "Policy", subject, subject, prop, value, value, kind, lang, *_NO_BOUNDS,
        document, f"row {number % PER_DOCUMENT + 2}, {prop}", 1, None, source, "", "stated", 1.0,
        "made", "1",
    )  # fmt: skip


def _claim(field: int, thing: int, random: Random) -> tuple[str, str, str]:
    """A property, its kind and a value; policies implement only earlier ones."""
    if field == 0:
        return "name", "text", f"数据要素政策文件第{thing}号"
    if field == 1:
        return "kind", "code", "plan"
    if field == 2:
        return "dated", "date", f"2023-{thing % 12 + 1:02}-{thing % 28 + 1:02}"
    if field == 3:
        return "note", "text", f"说明文字{random.randrange(10**6)}"
    if field == 4:
        return "number", "text", f"国数〔2023〕{thing}号"
    if field == 5:
        return "published", "date", f"2023-{thing % 12 + 1:02}"
    if field < 8:
        return "implements", "link", f"policy:e{random.randrange(max(thing, 1))}"
    return "applies_to", "link", f"province:{11 + random.randrange(5)}"
