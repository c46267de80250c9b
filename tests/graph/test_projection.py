"""From facts to nodes and relationships: the shape of the graph."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import domain
from kg.api import KnowledgeGraph
from kg.graph import Node, Relationship
from kg.graph.projection import nodes, relationships, schema
from tests.stores import write

POLICIES = """policy_id,title,aliases,type,issued_on,source_id,source_url,source_date
    policy:one,第一号文件,甲;乙,measures,2024-01-05,,https://www.gov.cn/one,2024-03-01
    policy:two,第二号文件,,plan,2024-02,,https://www.gov.cn/two,2024-03-01"""
OTHER = """policy_id,title,issued_on,source_id,source_url,source_date
    policy:one,第一号文件,2024-02-06,,https://copy.example.org/one,2024-03-02"""
LINKS = """subject_id,predicate,object_id,date,confidence,source_id,source_url,source_date
    policy:two,implements,policy:one,,stated,,https://www.gov.cn/two,2024-03-01
    policy:two,implements,policy:one,,,,https://copy.example.org/two,2024-03-02
    policy:one,issued_by,org:ndrc,2024-01,inferred,,https://www.gov.cn/one,2024-03-01"""
SOURCES = """source_id,url,page_date,kind,rank
    source:gov1,https://www.gov.cn/one,2024-03-01,,official
    source:gov2,https://www.gov.cn/two,2024-03-01,,official"""
NAMES = """name,entity,kind,lang,from,to,source
    乙,policy:one,informal,zh,,,
    第一号文件,policy:one,official,zh,,,"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    folder: Path = tmp_path_factory.mktemp("small")
    write(folder / ".kg" / "register" / "sources.csv", SOURCES)
    write(folder / ".kg" / "register" / "names.csv", NAMES)
    for name, text in (("policies", POLICIES), ("other", OTHER), ("links", LINKS)):
        write(folder / "data" / f"{name}.csv", text)
    with kg.open(folder / ".kg") as opened:
        report = opened.load(folder / "data")
        assert not report.problems, report.problems
        opened.facts()
        yield opened


def node(store: KnowledgeGraph, entity: str) -> Node:
    (found,) = (one for one in nodes(store, domain.model()) if one.properties["id"] == entity)
    return found


def links(store: KnowledgeGraph, kind: str) -> list[Relationship]:
    return [one for one in relationships(store) if one.type == kind]


def test_labels_are_the_classes_under_one_root_and_types_their_links() -> None:
    made = schema(domain.model())
    assert made.labels["Entity"] is None
    assert [name for name, above in made.labels.items() if above is None] == ["Entity"]
    assert (made.labels["Agency"], made.labels["Organisation"]) == ("Organisation", "Entity")
    assert all(above in made.labels for above in made.labels.values() if above)
    assert {"IMPLEMENTS", "ISSUED_BY", "PART_OF"} <= set(made.types)
    assert all(name == name.upper() for name in made.types)


def test_no_name_serves_as_a_label_and_as_a_type() -> None:
    made = schema(domain.model())
    assert not set(made.labels) & set(made.types)
    assert len({name.casefold() for name in (*made.labels, *made.types)}) == len(made.labels) + len(
        made.types
    )


def test_a_node_has_a_name_and_attributes_and_a_date_has_its_bounds(small: KnowledgeGraph) -> None:
    assert node(small, "policy:two") == Node(
        "Policy",
        {
            "id": "policy:two",
            "name": "第二号文件",
            "kind": "plan",
            "dated": "2024-02",
            "dated_from": date(2024, 2, 1),
            "dated_to": date(2024, 2, 29),
        },
    )


def test_only_the_preferred_value_is_in_the_graph_and_what_is_disputed_is_listed(
    small: KnowledgeGraph,
) -> None:
    properties = node(small, "policy:one").properties
    assert (properties["dated"], properties["dated_from"]) == ("2024-01-05", date(2024, 1, 5))
    assert properties["disputed"] == ["dated"]
    assert "disputed" not in node(small, "policy:two").properties


def test_a_name_that_only_finds_a_thing_is_none_of_its_aliases(small: KnowledgeGraph) -> None:
    assert node(small, "policy:one").properties["aliases"] == ["甲"]
    assert small.find("乙")[0].id == "policy:one"


def test_what_is_only_linked_to_is_a_node_too_with_the_name_of_the_register(
    small: KnowledgeGraph,
) -> None:
    assert node(small, "org:ndrc") == Node(
        "Organisation", {"id": "org:ndrc", "name": "国家发展和改革委员会"}
    )


def test_a_relationship_is_one_fact_however_many_say_so(small: KnowledgeGraph) -> None:
    (link,) = links(small, "IMPLEMENTS")
    assert (link.start, link.end) == ("policy:two", "policy:one")
    fact = link.properties["fact"]
    assert dict(link.properties) == {
        "fact": fact,
        "sources": 2,
        "status": "accepted",
        "stance": "stated",
        "confidence": 1.0,
    }
    rows = small.connection.execute(
        "SELECT subject, property, value, len(statements) FROM facts WHERE id = $1", [fact]
    ).fetchall()
    assert rows == [("policy:two", "implements", "policy:one", 2)]


def test_a_relationship_has_the_bounds_of_its_fact(small: KnowledgeGraph) -> None:
    (link,) = links(small, "ISSUED_BY")
    assert link.properties["stance"] == "inferred"
    bounds = {key: value for key, value in link.properties.items() if key.endswith("est")}
    assert bounds == {"from_earliest": date(2024, 1, 1), "from_latest": date(2024, 1, 31)}


# The shipped sources


def test_an_open_bound_is_absent(store: KnowledgeGraph) -> None:
    properties = node(store, "agency:bj").properties
    assert properties["unveiled"] == "[..2024-04-02]"
    assert properties["unveiled_to"] == date(2024, 4, 2)
    assert "unveiled_from" not in properties


def test_there_is_a_node_for_each_entity_and_a_relationship_for_each_preferred_link(
    store: KnowledgeGraph,
) -> None:
    made, joined = list(nodes(store, domain.model())), list(relationships(store))
    ids = [one.properties["id"] for one in made]
    assert len(ids) == len(set(ids)) > 300
    assert {end for one in joined for end in (one.start, one.end)} <= set(ids)
    facts = store.connection.execute(
        "SELECT id FROM facts WHERE preferred AND kind = 'link'"
    ).fetchall()
    assert sorted(str(one.properties["fact"]) for one in joined) == sorted(row[0] for row in facts)
    assert {one.type for one in joined} <= set(schema(domain.model()).types)


def test_a_property_is_of_one_type_in_the_whole_graph(store: KnowledgeGraph) -> None:
    kinds: dict[tuple[str, str], set[str]] = {}
    for one in nodes(store, domain.model()):
        for name, value in one.properties.items():
            assert value is not None and value != []
            kinds.setdefault((one.label, name), set()).add(type(value).__name__)
    assert {key: kind for key, kind in kinds.items() if len(kind) > 1} == {}


def test_the_graph_that_is_asked_is_the_one_projected(store: KnowledgeGraph) -> None:
    def count(cypher: str) -> Any:
        return store.cypher(cypher).rows[0][0]

    assert count("MATCH (n:Entity) RETURN count(n) AS n") == len(list(nodes(store, domain.model())))
    assert count("MATCH ()-[r]->() RETURN count(r) AS n") == len(list(relationships(store)))
    asked = store.cypher("MATCH (n:Agency {id: 'agency:js'}) RETURN labels(n) AS l, n.name AS n")
    assert asked.rows == ((["Agency", "Entity", "Organisation"], "江苏省数据局"),)
