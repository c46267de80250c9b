"""The portable subset: for each rule a query that it refuses, and near ones that it lets pass."""

from pathlib import Path

import pytest

from kg.lint import faults
from kg.saved import Note, Parameter, Question

END = "RETURN p.id AS id, [] AS cites ORDER BY p.id"


def said(cypher: str, *parameters: Parameter, note: str = "") -> list[str]:
    notes = (Note("有 {names}", "found {names}", note),) if note else ()
    return list(faults(Question("x/y", Path("y"), "问", "asks", cypher, parameters, {}, notes)))


@pytest.mark.parametrize(
    ("cypher", "why"),
    [
        (f"CREATE (p:Policy) {END}", "writes"),
        (f"MERGE (p:Policy) {END}", "writes"),
        (f"MATCH (p:Policy) SET p.x = 1 {END}", "writes"),
        (f"MATCH (p:Policy) detach delete p {END}", "writes"),
        (f"MATCH (p:Policy) REMOVE p.x {END}", "writes"),
        (f"LOAD CSV FROM 'file:///etc/passwd' AS p {END}", "writes"),
        (f"MATCH (p) FOREACH (x IN [1] | SET p.x = x) {END}", "writes"),
        ("MATCH (p) RETURN * ORDER BY p.id", "RETURN *"),
        ("MATCH (p) RETURN DISTINCT * ORDER BY p.id", "RETURN *"),
        (f"MATCH (p)-[:R*]->(q) {END}", "upper bound"),
        (f"MATCH (p)-[*]->(q) {END}", "upper bound"),
        (f"MATCH (p)-[:R*2..]->(q) {END}", "upper bound"),
        (f"MATCH (p)-[:R*..]->(q) {END}", "upper bound"),
        (f"MATCH (p)-[r:R* {{x: 1}}]->(q) {END}", "upper bound"),
        (f"MATCH (p)-[r:R*1.. WHERE r.x = 1]->(q) {END}", "upper bound"),
        (f"MATCH (p)-[:R]->+(q) {END}", "upper bound"),
        (f"MATCH (p)-[:R]->*(q) {END}", "upper bound"),
        (f"MATCH (p)<-[:R]-+(q) {END}", "upper bound"),
        (f"MATCH (p)-->+(q) {END}", "upper bound"),
        (f"MATCH (p) ((a)-[:R]->(b))+ (q) {END}", "upper bound"),
        (f"MATCH (p) ((a)-[:R]->(b)){{1,}} (q) {END}", "upper bound"),
        (f"MATCH x = SHORTEST 1 (p)-[:R]->(q) {END}", "SHORTEST"),
        (f"MATCH x = ALL SHORTEST (p)-[:R]->(q) {END}", "SHORTEST"),
        (f"MATCH (p) WHERE exists(p.name) {END}", "exists("),
        (f"MATCH (p) WHERE size((p)-->()) > 1 {END}", "size of a pattern"),
        (f"MATCH (p) CALL {{ WITH p RETURN 1 AS x }} {END}", "CALL { WITH"),
        (f"EXPLAIN MATCH (p) {END}", "EXPLAIN"),
        (f"profile MATCH (p) {END}", "EXPLAIN"),
        (f"MATCH (p) WHERE p.n > 1_000 {END}", "1_000"),
        (f"MATCH (p) WHERE p.at > datetime('2024-01-05T00:00:00Z') {END}", "datetimes"),
        (f"MATCH (p) WHERE labels(p)[0] = 'Policy' {END}", "labels(n)[0]"),
        (
            f"MATCH w = shortestPath((p)-[:R*..6]-(q)) WHERE all(r IN relationships(w) "
            f"WHERE r.x = 1) {END}",
            "shortestPath with WHERE",
        ),
        ("MATCH (p) RETURN p.id AS id, [] AS cites", "no ORDER BY"),
        ("MATCH (p) WITH p ORDER BY p.id RETURN p.id AS id, [] AS cites", "no ORDER BY"),
        (
            "MATCH (p) CALL (p) { MATCH (q) RETURN q ORDER BY q.id } "
            "RETURN p.id AS id, [] AS cites",
            "no ORDER BY",
        ),
        (f"MATCH (p {{id: $x}}) {END}", "parameter $x is not declared"),
    ],
)
def test_what_the_engines_answer_differently_is_refused(cypher: str, why: str) -> None:
    (fault,) = said(cypher)
    assert why in fault


@pytest.mark.parametrize(
    "cypher",
    [
        f"MATCH (p)-[:R*0..1]->(q) {END}",
        f"MATCH (p)-[:R*1..4]->(q) {END}",
        f"MATCH (p)-[:R*..6]->(q) {END}",
        f"MATCH (p)-[:R*3]->(q) {END}",
        f"MATCH (p)-[r:R*1..4 {{x: 1}}]->(q) {END}",
        f"MATCH (p) ((a)-[:R]->(b)){{1,4}} (q) {END}",
        f"MATCH (p) WHERE p.name = 'RETURN * // CREATE' {END}",
        f'MATCH (p) WHERE p.name = "SET \\" DELETE *" {END}',
        f"MATCH (p) WHERE p.url = 'https://example.org/*' {END}",
        f"MATCH (p) WHERE p.`SET` = 1 {END}",
        f"// CREATE a thing: RETURN *\nMATCH (p) {END}",
        f"MATCH (p) /* MERGE, [*] */ {END}",
        f"MATCH (p) // 'unfinished\nWHERE p.x = 1 {END}",
        f"MATCH (p)-[:SET_BY]->(q) {END}",
        f"MATCH (p) WHERE p.set = 1 AND p.profile = 2 AND p.drop = 3 {END}",
        f"MATCH (p) CALL (p) {{ MATCH (p)-->(q) RETURN count(*) AS n }} {END}",
        f"CALL () {{ MATCH (p) RETURN p }} {END}",
        f"MATCH (p) WHERE EXISTS {{ MATCH (p)-->() }} AND NOT exists {{ (p)<--() }} {END}",
        f"MATCH (p) WHERE size((p.names + [])) > 1 AND size([(p)-->(q) | q]) > 0 {END}",
        f"MATCH (p) WITH p, (p.a) + (p.b) AS c, (p.a) * (2) AS d, size(p.n) + -1 AS e {END}",
        f"MATCH (p) WITH p, [x IN [1, 2] | x * 2] AS d, [1, 2][1..-1] AS e {END}",
        f"MATCH (p) WHERE p.n > 1000 AND p.a1_2 = 1 {END}",
        f"MATCH (p) WHERE p.dated_from >= date('2024-01-05') {END}",
        f"MATCH (p) WHERE 'Policy' IN labels(p) {END}",
        f"MATCH w = shortestPath((p)-[:R*..6]-(q)) WHERE p.id <> q.id {END}",
        f"MATCH w = (p)-[:R*1..4]->(q) WHERE all(r IN relationships(w) WHERE r.x = 1) {END}",
        "MATCH (p) RETURN count(*) AS id, [] AS cites ORDER BY id",
        "MATCH (p) RETURN p.id AS id, [] AS cites\norder\n  by p.id LIMIT 5",
    ],
)
def test_what_they_answer_alike_passes(cypher: str) -> None:
    assert said(cypher) == []


def test_the_query_of_a_note_is_held_to_the_same_rules() -> None:
    assert said(f"MATCH (p) {END}", note="MATCH (p) RETURN p.name AS names ORDER BY p.id") == []
    assert said(f"MATCH (p) {END}", note="MATCH (p) RETURN * ORDER BY p.id") == [
        "RETURN *: name the columns"
    ]


def test_a_parameter_must_be_declared_and_used() -> None:
    x = Parameter("x", "text", "甲", "词", "word")
    assert said(f"MATCH (p {{id: $x}}) {END}", x) == []
    assert said(f"MATCH (p) {END}", x) == ["parameter $x is not used"]
    assert said(f"MATCH (p {{id: '$x'}}) {END}", x) == ["parameter $x is not used"]
    note = "MATCH (p {name: $x}) RETURN p.id AS names ORDER BY p.id"
    assert said(f"MATCH (p) {END}", x, note=note) == []
    assert said(f"MATCH (p) {END}", note=note) == ["parameter $x is not declared"]


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        ("text", True), ("int", True), ("date", True), ("Policy", True), ("Organisation", True),
        ("code agency_level", True), ("code nosuch", False), ("policy", False), ("Polcy", False),
    ],
)  # fmt: skip
def test_a_parameter_is_of_a_class_a_code_list_or_a_simple_type(kind: str, known: bool) -> None:
    x = Parameter("x", kind, None, "词", "word")
    wrong = [] if known else [f"parameter $x is of no known type: {kind}"]
    assert said(f"MATCH (p {{id: $x}}) {END}", x) == wrong
