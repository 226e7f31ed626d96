#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/ids.h"
#include "graph/view.h"

namespace verbale::graph::algorithms {

/// Number of a node in one Projection, dense from 0 in ascending order of NodeId: so it does not
/// depend on the order in which the graph grew.
using Index = std::uint32_t;
inline constexpr Index kNoIndex = std::numeric_limits<Index>::max();

/// Which way relationships are walked.
enum class Orientation : std::uint8_t {
  kOut,   ///< From source to target.
  kIn,    ///< From target to source.
  kBoth,  ///< Either way: the graph is undirected.
};

/// Which part of a graph an algorithm looks at, and how.
struct ProjectionOptions {
  /// Nodes that have one of them; absent: all nodes.
  std::optional<std::vector<std::string>> labels;
  std::optional<std::vector<std::string>> relations;  ///< Relationship types; absent: all.
  Orientation orientation = Orientation::kOut;
  std::string weight;  ///< Property of relationships; empty: every weight is 1. Absent: 1.
  std::function<bool(NodeNo)> keep_node;  ///< Empty: all.
  std::function<bool(RelNo)> keep_rel;    ///< Empty: all. Asked each time that one is walked.
};

/// A relationship as it is walked: from `from` to `to`, which are its source and target or the
/// other way round.
struct Arc {
  Index from = kNoIndex;
  Index to = kNoIndex;
  RelNo rel = kNoRel;
  bool operator==(const Arc& other) const = default;
};

/// Relationships that carry a node's score, each once, with how much of it; by Index.
using ScoreCarriers = std::vector<std::vector<std::pair<double, RelNo>>>;

/// A part of a graph, looked at in one orientation, over the adjacency that the View has: nothing
/// of it is copied. Relationships are in it where both ends are. Immutable; threads may share it
/// where they may share the View, which must outlive it.
///
/// Takes 4 bytes a node number of the View and 4 a node of the projection. Made in O(node numbers +
/// n log n), where the View's numbers are not in the order of ids; else in O(node numbers).
class Projection {
 public:
  /// Labels and relations that the graph does not know select nothing; the caller says so if it
  /// should be an error.
  Projection(const View& view, const ProjectionOptions& options, const Work& work = {});

  const View& view() const { return *view_; }
  Orientation orientation() const { return orientation_; }
  bool is_directed() const { return orientation_ != Orientation::kBoth; }

  Index size() const { return static_cast<Index>(nodes_.size()); }
  NodeNo node(Index index) const { return nodes_[index]; }
  /// kNoIndex where the node is not in the projection.
  Index IndexOf(NodeNo node) const {
    return node.value < indexes_.size() ? indexes_[node.value] : kNoIndex;
  }

  bool is_weighted() const { return weighted_; }
  /// O(1), but a property is read. Error(kInvalidArgument) where it is no finite number.
  double Weight(RelNo rel) const;
  /// The weights of many; faster than one by one.
  std::vector<double> Weights(const std::vector<RelNo>& rels) const;

  /// The arcs that leave a node, or with `reversed` those that come to it. Ordered by relationship
  /// type (by name), by direction where both are walked, by neighbour number. A loop is one arc.
  class Arcs;
  Arcs ArcsOf(Index index, bool reversed = false) const;
  /// Of relationships that exist; an upper bound where nodes or a predicate leave some out. O(1).
  std::uint64_t ArcBound() const;

 private:
  friend class ArcIterator;

  struct Walk {
    Direction direction;
    AdjacencyTable table;
  };

  void AddNodes(const ProjectionOptions& options, const Work& work);
  void AddWalks(const ProjectionOptions& options);
  double Checked(const Value& value) const;

  const View* view_;
  Orientation orientation_;
  bool weighted_ = false;
  std::optional<KeyId> weight_key_;  ///< Absent though weighted: no relationship has it.
  std::string weight_;
  std::function<bool(RelNo)> keep_rel_;
  std::vector<NodeNo> nodes_;             ///< By Index.
  std::vector<Index> indexes_;            ///< By NodeNo; kNoIndex: not in the projection.
  std::vector<Walk> forward_, backward_;  ///< In kBoth the two are alike.
  std::uint64_t rels_ = 0;
};

/// Walks the arcs of one node. Borrows from the Projection.
class ArcIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Arc;
  using difference_type = std::ptrdiff_t;
  using pointer = const Arc*;
  using reference = const Arc&;

  ArcIterator() = default;
  ArcIterator(const Projection& projection, bool reversed, Index node);

  const Arc& operator*() const { return arc_; }
  const Arc* operator->() const { return &arc_; }
  ArcIterator& operator++() {
    ++at_;
    Settle();
    return *this;
  }
  ArcIterator operator++(int) {
    ArcIterator old = *this;
    ++*this;
    return old;
  }
  bool operator==(const ArcIterator& other) const {
    return walk_ == other.walk_ && at_ == other.at_;
  }

 private:
  friend class Projection;

  /// Goes on to the next arc that is in the projection, or to the end.
  void Settle();

  const Projection* projection_ = nullptr;
  const std::vector<Projection::Walk>* walks_ = nullptr;
  Adjacency entries_;
  std::size_t walk_ = 0;
  std::size_t at_ = 0;
  bool reversed_ = false;
  Index node_ = kNoIndex;
  Arc arc_;
};

/// The arcs of one node, as a range.
class Projection::Arcs {
 public:
  Arcs(ArcIterator begin, ArcIterator end) : begin_(begin), end_(end) {}
  ArcIterator begin() const { return begin_; }
  ArcIterator end() const { return end_; }

 private:
  ArcIterator begin_, end_;
};

}  // namespace verbale::graph::algorithms
