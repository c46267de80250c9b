// zh: 各政策文件设定的到某一年的量化目标有哪些?
// en: Which quantified targets do policies set for a year?
// param: due int = 2025   目标年份 | the year they are due
// column: metric 指标 | metric
// column: value 数值 | value
// column: unit 单位 | unit
// column: qualifier 限定 | qualifier
// column: disputed 有争议 | disputed
// how: targets.csv, year 2025, value not empty: 9 of 17 rows. Only target:007 is disputed
// how: (conflicting).
MATCH (t:Target)-[r:SET_BY]->(p:Policy)
WHERE t.value IS NOT NULL AND t.due_from.year = $due AND t.due_to.year = $due
WITH p, t, r ORDER BY t.id, r.fact
WITH p, t.metric AS metric, t.due AS due, collect(DISTINCT t) AS same, collect(r.fact) AS facts
WITH p, metric, same, same[0] AS t, facts
RETURN p.id AS id, p.name AS name, metric, t.value AS value, t.unit AS unit,
       t.qualifier AS qualifier,
       coalesce(any(x IN same WHERE 'value' IN coalesce(x.disputed, [])
                                 OR (x.unit = t.unit AND x.value <> t.value)), false) AS disputed,
       facts + [x IN same | x.id + '#value'] + [x IN same | x.id + '#metric']
             + [x IN same | x.id + '#due'] + [t.id + '#unit', t.id + '#qualifier'] AS cites
ORDER BY p.id, t.id
