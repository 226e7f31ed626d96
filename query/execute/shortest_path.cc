// Shortest paths between two nodes. Two searches, one from each end, take turns by level, the one
// with fewer steps from its border first; where they meet, the shortest length is known, and the
// paths are read off the steps that each side kept. A shortest walk between two different nodes
// visits no node twice, so it is a trail by itself. Where that is not so (both ends the same, or a
// lower bound above 1), trails are tried by growing length instead; so they are where a condition
// on the whole path is true of none of the shortest, with the other end's distances to leave out
// what cannot get there.

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "query/execute/operators.h"
#include "query/execute/path_builder.h"
#include "query/execute/row_expander.h"
#include "query/execute/walker.h"

namespace verbale::query {
namespace {

using graph::NodeNo;
using graph::RelNo;
using Rels = std::vector<RelNo>;

/// One of the two searches. A node is known when its mark is that of the current search.
class Side {
 public:
  void Begin(NodeNo start, std::uint32_t limit, bool keep_all) {
    if (marks_.size() < limit) {
      marks_.resize(limit, 0);
      depths_.resize(limit);
      firsts_.resize(limit);
    }
    if (++mark_ == 0) {
      std::fill(marks_.begin(), marks_.end(), 0);
      mark_ = 1;
    }
    more_.clear();
    keep_all_ = keep_all;
    depth = 0;
    border.assign(1, start);
    steps.reset();
    marks_[start.value] = mark_;
    depths_[start.value] = 0;
  }
  bool Knows(NodeNo node) const { return marks_[node.value] == mark_; }
  std::uint32_t DepthOf(NodeNo node) const { return depths_[node.value]; }

  /// A step between `node` and `from`, which is on the border. Whether the node is new.
  bool Reach(NodeNo node, NodeNo from, RelNo rel, std::vector<NodeNo>& next) {
    if (!Knows(node)) {
      marks_[node.value] = mark_;
      depths_[node.value] = depth + 1;
      firsts_[node.value] = {from, rel};
      next.push_back(node);
      return true;
    }
    if (keep_all_ && depths_[node.value] == depth + 1) {
      more_[node.value].push_back({from, rel});
    }
    return false;
  }

  /// All ways from `node` back to the start, nearest step first; `note(way)` for each.
  template <typename Note>
  std::vector<Rels> Ways(NodeNo node, bool all, const Note& note) const {
    std::vector<std::pair<NodeNo, Rels>> open = {{node, {}}};
    std::vector<Rels> ways;
    while (!open.empty()) {
      auto [at, rels] = std::move(open.back());
      open.pop_back();
      if (DepthOf(at) == 0) {
        note(rels);
        ways.push_back(std::move(rels));
        if (!all) break;
        continue;
      }
      const auto more = more_.find(at.value);
      if (all && more != more_.end()) {
        for (auto step = more->second.rbegin(); step != more->second.rend(); ++step) {
          open.emplace_back(step->node, rels);
          open.back().second.push_back(step->rel);
        }
      }
      const Step& first = firsts_[at.value];
      rels.push_back(first.rel);
      open.emplace_back(first.node, std::move(rels));
    }
    return ways;
  }

  std::uint32_t depth = 0;
  std::vector<NodeNo> border;
  std::optional<std::size_t> steps;  ///< From the border, once they were counted.

 private:
  std::uint32_t mark_ = 0;
  bool keep_all_ = false;
  std::vector<std::uint32_t> marks_;
  std::vector<std::uint32_t> depths_;
  std::vector<Step> firsts_;
  std::unordered_map<std::uint32_t, std::vector<Step>> more_;
};

class ShortestPathOperator : public RowExpander {
 public:
  ShortestPathOperator(const LogicalShortestPath& op, const LogicalPlan& plan)
      : op_(op),
        walker_(op.arrow, op.types, op.element, Own(Compile(op.element_where, plan))),
        where_(Own(Compile(op.where, plan))),
        all_(op.all || where_ != nullptr) {}

 protected:
  void DoOpen() override { walker_.Open(ctx()); }

  void DoReset() override {
    RowExpander::DoReset();
    lists_.clear();
    Forget();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    Forget();
    const NodeNo from = NodeAt(*rows.at(op_.from), row);
    const NodeNo to = NodeAt(*rows.at(op_.to), row);
    if (from == graph::kNoNode || to == graph::kNoNode) return;
    walker_.SetRow(rows, row);
    rows_ = &rows;
    row_ = row;
    if (from == to && op_.length.min == 0) {
      found_.emplace_back();
      Select();
      if (found_.empty()) TryLengths(from, to, 1);
    } else if (from == to || op_.length.min > 1) {
      TryLengths(from, to, std::max<std::uint64_t>(op_.length.min, 1));
    } else {
      const std::optional<std::uint64_t> shortest = Meet(from, to);
      Select();
      if (shortest && found_.empty()) TryLengths(from, to, *shortest + 1);
    }
  }

  bool Produce(std::size_t room) override {
    const std::size_t count = std::min(room, found_.size() - next_);
    for (std::size_t i = 0; i < count; ++i) {
      lists_.push_back(RelList(found_[next_ + i], view()));
    }
    next_ += count;
    Add(count);
    return next_ == found_.size();
  }

  void Emit(Batch& out) override {
    if (Keeps(op_.rel)) out.Set(op_.rel, NewValues(std::move(lists_)));
    lists_.clear();
  }

 private:
  void Forget() {
    found_.clear();
    next_ = selected_ = 0;
    ctx().Release(held_);
    held_ = 0;
  }

  /// There may be as many paths as there are ways to choose a step, to the power of their length.
  void Note(const Rels& rels) {
    const std::size_t bytes = sizeof(Rels) + rels.size() * sizeof(RelNo);
    held_ += bytes;
    ctx().Tick();
    ctx().Hold(bytes);
  }

  void Find(Rels path) {
    Note(path);
    found_.push_back(std::move(path));
  }

  /// Whether no more paths of this length are needed.
  bool Enough() {
    if (where_ == nullptr) return !op_.all;
    if (found_.size() - selected_ < ctx().batch_size()) return false;
    Select();
    return !op_.all && !found_.empty();
  }

  /// Drops what the condition is not true of.
  void Select() {
    if (where_ == nullptr || selected_ == found_.size()) return;
    const std::vector<std::uint32_t> parents(found_.size() - selected_, row_);
    Batch batch;
    GatherBatch(*rows_, parents, where_->reads(), batch);
    std::vector<graph::Value> lists, paths;
    for (std::size_t i = selected_; i < found_.size(); ++i) {
      lists.push_back(RelList(found_[i], view()));
      PathBuilder builder(view());
      builder.AddNode(NodeAt(*rows_->at(op_.from), row_));
      for (const RelNo rel : found_[i]) builder.AddRel(rel);
      paths.push_back(builder.Finish());
    }
    batch.rows = parents.size();
    batch.Set(op_.rel, NewValues(std::move(lists)));
    if (op_.path != kNoSlot) batch.Set(op_.path, NewValues(std::move(paths)));
    std::vector<std::uint32_t> hits;
    SelectTrue(*where_, batch, view(), hits);
    if (!op_.all && !hits.empty()) hits.erase(hits.begin() + 1, hits.end());
    const std::size_t first = selected_;
    for (const std::uint32_t hit : hits) std::swap(found_[selected_++], found_[first + hit]);
    found_.resize(selected_);
  }

  /// The length of the shortest paths, all of which are in found_; nullopt where there is none.
  std::optional<std::uint64_t> Meet(NodeNo from, NodeNo to) {
    const std::uint32_t limit = view().NodeLimit();
    front_.Begin(from, limit, all_);
    back_.Begin(to, limit, all_);
    std::vector<NodeNo> meetings;
    while (meetings.empty() && !front_.border.empty() && !back_.border.empty()) {
      if (op_.length.max && front_.depth + back_.depth >= *op_.length.max) {
        return std::nullopt;
      }
      const bool forward = StepsFrom(front_, false) <= StepsFrom(back_, true);
      Grow(forward ? front_ : back_, forward ? back_ : front_, !forward, meetings);
    }
    if (meetings.empty()) return std::nullopt;
    const std::uint64_t length = front_.depth + back_.depth;
    const auto note = [this](const Rels& rels) { Note(rels); };
    for (const NodeNo node : meetings) {
      const std::vector<Rels> seconds = back_.Ways(node, all_, note);
      for (const Rels& first : front_.Ways(node, all_, note)) {
        for (const Rels& second : seconds) {
          Rels path(first.rbegin(), first.rend());
          path.insert(path.end(), second.begin(), second.end());
          Find(std::move(path));
          if (Enough()) return length;
        }
      }
    }
    return length;
  }

  /// How many steps there are from the border.
  std::size_t StepsFrom(Side& side, bool backward) {
    if (!side.steps) {
      side.steps = 0;
      for (const NodeNo node : side.border) *side.steps += walker_.CountSteps(node, backward);
    }
    return *side.steps;
  }

  template <typename Visit>
  bool VisitSteps(NodeNo node, bool backward, const Visit& visit) {
    if (!walker_.has_condition()) return walker_.VisitSteps(node, backward, visit);
    steps_.clear();
    walker_.Steps(node, backward, steps_);
    return std::all_of(steps_.begin(), steps_.end(), visit);
  }

  /// One level further on one side; `meetings` are the nodes that the other side knows. All of a
  /// level are equally far, so the first one is enough for one path.
  void Grow(Side& side, const Side& other, bool backward, std::vector<NodeNo>& meetings) {
    ctx().Tick();
    std::vector<NodeNo> next;
    for (std::size_t i = 0; i < side.border.size(); ++i) {
      if (i + Ways::kAhead < side.border.size()) {
        walker_.Prefetch(side.border[i + Ways::kAhead], backward);
      }
      const NodeNo node = side.border[i];
      const auto take = [&](const Step& step) {
        const bool is_new = side.Reach(step.node, node, step.rel, next);
        if (!is_new || all_ || !other.Knows(step.node)) return true;
        meetings.push_back(step.node);
        return false;
      };
      if (!VisitSteps(node, backward, take)) return;
    }
    ++side.depth;
    side.steps.reset();
    for (const NodeNo node : next) {
      if (other.Knows(node)) meetings.push_back(node);
    }
    side.border = std::move(next);
  }

  /// Trails from `from` to `to` of the smallest length, from `length` on, that has any.
  void TryLengths(NodeNo from, NodeNo to, std::uint64_t length) {
    if (where_ != nullptr) FindDistances(to);
    while (!op_.length.max || length <= *op_.length.max) {
      if (where_ != nullptr) Forget();
      const bool any = TryLength(from, to, length);
      Select();
      if (!any || !found_.empty()) return;
      ++length;
    }
  }

  /// How far every node is from `to`, into back_.
  void FindDistances(NodeNo to) {
    front_.Begin(to, view().NodeLimit(), false);
    back_.Begin(to, view().NodeLimit(), false);
    std::vector<NodeNo> meetings;
    while (!back_.border.empty()) Grow(back_, front_, true, meetings);
  }

  /// Whether a step to `node` as the `count`th may be on a trail of `length`. One that could be on
  /// a longer trail counts as `any`.
  bool CanArrive(NodeNo node, std::size_t count, std::uint64_t length, bool& any) const {
    if (where_ == nullptr) return true;
    if (!back_.Knows(node)) return false;
    if (count + back_.DepthOf(node) <= length) return true;
    any = true;
    return false;
  }

  /// Whether there is any trail of this length; those that end at `to` go into found_.
  bool TryLength(NodeNo from, NodeNo to, std::uint64_t length) {
    struct Frame {
      std::vector<Step> steps;
      std::size_t next = 0;
    };
    std::vector<Frame> frames(1);
    Rels trail;
    walker_.Steps(from, false, frames.back().steps);
    bool any = false;
    while (!frames.empty()) {
      ctx().Tick();
      Frame& frame = frames.back();
      if (frame.next == frame.steps.size()) {
        frames.pop_back();
        if (!trail.empty()) trail.pop_back();
        continue;
      }
      const Step step = frame.steps[frame.next++];
      if (std::find(trail.begin(), trail.end(), step.rel) != trail.end()) continue;
      if (!CanArrive(step.node, trail.size() + 1, length, any)) continue;
      trail.push_back(step.rel);
      frames.emplace_back();
      if (trail.size() < length) {
        walker_.Steps(step.node, false, frames.back().steps);
        continue;
      }
      any = true;
      if (step.node != to) continue;
      Find(trail);
      if (Enough()) return true;
    }
    return any;
  }

  LogicalShortestPath op_;
  Walker walker_;
  Side front_;
  Side back_;
  std::vector<Step> steps_;
  Expression* where_;  ///< Of whole paths; nullptr: none.
  bool all_;           ///< All of the shortest are found first.
  const Batch* rows_ = nullptr;
  std::uint32_t row_ = 0;
  std::vector<Rels> found_;
  std::size_t selected_ = 0;  ///< So many of found_ fulfil the condition.
  std::size_t next_ = 0;
  std::size_t held_ = 0;
  std::vector<graph::Value> lists_;
};

}  // namespace

OperatorPtr MakeShortestPath(const LogicalShortestPath& op, const LogicalPlan& plan) {
  return std::make_unique<ShortestPathOperator>(op, plan);
}

}  // namespace verbale::query
