// title: Which States stand closest, by the forums and treaties that they share
// param: shared: Integer = 1 -- the fewest things in common that count
// picture: MATCH (a:State)-[r:MEMBER_OF|PARTICIPATES_IN|RATIFIED|PARTY_TO]->(x)
//   WHERE EXISTS { MATCH (x)<-[:MEMBER_OF|PARTICIPATES_IN|RATIFIED|PARTY_TO]-(b:State) WHERE b <> a }
//   RETURN a, r, x
MATCH (a:State)-[:MEMBER_OF|PARTICIPATES_IN|RATIFIED|PARTY_TO]->(x)
WITH DISTINCT a, x
MATCH (x)<-[:MEMBER_OF|PARTICIPATES_IN|RATIFIED|PARTY_TO]-(b:State)
WHERE a.name < b.name
WITH DISTINCT a, b, x ORDER BY x.name
WITH a, b, collect(x.name) AS common
WHERE size(common) >= $shared
RETURN a.name AS one, b.name AS other, size(common) AS shared, common
ORDER BY shared DESC, one, other
