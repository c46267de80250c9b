// zh: 哪些省份在地方两会上提出某项举措(如数据资产化试点)?
// en: Which provinces proposed something, such as data-asset pilots, at the local Two Sessions?
// param: word text = 数据资产化试点   举措中的词 | word in the proposal
// column: name 省份 | province
// column: proposal_id 举措(标识) | proposal (id)
// column: proposal 举措 | proposal
// column: dated 提出日期 | dated
// how: proposals.csv, wording contains 数据资产化试点: 020 山东, 022 安徽, 024 吉林, all of
// how: 2024-01.
MATCH (p:Province)-[r:PROPOSES]->(w:Proposal)
WHERE w.name CONTAINS $word
RETURN p.id AS id, p.name AS name, w.id AS proposal_id, w.name AS proposal, w.dated AS dated,
       [r.fact, w.id + '#name', w.id + '#dated'] AS cites
ORDER BY p.id, w.id
