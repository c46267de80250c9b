// zh: 已收录的地方数据条例及通过/施行日期?
// en: Which local data regulations are in the data, and when were they passed and when did they enter into force?
// column: passed 通过日期 | passed
// column: in_force 施行日期 | in force from
// note: 日期为空表示数据中没有。 | An empty date means that it is not in the data.
// how: policies.csv, type regulation: 7 rows, none national; hbreg and zjreg have no date of
// how: passing.
MATCH (p:Policy {kind: 'regulation'})
WHERE coalesce(p.level, '') <> 'national'
RETURN p.id AS id, p.name AS name, p.dated AS passed, p.in_force AS in_force,
       [p.id + '#kind', p.id + '#level', p.id + '#dated', p.id + '#in_force'] AS cites
ORDER BY p.dated_from, p.id
