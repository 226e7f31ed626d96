// title: Which States ratified a treaty, and when
// param: treaty = 'Budapest Convention' (its name or any alias)
// picture: State, Treaty; RATIFIED
MATCH (s:State)-[r:RATIFIED]->(t:Treaty)
WHERE toLower(t.name) = toLower($treaty)
   OR any(alias IN t.aliases WHERE toLower(alias) = toLower($treaty))
RETURN s.name AS state, t.name AS treaty, r.date AS date, r.law AS law, support(r) AS evidence
ORDER BY state, treaty
