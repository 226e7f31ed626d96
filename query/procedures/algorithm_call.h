#pragma once

// What the procedures algo.* have in common: the map of their options, the projection it describes,
// and rows.

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "graph/algorithms/algorithms.h"
#include "query/query.h"

namespace verbale::query {

namespace algorithms = graph::algorithms;
using algorithms::Arc;
using algorithms::Index;
using graph::Value;

/// Of a procedure: its rows, and what it is called with.
using Rows = std::vector<std::vector<Value>>;
using Arguments = std::span<const Value>;

/// One call of algo.NAME. Reads options by name; an option that is not asked for before `Project`
/// or `Finish` is unknown. Errors stand at the value of their option. Borrows context and options.
class AlgorithmCall {
 public:
  AlgorithmCall(const CallContext& context, Arguments arguments);

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
  /// Nothing where they are not given.
  std::optional<std::vector<graph::NodeNo>> OptionalNodes(std::string_view key);
  /// None where they are not given.
  std::vector<graph::NodeNo> Nodes(std::string_view key);
  algorithms::Convergence Convergence();
  /// The option `explain`: whether the column `why` is filled.
  bool Explain() { return Flag("explain", false); }

  /// Which arcs an algorithm is for.
  enum class Direction : std::uint8_t {
    kAny,         ///< By the option `direction`.
    kUndirected,  ///< Always both ways; the option is unknown.
  };
  /// Reads the options of the projection and makes it. All others must have been read.
  void Project(Direction direction = Direction::kAny, bool weights = true);

  const algorithms::Projection& projection() const { return *projection_; }
  const algorithms::Work& work() const { return work_; }
  const graph::View& view() const { return context_.view; }
  /// Error(kInvalidArgument) where the node is outside of the projection.
  Index IndexOf(std::string_view key, graph::NodeNo node) const;
  std::vector<Index> IndexesOf(std::string_view key, const std::vector<graph::NodeNo>& nodes) const;
  /// An error that stands at the value of an option.
  Error Wrong(std::string_view key, const std::string& what) const;

  // Values of rows.
  Value NodeAt(Index index) const;
  Value Rel(graph::RelNo rel) const;
  Value Rels(const std::vector<graph::RelNo>& rels) const;
  Value PathOf(const algorithms::Route& route) const;

 private:
  const Value* Take(std::string_view key);
  std::optional<std::vector<std::string>> Texts(std::string_view key);
  /// Names that the graph has; Error(kNotFound) with the nearest one for another. Nullopt where the
  /// option is left out: an empty list is of nothing.
  std::optional<std::vector<std::string>> Known(std::string_view key,
                                                const std::vector<std::string_view>& known,
                                                std::string_view kind);
  Error WrongType(std::string_view key, std::string_view wanted, const Value& got) const;
  void RefuseOthers() const;

  const CallContext& context_;
  const graph::Map& options_;
  std::vector<std::string_view> asked_;
  algorithms::Work work_;
  std::unique_ptr<algorithms::Projection> projection_;
};

/// A row a node of the projection: the node, then what each column gives for it.
template <typename... Columns>
Rows RowsOfNodes(const AlgorithmCall& call, const Columns&... columns) {
  Rows rows;
  rows.reserve(call.projection().size());
  for (Index node = 0; node < call.projection().size(); ++node) {
    if (node % 4096 == 0) call.work().Check();
    rows.push_back({call.NodeAt(node), columns(node)...});
  }
  return rows;
}

/// A column of numbers that stand by node. Borrows them.
template <typename Number>
auto ColumnOf(const std::vector<Number>& numbers) {
  using Shown = std::conditional_t<std::is_integral_v<Number>, std::int64_t, double>;
  return [&numbers](Index node) { return Value(static_cast<Shown>(numbers[node])); };
}

/// Relationships that carry a score, with how much of it.
using Carriers = std::vector<std::pair<double, graph::RelNo>>;

/// Those of a node's arcs, backwards where `reversed`, that `strength` gives a number for.
template <typename Strength>
void AddCarriers(const AlgorithmCall& call, Index node, bool reversed, const Strength& strength,
                 Carriers& carriers) {
  for (const Arc& arc : call.projection().ArcsOf(node, reversed)) {
    if (const std::optional<double> much = strength(arc)) carriers.emplace_back(*much, arc.rel);
  }
}

/// As a list of relationships, strongest first, those of equal strength by id.
Value StrongestFirst(const AlgorithmCall& call, Carriers carriers);

/// The column `why` of a score that one direction carries. Borrows the call.
template <typename Strength>
auto WhyColumn(const AlgorithmCall& call, bool reversed, Strength strength) {
  return [&call, reversed, strength = std::move(strength)](Index node) {
    Carriers carriers;
    AddCarriers(call, node, reversed, strength, carriers);
    return StrongestFirst(call, std::move(carriers));
  };
}

/// The column `why` of a score that tells its carriers. Borrows both.
inline auto WhyColumn(const AlgorithmCall& call, const algorithms::ScoreCarriers& carriers) {
  return [&](Index node) { return StrongestFirst(call, carriers[node]); };
}

/// A column that is null where it is not asked for.
template <typename Column>
auto When(bool wanted, Column column) {
  return
      [wanted, column = std::move(column)](Index node) { return wanted ? column(node) : Value(); };
}

}  // namespace verbale::query
