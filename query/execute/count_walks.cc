// Walks counted by their end, or only counted: over all incoming rows together, or for each of them
// by itself.

#include <algorithm>

#include "query/execute/operators.h"
#include "query/execute/row_expander.h"
#include "query/execute/step_counter.h"
#include "query/execute/walk_counter.h"

namespace verbale::query {
namespace {

using graph::NodeNo;

/// Ends are few where more than so many times as many nodes are there.
constexpr std::size_t kSparse = 16;
/// So few ends are given as they were met: their properties are not read faster in their order.
constexpr std::size_t kFew = 1024;

/// Sets how often each row counts; of an optional step that leads nowhere once, and `matched` says
/// that nothing was found.
void SetCounts(const LogicalCountWalks& op, std::vector<std::int64_t> found, Batch& out) {
  MutableColumnPtr counts = NewColumn(ColumnKind::kInts);
  if (op.is_optional()) {
    counts->ints.reserve(found.size());
    for (const std::int64_t count : found) counts->ints.push_back(std::max<std::int64_t>(count, 1));
    MutableColumnPtr matched = NewColumn(ColumnKind::kInts);
    matched->ints = std::move(found);
    out.Set(op.matched, std::move(matched));
  } else {
    counts->ints = std::move(found);
  }
  out.Set(op.weight, std::move(counts));
}

/// All rows together.
class CountWalksOperator : public Operator {
 public:
  CountWalksOperator(const LogicalCountWalks& op, const LogicalPlan& plan)
      : op_(op),
        counter_(
            op, [&](const BoundExprPtr& expr) { return Own(Compile(expr, plan)); },
            [&](const BoundExprPtr& expr) { return Compile(expr, plan); }) {}

 protected:
  void DoOpen() override {
    counter_.Open(ctx());
    keep_end_ = std::find(keep_.begin(), keep_.end(), op_.given()) != keep_.end();
  }

  void DoReset() override {
    done_ = false;
    is_arrivals_ = false;
    next_ = 0;
    ends_.clear();
    counts_.clear();
  }

  bool DoNext(Batch& out) override {
    if (!done_) Count();
    done_ = true;
    if (is_arrivals_) return NextArrivals(out);
    const std::size_t rows = std::min<std::size_t>(ctx().batch_size(), counts_.size() - next_);
    if (rows == 0) return false;
    out.Clear();
    out.rows = rows;
    const auto first = static_cast<std::ptrdiff_t>(next_);
    const auto last = static_cast<std::ptrdiff_t>(next_ + rows);
    MutableColumnPtr counts = NewColumn(ColumnKind::kInts);
    counts->ints.assign(counts_.begin() + first, counts_.begin() + last);
    out.Set(op_.weight, std::move(counts));
    if (keep_end_) {
      out.Set(op_.given(),
              NewNumbers(ColumnKind::kNodes, {ends_.begin() + first, ends_.begin() + last}));
    }
    next_ += rows;
    return true;
  }

 private:
  void Count() {
    std::vector<NodeNo> starts;
    Batch in;
    while (input().Next(in)) {
      if (op_.from_all) continue;
      const ValueColumn& from = *in.at(op_.from);
      for (std::size_t row = 0; row < in.rows; ++row) starts.push_back(NodeAt(from, row));
    }
    counter_.Refresh();  // Not before: the input may make nodes.
    if (op_.from_all) {
      counter_.SetAllStarts();
    } else {
      counter_.SetStarts(starts);
    }
    is_arrivals_ = keep_end_ && counter_.AreArrivals();
    if (is_arrivals_) return;
    if (keep_end_) {
      GiveEnds();
    } else if (const std::int64_t count = counter_.CountAll(); count > 0) {
      counts_.push_back(count);
    }
  }

  /// The numbers are degrees, given out as they lie.
  bool NextArrivals(Batch& out) {
    const std::uint32_t limit = view().NodeLimit();
    std::size_t rows = 0;
    std::vector<std::uint32_t> ends;
    MutableColumnPtr counts = NewColumn(ColumnKind::kInts);
    while (rows == 0 && next_ < limit) {
      const auto first = static_cast<std::uint32_t>(next_);
      degrees_.resize(std::min<std::size_t>(ctx().batch_size(), limit - first));
      counter_.Arrivals(NodeNo{first}, degrees_);
      ends.resize(degrees_.size());
      counts->ints.resize(degrees_.size());
      for (std::uint32_t i = 0; i < degrees_.size(); ++i) {
        ends[rows] = first + i;
        counts->ints[rows] = degrees_[i];
        rows += degrees_[i] != 0 ? 1 : 0;
      }
      next_ += degrees_.size();
    }
    if (rows == 0) return false;
    ends.resize(rows);
    counts->ints.resize(rows);
    out.Clear();
    out.rows = rows;
    out.Set(op_.weight, std::move(counts));
    out.Set(op_.hops.back().to, NewNumbers(ColumnKind::kNodes, std::move(ends)));
    return true;
  }

  void GiveEnds() {
    const Weights& ends = op_.by_middle ? counter_.CountMiddles() : counter_.CountEnds();
    const auto give = [&](NodeNo node) {
      if (ends.of[node.value] == 0) return;
      ends_.push_back(node.value);
      counts_.push_back(ends.of[node.value]);
    };
    const std::uint32_t limit = view().NodeLimit();
    ends_.reserve(ends.nodes.size());
    counts_.reserve(ends.nodes.size());
    if (ends.nodes.size() <= kFew || std::is_sorted(ends.nodes.begin(), ends.nodes.end())) {
      for (const NodeNo node : ends.nodes) give(node);
      return;
    }
    if (ends.nodes.size() > limit / kSparse) {  // Looking at all is less than sorting.
      for (std::uint32_t node = 0; node < limit; ++node) give(NodeNo{node});
      return;
    }
    std::vector<NodeNo> nodes = ends.nodes;
    std::sort(nodes.begin(), nodes.end());
    for (const NodeNo node : nodes) give(node);
  }

  LogicalCountWalks op_;
  WalkCounter counter_;
  bool keep_end_ = false;
  bool done_ = false;
  bool is_arrivals_ = false;
  std::vector<std::uint32_t> degrees_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::int64_t> counts_;
  std::size_t next_ = 0;
};

/// Each row by itself, one step from it, of which the end does not matter; or two steps through it.
class CountStepsOperator : public Operator {
 public:
  CountStepsOperator(const LogicalCountWalks& op, const LogicalPlan& plan) : op_(op) {
    for (const CountHop& hop : op.hops) {
      counters_.push_back(std::make_unique<StepCounter>(
          hop, [&](const BoundExprPtr& expr) { return Own(Compile(expr, plan)); }));
    }
  }

 protected:
  void DoOpen() override {
    for (const auto& counter : counters_) counter->Open(ctx());
  }

  bool DoNext(Batch& out) override {
    Batch in;
    while (input().Next(in)) {
      starts_.resize(in.rows);
      const ValueColumn& from = *in.at(op_.from);
      for (std::size_t row = 0; row < in.rows; ++row) starts_[row] = NodeAt(from, row);
      std::vector<std::int64_t> counts(in.rows);
      Count(*counters_.front(), counts);
      if (counters_.size() == 2) MultiplyBySecond(counts);
      if (op_.is_optional()) {
        out = std::move(in);
      } else {
        KeepThoseWithSteps(in, counts, out);
      }
      SetCounts(op_, std::move(counts), out);
      if (out.rows > 0) return true;
    }
    return false;
  }

 private:
  void Count(StepCounter& counter, std::span<std::int64_t> counts) {
    counter.Refresh();
    if (op_.any) {
      counter.FindAny(starts_, counts);
    } else {
      counter.Count(starts_, counts);
    }
  }

  void MultiplyBySecond(std::span<std::int64_t> counts) {
    second_.resize(counts.size());
    Count(*counters_.back(), second_);
    for (std::size_t row = 0; row < counts.size(); ++row) counts[row] *= second_[row];
  }

  void KeepThoseWithSteps(const Batch& in, std::vector<std::int64_t>& counts, Batch& out) {
    rows_.resize(in.rows);
    std::size_t kept = 0;
    for (std::uint32_t row = 0; row < in.rows; ++row) {
      const std::int64_t count = counts[row];
      counts[kept] = count;  // Kept only where the next one moves on.
      rows_[kept] = row;
      kept += count != 0 ? 1 : 0;
    }
    rows_.resize(kept);
    counts.resize(kept);
    GatherBatch(in, rows_, keep_, out);
  }

  LogicalCountWalks op_;
  std::vector<std::unique_ptr<StepCounter>> counters_;  ///< By step.
  std::vector<NodeNo> starts_;                          ///< Of one batch.
  std::vector<std::int64_t> second_;                    ///< The numbers of second steps.
  std::vector<std::uint32_t> rows_;                     ///< Those that lead somewhere.
};

/// Each row by itself.
class CountWalksOfEachOperator : public RowExpander {
 public:
  CountWalksOfEachOperator(const LogicalCountWalks& op, const LogicalPlan& plan)
      : op_(op),
        counter_(
            op, [&](const BoundExprPtr& expr) { return Own(Compile(expr, plan)); },
            [&](const BoundExprPtr& expr) { return Compile(expr, plan); }) {}

 protected:
  void DoOpen() override {
    counter_.Open(ctx());
    keep_end_ = Keeps(op_.hops.back().to);
  }

  void DoReset() override {
    RowExpander::DoReset();
    Forget();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    if (row == 0) counter_.Refresh();
    const NodeNo start = NodeAt(*rows.at(op_.from), row);
    counter_.SetStarts(std::span(&start, 1));
    next_ = 0;
    if (keep_end_) {
      found_ = &counter_.CountEnds();
    } else {
      sum_ = counter_.CountAll();
    }
  }

  bool Produce(std::size_t room) override {
    if (!keep_end_) {
      if (sum_ == 0 && !op_.is_optional()) return true;
      counts_.push_back(sum_);
      Add();
      return true;
    }
    const std::size_t before = counts_.size();
    for (; next_ < found_->nodes.size() && counts_.size() - before < room; ++next_) {
      const NodeNo node = found_->nodes[next_];
      const std::int64_t count = found_->of[node.value];
      if (count == 0) continue;
      ends_.push_back(node.value);
      counts_.push_back(count);
    }
    Add(counts_.size() - before);
    return next_ == found_->nodes.size();
  }

  void Emit(Batch& out) override {
    if (keep_end_) {
      out.Set(op_.hops.back().to, NewNumbers(ColumnKind::kNodes, std::move(ends_)));
    }
    SetCounts(op_, std::move(counts_), out);
    Forget();
  }

 private:
  void Forget() {
    ends_.clear();
    counts_.clear();
  }

  LogicalCountWalks op_;
  WalkCounter counter_;
  bool keep_end_ = false;
  const Weights* found_ = nullptr;  ///< Of the current row.
  std::int64_t sum_ = 0;
  std::size_t next_ = 0;
  std::vector<std::uint32_t> ends_;
  std::vector<std::int64_t> counts_;
};

}  // namespace

OperatorPtr MakeCountWalks(const LogicalCountWalks& op, const LogicalPlan& plan) {
  if (op.each_row && (op.hops.size() == 1 || op.by_middle)) {
    return std::make_unique<CountStepsOperator>(op, plan);
  }
  if (op.each_row) return std::make_unique<CountWalksOfEachOperator>(op, plan);
  return std::make_unique<CountWalksOperator>(op, plan);
}

}  // namespace verbale::query
