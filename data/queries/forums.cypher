// title: Who is in which forum, as a member or a participant
// picture: State, Organization, ExpertGroup, Initiative; MEMBER_OF, PARTICIPATES_IN
MATCH (s:State)-[r:MEMBER_OF|PARTICIPATES_IN]->(o)
WHERE o:Organization OR o:ExpertGroup OR o:Initiative
RETURN s.name AS state, o.name AS forum, labels(o)[0] AS kind, type(r) AS relation, r.role AS role,
       support(r) AS evidence
ORDER BY state, forum, relation
