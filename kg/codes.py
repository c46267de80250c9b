"""Code lists: the values that a coded field may have, each with labels in two languages.

One CSV file a list (`code,zh,en,near`); its first row names the list itself. A list may have a
fifth column, `same`: the standard IRIs that its codes are, and in the first row their class.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Code:
    """One value of a code list; `near` is the standard concept close to it, `same` what it is."""

    code: str
    zh: str
    en: str
    near: str = ""
    same: str = ""


@dataclass(frozen=True)
class CodeList:
    """The values that a coded field may have."""

    name: str
    zh: str
    en: str
    codes: Mapping[str, Code]
    standard: str = ""
    """The class of those codes that are `same` as something."""

    @cached_property
    def _known(self) -> Mapping[str, str]:
        labels = {each.zh: each.code for each in self.codes.values()}
        return labels | {code: code for code in self.codes}

    def find(self, text: str) -> str | None:
        """The code that a cell gives by itself or by its Chinese label; None where unknown.

        >>> CodeList("line", "条线", "line", {"dr": Code("dr", "发改条线", "")}).find(" 发改条线")
        'dr'
        """
        return self._known.get(text.strip())


def read_codes(folder: Path) -> Mapping[str, CodeList]:
    """The code lists of a folder by name, one CSV file each; its first row names the list."""
    return {path.stem: _read_list(path) for path in sorted(folder.glob("*.csv"))}


def _read_list(path: Path) -> CodeList:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [Code(**row) for row in csv.DictReader(file)]
    if not rows or rows[0].code != path.stem:
        raise ValueError(f"{path.name}, row 2: the first row names the list: {path.stem},zh,en,")
    named = rows[0]
    return CodeList(path.stem, named.zh, named.en, {one.code: one for one in rows[1:]}, named.same)
