// title: The forums that most States name, by what they say of them
// param: limit: Integer = 15 -- how many forums
// picture: MATCH (s:State)-->(o:Organization|ExpertGroup)
//   WITH o, count(DISTINCT s) AS states ORDER BY states DESC, o.name LIMIT $limit
//   MATCH path = (:State)-->(o)
//   RETURN path
MATCH (s:State)-[r]->(o:Organization|ExpertGroup)
WITH o, count(DISTINCT s) AS states, collect(DISTINCT type(r)) AS relations
ORDER BY states DESC, o.name
LIMIT $limit
UNWIND relations AS relation
WITH o, states, relation ORDER BY relation
WITH o, states, collect(relation) AS relations
RETURN o.name AS forum, labels(o)[0] AS kind, states, relations
ORDER BY states DESC, forum
