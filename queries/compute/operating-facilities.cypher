// zh: 枢纽内已投运的算力设施及时间?
// en: Which facilities in the hubs are in operation, and since when?
// column: operating 投运日期 | in operation since
// column: within_id 所属枢纽(标识) | hub (id)
// column: within 所属枢纽 | hub
// column: through 所属集群 | cluster
// note: 只列投运日期已知的设施。 | Only facilities with a known date are listed.
// how: compute_projects.csv, operational_on not empty: 6 rows, all facilities or platforms.
// how: part_of: cmhh, jzzs, hlpt → chl → hnm; spic → cga → hgz; ctnx → czw → hnx; nxpt → hnx
// how: directly. conflicts.csv keeps 2024-06 for spic.
MATCH way = (f:ComputeProject)-[:PART_OF*1..6]->(h:ComputeProject {kind: 'hub'})
WHERE f.operating IS NOT NULL AND NOT (coalesce(f.kind, '') IN ['programme', 'hub', 'cluster'])
WITH f, h, way, reduce(ids = '', n IN nodes(way) | ids + ' ' + n.id) AS ids
ORDER BY length(way) DESC, ids
WITH f, collect(h)[0] AS h, collect(way)[0] AS way
RETURN f.id AS id, f.name AS name, f.operating AS operating, h.id AS within_id, h.name AS within,
       [n IN nodes(way)[1..-1] | n.name] AS through,
       [f.id + '#operating', f.id + '#kind', h.id + '#kind'] + [r IN relationships(way) | r.fact] AS cites
ORDER BY f.operating_from, f.id
