// zh: 某一名称(如“中国数谷”)指哪里?
// en: What does a name such as 中国数谷 refer to?
// param: name text = 中国数谷   名称或别称 | name or alias
// column: kind 类别 | kind
// column: place 地点 | place
// column: designated 设立日期 | designated
// column: supported_by 支持文件 | supported by
// how: aliases.csv: 中国数谷 names two zones, in 杭州市 (province:33) and 贵阳市 (province:52);
// how: zones.csv has the date 2015-02-12 for 贵阳 only, rel_supports.csv the policy hzsg
// how: (2024-07) for 杭州 only. They are two things.
MATCH (n:Entity)
WHERE n.name = $name OR $name IN coalesce(n.aliases, [])
OPTIONAL MATCH (n)-[l:LOCATED_IN]->(p:Province)
WITH n, p, l ORDER BY p.id, l.fact
WITH n, collect(DISTINCT p.name) AS provinces, collect(l.fact) AS located
OPTIONAL MATCH (d:Policy)-[s:SUPPORTS]->(n)
WITH n, provinces, located, d, s ORDER BY d.id, s.fact
WITH n, located, collect(d.name) AS policies, collect(s.fact) AS supports,
     reduce(text = '', x IN provinces | text + CASE WHEN text = '' THEN '' ELSE '、' END + x) AS province
RETURN n.id AS id, n.name AS name, n.kind AS kind,
       CASE WHEN n.locality IS NULL AND province = '' THEN null
            WHEN n.locality IS NULL THEN province
            WHEN n.locality STARTS WITH province THEN n.locality
            ELSE province + n.locality END AS place,
       n.designated AS designated, policies AS supported_by,
       [n.id + '#name', n.id + '#aliases', n.id + '#kind', n.id + '#locality', n.id + '#designated']
       + located + supports AS cites
ORDER BY n.id
