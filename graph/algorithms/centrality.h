#pragma once

#include <cstdint>
#include <vector>

#include "graph/algorithms/projection.h"

namespace verbale::graph::algorithms {

// How much a node matters, by several readings of the word. Results are by Index. n is the number
// of nodes, m that of arcs. Scores are the same bits with any number of threads.

/// Arcs at each node.
struct DegreeScores {
  std::vector<std::uint64_t> counts;
  std::vector<double> weights;  ///< The sum of the weights.
};
/// Of the arcs that leave in the projection's orientation. O(n + m); 16 bytes a node.
DegreeScores Degree(const Projection& projection, const Work& work = {});

/// When an iteration ends.
struct Convergence {
  std::uint32_t iterations = 1000;  ///< Error(kLimitExceeded) past it.
  double tolerance = 1e-10;         ///< Done when the scores change less, summed over all nodes.
};

/// How the random surfer of PageRank walks.
struct PageRankOptions {
  double damping = 0.85;       ///< In [0, 1): the share of steps that follow an arc.
  std::vector<Index> sources;  ///< Where other steps lead; empty: anywhere alike.
  Convergence convergence;
};
/// The share of time that a random surfer spends at each node; the scores sum to 1. Of a node that
/// no arc leaves the surfer goes on as after any other step. Parallel arcs count each, weights are
/// shares. O(m) an iteration; a Csr and 24 bytes a node. Threads.
std::vector<double> PageRank(const Projection& projection, const PageRankOptions& options,
                             const Work& work = {});

/// Scores that are the sum of the scores of the nodes from which arcs come, scaled to length 1.
/// O(m) an iteration; a Csr and 16 bytes a node. Threads.
std::vector<double> Eigenvector(const Projection& projection, const Convergence& convergence,
                                const Work& work = {});

/// Hubs lead to good authorities, authorities are led to by good hubs. Each sums to 1.
struct HitsScores {
  std::vector<double> hubs;
  std::vector<double> authorities;
};
/// O(m) an iteration; two Csr and 32 bytes a node. Threads.
HitsScores Hits(const Projection& projection, const Convergence& convergence,
                const Work& work = {});

/// Which shortest paths are looked at.
struct BetweennessOptions {
  std::vector<Index> sources;  ///< Paths that start there; empty: from anywhere.
  bool normalized = true;      ///< As a share of the pairs that a node could be between.
  /// With `sources` that are a sample: scores are scaled up as though all had been looked at.
  bool scale_sample = false;
  bool carriers = false;  ///< Whether they are told: takes 24 bytes an arc, and one thread.
};
/// How many shortest paths lead through each node.
struct BetweennessScores {
  std::vector<double> scores;
  /// How many of the paths through the node lead over the relationship before they come to the node
  /// or after it; of parallel ones the lightest, else the first, is taken.
  ScoreCarriers carriers;
};
/// How many shortest paths lead through each node (Brandes), a share where a pair has several.
/// O(n m), with weights O(n m + n² log n); a Csr, 8 bytes a node for each of 16 lanes and 40 a node
/// and thread. Threads. Error(kInvalidArgument) for weights that are not above zero.
BetweennessScores Betweenness(const Projection& projection, const BetweennessOptions& options,
                              const Work& work = {});

/// `count` different nodes drawn by a seed, or all where there are fewer; ascending. O(n).
std::vector<Index> Sample(const Projection& projection, Index count, std::uint64_t seed);

/// How near a node is to those that reach it.
struct ClosenessScores {
  /// The inverse of the mean distance, times the share of nodes that reach it (Wasserman and
  /// Faust).
  std::vector<double> closeness;
  std::vector<double> harmonic;  ///< The sum of the inverse distances.
  /// How many nodes come by the relationship, where carriers are asked for; each node counts once,
  /// though it may have several ways that are as short.
  ScoreCarriers carriers;
};
/// Distances lead to the node, along the orientation. O(n m), with weights O(n m + n² log n); a Csr
/// and 24 bytes a node and thread. Threads.
ClosenessScores Closeness(const Projection& projection, bool carriers, const Work& work = {});

}  // namespace verbale::graph::algorithms
