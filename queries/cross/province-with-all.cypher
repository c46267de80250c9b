// zh: 哪些省份同时有省级数据局、数据交易机构和国家算力枢纽?
// en: Which provinces have a data bureau, an exchange and a national computing hub?
// column: name 省份 | province
// column: agencies 数据管理机构 | data agencies
// column: exchanges 数据交易机构 | exchanges
// column: hubs 国家算力枢纽 | hubs
// note: 未列出的省份,表示数据中缺其中至少一项。 | A province that is not listed lacks at least one of the three in the data.
// how: provinces of the 8 hubs in rel_located_in.csv: 11 12 13 | 31 32 33 34 | 44 | 50 51 | 15 |
// how: 52 | 62 | 64. 64 has no exchange; 34 and 64 are governed by no agency in
// how: rel_governs_province.csv: 12 stay. Agencies: level provincial, status not former, so that
// how: data centres (js_dc, nm_dc, sc_dc), which the table keeps as agencies, are named too.
MATCH (a:Agency {level: 'provincial'})-[g:GOVERNS]->(p:Province)
WHERE coalesce(a.status, '') <> 'former'
WITH p, a, g ORDER BY a.id, g.fact
WITH p, collect(DISTINCT a) AS agencies, collect(g.fact) AS governs
MATCH (e:Exchange)-[l:LOCATED_IN]->(p)
WITH p, agencies, governs, e, l ORDER BY e.id, l.fact
WITH p, agencies, governs, collect(DISTINCT e) AS exchanges, collect(l.fact) AS trades
MATCH (h:ComputeProject {kind: 'hub'})-[l:LOCATED_IN]->(p)
WITH p, agencies, governs, exchanges, trades, h, l ORDER BY h.id, l.fact
WITH p, agencies, governs, exchanges, trades, collect(DISTINCT h) AS hubs, collect(l.fact) AS computes
RETURN p.id AS id, p.name AS name, [a IN agencies | a.name] AS agencies,
       [e IN exchanges | e.name] AS exchanges, [h IN hubs | h.name] AS hubs,
       governs + [a IN agencies | a.id + '#level'] + [a IN agencies | a.id + '#status']
       + trades + computes + [h IN hubs | h.id + '#kind'] AS cites
ORDER BY p.id
