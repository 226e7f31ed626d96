// Walks counted by their end. The numbers lie in an array by node; a step adds the number of a node
// to that of each neighbour. Labels and predicates are asked once a node, not once a walk. Where
// only the sum is wanted and the last step has no condition, it is the number times the degree.
//
// A walk of two steps may not take one relationship twice: along the same direction that is a loop
// taken twice, against it any relationship there and back. These are counted and taken off.

#include <algorithm>

#include "query/execute/names.h"
#include "query/execute/operators.h"

namespace verbale::query {
namespace {

using graph::Direction;
using graph::NodeNo;

/// A number a node, and which nodes have one.
struct Weights {
  std::vector<std::int64_t> of;
  std::vector<NodeNo> nodes;

  void Begin(std::uint32_t limit) {
    for (const NodeNo node : nodes) of[node.value] = 0;
    nodes.clear();
    if (of.size() < limit) of.resize(limit, 0);
  }
  void Add(NodeNo node, std::int64_t weight) {
    std::int64_t& sum = of[node.value];
    if (sum == 0) nodes.push_back(node);
    sum += weight;
  }
};

class CountWalksOperator : public Operator {
 public:
  CountWalksOperator(const LogicalCountWalks& op, const LogicalPlan& plan)
      : from_(op.from), weight_(op.weight), distinct_(op.distinct) {
    for (const CountHop& hop : op.hops) {
      hops_.push_back({hop.arrow == Arrow::kOut ? Direction::kOut : Direction::kIn,
                       TypeFilter(hop.types),
                       hop.to,
                       hop.to_label,
                       {}});
      for (const BoundExprPtr& predicate : hop.predicates) {
        hops_.back().predicates.push_back(Own(Compile(predicate, plan)));
      }
    }
  }

 protected:
  void DoOpen() override {
    for (Hop& hop : hops_) hop.types.Forget();
  }

  void DoReset() override {
    done_ = false;
    next_ = 0;
    ends_.clear();
    counts_.clear();
  }

  bool DoNext(Batch& out) override {
    if (!done_) Count();
    done_ = true;
    const std::size_t rows = std::min<std::size_t>(ctx().batch_size(), counts_.size() - next_);
    if (rows == 0) return false;
    out.Clear();
    out.rows = rows;
    const auto first = static_cast<std::ptrdiff_t>(next_);
    const auto last = static_cast<std::ptrdiff_t>(next_ + rows);
    MutableColumnPtr counts = NewColumn(ColumnKind::kInts);
    counts->ints.assign(counts_.begin() + first, counts_.begin() + last);
    out.Set(weight_, std::move(counts));
    if (!ends_.empty()) {
      out.Set(hops_.back().to,
              NewNumbers(ColumnKind::kNodes, {ends_.begin() + first, ends_.begin() + last}));
    }
    next_ += rows;
    return true;
  }

 private:
  struct Hop {
    Direction direction;
    TypeFilter types;
    Slot to;
    std::optional<std::string> label;
    std::vector<Expression*> predicates;

    bool IsFree() const { return !label && predicates.empty(); }
  };

  void Count() {
    std::vector<NodeNo> starts;
    Batch in;
    while (input().Next(in)) {
      const ValueColumn& from = *in.at(from_);
      for (std::size_t row = 0; row < in.rows; ++row) starts.push_back(NodeAt(from, row));
    }
    // Not before: the input may make nodes.
    const std::uint32_t limit = view().NodeLimit();
    for (Weights* weights : {&start_, &middle_, &end_}) weights->Begin(limit);
    for (const NodeNo node : starts) {
      if (node != graph::kNoNode) start_.Add(node, 1);
    }
    Hop& last = hops_.back();
    const Weights* before = &start_;
    if (hops_.size() == 2) {
      Walk(hops_.front(), start_, middle_);
      Keep(hops_.front(), middle_);
      before = &middle_;
    }
    const bool sum_only = std::find(keep_.begin(), keep_.end(), last.to) == keep_.end();
    if (sum_only && last.IsFree()) {
      const std::int64_t sum = SumOfDegrees(last, *before) - (distinct_ ? Repeated(nullptr) : 0);
      if (sum > 0) counts_.push_back(sum);
      return;
    }
    Walk(last, *before, end_);
    if (distinct_) Repeated(&end_);
    Keep(last, end_);
    GiveEnds();
  }

  void GiveEnds() {
    std::sort(end_.nodes.begin(), end_.nodes.end());
    for (const NodeNo node : end_.nodes) {
      if (end_.of[node.value] == 0) continue;
      ends_.push_back(node.value);
      counts_.push_back(end_.of[node.value]);
    }
  }

  void Walk(Hop& hop, const Weights& from, Weights& to) {
    std::size_t turns = 0;
    for (const NodeNo node : from.nodes) {
      if ((++turns & 0xFFF) == 0) ctx().Tick();
      const std::int64_t weight = from.of[node.value];
      if (weight == 0) continue;
      for (const graph::TypeId type : hop.types.Resolve(view())) {
        for (const NodeNo next : view().Neighbours(node, hop.direction, type).nodes) {
          to.Add(next, weight);
        }
      }
    }
  }

  std::int64_t SumOfDegrees(Hop& hop, const Weights& from) {
    std::int64_t sum = 0;
    for (const NodeNo node : from.nodes) {
      for (const graph::TypeId type : hop.types.Resolve(view())) {
        const graph::Adjacency adjacency = view().Neighbours(node, hop.direction, type);
        sum += from.of[node.value] * static_cast<std::int64_t>(adjacency.size());
      }
    }
    return sum;
  }

  /// Sets the numbers of nodes that do not fit to zero.
  void Keep(Hop& hop, Weights& weights) {
    if (hop.label) {
      const auto label = view().catalog().FindLabel(*hop.label);
      for (const NodeNo node : weights.nodes) {
        if (!label || !view().HasLabel(node, *label)) weights.of[node.value] = 0;
      }
    }
    for (Expression* predicate : hop.predicates) {
      for (std::size_t first = 0; first < weights.nodes.size(); first += ctx().batch_size()) {
        ctx().Tick();
        KeepBatch(hop, *predicate, first, weights);
      }
    }
  }

  void KeepBatch(const Hop& hop, Expression& predicate, std::size_t first, Weights& weights) {
    std::vector<std::uint32_t> numbers;
    const std::size_t last = std::min(weights.nodes.size(), first + ctx().batch_size());
    for (std::size_t i = first; i < last; ++i) numbers.push_back(weights.nodes[i].value);
    Batch batch;
    batch.rows = numbers.size();
    batch.Set(hop.to, NewNumbers(ColumnKind::kNodes, numbers));
    const std::vector<Truth> truth = EvaluateTruth(predicate, batch, view());
    for (std::size_t i = 0; i < truth.size(); ++i) {
      if (truth[i] != Truth::kTrue) weights.of[numbers[i]] = 0;
    }
  }

  /// How many walks take one relationship twice. They are taken off `ends`, or, where it is
  /// nullptr, only counted.
  std::int64_t Repeated(Weights* ends) {
    Hop& first = hops_.front();
    Hop& second = hops_.back();
    const bool turns_back = first.direction != second.direction;
    std::int64_t repeated = 0;
    for (const NodeNo node : start_.nodes) {
      std::int64_t ways = 0;
      for (const graph::TypeId type : first.types.Resolve(view())) {
        if (!second.types.Has(view(), type)) continue;
        const graph::Adjacency adjacency = view().Neighbours(node, first.direction, type);
        ways += turns_back ? Passing(adjacency) : Loops(adjacency, node);
      }
      const std::int64_t walks = ways * start_.of[node.value];
      repeated += walks;
      if (ends != nullptr) ends->of[node.value] -= walks;
    }
    return repeated;
  }

  std::int64_t Passing(const graph::Adjacency& adjacency) const {
    return std::count_if(adjacency.nodes.begin(), adjacency.nodes.end(),
                         [this](NodeNo node) { return middle_.of[node.value] != 0; });
  }

  std::int64_t Loops(const graph::Adjacency& adjacency, NodeNo node) const {
    if (middle_.of[node.value] == 0) return 0;
    const auto [begin, end] =
        std::equal_range(adjacency.nodes.begin(), adjacency.nodes.end(), node);
    return end - begin;
  }

  Slot from_;
  Slot weight_;
  bool distinct_;
  std::vector<Hop> hops_;
  Weights start_;
  Weights middle_;
  Weights end_;
  bool done_ = false;
  std::vector<std::uint32_t> ends_;
  std::vector<std::int64_t> counts_;
  std::size_t next_ = 0;
};

}  // namespace

OperatorPtr MakeCountWalks(const LogicalCountWalks& op, const LogicalPlan& plan) {
  return std::make_unique<CountWalksOperator>(op, plan);
}

}  // namespace verbale::query
