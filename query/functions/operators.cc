#include "query/functions/operators.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "query/functions/errors.h"
#include "query/functions/temporal_values.h"
#include "query/functions/text.h"

namespace verbale::query::ops {
namespace {

using graph::List;
using graph::ValueType;

[[noreturn]] void ThrowOperands(std::string_view op, const Value& a, const Value& b) {
  ThrowType("'" + std::string(op) + "' takes no " + Describe(a) + " and " + Describe(b));
}

[[noreturn]] void ThrowOverflow(std::string_view op, std::int64_t a, std::int64_t b) {
  ThrowArithmetic("the result of " + std::to_string(a) + " " + std::string(op) + " " +
                      std::to_string(b) + " does not fit into an integer",
                  "IntegerOverflow");
}

bool BothInt(const Value& a, const Value& b) { return a.is_int() && b.is_int(); }
bool BothNumber(const Value& a, const Value& b) { return a.is_number() && b.is_number(); }
bool AnyNull(const Value& a, const Value& b) { return a.is_null() || b.is_null(); }

// What `+` puts beside a string.
bool Concatenates(const Value& v) {
  return v.is_string() || v.is_number() || v.is_bool() || v.is_temporal();
}

Value Concatenate(const Value& a, const Value& b) {
  if (a.is_string() && b.is_string()) {
    CheckTextSize(a.as_string().size() + b.as_string().size());
    std::string joined;
    joined.reserve(a.as_string().size() + b.as_string().size());
    joined.append(a.as_string()).append(b.as_string());
    return Value(joined);
  }
  return Value(PlainText(a) + PlainText(b));
}

Value JoinLists(const Value& a, const Value& b) {
  List joined;
  const auto append = [&joined](const Value& v) {
    if (v.is_list()) {
      joined.insert(joined.end(), v.as_list().begin(), v.as_list().end());
    } else {
      joined.push_back(v);
    }
  };
  const std::size_t size =
      (a.is_list() ? a.as_list().size() : 1) + (b.is_list() ? b.as_list().size() : 1);
  CheckListSize(size);
  joined.reserve(size);
  append(a);
  append(b);
  return Value(std::move(joined));
}

Value FromOptional(std::optional<bool> b) { return b ? Value(*b) : Value(); }

// The operand of AND, OR, XOR, NOT: true, false or unknown.
std::optional<bool> Truth(const Value& v, std::string_view op) {
  if (v.is_bool()) return v.as_bool();
  if (v.is_null()) return std::nullopt;
  ThrowType(std::string(op) + " takes booleans, not " + Describe(v));
}

// One of the four comparisons; NaN compares as false, what cannot be compared as null.
template <typename Holds>
Value Comparison(const Value& a, const Value& b, Holds holds) {
  const auto order = graph::Compare(a, b);
  return order ? Value(holds(*order)) : Value();
}

template <typename Test>
Value TextTest(const Value& a, const Value& b, Test test) {
  if (!a.is_string() || !b.is_string()) return Value();
  return Value(test(a.as_string(), b.as_string()));
}

}  // namespace

Value Add(const Value& a, const Value& b) {
  if (AnyNull(a, b)) return Value();
  if (BothInt(a, b)) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.as_int(), b.as_int(), &sum)) {
      ThrowOverflow("+", a.as_int(), b.as_int());
    }
    return Value(sum);
  }
  if (BothNumber(a, b)) return Value(a.as_number() + b.as_number());
  if (a.is_list() || b.is_list()) return JoinLists(a, b);
  if ((a.is_string() && Concatenates(b)) || (b.is_string() && Concatenates(a))) {
    return Concatenate(a, b);
  }
  if (const auto sum = AddTemporals(a, b)) return *sum;
  ThrowOperands("+", a, b);
}

Value Subtract(const Value& a, const Value& b) {
  if (AnyNull(a, b)) return Value();
  if (BothInt(a, b)) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a.as_int(), b.as_int(), &difference)) {
      ThrowOverflow("-", a.as_int(), b.as_int());
    }
    return Value(difference);
  }
  if (BothNumber(a, b)) return Value(a.as_number() - b.as_number());
  if (const auto difference = SubtractTemporals(a, b)) return *difference;
  ThrowOperands("-", a, b);
}

Value Multiply(const Value& a, const Value& b) {
  if (AnyNull(a, b)) return Value();
  if (BothInt(a, b)) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a.as_int(), b.as_int(), &product)) {
      ThrowOverflow("*", a.as_int(), b.as_int());
    }
    return Value(product);
  }
  if (BothNumber(a, b)) return Value(a.as_number() * b.as_number());
  if (const auto product = MultiplyDuration(a, b)) return *product;
  ThrowOperands("*", a, b);
}

Value Divide(const Value& a, const Value& b) {
  if (AnyNull(a, b)) return Value();
  const bool whole = b.is_int() && (a.is_int() || a.type() == ValueType::kDuration);
  if (whole && b.as_int() == 0) ThrowArithmetic("division by zero", "DivisionByZero");
  if (BothInt(a, b)) {
    if (a.as_int() == std::numeric_limits<std::int64_t>::min() && b.as_int() == -1) {
      ThrowOverflow("/", a.as_int(), b.as_int());
    }
    return Value(a.as_int() / b.as_int());
  }
  if (BothNumber(a, b)) return Value(a.as_number() / b.as_number());
  if (const auto quotient = DivideDuration(a, b)) return *quotient;
  ThrowOperands("/", a, b);
}

Value Modulo(const Value& a, const Value& b) {
  if (AnyNull(a, b)) return Value();
  if (BothInt(a, b)) {
    if (b.as_int() == 0) ThrowArithmetic("remainder of a division by zero", "DivisionByZero");
    return Value(b.as_int() == -1 ? std::int64_t{0} : a.as_int() % b.as_int());
  }
  if (BothNumber(a, b)) return Value(std::fmod(a.as_number(), b.as_number()));
  ThrowOperands("%", a, b);
}

Value Power(const Value& a, const Value& b) {
  if (AnyNull(a, b)) return Value();
  if (BothNumber(a, b)) return Value(std::pow(a.as_number(), b.as_number()));
  ThrowOperands("^", a, b);
}

Value Negate(const Value& a) {
  if (a.is_null()) return a;
  if (a.is_int()) return Subtract(Value(0), a);
  if (a.is_double()) return Value(-a.as_double());
  if (a.type() == ValueType::kDuration) return Value(graph::Negate(a.as_duration()));
  ThrowType("'-' takes a number, not " + Describe(a));
}

Value Plus(const Value& a) {
  if (a.is_null() || a.is_number() || a.type() == ValueType::kDuration) return a;
  ThrowType("'+' takes a number, not " + Describe(a));
}

Value Equal(const Value& a, const Value& b) { return FromOptional(graph::Equals(a, b)); }

Value NotEqual(const Value& a, const Value& b) {
  const auto equal = graph::Equals(a, b);
  return equal ? Value(!*equal) : Value();
}

Value Less(const Value& a, const Value& b) {
  return Comparison(a, b, [](std::partial_ordering order) { return order < 0; });
}

Value LessEqual(const Value& a, const Value& b) {
  return Comparison(a, b, [](std::partial_ordering order) { return order <= 0; });
}

Value Greater(const Value& a, const Value& b) {
  return Comparison(a, b, [](std::partial_ordering order) { return order > 0; });
}

Value GreaterEqual(const Value& a, const Value& b) {
  return Comparison(a, b, [](std::partial_ordering order) { return order >= 0; });
}

Value And(const Value& a, const Value& b) {
  const auto x = Truth(a, "AND");
  const auto y = Truth(b, "AND");
  if (x == false || y == false) return Value(false);
  return x && y ? Value(true) : Value();
}

Value Or(const Value& a, const Value& b) {
  const auto x = Truth(a, "OR");
  const auto y = Truth(b, "OR");
  if (x == true || y == true) return Value(true);
  return x && y ? Value(false) : Value();
}

Value Xor(const Value& a, const Value& b) {
  const auto x = Truth(a, "XOR");
  const auto y = Truth(b, "XOR");
  return x && y ? Value(*x != *y) : Value();
}

Value Not(const Value& a) {
  const auto x = Truth(a, "NOT");
  return x ? Value(!*x) : Value();
}

Value In(const Value& element, const Value& list) {
  if (list.is_null()) return Value();
  if (!list.is_list()) ThrowType("IN takes a list, not " + Describe(list));
  bool unknown = false;
  for (const Value& candidate : list.as_list()) {
    const auto equal = graph::Equals(element, candidate);
    if (equal == true) return Value(true);
    if (!equal) unknown = true;
  }
  return unknown ? Value() : Value(false);
}

Value StartsWith(const Value& text, const Value& prefix) {
  return TextTest(text, prefix, [](auto s, auto p) { return s.starts_with(p); });
}

Value EndsWith(const Value& text, const Value& suffix) {
  return TextTest(text, suffix, [](auto s, auto p) { return s.ends_with(p); });
}

Value Contains(const Value& text, const Value& part) {
  return TextTest(text, part, [](auto s, auto p) { return s.find(p) != s.npos; });
}

}  // namespace verbale::query::ops
