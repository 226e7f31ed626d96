#include <algorithm>
#include <string>

#include "query/functions/define.h"
#include "query/functions/errors.h"
#include "query/functions/text.h"

namespace verbale::query {
namespace {

using graph::List;
using graph::Value;
using graph::ValueType;

constexpr std::string_view kCategory = "List";

constexpr TypeSet kContainerArg[] = {TypeSet(ValueType::kList) | ValueType::kMap |
                                     ValueType::kString};

const List& ListOf(const Value& v, std::string_view function) {
  if (v.is_list()) return v.as_list();
  ThrowType(std::string(function) + "() takes a list, not " + Describe(v));
}

Value Head(Args args, const FunctionContext&) {
  const List& list = ListOf(args[0], "head");
  return list.empty() ? Value() : list.front();
}

Value Last(Args args, const FunctionContext&) {
  const List& list = ListOf(args[0], "last");
  return list.empty() ? Value() : list.back();
}

Value Tail(Args args, const FunctionContext&) {
  const List& list = ListOf(args[0], "tail");
  return Value(list.empty() ? List{} : List(list.begin() + 1, list.end()));
}

std::int64_t RangeBound(const Value& v) {
  if (v.is_int()) return v.as_int();
  ThrowArgument("range() takes integers, not " + Describe(v), "InvalidArgumentType");
}

Value Range(Args args, const FunctionContext&) {
  const std::int64_t first = RangeBound(args[0]);
  const std::int64_t last = RangeBound(args[1]);
  const std::int64_t step = args.size() > 2 ? RangeBound(args[2]) : 1;
  if (step == 0) ThrowArgument("range() cannot go in steps of 0", "NumberOutOfRange");
  if (step > 0 ? first > last : first < last) return Value(List{});
  // Unsigned, since the distance may not fit into 63 bits.
  const auto unsigned_of = [](std::int64_t i) { return static_cast<std::uint64_t>(i); };
  const std::uint64_t distance =
      step > 0 ? unsigned_of(last) - unsigned_of(first) : unsigned_of(first) - unsigned_of(last);
  const std::uint64_t stride = step > 0 ? unsigned_of(step) : 0 - unsigned_of(step);
  const std::uint64_t steps = distance / stride;
  CheckListSize(steps);
  List numbers;
  numbers.reserve(steps + 1);
  for (std::uint64_t i = 0; i <= steps; ++i) {
    numbers.emplace_back(static_cast<std::int64_t>(unsigned_of(first) + i * unsigned_of(step)));
  }
  return Value(std::move(numbers));
}

Value IsEmpty(Args args, const FunctionContext&) {
  const Value& v = args[0];
  if (v.is_list()) return Value(v.as_list().empty());
  if (v.is_map()) return Value(v.as_map().empty());
  if (v.is_string()) return Value(v.as_string().empty());
  ThrowType("isEmpty() takes a list, map or string, not " + Describe(v));
}

Value Coalesce(Args args, const FunctionContext&) {
  const auto found =
      std::find_if(args.begin(), args.end(), [](const Value& v) { return !v.is_null(); });
  return found == args.end() ? Value() : *found;
}

Value NullIf(Args args, const FunctionContext&) {
  return graph::Equivalent(args[0], args[1]) ? Value() : args[0];
}

std::string ValueTypeName(const Value& v) {
  if (v.is_null()) return "NULL";
  std::string name(graph::TypeName(v.type()));
  if (v.is_list()) {
    List names;
    for (const Value& element : v.as_list()) names.emplace_back(ValueTypeName(element));
    std::sort(names.begin(), names.end(), [](auto& a, auto& b) { return TotalOrder(a, b) < 0; });
    names.erase(std::unique(names.begin(), names.end(), graph::ValueEquivalent()), names.end());
    std::string inner;
    for (const Value& element : names) {
      inner += (inner.empty() ? "" : " | ") + std::string(element.as_string());
    }
    name += "<" + (inner.empty() ? "NOTHING" : inner) + ">";
  }
  return name + " NOT NULL";
}

Value ValueTypeOf(Args args, const FunctionContext&) { return Value(ValueTypeName(args[0])); }

}  // namespace

std::span<const Function> ListFunctions() {
  static const Function table[] = {
      {.name = "head",
       .min_args = 1,
       .max_args = 1,
       .arguments = kListArg,
       .call = Strict<Head>,
       .category = kCategory,
       .description = "The first element."},
      {.name = "last",
       .min_args = 1,
       .max_args = 1,
       .arguments = kListArg,
       .call = Strict<Last>,
       .category = kCategory,
       .description = "The last element."},
      {.name = "tail",
       .min_args = 1,
       .max_args = 1,
       .arguments = kListArg,
       .result = ValueType::kList,
       .call = Strict<Tail>,
       .category = kCategory,
       .description = "All elements but the first."},
      {.name = "range",
       .min_args = 2,
       .max_args = 3,
       .result = ValueType::kList,
       .call = Strict<Range>,
       .category = kCategory,
       .description = "Integers from the first to the second, both included, in steps."},
      {.name = "isEmpty",
       .min_args = 1,
       .max_args = 1,
       .arguments = kContainerArg,
       .result = ValueType::kBool,
       .call = Strict<IsEmpty>,
       .category = kCategory,
       .description = "Whether a list, map or string has nothing in it."},
      {.name = "coalesce",
       .min_args = 1,
       .max_args = Function::kVariadic,
       .call = Coalesce,
       .category = "Scalar",
       .description = "The first argument that is not null."},
      {.name = "nullIf",
       .min_args = 2,
       .max_args = 2,
       .call = NullIf,
       .category = "Scalar",
       .description = "The first argument; null where it equals the second."},
      {.name = "valueType",
       .min_args = 1,
       .max_args = 1,
       .result = ValueType::kString,
       .call = ValueTypeOf,
       .category = "Scalar",
       .description = "The type of a value as text."},
  };
  return table;
}

}  // namespace verbale::query
