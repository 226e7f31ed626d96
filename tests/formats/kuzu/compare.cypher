MATCH (s:State)-[r]->(o)
WHERE s.name IN [$one, $other] AND label(o) <> 'Reply'
WITH label(r) AS relation, o.name AS object, collect(DISTINCT s.name) AS states
RETURN relation, object, list_contains(states, $one) AS one, list_contains(states, $other) AS other
