// Expressions that bind a variable of their own. The elements of the lists of all rows are laid out
// in batches, beside the outer slots of their rows, and the inner expressions run over those; each
// has a bounded number of elements, so that nested forms over long lists need little memory.

#include <algorithm>
#include <optional>
#include <utility>

#include "query/execute/expression_kinds.h"

namespace verbale::query {
namespace {

using graph::Value;

[[noreturn]] void FailNoList(const Value& value) {
  throw RuntimeError(ErrorCode::kInvalidArgument,
                     "expected a list, got " + std::string(graph::TypeName(value.type())),
                     "TypeError", "InvalidArgumentType");
}

std::vector<Slot> Union(const std::vector<Slot>& a, const std::vector<Slot>& b) {
  std::vector<Slot> all = a;
  all.insert(all.end(), b.begin(), b.end());
  return all;
}

/// The elements of the lists of a batch, so many at a time, each beside the outer slots of its row.
class Elements {
 public:
  Elements(const ValueColumn& lists, const Batch& outer, Slot slot, std::vector<Slot> keep,
           const ExecContext& ctx)
      : is_null(outer.rows),
        lists_(lists),
        outer_(outer),
        slot_(slot),
        keep_(std::move(keep)),
        ctx_(ctx) {}

  /// Lays out the next ones; false where there are no more.
  bool Next() {
    ctx_.Tick();
    std::vector<Value> elements;
    parents.clear();
    while (elements.size() < kMost && row_ < outer_.rows) {
      if (!TakeList()) continue;
      const graph::List& list = list_.as_list();
      const std::size_t count = std::min(kMost - elements.size(), list.size() - taken_);
      elements.insert(elements.end(), list.begin() + static_cast<std::ptrdiff_t>(taken_),
                      list.begin() + static_cast<std::ptrdiff_t>(taken_ + count));
      parents.insert(parents.end(), count, static_cast<std::uint32_t>(row_));
      taken_ += count;
      if (taken_ == list.size()) NextRow();
    }
    if (elements.empty()) return false;
    batch = Batch();
    GatherBatch(outer_, parents, keep_, batch);
    batch.Set(slot_, NewValues(std::move(elements)));
    return true;
  }

  Batch batch;
  std::vector<std::uint32_t> parents;
  std::vector<bool> is_null;  ///< By row of the outer batch: there is no list. Known at the end.

 private:
  static constexpr std::size_t kMost = 16384;

  void NextRow() {
    ++row_;
    taken_ = 0;
    has_list_ = false;
  }

  /// The list of the row at hand; false, and on to the next row, where there is none.
  bool TakeList() {
    if (has_list_) return true;
    list_ = lists_.At(row_, ctx_.view());
    is_null[row_] = list_.is_null();
    if (!list_.is_null() && !list_.is_list()) FailNoList(list_);
    has_list_ = !list_.is_null() && !list_.as_list().empty();
    if (!has_list_) NextRow();
    return has_list_;
  }

  const ValueColumn& lists_;
  const Batch& outer_;
  Slot slot_;
  std::vector<Slot> keep_;
  const ExecContext& ctx_;
  std::size_t row_ = 0;
  std::size_t taken_ = 0;  // Elements of the list of row_.
  bool has_list_ = false;
  Value list_;
};

/// args: list, condition or nullptr, projection or nullptr.
class ListComprehension : public Expression {
 public:
  ListComprehension(std::vector<ExpressionPtr> args, Slot slot)
      : Expression(std::move(args)), slot_(slot) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr lists = args_[0]->Evaluate(batch);
    std::vector<Slot> keep;
    if (args_[1]) keep = args_[1]->reads();
    if (args_[2]) keep = Union(keep, args_[2]->reads());
    Elements elements(*lists, batch, slot_, keep, ctx());
    std::vector<graph::List> results(batch.rows);
    Holding holding(ctx());
    while (elements.Next()) {
      Fill(elements, Union(keep, {slot_}), results);
      holding.Add(elements.parents.size() * sizeof(Value));
    }
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (!elements.is_null[row]) values[row] = Value(std::move(results[row]));
    }
    return NewValues(std::move(values));
  }

 private:
  void Fill(Elements& elements, const std::vector<Slot>& keep, std::vector<graph::List>& results) {
    if (args_[1]) {
      std::vector<std::uint32_t> rows;
      SelectTrue(*args_[1], elements.batch, view(), rows);
      Batch narrow;
      GatherBatch(elements.batch, rows, keep, narrow);
      elements.batch = std::move(narrow);
      for (std::size_t i = 0; i < rows.size(); ++i) elements.parents[i] = elements.parents[rows[i]];
      elements.parents.resize(rows.size());
      if (rows.empty()) return;
    }
    const ColumnPtr projected =
        args_[2] ? args_[2]->Evaluate(elements.batch) : elements.batch.at(slot_);
    for (std::size_t i = 0; i < elements.parents.size(); ++i) {
      results[elements.parents[i]].push_back(projected->At(i, view()));
    }
  }

  Slot slot_;
};

/// args: list, condition or nullptr (the elements themselves).
class QuantifierExpression : public Expression {
 public:
  QuantifierExpression(std::vector<ExpressionPtr> args, Slot slot, QuantifierKind kind)
      : Expression(std::move(args)), slot_(slot), kind_(kind) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr lists = args_[0]->Evaluate(batch);
    const std::vector<Slot> keep = args_[1] ? args_[1]->reads() : std::vector<Slot>();
    Elements elements(*lists, batch, slot_, keep, ctx());
    std::vector<Counts> counts(batch.rows);
    while (elements.Next()) Count(elements, counts);
    std::vector<Truth> truth(batch.rows, Truth::kNull);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (!elements.is_null[row]) truth[row] = Decide(counts[row]);
    }
    return NewTruth(std::move(truth));
  }

 private:
  /// How many elements the condition is true, false and unknown for.
  struct Counts {
    std::size_t yes = 0, no = 0, unknown = 0;
  };

  void Count(const Elements& elements, std::vector<Counts>& counts) {
    std::vector<Truth> truth;
    if (args_[1]) {
      truth = EvaluateTruth(*args_[1], elements.batch, view());
    } else {
      const ColumnPtr column = elements.batch.at(slot_);
      for (std::size_t i = 0; i < elements.parents.size(); ++i) {
        const Value value = column->At(i, view());
        if (!value.is_null() && !value.is_bool()) FailNoBool(value);
        truth.push_back(value.is_null()   ? Truth::kNull
                        : value.as_bool() ? Truth::kTrue
                                          : Truth::kFalse);
      }
    }
    for (std::size_t i = 0; i < truth.size(); ++i) {
      Counts& row = counts[elements.parents[i]];
      ++(truth[i] == Truth::kTrue ? row.yes : truth[i] == Truth::kFalse ? row.no : row.unknown);
    }
  }

  [[noreturn]] static void FailNoBool(const Value& value) {
    throw RuntimeError(ErrorCode::kInvalidArgument,
                       "expected a boolean, got " + std::string(graph::TypeName(value.type())),
                       "TypeError", "InvalidArgumentType");
  }

  Truth Decide(const Counts& counts) const {
    switch (kind_) {
      case QuantifierKind::kAll:
        if (counts.no > 0) return Truth::kFalse;
        return counts.unknown > 0 ? Truth::kNull : Truth::kTrue;
      case QuantifierKind::kAny:
        if (counts.yes > 0) return Truth::kTrue;
        return counts.unknown > 0 ? Truth::kNull : Truth::kFalse;
      case QuantifierKind::kNone:
        if (counts.yes > 0) return Truth::kFalse;
        return counts.unknown > 0 ? Truth::kNull : Truth::kTrue;
      case QuantifierKind::kSingle:
        if (counts.yes > 1) return Truth::kFalse;
        if (counts.unknown > 0) return Truth::kNull;
        return counts.yes == 1 ? Truth::kTrue : Truth::kFalse;
    }
    return Truth::kNull;
  }

  Slot slot_;
  QuantifierKind kind_;
};

/// What a body that adds something to the accumulator adds; nullptr where it is another one.
BoundExprPtr AddedIn(const BoundExprPtr& body, Slot accumulator, const LogicalPlan& plan) {
  const bool adds = body->kind == BoundKind::kBinary &&
                    (body->binary == BinaryOp::kAdd || body->binary == BinaryOp::kConcat) &&
                    body->args[0]->kind == BoundKind::kSlot && body->args[0]->slot == accumulator;
  if (!adds) return nullptr;
  std::vector<Slot> reads;
  CollectReads(body->args[1], plan, reads);
  const bool reads_it = std::find(reads.begin(), reads.end(), accumulator) != reads.end();
  return reads_it ? nullptr : body->args[1];
}

/// args: initial value, list, body, and what the body adds to the accumulator, or nullptr. All rows
/// take their k-th step together.
class ReduceExpression : public Expression {
 public:
  ReduceExpression(std::vector<ExpressionPtr> args, Slot accumulator, Slot element)
      : Expression(std::move(args)), accumulator_(accumulator), element_(element) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr initial = args_[0]->Evaluate(batch);
    const ColumnPtr lists = args_[1]->Evaluate(batch);
    std::vector<Value> results(batch.rows);
    std::vector<Value> sources(batch.rows);
    std::size_t longest = 0;
    for (std::size_t row = 0; row < batch.rows; ++row) {
      sources[row] = lists->At(row, view());
      if (sources[row].is_null()) continue;
      if (!sources[row].is_list()) FailNoList(sources[row]);
      results[row] = initial->At(row, view());
      longest = std::max(longest, sources[row].as_list().size());
    }
    std::size_t k = args_[3] ? Append(batch, sources, longest, results) : 0;
    for (; k < longest; ++k) Step(batch, sources, k, RowsAt(sources, k), results);
    return NewValues(std::move(results));
  }

 private:
  static std::vector<std::uint32_t> RowsAt(const std::vector<Value>& sources, std::size_t k) {
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < sources.size(); ++row) {
      if (sources[row].is_null() || sources[row].as_list().size() <= k) continue;
      rows.push_back(static_cast<std::uint32_t>(row));
    }
    return rows;
  }

  /// Lists to which each step adds something grow in place, for as long as nothing else comes of
  /// it: a copy a step would cost the square of their length. How many steps were taken.
  std::size_t Append(const Batch& batch, const std::vector<Value>& sources, std::size_t longest,
                     std::vector<Value>& results) {
    std::vector<graph::List> growing(results.size());
    for (const std::uint32_t row : RowsAt(sources, 0)) {
      if (!results[row].is_list()) return 0;
      growing[row] = results[row].as_list();
    }
    Holding holding(ctx());
    std::size_t k = 0;
    for (; k < longest; ++k) {
      ctx().Tick();
      const std::vector<std::uint32_t> rows = RowsAt(sources, k);
      const ColumnPtr added =
          args_[3]->Evaluate(ElementsAt(batch, sources, k, rows, args_[3]->reads()));
      const std::optional<std::size_t> elements = AppendTo(growing, rows, *added);
      if (!elements) break;
      holding.Add(*elements * sizeof(Value));
    }
    for (const std::uint32_t row : RowsAt(sources, 0))
      results[row] = Value(std::move(growing[row]));
    return k;
  }

  /// How many elements were added; nullopt, and nothing done, where one of the values is null or
  /// would make a list too long.
  std::optional<std::size_t> AppendTo(std::vector<graph::List>& growing,
                                      const std::vector<std::uint32_t>& rows,
                                      const ValueColumn& added) const {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Value value = added.At(i, view());
      const std::size_t more = value.is_list() ? value.as_list().size() : 1;
      if (value.is_null() || growing[rows[i]].size() + more > kLongestGrown) return {};
    }
    std::size_t elements = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Value value = added.At(i, view());
      graph::List& list = growing[rows[i]];
      elements += value.is_list() ? value.as_list().size() : 1;
      if (value.is_list()) {
        list.insert(list.end(), value.as_list().begin(), value.as_list().end());
      } else {
        list.push_back(value);
      }
    }
    return elements;
  }

  void Step(const Batch& batch, const std::vector<Value>& sources, std::size_t k,
            const std::vector<std::uint32_t>& rows, std::vector<Value>& results) {
    ctx().Tick();
    std::vector<Value> accumulators;
    for (const std::uint32_t row : rows) accumulators.push_back(std::move(results[row]));
    Batch step = ElementsAt(batch, sources, k, rows, args_[2]->reads());
    step.Set(accumulator_, NewValues(std::move(accumulators)));
    const ColumnPtr next = args_[2]->Evaluate(step);
    for (std::size_t i = 0; i < rows.size(); ++i) results[rows[i]] = next->At(i, view());
  }

  /// The k-th elements of the lists of `rows`, beside the outer slots that are read.
  Batch ElementsAt(const Batch& batch, const std::vector<Value>& sources, std::size_t k,
                   const std::vector<std::uint32_t>& rows, const std::vector<Slot>& reads) const {
    std::vector<Value> elements;
    for (const std::uint32_t row : rows) elements.push_back(sources[row].as_list()[k]);
    Batch step;
    GatherBatch(batch, rows, reads, step);
    step.Set(element_, NewValues(std::move(elements)));
    return step;
  }

  /// Longer ones are left to the operator, which refuses them.
  static constexpr std::size_t kLongestGrown = std::size_t{1} << 26;

  Slot accumulator_;
  Slot element_;
};

}  // namespace

ExpressionPtr MakeListComprehension(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<ListComprehension>(CompileAll(expr.args, plan), expr.slot);
}

ExpressionPtr MakeQuantifier(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<QuantifierExpression>(CompileAll(expr.args, plan), expr.slot,
                                                expr.quantifier);
}

ExpressionPtr MakeReduce(const BoundExpr& expr, const LogicalPlan& plan) {
  std::vector<BoundExprPtr> args = expr.args;
  args.push_back(AddedIn(args[2], expr.slot, plan));
  return std::make_unique<ReduceExpression>(CompileAll(args, plan), expr.slot, expr.second_slot);
}

}  // namespace verbale::query
