"""What an export has gained and lost since an earlier version."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.rdf import export, export_changes
from tests.commands import run
from tests.rdf.made import say, store_of

TEXTS = st.text("某局,\"'\\\n\r\t\u2028😀 ", min_size=1, max_size=4)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(TEXTS, min_size=1, max_size=4), st.sets(TEXTS, min_size=1, max_size=4))
def test_the_older_export_with_the_changes_is_the_newer(
    tmp_path_factory: pytest.TempPathFactory, before: set[str], after: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("changes")
    for number, texts in enumerate((before, after)):
        said = [say("policy:x", "note", one, lang="zh") for one in sorted(texts)]
        with store_of(folder / ".kg", *said) as store:
            export(store, "nquads", folder / f"{number}.nq")
            export_changes(store, 1, folder / "patch")
            newest = str(store.version)
            assert {row[0] for row in store.connection.execute("FROM facts").fetchall()}
    start, *changed, end = lines(folder / "patch")
    found = set(lines(folder / "0.nq"))
    for line in changed:
        {"A": found.add, "D": found.remove}[line[0]](line[2:])
    assert found == set(lines(folder / "1.nq")) and (start, end) == ("TX .", "TC .")
    assert changed == [] if before == after else changed
    assert newest == ("v1" if before == after else "v2")


def test_since_before_all_everything_is_added(tmp_path: Path) -> None:
    with store_of(tmp_path / ".kg", say("policy:x", "note", "某")) as store:
        export(store, "nquads", tmp_path / "all.nq")
        export_changes(store, 0, tmp_path / "patch")
        added = sorted(f"A {line}" for line in lines(tmp_path / "all.nq"))
        assert lines(tmp_path / "patch") == ["TX .", *added, "TC ."]
        with pytest.raises(InputError, match="no version v7"):
            export_changes(store, 7, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_since_is_a_version_and_has_no_other_format(tmp_path: Path) -> None:
    with store_of(tmp_path / ".kg", say("policy:x", "note", "某")):
        pass
    ended = run("export", "--since", "v0", cwd=tmp_path)
    assert ended.out.startswith("TX .\nA <")
    ended = run("export", "--since", "one", cwd=tmp_path)
    assert ended.code == 2 and "not a version: 'one' (want v12" in ended.err
    assert run("export", "--since", "v0", "--format", "trig", cwd=tmp_path).code == 2
    assert run("export", "--since", "v0", "-o", "changes.trig", cwd=tmp_path).code == 2
