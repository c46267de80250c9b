// zh: 哪些省级数据局的名称含某词(如“政务服务”条线)?
// en: Which provincial data bureaus have a word such as 政务服务 (the government-services line) in their name?
// param: word text = 政务服务   名称中的词 | word in the name
// column: province_id 省份(标识) | province (id)
// column: province 省份 | province
// how: agencies.csv, level provincial, name_zh contains 政务服务: bj, gd, he, nm, and gd_old,
// how: js_old, nm_ga, whose status is former. js has it only in an alias.
MATCH (a:Agency {level: 'provincial'})
WHERE a.name CONTAINS $word AND coalesce(a.status, '') <> 'former'
OPTIONAL MATCH (a)-[r:GOVERNS]->(p:Province)
WITH a, p, r ORDER BY p.id, r.fact
WITH a, collect(p)[0] AS p, collect(r.fact) AS facts
RETURN a.id AS id, a.name AS name, p.id AS province_id, p.name AS province,
       [a.id + '#name', a.id + '#level', a.id + '#status'] + facts AS cites
ORDER BY a.id
