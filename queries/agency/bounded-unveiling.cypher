// zh: 哪些省级数据局只知道在某一段时间内成立?
// en: Which provincial data bureaus are known only to have been set up within a period?
// param: from date = 2024-01-01   不早于 | not before
// param: to date = 2024-03-22   不晚于 | not after
// column: earliest 最早 | earliest
// column: latest 最晚 | latest
// how: agencies.csv, level provincial, established_not_before and _not_after both within the
// how: period: the 12 rows of the page of 2024-03-22. bj, sd, cq, gz have no lower bound; js, sc,
// how: hb, nm an exact day.
MATCH (a:Agency {level: 'provincial'})
WHERE a.unveiled_from >= $from AND a.unveiled_to <= $to AND a.unveiled_from < a.unveiled_to
RETURN a.id AS id, a.name AS name,
       toString(a.unveiled_from) AS earliest, toString(a.unveiled_to) AS latest,
       [a.id + '#unveiled', a.id + '#level'] AS cites
ORDER BY a.unveiled_from, a.unveiled_to, a.id
;
// of: Agency province-level bureaus set up  有省级数据局的省份(含兵团) | provinces (and the corps) with a data bureau
MATCH (p:Province)
WHERE p.kind <> 'special_administrative_region' AND p.id <> 'province:71'
OPTIONAL MATCH (a:Agency {level: 'provincial'})-[:GOVERNS]->(p)
WHERE coalesce(a.status, '') <> 'former' AND NOT a.name ENDS WITH '中心'
WITH p, count(a) AS bureaus
RETURN p.name AS name, bureaus > 0 AS known
ORDER BY p.id
