#include "query/bind/static_type.h"

namespace verbale::query {
namespace {

using graph::ValueType;

constexpr TypeSet kInt = ValueType::kInt;
constexpr TypeSet kString = ValueType::kString;
constexpr TypeSet kDuration = ValueType::kDuration;

}  // namespace

StaticType TypeOf(SlotKind kind) {
  switch (kind) {
    case SlotKind::kValue:
      return {};
    case SlotKind::kNode:
      return {ValueType::kNode, {}};
    case SlotKind::kRel:
      return {ValueType::kRelationship, {}};
    case SlotKind::kRelList:
      return {ValueType::kList, ValueType::kRelationship};
    case SlotKind::kPath:
      return {ValueType::kPath, {}};
  }
  return {};
}

StaticType TypeOf(const graph::Value& value) {
  if (value.is_null()) return {TypeSet(), TypeSet()};
  return {value.type(), TypeSet::Any()};
}

StaticType Either(const StaticType& a, const StaticType& b) {
  return {a.types | b.types, a.element | b.element};
}

TypeSet LeftOperand(BinaryOp op) {
  switch (op) {
    case BinaryOp::kXor:
      return kBoolType;
    case BinaryOp::kSubtract:
      return TypeSet::Number() | TypeSet::Temporal();
    case BinaryOp::kMultiply:
    case BinaryOp::kDivide:
      return TypeSet::Number() | kDuration;
    case BinaryOp::kModulo:
    case BinaryOp::kPower:
      return TypeSet::Number();
    case BinaryOp::kConcat:
      return kString | kListType;
    default:
      return TypeSet::Any();
  }
}

TypeSet RightOperand(BinaryOp op) { return op == BinaryOp::kIn ? kListType : LeftOperand(op); }

StaticType ResultOf(BinaryOp op, const StaticType& left, const StaticType& right) {
  switch (op) {
    case BinaryOp::kXor:
    case BinaryOp::kIn:
    case BinaryOp::kStartsWith:
    case BinaryOp::kEndsWith:
    case BinaryOp::kContains:
    case BinaryOp::kRegexMatch:
      return {kBoolType, {}};
    case BinaryOp::kPower:
      return {ValueType::kDouble, {}};
    case BinaryOp::kAdd:
    case BinaryOp::kSubtract:
    case BinaryOp::kMultiply:
    case BinaryOp::kDivide:
    case BinaryOp::kModulo:
      if (left.types == TypeSet() && right.types == TypeSet()) return TypeOf(graph::Value());
      if (left.types == kInt && right.types == kInt) return {kInt, {}};
      if ((left.types | right.types | TypeSet::Number()) == TypeSet::Number()) {
        return {TypeSet::Number(), {}};
      }
      return {};
    case BinaryOp::kConcat:
      return {kString | kListType, TypeSet::Any()};
  }
  return {};
}

std::string Describe(TypeSet types) {
  if (types == TypeSet()) return "NULL";
  std::string out;
  for (int i = static_cast<int>(ValueType::kBool); i <= static_cast<int>(ValueType::kPath); ++i) {
    const auto type = static_cast<ValueType>(i);
    if (!types.Overlaps(type)) continue;
    if (!out.empty()) out += " or ";
    out += graph::TypeName(type);
  }
  return out;
}

}  // namespace verbale::query
