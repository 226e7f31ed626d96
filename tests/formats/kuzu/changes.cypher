MATCH (s:State)-[r]->(o)
WHERE label(o) <> 'Reply'
WITH s, r, o, list_contains(r.documents, $from) AS before, list_contains(r.documents, $to) AS after
WHERE before OR after
RETURN s.name AS state, label(r) AS relation, o.name AS object,
       CASE WHEN before AND after THEN 'repeated' WHEN after THEN 'new' ELSE 'not repeated' END AS change
