// zh: 参加某一互认互通倡议的机构按省如何分布?
// en: How are the exchanges that take part in an initiative distributed over the provinces?
// param: initiative Initiative = initiative:mutual24   倡议 | the initiative
// column: name 省份 | province
// column: members 机构数 | members
// column: names 机构 | names
// how: 24 rows of rel_member_of_mutual_recognition.csv joined to province_id of exchanges.csv:
// how: 江苏 4, 浙江 3, 山东 2, 广东 2 and 13 provinces with one: 4 + 3 + 2 + 2 + 13 = 24.
MATCH (p:Province)<-[l:LOCATED_IN]-(e:Exchange)-[m:MEMBER_OF]->(:Initiative {id: $initiative})
WITH p, e, l, m ORDER BY e.id, m.fact, l.fact
WITH p, collect(DISTINCT e) AS found, collect(m.fact) AS joined, collect(l.fact) AS located
RETURN p.id AS id, p.name AS name, size(found) AS members, [e IN found | e.name] AS names,
       joined + located AS cites
ORDER BY size(found) DESC, p.id
;
// of: $initiative#member_count  参加机构 | members
// of: Exchange members of $initiative
MATCH (e:Exchange)-[:MEMBER_OF]->(:Initiative {id: $initiative})
WITH DISTINCT e
RETURN e.name AS name
ORDER BY e.id
