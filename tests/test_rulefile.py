"""A mistake in a kind's file is one line that says which file, which entry, and what would do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import InputError
from loaders import kind
from tests.stores import write

GOOD = """
    class = "Zone"
    [[field]]
    property = "name"
    headings = ["园区名称"]
    """


@pytest.fixture
def kinds_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of kinds in place of the shipped one."""
    folder = tmp_path / "kinds"
    for path in kind.FOLDER.glob("re*.toml"):
        write(folder / path.name, path.read_text(encoding="utf-8"))
    monkeypatch.setattr(kind, "FOLDER", folder)
    kind._kinds.cache_clear()
    yield folder
    kind._kinds.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('class = "Zone"', "class = Zone", "loaders/kinds/parks.toml: not TOML: "),
        (
            '["园区名称"]', '["园区名称"]\nlist = "perhaps"',
            "loaders/kinds/parks.toml, field 1 (name), list: can't be 'perhaps' (want a valid bool",
        ),
        (
            '["园区名称"]', '["园区名称"]\nlists = true',
            "loaders/kinds/parks.toml, field 1 (name), lists: no entry of this name (docs/new-",
        ),
        (
            '["园区名称"]', '["园区名称"]\nreads = "tea"',
            "loaders/kinds/parks.toml, field 1 (name), reads: can't be 'tea' (want '', 'title', ",
        ),
        ('class = "Zone"', "", "loaders/kinds/parks.toml, class: not there (give it)"),
        (
            '"Zone"', '"TODO"',
            "loaders/kinds/parks.toml, class: no class 'TODO' (want one of Agency, Area, ",
        ),
        (
            '"name"', '"TODO"',
            "loaders/kinds/parks.toml, field 1 (TODO), property: class Zone has no field 'TODO' (",
        ),
        (
            'headings = ["园区名称"]', "",
            "loaders/kinds/parks.toml, field 1 (name), headings: not there (give it)",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_a_kind_is_one_line(kinds_here: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    write(kinds_here / "parks.toml", GOOD.replace(old, new))
    with pytest.raises(InputError) as caught:
        kind.kinds()
    assert str(caught.value).startswith(said) and "\n" not in str(caught.value)
    assert "http" not in str(caught.value)


def test_a_kind_without_mistakes_is_read(kinds_here: Path) -> None:
    write(kinds_here / "parks.toml", GOOD)
    assert [one.name for one in kind.kinds()] == ["parks"]
