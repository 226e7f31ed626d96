// The numbers lie in an array by node; a step adds the number of a node to that of each neighbour.
// Labels and predicates are asked once a node, not once a walk. What needs no walking is not
// walked: where every node that has a relationship is a start, the number of first steps that end
// at a node is its degree in the other direction, and where only the sum is wanted and the last
// step has no condition, the rest is a number times a degree.
//
// A walk of two steps may not take one relationship twice: along the same direction that is a loop
// taken twice, against it any relationship there and back; where a step takes either direction,
// both can be. These are counted and taken off. Where the last node may not be the first one, all
// walks that lead back are; those that take a relationship twice are among them.

#include "query/execute/walk_counter.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>
#include <vector>

#include "query/execute/kernels.h"
#include "query/execute/meetings.h"

namespace verbale::query {

using graph::Direction;
using graph::NodeNo;

namespace {

/// Nodes whose degrees are looked at together.
constexpr std::uint32_t kBlock = 4096;
/// More ends than this part of all nodes are many.
constexpr std::size_t kPartOfNodes = 4;
/// So many pairs of steps there and back are compared all: side by side they take less than it
/// takes to find out which of two sorted lists goes on.
constexpr std::size_t kFewPairs = 1024;
/// Nodes whose neighbours are summed up together; those of most fit the nearest cache.
constexpr std::uint32_t kEndsAtOnce = 256;
/// So many times fewer nodes of a block are looked at one by one.
constexpr std::size_t kFewOfMany = 4;
/// From this part of all relationships on they are read in their order.
constexpr std::uint64_t kPartOfRels = 4;

void AddDegrees(const Ways& ways, NodeNo first, std::span<std::uint32_t> sums) {
  std::array<std::uint32_t, kBlock> degrees;
  std::fill(sums.begin(), sums.end(), 0u);
  for (const Way& way : ways.all()) {
    way.table.Degrees(first, std::span(degrees).first(sums.size()));
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += degrees[i];
    for (std::uint32_t i = 0; way.skip_loops && i < sums.size(); ++i) {
      sums[i] -= static_cast<std::uint32_t>(ways.SkippedLoops(way, NodeNo{first.value + i}));
    }
  }
}

/// Adds to the number of each node those of its neighbours. They are summed up as they lie, without
/// a branch at the end of each node.
template <typename T>
void AddSideBySide(const graph::AdjacencyTable::Arrays& part, std::span<const T> weights,
                   std::span<std::int64_t> numbers, std::vector<std::int64_t>& sums) {
  const std::uint32_t begin = part.starts.front();
  const std::uint32_t count = part.starts.back() - begin;
  if (sums.size() <= count) sums.resize(count + std::size_t{1});
  const NodeNo* const nodes = part.nodes + begin;
  std::int64_t* const into = sums.data();
  std::int64_t sum = 0;
  into[0] = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    sum += static_cast<std::int64_t>(weights[nodes[i].value]);
    into[i + 1] = sum;
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] += into[part.starts[i + 1] - begin] - into[part.starts[i] - begin];
  }
}

}  // namespace

void WalkCounter::Open(ExecContext& ctx) {
  ctx_ = &ctx;
  are_helpers_open_ = false;
  for (CountedStep& hop : hops_) hop.Open(ctx);
}

/// Where there is work for them.
void WalkCounter::OpenHelpers() {
  for (Helper& helper : helpers_) {
    if (!are_helpers_open_) {
      helper.ctx = std::make_unique<ExecContext>(ctx_);
      for (const ExpressionPtr& expression : helper.expressions) expression->Open(*helper.ctx);
      for (CountedStep& hop : helper.hops) hop.Open(*helper.ctx);
    }
    for (CountedStep& hop : helper.hops) hop.Refresh();
  }
  are_helpers_open_ = true;
}

void WalkCounter::Refresh() {
  all_starts_ = false;
  for (CountedStep& hop : hops_) hop.Refresh();
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
  CountedStep& last = hops_.back();
  if (const auto walks = CountAlong()) return *walks;
  if (!last.IsFree()) {
    const Weights& ends = CountEnds();
    std::int64_t sum = 0;
    for (const NodeNo node : ends.nodes) sum += ends.of[node.value];
    return sum;
  }
  if (hops_.size() == 1) {
    if (!all_starts_ || !AllLeadFromStarts(last) || last.ways.SkipsLoops()) {
      NeedStarts();
      return SumOfDegrees(last, start_);
    }
    std::int64_t sum = 0;
    for (const Way& way : last.ways.all()) {
      sum += static_cast<std::int64_t>(view().RelCount(way.type));
    }
    return sum;
  }
  const bool asks_middle = leads_away_ && !hops_.front().HasFreeEnds();
  if (!asks_middle && IsProduct()) {
    const std::int64_t walks = SumOfProducts();
    return leads_away_ ? walks - LeftOut(nullptr) : walks;
  }
  NeedMiddle();
  const std::int64_t walks = SumOfDegrees(last, middle_);
  return walks - LeftOut(nullptr);
}

const Weights& WalkCounter::CountEnds() {
  CountedStep& last = hops_.back();
  end_.Begin(view().NodeLimit());
  if (hops_.size() == 2) {
    NeedMiddle();
    Walk(last, middle_, end_);
    LeftOut(&end_);
  } else if (all_starts_ && AllLeadFromStarts(last)) {
    CountArrivals(last, end_);
  } else {
    NeedStarts();
    Walk(last, start_, end_);
  }
  Keep(last, end_);
  return end_;
}

const Weights& WalkCounter::CountMiddles() {
  NeedMiddle();
  const bool leaves_out = LeavesOut();
  if (leaves_out) NeedStarts();
  end_.Begin(view().NodeLimit());
  for (std::size_t i = 0; i < middle_.nodes.size(); ++i) {
    if ((i & 0xFFF) == 0xFFF) ctx_->Tick();
    const NodeNo middle = middle_.nodes[i];
    const std::int64_t walks = middle_.of[middle.value] * StepsFrom(middle);
    if (walks != 0) end_.Add(middle, walks - (leaves_out ? LeftOutThrough(middle) : 0));
  }
  return end_;
}

/// How many second steps lead from there.
std::int64_t WalkCounter::StepsFrom(NodeNo middle) {
  Ways& ways = hops_.back().ways;
  if (!ways.asks_label()) return static_cast<std::int64_t>(ways.Degree(middle));
  std::int64_t steps = 0;
  for (const Way& way : ways.all()) {
    for (const NodeNo end : ways.Of(way, middle).nodes) steps += ways.HasLabel(end) ? 1 : 0;
  }
  return steps;
}

/// How many walks through a node do not count: all that lead back to their start, or those along
/// one relationship.
std::int64_t WalkCounter::LeftOutThrough(NodeNo middle) {
  const Ways& back = hops_.front().back;
  Ways& ways = hops_.back().ways;
  std::int64_t walks = 0;
  for (const Way& from : back.all()) {
    const graph::Adjacency starts = back.Of(from, middle);
    for (const Way& to : ways.all()) {
      if (!leads_away_ && from.type != to.type) continue;
      const graph::Adjacency ends = ways.Of(to, middle);
      ForEachMeeting(starts, ends, [&](std::size_t i, std::size_t j) {
        if (!leads_away_ && starts.rel(i) != ends.rel(j)) return;
        const NodeNo start = starts.nodes[i];
        if (!ways.asks_label() || ways.HasLabel(start)) walks += start_.of[start.value];
      });
    }
  }
  return walks;
}

/// Whether every relationship of the hop leads from one of all starts.
bool WalkCounter::AllLeadFromStarts(CountedStep& hop) {
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
  CountedStep& first = hops_.front();
  if (all_starts_ && AllLeadFromStarts(first)) {
    CountArrivals(first, middle_);
  } else {
    NeedStarts();
    Walk(first, start_, middle_);
  }
  Keep(first, middle_);
}

void WalkCounter::Walk(CountedStep& hop, const Weights& from, Weights& to) {
  if (hop.AsksRels()) return WalkFitting(hop, from, to);
  if (IsWorthScanning(hop, from)) return WalkToAll(hop, from, to);
  const bool is_many = HasManyEnds(hop, from);
  for (std::size_t i = 0; i < from.nodes.size(); ++i) {
    if ((i & 0xFFF) == 0xFFF) ctx_->Tick();
    if (i + Ways::kAhead < from.nodes.size()) hop.ways.Prefetch(from.nodes[i + Ways::kAhead]);
    const NodeNo node = from.nodes[i];
    const std::int64_t weight = from.of[node.value];
    if (weight == 0) continue;
    for (const Way& way : hop.ways.all()) {
      for (const NodeNo next : hop.ways.Of(way, node).nodes) {
        if (way.Skips(node, next)) continue;
        if (is_many) {
          to.of[next.value] += weight;
        } else {
          to.Add(next, weight);
        }
      }
    }
  }
  if (is_many) to.FindNodes(view().NodeLimit());
}

/// Along most relationships: seen from their ends, each of which adds up what leads there. Threads
/// share the ends, and what is read all over is half as long as the weights where those are small.
void WalkCounter::WalkToAll(const CountedStep& hop, const Weights& from, Weights& to) {
  std::vector<std::uint32_t> small(from.of.size());
  std::int64_t any = 0;
  for (std::size_t i = 0; i < small.size(); ++i) {
    any |= from.of[i];
    small[i] = static_cast<std::uint32_t>(from.of[i]);
  }
  if ((any >> 32) == 0) {
    AddUp<std::uint32_t>(hop, small, to);
  } else {
    AddUp<std::int64_t>(hop, from.of, to);
  }
  to.FindNodes(view().NodeLimit());
}

template <typename T>
void WalkCounter::AddUp(const CountedStep& hop, std::span<const T> weights, Weights& to) const {
  const std::uint32_t limit = view().NodeLimit();
  RunRanges(limit, ThreadsFor(*ctx_, limit), [&](NumberRange range, std::size_t) {
    std::vector<std::int64_t> sums;
    for (std::uint32_t first = range.begin; first < range.end; first += kEndsAtOnce) {
      ctx_->Tick();
      const auto ends = std::span(to.of).subspan(first, std::min(kEndsAtOnce, range.end - first));
      for (const Way& way : hop.back.all()) {
        const auto part =
            way.skip_loops ? std::nullopt : hop.back.PartOf(way, NodeNo{first}, ends.size());
        if (part) {
          AddSideBySide(*part, weights, ends, sums);
          continue;
        }
        for (std::uint32_t i = 0; i < ends.size(); ++i) {
          const NodeNo end{first + i};
          for (const NodeNo start : hop.back.Of(way, end).nodes) {
            ends[i] += way.Skips(end, start) ? 0 : static_cast<std::int64_t>(weights[start.value]);
          }
        }
      }
    }
  });
}

/// Whether steps lead to so many ends that looking at all nodes for those that got a number costs
/// less than keeping a list of them.
bool WalkCounter::HasManyEnds(const CountedStep& hop, const Weights& from) const {
  const std::size_t many = view().NodeLimit() / kPartOfNodes;
  std::size_t ends = 0;
  for (const NodeNo node : from.nodes) {
    ends += hop.ways.Degree(node);
    if (ends > many) return true;
  }
  return false;
}

/// Along relationships that fit: those of many nodes are asked together, or all in their order.
void WalkCounter::WalkFitting(CountedStep& hop, const Weights& from, Weights& to) {
  if (IsWorthScanning(hop, from)) {
    std::vector<std::vector<std::int64_t>> sums(WorkersFor(hop));
    ScanFitting(hop, true, [&](const ScannedRels& rels, std::size_t worker) {
      std::vector<std::int64_t>& own = sums[worker];
      own.resize(view().NodeLimit());
      std::vector<std::uint32_t> fitting(rels.fits.size());
      fitting.resize(SelectRows(rels.fits, fitting.data()));
      for (const std::uint32_t i : fitting) {
        own[rels.ends[i].value] += from.of[rels.starts[i].value];
      }
    });
    for (const std::vector<std::int64_t>& own : sums) {
      for (std::size_t node = 0; node < own.size(); ++node) to.of[node] += own[node];
    }
    to.FindNodes(view().NodeLimit());
    return;
  }
  std::vector<std::uint32_t> rels;
  std::vector<std::pair<NodeNo, std::int64_t>> ends;  // With the weight of their start.
  const auto take = [&] {
    ctx_->Tick();
    for (const std::uint32_t i : hop.FindFitting(rels)) to.Add(ends[i].first, ends[i].second);
    rels.clear();
    ends.clear();
  };
  for (const NodeNo node : from.nodes) {
    const std::int64_t weight = from.of[node.value];
    if (weight == 0) continue;
    for (const Way& way : hop.ways.all()) {
      const graph::Adjacency adjacency = hop.ways.Of(way, node);
      for (std::size_t i = 0; i < adjacency.size(); ++i) {
        if (way.Skips(node, adjacency.nodes[i])) continue;
        rels.push_back(adjacency.rel(i).value);
        ends.emplace_back(adjacency.nodes[i], weight);
        if (rels.size() == ctx_->batch_size()) take();
      }
    }
  }
  take();
}

/// Whether the relationships of a step from there are so many of all that reading all in their
/// order takes less.
bool WalkCounter::IsWorthScanning(const CountedStep& hop, const Weights& from) const {
  if (ctx_->writes()) return false;
  const std::uint64_t enough = RelCount(hop) / kPartOfRels;
  std::uint64_t rels = 0;
  for (const NodeNo node : from.nodes) {
    rels += hop.ways.Degree(node);
    if (rels > enough) return true;
  }
  return false;
}

/// How many relationships there are along a step; what can be taken both ways counts twice.
std::uint64_t WalkCounter::RelCount(const CountedStep& hop) const {
  std::uint64_t count = 0;
  for (const Way& way : hop.ways.all()) count += view().RelCount(way.type);
  return count;
}

/// How many threads are worth it to look at all relationships of a step.
std::size_t WalkCounter::WorkersFor(const CountedStep& hop) const {
  const std::uint64_t rels = std::min<std::uint64_t>(RelCount(hop), view().RelLimit());
  return std::min(ThreadsFor(*ctx_, static_cast<std::uint32_t>(rels)), helpers_.size() + 1);
}

/// Calls take(relationships, worker) with those of a step, and whether they fit. Each worker comes
/// in a thread of its own; there are WorkersFor of them.
template <typename Take>
void WalkCounter::ScanFitting(CountedStep& hop, bool with_starts, const Take& take) {
  const std::size_t workers = WorkersFor(hop);
  if (workers > 1) OpenHelpers();
  const std::size_t ways = hop.ways.all().size();
  RunRanges(view().RelLimit(), workers, [&](NumberRange range, std::size_t worker) {
    CountedStep& own = HopOf(hop, worker);
    for (std::size_t i = 0; i < ways; ++i) {
      ScanRange(own, own.ways.all()[i], range, with_starts,
                [&](const ScannedRels& rels) { take(rels, worker); });
    }
  });
}

template <typename Take>
void WalkCounter::ScanRange(CountedStep& hop, const Way& way, NumberRange range, bool with_starts,
                            const Take& take) const {
  std::vector<NodeNo> starts, ends(ctx_->batch_size());
  if (with_starts || way.skip_loops) starts.resize(ends.size());
  const Direction there = way.direction == Direction::kOut ? Direction::kIn : Direction::kOut;
  for (std::uint32_t next = range.begin; next < range.end;) {
    ctx_->Tick();
    std::vector<std::uint32_t> rels(ends.size());
    rels.resize(view().ScanRels(way.type, graph::RelNo{next}, AsRels(std::span(rels))));
    const bool is_last = rels.size() < ends.size();
    rels.erase(std::lower_bound(rels.begin(), rels.end(), range.end), rels.end());
    if (rels.empty()) return;
    next = is_last ? range.end : rels.back() + 1;
    const auto read = [&](Direction side, std::vector<NodeNo>& nodes) {
      view().NodesOf(AsRels(std::span<const std::uint32_t>(rels)), side,
                     std::span(nodes).first(rels.size()));
    };
    read(there, ends);
    if (!starts.empty()) read(way.direction, starts);
    if (way.skip_loops) DropLoops(rels, starts, ends);
    const std::size_t count = rels.size();
    const std::span<const Truth> fits = hop.MarkFitting(std::move(rels));
    take(ScannedRels{std::span<const NodeNo>(starts).first(starts.empty() ? 0 : count),
                     std::span<const NodeNo>(ends).first(count), fits});
  }
}

/// As if every start had been walked from: the relationships that fit, in their order. Where they
/// may be as many as the nodes, those that have a number are looked for at the end.
void WalkCounter::CountFittingArrivals(CountedStep& hop, Weights& to) {
  if (RelCount(hop) <= view().NodeLimit()) {
    std::vector<std::vector<NodeNo>> ends(WorkersFor(hop));
    ScanFitting(hop, false, [&](const ScannedRels& rels, std::size_t worker) {
      for (std::size_t i = 0; i < rels.fits.size(); ++i) {
        if (rels.fits[i] == Truth::kTrue) ends[worker].push_back(rels.ends[i]);
      }
    });
    for (const std::vector<NodeNo>& some : ends) {
      for (const NodeNo end : some) to.Add(end, 1);
    }
    if (ends.size() > 1) std::sort(to.nodes.begin(), to.nodes.end());  // Whoever took them.
    return;
  }
  // Half as long as the weights: it is written all over, and should stay in the caches.
  std::vector<std::vector<std::uint32_t>> arrivals(WorkersFor(hop));
  ScanFitting(hop, false, [&](const ScannedRels& rels, std::size_t worker) {
    std::vector<std::uint32_t>& own = arrivals[worker];
    own.resize(view().NodeLimit());
    for (std::size_t i = 0; i < rels.fits.size(); ++i) {
      own[rels.ends[i].value] += static_cast<std::uint32_t>(rels.fits[i]);  // 0, or 1.
    }
  });
  for (const std::vector<std::uint32_t>& own : arrivals) {
    for (std::size_t node = 0; node < own.size(); ++node) to.of[node] += own[node];
  }
  to.FindNodes(view().NodeLimit());
}

/// With the nodes that they lead from and to.
void WalkCounter::DropLoops(std::vector<std::uint32_t>& rels, std::vector<NodeNo>& starts,
                            std::vector<NodeNo>& ends) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rels.size(); ++i) {
    if (starts[i] == ends[i]) continue;
    rels[kept] = rels[i];
    starts[kept] = starts[i];
    ends[kept++] = ends[i];
  }
  rels.resize(kept);
}

/// The number of all walks of two steps, where relationships have conditions, but the last node has
/// none; nullopt where they are counted by end. Of each relationship that fits it is known how many
/// walks it is part of, without a look at where those end.
std::optional<std::int64_t> WalkCounter::CountAlong() {
  CountedStep& first = hops_.front();
  CountedStep& last = hops_.back();
  if (hops_.size() != 2 || !(first.AsksRels() || last.AsksRels()) || !last.HasFreeEnds()) {
    return std::nullopt;
  }
  if (!last.AsksRels() && !LeavesOut() && all_starts_ && AllLeadFromStarts(first)) {
    const std::vector<std::uint32_t> departures = Departures();
    std::atomic<std::int64_t> sum = 0;
    ScanFitting(first, false, [&](const ScannedRels& rels, std::size_t) {
      std::int64_t some = 0;
      for (std::size_t i = 0; i < rels.fits.size(); ++i) {
        some += departures[rels.ends[i].value] & -static_cast<std::uint32_t>(rels.fits[i]);
      }
      sum += some;
    });
    return sum;
  }
  NeedMiddle();
  if (!last.AsksRels()) return SumOfDegrees(last, middle_) - LeftOut(nullptr);
  if (!IsWorthScanning(last, middle_)) return std::nullopt;
  std::atomic<std::int64_t> sum = 0;
  ScanFitting(last, true, [&](const ScannedRels& rels, std::size_t) {
    std::int64_t some = 0;
    for (std::size_t i = 0; i < rels.fits.size(); ++i) {
      some += middle_.of[rels.starts[i].value] & -static_cast<std::int64_t>(rels.fits[i]);
    }
    sum += some;
  });
  return sum - LeftOut(nullptr);
}

/// How many second steps lead from each node that the first step may end at.
std::vector<std::uint32_t> WalkCounter::Departures() {
  CountedStep& first = hops_.front();
  std::vector<std::uint32_t> departures(view().NodeLimit());
  for (std::uint32_t node = 0; node < departures.size(); node += kBlock) {
    const std::size_t count = std::min<std::size_t>(kBlock, departures.size() - node);
    AddDegrees(hops_.back().ways, NodeNo{node}, std::span(departures).subspan(node, count));
  }
  if (first.HasFreeEnds()) return departures;
  std::vector<NodeNo> fitting;
  for (std::uint32_t node = 0; node < departures.size(); ++node) {
    if (departures[node] != 0) fitting.push_back(NodeNo{node});
  }
  first.KeepFitting(fitting);
  std::vector<std::uint32_t> kept(departures.size());
  for (const NodeNo node : fitting) kept[node.value] = departures[node.value];
  return kept;
}

void WalkCounter::Arrivals(NodeNo first, std::span<std::uint32_t> counts) {
  ctx_->Tick();
  for (std::size_t i = 0; i < counts.size(); i += kBlock) {
    const auto part = counts.subspan(i, std::min<std::size_t>(kBlock, counts.size() - i));
    AddDegrees(hops_.front().back, NodeNo{first.value + static_cast<std::uint32_t>(i)}, part);
  }
}

/// As if every start had been walked from: the degree of each node, seen from its side.
void WalkCounter::CountArrivals(CountedStep& hop, Weights& to) {
  if (hop.AsksRels()) return CountFittingArrivals(hop, to);
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

std::int64_t WalkCounter::SumOfDegrees(CountedStep& hop, const Weights& from) const {
  std::int64_t sum = 0;
  for (const NodeNo node : from.nodes) {
    sum += from.of[node.value] * static_cast<std::int64_t>(hop.ways.Degree(node));
  }
  return sum;
}

/// Whether the walks of two steps are arrivals times departures of each node in the middle that
/// fits, but for those there and back along one relationship, of which then all nodes fit.
bool WalkCounter::IsProduct() {
  CountedStep& first = hops_.front();
  if (!all_starts_ || first.AsksRels() || !AllLeadFromStarts(first)) return false;
  const bool either = first.arrow == Arrow::kBoth || hops_.back().arrow == Arrow::kBoth;
  if (TurnsBack() && distinct_) return first.HasFreeEnds() && !(either && MayHaveLoops());
  return !distinct_ || !MayRepeat();
}

std::int64_t WalkCounter::SumOfProducts() {
  const std::uint32_t limit = view().NodeLimit();
  std::array<std::uint32_t, kBlock> arrivals;
  std::array<std::uint32_t, kBlock> departures;
  std::vector<NodeNo> middles;
  std::vector<std::uint32_t> places;  ///< Of those that fit.
  std::int64_t sum = 0;
  const bool asks_first = !hops_.front().HasFreeEnds() && hops_.front().CanAskAny();
  for (std::uint32_t first = 0; first < limit; first += kBlock) {
    ctx_->Tick();
    const std::size_t count = std::min(kBlock, limit - first);
    if (asks_first) {  // All side by side are asked faster than some.
      middles.resize(count);
      for (std::uint32_t i = 0; i < count; ++i) middles[i] = NodeNo{first + i};
      const std::span<const Truth> fits = hops_.front().MarkEnds(middles);
      places.resize(count);
      places.resize(SelectRows(fits, places.data()));
      if (places.size() * kFewOfMany < count) {
        for (const std::uint32_t i : places) {
          sum += static_cast<std::int64_t>(hops_.front().back.Degree(middles[i]) *
                                           hops_.back().ways.Degree(middles[i]));
        }
        continue;
      }
    }
    AddDegrees(hops_.front().back, NodeNo{first}, std::span(arrivals).first(count));
    AddDegrees(hops_.back().ways, NodeNo{first}, std::span(departures).first(count));
    const auto walks = [&](std::size_t i) {
      return static_cast<std::int64_t>(std::uint64_t{arrivals[i]} * departures[i]);
    };
    if (hops_.front().HasFreeEnds()) {
      for (std::size_t i = 0; i < count; ++i) sum += walks(i);
      continue;
    }
    if (asks_first) {
      for (const std::uint32_t i : places) sum += walks(i);
      continue;
    }
    middles.clear();
    for (std::uint32_t i = 0; i < count; ++i) {
      if (arrivals[i] != 0) middles.push_back(NodeNo{first + i});
    }
    hops_.front().KeepFitting(middles);
    for (const NodeNo middle : middles) sum += walks(middle.value - first);
  }
  if (!distinct_ || !TurnsBack()) return sum;
  for (const Way& way : hops_.front().ways.all()) {
    for (const Way& back : hops_.back().ways.all()) {
      if (LeadBack(way, back)) sum -= static_cast<std::int64_t>(view().RelCount(way.type));
    }
  }
  return sum;
}

/// Drops the numbers of nodes that do not fit.
void WalkCounter::Keep(CountedStep& hop, Weights& weights) {
  if (hop.HasFreeEnds()) return;
  std::vector<NodeNo> fitting = weights.nodes;
  hop.KeepFitting(fitting);
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

/// Whether the second step may lead back along the relationship of the first one.
bool WalkCounter::TurnsBack() const {
  return hops_.front().arrow != hops_.back().arrow || hops_.back().arrow == Arrow::kBoth;
}

/// Whether the second step may take a relationship against the direction of the first one.
bool WalkCounter::LeadBack(const Way& there, const Way& back) {
  return there.type == back.type && there.direction != back.direction;
}

bool WalkCounter::MayHaveLoops() const {
  return std::any_of(hops_.front().ways.all().begin(), hops_.front().ways.all().end(),
                     [this](const Way& way) { return view().MayHaveLoops(way.type); });
}

/// Whether there may be walks that do not count.
bool WalkCounter::LeavesOut() const { return leads_away_ || (distinct_ && MayRepeat()); }

/// Whether a walk may take one relationship twice: there and back, or a loop.
bool WalkCounter::MayRepeat() const { return ctx_->writes() || TurnsBack() || MayHaveLoops(); }

/// How many walks do not count, by their start, at which all of them end. They are taken off
/// `ends`, or, where it is nullptr, only counted.
std::int64_t WalkCounter::LeftOut(Weights* ends) {
  if (!LeavesOut()) return 0;
  NeedStarts();
  if (hops_.front().AsksRels() || hops_.back().AsksRels()) return LeftOutFitting(ends);
  std::int64_t left_out = 0;
  for (std::size_t i = 0; i < start_.nodes.size(); ++i) {
    if ((i & 0xFFF) == 0xFFF) ctx_->Tick();
    const NodeNo node = start_.nodes[i];
    const std::int64_t weight = start_.of[node.value];
    if (weight == 0) continue;
    const std::int64_t walks = weight * (leads_away_ ? LedBack(node) : Repeated(node));
    left_out += walks;
    if (ends != nullptr) ends->of[node.value] -= walks;
  }
  return left_out;
}

/// The same where relationships have conditions: those of many walks are asked together.
std::int64_t WalkCounter::LeftOutFitting(Weights* ends) {
  std::int64_t left_out = 0;
  std::vector<std::uint32_t> there, back;
  std::vector<NodeNo> starts;
  const auto take = [&] {
    ctx_->Tick();
    KeepTurnsThatFit(there, back, starts);
    for (const NodeNo node : starts) {
      const std::int64_t weight = start_.of[node.value];
      left_out += weight;
      if (ends != nullptr) ends->of[node.value] -= weight;
    }
    there.clear(), back.clear(), starts.clear();
  };
  for (const NodeNo start : start_.nodes) {
    if (start_.of[start.value] == 0) continue;
    ForEachTurn(start, [&](graph::RelNo to, graph::RelNo from) {
      there.push_back(to.value), back.push_back(from.value), starts.push_back(start);
      if (starts.size() == ctx_->batch_size()) take();
    });
  }
  take();
  return left_out;
}

/// Of walks by their relationships and their start, those of which both relationships fit.
void WalkCounter::KeepTurnsThatFit(std::vector<std::uint32_t>& there,
                                   std::vector<std::uint32_t>& back, std::vector<NodeNo>& starts) {
  const auto keep = [&](CountedStep& hop, const std::vector<std::uint32_t>& asked) {
    if (!hop.AsksRels() || asked.empty()) return;
    std::size_t kept = 0;
    for (const std::uint32_t i : hop.FindFitting(asked)) {
      there[kept] = there[i], back[kept] = back[i];
      starts[kept++] = starts[i];
    }
    there.resize(kept), back.resize(kept), starts.resize(kept);
  };
  keep(hops_.front(), there);
  keep(hops_.back(), back);
}

/// Calls take(first relationship, second one) for the walks from `start` that do not count, through
/// nodes that fit: those that lead back, or that take one relationship twice.
template <typename Take>
void WalkCounter::ForEachTurn(NodeNo start, const Take& take) {
  const Ways& ways = hops_.front().ways;
  const Ways& last = hops_.back().back;
  for (const Way& way : ways.all()) {
    const graph::Adjacency there = ways.Of(way, start);
    for (const Way& back : last.all()) {
      if (!leads_away_ && back.type != way.type) continue;
      const graph::Adjacency here = last.Of(back, start);
      ForEachMeeting(there, here, [&](std::size_t i, std::size_t j) {
        const NodeNo middle = there.nodes[i];
        if (way.Skips(start, middle) || back.Skips(start, middle)) return;
        if (!leads_away_ && here.rel(j) != there.rel(i)) return;
        if (middle_.of[middle.value] != 0) take(there.rel(i), here.rel(j));
      });
    }
  }
}

/// How many walks from `start` take one relationship twice.
std::int64_t WalkCounter::Repeated(NodeNo start) const {
  const CountedStep& first = hops_.front();
  std::int64_t walks = 0;
  for (const Way& way : first.ways.all()) {
    const graph::Adjacency adjacency = first.ways.Of(way, start);
    for (const Way& next : hops_.back().ways.all()) {
      if (next.type != way.type) continue;
      const bool with_loops = !way.skip_loops && !next.skip_loops;
      if (LeadBack(way, next)) {
        walks += Passing(adjacency) - (with_loops ? 0 : Loops(adjacency, start));
      } else if (with_loops) {
        walks += Loops(adjacency, start);
      }
    }
  }
  return walks;
}

/// How many walks from `start` end there: the first step and the last one, seen from there, meet.
std::int64_t WalkCounter::LedBack(NodeNo start) {
  CountedStep& first = hops_.front();
  const Ways& last = hops_.back().back;
  const bool is_any = first.HasFreeEnds();
  std::int64_t walks = 0;
  for (const Way& way : first.ways.all()) {
    const graph::Adjacency there = first.ways.Of(way, start);
    for (const Way& back : last.all()) {
      const graph::Adjacency here = last.Of(back, start);
      const bool all_count = is_any && !way.skip_loops && !back.skip_loops;
      if (all_count && there.size() * here.size() <= kFewPairs) {
        walks += static_cast<std::int64_t>(
            CountEqualPairs(AsNumbers(there.nodes), AsNumbers(here.nodes)));
        continue;
      }
      ForEachMeeting(there, here, [&](std::size_t i, std::size_t) {
        const NodeNo middle = there.nodes[i];
        if (way.Skips(start, middle) || back.Skips(start, middle)) return;
        walks += is_any || middle_.of[middle.value] != 0 ? 1 : 0;
      });
    }
  }
  return walks;
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
