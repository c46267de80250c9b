"""Commands that list: JSON with the columns of the table, and candidates for a name."""

from pathlib import Path

import pytest

from tests.commands import Ended, run


@pytest.mark.parametrize(
    ("arguments", "columns"),
    [
        ("documents", ["name", "statements", "problems", "loader", "loaded", "sha256"]),
        ("log", ["version", "when", "added", "removed", "changed", "what"]),
        ("find 数谷", ["id", "name", "matched", "kind", "from", "to", "by"]),
        ("query", ["question", "text", "parameters"]),
    ],
)
def test_a_listing_as_json_has_the_columns_of_its_table(
    loaded: Path, arguments: str, columns: list[str]
) -> None:
    rows = run(*arguments.split(), "--json", cwd=loaded).json()
    assert rows and all(list(row) == columns for row in rows)
    table = run(*arguments.split(), cwd=loaded)
    assert table.out.splitlines()[0].split() == columns
    assert len(table.out.splitlines()) == len(rows) + 2


def test_show_as_json_says_who_says_what(loaded: Path) -> None:
    said = run("show", "江苏省数据局", "--json", cwd=loaded).json()
    assert (said["id"], said["class"]) == ("agency:js", "Agency")
    assert {one["name"] for one in said["names"]} >= {"江苏省数据局"}
    unveiled = next(one for one in said["facts"] if one["property"] == "unveiled")
    assert unveiled["value"] == "2024-01-05" and unveiled["status"] == "accepted"
    cited = [said["citations"][number - 1] for number in unveiled["cites"]]
    # what is said less exactly, and fits, is said of the same day
    claims = {one["claim"] for one in cited}
    assert claims == {"agency:js unveiled 2024-01-05", "agency:js unveiled 2024-01"}


def test_an_ambiguous_name_lists_the_candidates_and_guesses_nothing(loaded: Path) -> None:
    ended = run("show", "杭数所", cwd=loaded)
    assert ended == Ended(
        1,
        "",
        "kg: '杭数所' names 2 things: say which by id\n"
        "  exchange:hzde  杭州数据交易所\n"
        "  org:hzdt  杭州数据交易所有限公司\n",
    )
