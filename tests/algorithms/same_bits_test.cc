// Results are the same bits with any number of threads and however the graph grew; runs stop when
// they are told to.

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/algorithms/algorithms.h"
#include "graph/error.h"
#include "tests/algorithms/random_graph.h"

namespace verbale::graph::algorithms {
namespace {

using Scores = std::vector<double>;
using Run = std::function<Scores(const Projection&, const Work&)>;

Scores Flat(const std::vector<SimilarPair>& pairs) {
  Scores flat;
  for (const SimilarPair& pair : pairs) {
    flat.insert(flat.end(), {1.0 * pair.node, 1.0 * pair.other, pair.score, 1.0 * pair.common});
  }
  return flat;
}

template <typename Numbers>
Scores ScoresOf(const Numbers& numbers) {
  return {numbers.begin(), numbers.end()};
}

/// All that is computed over a projection in any orientation.
const std::map<std::string, Run>& Runs() {
  static const std::map<std::string, Run> runs = {
      {"pagerank", [](const auto& p, const auto& w) { return PageRank(p, {}, w); }},
      {"eigenvector", [](const auto& p, const auto& w) { return Eigenvector(p, {}, w); }},
      {"hits",
       [](const auto& p, const auto& w) {
         return Hits(p, {5000, 1e-8}, w).hubs;
       }},
      {"betweenness", [](const auto& p, const auto& w) { return Betweenness(p, {}, w).scores; }},
      {"closeness", [](const auto& p, const auto& w) { return Closeness(p, false, w).harmonic; }},
      {"components",
       [](const auto& p, const auto& w) { return ScoresOf(ConnectedComponents(p, w).component); }},
      {"strong",
       [](const auto& p, const auto& w) { return ScoresOf(StrongComponents(p, w).component); }},
      {"core", [](const auto& p, const auto& w) { return ScoresOf(CoreNumbers(p, w)); }},
      {"triangles",
       [](const auto& p, const auto& w) { return CountTriangles(p, false, w).coefficients; }},
      {"louvain",
       [](const auto& p, const auto& w) { return ScoresOf(Louvain(p, {}, w).community); }},
      {"labels",
       [](const auto& p, const auto& w) { return ScoresOf(LabelPropagation(p, {}, w).community); }},
      {"cosine",
       [](const auto& p, const auto& w) {
         SimilarityOptions options;
         options.likeness = Likeness::kCosine;
         return Flat(Similarity(p, options, w));
       }},
      {"distances", [](const auto& p, const auto& w) { return AllDistances(p, 50000, w).at(7); }},
      {"dijkstra",
       [](const auto& p, const auto& w) {
         Scores lengths;
         for (const Route& route : ShortestRoutes(p, 0, std::nullopt, w)) {
           lengths.push_back(route.length);
         }
         return lengths;
       }},
  };
  return runs;
}

/// Those that take a search from every node.
bool IsSlow(const std::string& name) {
  return name == "betweenness" || name == "closeness" || name == "distances";
}

void ExpectSameBits(std::uint32_t nodes, bool slow) {
  const auto graph = RandomGraph(nodes, nodes * 5, 11);
  const auto view = graph->Read();
  ProjectionOptions options;
  options.weight = "w";
  for (const Orientation orientation : {Orientation::kOut, Orientation::kBoth}) {
    options.orientation = orientation;
    const Projection projection(*view, options);
    for (const auto& [name, run] : Runs()) {
      if (IsSlow(name) != slow) continue;
      const Scores one = run(projection, {.threads = 1});
      EXPECT_FALSE(one.empty()) << name;
      for (const unsigned threads : {2u, 5u}) {
        EXPECT_EQ(run(projection, {.threads = threads}), one) << name << ", threads " << threads;
      }
    }
  }
}

TEST(SameBits, WithAnyNumberOfThreads) {
  ExpectSameBits(300, true);
  ExpectSameBits(12000, false);  // More than the ranges that threads take.
}

/// Facts of one document: who knows whom.
DocumentFacts Document(const std::string& symbol, const std::vector<std::pair<int, int>>& pairs) {
  DocumentFacts document;
  document.document.symbol = symbol;
  document.document.path = symbol + ".txt";
  document.document.hash = std::string(64, '0');
  document.document.pack = std::string(64, '1');
  document.text = std::string(100, 'x');
  document.document.bytes = document.text.size();
  for (const auto& [from, to] : pairs) {
    Fact fact;
    for (const int end : {from, to}) {
      const std::string name = "P" + std::to_string(end);
      (end == from ? fact.subject : fact.object) =
          static_cast<std::uint32_t>(document.entities.size());
      document.entities.push_back({"Person", name, "person:" + name, {}, {}});
    }
    fact.type = "KNOWS";
    fact.evidence = {symbol,  "P",
                     "2006",  symbol + ".txt",
                     {0, 10}, std::string(10, 'x'),
                     "rule",  Modality::kAsserted,
                     {}};
    document.facts.push_back(fact);
  }
  return document;
}

TEST(SameBits, HoweverTheGraphGrew) {
  std::vector<DocumentFacts> documents;
  for (int d = 0; d < 6; ++d) {
    std::vector<std::pair<int, int>> pairs;
    for (int i = 0; i < 30; ++i) {
      const int from = (d * 31 + i * 17) % 40;
      pairs.emplace_back(from, (from + 1 + (i * 7 + d) % 38) % 40);
    }
    documents.push_back(Document("D" + std::to_string(d), pairs));
  }
  const auto together = Graph::InMemory();
  together->Ingest(documents, {}, {});
  const auto apart = Graph::InMemory();
  for (std::size_t i = documents.size(); i-- > 0;) {
    apart->Ingest(std::span(documents).subspan(i, 1), {}, {});
  }
  const auto one = together->Read();
  const auto other = apart->Read();
  const Projection first(*one, {});
  const Projection second(*other, {});
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [name, run] : Runs()) {
    EXPECT_EQ(run(first, {.threads = 2}), run(second, {})) << name;
  }
}

TEST(SameBits, RunsStop) {
  const auto graph = RandomGraph(9000, 20000, 3);
  const auto view = graph->Read();
  const Projection projection(*view, {});
  for (const auto& [name, run] : Runs()) {
    std::atomic<int> asked{0};
    Work work{.threads = 2};
    work.check = [&] {
      if (asked.fetch_add(1) > 1) throw Error(ErrorCode::kLimitExceeded, "stop");
    };
    EXPECT_THROW(run(projection, work), Error) << name;
  }
}

}  // namespace
}  // namespace verbale::graph::algorithms
