"""How a model is written as classes, and read back as plain records."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import StringConstraints, ValidationError

from kg.dictionary import markdown
from kg.terms import Entity, Link, Named, Term, Text, read_codes, read_model
from kg.when import When


class Author(Named):
    """Someone who writes.

    写作的人。
    """

    term: ClassVar[Term] = Term("x:Author", "作者", "author")
    prefix: ClassVar[str] = "author"


class Poet(Author):
    """Someone who writes verse."""

    term: ClassVar[Term] = Term("x:Poet", "诗人", "poet")
    prefix: ClassVar[str] = "poet"


class Book(Entity):
    """Something written."""

    term: ClassVar[Term] = Term("x:Book", "书", "book", under=("x:Thing",))
    prefix: ClassVar[str] = "book"

    isbn: Annotated[
        str | None, StringConstraints(pattern="^[0-9]+$"), Term("x:isbn", "书号", "ISBN")
    ] = None
    writer: Annotated[tuple[Link[Author], ...], Term("x:writer", "作者", "writer")]
    about: Annotated[tuple[Link["Author | Book"], ...], Term("x:about", "内容", "about")] = ()
    sequel_of: Annotated[
        Link["Book"] | Link[Author] | None, Term("x:sequel", "续", "sequel", holds="event")
    ] = None
    genre: Annotated[str | None, Term("x:genre", "体裁", "genre", codes="genre")] = None
    pages: Annotated[int | None, Term("x:pages", "页数", "pages")] = None
    price: Annotated[Decimal | None, Term("x:price", "价格", "price")] = None
    lent: Annotated[bool | None, Term("x:lent", "借出", "lent")] = None
    printed: Annotated[When | None, Term("x:printed", "印刷", "printed", planned=True)] = None
    shelf: str = "not a property: it has no term"


LIBRARY = read_model((Author, Poet, Book))
BOOK = LIBRARY.classes["Book"].properties


@pytest.fixture
def genres(tmp_path: Path) -> Path:
    text = "code,zh,en,near\ngenre,体裁,genre,\nverse,诗,verse,x:Verse\nprose,散文,prose,\n"
    (tmp_path / "genre.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("name", "text"),
        ("isbn", "text"),
        ("writer", "link"),
        ("genre", "code"),
        ("pages", "number"),
        ("price", "number"),
        ("lent", "boolean"),
        ("printed", "date"),
    ],
)
def test_the_kind_of_a_property_follows_from_its_type(field: str, kind: str) -> None:
    assert BOOK[field].kind == kind


def test_a_link_knows_what_it_may_name_however_the_union_is_written() -> None:
    assert BOOK["writer"].ranges == ("Author",)
    assert BOOK["about"].ranges == ("Author", "Book")
    assert BOOK["sequel_of"].ranges == ("Book", "Author")


def test_a_tuple_is_many_and_a_field_without_default_is_required() -> None:
    assert (BOOK["writer"].many, BOOK["writer"].required) == (True, True)
    assert (BOOK["sequel_of"].many, BOOK["sequel_of"].required) == (False, False)


def test_a_field_without_a_term_is_no_property() -> None:
    assert "shelf" not in BOOK and "id" not in BOOK


def test_pattern_and_code_list_reach_the_property() -> None:
    assert BOOK["isbn"].pattern == "^[0-9]+$"
    assert BOOK["genre"].codes == "genre"


def test_a_class_has_the_fields_of_its_ancestors_and_knows_them_nearest_first() -> None:
    poet = LIBRARY.classes["Poet"]
    assert poet.parents == ("Author", "Entity")
    assert list(poet.properties) == ["name", "alias", "note"]


def test_only_a_named_entity_requires_a_name() -> None:
    assert LIBRARY.classes["Author"].properties["name"].required
    assert not BOOK["name"].required


def test_the_description_is_english_then_chinese() -> None:
    author = LIBRARY.classes["Author"]
    assert (author.en, author.zh) == ("Someone who writes.", "写作的人。")


def test_the_prefix_of_an_id_gives_its_class() -> None:
    assert LIBRARY.of("poet:libai").name == "Poet"
    with pytest.raises(KeyError):
        LIBRARY.of("tree:oak")


def test_a_class_is_what_its_ancestors_are() -> None:
    assert LIBRARY.is_a("Poet", "Author") and LIBRARY.is_a("Poet", "Entity")
    assert not LIBRARY.is_a("Author", "Poet")
    assert LIBRARY.under("Author") == ("Author", "Poet")


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "a field that is misspelt"},
        {"isbn": "９７８"},
        {"writer": ("李白",)},
        {"id": "book:静夜思"},
        {"name": {}},
        {"printed": "去年"},
    ],
)
def test_an_entity_refuses_what_the_model_does_not_say(wrong: dict[str, Any]) -> None:
    right = {"id": "book:b1", "writer": ("poet:libai",)}
    Book.model_validate(right)
    with pytest.raises(ValidationError):
        Book.model_validate({**right, **wrong})


def test_a_plain_name_is_chinese() -> None:
    poet = Poet.model_validate({"id": "poet:libai", "name": "李白"})
    assert poet.name == Text(zh="李白")


def test_an_entity_is_a_value() -> None:
    poet = Poet(id="poet:libai", name=Text("李白", "Li Bai"), alias=("太白",))
    assert hash(poet) == hash(poet.model_copy())
    with pytest.raises(ValidationError):
        poet.name = Text("杜甫")  # type: ignore[misc]


def test_an_entity_survives_the_way_through_json() -> None:
    book = Book(
        id="book:b1", writer=(Link("poet:libai"),), printed=When(date(744, 1, 1), None), price=None
    )
    assert Book.model_validate_json(book.model_dump_json()) == book


def test_a_cell_gives_a_code_by_itself_or_by_its_chinese_label(genres: Path) -> None:
    genre = read_codes(genres)["genre"]
    assert (genre.zh, genre.en) == ("体裁", "genre")
    assert genre.find("verse") == genre.find(" 诗 ") == "verse"
    assert genre.find("诗歌") is None and genre.find("genre") is None


def test_a_code_list_that_does_not_name_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "genre.csv").write_text("code,zh,en,near\nverse,诗,verse,\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"genre\.csv, row 2"):
        read_codes(tmp_path)


def test_the_dictionary_shows_each_field_once_where_it_is_added(genres: Path) -> None:
    text = markdown(LIBRARY, read_codes(genres), "en")
    assert "| `isbn` | ISBN | text | 0..1 | `x:isbn` | always | `^[0-9]+$` |" in text
    assert "| `writer` | writer | `Author` | 1..* | `x:writer` | always |  |" in text
    assert "| `verse` | 诗 | verse | x:Verse |" in text
    assert text.count("| `alias` |") == 1


def test_the_dictionary_speaks_either_language(genres: Path) -> None:
    text = markdown(LIBRARY, read_codes(genres), "zh")
    assert "## Author 作者\n\n写作的人。\n\n标识 `author:…`；属于 `Entity`；`x:Author`" in text
    assert "| `printed` | 印刷 | 日期 | 0..1 | `x:printed` | 始终 | 可为将来日期。 |" in text
