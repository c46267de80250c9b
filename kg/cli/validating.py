"""`kg validate`."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import as_json, counted, opened, put, say, shared
from kg.text import table

if TYPE_CHECKING:
    from kg.validate import Fault, Validation

_COLUMNS = {
    "zh": ("文件", "位置", "事物", "字段", "值", "问题"),
    "en": ("document", "place", "thing", "field", "value", "problem"),
}
_WORDS = {
    "zh": {
        "some": "只核对了最近一次载入改动的文件：{}（--all 核对全部）",
        "all": "核对了全部数据",
        "none": "其中没有本模型各类的事物",
        "counts": "核对 {} 个事物，{} 处不符",
    },
    "en": {
        "some": "only what the last load changed was looked at: {} (--all takes everything)",
        "all": "everything was looked at",
        "none": "there is no thing of the model's classes in it",
        "counts": "{} things looked at, {} faults",
    },
}


@click.command()
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="All of the store, not what changed last.")
@click.option("--format", "form", type=click.Choice(["text", "shacl"]), default="text")
@click.option("-o", "--output", "out", metavar="FILE", help="Write to a file.")
@as_json
@shared
def validate(
    file: Path | None,
    everything: bool,
    form: str,
    out: str | None,
    as_json: bool,
    folder: Path,
    lang: str,
) -> None:
    """Check the store, or a FILE of RDF, against the shapes of the model.

    Of the store: what the documents say that the last load changed, or with --all everything.
    Exit 1 where something is not as the shapes want.
    """
    found = _found(file, folder, everything, lang)
    put(_written(found, "json" if as_json else form, lang), out)
    if found.faults:
        raise click.exceptions.Exit(1)


def _found(file: Path | None, folder: Path, everything: bool, lang: str) -> "Validation":
    """What is wrong; on stderr, what was looked at."""
    from kg.validate import validate_file, validate_store

    words = _WORDS[lang]
    if file:
        found = validate_file(file)
    else:
        with opened(folder) as store, counted("validate") as progress:
            found = validate_store(store, everything=everything, progress=progress)
        some = ", ".join(found.documents)
        say(f"kg: {words['some'].format(some) if some else words['all']}")
    if not found.things:
        say(f"kg: {words['none']}")
    return found


def _written(found: "Validation", form: str, lang: str) -> str:
    if form == "shacl":
        from kg.schemas.report import report

        return report(found.faults)
    names = _COLUMNS["en"]
    rows = list(dict.fromkeys(_row(one, lang) for one in found.faults))
    if form == "json":
        said = [dict(zip(names, row, strict=True)) for row in rows]
        return json.dumps(said, ensure_ascii=False, indent=1)
    shown = table(_COLUMNS[lang], rows, most=160) + "\n" if rows else ""
    return shown + _WORDS[lang]["counts"].format(found.things, len(rows))


def _row(fault: "Fault", lang: str) -> tuple[str, ...]:
    documents, places = (_few(one[n] for one in fault.places) for n in (0, 1))
    said = fault.zh if lang == "zh" else fault.en
    return documents, places, fault.thing, fault.field, fault.value, said


def _few(names: Iterable[str]) -> str:
    """The first three of some names."""
    found = list(dict.fromkeys(names))
    return "; ".join([*found[:3], *(["…"] if found[3:] else [])])
