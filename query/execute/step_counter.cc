// A condition is asked of each end once, however often it is met. How, depends on how many are met:
// a few are sorted; of more the answers are kept by node; where about as many are met as there are
// nodes that may be ends, all of those are asked in their order, which costs a fraction of asking
// them as they come. Where few of all fit, the relationships are walked from there, once for all
// starts.
//
// Conditions on the relationships are asked of the relationships of many starts together.

#include "query/execute/step_counter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "query/execute/kernels.h"

namespace verbale::query {

using graph::NodeNo;

namespace {

/// So many times fewer ends than there are nodes are few.
constexpr std::size_t kSparse = 64;
/// Ends of a start that are looked at first, where one that fits is enough.
constexpr std::size_t kFirstEnds = 8;
/// Asking a node as it is met costs so many times as much as asking it among all.
constexpr std::size_t kInOrder = 16;
/// Parts of all steps so small that it is worth to walk them from their ends: to count them, and
/// to find out whether there are any.
constexpr std::size_t kFewToCount = 6;
constexpr double kFewToFind = 4;
/// Ends that fit need not have as many steps as others: so many times too many are not counted.
constexpr double kFarFromFew = 3;
/// A step back writes where looking at an end reads.
constexpr double kCostOfStepBack = 4;
/// Verdicts that are looked at without a branch.
constexpr std::size_t kAtOnce = 16;
/// The part of all ends from which on the first one of a start mostly fits.
constexpr double kMost = 0.5;
/// More ends of a start than that take longer to be looked at than to find the first that fits, and
/// longer to be summed up one by one than to be counted by bits.
constexpr std::size_t kSeveral = 5;
/// Starts that are looked at to see how many ends each has.
constexpr std::size_t kSample = 64;
/// Relationships that are looked at together, and more only of one start.
constexpr std::size_t kTogether = 8192;

/// Whether `next` lies right behind `before`, so that the two can be one.
bool Follows(const graph::Adjacency& before, const graph::Adjacency& next) {
  const std::size_t size = before.size();
  if (before.nodes.data() + size != next.nodes.data()) return false;
  if (before.rels == nullptr && next.rels == nullptr) return before.rel(size) == next.first;
  return before.rels != nullptr && before.rels + size == next.rels;
}

/// What stands before and behind the loops at `node`.
std::array<graph::Adjacency, 2> AroundLoops(const graph::Adjacency& all, NodeNo node) {
  const auto [begin, end] = std::equal_range(all.nodes.begin(), all.nodes.end(), node);
  const auto before = static_cast<std::size_t>(begin - all.nodes.begin());
  const auto behind = static_cast<std::size_t>(end - all.nodes.begin());
  return {
      graph::Adjacency{all.nodes.first(before), all.rels, all.first},
      graph::Adjacency{all.nodes.subspan(behind), all.rels != nullptr ? all.rels + behind : nullptr,
                       graph::RelNo{all.first.value + static_cast<std::uint32_t>(behind)}}};
}

}  // namespace

void StepCounter::Open(ExecContext& ctx) {
  ctx_ = &ctx;
  ForgetVerdicts();
  step_.Open(ctx);
}

void StepCounter::Refresh() {
  if (ctx_->writes()) ForgetVerdicts();
  step_.Refresh();
}

void StepCounter::ForgetVerdicts() {
  if (knows_all_) std::fill(verdicts_.begin(), verdicts_.end(), kUnknown);
  for (const NodeNo node : asked_) verdicts_[node.value] = kUnknown;
  asked_.clear();
  knows_all_ = false;
  met_ = 0;
  is_far_from_few_ = false;
  has_tally_ = false;
  has_reached_ = false;
}

template <typename Take>
void StepCounter::ForEachEnd(std::span<const NodeNo> starts, const Take& take) const {
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (starts[i] == graph::kNoNode) continue;
    for (const Way& way : step_.ways.all()) {
      for (const NodeNo end : step_.ways.Of(way, starts[i]).nodes) {
        if (!way.Skips(starts[i], end)) take(i, end);
      }
    }
  }
}

/// How many ends the starts have, of each `limit` at most.
std::size_t StepCounter::CountEnds(std::span<const NodeNo> starts, std::size_t limit) const {
  std::size_t ends = 0;
  for (const NodeNo start : starts) {
    if (start != graph::kNoNode) ends += std::min(step_.ways.Degree(start), limit);
  }
  return ends;
}

void StepCounter::Count(std::span<const NodeNo> starts, bool any, std::span<std::int64_t> counts) {
  ctx_->Tick();
  if (step_.AsksRels()) return CountAlong(starts, counts);
  if (step_.HasFreeEnds()) {
    if (!CountSideBySide(starts, counts)) CountDegrees(starts, counts);
    return;
  }
  if (!knows_all_) {
    const std::size_t ends = CountEnds(starts, any ? kFirstEnds : SIZE_MAX);
    if (verdicts_.empty() && met_ + ends < view().NodeLimit() / kSparse) {
      met_ += ends;
      return CountFew(starts, counts);
    }
    if (verdicts_.size() < view().NodeLimit()) verdicts_.resize(view().NodeLimit(), kUnknown);
    met_ += ends;
    if (IsWorthAskingAll(met_)) AskAll(starts, any);
  } else if (!any && !has_tally_) {
    met_ += CountEnds(starts, SIZE_MAX);
    WalkBackIfFew(starts, any);
  }
  if (has_tally_) {
    for (std::size_t i = 0; i < starts.size(); ++i) {
      counts[i] = starts[i] == graph::kNoNode ? 0 : tally_[starts[i].value];
    }
    return;
  }
  if (has_reached_) {
    for (std::size_t i = 0; i < starts.size(); ++i) {
      counts[i] = starts[i] != graph::kNoNode && reached_.Has(starts[i]) ? 1 : 0;
    }
    return;
  }
  if (any && step_.ways.all().size() == 1) return FindFitting(starts, counts);
  if ((CountFitting(starts, counts) & kUnknown) == 0) return;
  AskEnds(starts);
  CountFitting(starts, counts);
}

/// Degrees as they lie, where the starts follow one another; false where they do not.
bool StepCounter::CountSideBySide(std::span<const NodeNo> starts, std::span<std::int64_t> counts) {
  if (starts.empty() || starts.back() == graph::kNoNode || ctx_->counts.nodes_deleted != 0 ||
      step_.ways.SkipsLoops() || !AreConsecutive(AsNumbers(starts))) {
    return false;
  }
  degrees_.resize(starts.size());
  std::fill(counts.begin(), counts.end(), 0);
  for (const Way& way : step_.ways.all()) {
    way.table.Degrees(starts.front(), degrees_);
    for (std::size_t i = 0; i < starts.size(); ++i) counts[i] += degrees_[i];
  }
  return true;
}

void StepCounter::CountDegrees(std::span<const NodeNo> starts, std::span<std::int64_t> counts) {
  const std::vector<Way>& ways = step_.ways.all();
  if (ways.size() == 1 && !ways[0].skip_loops && ctx_->counts.nodes_deleted == 0) {
    const graph::AdjacencyTable& table = ways[0].table;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      counts[i] = starts[i] != graph::kNoNode ? table.Degree(starts[i]) : 0;
    }
    return;
  }
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const bool is_node = starts[i] != graph::kNoNode;
    counts[i] = is_node ? static_cast<std::int64_t>(step_.ways.Degree(starts[i])) : 0;
  }
}

/// For the start some places behind `at`.
void StepCounter::PrefetchAhead(std::span<const NodeNo> starts, std::size_t at) const {
  if (at + Ways::kAhead >= starts.size()) return;
  const NodeNo ahead = starts[at + Ways::kAhead];
  if (ahead != graph::kNoNode) step_.ways.Prefetch(ahead);
}

/// Takes relationships along one way from the first starts, until they are worth looking at. How
/// many starts that were.
std::size_t StepCounter::Gather(const Way& way, std::span<const NodeNo> starts) {
  if (const auto taken = GatherSideBySide(way, starts)) return *taken;
  pieces_.clear();
  bounds_.resize(starts.size() + 1);
  bounds_[0] = 0;
  graph::Adjacency piece;
  std::uint32_t size = 0;
  const auto add = [&](const graph::Adjacency& next) {
    if (Follows(piece, next)) {
      piece.nodes = {piece.nodes.data(), piece.size() + next.size()};
    } else if (next.size() > 0) {
      if (piece.size() > 0) pieces_.push_back(piece);
      piece = next;
    }
    size += static_cast<std::uint32_t>(next.size());
  };
  std::size_t taken = 0;
  for (; taken < starts.size() && size < kTogether; ++taken) {
    PrefetchAhead(starts, taken);
    if (starts[taken] != graph::kNoNode) {
      const graph::Adjacency all = step_.ways.Of(way, starts[taken]);
      if (way.skip_loops) {
        for (const graph::Adjacency& part : AroundLoops(all, starts[taken])) add(part);
      } else {
        add(all);
      }
    }
    bounds_[taken + 1] = size;
  }
  if (piece.size() > 0) pieces_.push_back(piece);
  bounds_.resize(taken + 1);
  return taken;
}

/// The same where the starts follow one another, and so do their relationships.
std::optional<std::size_t> StepCounter::GatherSideBySide(const Way& way,
                                                         std::span<const NodeNo> starts) {
  if (way.skip_loops || !AreConsecutive(AsNumbers(starts))) return std::nullopt;
  const auto part = step_.ways.PartOf(way, starts.front(), starts.size());
  if (!part) return std::nullopt;
  const std::uint32_t begin = part->starts.front();
  std::size_t taken = starts.size();
  if (part->starts.back() - begin >= kTogether) {
    const auto enough = std::lower_bound(part->starts.begin() + 1, part->starts.end(),
                                         begin + static_cast<std::uint32_t>(kTogether));
    taken = static_cast<std::size_t>(enough - part->starts.begin());
  }
  bounds_.resize(taken + 1);
  for (std::size_t i = 0; i <= taken; ++i) bounds_[i] = part->starts[i] - begin;
  pieces_.assign(1, {{part->nodes + begin, bounds_.back()},
                     part->rels != nullptr ? part->rels + begin : nullptr,
                     graph::RelNo{part->first_rel.value + begin}});
  return taken;
}

/// Adds to the count of each start those of what was gathered that fit, as `fits` tells in its
/// lowest bits.
void StepCounter::AddFitting(std::span<const std::uint8_t> fits, std::span<std::int64_t> counts) {
  PackBits(fits, bits_);
  AddBitCounts(bits_, bounds_, counts);
}

/// Where few ends are met, an array by node would cost more than they do.
void StepCounter::CountFew(std::span<const NodeNo> starts, std::span<std::int64_t> counts) {
  std::vector<NodeNo> fitting;
  ForEachEnd(starts, [&](std::size_t, NodeNo end) { fitting.push_back(end); });
  std::sort(fitting.begin(), fitting.end());
  fitting.erase(std::unique(fitting.begin(), fitting.end()), fitting.end());
  step_.KeepFitting(fitting);
  std::fill(counts.begin(), counts.end(), 0);
  ForEachEnd(starts, [&](std::size_t start, NodeNo end) {
    counts[start] += std::binary_search(fitting.begin(), fitting.end(), end) ? 1 : 0;
  });
}

/// Beside each end that was gathered its verdict; all verdicts together.
unsigned StepCounter::MarkVerdicts() {
  fits_.resize(bounds_.back());
  const std::uint8_t* const verdicts = verdicts_.data();
  unsigned seen = 0;
  std::uint8_t* into = fits_.data();
  for (const graph::Adjacency& piece : pieces_) {
    for (const NodeNo end : piece.nodes) {
      const std::uint8_t verdict = verdicts[end.value];
      seen |= verdict;
      *into++ = verdict;
    }
  }
  return seen;
}

/// Likewise where starts have few ends: those that fit are summed up as they are met, and added to
/// the count of each start.
unsigned StepCounter::AddVerdicts(std::span<std::int64_t> counts) {
  const std::uint8_t* const verdicts = verdicts_.data();
  sums_.resize(bounds_.back() + std::size_t{1});
  unsigned seen = 0;
  std::uint32_t sum = 0;
  std::uint32_t* into = sums_.data();
  *into = 0;
  for (const graph::Adjacency& piece : pieces_) {
    for (const NodeNo end : piece.nodes) {
      const unsigned verdict = verdicts[end.value];
      seen |= verdict;
      *++into = sum += verdict & kFits;
    }
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counts[i] += sums_[bounds_[i + 1]] - sums_[bounds_[i]];
  }
  return seen;
}

/// Steps to ends that fit, as far as is known; all verdicts together. Ends are few at each start
/// and lie side by side, so they are looked at as one array, without a branch at the end of a
/// start.
unsigned StepCounter::CountFitting(std::span<const NodeNo> starts, std::span<std::int64_t> counts) {
  std::fill(counts.begin(), counts.end(), 0);
  unsigned seen = 0;
  for (const Way& way : step_.ways.all()) {
    for (std::size_t first = 0; first < starts.size();) {
      const std::size_t taken = Gather(way, starts.subspan(first));
      if (bounds_.back() > kSeveral * taken) {
        seen |= MarkVerdicts();
        AddFitting(fits_, counts.subspan(first, taken));
      } else {
        seen |= AddVerdicts(counts.subspan(first, taken));
      }
      first += taken;
    }
  }
  return seen;
}

/// kFits is among them where one of them fits; else all verdicts together.
unsigned StepCounter::VerdictsOf(std::span<const NodeNo> ends) const {
  const std::uint8_t* const verdicts = verdicts_.data();
  unsigned seen = 0;
  for (std::size_t begin = 0; begin < ends.size(); begin += kAtOnce) {
    for (const NodeNo end : ends.subspan(begin, std::min(kAtOnce, ends.size() - begin))) {
      seen |= verdicts[end.value];
    }
    if ((seen & kFits) != 0) return seen;
  }
  return seen;
}

/// Where most ends fit, most starts are done with the first one. False where the starts and their
/// relationships do not lie side by side.
bool StepCounter::FindAmongMost(const Way& way, std::span<const NodeNo> starts,
                                std::span<std::int64_t> counts) {
  if (starts.empty() || way.skip_loops || !AreConsecutive(AsNumbers(starts))) return false;
  const auto part = step_.ways.PartOf(way, starts.front(), starts.size());
  if (!part) return false;
  const std::uint32_t* const bounds = part->starts.data();
  const std::uint32_t last = bounds[starts.size()];
  if (last == bounds[0]) {
    std::fill(counts.begin(), counts.end(), 0);
    return true;
  }
  open_.resize(starts.size());
  std::size_t open = 0;
  for (std::uint32_t i = 0; i < starts.size(); ++i) {
    // Of a start without ends some other one is looked at in vain.
    const NodeNo end = part->nodes[std::min(bounds[i], last - 1)];
    const bool has_ends = bounds[i] < bounds[i + 1];
    const bool fits = has_ends & ((verdicts_[end.value] & kFits) != 0);
    counts[i] = fits ? 1 : 0;
    open_[open] = i;  // Kept only where the next one moves on.
    open += has_ends & !fits ? 1 : 0;
  }
  for (const std::uint32_t i : std::span(open_).first(open)) {
    counts[i] = VerdictsOf({part->nodes + bounds[i], part->nodes + bounds[i + 1]}) & kFits;
  }
  return true;
}

/// Of starts with many ends the first that fits is enough.
void StepCounter::FindKnown(const Way& way, std::span<const NodeNo> starts,
                            std::span<std::int64_t> counts) {
  const auto sample = starts.first(std::min(kSample, starts.size()));
  const std::size_t ends = CountEnds(sample, SIZE_MAX);
  const bool has_several = ends > sample.size() * kSeveral;
  if (has_several && fitting_ > kMost && FindAmongMost(way, starts, counts)) return;
  if (ends < sample.size() * kAtOnce) {
    CountFitting(starts, counts);
    return;
  }
  for (std::size_t i = 0; i < starts.size(); ++i) {
    PrefetchAhead(starts, i);
    const bool is_node = starts[i] != graph::kNoNode;
    counts[i] = is_node ? VerdictsOf(step_.ways.Of(way, starts[i]).nodes) & kFits : 0;
  }
}

/// In rounds: the first ends of each start, then more ends of those that have none yet that fits;
/// so that of many ends a few are asked.
void StepCounter::FindFitting(std::span<const NodeNo> starts, std::span<std::int64_t> counts) {
  const Way& way = step_.ways.all().front();
  if (knows_all_) return FindKnown(way, starts, counts);
  std::vector<std::uint32_t> open, next, waiting;
  std::vector<NodeNo> ends;
  for (std::uint32_t i = 0; i < starts.size(); ++i) {
    counts[i] = 0;
    if (starts[i] != graph::kNoNode) open.push_back(i);
  }
  std::size_t begin = 0;
  for (std::size_t width = kFirstEnds; !open.empty(); begin += width, width *= 4) {
    if (begin > 0 && IsWorthAskingAll(met_ += open.size() * width)) {
      AskAll(starts, true);
      return FindKnown(way, starts, counts);
    }
    const auto window = [&](std::uint32_t i) {
      const std::span all = step_.ways.Of(way, starts[i]).nodes;
      const std::size_t from = std::min(begin, all.size());
      return all.subspan(from, std::min(width, all.size() - from));
    };
    const auto decide = [&](std::uint32_t i, unsigned seen, std::size_t looked_at) {
      counts[i] = seen & kFits;
      if (counts[i] == 0 && looked_at == width) next.push_back(i);
    };
    for (std::size_t k = 0; k < open.size(); ++k) {
      if (k + Ways::kAhead < open.size()) step_.ways.Prefetch(starts[open[k + Ways::kAhead]]);
      const std::uint32_t i = open[k];
      const std::span<const NodeNo> some = window(i);
      const unsigned seen = VerdictsOf(some);
      if ((seen & kFits) != 0 || seen == kFitsNot) {
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

void StepCounter::AskEnds(std::span<const NodeNo> starts) {
  std::vector<NodeNo> ends;
  ForEachEnd(starts, [&](std::size_t, NodeNo end) {
    if (verdicts_[end.value] != kUnknown) return;
    verdicts_[end.value] = kAsked;  // So that it is there once.
    ends.push_back(end);
  });
  Ask(ends);
}

/// Asks the conditions of ends that were not asked before, together.
void StepCounter::Ask(std::vector<NodeNo>& ends) {
  for (const NodeNo end : ends) verdicts_[end.value] = kFitsNot;  // Unless it is found to fit.
  asked_.insert(asked_.end(), ends.begin(), ends.end());
  step_.KeepFitting(ends);
  for (const NodeNo end : ends) verdicts_[end.value] = kFits;
}

/// Where so many ends are met.
bool StepCounter::IsWorthAskingAll(std::size_t ends) {
  if (!step_.CanAskAny() || ctx_->writes()) return false;
  std::uint64_t nodes = view().NodeCount();
  if (step_.label) {
    const auto label = view().catalog().FindLabel(*step_.label);
    nodes = label ? view().NodeCount(*label) : 0;
  }
  return nodes <= ends * kInOrder;
}

/// From all nodes.
std::size_t StepCounter::CountSteps() const {
  std::size_t steps = 0;
  for (const Way& way : step_.ways.all()) steps += view().RelCount(way.type);
  return steps;
}

/// So many steps to ends that fit are worth to be walked from there, once for all starts. Where one
/// that fits is enough, a start with many ends is done after a few of them.
std::size_t StepCounter::MostToWalkBack(std::span<const NodeNo> starts, bool any) const {
  const std::size_t steps = CountSteps();
  if (!any) return steps / kFewToCount;
  if (starts.empty()) return 0;
  const auto sample = starts.first(std::min(kSample, starts.size()));
  const std::size_t ends = std::max<std::size_t>(1, CountEnds(sample, SIZE_MAX) / sample.size());
  // Of `f` of all steps: where walking those takes less than looking at 1 / f ends of each start.
  const double part = std::min(1.0 / kFewToFind, std::sqrt(1.0 / (kFewToFind * double(ends))));
  return static_cast<std::size_t>(part * static_cast<double>(steps));
}

/// Asks all nodes that may be ends, so that none is left unknown.
void StepCounter::AskAll(std::span<const NodeNo> starts, bool any) {
  static_assert(kFitsNot == static_cast<int>(Truth::kFalse) &&
                kFits == static_cast<int>(Truth::kTrue));
  std::fill(verdicts_.begin(), verdicts_.end(), kFitsNot);
  asked_.clear();
  knows_all_ = true;
  const auto label =
      step_.label ? view().catalog().FindLabel(*step_.label) : std::optional<graph::LabelId>();
  if (step_.label && !label) return;
  std::size_t asked = 0, fitting = 0;
  graph::VisitNodes(view(), label, [&](std::span<const NodeNo> nodes) {
    if (nodes.empty()) return;
    const std::span<const Truth> marks = step_.MarkEnds(nodes);
    if (AreConsecutive(AsNumbers(nodes))) {
      std::transform(marks.begin(), marks.end(), verdicts_.begin() + nodes.front().value,
                     [](Truth mark) { return static_cast<std::uint8_t>(mark); });
    } else {
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        verdicts_[nodes[i].value] = static_cast<std::uint8_t>(marks[i]);
      }
    }
    asked += nodes.size();
    fitting += CountTrue(marks);
  });
  fitting_ = asked == 0 ? 0 : static_cast<double>(fitting) / static_cast<double>(asked);
  WalkBackIfFew(starts, any);
}

/// Not before so many ends were looked at from the other side as walking back would take.
void StepCounter::WalkBackIfFew(std::span<const NodeNo> starts, bool any) {
  if (step_.AsksRels() || is_far_from_few_) return;
  const double expected = fitting_ * static_cast<double>(CountSteps());
  const std::size_t few = MostToWalkBack(starts, any);
  if (expected > kFarFromFew * static_cast<double>(few)) return;
  if (!any && expected * kCostOfStepBack > static_cast<double>(met_)) return;
  if (CountArrivals(few) <= few) {
    std::vector<NodeNo> fitting;
    for (std::uint32_t node = 0; node < verdicts_.size(); ++node) {
      if (verdicts_[node] == kFits) fitting.push_back(NodeNo{node});
    }
    MakeTally(fitting, any);
  } else {
    is_far_from_few_ = true;
  }
}

/// How many steps lead to ends that fit; no more than `enough` and some are counted.
std::size_t StepCounter::CountArrivals(std::size_t enough) {
  std::size_t arrivals = 0;
  degrees_.resize(kTogether);
  for (std::uint32_t first = 0; first < verdicts_.size() && arrivals <= enough;) {
    const std::size_t count = std::min<std::size_t>(kTogether, verdicts_.size() - first);
    const std::span degrees = std::span(degrees_).first(count);
    for (const Way& way : step_.back.all()) {
      way.table.Degrees(NodeNo{first}, degrees);
      std::uint32_t sum = 0;
      for (std::size_t i = 0; i < count; ++i) {
        sum += degrees[i] & -static_cast<std::uint32_t>(verdicts_[first + i] & kFits);
      }
      arrivals += sum;
    }
    first += static_cast<std::uint32_t>(count);
  }
  return arrivals;
}

/// Calls take(start) for each step that leads to one of `ends`.
template <typename Take>
void StepCounter::WalkBack(std::span<const NodeNo> ends, const Take& take) const {
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (i % kTogether == 0) ctx_->Tick();
    if (i + Ways::kAhead < ends.size()) step_.back.Prefetch(ends[i + Ways::kAhead]);
    for (const Way& way : step_.back.all()) {
      for (const NodeNo start : step_.back.Of(way, ends[i]).nodes) {
        if (!way.Skips(ends[i], start)) take(start);
      }
    }
  }
}

/// By start, once and for all starts, from the ends that fit.
void StepCounter::MakeTally(std::span<const NodeNo> fitting, bool any) {
  if (any) {
    reached_.Reserve(view().NodeLimit());
    reached_.Clear();
    WalkBack(fitting, [this](NodeNo start) { reached_.Put(start); });
    has_reached_ = true;
  } else {
    tally_.assign(view().NodeLimit(), 0);
    WalkBack(fitting, [this](NodeNo start) { ++tally_[start.value]; });
    has_tally_ = true;
  }
}

/// Where there are conditions on the relationships.
void StepCounter::CountAlong(std::span<const NodeNo> starts, std::span<std::int64_t> counts) {
  std::fill(counts.begin(), counts.end(), 0);
  if (!step_.HasFreeEnds() && !knows_all_) {
    if (verdicts_.size() < view().NodeLimit()) verdicts_.resize(view().NodeLimit(), kUnknown);
    if (IsWorthAskingAll(met_ += CountEnds(starts, SIZE_MAX))) AskAll(starts, false);
  }
  for (const Way& way : step_.ways.all()) {
    for (std::size_t first = 0; first < starts.size();) {
      ctx_->Tick();
      const std::size_t taken = Gather(way, starts.subspan(first));
      const std::span<const Truth> fits = MarkGathered();
      AddFitting({reinterpret_cast<const std::uint8_t*>(fits.data()), fits.size()},
                 counts.subspan(first, taken));
      first += taken;
    }
  }
}

/// Which of the relationships that were gathered fit.
std::span<const Truth> StepCounter::MarkGathered() {
  std::vector<std::uint32_t> rels(bounds_.back());
  std::uint32_t* into = rels.data();
  for (const graph::Adjacency& piece : pieces_) {
    if (piece.rels != nullptr) {
      for (std::size_t i = 0; i < piece.size(); ++i) into[i] = piece.rels[i].value;
    } else {
      std::iota(into, into + piece.size(), piece.first.value);
    }
    into += piece.size();
  }
  const std::span<Truth> fits = step_.MarkFitting(std::move(rels));
  if (!step_.HasFreeEnds()) DropThoseWithOtherEnds(GatheredEnds(), fits);
  return fits;
}

/// The ends of what was gathered, side by side.
std::span<const NodeNo> StepCounter::GatheredEnds() {
  if (pieces_.size() == 1) return pieces_.front().nodes;
  ends_.clear();
  for (const graph::Adjacency& piece : pieces_) {
    ends_.insert(ends_.end(), piece.nodes.begin(), piece.nodes.end());
  }
  return ends_;
}

/// Of the relationships that lead to `ends` and fit.
void StepCounter::DropThoseWithOtherEnds(std::span<const NodeNo> ends, std::span<Truth> fits) {
  if (!knows_all_) {
    std::vector<NodeNo> unknown;
    for (std::size_t i = 0; i < fits.size(); ++i) {
      std::uint8_t& verdict = verdicts_[ends[i].value];
      if (fits[i] != Truth::kTrue || verdict != kUnknown) continue;
      verdict = kAsked;
      unknown.push_back(ends[i]);
    }
    Ask(unknown);
  }
  for (std::size_t i = 0; i < fits.size(); ++i) {
    fits[i] = static_cast<Truth>(static_cast<unsigned>(fits[i]) & verdicts_[ends[i].value] & kFits);
  }
}

}  // namespace verbale::query
