// title: Who is in which forum, as a member or a participant
// picture: MATCH path = (:State)-[:MEMBER_OF|PARTICIPATES_IN]->(:Organization|ExpertGroup|Initiative)
//   RETURN path
MATCH (s:State)-[r:MEMBER_OF|PARTICIPATES_IN]->(o:Organization|ExpertGroup|Initiative)
RETURN s.name AS state, o.name AS forum, labels(o)[0] AS kind, type(r) AS relation, r.role AS role,
       support(r) AS evidence
ORDER BY state, forum, relation
