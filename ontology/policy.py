"""What is decided: policy documents, the targets they set, and what areas propose."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from kg.terms import Entity, Link, Named, Term
from kg.when import When
from ontology.fields import BOUND, DATED, DUE, KIND, LEVEL, STATUS, VALUE

if TYPE_CHECKING:
    from ontology.area import Area, Zone
    from ontology.compute import ComputeProject
    from ontology.exchange import Exchange
    from ontology.organisation import Organisation


class Policy(Named):
    """A document by which an authority decides, plans, permits or announces something.

    政策文件：意见、规划、方案、办法、条例、批复、通知等；征求意见稿单独成件。
    """

    term: ClassVar[Term] = Term(
        "kg:Policy",
        "政策文件",
        "policy",
        under=("eli:LegalResource",),
        reads=("eli:LegalResource", "schema:Legislation"),
    )
    prefix: ClassVar[str] = "policy"

    number: Annotated[str | None, Term("eli:id_local", "文号", "document number")] = None
    kind: Annotated[
        str | None,
        replace(KIND, zh="文种", en="kind of document", codes="policy_kind"),
    ] = None
    level: Annotated[str | None, replace(LEVEL, codes="policy_level")] = None
    status: Annotated[str | None, replace(STATUS, codes="policy_status")] = None
    dated: Annotated[
        When | None,
        replace(
            DATED,
            zh="成文日期",
            comment_zh="条例为通过日期。",
            comment_en="The date of the text; of a regulation, the day it was passed.",
            reads=("eli:date_document",),
        ),
    ] = None
    published: Annotated[When | None, Term("eli:date_publication", "发布日期", "published")] = None
    in_force: Annotated[
        When | None,
        Term("eli:first_date_entry_in_force", "施行日期", "in force from", planned=True),
    ] = None
    expires: Annotated[
        When | None,
        Term("eli:date_no_longer_in_force", "失效日期", "expires", life="ends", planned=True),
    ] = None
    issued_by: Annotated[
        tuple[Link["Organisation"], ...],
        Term("eli:passed_by", "发文机关", "issued by", holds="event"),
    ] = ()
    applies_to: Annotated[
        tuple[Link["Area"], ...],
        Term(
            "kg:appliesTo",
            "适用地区",
            "applies to",
            under=("dcterms:spatial",),
            near=("eli:relevant_for",),
            holds="event",
        ),
    ] = ()
    based_on: Annotated[
        tuple[Link["Policy"], ...],
        Term(
            "eli:based_on",
            "依据",
            "based on",
            holds="event",
            comment_zh="由其授权：根据某条例制定。",
            comment_en="Empowered by it, as in 根据…条例; stronger than implementing.",
        ),
    ] = ()
    implements: Annotated[
        tuple[Link["Policy"], ...],
        Term(
            "kg:implements",
            "落实",
            "implements",
            under=("eli:applies",),
            near=("eli:ensures_implementation_of",),
            holds="event",
        ),
    ] = ()
    replaces: Annotated[
        tuple[Link["Policy"], ...], Term("eli:repeals", "取代", "replaces", holds="event")
    ] = ()
    final_of: Annotated[
        Link["Policy"] | None,
        Term(
            "kg:finalOf",
            "征求意见稿",
            "final text of",
            under=("prov:wasRevisionOf",),
            holds="event",
            comment_zh="由正式文本指向其征求意见稿。",
            comment_en="Points from the final text to its draft for comment.",
        ),
    ] = None
    approves: Annotated[
        tuple[Link["ComputeProject"], ...], Term("kg:approves", "批复", "approves", holds="event")
    ] = ()
    supports: Annotated[
        tuple[Link["Exchange | Zone | ComputeProject"], ...],
        Term("kg:supports", "支持", "supports", holds="event"),
    ] = ()


class Target(Entity):
    """Something to be reached by a date; many are qualitative and have no value.

    政策或地区设定的目标；不少是定性的，没有数值。
    """

    term: ClassVar[Term] = Term("kg:Target", "目标", "target")
    prefix: ClassVar[str] = "target"

    set_by: Annotated[
        tuple[Link["Policy | Area"], ...],
        Field(min_length=1),
        Term("kg:setBy", "设定方", "set by", holds="event"),
    ]
    metric: Annotated[
        str,
        Term(
            "kg:metric",
            "指标",
            "metric",
            comment_zh="按原文写法。",
            comment_en="As the source words it.",
        ),
    ]
    indicator: Annotated[
        str | None,
        Term(
            "kg:indicator",
            "指标类别",
            "indicator",
            codes="indicator",
            comment_zh="使不同文件的指标可以比较。",
            comment_en="What makes metrics of different documents comparable.",
        ),
    ] = None
    value: Annotated[Decimal | None, VALUE] = None
    unit: Annotated[
        str | None,
        Term(
            "kg:unit",
            "单位",
            "unit",
            comment_zh="按原文写法：5000 亿元。",
            comment_en="As the source writes it: 5000, 亿元.",
        ),
    ] = None
    value_si: Annotated[
        Decimal | None, Term("qudt:numericValue", "归一数值", "normalised value")
    ] = None
    unit_si: Annotated[
        str | None, Term("qudt:hasUnit", "归一单位", "normalised unit", codes="unit_si")
    ] = None
    qualifier: Annotated[
        str | None, Term("kg:qualifier", "限定（原文）", "qualifier as written")
    ] = None
    bound: Annotated[str | None, BOUND] = None
    due: Annotated[When | None, DUE] = None


class Proposal(Named):
    """What an area said it would do: a measure, a project or an aim, as the source words it.

    某地区提出的举措、项目或目标，按原文表述。
    """

    term: ClassVar[Term] = Term("kg:Proposal", "提出的举措", "proposal")
    prefix: ClassVar[str] = "proposal"

    kind: Annotated[str | None, replace(KIND, codes="proposal_kind")] = None
    due: Annotated[When | None, DUE] = None
    dated: Annotated[When | None, replace(DATED, zh="提出日期")] = None
    stated_in: Annotated[
        Link["Policy"] | None, Term("kg:statedIn", "载于", "stated in", holds="event")
    ] = None
