#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>

#include "graph/algorithms/paths.h"
#include "graph/error.h"

namespace verbale::graph::algorithms {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;

/// What the algorithm keeps of a node.
struct FlowNode {
  Traits::edge_descriptor parent;
  boost::default_color_type color = boost::white_color;
  long distance = 0;
};
/// And of an arc.
struct FlowArc {
  double capacity = 0;
  double residual = 0;
  Traits::edge_descriptor reverse;
};
/// A flow needs an arc back for each arc, which the graph does not have: so this is a copy.
using FlowGraph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, FlowNode, FlowArc>;

/// The arcs forth, in the order of `arcs`.
std::vector<Traits::edge_descriptor> Fill(const Projection& projection, FlowGraph& graph,
                                          std::vector<Arc>& arcs, const Work& work) {
  std::vector<Traits::edge_descriptor> forth;
  for (Index node = 0; node < projection.size(); ++node) {
    if (node % 4096 == 0) work.Check();
    for (const Arc& arc : projection.ArcsOf(node)) {
      if (arc.to == arc.from || (!projection.is_directed() && arc.to < arc.from)) continue;
      const double capacity = projection.Weight(arc.rel);
      if (capacity < 0) {
        throw Error(ErrorCode::kInvalidArgument, "a flow needs capacities that are not negative");
      }
      work.Hold(120);
      const auto out = boost::add_edge(arc.from, arc.to, graph).first;
      const auto back = boost::add_edge(arc.to, arc.from, graph).first;
      graph[out].capacity = capacity;
      graph[back].capacity = projection.is_directed() ? 0 : capacity;
      graph[out].reverse = back;
      graph[back].reverse = out;
      arcs.push_back(arc);
      forth.push_back(out);
    }
  }
  return forth;
}

}  // namespace

Flow MaximumFlow(const Projection& projection, Index source, Index sink, const Work& work) {
  if (source == sink) {
    throw Error(ErrorCode::kInvalidArgument, "a flow leads from one node to another one");
  }
  FlowGraph graph(projection.size());
  std::vector<Arc> arcs;
  const std::vector<Traits::edge_descriptor> forth = Fill(projection, graph, arcs, work);
  Flow flow;
  flow.total = boost::boykov_kolmogorov_max_flow(
      graph, boost::get(&FlowArc::capacity, graph), boost::get(&FlowArc::residual, graph),
      boost::get(&FlowArc::reverse, graph), boost::get(&FlowNode::parent, graph),
      boost::get(&FlowNode::color, graph), boost::get(&FlowNode::distance, graph),
      boost::get(boost::vertex_index, graph), source, sink);
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    const Arc& arc = arcs[i];
    // Boost.Graph fills ways of one and two arcs without a note in the arcs back: next to the ends
    // of the flow, what leaves the source or comes to the sink is right.
    const bool is_back = arc.to == source || arc.from == sink;
    const FlowArc& known = graph[is_back ? graph[forth[i]].reverse : forth[i]];
    const double used = known.capacity - known.residual;
    const double amount = is_back ? -used : used;
    if (amount == 0) continue;
    flow.arcs.push_back(amount > 0 ? arc : Arc{arc.to, arc.from, arc.rel});
    flow.amounts.push_back(amount > 0 ? amount : -amount);
  }
  return flow;
}

}  // namespace verbale::graph::algorithms
