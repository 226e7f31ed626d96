#pragma once

// The items of SET, ON CREATE SET, ON MATCH SET and REMOVE, applied to one row at a time: a later
// item and a later row see what an earlier one set.

#include <functional>
#include <string>
#include <vector>

#include "query/execute/operator.h"

namespace verbale::query {

class SetItems {
 public:
  SetItems() = default;
  /// `own` compiles an expression and keeps it (nullptr for nullptr).
  SetItems(const std::vector<BoundSetItem>& items,
           const std::function<Expression*(const BoundExprPtr&)>& own);

  void Apply(ExecContext& ctx, const Batch& batch, std::size_t row) const;
  /// The labels of the items are taken away instead.
  void RemoveLabels(ExecContext& ctx, const Batch& batch, std::size_t row) const;
  bool empty() const { return items_.empty(); }

 private:
  struct Item {
    SetKind kind;
    Expression* target;
    std::string key;
    Expression* key_value;
    Expression* value;
    std::vector<std::string> labels;
    ByteSpan span;
  };
  static void ApplyOne(const Item& item, ExecContext& ctx, const Batch& batch, std::size_t row);
  static void RemoveLabels(const Item& item, ExecContext& ctx, const Batch& batch, std::size_t row);

  std::vector<Item> items_;
};

}  // namespace verbale::query
