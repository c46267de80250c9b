"""Who acts: organisations, and the bodies that administer data."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from kg.terms import Link, Named, Term
from kg.when import When
from ontology.fields import KIND, LEVEL, LOCALITY, LOCATED_IN, PART_OF, STATUS, UNVEILED

if TYPE_CHECKING:
    from ontology.area import Area


class Organisation(Named):
    """A body that issues, founds, owns or runs something: state organ, party organ or company.

    发文机关、政府部门、企业、数据集团等机构。
    """

    term: ClassVar[Term] = Term(
        "kg:Organisation",
        "机构",
        "organisation",
        under=("org:Organization",),
        reads=(
            "org:Organization",
            "org:FormalOrganization",
            "org:OrganizationalUnit",
            "foaf:Organization",
            "schema:Organization",
            "schema:GovernmentOrganization",
        ),
    )
    prefix: ClassVar[str] = "org"

    kind: Annotated[str | None, replace(KIND, codes="organisation_kind")] = None
    status: Annotated[str | None, replace(STATUS, codes="organisation_status")] = None
    founded: Annotated[
        When | None,
        Term(
            "kg:founded",
            "成立日期",
            "founded",
            near=("schema:foundingDate",),
            life="begins",
            reads=("schema:foundingDate",),
        ),
    ] = None
    closed: Annotated[
        When | None,
        Term(
            "kg:closed",
            "撤销日期",
            "closed",
            near=("schema:dissolutionDate",),
            life="ends",
            reads=("schema:dissolutionDate",),
        ),
    ] = None
    part_of: Annotated[
        tuple[Link["Organisation"], ...],
        replace(
            PART_OF,
            zh="上级机构",
            en="part of",
            near=("org:subOrganizationOf",),
            reads=("org:subOrganizationOf",),
        ),
    ] = ()
    located_in: Annotated[tuple[Link["Area"], ...], LOCATED_IN] = ()
    locality: Annotated[str | None, LOCALITY] = None
    managed_by: Annotated[
        tuple[Link["Organisation"], ...],
        Term("kg:managedBy", "由…管理", "managed by", under=("org:linkedTo",), holds="state"),
    ] = ()
    founded_by: Annotated[
        tuple[Link["Organisation"], ...],
        Term("kg:foundedBy", "设立单位", "founded by", near=("schema:founder",), holds="event"),
    ] = ()
    shareholder: Annotated[
        tuple[Link["Organisation"], ...],
        Term("kg:shareholder", "股东", "shareholder", holds="state"),
    ] = ()
    predecessor: Annotated[
        tuple[Link["Organisation"], ...],
        Term(
            "kg:predecessor",
            "前身",
            "predecessor",
            near=("wdt:P1365",),
            holds="event",
            comment_zh="由新机构指向旧机构。",
            comment_en="Points from the new body to the old one.",
        ),
    ] = ()
    authorised_by: Annotated[
        tuple[Link["Organisation"], ...],
        Term("kg:authorisedBy", "授权方", "authorised by", holds="event"),
    ] = ()
    regulated_by: Annotated[
        tuple[Link["Organisation"], ...],
        Term("kg:regulatedBy", "监管方", "regulated by", holds="state"),
    ] = ()
    website: Annotated[
        str | None,
        Term(
            "kg:website",
            "官网",
            "website",
            reads=("foaf:homepage",),
            near=("schema:url",),
            holds="state",
            datatype="@id",
        ),
    ] = None
    capital: Annotated[
        Decimal | None,
        Term("kg:capital", "注册资本（元）", "registered capital (yuan)", holds="state"),
    ] = None


class Agency(Organisation):
    """A public body that administers data, such as a data bureau, or the plaque of one.

    主管数据工作的公共机构，如国家和地方数据局；含加挂的牌子。
    """

    term: ClassVar[Term] = Term(
        "kg:Agency", "数据管理机构", "data agency", under=("cv:PublicOrganisation",)
    )
    prefix: ClassVar[str] = "agency"

    level: Annotated[str | None, replace(LEVEL, holds="state", codes="agency_level")] = None
    line: Annotated[
        str | None,
        Term(
            "kg:line",
            "条线",
            "line of administration",
            under=("org:classification",),
            holds="state",
            codes="line",
        ),
    ] = None
    setup: Annotated[
        str | None, Term("kg:setup", "设置方式", "setup", holds="state", codes="setup")
    ] = None
    governs: Annotated[
        tuple[Link["Area"], ...],
        Term(
            "kg:governs",
            "管辖",
            "governs",
            under=("dcterms:spatial",),
            holds="state",
            comment_zh="只指本级：江阴市数据局位于江苏，但不管辖江苏。",
            comment_en="Only at its own level: a city's bureau does not govern its province.",
        ),
    ] = ()
    unveiled: Annotated[When | None, replace(UNVEILED, life="begins")] = None
    host: Annotated[
        Link["Organisation"] | None,
        Term(
            "kg:host",
            "挂牌于",
            "hosted by",
            under=("org:linkedTo",),
            holds="state",
            comment_zh="加挂牌子的机构所在的机构。",
            comment_en="The body on which the plaque hangs.",
        ),
    ] = None
    head: Annotated[
        tuple[str, ...],
        Term(
            "kg:head",
            "负责人",
            "head",
            holds="state",
            comment_zh="仅限公职负责人，并须有来源。",
            comment_en="Officials in public office only, and with a source.",
        ),
    ] = ()
