// title: Who supports a group but has not stated that it ratified a treaty
// param: group = 'Group of Governmental Experts'
// param: treaty = 'Convention on Cybercrime'
// picture: State, ExpertGroup; SUPPORTS
MATCH (s:State)-[:SUPPORTS]->(g:ExpertGroup)
WHERE (g.name = $group OR $group IN g.aliases)
  AND NOT EXISTS {
    MATCH (s)-[:RATIFIED|PARTY_TO]->(t:Treaty)
    WHERE t.name = $treaty OR $treaty IN t.aliases
  }
RETURN DISTINCT s.name AS state
ORDER BY state
