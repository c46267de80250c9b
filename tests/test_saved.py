"""Saved questions: what their header says, and what is wrong with it."""

from pathlib import Path

import pytest

from kg.errors import InputError, UsageError
from kg.saved import Note, Parameter, expected, question, questions, read

WHOLE = """// zh: 哪些?
// en: Which ones?
// param: policy Policy = policy:p20   政策 | the policy
// param: level  code  agency_level = null   层级 | level
// param: from date = 2024-01-01  不早于 | not before
// param: word text = 数据 资产   词 | word
// param: most int = 3   最多 | at most
// column: issued 成文日期 | dated
// note: 总是 | always
// how: worked out by hand: two rows
// and a line that says nothing
MATCH (p:Policy {id: $policy})
// a comment: not of the header
RETURN p.id AS id, 'a // b' AS url, [] AS cites
ORDER BY p.id
;

// note: 有 {names} | found {names}
// how: by hand
MATCH (p:Policy) RETURN p.name AS names ORDER BY p.id
"""


def put(folder: Path, text: str, name: str = "area/one.cypher") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_tells_texts_parameters_columns_and_notes(tmp_path: Path) -> None:
    one = read(put(tmp_path, WHOLE), "area/one")
    assert (one.slug, one.zh, one.en) == ("area/one", "哪些?", "Which ones?")
    assert one.parameters == (
        Parameter("policy", "Policy", "policy:p20", "政策", "the policy"),
        Parameter("level", "code agency_level", None, "层级", "level"),
        Parameter("from", "date", "2024-01-01", "不早于", "not before"),
        Parameter("word", "text", "数据 资产", "词", "word"),
        Parameter("most", "int", "3", "最多", "at most"),
    )
    assert one.columns == {"issued": ("成文日期", "dated")}
    assert one.notes == (
        Note("总是", "always"),
        Note(
            "有 {names}", "found {names}", "MATCH (p:Policy) RETURN p.name AS names ORDER BY p.id"
        ),
    )


def test_the_query_is_what_is_not_header(tmp_path: Path) -> None:
    one = read(put(tmp_path, WHOLE), "area/one")
    assert one.cypher.startswith("MATCH (p:Policy {id: $policy})")
    assert one.cypher.endswith("RETURN p.id AS id, 'a // b' AS url, [] AS cites\nORDER BY p.id")


def test_the_expected_answers_lie_beside_the_question(tmp_path: Path) -> None:
    one = read(put(tmp_path, WHOLE), "area/one")
    with pytest.raises(InputError, match=r"area/one: no expected answers \(one\.expected\.csv\)"):
        expected(one)
    put(tmp_path, 'id,name\npolicy:a,"甲,乙"\n', "area/one.expected.csv")
    assert expected(one) == (["id", "name"], [["policy:a", "甲,乙"]])


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("// zh: 哪些?\n", "", "one.cypher: the header needs a line '// zh:' and a line '// en:'"),
        ("// en: Which ones?\n", "", "one.cypher: the header needs a line '// zh:' and a line"),
        ("政策 | the policy", "政策", "one.cypher, line 3: want 中文 | English, not '政策'"),
        ("政策 | the policy", "| the policy", "one.cypher, line 3: want 中文 | English"),
        ("policy:p20   政策", "policy:p20 政策", "one.cypher, line 3: want 'NAME TYPE = DEFAULT"),
        ("date = 2024-01-01", "date", "one.cypher, line 5: want 'NAME TYPE = DEFAULT"),
        ("成文日期 | dated", "dated", "one.cypher, line 8: want 中文 | English, not 'dated'"),
        ("总是 | always", "", "one.cypher, line 9: want 中文 | English, not ''"),
        ("有 {names} | found {names}", "有", "one.cypher, line 18: want 中文 | English, not '有'"),
        ("// param: word", "// parm: word", "one.cypher, line 6: no such line: 'parm' (want zh,"),
    ],
)
def test_a_wrong_header_is_refused_and_the_line_is_named(
    tmp_path: Path, wrong: str, right: str, said: str
) -> None:
    assert wrong in WHOLE
    with pytest.raises(InputError) as raised:
        read(put(tmp_path, WHOLE.replace(wrong, right)), "area/one")
    assert str(raised.value).startswith(said)


def test_the_questions_of_a_folder_come_by_name(tmp_path: Path) -> None:
    for name in ("b/two.cypher", "a/one.cypher", "b/one.cypher"):
        put(tmp_path, WHOLE, name)
    put(tmp_path, "id", "b/one.expected.csv")
    assert [one.slug for one in questions(tmp_path)] == ["a/one", "b/one", "b/two"]


def test_one_question_is_found_by_its_whole_name_only(tmp_path: Path) -> None:
    put(tmp_path, WHOLE, "queries/policy/issuers.cypher")
    put(tmp_path, WHOLE, "outside.cypher")
    folder = tmp_path / "queries"
    assert question(folder, "policy/issuers").slug == "policy/issuers"
    for slug, hint in (
        ("issuers", "did you mean policy/issuers?"),
        ("body/issuer", "did you mean policy/issuers?"),
        ("policy/nix", "see 'kg query'"),
        ("../outside", "see 'kg query'"),
        ("", "see 'kg query'"),
    ):
        with pytest.raises(UsageError) as raised:
            question(folder, slug)
        assert str(raised.value) == f"no question {slug!r}: {hint}"
