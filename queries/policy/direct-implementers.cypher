// zh: 哪些政策文件直接落实某一政策?
// en: Which policies directly implement a policy?
// param: policy Policy = policy:p20   被落实的政策 | the policy implemented
// column: issued 成文日期 | dated
// how: the 5 rows of rel_implements.csv with p20 as object, in order of issued_on; hbplan has
// how: only the month.
MATCH (p:Policy)-[r:IMPLEMENTS]->(:Policy {id: $policy})
RETURN p.id AS id, p.name AS name, p.dated AS issued, [r.fact, p.id + '#dated'] AS cites
ORDER BY p.dated_from, p.id
