"""The one bridge from the engine to its domain, data elements: model, codes, loaders, questions."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.codes import CodeList
    from kg.naming import Rules
    from kg.terms import Entity, Model
    from loaders import Source


_RULES = (".py", ".toml", ".csv")


@lru_cache(maxsize=1)
def model() -> "Model":
    """The classes of the ontology, read into records."""
    import ontology
    from kg.terms import read_model

    return read_model(ontology.CLASSES)


def classes() -> "tuple[type[Entity], ...]":
    """The classes of the ontology as pydantic has them."""
    import ontology

    return ontology.CLASSES


@lru_cache(maxsize=1)
def codes() -> "Mapping[str, CodeList]":
    """The code lists of the ontology by name."""
    import ontology
    from kg.codes import read_codes

    return read_codes(Path(ontology.__file__).parent / "codes")


def namespaces() -> Mapping[str, str]:
    """The vocabularies that the ontology uses: prefix to IRI."""
    import ontology

    return ontology.NAMESPACES


def covered_by() -> str:
    """The class of places by which reports say how much is known."""
    import ontology

    return ontology.COVERED_BY


def base() -> str:
    """What ids are appended to for their IRI; `KG_BASE` overrides it."""
    return os.environ.get("KG_BASE", shipped_base())


def shipped_base() -> str:
    """The base that files of the project are written with."""
    import ontology

    return ontology.BASE


def open_source(path: Path) -> "Source":
    """The loader for a file; InputError where none knows it."""
    import loaders

    return loaders.open_source(path)


@lru_cache(maxsize=1)
def naming() -> "Rules":
    """How things are named."""
    import loaders
    from kg.naming import Rules
    from loaders import rulefile

    return rulefile.read(Path(str(loaders.__file__)).with_name("naming.toml"), Rules)


@lru_cache(maxsize=1)
def model_hash() -> str:
    """Changes with the ontology; found without importing it."""
    spec = find_spec("ontology")
    seen = sha256()
    for location in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(location).glob("*.py")):
            seen.update(path.read_bytes())
    return seen.hexdigest()[:12]


def own_kinds(store: Path) -> AbstractContextManager[None]:
    """Lets loaders use the kinds of tables that a user keeps in a store's folder."""
    from loaders import own

    return own.kinds_in(store / "kinds")


def rules_hash() -> str:
    """Changes with anything that reading depends on, so that documents are then read again."""
    from loaders import own

    return _rules_hash(tuple(held for _, held in own.files()))


@lru_cache(maxsize=8)
def _rules_hash(besides: tuple[bytes, ...]) -> str:
    import loaders
    import ontology

    here = Path(__file__).parent
    names = ("areas", "asides", "check", "dates", "identity", "known", "naming", "reading")
    more = ("statement", "text", "titles", "when", "rdf/fields", "rdf/names")
    own = [here / f"{name}.py" for name in (*names, *more)]
    folders = [Path(str(package.__file__)).parent for package in (loaders, ontology)]
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix in _RULES]
    seen = sha256()
    for path in sorted([*own, *found]):
        seen.update(path.read_bytes())
    for held in besides:
        seen.update(held)
    return seen.hexdigest()[:8]


def draft_kind(path: Path, store: Path) -> str:
    """The skeleton of a new kind of table, to lie in a store's folder, from a file's headings."""
    from loaders import drafting

    with own_kinds(store):
        return drafting.draft(path, store / "kinds")


def sources() -> Path:
    """The folder of shipped sources: in the package, or in the checkout."""
    return _shipped("sources")


def questions() -> Path:
    """The folder of saved questions: in the package, or in the checkout."""
    return _shipped("queries")


def _shipped(name: str) -> Path:
    packaged = Path(str(files("kg"))) / name
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / name
