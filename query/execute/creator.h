#pragma once

// Makes the nodes and relationships of a CREATE or MERGE.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "query/execute/operator.h"

namespace verbale::query {

/// What CREATE makes for a row. Expressions are owned by the operator.
class Creator {
 public:
  struct Property {
    std::string key;
    Expression* value;
    ByteSpan span;
  };
  struct Node {
    Slot slot;
    std::vector<std::string> labels;
    std::vector<Property> properties;
    Expression* property_map = nullptr;
  };
  struct Rel {
    Slot slot;
    std::string type;
    Slot source;
    Slot target;
    std::vector<Property> properties;
    Expression* property_map = nullptr;
    ByteSpan span = {};
  };

  std::vector<Node> nodes;
  std::vector<Rel> rels;

  /// For each row of `batch`; adds the columns of what was made.
  void Create(ExecContext& ctx, Batch& batch) const;
  /// Error SemanticError MergeReadOwnWrites where a property is null for a row.
  void CheckNoNulls(const Batch& batch) const;
};

/// `own` compiles an expression and keeps it (nullptr for nullptr).
Creator MakeCreator(const LogicalCreate& op,
                    const std::function<Expression*(const BoundExprPtr&)>& own);

}  // namespace verbale::query
