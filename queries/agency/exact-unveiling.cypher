// zh: 按揭牌日期先后,有确切日期的数据局依次是?
// en: Which data bureaus have an exact day of unveiling, in order?
// param: level code agency_level = null   层级 | level
// column: unveiled 揭牌日期 | unveiled
// column: level 层级 | level
// note: 只知月份、年份或起止范围的机构不在此列。 | Agencies of which only a month, a year or bounds are known are left out.
// how: agencies.csv, established_precision = day: 5 rows, one national and four provincial.
MATCH (a:Agency)
WHERE a.unveiled_from = a.unveiled_to AND ($level IS NULL OR a.level = $level)
RETURN a.id AS id, a.name AS name, a.unveiled AS unveiled, a.level AS level,
       [a.id + '#unveiled', a.id + '#level'] AS cites
ORDER BY a.unveiled_from, a.id
;
// of: Agency province-level bureaus set up  有省级数据局的省份(含兵团) | provinces (and the corps) with a data bureau
MATCH (p:Province)
WHERE p.kind <> 'special_administrative_region' AND p.id <> 'province:71'
OPTIONAL MATCH (a:Agency {level: 'provincial'})-[:GOVERNS]->(p)
WHERE coalesce(a.status, '') <> 'former' AND NOT a.name ENDS WITH '中心'
WITH p, count(a) AS bureaus
RETURN p.name AS name, bureaus > 0 AS known
ORDER BY p.id
