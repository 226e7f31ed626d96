#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "graph/temporal.h"
#include "graph/value.h"
#include "graph/view.h"

namespace verbale::query {

/// A set of value types, for checking arguments. Null is always allowed beside them: what a
/// function makes of it is its own affair (mostly null).
class TypeSet {
 public:
  constexpr TypeSet() = default;
  constexpr TypeSet(graph::ValueType type) : bits_(1u << static_cast<unsigned>(type)) {}

  static constexpr TypeSet Any() { return TypeSet(0xFFFFu); }
  static constexpr TypeSet Number() { return TypeSet(0x000Cu); }
  static constexpr TypeSet Temporal() { return TypeSet(0x1F80u); }  ///< Durations included.

  constexpr bool Has(graph::ValueType type) const {
    return type == graph::ValueType::kNull || (bits_ & TypeSet(type).bits_) != 0;
  }
  constexpr bool Overlaps(TypeSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool IsAny() const { return bits_ == 0xFFFFu; }
  friend constexpr TypeSet operator|(TypeSet a, TypeSet b) { return TypeSet(a.bits_ | b.bits_); }
  friend constexpr bool operator==(TypeSet a, TypeSet b) = default;

 private:
  constexpr explicit TypeSet(std::uint32_t bits) : bits_(bits) {}

  std::uint32_t bits_ = 0;
};

/// Numbers for rand() and randomUUID(). One statement, one thread.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next();
  double NextUnit();  ///< 0 ≤ x < 1.

 private:
  std::uint64_t state_;
};

/// What a call may look at beside its arguments. Everything is borrowed for the statement.
struct FunctionContext {
  const graph::View* view = nullptr;  ///< Needed only by functions with `reads_graph`.
  graph::DateTime statement_time;     ///< UTC, one for the whole statement.
  graph::DateTime transaction_time;   ///< UTC, one for the whole transaction.
  Random* random = nullptr;           ///< Needed only by functions that are not deterministic.
};

/// A scalar function. `call` gets min_args … max_args arguments; wrong types at run time are
/// Error(kInvalidArgument) with TCK type TypeError, detail InvalidArgumentType.
struct Function {
  static constexpr std::uint8_t kVariadic = 255;

  std::string_view name;  ///< As it is documented: "toInteger", "datetime.truncate".
  std::uint8_t min_args = 0;
  std::uint8_t max_args = 0;  ///< kVariadic: no bound.
  std::span<const TypeSet> arguments =
      {};                           ///< By position; the last one stands for all further ones.
  TypeSet result = TypeSet::Any();  ///< What it can give, beside null.
  graph::Value (*call)(std::span<const graph::Value> args,
                       const FunctionContext& context) = nullptr;
  bool deterministic = true;          ///< Same arguments in the same statement: same result.
  bool reads_graph = false;           ///< Needs the View.
  bool reads_clock = false;           ///< Needs the times of statement or transaction.
  std::string_view category = {};     ///< "String", "Temporal", … for SHOW FUNCTIONS.
  std::string_view description = {};  ///< One line.

  /// Whether constant arguments give a constant, for all statements and Views.
  bool folds() const { return deterministic && !reads_graph && !reads_clock; }
  TypeSet argument(std::size_t i) const {
    if (arguments.empty()) return TypeSet::Any();
    return arguments[i < arguments.size() ? i : arguments.size() - 1];
  }
};

/// Case-insensitive. nullptr where there is none.
const Function* FindFunction(std::string_view name);
/// Sorted by name.
std::span<const Function* const> AllFunctions();

/// The state of one aggregate over one group. One thread at a time.
class Aggregate {
 public:
  virtual ~Aggregate() = default;
  /// One row. No arguments: count(*).
  virtual void Add(std::span<const graph::Value> args) = 0;
  virtual graph::Value Finish() = 0;
  /// Memory that is held beside the object itself, roughly.
  virtual std::size_t Bytes() const { return 0; }
};

struct AggregateFunction {
  std::string_view name;
  std::uint8_t min_args = 1;  ///< count(*) is count with no argument.
  std::uint8_t max_args = 1;
  std::span<const TypeSet> arguments;
  TypeSet result = TypeSet::Any();
  std::unique_ptr<Aggregate> (*make)() = nullptr;
  std::string_view description;

  TypeSet argument(std::size_t i) const {
    return i < arguments.size() ? arguments[i] : TypeSet::Any();
  }
};

/// Case-insensitive. nullptr where there is none.
const AggregateFunction* FindAggregate(std::string_view name);
std::span<const AggregateFunction> AllAggregates();

/// An aggregate over rows in parts: `part` of each, perhaps another one, and `whole` of what the
/// parts gave, in this order. The same to the last bit, however the rows were divided. All nullptr
/// where it cannot be.
struct DividedAggregate {
  const AggregateFunction* part = nullptr;
  const AggregateFunction* whole = nullptr;
  const AggregateFunction* other_part = nullptr;
};
DividedAggregate Divided(const AggregateFunction& function);

/// A fresh state. `distinct`: of equivalent first arguments only the first one counts.
std::unique_ptr<Aggregate> NewAggregate(const AggregateFunction& function, bool distinct);

}  // namespace verbale::query
