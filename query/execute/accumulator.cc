// count() only counts, count(DISTINCT) of what has a number marks it, sum, avg, min and
// max of integer columns add and compare integers; everything else goes to the functions' own
// states, value by value.

#include "query/execute/accumulator.h"

#include <algorithm>
#include <cstdlib>

#include "query/execute/kernels.h"
#include "query/execute/pair_set.h"

namespace verbale::query {
namespace {

using graph::Value;

/// Known without a look at the rows.
bool HasNoNull(const ValueColumn& column) {
  switch (column.kind) {
    case ColumnKind::kInts:
    case ColumnKind::kDoubles:
    case ColumnKind::kDictionary:
      return column.valid.empty();
    case ColumnKind::kConstant:
      return !column.constant.is_null();
    default:
      return false;
  }
}

/// count(*) and count(x).
class CountAccumulator : public Accumulator {
 public:
  void Add(std::span<const ColumnPtr> args, std::span<const std::uint32_t> groups,
           std::size_t group_count) override {
    counts_.resize(std::max(counts_.size(), group_count), 0);
    if (args.empty() || HasNoNull(*args[0])) {
      if (group_count == 1) {
        counts_[0] += static_cast<std::int64_t>(groups.size());
        return;
      }
      for (const std::uint32_t group : groups) ++counts_[group];
      return;
    }
    for (std::size_t row = 0; row < groups.size(); ++row) {
      counts_[groups[row]] += args[0]->IsNull(row) ? 0 : 1;
    }
  }

  bool AddTotals(const IntTotals& totals) override {
    counts_.resize(std::max<std::size_t>(counts_.size(), 1), 0);
    counts_[0] += totals.count;
    return true;
  }

  ColumnPtr Finish(std::size_t group_count) override {
    counts_.resize(group_count, 0);
    MutableColumnPtr column = NewColumn(ColumnKind::kInts);
    column->ints = std::move(counts_);
    return column;
  }

 private:
  std::vector<std::int64_t> counts_;
};

/// Any function, by its own state.
class StateAccumulator : public Accumulator {
 public:
  StateAccumulator(const AggregateFunction& function, bool distinct, const graph::View& view)
      : function_(function),
        distinct_(distinct),
        // What parts cannot be put together of has to keep its values.
        ignores_repeats_(distinct || function.name == "min" || function.name == "max"),
        keeps_values_(distinct || Divided(function).whole == nullptr),
        view_(view) {}

  void Add(std::span<const ColumnPtr> args, std::span<const std::uint32_t> groups,
           std::size_t group_count) override {
    Grow(group_count);
    if (ignores_repeats_ && args.size() == 1) {
      if (args[0]->kind == ColumnKind::kDictionary) return AddEntries(*args[0], groups);
      if (distinct_ && args[0]->kind == ColumnKind::kInts) return AddInts(*args[0], groups);
    }
    std::vector<Value> values(args.size());
    for (std::size_t row = 0; row < groups.size(); ++row) {
      for (std::size_t i = 0; i < args.size(); ++i) values[i] = args[i]->At(row, view_);
      states_[groups[row]]->Add(values);
    }
    rows_ += groups.size();
  }

  ColumnPtr Finish(std::size_t group_count) override {
    Grow(group_count);
    std::vector<Value> values;
    values.reserve(group_count);
    for (const auto& state : states_) values.push_back(state->Finish());
    return NewValues(std::move(values));
  }

  std::size_t Bytes() const override {
    return states_.size() * kBytesOfState + (keeps_values_ ? rows_ * sizeof(Value) : 0) +
           added_.Bytes() + ints_.Bytes();
  }

 private:
  /// To each group, each entry of the dictionary once.
  void AddEntries(const ValueColumn& column, std::span<const std::uint32_t> groups) {
    if (entries_.data() != column.dictionary.data()) {
      entries_ = column.dictionary;
      added_ = PairSet();
    }
    for (std::size_t row = 0; row < groups.size(); ++row) {
      if (!column.IsValid(row) || !added_.Insert(groups[row], column.numbers[row])) continue;
      const Value value = entries_[column.numbers[row]];
      states_[groups[row]]->Add(std::span(&value, 1));
      ++rows_;
    }
  }

  /// To each group, each integer once.
  void AddInts(const ValueColumn& column, std::span<const std::uint32_t> groups) {
    for (std::size_t row = 0; row < groups.size(); ++row) {
      const std::int64_t number = column.ints[row];
      if (!column.IsValid(row) || !ints_.Insert(groups[row], static_cast<std::uint64_t>(number))) {
        continue;
      }
      const Value value(number);
      states_[groups[row]]->Add(std::span(&value, 1));
      ++rows_;
    }
  }

  void Grow(std::size_t group_count) {
    while (states_.size() < group_count) states_.push_back(NewAggregate(function_, distinct_));
  }

  /// Roughly; sums of floats have some parts.
  static constexpr std::size_t kBytesOfState = 192;

  const AggregateFunction& function_;
  bool distinct_;
  bool ignores_repeats_;
  bool keeps_values_;
  const graph::View& view_;
  std::vector<std::unique_ptr<Aggregate>> states_;
  std::span<const Value> entries_;  ///< The dictionary of which added_ speaks.
  PairSet added_;                   ///< Of a group and the code of an entry.
  PairSet ints_;                    ///< Of a group and an integer, likewise.
  std::size_t rows_ = 0;
};

/// min, max and sum as long as the column is one of integers and sums do not overflow; then the
/// function's own state goes on from there.
class IntAccumulator : public Accumulator {
 public:
  enum class Kind : std::uint8_t { kSum, kMin, kMax };

  IntAccumulator(Kind kind, const AggregateFunction& function, const graph::View& view)
      : kind_(kind), rest_(function, false, view) {
    nothing_is_null_ = function.make()->Finish().is_null();
  }

  void Add(std::span<const ColumnPtr> args, std::span<const std::uint32_t> groups,
           std::size_t group_count) override {
    if (!general_ && !AddInts(*args[0], groups, group_count)) LeaveInts();
    if (general_) rest_.Add(args, groups, group_count);
  }

  bool AddTotals(const IntTotals& totals) override {
    if (general_) return false;
    if (totals.count == 0) return true;
    Grow(1);
    if (kind_ == Kind::kMin) {
      values_[0] = std::min(values_[0], totals.range.low);
    } else if (kind_ == Kind::kMax) {
      values_[0] = std::max(values_[0], totals.range.high);
    } else {
      if (!totals.sum || !SumFits(totals.range, totals.count)) return false;
      values_[0] += *totals.sum;
    }
    NoteValue(0);
    return true;
  }

  ColumnPtr Finish(std::size_t group_count) override {
    if (general_) return rest_.Finish(group_count);
    Grow(group_count);
    MutableColumnPtr column = NewColumn(ColumnKind::kInts);
    column->ints = std::move(values_);
    const bool all = std::find(any_.begin(), any_.end(), 0) == any_.end();
    if (nothing_is_null_ && !all) column->valid = std::move(any_);
    return column;
  }

  std::size_t Bytes() const override { return rest_.Bytes(); }

 private:
  /// Whole batches only: false leaves everything as it was.
  bool AddInts(const ValueColumn& column, std::span<const std::uint32_t> groups,
               std::size_t group_count) {
    if (column.kind != ColumnKind::kInts) return false;
    Grow(group_count);
    if (kind_ == Kind::kSum && !column.ints.empty() &&
        !SumFits(RangeOf(column.ints), static_cast<std::int64_t>(groups.size()))) {
      return false;
    }
    if (group_count == 1 && column.valid.empty() && !groups.empty()) {
      AddToOne(column.ints);
      return true;
    }
    switch (kind_) {
      case Kind::kSum:
        AddToEach(column, groups, [](std::int64_t sum, std::int64_t next) { return sum + next; });
        break;
      case Kind::kMin:
        AddToEach(column, groups, [](std::int64_t a, std::int64_t b) { return std::min(a, b); });
        break;
      case Kind::kMax:
        AddToEach(column, groups, [](std::int64_t a, std::int64_t b) { return std::max(a, b); });
        break;
    }
    return true;
  }

  /// What a group begins with: no value joined with it changes.
  std::int64_t Nothing() const {
    if (kind_ == Kind::kSum) return 0;
    return kind_ == Kind::kMin ? INT64_MAX : INT64_MIN;
  }

  void Grow(std::size_t group_count) {
    if (group_count <= values_.size()) return;
    empty_groups_ += group_count - values_.size();
    values_.resize(group_count, Nothing());
    any_.resize(group_count);
  }

  template <typename Join>
  void AddToEach(const ValueColumn& column, std::span<const std::uint32_t> groups,
                 const Join& join) {
    std::int64_t* const values = values_.data();
    const std::int64_t* const ints = column.ints.data();
    if (column.valid.empty()) {
      for (std::size_t row = 0; row < groups.size(); ++row) {
        values[groups[row]] = join(values[groups[row]], ints[row]);
      }
      if (empty_groups_ == 0) return;
      for (const std::uint32_t group : groups) NoteValue(group);
      return;
    }
    for (std::size_t row = 0; row < groups.size(); ++row) {
      if (column.valid[row] == 0) continue;
      values[groups[row]] = join(values[groups[row]], ints[row]);
      NoteValue(groups[row]);
    }
  }

  void NoteValue(std::uint32_t group) {
    empty_groups_ -= any_[group] == 0 ? 1 : 0;
    any_[group] = 1;
  }

  /// To the one group, in which all rows are.
  void AddToOne(std::span<const std::int64_t> values) {
    if (kind_ == Kind::kSum) {
      values_[0] += SumOf(values);
    } else if (kind_ == Kind::kMin) {
      values_[0] = std::min(RangeOf(values).low, values_[0]);
    } else {
      values_[0] = std::max(RangeOf(values).high, values_[0]);
    }
    NoteValue(0);
  }

  /// Whether no sum can overflow by `count` values of that range.
  bool SumFits(const IntRange& range, std::int64_t count) {
    if (range.low == INT64_MIN) return false;
    const std::int64_t largest = std::max(std::abs(range.low), std::abs(range.high));
    if (largest > (INT64_MAX - bound_) / std::max<std::int64_t>(count, 1)) return false;
    bound_ += largest * count;
    return true;
  }

  void LeaveInts() {
    if (general_) return;
    general_ = true;
    std::vector<std::uint32_t> groups;
    std::vector<Value> values;
    for (std::size_t group = 0; group < values_.size(); ++group) {
      if (any_[group] == 0) continue;
      groups.push_back(static_cast<std::uint32_t>(group));
      values.emplace_back(values_[group]);
    }
    const ColumnPtr column = NewValues(std::move(values));
    rest_.Add(std::span(&column, 1), groups, values_.size());
  }

  Kind kind_;
  bool nothing_is_null_ = false;  ///< Else 0, as the sum is.
  bool general_ = false;
  std::vector<std::int64_t> values_;
  std::vector<std::uint8_t> any_;
  std::size_t empty_groups_ = 0;  ///< That have no value.
  std::int64_t bound_ = 0;        ///< No sum is beyond it, either way.
  StateAccumulator rest_;
};

/// avg: a sum and a count, of which the whole is made for each group in the end.
class AverageAccumulator : public Accumulator {
 public:
  AverageAccumulator(const AggregateFunction& function, const graph::View& view)
      : divided_(Divided(function)),
        view_(view),
        sum_(IntAccumulator::Kind::kSum, *divided_.part, view) {}

  void Add(std::span<const ColumnPtr> args, std::span<const std::uint32_t> groups,
           std::size_t group_count) override {
    sum_.Add(args, groups, group_count);
    count_.Add(args, groups, group_count);
  }

  bool AddTotals(const IntTotals& totals) override {
    return sum_.AddTotals(totals) && count_.AddTotals(totals);
  }

  ColumnPtr Finish(std::size_t group_count) override {
    const ColumnPtr sums = sum_.Finish(group_count);
    const ColumnPtr counts = count_.Finish(group_count);
    std::vector<Value> values(group_count);
    for (std::size_t group = 0; group < group_count; ++group) {
      if (const auto quotient = PlainQuotient(*sums, *counts, group)) {
        values[group] = Value(*quotient);
        continue;
      }
      const auto whole = NewAggregate(*divided_.whole, false);
      const Value parts[] = {sums->At(group, view_), counts->At(group, view_)};
      whole->Add(parts);
      values[group] = whole->Finish();
    }
    return NewValues(std::move(values));
  }

  std::size_t Bytes() const override { return sum_.Bytes(); }

 private:
  /// Where both are integers that floats have exactly, which then divide as they should.
  static std::optional<double> PlainQuotient(const ValueColumn& sums, const ValueColumn& counts,
                                             std::size_t group) {
    constexpr std::int64_t kExact = std::int64_t{1} << 53;
    if (sums.kind != ColumnKind::kInts || !sums.IsValid(group)) return std::nullopt;
    const std::int64_t sum = sums.ints[group];
    const std::int64_t count = counts.ints[group];
    if (count == 0 || count > kExact || sum > kExact || sum < -kExact) return std::nullopt;
    return static_cast<double>(sum) / static_cast<double>(count);
  }

  DividedAggregate divided_;
  const graph::View& view_;
  IntAccumulator sum_;
  CountAccumulator count_;
};

/// count(DISTINCT x) of nodes, relationships, dictionary entries and integers: which of them each
/// group has had.
class DistinctCountAccumulator : public Accumulator {
 public:
  DistinctCountAccumulator(const AggregateFunction& function, const graph::View& view)
      : view_(view), rest_(function, true, view) {}

  void Add(std::span<const ColumnPtr> args, std::span<const std::uint32_t> groups,
           std::size_t group_count) override {
    const ValueColumn& column = *args[0];
    if (!general_ && Fits(column)) {
      counts_.resize(std::max(counts_.size(), group_count), 0);
      if (Take(column, groups)) return;
    }
    Leave();
    rest_.Add(args, groups, group_count);
  }

  ColumnPtr Finish(std::size_t group_count) override {
    if (general_) return rest_.Finish(group_count);
    counts_.resize(group_count, 0);
    MutableColumnPtr column = NewColumn(ColumnKind::kInts);
    column->ints = std::move(counts_);
    return column;
  }

  std::size_t Bytes() const override {
    return counts_.size() * sizeof(std::int64_t) + seen_.Bytes() + rest_.Bytes();
  }

 private:
  bool Fits(const ValueColumn& column) {
    if (column.kind != ColumnKind::kNodes && column.kind != ColumnKind::kRels &&
        column.kind != ColumnKind::kDictionary && column.kind != ColumnKind::kInts) {
      return false;
    }
    if (kind_ == ColumnKind::kValues) {
      kind_ = column.kind;
      dictionary_ = column.dictionary;
    }
    return kind_ == column.kind && dictionary_.data() == column.dictionary.data();
  }

  /// False where something cannot be told apart by its number; what was before it is taken.
  bool Take(const ValueColumn& column, std::span<const std::uint32_t> groups) {
    if (kind_ == ColumnKind::kInts && column.valid.empty() && counts_.size() == 1) {
      counts_[0] += static_cast<std::int64_t>(seen_.InsertAll(0, column.ints));
      return true;
    }
    if (kind_ == ColumnKind::kInts && column.valid.empty()) {
      for (std::size_t row = 0; row < groups.size(); ++row) {
        counts_[groups[row]] +=
            seen_.Insert(groups[row], static_cast<std::uint64_t>(column.ints[row]));
      }
      return true;
    }
    if (kind_ == ColumnKind::kNodes && counts_.size() == 1) {
      const std::uint64_t none = graph::kNoNode.value;  // Too large to have a bit.
      counts_[0] += static_cast<std::int64_t>(seen_.InsertAll(0, column.numbers, none));
      return true;
    }
    if (kind_ == ColumnKind::kNodes) {
      for (std::size_t row = 0; row < groups.size(); ++row) {
        const std::uint32_t node = column.numbers[row];
        if (node != graph::kNoNode.value && seen_.Insert(groups[row], node)) ++counts_[groups[row]];
      }
      return true;
    }
    for (std::size_t row = 0; row < groups.size(); ++row) {
      if (column.IsNull(row)) continue;
      const bool is_int = kind_ == ColumnKind::kInts;
      const std::uint64_t word =
          is_int ? static_cast<std::uint64_t>(column.ints[row]) : column.numbers[row];
      if (!seen_.Insert(groups[row], word)) continue;
      ++counts_[groups[row]];
      if (kind_ == ColumnKind::kDictionary && !StandsOnce(dictionary_[word])) return false;
    }
    return true;
  }

  void Leave() {
    if (general_) return;
    general_ = true;
    std::vector<Value> values;
    std::vector<std::uint32_t> groups;
    seen_.ForEach([&](std::uint32_t group, std::uint64_t word) {
      groups.push_back(group);
      if (kind_ == ColumnKind::kInts) {
        values.emplace_back(static_cast<std::int64_t>(word));
      } else if (kind_ == ColumnKind::kDictionary) {
        values.push_back(dictionary_[word]);
      } else if (kind_ == ColumnKind::kNodes) {
        const graph::NodeNo node{static_cast<std::uint32_t>(word)};
        values.emplace_back(graph::NodeRef{node, view_.Id(node)});
      } else {
        const graph::RelNo rel{static_cast<std::uint32_t>(word)};
        values.emplace_back(graph::RelRef{rel, view_.Id(rel)});
      }
    });
    const ColumnPtr column = NewValues(std::move(values));
    rest_.Add(std::span(&column, 1), groups, counts_.size());
    seen_ = PairSet();
    counts_.clear();
  }

  const graph::View& view_;
  bool general_ = false;
  ColumnKind kind_ = ColumnKind::kValues;  ///< kValues: no row yet.
  std::span<const Value> dictionary_;
  PairSet seen_;
  std::vector<std::int64_t> counts_;  ///< By group.
  StateAccumulator rest_;
};

}  // namespace

std::unique_ptr<Accumulator> MakeAccumulator(const AggregateFunction* function, bool distinct,
                                             const graph::View& view) {
  using Kind = IntAccumulator::Kind;
  if (function == nullptr) return std::make_unique<CountAccumulator>();
  if (function->name == "count") {
    if (distinct) return std::make_unique<DistinctCountAccumulator>(*function, view);
    return std::make_unique<CountAccumulator>();
  }
  if (!distinct) {
    if (function->name == "sum") {
      return std::make_unique<IntAccumulator>(Kind::kSum, *function, view);
    }
    // Not the one over parts, which has the name, too, and two arguments.
    if (function->name == "avg" && function->max_args == 1) {
      return std::make_unique<AverageAccumulator>(*function, view);
    }
    if (function->name == "min") {
      return std::make_unique<IntAccumulator>(Kind::kMin, *function, view);
    }
    if (function->name == "max") {
      return std::make_unique<IntAccumulator>(Kind::kMax, *function, view);
    }
  }
  return std::make_unique<StateAccumulator>(*function, distinct, view);
}

}  // namespace verbale::query
