"""Terms of ours that exports have beside those of the model: what is said of statements."""

from kg.terms import Term

CLASSES = (
    Term("kg:Load", "加载", "load", under=("prov:Activity",),
         comment_zh="由某一版本的加载器读取一个文件；何时读取不在其内。",
         comment_en="The reading of a document by a loader of some version, whenever it was."),
    Term("kg:PlaceSelector", "位置", "place in a document", under=("oa:Selector",),
         comment_zh="文件中的位置，没有标准写法时用文字表示。",
         comment_en="A place in a document, in words, where no standard has a form for it."),
)  # fmt: skip
"""The classes of what exports say of statements."""

TERMS = (
    Term("kg:readFrom", "读自", "read from", comment_zh="陈述读自哪个文件。",
         comment_en="The document in which a statement was read."),
    Term("kg:readBy", "读取者", "read by", datatype="xsd:string",
         comment_zh="加载所用的加载器及其版本。",
         comment_en="The loader of a load, and its version."),
    Term("kg:stance", "陈述方式", "stance", codes="stance",
         comment_zh="来源怎样说：明确、推断、与人冲突。",
         comment_en="How the source says it: stated, inferred, in conflict with others."),
    Term("kg:confidence", "读取可信度", "confidence", datatype="xsd:decimal",
         comment_zh="读得有多准，0 到 1。", comment_en="How well it was read, from 0 to 1."),
    Term("kg:position", "位次", "position", datatype="xsd:integer",
         comment_zh="在所列各项中排第几，如联合发文机关的先后。",
         comment_en="Which of those listed it is, as the order of bodies that issue together."),
    Term("kg:validFrom", "起始", "valid from", comment_zh="从何时起成立。",
         comment_en="When it begins to hold."),
    Term("kg:validTo", "截止", "valid to", comment_zh="到何时为止成立。",
         comment_en="When it ceases to hold."),
    Term("kg:earliest", "最早", "earliest", datatype="xsd:date", comment_zh="不早于这一天。",
         comment_en="Not before this day."),
    Term("kg:latest", "最晚", "latest", datatype="xsd:date", comment_zh="不晚于这一天。",
         comment_en="Not after this day."),
)  # fmt: skip
"""What is said of statements, beside standard terms."""
