MATCH (s:State)-[r:SUPPORTS]->(g:ExpertGroup:Organization {name: $of})
WHERE NOT EXISTS { MATCH (s)-[:RATIFIED|PARTY_TO]->(t:Treaty {name: $treaty}) }
RETURN s.name AS state, r.edition AS edition, r.support AS evidence
