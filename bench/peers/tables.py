"""Made-up records: five tables as CSV, the same for the same seed, and the graph that they mean.

Each table has an id and ten fields of a class of the ontology, in Chinese, some cells with quotes,
line breaks, backslashes or emoji, some empty. Values stand in the cells as RDF writes them, so that
a mapping language needs no function. Only the standard library: every peer imports this.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

BASE = "https://w3id.org/datapolicy-cn/"
SPACES = {
    "kg": f"{BASE}ns#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "qudt": "http://qudt.org/schema/qudt/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "unit": "http://qudt.org/vocab/unit/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Column(NamedTuple):
    """A field: its predicate; its kind as kg has it.

    `detail` is the language of a text, the datatype of a value, the list of a code, the prefix of
    a link's target.
    """

    name: str
    term: str
    kind: str = "text"
    detail: str = ""

    @property
    def heading(self) -> str:
        """As the table writes it."""
        return f"{self.name}_{self.detail}" if self.kind == "text" and self.detail else self.name

    @property
    def target(self) -> str:
        """What the IRI of a link or a code begins with."""
        if self.detail == "unit_si":
            return iri("unit:")
        return f"{BASE}{'code/' if self.kind == 'code' else ''}{self.detail}/"


class Table(NamedTuple):
    """A class: its columns besides the id."""

    prefix: str
    class_name: str
    columns: tuple[Column, ...]


def iri(term: str) -> str:
    """A term in full."""
    prefix, _, name = term.partition(":")
    return SPACES[prefix] + name


_NAME = Column("name", "skos:prefLabel", "text", "zh")
_ENGLISH = Column("name", "skos:prefLabel", "text", "en")
_NOTE = Column("note", "skos:note")
_PLACE = Column("located_in", "kg:locatedIn", "link", "province")
_LOCALITY = Column("locality", "kg:locality")
_UNVEILED = Column("unveiled", "kg:unveiled", "date", "xsd:date")
_WEBSITE = Column("website", "kg:website", "iri")
TABLES = (
    Table("policy", "Policy", (
        _NAME, _ENGLISH, _NOTE,
        Column("number", "eli:id_local"),
        Column("kind", "kg:kind", "code", "policy_kind"),
        Column("level", "kg:level", "code", "policy_level"),
        Column("status", "kg:status", "code", "policy_status"),
        Column("dated", "kg:dated", "date", "xsd:date"),
        Column("applies_to", "kg:appliesTo", "link", "province"),
        Column("implements", "kg:implements", "link", "policy"),
    )),
    Table("agency", "Agency", (
        _NAME, _ENGLISH, _NOTE, _PLACE, _UNVEILED, _WEBSITE,
        Column("level", "kg:level", "code", "agency_level"),
        Column("line", "kg:line", "code", "line"),
        Column("part_of", "dcterms:isPartOf", "link", "agency"),
        Column("head", "kg:head"),
    )),
    Table("exchange", "Exchange", (
        _NAME, Column("alias", "skos:altLabel", "text", "zh"), _NOTE, _PLACE, _LOCALITY, _UNVEILED,
        _WEBSITE,
        Column("kind", "kg:kind", "code", "exchange_kind"),
        Column("status", "kg:status", "code", "exchange_status"),
        Column("capital", "kg:capital", "number", "xsd:decimal"),
    )),
    Table("project", "ComputeProject", (
        _NAME, _ENGLISH, _NOTE, _PLACE, _LOCALITY,
        Column("kind", "kg:kind", "code", "compute_kind"),
        Column("part_of", "dcterms:isPartOf", "link", "project"),
        Column("approved", "kg:approved", "date", "xsd:date"),
        Column("operating", "kg:operating", "date", "xsd:date"),
        Column("investment", "kg:investment", "number", "xsd:integer"),
    )),
    Table("target", "Target", (
        _NOTE,
        Column("set_by", "kg:setBy", "link", "policy"),
        Column("metric", "kg:metric"),
        Column("value", "kg:value", "number", "xsd:decimal"),
        Column("unit", "kg:unit"),
        Column("value_si", "qudt:numericValue", "number", "xsd:decimal"),
        Column("unit_si", "qudt:hasUnit", "code", "unit_si"),
        Column("bound", "kg:bound", "code", "bound"),
        Column("qualifier", "kg:qualifier"),
        Column("due", "kg:due", "date", "xsd:date"),
    )),
)  # fmt: skip
_CODES = {
    "policy_kind": ("opinion", "plan", "action_plan", "measures", "notice"),
    "policy_level": ("national", "provincial", "municipal"),
    "policy_status": ("draft", "in_force", "superseded"),
    "agency_level": ("national", "provincial", "prefecture"),
    "line": ("development_reform", "government_services"),
    "exchange_kind": ("exchange", "center", "platform"),
    "exchange_status": ("operating", "unknown"),
    "compute_kind": ("programme", "hub", "cluster", "data_center"),
    "unit_si": ("NUM", "PERCENT", "CCY_CNY"),
    "bound": ("about", "reach", "at_least", "over"),
}
_WORDS = (
    "数据要素", "公共数据", "授权运营", "流通交易", "算力网络", "可信空间", "高质量发展",
    "行动方案", "实施意见", "管理办法", "试点", "国家枢纽节点",
)  # fmt: skip
_ODD = (
    "“数据二十条”",
    '"数据要素×"',
    "第一行\n第二行",
    "路径\\文件",
    "🚀",
    "a\tb",
    "𠮷野",
    "<b>&amp;</b>",
)
_PROVINCES = ("11", "12", "31", "32", "33", "44", "50", "52")
_EMPTY = 0.043
"""The share of cells without a value."""


def write(folder: Path, count: int, seed: int = 7) -> None:
    """Write the tables, with so many records in all."""
    random = Random(seed)
    for table in TABLES:
        with (folder / f"{table.prefix}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["id", *(column.heading for column in table.columns)])
            each = count // len(TABLES)
            for number in range(each):
                rows.writerow([f"n{number}", *(_cell(one, each, random) for one in table.columns)])


def cells(folder: Path, table: Table) -> Iterator[list[str]]:
    """The records of a table, by the reader of the standard library."""
    with (folder / f"{table.prefix}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


def _cell(column: Column, each: int, random: Random) -> str:
    if random.random() < _EMPTY:
        return ""
    if column.kind == "code":
        return random.choice(_CODES[column.detail])
    if column.kind == "link":
        own = column.detail != "province"
        return f"n{random.randrange(each)}" if own else random.choice(_PROVINCES)
    if column.kind == "date":
        year, month, day = (
            random.randrange(2015, 2031),
            random.randrange(1, 13),
            random.randrange(1, 29),
        )
        return f"{year}-{month:02}-{day:02}"
    if column.kind == "number":
        whole = str(random.randrange(10**6))
        return f"{whole}.{random.randrange(100):02}" if column.detail == "xsd:decimal" else whole
    if column.kind == "iri":
        path = random.choice(("about", "数据/要素", "index.html?p=1&q=2"))
        return f"https://www.example{random.randrange(1000)}.org/{path}"
    if column.detail == "en":
        return f"Measures for data elements no. {random.randrange(10**6)}"
    words = "".join(random.choice(_WORDS) for _ in range(random.randrange(2, 9)))
    return words + (random.choice(_ODD) if random.random() < 0.1 else str(random.randrange(10**4)))
