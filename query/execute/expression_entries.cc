// What an expression makes of one property alone is the same wherever that has the same value. Of a
// property that lies as codes into a dictionary it is made once an entry, and read by code.

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "query/execute/expression_kinds.h"

namespace verbale::query {
namespace {

using graph::Value;

/// What was made of each entry, as compactly as all of it allows.
class Entries {
 public:
  void Begin(std::size_t count) {
    kinds_ = 0;
    values_.assign(count, Value());
    texts_ = std::make_shared<std::vector<Value>>(count);
    codes_.assign(count, 0);
    ints_.assign(count, 0);
    truth_.assign(count, Truth::kNull);
    code_of_text_.clear();
  }

  void Set(std::uint32_t code, Value value) {
    kinds_ |= KindOf(value);
    if (value.is_string()) codes_[code] = CodeOf(value);
    if (value.is_int()) ints_[code] = value.as_int();
    if (value.is_bool()) truth_[code] = value.as_bool() ? Truth::kTrue : Truth::kFalse;
    values_[code] = std::move(value);
  }

  ColumnPtr Of(std::span<const std::uint32_t> codes) const {
    switch (kinds_ & ~kNull) {
      case kBool:
        return Bools(codes);
      case kInt:
        return Ints(codes);
      case kString:
        return Texts(codes);
      default:
        return Values(codes);
    }
  }

 private:
  static constexpr unsigned kNull = 1, kBool = 2, kInt = 4, kString = 8, kOther = 16;

  static unsigned KindOf(const Value& value) {
    if (value.is_null()) return kNull;
    if (value.is_bool()) return kBool;
    if (value.is_int()) return kInt;
    return value.is_string() ? kString : kOther;
  }

  /// Equal strings have one.
  std::uint32_t CodeOf(const Value& text) {
    const auto next = static_cast<std::uint32_t>(code_of_text_.size());
    const auto [place, is_new] = code_of_text_.emplace(text.as_string(), next);
    if (is_new) (*texts_)[next] = text;
    return place->second;
  }

  bool HasNulls() const { return (kinds_ & kNull) != 0; }

  std::vector<std::uint8_t> ValidOf(std::span<const std::uint32_t> codes) const {
    std::vector<std::uint8_t> valid;
    if (!HasNulls()) return valid;
    valid.reserve(codes.size());
    for (const std::uint32_t code : codes) valid.push_back(values_[code].is_null() ? 0 : 1);
    return valid;
  }

  ColumnPtr Bools(std::span<const std::uint32_t> codes) const {
    std::vector<Truth> truth(codes.size());
    for (std::size_t row = 0; row < truth.size(); ++row) truth[row] = truth_[codes[row]];
    return NewTruth(std::move(truth));
  }

  ColumnPtr Ints(std::span<const std::uint32_t> codes) const {
    MutableColumnPtr column = NewColumn(ColumnKind::kInts);
    column->ints.resize(codes.size());
    for (std::size_t row = 0; row < codes.size(); ++row) column->ints[row] = ints_[codes[row]];
    column->valid = ValidOf(codes);
    return column;
  }

  ColumnPtr Texts(std::span<const std::uint32_t> codes) const {
    MutableColumnPtr column = NewColumn(ColumnKind::kDictionary);
    column->numbers.reserve(codes.size());
    for (const std::uint32_t code : codes) column->numbers.push_back(codes_[code]);
    column->valid = ValidOf(codes);
    column->dictionary = *texts_;
    column->owner = texts_;
    return column;
  }

  ColumnPtr Values(std::span<const std::uint32_t> codes) const {
    std::vector<Value> values;
    values.reserve(codes.size());
    for (const std::uint32_t code : codes) values.push_back(values_[code]);
    return NewValues(std::move(values));
  }

  unsigned kinds_ = 0;  ///< Those of all values, in bits.
  std::vector<Value> values_;
  std::vector<std::uint32_t> codes_;  ///< Of strings.
  std::vector<std::int64_t> ints_;    ///< Those that are integers.
  std::vector<Truth> truth_;          ///< Of booleans; kNull for others.
  /// As long as it may become from the start, so that it stays where it is.
  std::shared_ptr<std::vector<Value>> texts_;
  std::unordered_map<std::string, std::uint32_t> code_of_text_;
};

class EntriesExpression : public Expression {
 public:
  /// `slot`: in which `of_read` finds what `read` gives; `whole` does, where it is nullptr.
  EntriesExpression(ExpressionPtr whole, ExpressionPtr read, ExpressionPtr of_read, Slot slot)
      : slot_(slot) {
    args_.push_back(std::move(whole));
    args_.push_back(std::move(read));
    args_.push_back(std::move(of_read));
  }

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    dictionary_ = {};
    rows_ = 0;
    changes_ = false;
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    if (batch.rows == 0) return args_[0]->Evaluate(batch);
    const auto packed = args_[1]->Packed(batch);
    if (packed && packed->dictionary.empty()) return args_[0]->Evaluate(batch);
    const ColumnPtr column = args_[1]->Evaluate(batch);
    if (column->kind != ColumnKind::kDictionary || !TakeDictionary(*column)) {
      return OfRead(column, batch.rows);
    }
    if (column->valid.empty()) return OfCodes(column->numbers);
    const auto null = static_cast<std::uint32_t>(dictionary_.size());
    std::vector<std::uint32_t> codes = column->numbers;
    for (std::size_t row = 0; row < column->valid.size(); ++row) {
      if (column->valid[row] == 0) codes[row] = null;
    }
    return OfCodes(codes);
  }

 private:
  /// So many times fewer rows than there are entries are not worth an array of those.
  static constexpr std::size_t kFew = 4;

  /// False where rows are too few, or of several dictionaries.
  bool TakeDictionary(const ValueColumn& column) {
    rows_ += column.numbers.size();
    if (changes_ || rows_ < column.dictionary.size() / kFew) return false;
    if (dictionary_.data() == column.dictionary.data()) return true;
    changes_ = !dictionary_.empty();
    if (changes_) return false;
    dictionary_ = column.dictionary;
    entries_.Begin(dictionary_.size() + 1);
    is_made_.assign(dictionary_.size() + 1, 0);
    return true;
  }

  ColumnPtr OfRead(ColumnPtr column, std::size_t rows) {
    Batch batch;
    batch.rows = rows;
    batch.Set(slot_, std::move(column));
    return args_[args_[2] ? 2 : 0]->Evaluate(batch);
  }

  ColumnPtr OfCodes(std::span<const std::uint32_t> codes) {
    std::uint8_t all_made = 1;
    for (const std::uint32_t code : codes) all_made &= is_made_[code];
    if (all_made == 0) MakeThoseOf(codes);
    return entries_.Of(codes);
  }

  /// In the order of the rows, so that what fails first is what would have failed without this.
  void MakeThoseOf(std::span<const std::uint32_t> codes) {
    std::vector<std::uint32_t> open;
    for (const std::uint32_t code : codes) {
      if (is_made_[code] != 0) continue;
      is_made_[code] = 1;
      open.push_back(code);
    }
    if (open.empty()) return;
    MutableColumnPtr column = NewColumn(ColumnKind::kDictionary);
    column->dictionary = dictionary_;
    for (const std::uint32_t code : open) {
      const bool is_there = code < dictionary_.size();
      column->numbers.push_back(is_there ? code : 0);
      column->valid.push_back(is_there ? 1 : 0);
    }
    try {
      const ColumnPtr made = OfRead(column, open.size());
      for (std::size_t i = 0; i < open.size(); ++i) entries_.Set(open[i], made->At(i, view()));
    } catch (...) {
      for (const std::uint32_t code : open) is_made_[code] = 0;
      throw;
    }
  }

  Slot slot_;
  std::span<const Value> dictionary_;
  std::size_t rows_ = 0;  ///< That were asked for.
  bool changes_ = false;
  std::vector<std::uint8_t> is_made_;
  Entries entries_;
};

/// Whether `expr` may give a value that costs more than to look it up, of nothing but `read`, a
/// property or a value that a row has. Finds `read`, where it is nullptr yet.
class OneRead {
 public:
  explicit OneRead(const LogicalPlan& plan) : plan_(plan) {}

  bool Reads(const BoundExprPtr& expr) { return IsOfRead(expr) && read_ != nullptr && is_costly_; }
  const BoundExprPtr& read() const { return read_; }

 private:
  /// Of longer expressions each part would be looked through too often.
  static constexpr std::size_t kMostParts = 64;

  bool IsOfRead(const BoundExprPtr& expr) {
    if (!expr) return true;
    if (++parts_ > kMostParts) return false;
    switch (expr->kind) {
      case BoundKind::kConstant:
      case BoundKind::kParameter:
        return true;
      case BoundKind::kSlot:
        return plan_.slots[expr->slot.value].kind == SlotKind::kValue && IsTheRead(expr);
      case BoundKind::kProperty:
        return expr->args[0]->kind == BoundKind::kSlot &&
               plan_.slots[expr->args[0]->slot.value].kind != SlotKind::kValue && IsTheRead(expr);
      case BoundKind::kCall:
        if (!expr->function->deterministic || expr->function->reads_graph) return false;
        is_costly_ = true;
        break;
      case BoundKind::kBinary:
        is_costly_ |= expr->binary < BinaryOp::kIn;
        break;
      case BoundKind::kCase:
      case BoundKind::kIndex:
      case BoundKind::kSlice:
        is_costly_ = true;
        break;
      case BoundKind::kAnd:
      case BoundKind::kOr:
      case BoundKind::kNot:
      case BoundKind::kIsNull:
      case BoundKind::kIsNotNull:
      case BoundKind::kCompare:
      case BoundKind::kTypeCheck:
      case BoundKind::kList:
        break;
      default:
        return false;
    }
    return std::all_of(expr->args.begin(), expr->args.end(),
                       [this](const BoundExprPtr& arg) { return IsOfRead(arg); });
  }

  bool IsTheRead(const BoundExprPtr& expr) {
    if (read_ == nullptr) read_ = expr;
    if (read_->kind != expr->kind) return false;
    if (expr->kind == BoundKind::kSlot) return read_->slot == expr->slot;
    return read_->name == expr->name && read_->args[0]->slot == expr->args[0]->slot;
  }

  const LogicalPlan& plan_;
  BoundExprPtr read_;
  bool is_costly_ = false;
  std::size_t parts_ = 0;
};

/// With the slot that they are read from in place of properties.
BoundExprPtr WithoutProperties(const BoundExprPtr& expr) {
  if (!expr) return expr;
  if (expr->kind == BoundKind::kProperty) return expr->args[0];
  auto copy = std::make_shared<BoundExpr>(*expr);
  for (BoundExprPtr& arg : copy->args) arg = WithoutProperties(arg);
  return copy;
}

}  // namespace

ExpressionPtr MakeByEntry(ExpressionPtr compiled, const BoundExprPtr& expr,
                          const LogicalPlan& plan) {
  OneRead one(plan);
  if (!one.Reads(expr)) return compiled;
  const BoundExprPtr& read = one.read();
  if (read->kind == BoundKind::kSlot) {
    return std::make_unique<EntriesExpression>(std::move(compiled), Compile(read, plan), nullptr,
                                               read->slot);
  }
  return std::make_unique<EntriesExpression>(std::move(compiled), Compile(read, plan),
                                             Compile(WithoutProperties(expr), plan),
                                             read->args[0]->slot);
}

}  // namespace verbale::query
