Feature: Cases of our own, beside the kit

  Background:
    Given an empty graph

  Scenario: [1] MERGE that finds what another MERGE made, and changes it
    When executing query:
      """
      MERGE (a:A {k: 1})
      MERGE (b:A {k: 1}) ON MATCH SET b.m = true
      RETURN a.k AS a, b.k AS b, b.m AS m, a = b AS same
      """
    Then the result should be, in any order:
      | a | b | m    | same |
      | 1 | 1 | true | true |

  Scenario: [2] MERGE of a whole pattern behind another MERGE
    And having executed:
      """
      CREATE (:A {k: 1})-[:R]->(:B {k: 2})
      """
    When executing query:
      """
      MERGE (x:X)
      MERGE (a:A {k: 1})-[r:R]->(b:B {k: 2})
      RETURN a.k AS a, type(r) AS r, b.k AS b
      """
    Then the result should be, in any order:
      | a | r   | b |
      | 1 | 'R' | 2 |
    And the side effects should be:
      | +nodes  | 1 |
      | +labels | 1 |

  Scenario: [3] CREATE of a whole pattern behind a MERGE
    When executing query:
      """
      MERGE (x:X)
      CREATE (a:A {k: 1})-[r:R]->(b:B {k: 2})
      RETURN a.k AS a, type(r) AS r, b.k AS b
      """
    Then the result should be, in any order:
      | a | r   | b |
      | 1 | 'R' | 2 |

  Scenario: [4] Values of all types in one order
    And having executed:
      """
      CREATE ({v: 1}), ({v: 'a'}), ({v: true}), ({v: null}), ({v: [1]}), ({v: date('2015-01-01')})
      """
    When executing query:
      """
      MATCH (n) RETURN n.v AS v ORDER BY v
      """
    Then the result should be, in order:
      | v            |
      | [1]          |
      | '2015-01-01' |
      | 'a'          |
      | true         |
      | 1            |
      | null         |

  Scenario: [5] Clock functions may be aggregated
    And having executed:
      """
      CREATE ({d: date('2015-01-01')})
      """
    When executing query:
      """
      MATCH (n)
      RETURN max(date.truncate('year', n.d)) AS m, collect(date(n.d) = n.d) AS c
      """
    Then the result should be, in any order:
      | m            | c      |
      | '2015-01-01' | [true] |
