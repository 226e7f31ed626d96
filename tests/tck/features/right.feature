Feature: Cases that pass

  Background:
    Given an empty graph

  Scenario: [1] A value
    When executing query:
      """
      RETURN 1 + 1 AS two, [1, 'a'] AS list
      """
    Then the result should be, in any order:
      | two | list     |
      | 2   | [1, 'a'] |
    And no side effects

  Scenario: [2] Rows in order
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      RETURN x ORDER BY x
      """
    Then the result should be, in order:
      | x |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [3] Side effects
    And having executed:
      """
      CREATE (:A {p: 1})-[:R]->(:B)
      """
    When executing query:
      """
      MATCH (a:A) SET a.p = 2, a.q = 3
      """
    Then the result should be empty
    And the side effects should be:
      | +properties | 2 |
      | -properties | 1 |
    When executing control query:
      """
      MATCH p = (a)-[r]->(b) RETURN p, a, r
      """
    Then the result should be, in any order:
      | p                              | a                 | r    |
      | <(:A {q: 3, p: 2})-[:R]->(:B)> | (:A {p: 2, q: 3}) | [:R] |

  Scenario: [4] An error
    When executing query:
      """
      RETURN missing
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [5] A procedure and parameters
    And parameters are:
      | name | 'b' |
    And there exists a procedure kit.lookup(key :: STRING?) :: (value :: INTEGER?):
      | key | value |
      | 'a' | 1     |
      | 'b' | 2     |
      | 'b' | 3     |
    When executing query:
      """
      CALL kit.lookup($name) YIELD value
      RETURN value
      """
    Then the result should be, in any order:
      | value |
      | 3     |
      | 2     |
    And no side effects
