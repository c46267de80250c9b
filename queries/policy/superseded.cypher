// zh: 标题含某词(如“授权运营”)的文件有哪些,哪个被取代?
// en: Which policies have a word such as 授权运营 in the title, and which of them is superseded?
// param: word text = 授权运营   标题中的词 | word in the title
// column: kind 文种 | kind
// column: status 状态 | status
// column: replaced_by_id 取代它的文件(标识) | replaced by (id)
// column: replaced_by 取代它的文件 | replaced by
// note: 未列出取代文件的,表示数据中没有。 | Where no replacement is named, none is in the data.
// how: policies.csv, title contains 授权运营: zj44, hz23, shauth (draft), zj25;
// how: rel_supersedes.csv has zj25 for zj44 only. 公共数据资源…开发利用 and 登记 titles don't
// how: contain the word.
MATCH (p:Policy)
WHERE p.name CONTAINS $word
OPTIONAL MATCH (new:Policy)-[r:REPLACES|FINAL_OF]->(p)
WITH p, new, r ORDER BY new.id
WITH p, collect(new)[0] AS new, collect(r.fact)[0..1] AS facts
RETURN p.id AS id, p.name AS name, p.kind AS kind, p.status AS status,
       new.id AS replaced_by_id, new.name AS replaced_by,
       [p.id + '#name', p.id + '#kind', p.id + '#status'] + facts AS cites
ORDER BY p.dated_from, p.id
