// title: What changed between two documents
// param: from = 'A/70/172' (symbol of the earlier document)
// param: to = 'A/72/315' (symbol of the later document)
// picture: State and the facts that one of the two states
MATCH (s:State)-[r]->(o)
WHERE NOT o:Reply
WITH s, r, o, [e IN evidence(r) | e.document] AS documents
WITH s, r, o, $from IN documents AS before, $to IN documents AS after
WHERE before OR after
RETURN s.name AS state, type(r) AS relation, o.name AS object,
       CASE WHEN before AND after THEN 'repeated' WHEN after THEN 'new' ELSE 'not repeated' END AS change
ORDER BY state, change, relation, object
