#pragma once

// The relationships that a step of a pattern may take, as tables of the View: one for each type
// that fits, in each direction that the arrow allows.

#include <algorithm>
#include <optional>
#include <vector>

#include "query/execute/context.h"
#include "query/execute/names.h"

namespace verbale::query {

/// One table of a step.
struct Way {
  graph::AdjacencyTable table;
  graph::TypeId type;
  graph::Direction direction = graph::Direction::kOut;
  bool skip_loops = false;  ///< A loop stands in both directions and is taken from one.

  bool Skips(graph::NodeNo from, graph::NodeNo to) const { return skip_loops && from == to; }
};

class Ways {
 public:
  Ways(Arrow arrow, const std::optional<LabelExpr>& types, std::optional<std::string> to_label)
      : arrow_(arrow), types_(types), to_label_(std::move(to_label)), label_(to_label_) {}

  void Open(ExecContext& ctx);
  /// Looks again at what there is: to be called before each batch of nodes.
  void Refresh();

  /// By type, then out before in.
  const std::vector<Way>& all() const { return ways_; }
  /// Whether some are skipped, since they stand in both directions.
  bool SkipsLoops() const {
    return std::any_of(ways_.begin(), ways_.end(), [](const Way& way) { return way.skip_loops; });
  }
  /// Whether the ends have to be asked for their label: there is one, and not all ends have it.
  bool asks_label() const { return asks_label_; }
  bool HasLabel(graph::NodeNo end) { return label_.Holds(end); }
  /// The relationships from `node` along one of them, without what the statement deleted.
  graph::Adjacency Of(const Way& way, graph::NodeNo node) const {
    if (ctx_->counts.nodes_deleted == 0) [[likely]]
      return way.table.Of(node);
    return ctx_->Living(node, way.table.Of(node));
  }
  /// So many nodes ahead of the one whose relationships are looked at.
  static constexpr std::size_t kAhead = 12;
  /// Has the relationships from `node` brought near: those of nodes here and there are mostly not
  /// in the caches, and waiting for them one after the other is what a walk would be doing.
  void Prefetch(graph::NodeNo node) const {
    for (const Way& way : ways_) __builtin_prefetch(way.table.Of(node).nodes.data());
  }
  /// The relationships from nodes [first, first + count) as they lie; nullopt where they do not.
  std::optional<graph::AdjacencyTable::Arrays> PartOf(const Way& way, graph::NodeNo first,
                                                      std::size_t count) const {
    if (ctx_->counts.nodes_deleted != 0) return std::nullopt;
    return way.table.Part(first, static_cast<std::uint32_t>(count));
  }
  std::size_t Degree(const Way& way, graph::NodeNo node) const {
    return ctx_->counts.nodes_deleted == 0 ? way.table.Degree(node) : Of(way, node).size();
  }
  /// All relationships from `node`, whatever label their ends have; loops that are taken from one
  /// side once.
  std::size_t Degree(graph::NodeNo node) const;
  /// How many of the relationships from `node` are skipped.
  std::size_t SkippedLoops(const Way& way, graph::NodeNo node) const;

 private:
  void Add(graph::TypeId type, graph::Direction direction, bool skip_loops);

  Arrow arrow_;
  TypeFilter types_;
  std::optional<std::string> to_label_;
  LabelTest label_;
  bool asks_label_ = false;
  ExecContext* ctx_ = nullptr;
  std::size_t type_count_ = 0;
  bool is_fresh_ = false;
  std::vector<Way> ways_;
};

}  // namespace verbale::query
