#include "graph/algorithms/layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/circle_layout.hpp>
#include <boost/graph/fruchterman_reingold.hpp>
#include <boost/graph/kamada_kawai_spring_layout.hpp>
#include <boost/graph/topology.hpp>

#include "graph/algorithms/boost_graph.h"
#include "graph/algorithms/components.h"
#include "graph/algorithms/internal/parallel.h"
#include "graph/error.h"

namespace verbale::graph::algorithms {
namespace {

using Plane = boost::rectangle_topology<std::minstd_rand>;
using Places = std::vector<Plane::point_type>;

const boost::typed_identity_property_map<Index> kByIndex;

std::vector<Point> PointsOf(const Places& places) {
  std::vector<Point> points;
  points.reserve(places.size());
  for (const auto& place : places) points.push_back({place[0], place[1]});
  return points;
}

/// A component by itself, small enough for a copy.
using Part = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                                   boost::property<boost::edge_weight_t, double>>;

Part PartOf(const Projection& projection, const std::vector<Index>& members,
            const std::vector<Index>& place) {
  Part part(members.size());
  for (const Index node : members) {
    for (const Arc& arc : projection.ArcsOf(node)) {
      if (arc.to == arc.from || (!projection.is_directed() && arc.to < arc.from)) continue;
      const double length = projection.Weight(arc.rel);
      if (length <= 0) {
        throw Error(ErrorCode::kInvalidArgument, "a drawing needs lengths that are above zero");
      }
      boost::add_edge(place[arc.from], place[arc.to], length, part);
    }
  }
  return part;
}

/// When a drawing is done: no force is left that is worth a move, or every node was moved often
/// enough. (The tolerance of Boost.Graph ends where two forces in turn are alike, as they are at
/// once in a regular graph.) Asks between two moves whether to go on.
class Settled {
 public:
  Settled(std::size_t nodes, const Work& work) : rounds_(kRoundsANode * nodes), work_(&work) {}

  /// Of the whole drawing, or of the one node that is being moved.
  template <typename Node, typename Graph>
  bool operator()(double force, Node, const Graph&, bool of_all) {
    work_->Check();
    if (!of_all) return force < kLeastForce || ++steps_ == kStepsARound;
    steps_ = 0;
    return force < kLeastForce || rounds_-- == 0;
  }

 private:
  static constexpr double kLeastForce = 1e-3;
  static constexpr std::size_t kRoundsANode = 20;
  static constexpr int kStepsARound = 8;

  std::size_t rounds_;
  int steps_ = 0;
  const Work* work_;
};

std::vector<Point> DrawPart(const Part& part, const Work& work) {
  const std::size_t n = boost::num_vertices(part);
  if (n == 1) return {Point{}};
  std::minstd_rand unused;
  const Plane plane(unused, -1, 1, 1, -1);
  Places places(n);
  const auto positions = boost::make_iterator_property_map(places.begin(), kByIndex);
  boost::circle_graph_layout(part, positions, static_cast<double>(n) / (2 * std::numbers::pi));
  boost::kamada_kawai_spring_layout(part, positions, boost::get(boost::edge_weight, part), plane,
                                    boost::edge_length(1.0), Settled(n, work));
  return PointsOf(places);
}

/// Puts drawings side by side in rows of about the same width, each in the box that it fills.
class Shelf {
 public:
  explicit Shelf(double width) : width_(width) {}

  /// Moves the points of one drawing to its place.
  void Put(std::vector<Point>& points) {
    constexpr double kGap = 1;
    Point low = points.front();
    Point high = low;
    for (const Point& point : points) {
      low = {std::min(low.x, point.x), std::min(low.y, point.y)};
      high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    }
    if (x_ > 0 && x_ + (high.x - low.x) > width_) {
      x_ = 0;
      y_ += height_ + kGap;
      height_ = 0;
    }
    for (Point& point : points) point = {point.x - low.x + x_, point.y - low.y + y_};
    x_ += high.x - low.x + kGap;
    height_ = std::max(height_, high.y - low.y);
  }

 private:
  double width_;
  double x_ = 0, y_ = 0, height_ = 0;
};

}  // namespace

std::vector<Point> CircleLayout(const Projection& projection, const Work& work) {
  work.Hold(std::size_t{projection.size()} * 32);
  Places places(projection.size());
  boost::circle_graph_layout(DirectedGraph(projection, work),
                             boost::make_iterator_property_map(places.begin(), kByIndex), 1.0);
  return PointsOf(places);
}

std::vector<Point> FruchtermanReingold(const Projection& projection, const ForceOptions& options,
                                       const Work& work) {
  if (projection.is_directed()) {
    throw Error(ErrorCode::kInvalidArgument, "a drawing by forces is of a graph without direction");
  }
  const Index n = projection.size();
  if (n == 0) return {};
  work.Hold(std::size_t{n} * 64);
  std::minstd_rand random(static_cast<std::uint32_t>(options.seed % 2147483646 + 1));
  // Around the origin with sides of length 1: the grid of Boost.Graph is right for those only.
  const Plane plane(random, -0.5, 0.5, 0.5, -0.5);
  Places places(n);
  for (auto& place : places) place = plane.random_point();
  const auto positions = boost::make_iterator_property_map(places.begin(), kByIndex);
  boost::linear_cooling<double> cooling(options.iterations, 0.1);
  Steps steps(work, options.iterations);
  boost::fruchterman_reingold_force_directed_layout(UndirectedGraph(projection, work), positions,
                                                    plane, boost::cooling([&] {
                                                             steps.Next();
                                                             return cooling();
                                                           }).vertex_index_map(kByIndex));
  std::vector<Point> points = PointsOf(places);
  for (Point& point : points) point = {point.x + 0.5, point.y + 0.5};
  return points;
}

std::vector<Point> KamadaKawai(const Projection& projection, Index limit, const Work& work) {
  const Index n = projection.size();
  if (n > limit) {
    throw Error(ErrorCode::kLimitExceeded, "this drawing is for at most " + std::to_string(limit) +
                                               " nodes, not " + std::to_string(n))
        .WithHint("draw by forces, or name labels");
  }
  const Components components = ConnectedComponents(projection, work);
  std::vector<std::vector<Index>> members(components.count);
  std::vector<Index> place(n);
  for (Index node = 0; node < n; ++node) {
    auto& own = members[components.component[node]];
    place[node] = static_cast<Index>(own.size());
    own.push_back(node);
  }
  std::vector<Point> points(n);
  Shelf shelf(4 * std::sqrt(static_cast<double>(n)));
  Steps steps(work, members.size());
  for (const std::vector<Index>& part : members) {
    steps.Next();
    work.Hold(part.size() * part.size() * 24);
    std::vector<Point> drawn = DrawPart(PartOf(projection, part, place), work);
    shelf.Put(drawn);
    for (std::size_t i = 0; i < part.size(); ++i) points[part[i]] = drawn[i];
  }
  return points;
}

}  // namespace verbale::graph::algorithms
