Feature: What is written does not depend on what is shown of it

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (:N {num: 1})-[:R {num: 1}]->(:M), (:N {num: 2})-[:R {num: 2}]->(:M),
             (:N {num: 3})-[:R {num: 3}]->(:M)
      """

  Scenario Outline: [1] Rows are cut behind a clause that writes
    When executing query:
      """
      MATCH (n:N)-[r:R]->(m)
      <write>
      RETURN n.num AS num
      <cut>
      """
    Then the result should be empty
    And the side effects should be:
      | <what> | <count> |

    Examples:
      | write                  | cut                   | what           | count |
      | SET n.other = 'x'      | LIMIT 0               | +properties    | 3     |
      | SET n.other = 'x'      | SKIP 3                | +properties    | 3     |
      | SET r.other = 'x'      | ORDER BY num LIMIT 0  | +properties    | 3     |
      | SET n:L                | SKIP 7                | +labels        | 1     |
      | REMOVE n.num           | LIMIT 0               | -properties    | 3     |
      | REMOVE r.num           | SKIP 3                | -properties    | 3     |
      | REMOVE n:N             | LIMIT 0               | -labels        | 1     |
      | CREATE (n)-[:S]->(m)   | LIMIT 0               | +relationships | 3     |
      | MERGE (n)-[:S]->(m)    | SKIP 3                | +relationships | 3     |
      | CREATE ()              | SKIP 1 LIMIT 0        | +nodes         | 3     |

  Scenario Outline: [2] DELETE with rows that are cut
    When executing query:
      """
      MATCH (n:N)-[r:R]->(m)
      DELETE r
      RETURN 1 AS num
      <cut>
      """
    Then the result should be, in any order:
      | num |
    And the side effects should be:
      | -relationships | 3 |
      | -properties    | 3 |

    Examples:
      | cut            |
      | LIMIT 0        |
      | SKIP 3         |
      | SKIP 5 LIMIT 2 |

  Scenario Outline: [3] Rows are filtered or counted behind a clause that writes
    When executing query:
      """
      MATCH (n:N)-[r:R]->()
      <write>
      WITH <with>
      RETURN num
      """
    Then the result should be, in any order:
      | num   |
      | <num> |
    And the side effects should be:
      | <what> | <count> |

    Examples:
      | write              | with                                  | num | what        | count |
      | SET n.k = n.num    | n.k AS num WHERE num % 2 = 0          | 2   | +properties | 3     |
      | SET r.k = r.num    | sum(r.k) AS num                       | 6   | +properties | 3     |
      | SET n:L            | count(n) AS num WHERE num > 1         | 3   | +labels     | 1     |
      | SET n:L:L2         | n.num AS num ORDER BY num DESC LIMIT 1 | 3  | +labels     | 2     |
      | REMOVE n:N         | sum(n.num) AS num                     | 6   | -labels     | 1     |
      | CREATE (x)         | count(x) AS num                       | 3   | +nodes      | 3     |

  Scenario: [4] Nothing changes where nothing is new
    When executing query:
      """
      MATCH (n:N {num: 1}) SET n.num = 1, n:N REMOVE n.none, n:None SET n += {} RETURN n.num AS num
      """
    Then the result should be, in any order:
      | num |
      | 1   |
    And no side effects

  Scenario: [5] A property that is set to null is gone
    When executing query:
      """
      MATCH (n:N) SET n.num = null
      """
    Then the result should be empty
    And the side effects should be:
      | -properties | 3 |

  Scenario: [6] A map in place of all properties
    When executing query:
      """
      MATCH (n:N {num: 2})-[r]->() SET n = {num: 2, a: 1, b: null}, r = n
      """
    Then the result should be empty
    And the side effects should be:
      | +properties | 2 |

  Scenario: [7] Labels and types that are new count once
    When executing query:
      """
      UNWIND range(1, 3) AS i CREATE (:New {i: i})-[:NEW]->(:New:Other)
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 6 |
      | +relationships | 3 |
      | +labels        | 2 |
      | +properties    | 3 |

  Scenario: [8] DETACH DELETE takes relationships with it
    When executing query:
      """
      MATCH (n:N {num: 1}) DETACH DELETE n
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 1 |
      | -properties    | 2 |

  Scenario: [9] A node with relationships cannot be deleted, and nothing is
    When executing query:
      """
      MATCH (n:N) SET n.gone = true DELETE n
      """
    Then a ConstraintVerificationFailed should be raised at runtime: DeleteConnectedNode
