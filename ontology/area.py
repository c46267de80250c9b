"""Where things are: administrative areas, and zones set up for trials and clusters."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import StringConstraints

from kg.terms import Link, Named, Term
from kg.when import When
from ontology.fields import KIND, LOCALITY, LOCATED_IN, PART_OF, STATUS

if TYPE_CHECKING:
    from ontology.policy import Proposal


class Area(Named):
    """An area of administration, or a region made of several such as the Yangtze River Delta.

    行政区划单位，或由若干行政区组成的区域（如长三角）。
    """

    term: ClassVar[Term] = Term(
        "kg:Area",
        "行政区",
        "administrative area",
        under=("geo:Feature", "schema:AdministrativeArea"),
        near=("cv:AdministrativeUnit",),
        reads=("schema:AdministrativeArea", "cv:AdministrativeUnit"),
    )
    prefix: ClassVar[str] = "area"
    complete: ClassVar[bool] = True

    code: Annotated[
        str | None,
        StringConstraints(pattern=r"^[0-9]{6}$"),
        Term(
            "kg:code",
            "行政区划代码",
            "division code",
            under=("dcterms:identifier",),
            near=("wdt:P442",),
            comment_zh="GB/T 2260，六位数字；兵团没有代码。",
            comment_en="GB/T 2260, six digits; the corps (兵团) has none.",
        ),
    ] = None
    part_of: Annotated[tuple[Link["Area"], ...], replace(PART_OF, holds="always")] = ()
    proposes: Annotated[
        tuple[Link["Proposal"], ...], Term("kg:proposes", "提出", "proposes", holds="event")
    ] = ()


class Province(Area):
    """A unit of the first level below the state; the corps (兵团) is counted with them.

    省级行政区：省、自治区、直辖市、特别行政区；新疆生产建设兵团一并计入。
    """

    term: ClassVar[Term] = Term("kg:Province", "省级行政区", "province-level division")
    prefix: ClassVar[str] = "province"

    kind: Annotated[str, replace(KIND, codes="province_kind")]
    iso: Annotated[
        str | None,
        StringConstraints(pattern=r"^CN-[A-Z]{2}$"),
        Term("kg:iso", "ISO 3166-2 代码", "ISO 3166-2 code", under=("dcterms:identifier",)),
    ] = None


class Zone(Named):
    """A place or set of places chosen to try something out or to gather an industry.

    先行区、综合试验区、产业集聚区、试点城市等试点区域。
    """

    term: ClassVar[Term] = Term("kg:Zone", "试点区域", "pilot zone", under=("geo:Feature",))
    prefix: ClassVar[str] = "zone"

    kind: Annotated[str | None, replace(KIND, codes="zone_kind")] = None
    status: Annotated[str | None, replace(STATUS, codes="zone_status")] = None
    designated: Annotated[
        When | None,
        Term("kg:designated", "设立日期", "designated", life="begins", planned=True),
    ] = None
    located_in: Annotated[tuple[Link["Area"], ...], LOCATED_IN] = ()
    locality: Annotated[str | None, LOCALITY] = None
    covers: Annotated[
        tuple[str, ...],
        Term(
            "kg:covers",
            "参与地区",
            "covers",
            holds="state",
            comment_zh="参与的地区，按原文写法。",
            comment_en="The places that take part, as the source writes them.",
        ),
    ] = ()
