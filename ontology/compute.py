"""Computing power: the national programme, its hubs and clusters, and what is built there."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from kg.terms import Link, Named, Term
from kg.when import When
from ontology.fields import KIND, LOCALITY, LOCATED_IN, OPERATOR, PART_OF, UNVEILED

if TYPE_CHECKING:
    from ontology.area import Area
    from ontology.organisation import Organisation


class ComputeProject(Named):
    """A piece of computing infrastructure, from the whole programme down to one data centre.

    算力项目：工程、枢纽节点、集群、数据中心、智算中心、调度平台等。
    """

    term: ClassVar[Term] = Term(
        "kg:ComputeProject", "算力项目", "compute project", under=("geo:Feature", "schema:Project")
    )
    prefix: ClassVar[str] = "project"

    kind: Annotated[str | None, replace(KIND, codes="compute_kind")] = None
    part_of: Annotated[tuple[Link["ComputeProject"], ...], replace(PART_OF, zh="属于")] = ()
    located_in: Annotated[tuple[Link["Area"], ...], LOCATED_IN] = ()
    locality: Annotated[tuple[str, ...], LOCALITY] = ()
    start_area: Annotated[
        tuple[str, ...], Term("kg:startArea", "起步区", "start area", holds="state")
    ] = ()
    approved: Annotated[When | None, Term("kg:approved", "批复日期", "approved", life="begins")] = (
        None
    )
    unveiled: Annotated[When | None, UNVEILED] = None
    operating: Annotated[
        When | None, Term("kg:operating", "投运日期", "operating since", planned=True)
    ] = None
    operator: Annotated[tuple[Link["Organisation"], ...], OPERATOR] = ()
    investment: Annotated[
        Decimal | None,
        Term("kg:investment", "投资额（元）", "investment (yuan)", holds="state"),
    ] = None
