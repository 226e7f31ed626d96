// title: Which States ratified a treaty, and when
// param: treaty: Treaty -- its name or an alias
// picture: MATCH path = (:State)-[:RATIFIED]->(:Treaty {name: $treaty}) RETURN path
MATCH (s:State)-[r:RATIFIED]->(t:Treaty {name: $treaty})
RETURN s.name AS state, r.date AS date, r.law AS law, support(r) AS evidence
ORDER BY state
