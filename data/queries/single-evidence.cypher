// title: Facts that rest on one sentence only
// param: relation = 'MEMBER_OF'
// picture: both ends of each fact
MATCH (s:State)-[r]->(o)
WHERE type(r) = $relation AND support(r) = 1
RETURN s.name AS state, o.name AS object, quote(r) AS sentence, source(r) AS source
ORDER BY state, object
