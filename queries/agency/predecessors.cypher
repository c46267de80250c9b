// zh: 各省数据局的前身机构是什么?
// en: What were the predecessors of the data bureaus?
// column: name 前身机构 | predecessor
// column: successor_id 后继机构(标识) | successor (id)
// column: successor 后继机构 | successor
// column: stance 明示或推断 | stated or inferred
// note: 未列出前身的机构,表示数据中没有。 | Where no predecessor is named, none is in the data.
// how: all 9 rows of rel_predecessor_of.csv (subject = predecessor); only js_old and nm_ga are
// how: stated. The rows for nm_dc and ha_xz are links of a chain (大数据发展管理局 → 大数据中心 →
// how: 政务服务与数据管理局).
MATCH (new:Agency)-[r:PREDECESSOR]->(old:Organisation)
RETURN old.id AS id, old.name AS name, new.id AS successor_id, new.name AS successor,
       r.stance AS stance, [r.fact] AS cites
ORDER BY new.id, old.id
