#pragma once

#include <memory>
#include <string_view>

#include "graph/value.h"
#include "query/functions/registry.h"

// The operators of the language as functions on values, with openCypher's null semantics. A result
// of null stands for "unknown". Errors: kInvalidArgument with TCK type TypeError (wrong types) or
// ArithmeticError (overflow, integer division by zero).
namespace verbale::query::ops {

using graph::Value;

Value Add(const Value& a, const Value& b);  ///< Numbers, strings, lists, temporals and durations.
Value Subtract(const Value& a, const Value& b);
Value Multiply(const Value& a, const Value& b);
Value Divide(const Value& a, const Value& b);  ///< Integers truncate towards zero.
Value Modulo(const Value& a, const Value& b);
Value Power(const Value& a, const Value& b);  ///< Always a float.
Value Negate(const Value& a);
Value Plus(const Value& a);  ///< Unary.

Value Equal(const Value& a, const Value& b);
Value NotEqual(const Value& a, const Value& b);
Value Less(const Value& a, const Value& b);
Value LessEqual(const Value& a, const Value& b);
Value Greater(const Value& a, const Value& b);
Value GreaterEqual(const Value& a, const Value& b);

Value And(const Value& a, const Value& b);
Value Or(const Value& a, const Value& b);
Value Xor(const Value& a, const Value& b);
Value Not(const Value& a);

Value In(const Value& element, const Value& list);
Value StartsWith(const Value& text, const Value& prefix);
Value EndsWith(const Value& text, const Value& suffix);
Value Contains(const Value& text, const Value& part);
/// `=~`: the whole text, RE2 syntax. Compiled patterns are kept per thread.
Value RegexMatch(const Value& text, const Value& pattern);
/// The pattern of =~, looked at once for many texts. Error InvalidArgument where it is none.
class Regex {
 public:
  explicit Regex(std::string_view pattern);
  bool Matches(std::string_view text) const;

 private:
  std::shared_ptr<const struct RegexPattern> pattern_;
};

/// container[key]: list by integer (from the end where negative), map, node or relationship by
/// string.
Value Index(const Value& container, const Value& key, const FunctionContext& context);
/// list[from..to]; nullptr where a bound is left out (a bound that is null gives null).
Value Slice(const Value& list, const Value* from, const Value* to);
/// target.key of a map, temporal, node or relationship. A deleted one is Error(kNotFound),
/// EntityNotFound: DeletedEntityAccess.
Value Property(const Value& target, std::string_view key, const FunctionContext& context);

}  // namespace verbale::query::ops
