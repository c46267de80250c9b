// zh: 哪些政策点名支持哪些交易所?
// en: Which policies support which exchanges by name?
// column: name 数据交易机构 | exchange
// column: policy_id 政策文件(标识) | policy (id)
// column: policy 政策文件 | policy
// how: rel_supports.csv, object an exchange: 5 of 14 rows; the others are zones and computing
// how: projects.
MATCH (p:Policy)-[r:SUPPORTS]->(e:Exchange)
RETURN e.id AS id, e.name AS name, p.id AS policy_id, p.name AS policy, [r.fact] AS cites
ORDER BY p.id, e.id
