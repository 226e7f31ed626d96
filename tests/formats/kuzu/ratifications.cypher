MATCH (s:State)-[r:RATIFIED]->(t:Treaty {name: $treaty})
RETURN s.name AS state, r.date AS date, r.law AS law, r.support AS evidence
