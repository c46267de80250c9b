"""What a class or a field of a model means: its RDF name, its labels, how it holds in time.

The model itself is pydantic classes (package `ontology`); this module reads them into plain
records that checker, projection, RDF writer and data dictionary share.
"""

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from kg import statement
from kg.codes import Code as Code
from kg.codes import CodeList as CodeList
from kg.codes import read_codes as read_codes
from kg.when import When

ID = f"^{statement.ID}$"

Kind = Literal["link", "text", "date", "number", "boolean", "code"]


@dataclass(frozen=True)
class Term:
    """A class or field as vocabularies and people know it.

    `under` are the standard terms it lies under (sub-class, sub-property), `near` those close in
    meaning. `holds`: always; from an event on, for ever; or a state with an interval. `life`: the
    date that begins or ends the life of the thing. `planned`: the date may lie after the page
    that gives it. `languages`: each language may have its own text. `datatype`: the RDF datatype
    where it is not that of the kind (`@id`: written as an IRI). `reads`: the terms that RDF from
    elsewhere uses for it, so that what is said by them is taken as said by it.
    """

    iri: str
    zh: str
    en: str
    under: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    holds: Literal["always", "event", "state"] = "always"
    life: Literal["", "begins", "ends"] = ""
    codes: str = ""
    planned: bool = False
    languages: bool = False
    datatype: str = ""
    reads: tuple[str, ...] = ()
    comment_zh: str = ""
    comment_en: str = ""


@dataclass(frozen=True)
class Text:
    """A text in one or both languages; `zh` is simplified Chinese.

    >>> Text("数据二十条", "Data Twenty Articles").en
    'Data Twenty Articles'
    """

    zh: str = ""
    en: str = ""

    def __post_init__(self) -> None:
        if not (self.zh or self.en):
            raise ValueError("a text needs at least one language")


T_co = TypeVar("T_co", bound="Entity", covariant=True)


class Link(str, Generic[T_co]):
    """The id of another entity: text when it is validated, typed by what it names for mypy."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: Any) -> CoreSchema:
        return core_schema.str_schema(pattern=ID)


NAME = Term(
    "skos:prefLabel",
    "名称",
    "name",
    languages=True,
    reads=("rdfs:label", "schema:name", "foaf:name", "dcterms:title", "eli:title"),
)


class Entity(BaseModel):
    """A thing with an id: what may be said of any thing.

    有标识的事物；以下字段各类皆有。
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: ClassVar[Term] = Term("kg:Entity", "事物", "entity")
    prefix: ClassVar[str] = ""
    complete: ClassVar[bool] = False
    """Whether the register has all of the class, so that no record makes a new one."""

    id: Annotated[str, StringConstraints(pattern=ID)]
    name: Annotated[Text | None, NAME] = None
    alias: Annotated[
        tuple[str, ...],
        Term(
            "skos:altLabel",
            "别名",
            "alias",
            holds="state",
            languages=True,
            reads=("schema:alternateName", "skos:hiddenLabel"),
        ),
    ] = ()
    note: Annotated[tuple[str, ...], Term("skos:note", "备注", "note", languages=True)] = ()

    @field_validator("name", mode="before")
    @classmethod
    def _plain_text_is_chinese(cls, value: object) -> object:
        return Text(value) if isinstance(value, str) else value


class Named(Entity):
    """An entity that is never without a name; no class of the model by itself."""

    name: Annotated[Text, NAME]


@dataclass(frozen=True)
class Property:
    """A field of a class as read from the model."""

    name: str
    term: Term
    required: bool
    many: bool
    kind: Kind
    ranges: tuple[str, ...] = ()
    codes: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class Class:
    """A class of the model; `parents` are the names of its ancestors, nearest first."""

    name: str
    prefix: str
    term: Term
    parents: tuple[str, ...]
    properties: Mapping[str, Property]
    zh: str = ""
    en: str = ""
    complete: bool = False


@dataclass(frozen=True)
class Model:
    """All classes by name."""

    classes: Mapping[str, Class]

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """Prefix of an id → name of the class."""
        return {each.prefix: each.name for each in self.classes.values()}

    def of(self, entity: str) -> Class:
        """The class of an id, by its prefix; raises KeyError where no class has it."""
        return self.classes[self.prefixes[entity.partition(":")[0]]]

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether a class is `ancestor` or lies under it."""
        return name == ancestor or ancestor in self.classes[name].parents

    def under(self, ancestor: str) -> tuple[str, ...]:
        """The names of a class and of all that lie under it, in the order of the model."""
        return tuple(name for name in self.classes if self.is_a(name, ancestor))


def read_model(classes: Iterable[type[Entity]]) -> Model:
    """What pydantic knows of the classes, as plain records."""
    return Model({cls.__name__: _class(cls) for cls in classes})


def _class(cls: type[Entity]) -> Class:
    parents = tuple(base.__name__ for base in cls.__mro__[1:] if "term" in vars(base))
    properties = {
        name: _property(name, term, info)
        for name, info in cls.model_fields.items()
        for term in info.metadata
        if isinstance(term, Term)
    }
    en, _, zh = inspect.cleandoc(cls.__doc__ or "").partition("\n\n")
    return Class(cls.__name__, cls.prefix, cls.term, parents, properties, zh, en, cls.complete)


_KINDS: Mapping[object, Kind] = {
    str: "text",
    Text: "text",
    datetime: "text",
    When: "date",
    int: "number",
    Decimal: "number",
    bool: "boolean",
}


def _property(name: str, term: Term, info: FieldInfo) -> Property:
    many = get_origin(info.annotation) is tuple
    options = _options(get_args(info.annotation)[0] if many else info.annotation)
    targets = [_options(get_args(each)[0]) for each in options if get_origin(each) is Link]
    ranges = tuple(target.__name__ for group in targets for target in group)
    kind: Kind = "link" if ranges else "code" if term.codes else _KINDS[options[0]]
    return Property(
        name, term, info.is_required(), many, kind, ranges, term.codes, _pattern(info.metadata)
    )


def _options(hint: Any) -> tuple[Any, ...]:
    """The members of a union without None, or the type itself."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(each for each in get_args(hint) if each is not NoneType)
    return (hint,)


def _pattern(metadata: Iterable[object]) -> str:
    """The regular expression of a text, where its field has one."""
    rules = (each.pattern for each in metadata if isinstance(each, StringConstraints))
    return next((str(rule) for rule in rules if rule), "")
