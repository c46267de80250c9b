// zh: 哪些政策文件经由其他文件间接(两步及以上)落实某一政策?
// en: Which policies implement a policy only through others (two steps or more)?
// param: policy Policy = policy:p20   被落实的政策 | the policy implemented
// column: hops 步数 | steps
// column: path 落实路径 | path of implementation
// column: issued 成文日期 | dated
// how: rel_implements.csv: p20 is implemented by bj20, hbplan, reg, wh3, x3. Of these only x3 is
// how: implemented in turn, by bjx alone, and nothing implements bjx: one row, two steps.
MATCH way = (:Policy {id: $policy})<-[:IMPLEMENTS*2..6]-(p:Policy)
WHERE p.id <> $policy AND NOT EXISTS { MATCH (p)-[:IMPLEMENTS]->(:Policy {id: $policy}) }
WITH p, way, reduce(ids = '', n IN nodes(way) | ids + ' ' + n.id) AS ids
ORDER BY length(way), ids
WITH p, collect(way)[0] AS shortest
RETURN p.id AS id, p.name AS name, length(shortest) AS hops,
       [n IN nodes(shortest) | n.name] AS path, p.dated AS issued,
       [r IN relationships(shortest) | r.fact] + [p.id + '#dated'] AS cites
ORDER BY length(shortest), p.id
