// zh: 某一机构(单独或联合)发布了哪些文件?
// en: Which policies did a body issue, alone or jointly?
// param: body Organisation = agency:nda   发文机关 | the issuer
// column: issued 成文日期 | dated
// column: published 发布日期 | published
// column: jointly 联合发文机关 | issued jointly with
// how: the 8 rows of rel_issued_by.csv with agency:nda; the other issuers are those of the same
// how: policy. In order of the date of the text, else of publication (sv24 has only that); sjcy
// how: has neither.
MATCH (p:Policy)-[r:ISSUED_BY]->(:Organisation {id: $body})
OPTIONAL MATCH (p)-[other:ISSUED_BY]->(o:Organisation) WHERE o.id <> $body
WITH p, r, other, o ORDER BY other.position, o.id
WITH p, r, collect(o.name) AS jointly, collect(other.fact) AS others
RETURN p.id AS id, p.name AS name, p.dated AS issued, p.published AS published, jointly,
       [r.fact, p.id + '#dated', p.id + '#published'] + others AS cites
ORDER BY coalesce(p.dated_from, p.published_from), p.id
