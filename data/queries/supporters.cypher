// title: Who supports a group, and what else its supporters share
// param: group = 'Group of Governmental Experts'
// picture: State, ExpertGroup, Organization, Treaty, Instrument, Initiative; SUPPORTS
MATCH (s:State)-[:SUPPORTS]->(g)
WHERE g.name = $group OR $group IN g.aliases
MATCH (s)-[r]->(other)
WHERE other <> g AND type(r) IN ['MEMBER_OF', 'PARTICIPATES_IN', 'SUPPORTS', 'RATIFIED', 'PARTY_TO']
WITH other, type(r) AS relation, collect(DISTINCT s.name) AS states
WHERE size(states) > 1
RETURN relation, other.name AS shared, size(states) AS count, states
ORDER BY count DESC, relation, shared
