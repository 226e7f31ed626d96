MATCH (s:State)-[r:COOPERATES_WITH]->(partner)
RETURN s.name AS state, partner.name AS partner, label(partner) AS kind, r.support AS evidence
