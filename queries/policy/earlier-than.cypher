// zh: 哪些标题含某词(如“数据要素市场化配置改革”)的文件早于某一政策?
// en: Which policies with a word such as 数据要素市场化配置改革 in the title predate a policy?
// param: policy Policy = policy:p20   作比较的政策 | the policy compared with
// param: word text = 数据要素市场化配置改革   标题中的词 | word in the title
// column: issued 成文日期 | dated
// how: policies.csv, title contains the word: gd151 2021-07-05, wh3 2023-04-03, gy17 2023-07-25,
// how: cq99 2023-12-20, gzys undated; p20 is dated 2022-12-02. So gd151, and gzys goes into the
// how: note.
MATCH (q:Policy {id: $policy})
MATCH (p:Policy)
WHERE p.name CONTAINS $word AND p.dated_to < q.dated_from
RETURN p.id AS id, p.name AS name, p.dated AS issued,
       [p.id + '#name', p.id + '#dated', q.id + '#dated'] AS cites
ORDER BY p.dated_from, p.id
;
// note: 成文日期不详或不够精确、无法判断先后的: {names} | Not decided, as the date is unknown or not sharp enough: {names}
MATCH (q:Policy {id: $policy})
MATCH (p:Policy)
WHERE p.name CONTAINS $word AND p.id <> q.id
  AND coalesce(p.dated_to >= q.dated_from, true) AND coalesce(p.dated_from < q.dated_to, true)
RETURN p.name AS names
ORDER BY p.id
