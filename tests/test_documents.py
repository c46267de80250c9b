"""Which files a load finds, what they are called, and those that can't be read."""

import os
import sys
from pathlib import Path

import pytest

from kg.documents import Found, name_of, once
from tests.commands import KG, run
from tests.stores import put, query, write

TABLE = "policy_id,title\npolicy:{0},{0}号文件"
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and links")


def table(path: Path, name: str) -> Path:
    return write(path, TABLE.format(name))


def names(folder: Path) -> list[str]:
    found = query(folder, "SELECT document FROM records WHERE type = 'document' ORDER BY 1")
    return [str(row[0]) for row in found]


@posix
def test_a_link_is_called_as_it_lies_in_the_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    table(tmp_path / "elsewhere" / "a.csv", "one")
    (home / "data").mkdir(parents=True)
    (home / "data" / "linked.csv").symlink_to(tmp_path / "elsewhere" / "a.csv")
    (home / "more").symlink_to(tmp_path / "elsewhere")
    put(home, home / "data", home / "more")
    assert names(home) == ["data/linked.csv", "more/a.csv"]
    assert name_of(tmp_path / "elsewhere" / "a.csv", home / ".kg") == "../elsewhere/a.csv"


@posix
def test_a_store_reached_by_a_link_calls_documents_the_same(tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = table(home / "a.csv", "one")
    (tmp_path / "link").symlink_to(home)
    for store in (home / ".kg", tmp_path / "link" / ".kg"):
        for path in (file, tmp_path / "link" / "a.csv"):
            assert name_of(path, store) == "a.csv"


@posix
def test_a_link_to_a_folder_above_itself_leads_to_nothing_new(tmp_path: Path) -> None:
    table(tmp_path / "data" / "a.csv", "one")
    (tmp_path / "data" / "deeper").mkdir()
    (tmp_path / "data" / "deeper" / "back").symlink_to(tmp_path / "data")
    put(tmp_path, tmp_path / "data")
    assert names(tmp_path) == ["data/a.csv"]


@posix
def test_a_link_to_itself_fails_alone(tmp_path: Path) -> None:
    table(tmp_path / "data" / "a.csv", "one")
    (tmp_path / "data" / "self.csv").symlink_to("self.csv")
    report = put(tmp_path, tmp_path / "data")
    assert names(tmp_path) == ["data/a.csv"]
    assert len(report.failed) == 1 and report.failed[0].startswith("data/self.csv: can't be read")


@posix
@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_listed_fails_alone_and_keeps_what_it_held(tmp_path: Path) -> None:
    data = tmp_path / "data"
    table(data / "a.csv", "one")
    table(data / "closed" / "b.csv", "two")
    put(tmp_path, data)
    (data / "closed").chmod(0)
    report = put(tmp_path, data)
    (data / "closed").chmod(0o755)
    assert report.failed == ["data/closed: can't be read: Permission denied"]
    assert report.gone == [] and names(tmp_path) == ["data/a.csv", "data/closed/b.csv"]


def test_two_files_that_cannot_be_read_are_not_one(tmp_path: Path) -> None:
    shipped = Found("kg:sources/a.csv", tmp_path / "a.csv", 0)
    other = Found("b.csv", tmp_path / "b.csv", 0)
    assert once([shipped, other], {}) == ([shipped, other], [])


def test_an_error_names_the_file_by_its_path(tmp_path: Path) -> None:
    write(tmp_path / "x" / "a.json", "no json")
    write(tmp_path / "y" / "a.json", '{"nothing": 1}')
    table(tmp_path / "z.csv", "one")
    report = put(tmp_path, tmp_path / "x", tmp_path / "y", tmp_path / "z.csv")
    assert [one.partition(":")[0] for one in report.failed] == ["x/a.json", "y/a.json"]
    write(tmp_path / "b" / "b", "no table")
    assert put(tmp_path, tmp_path / "b").failed[0].startswith("b/b, row 1: ")


@posix
@pytest.mark.parametrize("name", ["政策.csv".encode("gbk"), b"a\x01.csv"])
def test_a_file_whose_name_is_no_text_fails_alone(tmp_path: Path, name: bytes) -> None:
    table(tmp_path / "data" / "right.csv", "one")
    Path(os.fsdecode(bytes(tmp_path / "data") + b"/" + name)).write_text(TABLE.format("two"))
    report = put(tmp_path, tmp_path / "data")
    assert [one for one in report.failed if one.endswith(": rename it")] == report.failed != []
    assert names(tmp_path) == ["data/right.csv"]


@posix
def test_files_that_cannot_be_read_fail_alone_and_keep_what_they_said(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("one", "two", "three"):
        table(data / f"{name}.csv", name)
    put(tmp_path, data)
    (data / "one.csv").unlink()
    (data / "one.csv").symlink_to(data / "nowhere.csv")
    (data / "two.csv").unlink()
    os.mkfifo(data / "two.csv")
    table(data / "three.csv", "four")
    report = put(tmp_path, data)
    assert report.failed == [
        "data/one.csv: can't be read: No such file or directory",
        "data/two.csv: no regular file (a pipe: 'kg load - --as NAME')",
    ]
    subjects = "SELECT DISTINCT subject_key FROM records WHERE property = 'name' ORDER BY 1"
    assert query(tmp_path, subjects) == [("policy:four",), ("policy:one",), ("policy:two",)]


@posix
@pytest.mark.parametrize("path", ["pipe.csv", "dangling.csv"])
def test_one_that_cannot_be_read_ends_with_one_line_and_one(tmp_path: Path, path: str) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    ended = run("load", path, cwd=tmp_path)
    assert ended.code == 1 and path in ended.err and len(ended.err.splitlines()) == 1


def test_standard_input_leaves_nothing_beside_the_store(tmp_path: Path) -> None:
    ended = run("load", "-", "--as", "given.csv", cwd=tmp_path, input=TABLE.format("one"))
    assert ended.code == 0 and names(tmp_path) == ["given.csv"]
    left = {path.name for path in (tmp_path / ".kg").iterdir()}
    assert not [name for name in left if name.startswith(".spill")]


@posix
def test_a_load_without_a_standard_error_still_loads(tmp_path: Path) -> None:
    table(tmp_path / "a.csv", "one")
    shell = ("sh", "-c", 'exec "$@" 2>&-', "sh", *KG)
    assert run("load", "a.csv", cwd=tmp_path, program=shell).code == 0
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are UTF-8 there")
def test_a_file_whose_name_is_not_utf8_fails_alone_and_says_so(tmp_path: Path) -> None:
    table = "机构名称,挂牌时间\n甲数据局,2024-01-05"
    good = write(tmp_path / "data" / "a.csv", table)
    os.link(good, os.fsencode(good.parent) + "/数据.csv".encode("gb18030"))
    report = put(tmp_path, good.parent)
    assert report.failed == [r"data/\xca\xfd\xbe\xdd.csv: its name is not UTF-8: rename it"]
    assert query(tmp_path, "SELECT document FROM records WHERE type = 'document'") == [
        ("data/a.csv",)
    ]
