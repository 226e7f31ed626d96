// title: Facts that rest on one sentence only
// param: relation: Relation = 'MEMBER_OF' -- the type of the facts
// picture: MATCH path = (:State)-[r]->() WHERE type(r) = $relation AND support(r) = 1 RETURN path
MATCH (s:State)-[r]->(o)
WHERE type(r) = $relation AND support(r) = 1
RETURN s.name AS state, o.name AS object, quote(r) AS sentence, source(r) AS source
ORDER BY state, object
