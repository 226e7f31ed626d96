// Runs algorithms over the benchmark's graph, on request: reads lines "NAME THREADS" and answers
// each with "SECONDS CHECK", where the check is a number that other programs find, too. What is
// timed begins at the View: the projection, and what an algorithm lays out for itself, are part of
// it.

#include <chrono>
#include <cstdio>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "bench/query/load.h"
#include "graph/algorithms/algorithms.h"
#include "graph/error.h"
#include "graph/graph.h"

namespace verbale::bench {
namespace {

namespace algorithms = graph::algorithms;
using algorithms::Orientation;
using algorithms::Projection;
using algorithms::Work;

double Largest(const std::vector<double>& scores) {
  double largest = 0;
  for (const double score : scores) largest = std::max(largest, score);
  return largest;
}

/// Directed or not, then the run.
struct Task {
  Orientation orientation;
  std::function<double(const Projection&, const Work&)> run;
};

const std::map<std::string, Task>& Tasks() {
  static const std::map<std::string, Task> tasks = {
      {"pagerank",
       {Orientation::kOut,
        [](const auto& p, const auto& w) { return Largest(PageRank(p, {}, w)); }}},
      {"betweenness",
       {Orientation::kOut,
        [](const auto& p, const auto& w) {
          algorithms::BetweennessOptions options;
          options.normalized = false;
          return Largest(Betweenness(p, options, w).scores);
        }}},
      {"components",
       {Orientation::kOut,
        [](const auto& p, const auto& w) { return 1.0 * ConnectedComponents(p, w).count; }}},
      {"triangles",
       {Orientation::kBoth,
        [](const auto& p, const auto& w) {
          return static_cast<double>(CountTriangles(p, false, w).total);
        }}},
      {"louvain",
       {Orientation::kBoth,
        [](const auto& p, const auto& w) { return Louvain(p, {}, w).modularity; }}},
  };
  return tasks;
}

void Serve(const graph::View& view) {
  std::printf("ready\n");
  std::fflush(stdout);
  std::string name;
  Work work;
  while (std::cin >> name >> work.threads) {
    const Task& task = Tasks().at(name);
    const auto begin = std::chrono::steady_clock::now();
    algorithms::ProjectionOptions options;
    options.labels = {{"Person"}};
    options.relations = {{"KNOWS"}};
    options.orientation = task.orientation;
    const double check = task.run(Projection(view, options, work), work);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    std::printf("%.6f %.12g\n", seconds.count(), check);
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace verbale::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: algorithms_engine FOLDER-OF-CSV\n");
    return 2;
  }
  try {
    const auto graph = verbale::graph::Graph::InMemory();
    verbale::bench::LoadGraph(*graph, argv[1]);
    verbale::bench::Serve(*graph->Read());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "algorithms_engine: error: %s\n", error.what());
    return 1;
  }
  return 0;
}
