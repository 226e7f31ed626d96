// Relationships that carry a score add up to it, and asking for them changes no score.

#include <cmath>

#include <gtest/gtest.h>

#include "graph/algorithms/algorithms.h"
#include "tests/algorithms/random_graph.h"

namespace verbale::graph::algorithms {
namespace {

double SumOf(const std::vector<std::pair<double, RelNo>>& carriers) {
  double sum = 0;
  for (const auto& [share, rel] : carriers) sum += share;
  return sum;
}

/// `check(projection)` for each orientation, with weights and without.
template <typename Check>
void ForProjections(const Check& check) {
  const auto graph = RandomGraph(90, 300, 5);
  const auto view = graph->Read();
  for (const Orientation orientation : {Orientation::kOut, Orientation::kIn, Orientation::kBoth}) {
    for (const char* weight : {"", "w"}) {
      ProjectionOptions options;
      options.orientation = orientation;
      options.weight = weight;
      check(Projection(*view, options));
    }
  }
}

TEST(Carriers, EachPathThroughANodeTakesTwoOfItsRelationships) {
  ForProjections([](const Projection& projection) {
    for (const bool sampled : {false, true}) {
      BetweennessOptions options;
      if (sampled) options.sources = {1, 4, 9, 33};
      const BetweennessScores plain = Betweenness(projection, options);
      options.carriers = true;
      const BetweennessScores found = Betweenness(projection, options, {.threads = 3});
      EXPECT_EQ(found.scores, plain.scores);
      EXPECT_TRUE(plain.carriers.empty());
      for (Index node = 0; node < projection.size(); ++node) {
        EXPECT_NEAR(SumOf(found.carriers[node]), 2 * found.scores[node], 1e-9) << node;
      }
    }
  });
}

TEST(Carriers, EachNodeThatComesCountsOnce) {
  ForProjections([](const Projection& projection) {
    const ClosenessScores found = Closeness(projection, true, {.threads = 3});
    EXPECT_EQ(found.closeness, Closeness(projection, false).closeness);
    const auto distances = AllDistances(projection, projection.size());
    for (Index node = 0; node < projection.size(); ++node) {
      double reaching = 0;
      for (Index other = 0; other < projection.size(); ++other) {
        reaching += other != node && std::isfinite(distances[other][node]);
      }
      EXPECT_EQ(SumOf(found.carriers[node]), reaching) << node;
    }
  });
}

TEST(Carriers, ATriangleTakesTwoRelationshipsOfEachCorner) {
  ForProjections([](const Projection& projection) {
    const Triangles found = CountTriangles(projection, true, {.threads = 3});
    EXPECT_GT(found.total, 0u);
    for (Index node = 0; node < projection.size(); ++node) {
      EXPECT_EQ(SumOf(found.carriers[node]), 2.0 * static_cast<double>(found.counts[node])) << node;
    }
  });
}

}  // namespace
}  // namespace verbale::graph::algorithms
