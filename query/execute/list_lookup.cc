#include "query/execute/list_lookup.h"

#include <cmath>

#include "query/functions/operators.h"

namespace verbale::query {
namespace {

using graph::Value;

/// Below, going through the list is as fast.
constexpr std::size_t kShort = 32;
/// Questions before a layout pays: it costs as much as going through the list a few times.
constexpr std::size_t kFewQuestions = 16;

/// For these `=` and equivalence are the same.
bool IsPlain(const Value& value) {
  if (value.is_double()) return !std::isnan(value.as_double());
  return !value.is_null() && !value.is_list() && !value.is_map() && !value.is_path();
}

}  // namespace

void ListLookup::Forget() {
  list_ = Value();
  questions_ = 0;
  is_laid_out_ = false;
  elements_.clear();
  held_ = 0;
}

Value ListLookup::Find(ExecContext& ctx, const Value& element, const Value& list) {
  if (!list.is_list() || list.as_list().size() < kShort || !IsPlain(element)) {
    return ops::In(element, list);
  }
  if (!list_.is_list() || &list_.as_list() != &list.as_list()) {
    ctx.Release(held_);
    Forget();
    list_ = list;
  }
  if (!is_laid_out_ && ++questions_ <= kFewQuestions) return ops::In(element, list);
  if (!is_laid_out_) LayOut(ctx);
  if (elements_.count(element) > 0) return Value(true);
  return has_null_ ? Value() : Value(false);
}

void ListLookup::LayOut(ExecContext& ctx) {
  constexpr std::size_t kPerElement = 3 * sizeof(Value);
  held_ = list_.as_list().size() * kPerElement;
  ctx.Hold(held_);
  has_null_ = false;
  elements_.reserve(list_.as_list().size());
  for (const Value& element : list_.as_list()) {
    has_null_ = has_null_ || element.is_null();
    if (IsPlain(element)) elements_.insert(element);
  }
  is_laid_out_ = true;
}

}  // namespace verbale::query
