// The adapter of Boost.Graph: what it shows is what the View has.

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <gtest/gtest.h>

#include "graph/algorithms/algorithms.h"
#include "graph/algorithms/boost_graph.h"
#include "graph/error.h"
#include "tests/algorithms/random_graph.h"

namespace verbale::graph::algorithms {
namespace {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<DirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<DirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<DirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<DirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<UndirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<WeightMap, Arc>));

/// From, to, relationship; sorted.
using Arcs = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>>;

/// What ought to be there, found by looking at every relationship.
Arcs Expected(const View& view, const ProjectionOptions& options, bool reversed) {
  const auto has = [&](NodeNo node) {
    if (options.keep_node && !options.keep_node(node)) return false;
    return !options.labels ||
           std::any_of(options.labels->begin(), options.labels->end(), [&](const auto& name) {
             const auto label = view.catalog().FindLabel(name);
             return label && view.HasLabel(node, *label);
           });
  };
  Arcs arcs;
  for (std::uint32_t i = 0; i < view.RelLimit(); ++i) {
    const RelNo rel{i};
    if (!view.Exists(rel) || (options.keep_rel && !options.keep_rel(rel))) continue;
    const RelEnds ends = view.Ends(rel);
    const std::string type(view.catalog().TypeName(ends.type));
    const auto& types = options.relations;
    if (types && std::find(types->begin(), types->end(), type) == types->end()) continue;
    if (!has(ends.source) || !has(ends.target)) continue;
    const bool both = options.orientation == Orientation::kBoth;
    const bool forth = (options.orientation == Orientation::kIn) == reversed;
    if (both || forth) arcs.emplace_back(ends.source.value, ends.target.value, i);
    if ((both && ends.source != ends.target) || (!both && !forth)) {
      arcs.emplace_back(ends.target.value, ends.source.value, i);
    }
  }
  std::sort(arcs.begin(), arcs.end());
  return arcs;
}

/// What the projection has, as the arcs that leave or that come.
Arcs Shown(const Projection& projection, bool incoming) {
  const DirectedGraph graph(projection, {});
  Arcs arcs;
  const auto [first, last] = vertices(graph);
  for (auto v = first; v != last; ++v) {
    const auto [begin, end] = incoming ? in_edges(*v, graph) : out_edges(*v, graph);
    EXPECT_EQ(static_cast<std::size_t>(std::distance(begin, end)),
              incoming ? in_degree(*v, graph) : out_degree(*v, graph));
    for (auto e = begin; e != end; ++e) {
      EXPECT_EQ(incoming ? target(*e, graph) : source(*e, graph), *v);
      arcs.emplace_back(projection.node(source(*e, graph)).value,
                        projection.node(target(*e, graph)).value, e->rel.value);
    }
  }
  std::sort(arcs.begin(), arcs.end());
  return arcs;
}

class AdapterTest : public testing::Test {
 protected:
  void ExpectSame(const ProjectionOptions& options) {
    const Projection projection(*view_, options);
    const Arcs expected = Expected(*view_, options, false);
    EXPECT_EQ(Shown(projection, false), expected);
    EXPECT_EQ(Shown(projection, true), expected);
    EXPECT_LE(expected.size(), projection.ArcBound());
    EXPECT_EQ(num_edges(DirectedGraph(projection, {})), expected.size());
  }

  std::unique_ptr<Graph> graph_ = RandomGraph(60, 400, 5);
  std::shared_ptr<const View> view_ = graph_->Read();
};

TEST_F(AdapterTest, ShowsWhatTheViewHas) {
  for (const Orientation orientation : {Orientation::kOut, Orientation::kIn, Orientation::kBoth}) {
    ProjectionOptions options;
    options.orientation = orientation;
    ExpectSame(options);
    options.labels = {{"A"}};
    ExpectSame(options);
    options.labels = {{"B", "A", "Nobody"}};
    options.relations = {{"S", "S"}};
    ExpectSame(options);
    options.keep_node = [](NodeNo node) { return node.value % 5 != 0; };
    options.keep_rel = [](RelNo rel) { return rel.value % 3 != 0; };
    ExpectSame(options);
    options.relations = {{"NOTHING"}};
    ExpectSame(options);
    options.relations.emplace();
    ExpectSame(options);
    options.labels.emplace();
    ExpectSame(options);
  }
}

TEST_F(AdapterTest, ShowsWhatATransactionWrote) {
  const auto transaction = graph_->Begin();
  const NodeNo made = transaction->CreateNode({});
  transaction->CreateRel(made, transaction->Type("T"), NodeNo{3});
  ProjectionOptions options;
  const Projection projection(*transaction, options);
  EXPECT_EQ(Shown(projection, false), Expected(*transaction, options, false));
  EXPECT_NE(projection.IndexOf(made), kNoIndex);
}

TEST_F(AdapterTest, UndirectedEdgesAreThereOnce) {
  ProjectionOptions options;
  const std::size_t rels = Expected(*view_, options, false).size();
  options.orientation = Orientation::kBoth;
  const Projection projection(*view_, options);
  const UndirectedGraph graph(projection, {});
  std::set<std::uint32_t> seen;
  const auto [begin, end] = edges(graph);
  for (auto e = begin; e != end; ++e) EXPECT_TRUE(seen.insert((*e).rel.value).second);
  EXPECT_EQ(seen.size(), rels);
}

TEST_F(AdapterTest, NodesAreInTheOrderOfTheirIds) {
  const Projection projection(*view_, {});
  EXPECT_EQ(projection.size(), view_->NodeCount());
  for (Index i = 0; i + 1 < projection.size(); ++i) {
    EXPECT_LT(view_->Id(projection.node(i)), view_->Id(projection.node(i + 1)));
    EXPECT_EQ(projection.IndexOf(projection.node(i)), i);
  }
}

TEST_F(AdapterTest, SearchesOfBoostRun) {
  const Projection projection(*view_, {});
  const DirectedGraph graph(projection, {});
  std::vector<std::uint32_t> hops(projection.size());
  boost::breadth_first_search(graph, Index{0},
                              boost::visitor(boost::make_bfs_visitor(
                                  boost::record_distances(hops.data(), boost::on_tree_edge()))));
  for (const Reached& reached : BreadthFirst(projection, 0, 1000)) {
    EXPECT_EQ(reached.hops, hops[reached.node]);
  }
}

TEST_F(AdapterTest, WeightsAreNumbers) {
  ProjectionOptions options;
  options.weight = "w";
  const Projection weighted(*view_, options);
  double sum = 0;
  for (Index i = 0; i < weighted.size(); ++i) {
    for (const Arc& arc : weighted.ArcsOf(i)) sum += weighted.Weight(arc.rel);
  }
  const DegreeScores scores = Degree(weighted);
  double strengths = 0;
  for (const double strength : scores.weights) strengths += strength;
  EXPECT_EQ(sum, strengths);

  const auto transaction = graph_->Begin();
  RelNo rel{0};
  while (!transaction->Exists(rel)) ++rel.value;
  transaction->Set(rel, transaction->Key("w"), Value("heavy"));
  const Projection broken(*transaction, options);
  EXPECT_THROW(broken.Weight(rel), Error);
  EXPECT_THROW(PageRank(broken, {}), Error);
}

}  // namespace
}  // namespace verbale::graph::algorithms
