// zh: 某一政策文件由哪些机构(联合)印发?
// en: Which bodies issued a policy?
// param: policy Policy = policy:x3   政策文件 | the policy
// column: position 署名次序 | position in the list of issuers
// how: rel_issued_by.csv has 17 rows for x3 (conflicts.csv keeps 17 and rejects 16 and 14); their
// how: order is that of the list in policies_政策文件清单.csv.
MATCH (:Policy {id: $policy})-[r:ISSUED_BY]->(o:Organisation)
RETURN o.id AS id, o.name AS name, r.position AS position, [r.fact] AS cites
ORDER BY r.position, o.id
;
// of: Organisation issuers of $policy  发文机关 | issuers
MATCH (:Policy {id: $policy})-[:ISSUED_BY]->(o:Organisation)
WITH DISTINCT o
RETURN o.name AS name
ORDER BY o.id
