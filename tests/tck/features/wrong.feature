Feature: Cases that must be reported

  Background:
    Given an empty graph

  Scenario: [1] Another value
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 2 |

  Scenario: [2] Another number type
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x   |
      | 1.0 |

  Scenario: [3] Another order
    When executing query:
      """
      UNWIND [1, 2] AS x RETURN x ORDER BY x
      """
    Then the result should be, in order:
      | x |
      | 2 |
      | 1 |

  Scenario: [4] Another order in a list
    When executing query:
      """
      RETURN [1, 2] AS x
      """
    Then the result should be, in any order:
      | x      |
      | [2, 1] |

  Scenario: [5] A row too many
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 1 |

  Scenario: [6] No row is not a null row
    When executing query:
      """
      RETURN null AS x
      """
    Then the result should be empty

  Scenario: [7] Another column
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | y |
      | 1 |

  Scenario: [8] Another label
    When executing query:
      """
      CREATE (n:A) RETURN n
      """
    Then the result should be, in any order:
      | n    |
      | (:B) |

  Scenario: [9] Another direction in a path
    When executing query:
      """
      CREATE p = (:A)-[:R]->(:B) RETURN p
      """
    Then the result should be, in any order:
      | p                   |
      | <(:A)<-[:R]-(:B)>   |

  Scenario: [10] A side effect that was not
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And the side effects should be:
      | +nodes | 1 |

  Scenario: [11] A side effect that was not told
    When executing query:
      """
      CREATE ()
      """
    Then the result should be empty
    And no side effects

  Scenario: [12] Another count of side effects
    When executing query:
      """
      CREATE (:A), (:A)
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes  | 2 |
      | +labels | 2 |

  Scenario: [13] An error that was not
    When executing query:
      """
      RETURN 1
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [14] An error that was not told
    When executing query:
      """
      RETURN missing
      """
    Then the result should be, in any order:
      | missing |
      | 1       |

  Scenario: [15] Another type of error
    When executing query:
      """
      RETURN missing
      """
    Then a TypeError should be raised at compile time: UndefinedVariable

  Scenario: [16] Another detail
    When executing query:
      """
      RETURN missing
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [17] Another phase
    When executing query:
      """
      RETURN missing
      """
    Then a SyntaxError should be raised at runtime: UndefinedVariable

  Scenario: [18] An error after which nothing is expected
    When executing query:
      """
      RETURN missing
      """

  Scenario: [19] A step that nobody knows
    Then the moon should be full

  Scenario Outline: [20] One row of an outline
    When executing query:
      """
      RETURN <value> AS x
      """
    Then the result should be, in any order:
      | x |
      | 3 |

    Examples:
      | value |
      | 1     |
      | 2     |
