// title: Who supports a group but has not stated that it ratified a treaty
// param: group: ExpertGroup|Organization = 'Group of Governmental Experts' -- its name or an alias
// param: treaty: Treaty -- its name or an alias
// picture: MATCH path = (s:State)-[:SUPPORTS]->(:ExpertGroup|Organization {name: $group})
//   WHERE NOT EXISTS { MATCH (s)-[:RATIFIED|PARTY_TO]->(:Treaty {name: $treaty}) }
//   RETURN path
MATCH (s:State)-[r:SUPPORTS]->(:ExpertGroup|Organization {name: $group})
WHERE NOT EXISTS { MATCH (s)-[:RATIFIED|PARTY_TO]->(:Treaty {name: $treaty}) }
RETURN s.name AS state, r.edition AS edition, support(r) AS evidence
ORDER BY state
