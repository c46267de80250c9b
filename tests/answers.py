"""Questions made for one test, and tables whose sources disagree."""

from pathlib import Path

from kg.answer import Answer, ask
from kg.api import KnowledgeGraph
from kg.saved import Note, Parameter, Question

TABLE = """policy_id,title,aliases,type,issued_on,source_id,source_url,source_date
    policy:one,第一号文件,甲;乙,measures,2024-01-05,,https://www.gov.cn/one,2024-03-01
    policy:two,第二号文件,,plan,2024-02,,https://www.gov.cn/two,2024-03-01"""

OTHER = """policy_id,title,issued_on,source_id,source_url,source_date
    policy:one,第一号文件,2024-02-06,,https://copy.example.org/one,2024-03-02"""

LINKS = """subject_id,predicate,object_id,date,confidence,source_id,source_url,source_date
    policy:two,implements,policy:one,,stated,,https://www.gov.cn/two,2024-03-01"""

SOURCES = """source_id,url,page_date,kind,rank
    source:gov1,https://www.gov.cn/one,2024-03-01,,official
    source:gov2,https://www.gov.cn/two,2024-03-01,,official"""


def question(
    cypher: str, *parameters: Parameter, notes: tuple[Note, ...] = (), path: Path = Path("x")
) -> Question:
    return Question("test/x", path, "问", "asks", cypher, parameters, {}, notes)


def of(name: str, kind: str, default: str | None = None) -> Parameter:
    return Parameter(name, kind, default, "参数", "parameter")


def answered(store: KnowledgeGraph, cypher: str, *parameters: Parameter, **given: object) -> Answer:
    return ask(store, store.graph, question(cypher, *parameters), given)
