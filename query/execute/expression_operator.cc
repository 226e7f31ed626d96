// Comparisons, arithmetic, string predicates and calls. Comparisons of integers and of node numbers
// run over the plain arrays; a predicate of a dictionary column against one value is decided once
// an entry of the dictionary, not once a row. Everything else goes through Values.

#include <algorithm>

#include "query/execute/expression_kinds.h"
#include "query/execute/kernels.h"
#include "query/execute/list_lookup.h"
#include "query/functions/operators.h"

namespace verbale::query {
namespace {

using graph::Value;

/// So few are compared one after the other, over all rows.
constexpr std::size_t kFewInts = 8;

using Operator2 = Value (*)(const Value&, const Value&);

Operator2 OperatorOf(CompareOp op) {
  switch (op) {
    case CompareOp::kEqual:
      return ops::Equal;
    case CompareOp::kNotEqual:
      return ops::NotEqual;
    case CompareOp::kLess:
      return ops::Less;
    case CompareOp::kLessOrEqual:
      return ops::LessEqual;
    case CompareOp::kGreater:
      return ops::Greater;
    case CompareOp::kGreaterOrEqual:
      return ops::GreaterEqual;
  }
  return ops::Equal;
}

Operator2 OperatorOf(BinaryOp op) {
  switch (op) {
    case BinaryOp::kXor:
      return ops::Xor;
    case BinaryOp::kAdd:
    case BinaryOp::kConcat:
      return ops::Add;
    case BinaryOp::kSubtract:
      return ops::Subtract;
    case BinaryOp::kMultiply:
      return ops::Multiply;
    case BinaryOp::kDivide:
      return ops::Divide;
    case BinaryOp::kModulo:
      return ops::Modulo;
    case BinaryOp::kPower:
      return ops::Power;
    case BinaryOp::kIn:
      return ops::In;
    case BinaryOp::kStartsWith:
      return ops::StartsWith;
    case BinaryOp::kEndsWith:
      return ops::EndsWith;
    case BinaryOp::kContains:
      return ops::Contains;
    case BinaryOp::kRegexMatch:
      return ops::RegexMatch;
  }
  return ops::Add;
}

bool IsPredicate(BinaryOp op) { return op == BinaryOp::kXor || op >= BinaryOp::kIn; }

Truth ToTruth(const Value& value) {
  if (value.is_null()) return Truth::kNull;
  return value.as_bool() ? Truth::kTrue : Truth::kFalse;
}

Truth ToTruth(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

/// A predicate of `column` against `constant`, decided once an entry of the dictionary. Kept over
/// the batches of one execution.
class DictionaryMemo {
 public:
  void Forget() {
    dictionary_ = nullptr;
    rows_ = 0;
  }

  /// decide(entry) is the predicate for an entry of the dictionary.
  template <typename Decide>
  ColumnPtr Evaluate(const ValueColumn& column, const Value& constant, const Decide& decide) {
    rows_ += column.numbers.size();
    if (rows_ < column.dictionary.size() / kFew) return DecideEach(column, decide);
    if (!IsOf(column.dictionary, constant)) {
      dictionary_ = column.dictionary.data();
      constant_ = constant;
      decided_.assign(column.dictionary.size(), kOpen);
    }
    std::vector<Truth> truth(column.numbers.size(), Truth::kNull);
    const bool all_valid = column.valid.empty();
    for (std::size_t row = 0; row < truth.size(); ++row) {
      if (!all_valid && column.valid[row] == 0) continue;
      const std::uint32_t code = column.numbers[row];
      if (decided_[code] == kOpen) [[unlikely]] {
        decided_[code] = static_cast<std::uint8_t>(decide(column.dictionary[code]));
      }
      truth[row] = static_cast<Truth>(decided_[code]);
    }
    return NewTruth(std::move(truth));
  }

  /// Of codes as they lie. nullptr where some entry is not decided yet.
  ColumnPtr Evaluate(const graph::PackedProperty& packed, std::size_t rows,
                     const Value& constant) const {
    if (decided_.empty() || !IsOf(packed.dictionary, constant)) return nullptr;
    const auto* const codes = static_cast<const std::uint32_t*>(packed.data);
    std::vector<Truth> truth(rows);
    for (std::size_t begin = 0; begin < rows; begin += kTogether) {
      const std::size_t end = std::min(rows, begin + kTogether);
      unsigned seen = 0;
      for (std::size_t row = begin; row < end; ++row) {
        const std::uint8_t decided = decided_[codes[row]];
        truth[row] = static_cast<Truth>(decided);
        seen |= decided;
      }
      if ((seen & kOpen) != 0) return nullptr;
    }
    return NewTruth(std::move(truth));
  }

 private:
  static constexpr std::uint8_t kOpen = 4;  ///< No bit of a Truth.
  static constexpr std::size_t kTogether = 256;
  /// So many times fewer rows than there are entries are not worth an array of those.
  static constexpr std::size_t kFew = 16;

  bool IsOf(std::span<const Value> dictionary, const Value& constant) const {
    return dictionary_ == dictionary.data() && decided_.size() == dictionary.size() &&
           graph::Equivalent(constant, constant_);
  }

  template <typename Decide>
  static ColumnPtr DecideEach(const ValueColumn& column, const Decide& decide) {
    std::vector<Truth> truth(column.numbers.size(), Truth::kNull);
    for (std::size_t row = 0; row < truth.size(); ++row) {
      if (!column.valid.empty() && column.valid[row] == 0) continue;
      truth[row] = decide(column.dictionary[column.numbers[row]]);
    }
    return NewTruth(std::move(truth));
  }

  const Value* dictionary_ = nullptr;
  Value constant_;
  std::vector<std::uint8_t> decided_;
  std::size_t rows_ = 0;  ///< That were asked for.
};

/// holds(text, text) where both are strings, which most entries of dictionaries are; else `op`.
template <typename Holds>
auto TextPredicate(const Value& constant, Operator2 op, const Holds& holds) {
  return [&constant, op, holds](const Value& entry) {
    if (!entry.is_string() || !constant.is_string()) return ToTruth(op(entry, constant));
    return ToTruth(holds(entry.as_string(), constant.as_string()));
  };
}

/// The three ways in which comparison operators look at an order.
template <typename T>
bool Holds(CompareOp op, T a, T b) {
  switch (op) {
    case CompareOp::kEqual:
      return a == b;
    case CompareOp::kNotEqual:
      return a != b;
    case CompareOp::kLess:
      return a < b;
    case CompareOp::kLessOrEqual:
      return a <= b;
    case CompareOp::kGreater:
      return a > b;
    case CompareOp::kGreaterOrEqual:
      return a >= b;
  }
  return false;
}

bool IsIntLike(const ValueColumn& column) {
  return column.kind == ColumnKind::kInts ||
         (column.kind == ColumnKind::kConstant && column.constant.is_int());
}

/// The integers of a column for which IsIntLike holds, row by row.
class IntReader {
 public:
  explicit IntReader(const ValueColumn& column)
      : ints_(column.kind == ColumnKind::kInts ? column.ints.data() : nullptr),
        fixed_(ints_ == nullptr ? column.constant.as_int() : 0) {}

  std::int64_t operator[](std::size_t row) const { return ints_ == nullptr ? fixed_ : ints_[row]; }

 private:
  const std::int64_t* ints_;
  std::int64_t fixed_;
};

/// Which rows of two columns of integers are there in both; empty: all.
std::vector<std::uint8_t> ValidInBoth(const ValueColumn& a, const ValueColumn& b) {
  if (a.valid.empty()) return b.valid;
  std::vector<std::uint8_t> valid = a.valid;
  for (std::size_t row = 0; row < b.valid.size(); ++row) valid[row] &= b.valid[row];
  return valid;
}

class CompareExpression : public Expression {
 public:
  CompareExpression(std::vector<ExpressionPtr> args, CompareOp op)
      : Expression(std::move(args)), op_(op), call_(OperatorOf(op)) {}

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    memo_.Forget();
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    if (ColumnPtr truth = EvaluatePacked(batch)) return truth;
    const ColumnPtr a = args_[0]->Evaluate(batch);
    const ColumnPtr b = args_[1]->Evaluate(batch);
    if (IsIntLike(*a) && IsIntLike(*b)) return CompareInts(*a, *b, batch.rows);
    if (a->kind == ColumnKind::kDictionary && b->kind == ColumnKind::kConstant) {
      return memo_.Evaluate(*a, b->constant,
                            TextPredicate(b->constant, call_, [this](auto entry, auto text) {
                              return Holds(op_, entry.compare(text), 0);
                            }));
    }
    if (a->kind == ColumnKind::kDictionary && b->kind == ColumnKind::kDictionary) {
      return CompareTexts(*a, *b);
    }
    if (a->kind == b->kind && IsEquality() &&
        (a->kind == ColumnKind::kNodes || a->kind == ColumnKind::kRels)) {
      return CompareNumbers(*a, *b);
    }
    std::vector<Truth> truth(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      truth[row] = ToTruth(call_(a->At(row, view()), b->At(row, view())));
    }
    return NewTruth(std::move(truth));
  }

 private:
  /// Where the left side lies side by side in the graph and the right one is the same in every row.
  ColumnPtr EvaluatePacked(const Batch& batch) {
    const auto packed = args_[0]->Packed(batch);
    if (!packed) return nullptr;
    const ColumnPtr b = args_[1]->Evaluate(batch);
    if (b->kind != ColumnKind::kConstant) return nullptr;
    if (!packed->dictionary.empty()) return memo_.Evaluate(*packed, batch.rows, b->constant);
    if (!b->constant.is_int()) return nullptr;
    std::vector<Truth> truth(batch.rows);
    CompareToBound(*packed, op_, b->constant.as_int(), truth);
    return NewTruth(std::move(truth));
  }

  bool IsEquality() const { return op_ == CompareOp::kEqual || op_ == CompareOp::kNotEqual; }

  ColumnPtr CompareInts(const ValueColumn& a, const ValueColumn& b, std::size_t rows) const {
    std::vector<Truth> truth(rows);
    const bool a_fixed = a.kind == ColumnKind::kConstant;
    const bool b_fixed = b.kind == ColumnKind::kConstant;
    if (a_fixed && b_fixed) {
      truth.assign(rows, ToTruth(Holds(op_, a.constant.as_int(), b.constant.as_int())));
    } else if (b_fixed) {
      CompareToBound(a.ints, op_, b.constant.as_int(), truth.data());
    } else if (a_fixed) {
      CompareToBound(b.ints, Turned(op_), a.constant.as_int(), truth.data());
    } else {
      CompareEach(a.ints, op_, b.ints, truth.data());
    }
    for (const ValueColumn* side : {&a, &b}) {
      for (std::size_t row = 0; row < side->valid.size(); ++row) {
        if (side->valid[row] == 0) truth[row] = Truth::kNull;
      }
    }
    return NewTruth(std::move(truth));
  }

  /// Strings, which most entries are, as they lie; of one dictionary they differ if their codes do.
  ColumnPtr CompareTexts(const ValueColumn& a, const ValueColumn& b) const {
    const bool one_dictionary = a.dictionary.data() == b.dictionary.data();
    std::vector<Truth> truth(a.numbers.size());
    for (std::size_t row = 0; row < truth.size(); ++row) {
      if (!a.IsValid(row) || !b.IsValid(row)) {
        truth[row] = Truth::kNull;
        continue;
      }
      const Value& x = a.dictionary[a.numbers[row]];
      const Value& y = b.dictionary[b.numbers[row]];
      if (!x.is_string() || !y.is_string()) {
        truth[row] = ToTruth(call_(x, y));
      } else if (one_dictionary && IsEquality()) {
        truth[row] = ToTruth(Holds(op_, a.numbers[row], b.numbers[row]));
      } else {
        truth[row] = ToTruth(Holds(op_, x.as_string().compare(y.as_string()), 0));
      }
    }
    return NewTruth(std::move(truth));
  }

  ColumnPtr CompareNumbers(const ValueColumn& a, const ValueColumn& b) const {
    std::vector<Truth> truth(a.numbers.size());
    for (std::size_t row = 0; row < truth.size(); ++row) {
      truth[row] = a.IsNull(row) || b.IsNull(row)
                       ? Truth::kNull
                       : ToTruth(Holds(op_, a.numbers[row], b.numbers[row]));
    }
    return NewTruth(std::move(truth));
  }

  CompareOp op_;
  Operator2 call_;
  DictionaryMemo memo_;
};

class BinaryExpression : public Expression {
 public:
  BinaryExpression(std::vector<ExpressionPtr> args, BinaryOp op)
      : Expression(std::move(args)), op_(op), call_(OperatorOf(op)) {}

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    memo_.Forget();
    lookup_.Forget();
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    if (IsPredicate(op_)) {
      if (ColumnPtr truth = EvaluatePacked(batch)) return truth;
    }
    const ColumnPtr a = args_[0]->Evaluate(batch);
    const ColumnPtr b = args_[1]->Evaluate(batch);
    if (IsPredicate(op_)) return EvaluatePredicate(*a, *b, batch.rows);
    if (IsIntLike(*a) && IsIntLike(*b)) {
      if (ColumnPtr ints = EvaluateInts(*a, *b, batch.rows)) return ints;
    }
    HeldValues held(ctx());
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      values[row] = call_(a->At(row, view()), b->At(row, view()));
      held.Add(values[row]);
    }
    return NewValues(std::move(values));
  }

 private:
  /// nullptr where the results are no integers.
  ColumnPtr EvaluateInts(const ValueColumn& a, const ValueColumn& b, std::size_t rows) const {
    switch (op_) {
      case BinaryOp::kAdd:
        return EvaluateInts(a, b, rows, [](auto x, auto y, auto* sum) {
          return __builtin_add_overflow(x, y, sum);
        });
      case BinaryOp::kSubtract:
        return EvaluateInts(a, b, rows, [](auto x, auto y, auto* difference) {
          return __builtin_sub_overflow(x, y, difference);
        });
      case BinaryOp::kMultiply:
        return EvaluateInts(a, b, rows, [](auto x, auto y, auto* product) {
          return __builtin_mul_overflow(x, y, product);
        });
      case BinaryOp::kDivide:
        if (ColumnPtr quotients = DivideByOne(a, b, rows)) return quotients;
        return EvaluateInts(a, b, rows, [](auto x, auto y, auto* quotient) {
          if (y == 0 || (y == -1 && x == INT64_MIN)) return true;
          *quotient = AreShort(x, y) ? std::uint32_t(x) / std::uint32_t(y) : x / y;
          return false;
        });
      case BinaryOp::kModulo:
        if (ColumnPtr rests = DivideByOne(a, b, rows, true)) return rests;
        return EvaluateInts(a, b, rows, [](auto x, auto y, auto* rest) {
          if (y == 0) return true;
          *rest = AreShort(x, y) ? std::uint32_t(x) % std::uint32_t(y) : y == -1 ? 0 : x % y;
          return false;
        });
      default:
        return nullptr;
    }
  }

  /// All by the same number, or what is left then; nullptr where it or some of them are not of 31
  /// bits.
  static ColumnPtr DivideByOne(const ValueColumn& a, const ValueColumn& b, std::size_t rows,
                               bool rests = false) {
    constexpr std::int64_t kMost = INT32_MAX;
    if (a.kind != ColumnKind::kInts || b.kind != ColumnKind::kConstant || rows == 0) return nullptr;
    const std::int64_t divisor = b.constant.as_int();
    const IntRange range = RangeOf(a.ints);
    if (divisor <= 0 || divisor > kMost || range.low < -kMost || range.high > kMost) return nullptr;
    const MutableColumnPtr column = NewColumn(ColumnKind::kInts);
    column->valid = a.valid;
    column->ints.resize(rows);
    DivideEach(a.ints, divisor, column->ints.data());
    for (std::size_t row = 0; rests && row < rows; ++row) {
      column->ints[row] = a.ints[row] - column->ints[row] * divisor;
    }
    return column;
  }

  /// Whether they can be divided as unsigned numbers of 32 bits, which takes a fraction of the
  /// time.
  static bool AreShort(std::int64_t x, std::int64_t y) {
    return ((static_cast<std::uint64_t>(x) | static_cast<std::uint64_t>(y)) >> 32) == 0;
  }

  /// overflows(x, y, &result) says whether there is no result, or none that fits; then it is the
  /// operator on values that throws.
  template <typename Overflows>
  ColumnPtr EvaluateInts(const ValueColumn& a, const ValueColumn& b, std::size_t rows,
                         const Overflows& overflows) const {
    const MutableColumnPtr column = NewColumn(ColumnKind::kInts);
    column->valid = ValidInBoth(a, b);
    column->ints.resize(rows);
    const IntReader left(a), right(b);
    for (std::size_t row = 0; row < rows; ++row) {
      if (!column->IsValid(row)) continue;
      if (overflows(left[row], right[row], &column->ints[row])) [[unlikely]] {
        call_(Value(left[row]), Value(right[row]));
      }
    }
    return column;
  }

  /// Where the left side lies side by side in the graph and the right one is the same in every row.
  ColumnPtr EvaluatePacked(const Batch& batch) {
    const auto packed = args_[0]->Packed(batch);
    if (!packed) return nullptr;
    const ColumnPtr b = args_[1]->Evaluate(batch);
    if (b->kind != ColumnKind::kConstant) return nullptr;
    if (!packed->dictionary.empty()) return memo_.Evaluate(*packed, batch.rows, b->constant);
    if (op_ != BinaryOp::kIn || !IsPlainList(*b)) return nullptr;
    const std::vector<std::int64_t> ints = IntsOf(b->constant.as_list());
    if (ints.size() > kFewInts) return nullptr;
    return FindFew(ints, batch.rows, [&](std::int64_t bound, std::vector<Truth>& equal) {
      CompareToBound(*packed, CompareOp::kEqual, bound, equal);
    });
  }

  ColumnPtr EvaluatePredicate(const ValueColumn& a, const ValueColumn& b, std::size_t rows) {
    if (op_ == BinaryOp::kIn && IsEmptyList(b)) {  // Not even null is in it.
      return NewTruth(std::vector<Truth>(rows, Truth::kFalse));
    }
    if (a.kind == ColumnKind::kDictionary && b.kind == ColumnKind::kConstant) {
      return EvaluateDictionary(a, b.constant);
    }
    if (op_ == BinaryOp::kIn && a.kind == ColumnKind::kInts && IsPlainList(b)) {
      return FindInts(a, b.constant.as_list());
    }
    std::vector<Truth> truth(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      const Value left = a.At(row, view());
      const Value right = b.At(row, view());
      truth[row] =
          ToTruth(op_ == BinaryOp::kIn ? lookup_.Find(ctx(), left, right) : call_(left, right));
    }
    return NewTruth(std::move(truth));
  }

  static bool IsEmptyList(const ValueColumn& column) {
    return column.kind == ColumnKind::kConstant && column.constant.is_list() &&
           column.constant.as_list().empty();
  }

  /// One list in every row, of elements that equal an integer only if they are the same: not 1.0,
  /// and not null, which leaves it open.
  static bool IsPlainList(const ValueColumn& column) {
    if (column.kind != ColumnKind::kConstant || !column.constant.is_list()) return false;
    const graph::List& list = column.constant.as_list();
    return std::all_of(list.begin(), list.end(), [](const Value& element) {
      return element.is_int() || element.is_string() || element.is_bool();
    });
  }

  static std::vector<std::int64_t> IntsOf(const graph::List& list) {
    std::vector<std::int64_t> ints;
    for (const Value& element : list) {
      if (element.is_int()) ints.push_back(element.as_int());
    }
    return ints;
  }

  /// Rows that are one of `ints`; compare(bound, truth) says which of them are `bound`.
  template <typename Compare>
  static MutableColumnPtr FindFew(const std::vector<std::int64_t>& ints, std::size_t rows,
                                  const Compare& compare) {
    MutableColumnPtr found = NewColumn(ColumnKind::kBools);
    found->truth.resize(rows, Truth::kFalse);
    std::vector<Truth> equal(rows);
    for (const std::int64_t bound : ints) {
      compare(bound, equal);
      for (std::size_t row = 0; row < rows; ++row) {
        found->truth[row] = std::max(found->truth[row], equal[row]);
      }
    }
    return found;
  }

  /// Whether the integers are among the elements.
  static ColumnPtr FindInts(const ValueColumn& column, const graph::List& list) {
    std::vector<std::int64_t> ints = IntsOf(list);
    std::sort(ints.begin(), ints.end());
    const Truth of_null = list.empty() ? Truth::kFalse : Truth::kNull;
    std::vector<Truth> truth(column.ints.size(), Truth::kFalse);
    if (ints.size() <= kFewInts) {
      truth = FindFew(ints, truth.size(), [&](std::int64_t bound, std::vector<Truth>& equal) {
                CompareToBound(column.ints, CompareOp::kEqual, bound, equal.data());
              })->truth;
    } else {
      for (std::size_t row = 0; row < truth.size(); ++row) {
        truth[row] = ToTruth(std::binary_search(ints.begin(), ints.end(), column.ints[row]));
      }
    }
    for (std::size_t row = 0; row < column.valid.size(); ++row) {
      if (column.valid[row] == 0) truth[row] = of_null;
    }
    return NewTruth(std::move(truth));
  }

  ColumnPtr EvaluateDictionary(const ValueColumn& column, const Value& constant) {
    using Text = std::string_view;
    switch (op_) {
      case BinaryOp::kStartsWith:
        return memo_.Evaluate(column, constant,
                              TextPredicate(constant, call_, [](Text entry, Text part) {
                                return entry.starts_with(part);
                              }));
      case BinaryOp::kEndsWith:
        return memo_.Evaluate(column, constant,
                              TextPredicate(constant, call_, [](Text entry, Text part) {
                                return entry.ends_with(part);
                              }));
      case BinaryOp::kContains:
        return memo_.Evaluate(column, constant,
                              TextPredicate(constant, call_, [](Text entry, Text part) {
                                return entry.find(part) != Text::npos;
                              }));
      case BinaryOp::kRegexMatch: {
        std::optional<ops::Regex> regex;  // Not where there is no text: it may be an error.
        return memo_.Evaluate(column, constant,
                              TextPredicate(constant, call_, [&regex](Text entry, Text pattern) {
                                if (!regex) regex.emplace(pattern);
                                return regex->Matches(entry);
                              }));
      }
      default:
        return memo_.Evaluate(column, constant,
                              [&](const Value& entry) { return ToTruth(call_(entry, constant)); });
    }
  }

  BinaryOp op_;
  Operator2 call_;
  DictionaryMemo memo_;
  ListLookup lookup_;
};

class SignExpression : public Expression {
 public:
  SignExpression(std::vector<ExpressionPtr> args, Value (*call)(const Value&))
      : Expression(std::move(args)), call_(call) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr column = args_[0]->Evaluate(batch);
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) values[row] = call_(column->At(row, view()));
    return NewValues(std::move(values));
  }

 private:
  Value (*call_)(const Value&);
};

class CallExpression : public Expression {
 public:
  CallExpression(std::vector<ExpressionPtr> args, const Function& function)
      : Expression(std::move(args)), function_(function) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    std::vector<ColumnPtr> columns;
    columns.reserve(args_.size());
    bool constant = function_.deterministic;
    for (const ExpressionPtr& arg : args_) {
      columns.push_back(arg->Evaluate(batch));
      constant = constant && columns.back()->kind == ColumnKind::kConstant;
    }
    HeldValues held(ctx());
    std::vector<Value> args(columns.size());
    if (constant && batch.rows > 0) {
      const Value value = Call(columns, 0, args);
      held.Add(value);
      return NewConstant(value, batch.rows);
    }
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      values[row] = Call(columns, row, args);
      held.Add(values[row]);
    }
    return NewValues(std::move(values));
  }

 private:
  Value Call(const std::vector<ColumnPtr>& columns, std::size_t row, std::vector<Value>& args) {
    for (std::size_t i = 0; i < columns.size(); ++i) args[i] = columns[i]->At(row, view());
    return function_.call(args, ctx().functions());
  }

  const Function& function_;
};

/// What can be stored.
bool IsPropertyValue(const Value& value) {
  const auto is_plain = [](const Value& v) {
    return !v.is_map() && !v.is_node() && !v.is_rel() && !v.is_path();
  };
  if (!value.is_list()) return is_plain(value);
  return std::all_of(value.as_list().begin(), value.as_list().end(), [&](const Value& element) {
    return is_plain(element) && !element.is_list() && !element.is_null();
  });
}

bool HasType(const Value& value, const std::string& type) {
  if (type == "ANY") return true;
  if (type == "NULL") return value.is_null();
  if (value.is_null()) return true;
  if (type == "NUMBER") return value.is_number();
  if (type == "PROPERTY VALUE") return IsPropertyValue(value);
  static constexpr std::pair<std::string_view, std::string_view> kSynonyms[] = {
      {"BOOL", "BOOLEAN"},
      {"INT", "INTEGER"},
      {"VARCHAR", "STRING"},
      {"EDGE", "RELATIONSHIP"},
      {"VERTEX", "NODE"},
      {"TIMESTAMP WITH TIME ZONE", "ZONED DATETIME"},
      {"TIMESTAMP WITHOUT TIME ZONE", "LOCAL DATETIME"},
      {"DATETIME", "ZONED DATETIME"},
      {"LOCALDATETIME", "LOCAL DATETIME"},
      {"TIME", "ZONED TIME"},
      {"LOCALTIME", "LOCAL TIME"},
  };
  std::string_view wanted = type;
  for (const auto& [synonym, name] : kSynonyms) {
    if (wanted == synonym) wanted = name;
  }
  std::string_view actual = graph::TypeName(value.type());
  for (const auto& [synonym, name] : kSynonyms) {
    if (actual == synonym) actual = name;
  }
  return wanted == actual;
}

/// `INTEGER`, `INTEGER NOT NULL`, `LIST<STRING>`, `STRING | INTEGER`.
bool MatchesType(const Value& value, std::string type) {
  const std::size_t bar = type.find('|');
  if (bar != std::string::npos && type.find('<') > bar) {
    std::string left = type.substr(0, bar);
    while (!left.empty() && left.back() == ' ') left.pop_back();
    const std::size_t begin = type.find_first_not_of(' ', bar + 1);
    return MatchesType(value, left) ||
           (begin != std::string::npos && MatchesType(value, type.substr(begin)));
  }
  static constexpr std::string_view kNotNull = " NOT NULL";
  if (type.ends_with(kNotNull)) {
    if (value.is_null()) return false;
    type.resize(type.size() - kNotNull.size());
  }
  if (!type.starts_with("LIST<") || !type.ends_with(">")) return HasType(value, type);
  if (value.is_null()) return true;
  if (!value.is_list()) return false;
  const std::string inner = type.substr(5, type.size() - 6);
  return std::all_of(value.as_list().begin(), value.as_list().end(),
                     [&inner](const Value& item) { return MatchesType(item, inner); });
}

class TypeCheckExpression : public Expression {
 public:
  TypeCheckExpression(std::vector<ExpressionPtr> args, std::string type, bool negated)
      : Expression(std::move(args)), type_(std::move(type)), negated_(negated) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr column = args_[0]->Evaluate(batch);
    std::vector<Truth> truth(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      truth[row] = ToTruth(MatchesType(column->At(row, view()), type_) != negated_);
    }
    return NewTruth(std::move(truth));
  }

 private:
  std::string type_;
  bool negated_;
};

}  // namespace

ExpressionPtr MakeCompare(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<CompareExpression>(CompileAll(expr.args, plan), expr.compare);
}

ExpressionPtr MakeBinary(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<BinaryExpression>(CompileAll(expr.args, plan), expr.binary);
}

ExpressionPtr MakeSign(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<SignExpression>(
      CompileAll(expr.args, plan), expr.kind == BoundKind::kNegate ? ops::Negate : ops::Plus);
}

ExpressionPtr MakeCall(const BoundExpr& expr, const LogicalPlan& plan) {
  static const Function* const kCoalesce = FindFunction("coalesce");
  if (expr.function == kCoalesce) return MakeCoalesce(expr, plan);
  auto call = std::make_unique<CallExpression>(CompileAll(expr.args, plan), *expr.function);
  static const Function* const kType = FindFunction("type");
  if (expr.function != kType) return call;
  return MakeRelType(std::move(call), Compile(expr.args[0], plan));
}

ExpressionPtr MakeTypeCheck(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<TypeCheckExpression>(CompileAll(expr.args, plan), expr.name, expr.flag);
}

}  // namespace verbale::query
