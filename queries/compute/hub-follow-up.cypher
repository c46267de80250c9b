// zh: 枢纽批复之后,地方出台了哪些落实文件,间隔多少天?
// en: Which documents followed up the hub approvals, and how many days later?
// column: issued 成文日期 | dated
// column: days 间隔天数 | days between
// column: days_from 最少间隔天数 | days between, at least
// column: days_to 最多间隔天数 | days between, at most
// column: approval_id 批复文件(标识) | approval (id)
// column: approval 批复文件 | approval
// note: 批复或落实文件的日期不确切到日的,只给出间隔的上下限。 | Where a date is not known to the day, only bounds of the interval are given.
// how: rel_implements.csv, object is the subject of a hub in rel_approves.csv: gz68 → rgz, nx52 →
// how: rnx, scsn → rcy. 2021-12-20 to 2022-08-09 = 11+31+28+31+30+31+30+31+9 = 232; to 2022-08-05
// how: = 228. rcy is dated 2022-02: from 02-28 to 2022-08-02 = 31+30+31+30+31+2 = 155, from 02-01
// how: = 182.
MATCH (p:Policy)-[r:IMPLEMENTS]->(a:Policy)-[v:APPROVES]->(h:ComputeProject {kind: 'hub'})
WITH p, r, a, v, h ORDER BY h.id
WITH p, r, a, collect(v.fact) AS approves, collect(h.id + '#kind') AS kinds
WITH p, r, a, approves, kinds,
     duration.inDays(a.dated_to, p.dated_from).days AS days_from,
     duration.inDays(a.dated_from, p.dated_to).days AS days_to
RETURN p.id AS id, p.name AS name, p.dated AS issued,
       CASE WHEN days_from = days_to THEN days_from ELSE null END AS days, days_from, days_to,
       a.id AS approval_id, a.name AS approval,
       [r.fact, p.id + '#dated', a.id + '#dated'] + approves + kinds AS cites
ORDER BY p.dated_from, a.id, p.id
