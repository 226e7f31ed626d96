// The numbers lie in an array by node; a step adds the number of a node to that of each neighbour.
// Labels and predicates are asked once a node, not once a walk. What needs no walking is not
// walked: where every node that has a relationship is a start, the number of first steps that end
// at a node is its degree in the other direction, and where only the sum is wanted and the last
// step has no condition, the rest is a number times a degree.
//
// A walk of two steps may not take one relationship twice: along the same direction that is a loop
// taken twice, against it any relationship there and back. These are counted and taken off.

#include "query/execute/walk_counter.h"

#include <algorithm>
#include <array>

#include "query/execute/kernels.h"

namespace verbale::query {

using graph::NodeNo;

namespace {

/// Nodes whose degrees are looked at together.
constexpr std::uint32_t kBlock = 1024;

/// So many times fewer ends than there are nodes are few.
constexpr std::size_t kSparse = 64;

/// Ends of a start that are looked at first.
constexpr std::size_t kFirstEnds = 8;

/// A part of all steps so small that it is worth to walk them from their ends.
constexpr std::size_t kSelective = 3;

/// Ends are few where so many times as many nodes are there.
constexpr std::size_t kFewEnds = 8;

void AddDegrees(const Ways& ways, NodeNo first, std::span<std::uint32_t> sums) {
  std::array<std::uint32_t, kBlock> degrees;
  std::fill(sums.begin(), sums.end(), 0u);
  for (const Way& way : ways.all()) {
    way.table.Degrees(first, std::span(degrees).first(sums.size()));
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += degrees[i];
  }
}

}  // namespace

void WalkCounter::Open(ExecContext& ctx) {
  ctx_ = &ctx;
  ForgetVerdicts();
  for (Hop& hop : hops_) {
    hop.ways.Open(ctx);
    hop.back.Open(ctx);
  }
}

void WalkCounter::Refresh() {
  all_starts_ = false;
  if (ctx_->writes()) ForgetVerdicts();
  for (Hop& hop : hops_) {
    hop.ways.Refresh();
    hop.back.Refresh();
  }
}

void WalkCounter::SetStarts(std::span<const NodeNo> starts) {
  all_starts_ = false;
  has_starts_ = true;
  start_.Begin(view().NodeLimit());
  for (const NodeNo node : starts) {
    if (node != graph::kNoNode) start_.Add(node, 1);
  }
}

std::int64_t WalkCounter::CountAll() {
  Hop& last = hops_.back();
  if (!last.IsFree()) {
    const Weights& ends = CountEnds();
    std::int64_t sum = 0;
    for (const NodeNo node : ends.nodes) sum += ends.of[node.value];
    return sum;
  }
  if (hops_.size() == 1) {
    if (!all_starts_ || !AllLeadFromStarts(last)) {
      NeedStarts();
      return SumOfDegrees(last, start_);
    }
    std::int64_t sum = 0;
    for (const Way& way : last.ways.all()) {
      sum += static_cast<std::int64_t>(view().RelCount(way.type));
    }
    return sum;
  }
  if (IsProduct()) return SumOfProducts();
  NeedMiddle();
  const std::int64_t sum = SumOfDegrees(last, middle_);
  return distinct_ && MayRepeat() ? sum - Repeated(nullptr) : sum;
}

void WalkCounter::CountSteps(std::span<const NodeNo> starts, bool any,
                             std::span<std::int64_t> counts) {
  Hop& hop = hops_.front();
  ctx_->Tick();
  if (hop.IsFree()) {
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const bool is_node = starts[i] != graph::kNoNode;
      counts[i] = is_node ? static_cast<std::int64_t>(hop.ways.Degree(starts[i])) : 0;
    }
    return;
  }
  if (verdicts_.size() < view().NodeLimit()) {
    for (const NodeNo start : starts) {
      if (start != graph::kNoNode) met_ += hop.ways.Degree(start);
    }
    if (met_ < view().NodeLimit() / kSparse) return CountFew(starts, counts);
    verdicts_.resize(view().NodeLimit(), kUnknown);
  }
  if (!has_asked_all_ && met_ >= view().NodeLimit() / kSparse) AskAllEnds();
  if (!has_tally_ && arrivals_ && met_ >= *arrivals_ / 2) MakeTally();
  if (has_tally_) {
    for (std::size_t i = 0; i < starts.size(); ++i) {
      counts[i] = starts[i] == graph::kNoNode ? 0 : tally_[starts[i].value];
    }
    return;
  }
  if (any && hop.ways.all().size() == 1) return FindFitting(starts, counts);
  if (CountFitting(starts, counts)) return;
  AskEnds(starts);
  CountFitting(starts, counts);
}

/// kFits where one of them does, else all verdicts together.
unsigned WalkCounter::VerdictsOf(std::span<const NodeNo> ends) const {
  unsigned seen = 0;
  for (const NodeNo end : ends) {
    const std::uint8_t verdict = verdicts_[end.value];
    if (verdict == kFits) return kFits;
    seen |= verdict;
  }
  return seen;
}

/// In rounds: the first ends of each start, then more ends of those that have none yet that fits;
/// so that of many ends a few are asked.
void WalkCounter::FindFitting(std::span<const NodeNo> starts, std::span<std::int64_t> counts) {
  const Hop& hop = hops_.front();
  const Way& way = hop.ways.all().front();
  std::vector<std::uint32_t> open, next, waiting;
  std::vector<NodeNo> ends;
  for (std::uint32_t i = 0; i < starts.size(); ++i) {
    counts[i] = 0;
    if (starts[i] != graph::kNoNode) open.push_back(i);
  }
  std::size_t begin = 0;
  for (std::size_t width = kFirstEnds; !open.empty(); begin += width, width *= 4) {
    const auto window = [&](std::uint32_t i) {
      const std::span all = hop.ways.Of(way, starts[i]).nodes;
      const std::size_t from = std::min(begin, all.size());
      return all.subspan(from, std::min(width, all.size() - from));
    };
    const auto decide = [&](std::uint32_t i, unsigned seen, std::size_t looked_at) {
      counts[i] = seen == kFits ? 1 : 0;
      if (seen != kFits && looked_at == width) next.push_back(i);
    };
    for (const std::uint32_t i : open) {
      const std::span<const NodeNo> some = window(i);
      met_ += some.size();
      const unsigned seen = VerdictsOf(some);
      if (seen == kFitsNot || seen == kFits) {
        decide(i, seen, some.size());
        continue;
      }
      waiting.push_back(i);
      for (const NodeNo end : some) {
        if (verdicts_[end.value] != kUnknown) continue;
        verdicts_[end.value] = kAsked;
        ends.push_back(end);
      }
    }
    Ask(ends);
    ends.clear();
    for (const std::uint32_t i : waiting) {
      const std::span<const NodeNo> some = window(i);
      decide(i, VerdictsOf(some), some.size());
    }
    waiting.clear();
    open.clear();
    std::swap(open, next);
  }
}

/// Where few ends are met, an array by node would cost more than they do.
void WalkCounter::CountFew(std::span<const NodeNo> starts, std::span<std::int64_t> counts) {
  std::vector<NodeNo> fitting;
  ForEachEnd(starts, [&](std::size_t, NodeNo end) { fitting.push_back(end); });
  std::sort(fitting.begin(), fitting.end());
  fitting.erase(std::unique(fitting.begin(), fitting.end()), fitting.end());
  SelectFitting(hops_.front(), fitting);
  std::fill(counts.begin(), counts.end(), 0);
  ForEachEnd(starts, [&](std::size_t start, NodeNo end) {
    counts[start] += std::binary_search(fitting.begin(), fitting.end(), end) ? 1 : 0;
  });
}

/// Steps to ends that fit; false where an end is met that was not asked yet.
bool WalkCounter::CountFitting(std::span<const NodeNo> starts, std::span<std::int64_t> counts) {
  const Hop& hop = hops_.front();
  const std::uint8_t* const verdicts = verdicts_.data();
  unsigned seen = 0;
  std::size_t met = 0;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    unsigned fitting = 0;
    if (starts[i] != graph::kNoNode) {
      for (const Way& way : hop.ways.all()) {
        const std::span ends = hop.ways.Of(way, starts[i]).nodes;
        met += ends.size();
        for (const NodeNo end : ends) {
          const unsigned verdict = verdicts[end.value];
          fitting += verdict & kFits;
          seen |= verdict;
        }
      }
    }
    counts[i] = fitting;
  }
  met_ += met;
  return (seen & kUnknown) == 0;
}

/// Where there are few ends by their label, all of them, so that none is left unknown; and counts
/// how many steps arrive at those that fit, unless most do.
void WalkCounter::AskAllEnds() {
  Hop& hop = hops_.front();
  has_asked_all_ = true;
  if (!hop.label || ctx_->writes()) return;
  const auto label = view().catalog().FindLabel(*hop.label);
  if (!label || view().NodeCount(*label) > view().NodeLimit() / kFewEnds) return;
  std::vector<NodeNo> ends;
  graph::VisitNodes(view(), label, [&](std::span<const NodeNo> nodes) {
    for (const NodeNo node : nodes) {
      if (verdicts_[node.value] == kUnknown) ends.push_back(node);
    }
  });
  Ask(ends);
  std::size_t arrivals = 0, all = 0;
  for (const NodeNo end : asked_) {
    if (verdicts_[end.value] == kFits) arrivals += hop.back.Degree(end);
  }
  for (const Way& way : hop.ways.all()) all += view().RelCount(way.type);
  if (arrivals < all / kSelective) arrivals_ = arrivals;
}

/// Asks the conditions of ends that were not asked before, together.
void WalkCounter::Ask(std::vector<NodeNo>& ends) {
  for (const NodeNo end : ends) verdicts_[end.value] = kFitsNot;  // Unless it is found to fit.
  asked_.insert(asked_.end(), ends.begin(), ends.end());
  SelectFitting(hops_.front(), ends);
  for (const NodeNo end : ends) verdicts_[end.value] = kFits;
}

/// Counts by start, once and for all starts, from the ends that fit. Worth it where more ends were
/// met already than there are steps to walk.
void WalkCounter::MakeTally() {
  Hop& hop = hops_.front();
  if (tally_.size() < view().NodeLimit()) tally_.resize(view().NodeLimit(), 0);
  for (const NodeNo end : asked_) {
    if (verdicts_[end.value] != kFits) continue;
    ctx_->Tick();
    for (const Way& way : hop.back.all()) {
      for (const NodeNo start : hop.back.Of(way, end).nodes) {
        if (tally_[start.value]++ == 0) tallied_.push_back(start);
      }
    }
  }
  has_tally_ = true;
}

void WalkCounter::AskEnds(std::span<const NodeNo> starts) {
  std::vector<NodeNo> ends;
  ForEachEnd(starts, [&](std::size_t, NodeNo end) {
    if (verdicts_[end.value] != kUnknown) return;
    verdicts_[end.value] = kFitsNot;  // So that it is there once.
    ends.push_back(end);
  });
  Ask(ends);
}

const Weights& WalkCounter::CountEnds() {
  Hop& last = hops_.back();
  end_.Begin(view().NodeLimit());
  if (hops_.size() == 2) {
    NeedMiddle();
    Walk(last, middle_, end_);
    if (distinct_ && MayRepeat()) Repeated(&end_);
  } else if (all_starts_ && AllLeadFromStarts(last)) {
    CountArrivals(last, end_);
  } else {
    NeedStarts();
    Walk(last, start_, end_);
  }
  Keep(last, end_);
  return end_;
}

/// Whether every relationship of the hop leads from one of all starts.
bool WalkCounter::AllLeadFromStarts(Hop& hop) {
  if (ctx_->writes()) return false;
  if (!from_label_) return true;
  const auto label = view().catalog().FindLabel(*from_label_);
  return label && std::all_of(hop.ways.all().begin(), hop.ways.all().end(), [&](const Way& way) {
           return view().AllHaveLabel(way.type, way.direction, *label);
         });
}

/// The starts as weights, where they were only said to be all.
void WalkCounter::NeedStarts() {
  if (!all_starts_ || has_starts_) return;
  has_starts_ = true;
  start_.Begin(view().NodeLimit());
  std::optional<graph::LabelId> label;
  if (from_label_) {
    label = view().catalog().FindLabel(*from_label_);
    if (!label) return;
  }
  graph::VisitNodes(view(), label, [this](std::span<const NodeNo> nodes) {
    for (const NodeNo node : nodes) start_.Add(node, 1);
  });
}

void WalkCounter::NeedMiddle() {
  middle_.Begin(view().NodeLimit());
  Hop& first = hops_.front();
  if (all_starts_ && AllLeadFromStarts(first)) {
    CountArrivals(first, middle_);
  } else {
    NeedStarts();
    Walk(first, start_, middle_);
  }
  Keep(first, middle_);
}

void WalkCounter::Walk(Hop& hop, const Weights& from, Weights& to) {
  std::size_t turns = 0;
  for (const NodeNo node : from.nodes) {
    if ((++turns & 0xFFF) == 0) ctx_->Tick();
    const std::int64_t weight = from.of[node.value];
    if (weight == 0) continue;
    for (const Way& way : hop.ways.all()) {
      for (const NodeNo next : hop.ways.Of(way, node).nodes) to.Add(next, weight);
    }
  }
}

void WalkCounter::Arrivals(NodeNo first, std::span<std::uint32_t> counts) {
  ctx_->Tick();
  for (std::size_t i = 0; i < counts.size(); i += kBlock) {
    const auto part = counts.subspan(i, std::min<std::size_t>(kBlock, counts.size() - i));
    AddDegrees(hops_.front().back, NodeNo{first.value + static_cast<std::uint32_t>(i)}, part);
  }
}

/// As if every start had been walked from: the degree of each node, seen from its side.
void WalkCounter::CountArrivals(Hop& hop, Weights& to) {
  const std::uint32_t limit = view().NodeLimit();
  std::array<std::uint32_t, kBlock> degrees;
  for (std::uint32_t first = 0; first < limit; first += kBlock) {
    ctx_->Tick();
    const auto part = std::span(degrees).first(std::min(kBlock, limit - first));
    AddDegrees(hop.back, NodeNo{first}, part);
    for (std::uint32_t i = 0; i < part.size(); ++i) {
      if (part[i] == 0) continue;
      to.of[first + i] = part[i];
      to.nodes.push_back(NodeNo{first + i});
    }
  }
}

std::int64_t WalkCounter::SumOfDegrees(Hop& hop, const Weights& from) const {
  std::int64_t sum = 0;
  for (const NodeNo node : from.nodes) {
    sum += from.of[node.value] * static_cast<std::int64_t>(hop.ways.Degree(node));
  }
  return sum;
}

/// Whether the walks of two steps are arrivals times departures of each node in the middle, but for
/// those there and back along one relationship.
bool WalkCounter::IsProduct() {
  Hop& first = hops_.front();
  const bool has_loops = distinct_ && !TurnsBack() && MayRepeat();
  return all_starts_ && first.IsFree() && !has_loops && AllLeadFromStarts(first);
}

std::int64_t WalkCounter::SumOfProducts() {
  const std::uint32_t limit = view().NodeLimit();
  std::array<std::uint32_t, kBlock> arrivals;
  std::array<std::uint32_t, kBlock> departures;
  std::int64_t sum = 0;
  for (std::uint32_t first = 0; first < limit; first += kBlock) {
    ctx_->Tick();
    const std::size_t count = std::min(kBlock, limit - first);
    AddDegrees(hops_.front().back, NodeNo{first}, std::span(arrivals).first(count));
    AddDegrees(hops_.back().ways, NodeNo{first}, std::span(departures).first(count));
    for (std::size_t i = 0; i < count; ++i) {
      sum += static_cast<std::int64_t>(std::uint64_t{arrivals[i]} * departures[i]);
    }
  }
  if (!distinct_ || !TurnsBack()) return sum;
  for (const Way& way : hops_.front().ways.all()) {
    if (IsInBoth(way)) sum -= static_cast<std::int64_t>(view().RelCount(way.type));
  }
  return sum;
}

/// Drops the numbers of nodes that do not fit.
void WalkCounter::Keep(Hop& hop, Weights& weights) {
  if (hop.IsFree()) return;
  std::vector<NodeNo> fitting = weights.nodes;
  SelectFitting(hop, fitting);
  auto next = fitting.begin();
  for (const NodeNo node : weights.nodes) {
    if (next != fitting.end() && *next == node) {
      ++next;
    } else {
      weights.of[node.value] = 0;
    }
  }
  weights.nodes = std::move(fitting);
}

/// Leaves those that have the label and then fulfil one condition after the other, in their order.
void WalkCounter::SelectFitting(Hop& hop, std::vector<NodeNo>& nodes) {
  if (hop.ways.asks_label()) {
    std::erase_if(nodes, [&hop](NodeNo node) { return !hop.ways.HasLabel(node); });
  }
  for (Expression* predicate : hop.predicates) {
    std::size_t kept = 0;
    for (std::size_t first = 0; first < nodes.size(); first += ctx_->batch_size()) {
      ctx_->Tick();
      SelectBatch(hop, *predicate, first, nodes, kept);
    }
    nodes.resize(kept);
  }
}

void WalkCounter::SelectBatch(const Hop& hop, Expression& predicate, std::size_t first,
                              std::vector<NodeNo>& nodes, std::size_t& kept) {
  std::vector<std::uint32_t> numbers;
  const std::size_t last = std::min<std::size_t>(nodes.size(), first + ctx_->batch_size());
  numbers.reserve(last - first);
  for (std::size_t i = first; i < last; ++i) numbers.push_back(nodes[i].value);
  Batch batch;
  batch.rows = numbers.size();
  batch.Set(hop.to, NewNumbers(ColumnKind::kNodes, std::move(numbers)));
  SelectTrue(predicate, batch, view(), selected_);
  for (const std::uint32_t row : selected_) nodes[kept++] = nodes[first + row];
}

/// Whether the second step may lead back along the relationship of the first one.
bool WalkCounter::TurnsBack() const { return hops_.front().arrow != hops_.back().arrow; }

/// Whether the other step of two may take a relationship of this type, too.
bool WalkCounter::IsInBoth(const Way& way) const {
  const std::vector<Way>& others = hops_.back().ways.all();
  return std::any_of(others.begin(), others.end(),
                     [&way](const Way& other) { return other.type == way.type; });
}

/// Whether a walk may take one relationship twice: there and back, or a loop.
bool WalkCounter::MayRepeat() {
  if (ctx_->writes() || TurnsBack()) return true;
  return std::any_of(hops_.front().ways.all().begin(), hops_.front().ways.all().end(),
                     [this](const Way& way) { return view().MayHaveLoops(way.type); });
}

/// How many walks take one relationship twice. They are taken off `ends`, or, where it is nullptr,
/// only counted.
std::int64_t WalkCounter::Repeated(Weights* ends) {
  NeedStarts();
  Hop& first = hops_.front();
  std::int64_t repeated = 0;
  for (const NodeNo node : start_.nodes) {
    std::int64_t ways = 0;
    for (const Way& way : first.ways.all()) {
      if (!IsInBoth(way)) continue;
      const graph::Adjacency adjacency = first.ways.Of(way, node);
      ways += TurnsBack() ? Passing(adjacency) : Loops(adjacency, node);
    }
    const std::int64_t walks = ways * start_.of[node.value];
    repeated += walks;
    if (ends != nullptr) ends->of[node.value] -= walks;
  }
  return repeated;
}

std::int64_t WalkCounter::Passing(const graph::Adjacency& adjacency) const {
  return std::count_if(adjacency.nodes.begin(), adjacency.nodes.end(),
                       [this](NodeNo node) { return middle_.of[node.value] != 0; });
}

std::int64_t WalkCounter::Loops(const graph::Adjacency& adjacency, NodeNo node) const {
  if (middle_.of[node.value] == 0) return 0;
  const auto [begin, end] = std::equal_range(adjacency.nodes.begin(), adjacency.nodes.end(), node);
  return end - begin;
}

}  // namespace verbale::query
