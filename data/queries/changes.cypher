// title: What changed between two documents
// param: from: Document -- symbol of the earlier one
// param: to: Document -- symbol of the later one
// picture: MATCH path = (:State)-[r]->(o)
//   WHERE NOT o:Reply AND any(e IN evidence(r) WHERE e.document IN [$from, $to])
//   RETURN path
MATCH (s:State)-[r]->(o)
WHERE NOT o:Reply
WITH s, r, o, [e IN evidence(r) | e.document] AS documents
WITH s, r, o, $from IN documents AS before, $to IN documents AS after
WHERE before OR after
RETURN s.name AS state, type(r) AS relation, o.name AS object,
       CASE WHEN before AND after THEN 'repeated' WHEN after THEN 'new' ELSE 'not repeated' END AS change
ORDER BY state, change, relation, object
