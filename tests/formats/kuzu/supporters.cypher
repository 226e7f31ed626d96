MATCH (s:State)-[:SUPPORTS]->(g:ExpertGroup:Organization {name: $of})
MATCH (s)-[r:MEMBER_OF|PARTICIPATES_IN|SUPPORTS|RATIFIED|PARTY_TO]->(other)
WITH g.name AS named, label(r) AS relation, other.name AS shared, collect(DISTINCT s.name) AS states
WHERE shared = named OR size(states) > 1
RETURN relation, shared, size(states) AS count, list_sort(states) AS states
