"""Fields that several classes have: one name, one meaning, one IRI.

A class that words such a field in its own way (or has its own code list) takes it with `replace`.
"""

from kg.terms import Term

KIND = Term("kg:kind", "类别", "kind", under=("dcterms:type",))
STATUS = Term("kg:status", "状态", "status", holds="state")
LEVEL = Term("kg:level", "层级", "level")
PART_OF = Term("dcterms:isPartOf", "隶属", "part of", holds="state")
LOCATED_IN = Term("kg:locatedIn", "位于", "located in", under=("dcterms:spatial",), holds="state")
LOCALITY = Term("kg:locality", "地点", "locality", near=("schema:addressLocality",), holds="state")
OPERATOR = Term("kg:operator", "运营方", "operator", holds="state")
UNVEILED = Term("kg:unveiled", "揭牌日期", "unveiled")
DATED = Term(
    "kg:dated", "日期", "dated", under=("dcterms:date",), near=("eli:date_document",), life="begins"
)
DUE = Term("kg:due", "期限", "due", planned=True)
VALUE = Term("kg:value", "数值", "value")
BOUND = Term(
    "kg:bound",
    "限定类别",
    "bound",
    codes="bound",
    comment_zh="数值是恰好、至少、超过还是左右。",
    comment_en="Whether the value is exact, a lower bound, exceeded or approximate.",
)
