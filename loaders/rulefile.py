"""The files of rules beside the loaders: read, checked, and refused by name, field and wish."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kg.errors import InputError
from loaders import own

Rules = TypeVar("Rules", bound=BaseModel)


def read(path: Path, model: type[Rules], besides: Mapping[str, Any] | None = None) -> Rules:
    """A file's rules; InputError says in which file, at which entry, what is wanted."""
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise fault(
            path, "", f"not TOML: {error}", 'true and false are bare, texts in "…"'
        ) from None
    try:
        return model.model_validate({**(besides or {}), **loaded})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise fault(path, _entry(loaded, first["loc"]), *_wish(first)) from None


def fault(path: Path, entry: str, problem: str, remedy: str) -> InputError:
    """What is wrong with a file of rules, as one line."""
    where = str(path) if own.has(path) else f"loaders/{path.parent.name}/{path.name}"
    return InputError(f"{where}{f', {entry}' if entry else ''}: {problem} ({remedy})")


def _entry(loaded: Mapping[str, Any], at: tuple[int | str, ...]) -> str:
    """Where an entry stands, as a person would say it: field 3 (揭牌日期), list."""
    parts: list[str] = []
    inside: Any = loaded
    for step in at:
        inside = _inside(inside, step)
        if isinstance(step, int) and parts:
            name = inside.get("property") if isinstance(inside, dict) else None
            parts[-1] += f" {step + 1}" + (f" ({name})" if name else "")
        else:
            parts.append(str(step))
    return ", ".join(parts)


def _inside(value: Any, step: int | str) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _wish(error: Any) -> tuple[str, str]:
    """What is wrong with an entry, and what would do."""
    if error["type"] == "extra_forbidden":
        return "no entry of this name", "docs/new-table.md lists the entries"
    if error["type"] == "missing":
        return "not there", "give it"
    message = error["msg"].removeprefix("Input should be ")
    return f"can't be {error['input']!r}", f"want {message}"
