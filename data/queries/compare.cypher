// title: Two States side by side
// param: one: State
// param: other: State
// picture: MATCH path = (s:State)-->(o) WHERE s.name IN [$one, $other] AND NOT o:Reply RETURN path
MATCH (s:State)-[r]->(o)
WHERE s.name IN [$one, $other] AND NOT o:Reply
WITH type(r) AS relation, o.name AS object, collect(DISTINCT s.name) AS states
RETURN relation, object, $one IN states AS one, $other IN states AS other
ORDER BY relation, object
