#pragma once

#include <span>

#include "query/functions/registry.h"

namespace verbale::query {

// How the files of functions define them: each gives one table, registry.cc joins the tables.

using Args = std::span<const graph::Value>;

/// `F`, but null as soon as one argument is null.
template <graph::Value (*F)(Args, const FunctionContext&)>
graph::Value Strict(Args args, const FunctionContext& context) {
  for (const graph::Value& arg : args) {
    if (arg.is_null()) return graph::Value();
  }
  return F(args, context);
}

inline constexpr TypeSet kAnyArg[] = {TypeSet::Any()};
inline constexpr TypeSet kNumberArg[] = {TypeSet::Number()};
inline constexpr TypeSet kIntArg[] = {graph::ValueType::kInt};
inline constexpr TypeSet kStringArg[] = {graph::ValueType::kString};
inline constexpr TypeSet kListArg[] = {graph::ValueType::kList};
inline constexpr TypeSet kNodeArg[] = {graph::ValueType::kNode};
inline constexpr TypeSet kRelArg[] = {graph::ValueType::kRelationship};
inline constexpr TypeSet kPathArg[] = {graph::ValueType::kPath};
inline constexpr TypeSet kEntityArg[] = {TypeSet(graph::ValueType::kNode) |
                                         graph::ValueType::kRelationship};

std::span<const Function> ConversionFunctions();
std::span<const Function> EvidenceFunctions();
std::span<const Function> GraphFunctions();
std::span<const Function> ListFunctions();
std::span<const Function> MathFunctions();
std::span<const Function> StringFunctions();
std::span<const Function> TemporalFunctions();
std::span<const Function> TrigonometryFunctions();

}  // namespace verbale::query
