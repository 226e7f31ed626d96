// What keeping a graph costs: commits of several sizes, what a reader waits for meanwhile, builds
// of many small documents, check. Prints a line a measure: name, best, median and worst in
// milliseconds.
//
// usage: store_bench GRAPH [COMMITS]     GRAPH is a folder that may be written; a copy, best. With
//                                        0 commits nothing is written.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "graph/error.h"
#include "graph/graph.h"

namespace verbale::graph {
namespace {

using Clock = std::chrono::steady_clock;

double Milliseconds(const std::function<void()>& work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

void Print(const std::string& name, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  fmt::print("{:<46} {:>10.3f} {:>10.3f} {:>10.3f}\n", name, times.front(), times[times.size() / 2],
             times.back());
}

void Repeat(const std::string& name, int times, const std::function<void()>& work) {
  std::vector<double> all;
  for (int i = 0; i < times; ++i) all.push_back(Milliseconds(work));
  Print(name, std::move(all));
}

/// One commit of so many relationships between random nodes that are there.
void CreateRels(Graph& graph, int count) {
  auto t = graph.Begin();
  const TypeId type = t->Type("BENCH");
  const std::uint32_t limit = graph.Read()->NodeLimit();
  for (int i = 0; i < count; ++i) {
    const auto node = [&] { return NodeNo{static_cast<std::uint32_t>(std::rand()) % limit}; };
    t->CreateRel(node(), type, node());
  }
  t->Commit();
}

DocumentFacts Document(int number) {
  DocumentFacts facts;
  facts.document.symbol = "D/" + std::to_string(number);
  facts.document.path = facts.document.symbol + ".txt";
  facts.text = "State " + std::to_string(number % 200) + " ratified the treaty.";
  facts.document.bytes = facts.text.size();
  facts.document.hash = Sha256Hex(facts.text);
  for (const auto& [label, name] : {std::pair("State", "State " + std::to_string(number % 200)),
                                    std::pair("Treaty", "Treaty " + std::to_string(number % 50))}) {
    facts.entities.push_back({label, name, EntityId(label, name), {}, {}});
  }
  EvidenceRecord evidence;
  evidence.document = facts.document.symbol;
  evidence.span = {0, 30};
  evidence.sentence = facts.text;
  evidence.rule = "ratified.active";
  evidence.date = "2017";
  facts.facts.push_back({0, "RATIFIED", 1, evidence});
  return facts;
}

void Documents(Graph& graph, int count) {
  for (int i = 0; i < count; ++i) {
    const DocumentFacts facts = Document(i);
    graph.Ingest({&facts, 1}, {}, {}, Durability::kWithSync);
    if (i % 100 == 99) graph.Sync();
  }
  graph.Sync();
}

/// The longest that a reader waits for a View, and the writer for a commit of 100 relationships,
/// while the snapshot is rewritten in the background.
void Waits(Graph& graph) {
  std::atomic<bool> is_done{false};
  double reader_waits = 0;
  std::thread reader([&] {
    while (!is_done) {
      reader_waits = std::max(reader_waits, Milliseconds([&] { graph.Read(); }));
    }
  });
  std::vector<double> commits;
  for (int i = 0; i < 1500; ++i) {
    commits.push_back(Milliseconds([&] { CreateRels(graph, 100); }));
  }
  is_done = true;
  reader.join();
  Print("commit of 100, over a rewrite of the snapshot", std::move(commits));
  Print("a reader's wait for a view meanwhile", {reader_waits});
}

int Run(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: store_bench GRAPH [COMMITS]\n");
    return 2;
  }
  const int commits = argc > 2 ? std::atoi(argv[2]) : 200;
  OpenOptions options;
  options.create = true;
  options.command = "store_bench";
  std::unique_ptr<Graph> graph;
  fmt::print("{:<46} {:>10} {:>10} {:>10}\n", "", "best ms", "median", "worst");
  Print("open", {Milliseconds([&] { graph = Graph::Open(argv[1], options); })});
  Print("first view", {Milliseconds([&] { graph->Read(); })});
  if (commits > 0) {
    Repeat("commit of 1 relationship", commits, [&] { CreateRels(*graph, 1); });
    Repeat("commit of 100 relationships", commits, [&] { CreateRels(*graph, 100); });
    Waits(*graph);
    const double documents = Milliseconds([&] { Documents(*graph, 10'000); });
    Print("10,000 commits of a document, synced by 100", {documents});
  }
  Print("check", {Milliseconds([&] { graph->Check(); })});
  Print("close", {Milliseconds([&] { graph.reset(); })});
  return 0;
}

}  // namespace
}  // namespace verbale::graph

int main(int argc, char** argv) {
  try {
    return verbale::graph::Run(argc, argv);
  } catch (const verbale::Error& error) {
    fmt::print(stderr, "store_bench: {}\n", error.what());
    return 1;
  }
}
