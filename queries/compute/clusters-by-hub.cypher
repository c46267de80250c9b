// zh: 八大枢纽各包含哪些数据中心集群?
// en: Which clusters belong to each of the eight hubs?
// column: name 集群 | cluster
// column: hub_id 枢纽(标识) | hub (id)
// column: hub 枢纽 | hub
// how: compute_projects.csv, kind cluster: 10 rows, part_of is a hub in each (rel_part_of.csv
// how: agrees).
MATCH (c:ComputeProject {kind: 'cluster'})-[r:PART_OF]->(h:ComputeProject {kind: 'hub'})
WITH h, c, r ORDER BY r.fact
WITH h, c, collect(r.fact) AS facts
RETURN c.id AS id, c.name AS name, h.id AS hub_id, h.name AS hub,
       facts + [c.id + '#kind', h.id + '#kind'] AS cites
ORDER BY h.id, c.id
