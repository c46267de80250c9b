"""Where claims come from: publications, and the documents that were read."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from kg.terms import Entity, Link, Named, Term
from kg.when import When


class Source(Entity):
    """A publication that a record cites, known by its address.

    记录所引用的出处，以网址为准。
    """

    term: ClassVar[Term] = Term(
        "kg:Source", "来源", "source", under=("prov:Entity", "foaf:Document")
    )
    prefix: ClassVar[str] = "source"

    url: Annotated[str | None, Term("schema:url", "网址", "address", datatype="xsd:anyURI")] = None
    title: Annotated[str | None, Term("dcterms:title", "标题", "title")] = None
    publisher: Annotated[
        str | None, Term("dc11:publisher", "发布者", "publisher", reads=("dcterms:publisher",))
    ] = None
    page_date: Annotated[When | None, Term("dcterms:issued", "页面日期", "date of the page")] = None
    rank: Annotated[
        str | None,
        Term(
            "kg:rank",
            "可信级别",
            "rank",
            codes="source_rank",
            comment_zh="未登记的来源没有级别。",
            comment_en="A source that the register lacks has none.",
        ),
    ] = None
    copy_of: Annotated[Link["Source"] | None, Term("prov:wasDerivedFrom", "转载自", "copy of")] = (
        None
    )


class Document(Named):
    """What was read as a unit: one file or one page, known by its name.

    作为一个整体读入的文件或网页，以名称为准。
    """

    term: ClassVar[Term] = Term(
        "kg:Document", "文件", "document", under=("prov:Entity", "foaf:Document")
    )
    prefix: ClassVar[str] = "document"

    sha256: Annotated[
        str | None,
        StringConstraints(pattern=r"^[0-9a-f]{64}$"),
        Term("kg:sha256", "校验值", "checksum (SHA-256)"),
    ] = None
    loader: Annotated[str | None, Term("kg:loader", "加载器", "loader")] = None
    loaded: Annotated[
        datetime | None,
        Term("prov:generatedAtTime", "加载时间", "loaded", datatype="xsd:dateTime"),
    ] = None
