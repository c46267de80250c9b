"""What is installed from the wheel works by itself, without the checkout."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.commands import Ended, run
from tests.stores import ROOT

SHIPPED = (
    ".py", ".sql", ".toml", ".csv", ".properties", ".typed", ".ttl", ".json", ".jsonld",
)  # fmt: skip
"""The endings of what a package has beside its code."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment with the wheel, which borrows all else from this one."""
    home: Path = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    own = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", own, *install, wheel],
        check=True,
        capture_output=True,
    )
    (packages,) = (path.parent for path in home.rglob("kg_data_elements-*.dist-info"))
    borrowed = sysconfig.get_path("purelib"), sysconfig.get_path("platlib")
    (packages / "borrowed.pth").write_text("\n".join(dict.fromkeys(borrowed)), encoding="utf-8")
    return own


def test_the_wheel_holds_code_model_questions_and_sources(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("queries", "kg/queries"), ("sources", "kg/sources")):
        shipped = {
            f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and not path.name.startswith(".")
        }
        assert shipped <= names
    for package in ("kg", "ontology", "loaders"):
        code = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / package).rglob("*")
            if path.suffix in SHIPPED
        }
        assert code <= names
        assert f"{package}/py.typed" in names
    assert {name.partition("/")[0] for name in names} <= {
        "kg", "ontology", "loaders", "kg_data_elements-0.1.0.dist-info",
    }  # fmt: skip
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_what_is_installed_loads_answers_and_exports(python: Path, tmp_path: Path) -> None:
    def kg(*arguments: str) -> Ended:
        return run(*arguments, cwd=tmp_path, program=(str(python), "-m", "kg"))

    where = run("-c", "import kg, ontology, loaders; print(kg.__file__, ontology.__file__)",
                cwd=tmp_path, program=(str(python),))  # fmt: skip
    assert where.code == 0 and str(ROOT) not in where.out
    assert all(one.startswith(str(python.parent.parent)) for one in where.out.split())
    assert kg("load", "--json").json()["total"] == 6123
    said = kg("query", "policy/direct-implementers", "--format", "json").json()
    assert [row["id"] for row in said["rows"]] == [
        "policy:wh3", "policy:bj20", "policy:hbplan", "policy:x3", "policy:reg",
    ]  # fmt: skip
    first = {said["sources"][n - 1]["document"] for n in said["rows"][0]["cites"]}
    assert {
        "kg:sources/facts/rel_implements.csv", "kg:sources/tables/relations_关系表.csv",
    } <= first  # fmt: skip
    quads = kg("export", "--format", "nquads")
    assert quads.code == 0 and len(quads.out.splitlines()) > 4500
    assert kg("query", "--check").code == 0
    script = python.with_name("kg.exe" if sys.platform == "win32" else "kg")
    assert run("--version", cwd=tmp_path, program=(str(script),)).out == "kg, version 0.1.0\n"
