// ORDER BY: all rows are taken, numbered and sorted by their keys, stably. With a limit, rows that
// cannot be among the first are dropped on the way: as soon as there are enough rows, the keys of
// the last of them are a bound that most others do not reach.

#include <algorithm>
#include <numeric>

#include "query/execute/count_value.h"
#include "query/execute/kernels.h"
#include "query/execute/operators.h"

namespace verbale::query {
namespace {

/// So many comparisons between two looks at the clock.
constexpr std::uint32_t kTickEvery = 1u << 14;
constexpr std::int8_t kUnknownOrder = 2;

class SortOperator : public Operator {
 public:
  SortOperator(const LogicalSort& op, const LogicalPlan& plan)
      : limit_(Own(Compile(op.limit, plan))), skip_(Own(Compile(op.skip, plan))) {
    for (const BoundSortKey& key : op.keys) {
      keys_.push_back({Own(Compile(key.value, plan)), key.descending});
    }
  }

 protected:
  void DoOpen() override {
    needed_ = keep_;
    for (const Key& key : keys_) {
      const std::vector<Slot>& reads = key.value->reads();
      needed_.insert(needed_.end(), reads.begin(), reads.end());
    }
  }

  void DoReset() override {
    done_ = false;
    taken_.clear();
    whole_.Clear();
    sorted_.Clear();
    next_ = 0;
    ctx().Release(held_);
    held_ = 0;
  }

  bool DoNext(Batch& out) override {
    if (!done_) {
      done_ = true;
      TakeAll();
    }
    if (next_ >= sorted_.rows) return false;
    const std::size_t count = std::min<std::size_t>(ctx().batch_size(), sorted_.rows - next_);
    std::vector<std::uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(next_));
    GatherBatch(sorted_, rows, keep_, out);
    next_ += count;
    return true;
  }

 private:
  struct Key {
    Expression* value;
    bool descending;
  };

  /// OrderToBound by code, where it is known.
  struct KnownOrders {
    const graph::Value* dictionary = nullptr;
    std::vector<std::int8_t> by_code;
  };

  /// How many rows of the order are asked for.
  std::size_t Wanted() {
    if (limit_ == nullptr) return SIZE_MAX;
    const std::size_t limit = CountValue(EvaluateConstant(*limit_, view()), "LIMIT");
    if (skip_ == nullptr || limit == 0) return limit;
    return limit + CountValue(EvaluateConstant(*skip_, view()), "SKIP");  // Each fits 63 bits.
  }

  void TakeAll() {
    const std::size_t limit = Wanted();
    const std::size_t enough =
        limit > SIZE_MAX / 8 ? SIZE_MAX : std::max<std::size_t>(4 * limit, ctx().batch_size());
    std::size_t rows = 0;
    Batch batch;
    bound_.clear();
    // What writes below runs to its end, even where no row is asked for.
    while ((limit > 0 || ctx().writes()) && input().Next(batch)) {
      if (limit == 0) continue;
      if (!bound_.empty()) DropBehindBound(batch);
      if (batch.rows == 0) continue;
      rows += batch.rows;
      Hold(BytesOf(batch));
      taken_.push_back(std::move(batch));
      batch = Batch();
      if (rows < enough) continue;
      Batch kept = Sorted(limit);
      ctx().Release(held_);
      held_ = 0;
      Hold(BytesOf(kept));
      rows = kept.rows;
      if (rows == limit) SetBound(kept);
      taken_.push_back(std::move(kept));
    }
    if (!taken_.empty()) sorted_ = Sorted(limit);
  }

  /// Takes away the rows that come behind the bound: by their first key, and those that are like
  /// the bound in one key by the next.
  void DropBehindBound(Batch& batch) {
    std::vector<std::uint8_t> ties(batch.rows, 1);  // As far as keys were looked at.
    std::vector<Truth> stays;
    std::vector<std::uint32_t> rows;
    for (std::size_t k = 0; k < keys_.size() && batch.rows > 0; ++k) {
      const ColumnPtr column = keys_[k].value->Evaluate(batch);
      bool has_ties = false;
      if (column->kind == ColumnKind::kInts && column->valid.empty() && bound_[k].is_int()) {
        CompareInts(column->ints, k, stays, ties, has_ties);
      } else {
        CompareValues(*column, k, stays, ties, has_ties);
      }
      rows.resize(batch.rows);
      rows.resize(SelectRows(stays, rows.data()));
      if (rows.size() < batch.rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) ties[i] = ties[rows[i]];
        ties.resize(rows.size());
        Batch narrow;
        GatherBatch(batch, rows, needed_, narrow);
        batch = std::move(narrow);
      }
      if (!has_ties) return;
    }
  }

  /// Which rows stay for their key `k`. Only of those that were ties before it is asked.
  void CompareInts(std::span<const std::int64_t> ints, std::size_t k, std::vector<Truth>& stays,
                   std::vector<std::uint8_t>& ties, bool& has_ties) const {
    const std::int64_t bound = bound_[k].as_int();
    stays.resize(ints.size());
    CompareToBound(ints, keys_[k].descending ? CompareOp::kGreaterOrEqual : CompareOp::kLessOrEqual,
                   bound, stays.data());
    std::vector<Truth> equal(ints.size());
    CompareToBound(ints, CompareOp::kEqual, bound, equal.data());
    std::uint8_t any = 0;
    for (std::size_t row = 0; row < ints.size(); ++row) {
      stays[row] = ties[row] == 0 ? Truth::kTrue : stays[row];
      ties[row] = std::min(ties[row], static_cast<std::uint8_t>(equal[row]));
      any = std::max(any, ties[row]);
    }
    has_ties = any != 0;
  }

  void CompareValues(const ValueColumn& column, std::size_t k, std::vector<Truth>& stays,
                     std::vector<std::uint8_t>& ties, bool& has_ties) {
    const bool by_code = column.kind == ColumnKind::kDictionary;
    KnownOrders& known = known_orders_[k];
    if (by_code && known.dictionary != column.dictionary.data()) {
      known.dictionary = column.dictionary.data();
      known.by_code.assign(column.dictionary.size(), kUnknownOrder);
    }
    const auto order_of = [&](std::size_t row) -> std::int8_t {
      if (!by_code || column.IsNull(row)) return OrderToBound(column.At(row, view()), k);
      std::int8_t& order = known.by_code[column.numbers[row]];
      if (order == kUnknownOrder) order = OrderToBound(column.dictionary[column.numbers[row]], k);
      return order;
    };
    stays.assign(ties.size(), Truth::kTrue);
    for (std::size_t row = 0; row < ties.size(); ++row) {
      if (ties[row] == 0) continue;
      const std::int8_t order = order_of(row);
      if (order > 0) stays[row] = Truth::kFalse;
      ties[row] = order == 0 ? 1 : 0;
      has_ties |= order == 0;
    }
  }

  /// Below 0: before the bound.
  std::int8_t OrderToBound(const graph::Value& value, std::size_t k) const {
    const auto order = graph::TotalOrder(value, bound_[k]);
    if (order == 0) return 0;
    return (order < 0) != keys_[k].descending ? -1 : 1;
  }

  void SetBound(const Batch& kept) {
    bound_.clear();
    for (const Key& key : keys_) {
      bound_.push_back(key.value->Evaluate(kept)->At(kept.rows - 1, view()));
    }
    known_orders_.assign(keys_.size(), {});
  }

  void Hold(std::size_t bytes) {
    held_ += bytes;
    ctx().Hold(bytes);
  }

  /// The first ones of what was taken, which is then gone.
  Batch Sorted(std::size_t limit) {
    whole_ = Concatenate(taken_, needed_, view());
    taken_.clear();
    std::vector<ColumnPtr> columns;
    for (const Key& key : keys_) columns.push_back(key.value->Evaluate(whole_));
    std::vector<std::uint32_t> rows(whole_.rows);
    std::iota(rows.begin(), rows.end(), 0u);
    std::uint32_t compared = 0;
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
      if (++compared % kTickEvery == 0) ctx().Tick();
      for (std::size_t k = 0; k < columns.size(); ++k) {
        const std::strong_ordering order = Order(*columns[k], a, b);
        if (order != 0) return (order < 0) != keys_[k].descending;
      }
      return a < b;
    };
    if (limit < rows.size()) {
      std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(limit), rows.end(),
                        before);
      rows.resize(limit);
    } else {
      std::sort(rows.begin(), rows.end(), before);
    }
    Batch sorted;
    GatherBatch(whole_, rows, needed_, sorted);
    whole_.Clear();
    return sorted;
  }

  std::strong_ordering Order(const ValueColumn& column, std::uint32_t a, std::uint32_t b) const {
    if (column.kind == ColumnKind::kInts && column.IsValid(a) && column.IsValid(b)) {
      return column.ints[a] <=> column.ints[b];
    }
    if (column.kind == ColumnKind::kValues) {
      return graph::TotalOrder(column.values[a], column.values[b]);
    }
    return graph::TotalOrder(column.At(a, view()), column.At(b, view()));
  }

  std::vector<Key> keys_;
  Expression* limit_;
  Expression* skip_;
  std::vector<Slot> needed_;
  std::vector<graph::Value> bound_;        ///< Keys of the last row that may stay; empty: none yet.
  std::vector<KnownOrders> known_orders_;  ///< By key.
  bool done_ = false;
  // Not on the stack: what a stopped statement holds may be given back later.
  std::vector<Batch> taken_;
  Batch whole_;
  Batch sorted_;
  std::size_t next_ = 0;
  std::size_t held_ = 0;
};

}  // namespace

OperatorPtr MakeSort(const LogicalSort& op, const LogicalPlan& plan) {
  return std::make_unique<SortOperator>(op, plan);
}

}  // namespace verbale::query
