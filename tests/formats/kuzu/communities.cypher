MATCH (a:State)-[:MEMBER_OF|PARTICIPATES_IN|RATIFIED|PARTY_TO]->(x)<-[:MEMBER_OF|PARTICIPATES_IN|RATIFIED|PARTY_TO]-(b:State)
WHERE a.name < b.name
WITH a.name AS one, b.name AS other, collect(DISTINCT x.name) AS common
RETURN one, other, size(common) AS shared, list_sort(common) AS common
