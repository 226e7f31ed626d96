// Order and cycles. The topological order is taken from the least node that nothing is before: the
// depth-first order of Boost.Graph would depend on the order of the adjacency.
//
// Cycles are looked for from their lowest node on, depth first among higher nodes, by a stack of
// our own. A node that cannot lead back in the arcs that are left is not entered: distances back to
// the start are found first.

#include <algorithm>
#include <functional>
#include <queue>

#include "graph/algorithms/components.h"
#include "graph/algorithms/internal/csr.h"
#include "graph/error.h"

namespace verbale::graph::algorithms {

std::vector<Index> TopologicalOrder(const Projection& projection, const Work& work) {
  if (!projection.is_directed()) {
    throw Error(ErrorCode::kInvalidArgument, "a graph without direction has no order");
  }
  const Index n = projection.size();
  work.Hold(std::size_t{n} * 8);
  std::vector<std::uint32_t> before(n);
  for (Index node = 0; node < n; ++node) {
    if (node % 4096 == 0) work.Check();
    for (const Arc& arc : projection.ArcsOf(node)) ++before[arc.to];
  }
  std::priority_queue<Index, std::vector<Index>, std::greater<>> ready;
  for (Index node = 0; node < n; ++node) {
    if (before[node] == 0) ready.push(node);
  }
  std::vector<Index> order;
  order.reserve(n);
  while (!ready.empty()) {
    if (order.size() % 4096 == 0) work.Check();
    order.push_back(ready.top());
    ready.pop();
    for (const Arc& arc : projection.ArcsOf(order.back())) {
      if (--before[arc.to] == 0) ready.push(arc.to);
    }
  }
  if (order.size() == n) return order;
  throw Error(ErrorCode::kInvalidArgument, "there is a cycle, so there is no topological order")
      .WithHint("algo.cycles finds cycles");
}

namespace {

constexpr std::uint32_t kFar = 0xFFFFFFFF;

class CycleSearch {
 public:
  CycleSearch(const Projection& projection, const CycleOptions& options, const Work& work)
      : options_(options),
        work_(work),
        directed_(projection.is_directed()),
        out_(projection, {.rels = true}, work),
        in_(projection, {.reversed = true}, work),
        back_(out_.size(), kFar),
        on_path_(out_.size()) {}

  std::vector<std::vector<Arc>> Run() {
    for (Index start = 0; start < out_.size() && found_.size() < options_.limit; ++start) {
      work_.Check();
      MeasureBack(start);
      if (!reached_.empty()) From(start);
    }
    return std::move(found_);
  }

 private:
  /// Arcs from each higher node back to `start`, as far as a cycle may be long.
  void MeasureBack(Index start) {
    for (const Index node : reached_) back_[node] = kFar;
    reached_.assign(1, start);
    back_[start] = 0;
    for (std::size_t at = 0; at < reached_.size(); ++at) {
      const std::uint32_t next = back_[reached_[at]] + 1;
      if (next >= options_.max_length) break;
      for (const Index node : in_.Of(reached_[at])) {
        if (node <= start || back_[node] != kFar) continue;
        back_[node] = next;
        reached_.push_back(node);
      }
    }
  }

  void From(Index start) {
    struct Frame {
      Index node;
      std::uint64_t next;
    };
    std::vector<Frame> stack{{start, out_.starts[start]}};
    path_.clear();
    std::uint32_t steps = 0;
    while (!stack.empty() && found_.size() < options_.limit) {
      if (++steps % 4096 == 0) work_.Check();
      Frame& top = stack.back();
      if (top.next == out_.starts[top.node + 1]) {
        on_path_[top.node] = false;
        stack.pop_back();
        if (!path_.empty()) path_.pop_back();
        continue;
      }
      const std::uint64_t arc = top.next++;
      const Index to = out_.targets[arc];
      if (to == start) {
        Close({top.node, to, out_.rels[arc]});
        continue;
      }
      if (to < start || on_path_[to] || back_[to] == kFar) continue;
      if (path_.size() + 1 + back_[to] > options_.max_length) continue;
      path_.push_back({top.node, to, out_.rels[arc]});
      on_path_[to] = true;
      stack.push_back({to, out_.starts[to]});
    }
    for (const Frame& frame : stack) on_path_[frame.node] = false;
  }

  /// Without direction each cycle is met both ways round, and each relationship forth and back.
  void Close(const Arc& last) {
    if (path_.size() + 1 > options_.max_length) return;
    if (!directed_) {
      if (path_.size() < 2 || path_.front().to > last.from) return;
    }
    found_.push_back(path_);
    found_.back().push_back(last);
    work_.Hold(found_.back().size() * sizeof(Arc));
  }

  const CycleOptions& options_;
  const Work& work_;
  bool directed_;
  Csr out_, in_;
  std::vector<std::uint32_t> back_;
  std::vector<Index> reached_;
  std::vector<bool> on_path_;
  std::vector<Arc> path_;
  std::vector<std::vector<Arc>> found_;
};

}  // namespace

std::vector<std::vector<Arc>> FindCycles(const Projection& projection, const CycleOptions& options,
                                         const Work& work) {
  return CycleSearch(projection, options, work).Run();
}

}  // namespace verbale::graph::algorithms
