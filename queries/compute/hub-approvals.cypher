// zh: 哪些枢纽在2021年12月获批,哪些在2022年2月获批?
// en: Which hubs were approved in December 2021 and which in February 2022?
// column: approved 获批日期 | approved
// column: policy_id 批复文件(标识) | approved by (id)
// column: policy 批复文件 | approved by
// how: compute_projects.csv, kind hub: four approved on 2021-12-20 (conflicts.csv rejects 2022-02
// how: for hnm and calls 2021-05-24 another event for hgs), four in 2022-02, no day known.
// how: Policies: rel_approves.csv.
MATCH (h:ComputeProject {kind: 'hub'})
WHERE h.approved IS NOT NULL
OPTIONAL MATCH (p:Policy)-[r:APPROVES]->(h)
WITH h, p, r ORDER BY p.dated_from, p.id
WITH h, collect(p)[0] AS p, collect(r.fact)[0..1] AS facts
RETURN h.id AS id, h.name AS name, h.approved AS approved, p.id AS policy_id, p.name AS policy,
       [h.id + '#kind', h.id + '#approved'] + facts AS cites
ORDER BY h.approved_from, h.id
