"""Kinds of tables in the folder of a store: used beside those that ship, for that store alone."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.load import Report
from tests.commands import run
from tests.stores import ROOT, put, query, write

TABLE = "园区名称,开园日期,面积,序号\n火星数据产业园,2024-01-05,12公顷,1"
KIND = """class = "Zone"
    ignored = ["序号"]
    [[field]]
    property = "name"
    headings = ["园区名称"]
    [[field]]
    property = "designated"
    headings = ["开园日期"]
    [[field]]
    property = "note"
    headings = ["面积"]
    """
NAMES = "SELECT property, value_key FROM records WHERE class = 'Zone' ORDER BY 1"


def loaded(folder: Path, kind: str = KIND, name: str = "parks") -> Report:
    write(folder / ".kg" / "kinds" / f"{name}.toml", kind)
    return put(folder, write(folder / "t.csv", TABLE))


def test_a_kind_in_the_folder_of_the_store_reads_its_table(tmp_path: Path) -> None:
    report = loaded(tmp_path)
    assert (report.problems, report.failed) == ([], [])
    assert query(tmp_path, NAMES) == [
        ("designated", "2024-01-05"),
        ("name", "火星数据产业园"),
        ("note", "12公顷"),
    ]


def test_another_store_does_not_know_it(tmp_path: Path) -> None:
    loaded(tmp_path / "one")
    with pytest.raises(InputError, match="no kind of table with these headings"):
        put(tmp_path / "two", tmp_path / "one" / "t.csv")


def test_a_kind_that_changed_has_its_tables_read_again(tmp_path: Path) -> None:
    loaded(
        tmp_path, KIND.replace('"note"\n    headings = ["面积"]', '"note"\n    headings = ["x"]')
    )
    assert len(query(tmp_path, NAMES)) == 2
    assert loaded(tmp_path).change.added == 1


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("parks", KIND.replace('"Zone"', '"TODO"'), "parks.toml, class: no class 'TODO' (want one"),
        ("parks", "class = Zone", "parks.toml: not TOML: "),
        ("zones", KIND, "zones.toml: the name of a kind that ships (give the file another name)"),
        ("record", KIND, "record.toml: the name of a kind that ships ("),
    ],
)
def test_a_mistake_in_a_kind_names_the_file_where_it_lies(
    tmp_path: Path, name: str, kind: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, kind, name)
    assert str(caught.value).startswith(str(tmp_path / ".kg" / "kinds" / said.partition(" ")[0]))
    assert said in str(caught.value)


def test_the_guide_is_followed_word_for_word(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "new-table.md").read_text(encoding="utf-8")
    indented = [one.strip() for one in guide.splitlines() if one.startswith("    ")]
    write(tmp_path / "datacentres.csv", "\n".join(indented[:2]))
    command = indented[2].split()[1:]
    begun = run(*command, cwd=tmp_path)
    drafted = tmp_path / ".kg" / "kinds" / "datacentres.toml"
    assert begun.code == 0 and "# 4. Put this file into .kg/kinds/ " in drafted.read_text("utf-8")
    drafted.write_text(guide.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    ended = run("load", "datacentres.csv", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "") and ended.out.startswith("1 document, ")
