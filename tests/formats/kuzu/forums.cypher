MATCH (s:State)-[r:MEMBER_OF|PARTICIPATES_IN]->(o:Organization:ExpertGroup:Initiative)
RETURN s.name AS state, o.name AS forum, label(o) AS kind, label(r) AS relation, r.role AS role,
       r.support AS evidence
