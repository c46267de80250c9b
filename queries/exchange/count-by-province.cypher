// zh: 哪些省份的数据交易机构最多?
// en: Which provinces have the most exchanges?
// param: at_least int = 2   至少几家 | at least how many
// column: name 省份 | province
// column: exchanges 机构数 | exchanges
// column: names 机构 | names
// how: rel_located_in.csv, subjects exchange:*, counted by province; every kind (exchange,
// how: centre, platform, company, branch) and every status counts. 7 provinces have two or more.
MATCH (e:Exchange)-[r:LOCATED_IN]->(p:Province)
WITH p, e, r ORDER BY e.id, r.fact
WITH p, collect(DISTINCT e) AS found, collect(r.fact) AS facts
WHERE size(found) >= $at_least
RETURN p.id AS id, p.name AS name, size(found) AS exchanges, [e IN found | e.name] AS names,
       facts AS cites
ORDER BY size(found) DESC, p.id
;
// of: Exchange  数据交易机构 | exchanges
MATCH (e:Exchange)
RETURN e.name AS name
ORDER BY e.id
