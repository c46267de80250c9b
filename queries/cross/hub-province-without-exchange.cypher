// zh: 哪些枢纽所在省份没有收录数据交易机构?
// en: Which provinces with a national computing hub have no exchange in the data?
// column: name 省份 | province
// column: hubs 国家算力枢纽 | hubs
// note: 没有收录即数据中没有,不等于当地没有数据交易机构。 | No exchange in the data does not mean that there is none.
// how: of the 14 hub provinces (11 12 13 15 31 32 33 34 44 50 51 52 62 64) all but 64 stand in
// how: province_id of exchanges.csv.
MATCH (h:ComputeProject {kind: 'hub'})-[l:LOCATED_IN]->(p:Province)
WHERE NOT EXISTS { MATCH (:Exchange)-[:LOCATED_IN]->(p) }
WITH p, h, l ORDER BY h.id, l.fact
WITH p, collect(DISTINCT h) AS found, collect(l.fact) AS facts
RETURN p.id AS id, p.name AS name, [h IN found | h.name] AS hubs,
       facts + [h IN found | h.id + '#kind'] AS cites
ORDER BY p.id
