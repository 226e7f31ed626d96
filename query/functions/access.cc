// Reaching into lists, maps, temporals, nodes and relationships.

#include <algorithm>
#include <string>

#include "query/functions/errors.h"
#include "query/functions/operators.h"
#include "query/functions/temporal_values.h"

namespace verbale::query::ops {
namespace {

using graph::List;
using graph::ValueType;

Value ListElement(const Value& list, const Value& index) {
  if (!index.is_int()) ThrowType("a list is indexed by an integer, not by " + Describe(index));
  const auto size = static_cast<std::int64_t>(list.as_list().size());
  const std::int64_t at = index.as_int() < 0 ? index.as_int() + size : index.as_int();
  return at >= 0 && at < size ? list.as_list()[static_cast<std::size_t>(at)] : Value();
}

// A bound of a slice as a position within the list.
std::int64_t SliceBound(const Value& bound, std::int64_t size) {
  if (!bound.is_int()) ThrowType("a list is sliced by integers, not by " + Describe(bound));
  const std::int64_t at = bound.as_int() < 0 ? bound.as_int() + size : bound.as_int();
  return std::clamp<std::int64_t>(at, 0, size);
}

}  // namespace

Value Index(const Value& container, const Value& key, const FunctionContext& context) {
  if (container.is_null() || key.is_null()) return Value();
  switch (container.type()) {
    case ValueType::kList:
      return ListElement(container, key);
    case ValueType::kMap:
    case ValueType::kNode:
    case ValueType::kRelationship:
      if (key.is_string()) return Property(container, key.as_string(), context);
      ThrowType("a " + std::string(graph::TypeName(container.type())) +
                    " is indexed by a string, not by " + Describe(key),
                "MapElementAccessByNonString");
    default:
      ThrowType("there is nothing to index in " + Describe(container));
  }
}

Value Slice(const Value& list, const Value* from, const Value* to) {
  if (list.is_null() || (from && from->is_null()) || (to && to->is_null())) return Value();
  if (!list.is_list()) ThrowType("only a list can be sliced, not " + Describe(list));
  const List& elements = list.as_list();
  const auto size = static_cast<std::int64_t>(elements.size());
  const std::int64_t begin = from ? SliceBound(*from, size) : 0;
  const std::int64_t end = to ? SliceBound(*to, size) : size;
  if (begin >= end) return Value(List{});
  return Value(List(elements.begin() + begin, elements.begin() + end));
}

Value Property(const Value& target, std::string_view key, const FunctionContext& context) {
  switch (target.type()) {
    case ValueType::kNull:
      return Value();
    case ValueType::kMap: {
      const Value* found = target.Find(key);
      return found ? *found : Value();
    }
    case ValueType::kNode: {
      if (!context.view->Exists(target.as_node().no)) ThrowDeleted("node");
      const auto id = context.view->catalog().FindKey(key);
      return id ? context.view->Property(target.as_node().no, *id) : Value();
    }
    case ValueType::kRelationship: {
      if (!context.view->Exists(target.as_rel().no)) ThrowDeleted("relationship");
      const auto id = context.view->catalog().FindKey(key);
      return id ? context.view->Property(target.as_rel().no, *id) : Value();
    }
    default:
      if (target.is_temporal()) return TemporalComponent(target, key);
      ThrowType("there is no property '" + std::string(key) + "' in " + Describe(target));
  }
}

}  // namespace verbale::query::ops
