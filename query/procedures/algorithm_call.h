#pragma once

// What the procedures algo.* have in common: the map of their options, the projection it describes,
// and rows.

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/algorithms/algorithms.h"
#include "query/query.h"

namespace verbale::query {

/// Rows of a procedure.
using Rows = std::vector<std::vector<graph::Value>>;

/// One call of algo.NAME. Reads options by name; an option that is not asked for before `Project`
/// or `Finish` is unknown. Errors stand at the value of their option. Borrows context and options.
class AlgorithmCall {
 public:
  AlgorithmCall(const CallContext& context, std::span<const graph::Value> arguments);

  // Options. Error(kInvalidArgument) for another type, or a number out of its bounds.
  bool Flag(std::string_view key, bool otherwise);
  double Number(std::string_view key, double otherwise, double least, double most);
  std::int64_t Integer(std::string_view key, std::int64_t otherwise, std::int64_t least,
                       std::int64_t most = std::numeric_limits<std::int64_t>::max());
  /// One of `choices`, by its place among them.
  std::size_t Choice(std::string_view key, std::size_t otherwise,
                     std::span<const std::string_view> choices);
  std::string Text(std::string_view key);
  std::optional<std::uint64_t> Seed();
  /// A node; Error(kInvalidArgument) where it is not given. To be resolved after Project.
  graph::NodeNo Node(std::string_view key);
  std::optional<graph::NodeNo> OptionalNode(std::string_view key);
  std::vector<graph::NodeNo> Nodes(std::string_view key);
  graph::algorithms::Convergence Convergence();

  /// Which arcs an algorithm is for.
  enum class Direction : std::uint8_t {
    kAny,         ///< By the option `direction`.
    kUndirected,  ///< Always both ways; the option is unknown.
  };
  /// Reads the options of the projection and makes it. All others must have been read.
  void Project(Direction direction = Direction::kAny, bool weights = true);

  const graph::algorithms::Projection& projection() const { return *projection_; }
  const graph::algorithms::Work& work() const { return work_; }
  const graph::View& view() const { return context_.view; }
  /// Error(kInvalidArgument) where the node is outside of the projection.
  graph::algorithms::Index IndexOf(std::string_view key, graph::NodeNo node) const;
  std::vector<graph::algorithms::Index> IndexesOf(std::string_view key,
                                                  const std::vector<graph::NodeNo>& nodes) const;
  /// An error that stands at the value of an option.
  Error Wrong(std::string_view key, const std::string& what) const;

  // Values of rows.
  graph::Value NodeAt(graph::algorithms::Index index) const;
  graph::Value Rel(graph::RelNo rel) const;
  graph::Value Rels(const std::vector<graph::RelNo>& rels) const;
  graph::Value PathOf(const graph::algorithms::Route& route) const;

 private:
  const graph::Value* Take(std::string_view key);
  std::vector<std::string> Texts(std::string_view key);
  /// Names that the graph has; Error(kNotFound) with the nearest one for another.
  std::vector<std::string> Known(std::string_view key, const std::vector<std::string_view>& known,
                                 std::string_view kind);
  Error WrongType(std::string_view key, std::string_view wanted, const graph::Value& got) const;
  void RefuseOthers() const;

  const CallContext& context_;
  const graph::Map& options_;
  std::string name_;
  std::vector<std::string_view> asked_;
  graph::algorithms::Work work_;
  std::unique_ptr<graph::algorithms::Projection> projection_;
};

/// Strongest first, those of equal strength by id.
std::vector<graph::RelNo> StrongestFirst(const graph::View& view,
                                         std::vector<std::pair<double, graph::RelNo>> rels);

}  // namespace verbale::query
