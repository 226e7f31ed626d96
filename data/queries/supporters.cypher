// title: Who supports a group, and what else its supporters share
// param: group: ExpertGroup|Organization = 'Group of Governmental Experts' -- its name or an alias
// picture: MATCH (s:State)-[r:SUPPORTS]->(g:ExpertGroup|Organization {name: $group})
//   OPTIONAL MATCH path = (s)-[:MEMBER_OF|PARTICIPATES_IN|SUPPORTS|RATIFIED|PARTY_TO]->(other)
//   RETURN s, r, g, path
MATCH (s:State)-[:SUPPORTS]->(g:ExpertGroup|Organization {name: $group})
WITH g, s ORDER BY s.name
MATCH (s)-[r:MEMBER_OF|PARTICIPATES_IN|SUPPORTS|RATIFIED|PARTY_TO]->(other)
WITH g, other, type(r) AS relation, collect(DISTINCT s.name) AS states
WHERE other = g OR size(states) > 1
RETURN relation, other.name AS shared, size(states) AS count, states
ORDER BY count DESC, relation, shared
