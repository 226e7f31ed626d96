MATCH (s:State)-[r]->(o)
WHERE label(r) = $relation AND r.support = 1
RETURN s.name AS state, o.name AS object, r.sentences[1] AS sentence
