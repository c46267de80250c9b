"""Files that are no sound RDF: what is wrong, where, and what to do; nothing of them is kept."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.load import load
from kg.rdf import Format, export
from kg.store import Store
from tests.rdf.made import BASE, say, store_of
from tests.stores import lines, policies, put, query

ENDINGS: dict[Format, str] = {"trig": ".trig", "ntriples": ".nt", "jsonld": ".jsonld"}
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
GOOD = f'<{BASE}policy/x> <{LABEL}> "某办法"@zh .\n'
XML = (
    '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:skos="http://www.w3.org/2004/02/skos/core#">\n'
    '<rdf:Description rdf:about="{}"><skos:prefLabel>{}</skos:prefLabel></rdf:Description>'
)
MEND = "(mend it there, or name the file by what it holds, which is not "


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        (
            "cut.nq",
            GOOD + GOOD[:-6],
            f"line 2, column 96: not N-Quads: Triples must be followed by a dot {MEND}.nq)",
        ),
        ("cut.ttl", GOOD + GOOD[:40], "line 2, column 1: not Turtle: Unexpected end of file"),
        (
            "cut.rdf",
            XML.format(f"{BASE}policy/x", "某"),
            "line 3, column 122: not RDF/XML: no element",
        ),
        ("cut.jsonld", '[{"@id": "x:a", ', "line 1, column 17: not JSON-LD"),
        ("wrong.ttl", GOOD + "a b c d\n", "line 2, column 1: not Turtle: "),
        ("table.ttl", "policy_id,title\n", "line 1, column 1: not Turtle: "),
        ("table.rdf", "policy_id,title\n", "line 1, column 1: not RDF/XML: syntax error"),
        ("graphs.ttl", "<x:g> { <x:s> <x:p> 1 }\n", "line 1, column 7: not Turtle: "),
        ("quads.nt", GOOD.replace(" .", " <x:g> ."), "not N-Triples: "),
        ("turtle.nt", f"@prefix kg: <{BASE}> .\n", "line 1, column 1: not N-Triples: "),
        ("relative.nt", GOOD + "<b> <x:p> 'a' .\n", "line 2, column 1: not N-Triples: No scheme"),
        ("relative.jsonld", '{"@id": "b", "x:p": 1}', "a relative IRI 'b' (write the IRI in full"),
        ("relative.rdf", XML.format("b", "某") + "</rdf:RDF>", "IRI 'b': No scheme found"),
        ("bell.rdf", XML.format("x:b", "\x07") + "</rdf:RDF>", "line 3, column 50: not RDF/XML"),
        ("away.jsonld", '{"@context": "http://x/c", "@id": "x:b"}', "put the context itself into"),
        ("empty.ttl", "", "no statement of RDF in it (an empty file?)"),
        ("empty.rdf", "", "line 1, column 1: not RDF/XML: no element found"),
        ("prefixes.trig", f"@prefix kg: <{BASE}> .\n", "no statement of RDF in it"),
        (
            "plain.jsonld",
            '{"name": "某"}',
            "in it (a key that no context explains, name: give it an",
        ),
        ("blank.jsonld", '{"@id": "x:a b", "x:p": 1}', "in it (not an absolute IRI, x:a b: write"),
    ],
)
def test_a_file_that_is_no_rdf_is_refused_in_one_line(
    tmp_path: Path, name: str, text: str, error: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    report = put(tmp_path, tmp_path / name, policies(tmp_path, "policy:y,某细则,2024,,,"))
    (failed,) = report.failed
    assert failed.startswith(f"{name}") and error in failed and "\n" not in failed
    assert query(tmp_path, "SELECT DISTINCT subject FROM facts") == [("policy:y",)]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_bytes(GOOD.encode("gb18030"))
    with Store(tmp_path / ".kg") as store, pytest.raises(InputError, match=r"a\.nt, line 1, col"):
        load(store, [path])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "x-none"])
def test_xml_in_another_encoding_fails_alone_and_says_what_would_do(
    tmp_path: Path, encoding: str
) -> None:
    text = XML.format("x:b", "某").replace("?>", f' encoding="{encoding}"?>') + "</rdf:RDF>"
    path = tmp_path / "a.rdf"
    path.write_bytes(text.encode(encoding.replace("x-none", "utf-8")))
    (failed,) = put(tmp_path, path, policies(tmp_path, "policy:y,某细则,2024,,,")).failed
    assert failed.startswith("a.rdf") and "(save it as UTF-8, and let it say so)" in failed


def test_a_mark_before_the_first_line_makes_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_bytes(b"\xef\xbb\xbf# a comment\n" + GOOD.encode())
    assert lines(put(tmp_path, path).problems) == []
    assert query(tmp_path, "SELECT place FROM records WHERE property = 'name'") == [
        ("line 2, skos:prefLabel",)
    ]


def test_a_file_that_was_cut_off_keeps_what_it_said_before(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text(GOOD, encoding="utf-8")
    put(tmp_path, path)
    path.write_text(GOOD + GOOD.replace("/x>", "/y>") + GOOD[:50], encoding="utf-8")
    assert put(tmp_path, path).failed
    assert query(tmp_path, "SELECT DISTINCT subject FROM facts") == [("policy:x",)]


@pytest.mark.parametrize("format", ["trig", "ntriples", "jsonld"])
def test_an_export_under_another_base_is_one_error(
    tmp_path: Path, format: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a{ENDINGS[format]}"
    with store_of(tmp_path / "from" / ".kg", say("policy:x", "name", "某办法")) as store:
        monkeypatch.setenv("KG_BASE", "https://ex.org/a/")
        export(store, format, path)
        monkeypatch.delenv("KG_BASE")
    with pytest.raises(InputError) as error:
        put(tmp_path, path)
    assert str(error.value) == (
        f"{path.name}: made with base https://ex.org/a/: set KG_BASE=https://ex.org/a/ to load it"
    )
    assert not (tmp_path / ".kg" / "statements").exists()
    monkeypatch.setenv("KG_BASE", "https://ex.org/a/")
    assert put(tmp_path, path).change.added > 0
