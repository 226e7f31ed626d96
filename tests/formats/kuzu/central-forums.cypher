MATCH (s:State)-[r]->(o:Organization:ExpertGroup)
WITH o.name AS forum, label(o) AS kind, count(DISTINCT s.name) AS states, collect(DISTINCT label(r)) AS relations
RETURN forum, kind, states, list_sort(relations) AS relations
ORDER BY states DESC, forum LIMIT 15
