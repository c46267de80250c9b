"""Where data are traded."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar

from kg.terms import Link, Term
from kg.when import When
from ontology.fields import KIND, OPERATOR, STATUS, UNVEILED
from ontology.organisation import Organisation

if TYPE_CHECKING:
    from ontology.survey import Initiative


class Exchange(Organisation):
    """A venue where data products are traded: exchange, trading centre, platform or branch.

    数据交易所、交易中心、交易平台、交易公司及其服务基地。
    """

    term: ClassVar[Term] = Term(
        "kg:Exchange", "数据交易机构", "data exchange", under=("org:FormalOrganization",)
    )
    prefix: ClassVar[str] = "exchange"

    kind: Annotated[str | None, replace(KIND, codes="exchange_kind")] = None
    status: Annotated[str | None, replace(STATUS, codes="exchange_status")] = None
    unveiled: Annotated[When | None, replace(UNVEILED, life="begins")] = None
    operator: Annotated[tuple[Link["Organisation"], ...], OPERATOR] = ()
    branch_of: Annotated[
        Link["Exchange"] | None,
        Term("kg:branchOf", "分支于", "branch of", under=("org:unitOf",), holds="state"),
    ] = None
    member_of: Annotated[
        tuple[Link["Initiative"], ...], Term("org:memberOf", "成员于", "member of", holds="state")
    ] = ()
