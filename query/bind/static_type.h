#pragma once

// What is known about a value before the statement runs: enough to refuse what can never work
// (`NOT 1`, `length(node)`), never more than that.

#include "query/bind/bound.h"
#include "query/functions/registry.h"

namespace verbale::query {

/// The types that a value can have beside null, and those of its elements where it is a list.
struct StaticType {
  TypeSet types = TypeSet::Any();
  TypeSet element = TypeSet::Any();

  /// Only null.
  bool IsNull() const { return types == TypeSet(); }
  /// False where the value is never null and never of the wanted types.
  bool CanBe(TypeSet wanted) const { return IsNull() || types.Overlaps(wanted); }
};

inline constexpr TypeSet kBoolType = graph::ValueType::kBool;
inline constexpr TypeSet kListType = graph::ValueType::kList;
inline constexpr TypeSet kEntityType =
    TypeSet(graph::ValueType::kNode) | graph::ValueType::kRelationship;

/// Of a variable of this kind.
StaticType TypeOf(SlotKind kind);
/// Of a constant.
StaticType TypeOf(const graph::Value& value);
/// Of either of two values.
StaticType Either(const StaticType& a, const StaticType& b);

/// What an operator takes on its left and on its right, and what it gives.
TypeSet LeftOperand(BinaryOp op);
TypeSet RightOperand(BinaryOp op);
StaticType ResultOf(BinaryOp op, const StaticType& left, const StaticType& right);

/// In words of the language: "INTEGER", "LIST", "NODE or RELATIONSHIP".
std::string Describe(TypeSet types);

}  // namespace verbale::query
