// ORDER BY: all rows are taken, numbered and sorted by their keys, stably. With a limit, rows that
// cannot be among the first are dropped on the way: as soon as there are enough rows, the keys of
// the last of them are a bound that most others do not reach.

#include <algorithm>
#include <functional>
#include <numeric>

#include "query/execute/count_value.h"
#include "query/execute/kernels.h"
#include "query/execute/operators.h"
#include "query/execute/row_order.h"

namespace verbale::query {
namespace {

/// Rows of which the first is looked for, and how many times more such blocks there are than rows
/// are asked for.
constexpr std::size_t kBlock = 16, kBlocksARow = 4;
/// Where a row stands beside the bound, in bits.
constexpr std::uint8_t kBefore = 0, kLike = 1, kBehind = 2, kUnknown = 4;

class SortOperator : public Operator {
 public:
  SortOperator(const LogicalSort& op, const LogicalPlan& plan)
      : limit_(Own(Compile(op.limit, plan))),
        skip_(Own(Compile(op.skip, plan))),
        of_parts_(op.of_parts) {
    for (const BoundSortKey& key : op.keys) {
      keys_.push_back({Own(Compile(key.value, plan)), key.descending});
    }
  }

 protected:
  void DoOpen() override {
    ForgetBound();
    needed_ = keep_;
    for (const Key& key : keys_) {
      const std::vector<Slot>& reads = key.value->reads();
      needed_.insert(needed_.end(), reads.begin(), reads.end());
    }
  }

  void DoReset() override {
    done_ = false;
    if (!of_parts_) ForgetBound();
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
    std::vector<std::uint8_t> by_code;
  };

  /// How many rows of the order are asked for.
  std::size_t Wanted() {
    if (limit_ == nullptr) return SIZE_MAX;
    const std::size_t limit = CountValue(*limit_, "LIMIT", view());
    if (skip_ == nullptr || limit == 0) return limit;
    return limit + CountValue(*skip_, "SKIP", view());  // Each fits 63 bits.
  }

  void TakeAll() {
    const std::size_t limit = Wanted();
    const std::size_t enough =
        limit > SIZE_MAX / 8 ? SIZE_MAX : std::max<std::size_t>(4 * limit, ctx().batch_size());
    std::size_t rows = 0;
    Batch batch;
    // What writes below runs to its end, even where no row is asked for.
    while ((limit > 0 || ctx().writes()) && input().Next(batch)) {
      if (limit == 0) continue;
      if (!bound_.empty()) DropBehindBound(batch);
      if (batch.rows == 0) continue;
      DropBehindOthers(batch, limit);
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
    if (taken_.empty()) return;
    sorted_ = Sorted(limit);
    if (of_parts_ && sorted_.rows == limit) SetBound(sorted_);
  }

  /// Takes away rows behind which enough others of the same batch do not come, by their first key:
  /// of integers that come in their order each batch would else be put into order. As many blocks
  /// of rows as are asked for have one before the bound, or at it.
  void DropBehindOthers(Batch& batch, std::size_t limit) {
    if (limit > batch.rows / (kBlock * kBlocksARow)) return;
    const Key& key = keys_.front();
    const ColumnPtr column = key.value->Evaluate(batch);
    if (column->kind != ColumnKind::kInts || !column->valid.empty()) return;
    const std::span<const std::int64_t> ints = column->ints;
    std::vector<std::int64_t> firsts(ints.size() / kBlock);
    for (std::size_t i = 0; i < firsts.size(); ++i) {
      const IntRange range = RangeOf(ints.subspan(i * kBlock, kBlock));
      firsts[i] = key.descending ? range.high : range.low;
    }
    const auto bound = firsts.begin() + static_cast<std::ptrdiff_t>(limit - 1);
    if (key.descending) {
      std::nth_element(firsts.begin(), bound, firsts.end(), std::greater<>());
    } else {
      std::nth_element(firsts.begin(), bound, firsts.end());
    }
    std::vector<Truth> stays(ints.size());
    CompareToBound(ints, key.descending ? CompareOp::kGreaterOrEqual : CompareOp::kLessOrEqual,
                   *bound, stays.data());
    std::vector<std::uint32_t> rows(ints.size());
    rows.resize(SelectRows(stays, rows.data()));
    Batch narrow;
    GatherBatch(batch, rows, needed_, narrow);
    batch = std::move(narrow);
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
      } else if (column->kind == ColumnKind::kDictionary && column->valid.empty()) {
        CompareCodes(*column, k, stays, ties, has_ties);
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

  /// Each entry of the dictionary is compared once.
  void CompareCodes(const ValueColumn& column, std::size_t k, std::vector<Truth>& stays,
                    std::vector<std::uint8_t>& ties, bool& has_ties) {
    KnownOrders& known = known_orders_[k];
    if (known.dictionary != column.dictionary.data()) {
      known.dictionary = column.dictionary.data();
      known.by_code.assign(column.dictionary.size(), kUnknown);
    }
    const std::span<const std::uint32_t> codes = column.numbers;
    orders_.resize(codes.size());
    unsigned seen = 0;
    for (std::size_t row = 0; row < codes.size(); ++row) {
      orders_[row] = known.by_code[codes[row]];
      seen |= orders_[row];
    }
    for (std::size_t row = 0; (seen & kUnknown) != 0 && row < codes.size(); ++row) {
      if (orders_[row] != kUnknown || ties[row] == 0) continue;
      std::uint8_t& order = known.by_code[codes[row]];
      if (order == kUnknown) order = OrderToBound(column.dictionary[codes[row]], k);
      orders_[row] = order;
    }
    stays.resize(codes.size());
    std::uint8_t any = 0;
    for (std::size_t row = 0; row < codes.size(); ++row) {
      stays[row] = static_cast<Truth>((ties[row] & (orders_[row] >> 1 & 1)) ^ 1);
      ties[row] = static_cast<std::uint8_t>(ties[row] & orders_[row] & kLike);
      any = std::max(any, ties[row]);
    }
    has_ties = any != 0;
  }

  void CompareValues(const ValueColumn& column, std::size_t k, std::vector<Truth>& stays,
                     std::vector<std::uint8_t>& ties, bool& has_ties) const {
    stays.assign(ties.size(), Truth::kTrue);
    for (std::size_t row = 0; row < ties.size(); ++row) {
      if (ties[row] == 0) continue;
      const std::uint8_t order = OrderToBound(column.At(row, view()), k);
      if (order == kBehind) stays[row] = Truth::kFalse;
      ties[row] = order == kLike ? 1 : 0;
      has_ties |= order == kLike;
    }
  }

  std::uint8_t OrderToBound(const graph::Value& value, std::size_t k) const {
    const auto order = graph::TotalOrder(value, bound_[k]);
    if (order == 0) return kLike;
    return (order < 0) != keys_[k].descending ? kBefore : kBehind;
  }

  void ForgetBound() {
    bound_.clear();
    known_orders_.clear();
  }

  void SetBound(const Batch& kept) {
    bound_.clear();
    for (const Key& key : keys_) {
      bound_.push_back(key.value->Evaluate(kept)->At(kept.rows - 1, view()));
    }
    // By its first key what was behind an earlier bound is behind this one, too.
    known_orders_.resize(keys_.size());
    for (std::uint8_t& order : known_orders_.front().by_code) {
      if (order != kBehind) order = kUnknown;
    }
    std::fill(known_orders_.begin() + 1, known_orders_.end(), KnownOrders());
  }

  void Hold(std::size_t bytes) {
    held_ += bytes;
    ctx().Hold(bytes);
  }

  /// The first ones of what was taken, which is then gone.
  Batch Sorted(std::size_t limit) {
    whole_ = Concatenate(taken_, needed_, view());
    taken_.clear();
    const std::size_t bytes = whole_.rows * RowOrder::kBytesOfRow;
    ctx().Hold(bytes);
    std::vector<RowOrder::Key> keys;
    for (const Key& key : keys_) keys.push_back({key.value->Evaluate(whole_), key.descending});
    RowOrder order(std::move(keys), whole_.rows, limit, view(), [this] { ctx().Tick(); });
    Batch sorted;
    GatherBatch(whole_, order.First(), needed_, sorted);
    ctx().Release(bytes);
    whole_.Clear();
    return sorted;
  }

  std::vector<Key> keys_;
  Expression* limit_;
  Expression* skip_;
  bool of_parts_;
  std::vector<Slot> needed_;
  /// Keys of the last row that may stay; empty: none yet. Of parts, also from the parts before.
  std::vector<graph::Value> bound_;
  std::vector<KnownOrders> known_orders_;  ///< By key.
  std::vector<std::uint8_t> orders_;       ///< Of one batch.
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
