"""Options that all commands share, and help that loads no engine."""

import sys
from pathlib import Path

from tests.commands import run


def test_store_and_lang_may_stand_before_and_after_the_verb(loaded: Path, empty: Path) -> None:
    at = str(loaded / ".kg")
    question = ("query", "policy/issuers", "--no-sources")
    before = run("--store", at, "--lang", "zh", *question, cwd=empty)
    after = run(*question, "--store", at, "--lang", "zh", cwd=empty)
    named = run(*question, cwd=empty, env={"KG_STORE": at, "LANG": "zh_CN.UTF-8"})
    assert before == after == named
    assert before.code == 0 and before.out.startswith("某一政策文件由哪些机构")


def test_what_stands_after_the_verb_counts_more(loaded: Path, empty: Path) -> None:
    at = str(loaded / ".kg")
    ended = run("--store", "x", "--lang", "zh", "query", "policy/issuers", "--store", at,
                "--lang", "en", cwd=empty, env={"KG_STORE": "y"})  # fmt: skip
    assert ended.code == 0
    assert ended.out.startswith("Which bodies issued a policy?")


def test_the_language_follows_the_locale(empty: Path) -> None:
    assert "哪些政策文件" in run("query", cwd=empty, env={"LC_ALL": "zh_CN.UTF-8"}).out
    assert "Which policies" in run("query", cwd=empty, env={"LANG": "de_DE.UTF-8"}).out


def test_help_loads_no_engine(empty: Path) -> None:
    """So it is there within the time that a person does not notice."""
    script = """import atexit, sys, kg.cli
    atexit.register(lambda: print(*sys.modules, sep=chr(10)))
    kg.cli.main(["--help"])"""
    ended = run("-c", script.replace("    ", ""), cwd=empty, program=(sys.executable,))
    assert ended.code == 0 and "Commands:" in ended.out
    heavy = {"duckdb", "deltalake", "jpype", "pydantic", "networkx", "pyoxigraph", "rdflib"}
    assert not heavy & set(ended.out.splitlines())
