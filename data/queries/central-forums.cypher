// title: The forums that most States name, by what they say of them
// param: limit = 15
// picture: Organization, ExpertGroup; all relationships from States
MATCH (s:State)-[r]->(o)
WHERE o:Organization OR o:ExpertGroup
WITH o, count(DISTINCT s) AS states, collect(DISTINCT type(r)) AS relations
RETURN o.name AS forum, labels(o)[0] AS kind, states, relations
ORDER BY states DESC, forum
LIMIT $limit
