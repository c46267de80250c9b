// One query a line: what both engines must answer alike.
MATCH (n:Agency) RETURN DISTINCT size(labels(n)) AS n
MATCH (n:Agency|Exchange) RETURN count(n) AS n
MATCH (n:Organisation&!Agency) RETURN count(n) AS n
MATCH (n:Entity) RETURN n:Agency AS a, n:Policy AS p, count(*) AS c ORDER BY c
MATCH (a)-[r:OPERATOR|SHAREHOLDER]->(b) RETURN type(r) AS t, count(*) AS n ORDER BY t
MATCH (p:Policy) WHERE p.dated IS NULL RETURN p.id AS id ORDER BY id
MATCH (p:Policy) WHERE p.kind IN ['plan', 'opinion'] RETURN p.kind AS k, count(*) AS n ORDER BY k
MATCH (p:Policy) WHERE NOT p.kind = 'plan' RETURN count(*) AS n
MATCH (p:Policy) RETURN coalesce(p.number, '无') AS n, count(*) AS c ORDER BY n
MATCH (a:Agency) WHERE a.name STARTS WITH '江苏' OR a.name ENDS WITH '中心' RETURN a.id AS id ORDER BY id
MATCH (a:Agency) WHERE a.name =~ '.*省数据局' RETURN a.name AS n ORDER BY n
MATCH (a:Agency) UNWIND a.aliases AS x RETURN x AS x ORDER BY x
MATCH (a:Agency) WHERE any(x IN a.aliases WHERE x CONTAINS '大数据') RETURN a.id AS id ORDER BY id
MATCH (a:Agency) RETURN [x IN a.aliases WHERE size(x) > 6 | substring(x, 0, 3)] AS l, a.id AS id ORDER BY id
MATCH (a:Agency) RETURN a.level AS l, a.line AS i, count(*) AS n ORDER BY l, i
UNWIND [1, 2.5, null, '数', true] AS x RETURN x AS x
RETURN [1, 2, 3][-1] AS a, range(1, 5)[1..3] AS b, reverse([1, 2]) AS c, head([]) AS d
RETURN CASE WHEN null THEN 1 ELSE 2 END AS a, null = null AS b, null IN [1] AS c
MATCH (t:Target) RETURN t.unit AS u, sum(t.value) AS s, round(avg(t.value), 6) AS a ORDER BY u
MATCH (t:Target) RETURN min(t.value) AS a, max(t.value) AS b, count(t.value) AS c
MATCH (p:Policy)-[:ISSUED_BY]->(o) WITH o, count(p) AS n WHERE n > 2 RETURN o.id AS id, n AS n ORDER BY n, id
MATCH (x:Exchange)-[:LOCATED_IN]->(p) WITH p, x ORDER BY x.id RETURN p.id AS p, collect(x.name) AS l ORDER BY p
MATCH (n:Policy) WITH n.kind AS k, collect(DISTINCT n.status) AS s RETURN k AS k, size(s) AS n ORDER BY k
MATCH (n:Nothing) RETURN count(n) AS n, collect(n.id) AS l, sum(n.x) AS s, max(n.x) AS m
MATCH (t:Target) RETURN percentileCont(t.value, 0.5) AS p, count(DISTINCT t.unit) AS u
MATCH (p:Policy) WHERE p.dated_from >= date('2024-01-01') RETURN p.id AS id, p.dated AS d ORDER BY id
MATCH (p:Policy) RETURN p.dated_from.year AS y, count(*) AS n ORDER BY y
MATCH (a:Agency) WHERE a.unveiled_to < $day RETURN a.id AS id, a.unveiled_from AS f ORDER BY id
MATCH (a)-[r:PREDECESSOR]->(b) RETURN r.fact AS f, r.from_earliest AS e, r.from_latest AS l ORDER BY f
RETURN date('2024-02-29') + duration('P1Y') AS d, duration.inDays(date('2024-01-01'), $day).days AS n
RETURN duration('P1M2D') AS d, duration('PT3H') AS t, [duration('P1D')] AS l
MATCH (p:Policy) WHERE p.dated_from = p.dated_to RETURN toString(p.dated_from) AS d, count(*) AS n ORDER BY d
MATCH p = (:Policy)-[:IMPLEMENTS*1..3]->(:Policy {id: $policy}) RETURN [n IN nodes(p) | n.id] AS l ORDER BY l
MATCH p = (:ComputeProject)-[:PART_OF*1..4]->(b) RETURN length(p) AS n, count(*) AS c ORDER BY n
MATCH (a:Policy {id: $policy})<-[:IMPLEMENTS*1..4]-(b) RETURN DISTINCT b.id AS id ORDER BY id
MATCH (x:Exchange)-[:OPERATOR*0..1]->()-[:SHAREHOLDER]->(o) RETURN x.id AS x, o.id AS o ORDER BY x, o
MATCH (a:Agency {id: 'agency:nda'}) MATCH (b:Policy {id: $policy}) MATCH p = shortestPath((a)-[:ISSUED_BY|IMPLEMENTS*..6]-(b)) RETURN length(p) AS n
MATCH ((x:Policy)-[:IMPLEMENTS]->(y:Policy)){1,3} RETURN size(x) AS n, count(*) AS c ORDER BY n
MATCH (p:Province) WHERE EXISTS { MATCH (p)<-[:LOCATED_IN]-(:Exchange) } RETURN p.id AS id ORDER BY id
MATCH (p:Province) RETURN p.id AS id, COUNT { MATCH (p)<-[:LOCATED_IN]-(:Agency) } AS n ORDER BY id
MATCH (p:Province) RETURN p.id AS p, COLLECT { MATCH (p)<-[:LOCATED_IN]-(x:Exchange) RETURN x.id ORDER BY x.id } AS l ORDER BY p
MATCH (p:Province) CALL (p) { MATCH (p)<-[:LOCATED_IN]-(a:Agency) RETURN count(a) AS n } RETURN p.id AS p, n AS n ORDER BY p
MATCH (p:Policy) WHERE NOT EXISTS { MATCH (p)-[:ISSUED_BY]->() } RETURN count(p) AS n
CALL () { MATCH (a:Agency) RETURN a.id AS id UNION MATCH (x:Exchange) RETURN x.id AS id } RETURN count(id) AS n
MATCH (p:Policy) RETURN p.name AS name ORDER BY name SKIP 5 LIMIT 20
MATCH (p:Policy) RETURN p.number AS n ORDER BY n DESC LIMIT 10
RETURN toUpper('abc数据×') AS a, size('数据𠀀') AS b, left('国家数据局', 2) AS c, split('甲、乙', '、') AS d
RETURN replace('2024年初', '年初', '-01') AS a, trim('  数 ') AS b, '数' + '据' AS c, '甲' < '乙' AS d
RETURN 7 / 2 AS a, 7 % 3 AS b, 2 ^ 3 AS c, toInteger('12') AS d, toFloat('1.5') AS e, round(2.5) AS f
RETURN {a: 1, b: ['数', null]} AS m, $list AS l, $map AS q, $none AS n
MATCH (p:Policy {id: 'policy:bj20'})-[r]->() RETURN r AS r ORDER BY r.fact
MATCH (p:Policy {id: 'policy:bj20'})-[r]->() WITH r ORDER BY r.fact RETURN collect(r) AS rs
MATCH (a)-[r:IMPLEMENTS]->(b) RETURN a AS a, r AS r, {r: r} AS m ORDER BY r.fact LIMIT 5
MATCH p = (a:Policy)-[:IMPLEMENTS*2..2]->(:Policy {id: 'policy:p20'}) RETURN p AS p, relationships(p)[0] AS r ORDER BY a.id
