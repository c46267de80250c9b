// zh: 某次数据资源调查由谁组织、何时进行、依据什么?
// en: Who runs a survey, when, under which notice, and what does the notice implement?
// param: survey Survey = survey:sv24   调查 | the survey
// column: role 角色 | role
// column: begins 开始 | begins
// column: ends 结束 | ends
// note: 未列出的组织单位表示数据中没有。 | Organisers that are not listed are not in the data.
// how: surveys.csv; rel_conducts.csv: nda and cac (the two others of four stand only in
// how: unsourced.csv, which is not loaded); rel_conducted_under.csv: policy:sv24;
// how: rel_implements.csv: sv24 → digcn. Dates only for the survey itself.
MATCH (s:Survey {id: $survey})
CALL (s) {
  RETURN 1 AS place, 'survey' AS role, s AS thing,
         [s.id + '#name', s.id + '#begins', s.id + '#ends'] AS cites
  UNION ALL
  MATCH (s)-[r:ORGANISER]->(o:Organisation)
  RETURN 2 AS place, 'organiser' AS role, o AS thing, [r.fact] AS cites
  UNION ALL
  MATCH (s)-[r:CONDUCTED_UNDER]->(n:Policy)
  RETURN 3 AS place, 'notice' AS role, n AS thing, [r.fact] AS cites
  UNION ALL
  MATCH (s)-[c:CONDUCTED_UNDER]->(:Policy)-[r:IMPLEMENTS]->(p:Policy)
  WITH p, c, r ORDER BY c.fact, r.fact
  RETURN 4 AS place, 'implemented' AS role, p AS thing, collect(DISTINCT c.fact) + collect(r.fact) AS cites
}
RETURN thing.id AS id, thing.name AS name, role, thing.begins AS begins, thing.ends AS ends, cites
ORDER BY place, thing.id
