"""The shape of the code and of its documentation, which nothing else would keep."""

import ast
import importlib
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kg
from kg import domain, saved
from tests.commands import run
from tests.stores import ROOT

PACKAGES = ("kg", "ontology", "loaders")
MODULES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
DOCUMENTS = [*READMES, *sorted((ROOT / "docs").glob("*.md"))]
every_module = pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.stem))

PLACEHOLDERS = (
    "my-agencies.csv", "QUESTION", "问题名", "documents, kg drop", "path A B", "v1 v2", "FILE",
    "localhost",
)  # fmt: skip
"""What a line of the READMEs has where it stands for many commands."""


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def named(module: Path) -> str:
    parts = module.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@every_module
def test_only_the_bridge_knows_the_domain(module: Path) -> None:
    if named(module).startswith("kg") and named(module) != "kg.domain":
        own = {name.partition(".")[0] for name in imported(module)}
        assert not own & {"ontology", "loaders"}


@every_module
def test_only_the_command_line_catches_everything(module: Path) -> None:
    broad = [
        node
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ExceptHandler)
        and {
            one.id
            for one in ast.walk(node.type or ast.Name("Exception"))
            if isinstance(one, ast.Name)
        }
        & {"Exception", "BaseException"}
    ]
    assert len(broad) == (named(module) == "kg.cli")


@every_module
def test_modules_and_functions_are_short(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 300
    assert {name: lines for name, lines in functions(module) if lines > 50} == {}


def test_nearly_all_functions_are_very_short() -> None:
    lengths = sorted(lines for module in MODULES for _, lines in functions(module))
    assert lengths[int(len(lengths) * 0.95)] <= 25


def functions(module: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@every_module
def test_what_a_module_says_it_offers_is_what_it_has(module: Path) -> None:
    imported = importlib.import_module(named(module))
    offered: list[str] | None = getattr(imported, "__all__", None)
    if offered is not None:
        assert [name for name in offered if not hasattr(imported, name)] == []
        assert set(public(tree(module))) <= set(offered)


def public(module: ast.Module) -> Iterator[str]:
    """What is defined, or imported again under its own name (`import x as x`)."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            yield from (one.asname for one in node.names if one.asname and one.asname == one.name)
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def test_the_package_offers_these_names_and_no_others() -> None:
    assert kg.__all__ == ["KgError", "KnowledgeGraph", "open"]
    assert all(getattr(kg, name) is not None for name in kg.__all__)
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nosuch'"):
        getattr(kg, "nosuch")  # noqa: B009 the name is not there for mypy either


def test_every_command_is_in_the_help_and_in_the_documents() -> None:
    from kg.cli import _COMMANDS, _HELP

    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    assert list(_COMMANDS) == list(_HELP)
    assert [name for name in _COMMANDS if not re.search(rf"\bkg {name}\b", text)] == []


def test_every_command_that_the_documents_name_is_there() -> None:
    from kg.cli import _COMMANDS

    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    said = set(re.findall(r"(?:`|^    (?:\$ )?|, )kg ([a-z]+)\b", text, re.MULTILINE))
    assert said <= set(_COMMANDS)


def test_every_question_is_in_the_documents_and_every_one_there_is_real() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    slugs = {one.slug for one in saved.questions(domain.questions())}
    areas = "|".join(sorted({slug.partition("/")[0] for slug in slugs}))
    said = set(re.findall(rf"\b(?:{areas})/[a-z]+(?:-[a-z]+)*", text))
    assert slugs <= said
    assert said <= slugs


def commands(readme: Path) -> list[str]:
    """The commands that a README shows: in its blocks, and in its table of questions."""
    text = readme.read_text(encoding="utf-8")
    blocks = re.findall(r"^    (?:\$ )?(kg .*)$", text, re.MULTILINE)
    return [
        *(re.split(r"\s{2,}", line)[0] for line in blocks),
        *re.findall(r"^\| `(kg query [^`]*)` \|", text, re.MULTILINE),
    ]


SHOWN = sorted({line for readme in READMES for line in commands(readme)})
RUN = [line for line in SHOWN if not any(word in line for word in PLACEHOLDERS)]


def test_all_that_is_shown_is_run_but_for_what_has_placeholders() -> None:
    assert len(RUN) >= 17
    assert {line for line in SHOWN if line not in RUN} == {
        "kg documents, kg drop, kg log",
        "kg diff v1 v2",
        "kg load my-agencies.csv data/",
        "kg measure components|centrality|path A B",
        "kg new loader FILE",
        "kg publish bolt://localhost:7687 --user neo4j",
        "kg query QUESTION --graph bolt://localhost:7687",
        "kg query 问题名 --graph bolt://localhost:7687",
        "kg query QUESTION --format csv -o answer.csv",
        "kg query 问题名 --format csv -o answer.csv",
    }


@pytest.mark.parametrize("line", RUN)
def test_a_command_shown_in_a_readme_works(
    loaded: Path, copied: Callable[[], Path], line: str
) -> None:
    _, *arguments = shlex.split(line)
    writes = arguments[0] == "load" or "-o" in arguments
    ended = run(*arguments, cwd=copied() if writes else loaded)
    assert ended.code == 0, ended
    assert ended.out or "-o" in arguments


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.name))
def test_what_a_readme_says_is_printed_is_printed(loaded: Path, readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    shown = re.search(r"^    \$ (kg .*)\n((?:    .*\n|\n)+)", text, re.MULTILINE)
    assert shown
    ended = run(*shlex.split(shown[1])[1:], cwd=loaded)
    said = " ".join(ended.out.split())
    lines = [line for line in shown[2].splitlines() if line.strip() and set(line) - set(" -")]
    wanted = " ".join(" ".join(lines).split())
    pieces = [piece.strip() for piece in wanted.split("…") if piece.strip()]
    assert len(pieces) > 3
    assert [piece for piece in pieces if dashless(piece) not in dashless(said)] == []


def dashless(text: str) -> str:
    """Without the rule under a heading, whose length depends on rows that are not shown."""
    return " ".join(word for word in text.split() if set(word) != {"-"})


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.name))
def test_the_python_in_a_readme_runs(copied: Callable[[], Path], readme: Path) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    ended = run("-c", block, cwd=copied(), program=(sys.executable,))
    assert (ended.code, ended.err) == (0, "")
    assert len(ended.out.splitlines()) == 5 and "https://" in ended.out


def test_links_between_documents_lead_somewhere() -> None:
    dead = [
        (path.name, target)
        for path in DOCUMENTS
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert dead == []
