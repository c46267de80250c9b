// zh: 某一数据交易机构由谁运营,运营方的股东是谁?
// en: Who operates an exchange, and who owns the operator?
// param: exchange Exchange = exchange:szde   数据交易机构 | the exchange
// column: role 角色 | role
// column: founded 成立日期 | founded
// column: capital 注册资本(元) | registered capital (yuan)
// note: 未列出的股东表示数据中没有;运营方注册资本不详时,列交易机构自己的。 | Shareholders that are not listed are not in the data; where the operator's capital is not known, the exchange's own is given.
// how: rel_operates.csv: szdt; rel_shareholder_of.csv: szft, szjt, szsc own szdt.
// how: organisations.csv has the operator's date 2021-12-01; the capital, 1亿元 = 100000000,
// how: stands with the exchange in exchanges.csv.
MATCH (x:Exchange {id: $exchange})
CALL (x) {
  MATCH (x)-[r:OPERATOR]->(o:Organisation)
  WITH x, o, r ORDER BY r.fact
  WITH x, o, collect(r.fact) AS facts
  RETURN 1 AS place, 'operator' AS role, o, coalesce(o.capital, x.capital) AS capital,
         facts + [o.id + '#founded', o.id + '#capital', x.id + '#capital'] AS cites
  UNION ALL
  MATCH way = (x)-[:OPERATOR*0..1]->(:Organisation)-[:SHAREHOLDER]->(o:Organisation)
  WITH o, collect([r IN relationships(way) | r.fact]) AS ways
  RETURN 2 AS place, 'shareholder' AS role, o, o.capital AS capital,
         reduce(facts = [], w IN ways | facts + w) + [o.id + '#founded', o.id + '#capital'] AS cites
}
RETURN o.id AS id, o.name AS name, role, o.founded AS founded, capital, cites
ORDER BY place, o.id
