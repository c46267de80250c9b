"""The line writer, against two readers of N-Quads."""

from calendar import monthrange
from datetime import date

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.rdf import lines
from kg.when import When
from tests.rdf.made import EDTF, XSD, by_pyoxigraph, by_rdflib, dataset, value

_CARRIED = st.characters(exclude_categories=["Cs"]).filter(
    lambda char: (char >= " " or char in "\t\n\r") and char not in "\ufffe\uffff"
)
TEXTS = st.text(_CARRIED)
IRI_TEXTS = st.one_of(
    st.text(_CARRIED),
    st.from_regex(r"\Ahttps?://[^/]*(/[^?#]*)?(\?[^#]*)?(#.*)?\Z"),
    st.from_regex(r"\A(urn|x):[\x21-\x7e一-龥]*\Z"),
)


NS = "https://example.org/"


def line(term: str) -> bytes:
    return f"<{NS}s> <{NS}p> {term} <{NS}g> .\n".encode()


@given(TEXTS)
def test_any_text_comes_back_from_both_readers(text: str) -> None:
    expected = (
        "https://example.org/s",
        "https://example.org/p",
        value(text),
        "https://example.org/g",
    )
    for term, lang in ((lines.plain(text), ""), (lines.plain(text) + lines.tag("zh"), "zh")):
        wanted = {(*expected[:2], value(text, lang=lang), expected[3])}
        assert by_pyoxigraph(line(term), "nquads") == wanted
        assert by_rdflib(line(term), "nquads") == wanted


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x0b", "\x1f", "\ud800", "\udfff", "\ufffe"])
def test_what_rdf_cannot_carry_is_refused(char: str) -> None:
    with pytest.raises(ValueError, match=f"U\\+{ord(char):04X}"):
        lines.plain(f"数据{char}要素")


@given(IRI_TEXTS)
def test_what_is_taken_for_an_iri_is_one_for_both_readers(text: str) -> None:
    if not lines.is_iri(text):
        return
    assert NamedNode(text).value == text
    for read in (by_pyoxigraph, by_rdflib):
        assert {one[2] for one in read(line(lines.iri(text)), "nquads")} == {(text, "@id", "")}


@given(st.from_regex(lines._USUAL, fullmatch=True))
def test_a_usual_address_is_an_iri_by_the_whole_rule(text: str) -> None:
    assert lines._IRI.fullmatch(text)
    assert NamedNode(text).value == text


@pytest.mark.parametrize(
    "text",
    [
        "http://www.sxfae.com/",
        "http://139.155.240.214:7031/?p=218912",
        "https://例子.中国/数据?q=要素#一",
        "urn:x-unlocated:none(庆阳数据中心集群项目开工)",
        "mailto:a@b.cn",
    ],
)
def test_addresses_as_people_write_them_are_iris(text: str) -> None:
    assert lines.is_iri(text)


@pytest.mark.parametrize(
    "text",
    ["", "www.nda.gov.cn", "http://a b", "http://a/%zz", "http://a:b/", "http://a/\n", "http://[x"],
)
def test_other_texts_are_not(text: str) -> None:
    assert not lines.is_iri(text)


@given(st.dates())
def test_a_date_has_the_type_of_what_is_known(day: date) -> None:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    year = When(date(day.year, 1, 1), date(day.year, 12, 31))
    for when, datatype in (
        (When.day(day), f"{XSD}date"),
        (When(day.replace(day=1), last), f"{XSD}gYearMonth"),
        (year, f"{XSD}gYear"),
        (When(None, day), EDTF),
        (When(day, None), EDTF),
    ):
        (read,) = parse(line(lines.day(str(when))), format=RdfFormat.N_QUADS)
        assert read.object == Literal(str(when), datatype=NamedNode(datatype))


@given(st.dates())
def test_rdflib_reads_a_day_as_that_day(day: date) -> None:
    ((_, _, found, _),) = dataset(line(lines.day(day.isoformat())), "nquads").quads()
    assert isinstance(found, rdflib.Literal)
    assert found.toPython() == day


@pytest.mark.parametrize("text", ["2024-13", "2024-02-30", "2024-01-01/2024-01-31", "去年", ""])
def test_other_dates_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|day"):
        lines.day(text)


@given(st.decimals(allow_nan=False, allow_infinity=False).map(lambda one: format(one, "f")))
def test_a_number_keeps_its_digits(text: str) -> None:
    (read,) = parse(line(lines.number(text)), format=RdfFormat.N_QUADS)
    datatype = "decimal" if "." in text else "integer"
    assert read.object == Literal(text, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize("text", ["", "1e5", "5,000", "NaN", "٣"])
def test_other_numbers_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not of the datatype"):
        lines.number(text)
