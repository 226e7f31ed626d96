// title: Who cooperates with whom
// picture: MATCH path = (:State)-[:COOPERATES_WITH]->() RETURN path
MATCH (s:State)-[r:COOPERATES_WITH]->(partner)
RETURN s.name AS state, partner.name AS partner, labels(partner)[0] AS kind, support(r) AS evidence
ORDER BY state, partner
