// title: Which States stand closest, by the forums and treaties that they share
// param: shared = 2 (the fewest things in common that count)
// picture: State, joined by the number of things that they share
MATCH (a:State)-[:MEMBER_OF|PARTICIPATES_IN|RATIFIED|PARTY_TO]->(x)
      <-[:MEMBER_OF|PARTICIPATES_IN|RATIFIED|PARTY_TO]-(b:State)
WHERE a.name < b.name
WITH a, b, collect(DISTINCT x.name) AS common
WHERE size(common) >= $shared
RETURN a.name AS one, b.name AS other, size(common) AS shared, common
ORDER BY shared DESC, one, other
