"""What is counted and agreed: surveys, initiatives, and counts that sources give."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from kg.terms import Entity, Link, Named, Term
from kg.when import When
from ontology.fields import BOUND, DATED, VALUE

if TYPE_CHECKING:
    from ontology.organisation import Organisation
    from ontology.policy import Policy


class Survey(Named):
    """A survey of data resources: who asks whom, when, under which notice.

    数据资源调查：由谁组织、调查谁、何时进行、依据哪份通知。
    """

    term: ClassVar[Term] = Term(
        "kg:Survey", "调查", "survey", under=("prov:Activity", "schema:Event")
    )
    prefix: ClassVar[str] = "survey"

    begins: Annotated[
        When | None,
        Term("schema:startDate", "开始日期", "begins", life="begins", planned=True),
    ] = None
    ends: Annotated[
        When | None, Term("schema:endDate", "结束日期", "ends", life="ends", planned=True)
    ] = None
    organiser: Annotated[
        tuple[Link["Organisation"], ...],
        Term("schema:organizer", "组织单位", "organised by", holds="event"),
    ] = ()
    conducted_under: Annotated[
        tuple[Link["Policy"], ...],
        Term(
            "kg:conductedUnder",
            "依据通知",
            "conducted under",
            under=("prov:used",),
            holds="event",
        ),
    ] = ()
    asks: Annotated[tuple[str, ...], Term("kg:asks", "调查对象", "asks")] = ()


class Initiative(Named):
    """Something that several bodies agreed to do together, such as mutual recognition.

    多家机构共同发起的倡议或行动，如数据交易机构互认互通。
    """

    term: ClassVar[Term] = Term(
        "kg:Initiative", "倡议", "initiative", under=("org:OrganizationalCollaboration",)
    )
    prefix: ClassVar[str] = "initiative"

    dated: Annotated[When | None, DATED] = None
    member_count: Annotated[
        int | None, Term("kg:memberCount", "成员数", "number of members", holds="state")
    ] = None


class Count(Entity):
    """How many of something there are, as a source says; never a count of this graph.

    来源所说的数量（如“全国已有44家”），不是本图谱自行统计的结果。
    """

    term: ClassVar[Term] = Term("kg:Count", "统计数", "count", near=("schema:Observation",))
    prefix: ClassVar[str] = "count"

    counts: Annotated[str | None, Term("kg:counts", "统计对象", "counts")] = None
    value: Annotated[Decimal | None, VALUE] = None
    bound: Annotated[str | None, BOUND] = None
    as_of: Annotated[When | None, Term("kg:asOf", "时点", "as of")] = None
