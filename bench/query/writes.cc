// What writing through the query language costs, as those do it who build graphs: each statement is
// durable when it returns. Prints a line a measure: best, median and worst in milliseconds.
//
// usage: write_bench GRAPH     the medium graph of the read workload, in a folder that may be
//                              written; a copy, best.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "graph/error.h"
#include "query/query.h"

namespace verbale::bench {
namespace {

using graph::Value;
using Clock = std::chrono::steady_clock;

double Milliseconds(const std::function<void()>& work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

void Drain(query::Statement& statement, const query::Parameters& parameters) {
  const auto result = statement.Execute(parameters);
  while (result->Next()) continue;
}

std::unique_ptr<graph::Graph> OpenGraph(const std::string& folder) {
  graph::OpenOptions options;
  options.create = true;
  options.command = "write_bench";
  return graph::Graph::Open(folder, options);
}

/// Another graph with some persons, to see what a commit does to the machine and not to the graph.
class Elsewhere {
 public:
  static constexpr std::uint64_t kPersons = 10'000;

  explicit Elsewhere(std::string folder) : folder_(std::move(folder)) {
    std::filesystem::remove_all(folder_);
    graph_ = OpenGraph(folder_);
    session_ = query::Session::Open(*graph_);
    Drain(*session_->Prepare("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS UNIQUE"), {});
    Drain(*session_->Prepare("UNWIND range(0, $last) AS i CREATE (:Person {id: i})"),
          {{"last", Value(static_cast<std::int64_t>(kPersons - 1))}});
  }
  ~Elsewhere() {
    session_.reset();
    graph_.reset();
    std::filesystem::remove_all(folder_);
  }

  query::Session& session() { return *session_; }

 private:
  std::string folder_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<query::Session> session_;
};

class Writes {
 public:
  explicit Writes(const std::string& folder) : folder_(folder) {
    graph_ = OpenGraph(folder);
    session_ = query::Session::Open(*graph_);
    const auto view = graph_->Read();
    if (const auto label = view->catalog().FindLabel("Person")) persons_ = view->NodeCount(*label);
    if (persons_ == 0) throw Error(ErrorCode::kNotFound, "the graph has no persons");
  }

  void Run() {
    fmt::print("{:<52} {:>10} {:>10} {:>10}\n", "", "best ms", "median", "worst");
    Measure("CREATE of a node", 200, "CREATE (:Note {id: $a})");
    Measure("MATCH two, CREATE a relationship", 200,
            "MATCH (a:Person {id: $a}), (b:Person {id: $b}) CREATE (a)-[:LIKES]->(b)");
    Measure("MATCH two, MERGE a relationship", 200,
            "MATCH (a:Person {id: $a}), (b:Person {id: $b}) MERGE (a)-[:LIKES]->(b)");
    Measure("UNWIND 5,000 rows, MATCH two, MERGE a relationship", 7,
            "UNWIND $rows AS row MATCH (a:Person {id: row.a}), (b:Person {id: row.b}) "
            "MERGE (a)-[:MET]->(b)");
    NextQuery();
  }

 private:
  query::Parameters Next() { return Next(persons_); }
  query::Parameters Next(std::uint64_t persons) {
    const auto person = [&] { return Value(static_cast<std::int64_t>(random_() % persons)); };
    graph::List rows;
    for (int i = 0; i < 5000; ++i) {
      rows.push_back(Value::OfMap({{"a", person()}, {"b", person()}}));
    }
    return {{"a", person()}, {"b", person()}, {"rows", Value(std::move(rows))}};
  }

  void Measure(const std::string& name, int times, const std::string& text) {
    const auto statement = session_->Prepare(text);
    std::vector<double> all;
    for (int i = 0; i < times; ++i) {
      const query::Parameters parameters = Next();
      all.push_back(Milliseconds([&] { Drain(*statement, parameters); }));
    }
    Print(name, std::move(all));
  }

  /// What a commit of 100 relationships does to the time of a query over all KNOWS behind it: at
  /// once, when the caches are full of the commit, and then; beside the same commit to another
  /// graph, which leaves the query nothing but the caches.
  void NextQuery() {
    const std::string text =
        "UNWIND $rows[..100] AS row MATCH (a:Person {id: row.a}), (b:Person {id: row.b}) "
        "CREATE (a)-[:KNOWS {since: 2020}]->(b)";
    Elsewhere elsewhere(folder_ + ".elsewhere");
    const auto write = session_->Prepare(text);
    const auto write_elsewhere = elsewhere.session().Prepare(text);
    const auto read = session_->Prepare(
        "MATCH (a:Person)-[:KNOWS]->(b:Person)-[:KNOWS]->(c:Person) RETURN count(*) AS n");
    const auto time_read = [&] { return Milliseconds([&] { Drain(*read, {}); }); };
    std::vector<double> before, commits, first, second, first_elsewhere, second_elsewhere;
    for (int i = 0; i < 50; ++i) before.push_back(time_read());
    for (int i = 0; i < 40; ++i) {
      Drain(*write_elsewhere, Next(Elsewhere::kPersons));
      first_elsewhere.push_back(time_read());
      second_elsewhere.push_back(time_read());
      const query::Parameters parameters = Next();
      commits.push_back(Milliseconds([&] { Drain(*write, parameters); }));
      first.push_back(time_read());
      second.push_back(time_read());
    }
    Print("count of two-hop paths before", std::move(before));
    Print("commit of 100 relationships", std::move(commits));
    Print("count of two-hop paths, first after a commit", std::move(first));
    Print("  first after a commit to another graph", std::move(first_elsewhere));
    Print("count of two-hop paths, second after a commit", std::move(second));
    Print("  second after a commit to another graph", std::move(second_elsewhere));
  }

  static void Print(const std::string& name, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    fmt::print("{:<52} {:>10.3f} {:>10.3f} {:>10.3f}\n", name, times.front(),
               times[times.size() / 2], times.back());
  }

  std::string folder_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<query::Session> session_;
  std::uint64_t persons_ = 0;
  std::mt19937_64 random_{7};
};

}  // namespace
}  // namespace verbale::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: write_bench GRAPH\n");
    return 2;
  }
  try {
    verbale::bench::Writes(argv[1]).Run();
  } catch (const verbale::Error& error) {
    fmt::print(stderr, "write_bench: {}\n", error.what());
    return 1;
  }
  return 0;
}
