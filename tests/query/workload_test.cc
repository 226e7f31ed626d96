// The read workload of ../shared/bench: every query gives the same rows with the optimizer and
// without it. VERBALE_WORKLOAD names a folder made by gen_graph.py (person.csv, …, params.json);
// its times are printed then, and the plain plans, which may take for ever, are left out. Without
// the variable the tiny graph is made in a temporary folder; without Python or the workload the
// test is skipped.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "graph/graph.h"
#include "query/query.h"

namespace verbale::query {
namespace {

namespace fs = std::filesystem;
using graph::Value;
using nlohmann::json;

fs::path SharedBench() {
  const char* shared = std::getenv("VERBALE_SHARED");
  return fs::path(shared != nullptr ? shared : "../shared") / "bench";
}

class Loader {
 public:
  Loader(graph::Transaction& transaction, fs::path folder)
      : transaction_(transaction), folder_(std::move(folder)) {}

  void Load() {
    LoadNodes("person.csv", "Person", persons_);
    LoadNodes("org.csv", "Org", orgs_);
    LoadRels("knows.csv", "KNOWS", persons_, persons_);
    LoadRels("member_of.csv", "MEMBER_OF", persons_, orgs_);
  }

 private:
  static std::vector<std::string> Split(const std::string& line) {
    std::vector<std::string> cells;
    std::stringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
    return cells;
  }

  static Value ToValue(const std::string& name, const std::string& text) {
    const bool is_number = name == "id" || name == "birth_year" || name == "since";
    return is_number ? Value(static_cast<std::int64_t>(std::stoll(text))) : Value(text);
  }

  void LoadNodes(const char* file, const char* label, std::vector<graph::NodeNo>& nodes) {
    std::ifstream in(folder_ / file);
    std::string line;
    std::getline(in, line);
    const std::vector<std::string> names = Split(line);
    const graph::LabelId label_id = transaction_.Label(label);
    while (std::getline(in, line)) {
      const std::vector<std::string> cells = Split(line);
      nodes.push_back(transaction_.CreateNode(std::span(&label_id, 1)));
      for (std::size_t i = 0; i < cells.size(); ++i) {
        transaction_.Set(nodes.back(), transaction_.Key(names[i]), ToValue(names[i], cells[i]));
      }
    }
  }

  void LoadRels(const char* file, const char* type, const std::vector<graph::NodeNo>& sources,
                const std::vector<graph::NodeNo>& targets) {
    std::ifstream in(folder_ / file);
    std::string line;
    std::getline(in, line);
    const graph::TypeId type_id = transaction_.Type(type);
    const graph::KeyId since = transaction_.Key("since");
    while (std::getline(in, line)) {
      const std::vector<std::string> cells = Split(line);
      const graph::RelNo rel = transaction_.CreateRel(sources[std::stoul(cells[0])], type_id,
                                                      targets[std::stoul(cells[1])]);
      transaction_.Set(rel, since, ToValue("since", cells[2]));
    }
  }

  graph::Transaction& transaction_;
  fs::path folder_;
  std::vector<graph::NodeNo> persons_;
  std::vector<graph::NodeNo> orgs_;
};

Value FromJson(const json& j) {
  if (j.is_number_integer()) return Value(j.get<std::int64_t>());
  if (j.is_number()) return Value(j.get<double>());
  if (j.is_string()) return Value(j.get<std::string>());
  if (!j.is_array()) return {};
  graph::List list;
  for (const json& item : j) list.push_back(FromJson(item));
  return Value(std::move(list));
}

/// "@name" stands for a value of params.json; of a rotating list the first is taken.
Parameters ParametersOf(const json& query, const json& values) {
  Parameters parameters;
  const auto resolve = [&values](const json& j) -> json {
    if (!j.is_string() || !j.get<std::string>().starts_with("@")) return j;
    return values.at(j.get<std::string>().substr(1));
  };
  if (query.contains("params")) {
    for (const auto& [name, j] : query["params"].items()) {
      parameters.emplace_back(name, FromJson(resolve(j)));
    }
  }
  if (query.contains("rotate")) {
    for (const auto& [name, j] : query["rotate"].items()) {
      parameters.emplace_back(name, FromJson(resolve(j).at(0)));
    }
  }
  return parameters;
}

std::vector<std::string> RowsOf(Statement& statement, const Parameters& parameters, bool ordered) {
  const auto result = statement.Execute(parameters);
  std::vector<std::string> rows;
  while (const auto row = result->Next()) {
    std::string line;
    for (const Value& value : *row) {
      // Lists come from collect() without an order.
      Value shown = value;
      if (value.is_list()) {
        graph::List list = value.as_list();
        std::sort(list.begin(), list.end(),
                  [](const Value& a, const Value& b) { return graph::TotalOrder(a, b) < 0; });
        shown = Value(std::move(list));
      }
      line += ToCypher(shown, nullptr) + " ";
    }
    rows.push_back(line);
  }
  if (!ordered) std::sort(rows.begin(), rows.end());
  return rows;
}

void PrintTime(const std::string& name, Statement& statement, const Parameters& parameters,
               const std::vector<std::string>& rows) {
  std::vector<double> times;
  const auto begin = std::chrono::steady_clock::now();
  while (times.size() < 30) {
    const auto start = std::chrono::steady_clock::now();
    const auto result = statement.Execute(parameters);
    while (result->Next()) continue;
    const auto end = std::chrono::steady_clock::now();
    times.push_back(std::chrono::duration<double, std::milli>(end - start).count());
    if (end - begin > std::chrono::seconds(3)) break;
  }
  std::sort(times.begin(), times.end());
  std::printf("%-22s %10.4f ms  %zu rows  %s\n", name.c_str(), times[times.size() / 2], rows.size(),
              rows.empty() ? "" : rows.front().substr(0, 60).c_str());
}

fs::path TinyGraph() {
  const fs::path folder = fs::temp_directory_path() / "verbale-workload";
  const std::string command = "python3 '" + (SharedBench() / "gen_graph.py").string() +
                              "' tiny --out '" + folder.string() + "' > /dev/null 2>&1";
  return std::system(command.c_str()) == 0 ? folder / "tiny" : fs::path();
}

TEST(WorkloadTest, OptimizerKeepsTheRows) {
  if (!fs::exists(SharedBench() / "queries.json")) {
    GTEST_SKIP() << "no workload at " << SharedBench() << "; set VERBALE_SHARED";
  }
  const char* named = std::getenv("VERBALE_WORKLOAD");
  const fs::path folder = named != nullptr ? fs::path(named) : TinyGraph();
  if (folder.empty()) GTEST_SKIP() << "the workload needs python3";
  const auto graph = graph::Graph::InMemory();
  const auto transaction = graph->Begin();
  Loader(*transaction, folder).Load();
  transaction->CreateSchema({"person_id", graph::SchemaKind::kIndex, false, "Person", {"id"}, ""});
  transaction->CreateSchema({"org_id", graph::SchemaKind::kIndex, false, "Org", {"id"}, ""});
  transaction->Commit();
  const auto session = Session::Open(*graph);
  Options plain;
  plain.optimize = false;
  const auto unoptimized = Session::Open(*graph, plain);
  std::ifstream queries_in(SharedBench() / "queries.json");
  std::ifstream values_in(folder / "params.json");
  const json queries = json::parse(queries_in);
  const json values = json::parse(values_in);
  for (const json& query : queries["queries"]) {
    const auto name = query["name"].get<std::string>();
    const auto text = query["text"].get<std::string>();
    const Parameters parameters = ParametersOf(query, values);
    const bool ordered = query.value("ordered", false);
    const auto statement = session->Prepare(text);
    const std::vector<std::string> rows = RowsOf(*statement, parameters, ordered);
    if (named != nullptr) {
      PrintTime(name, *statement, parameters, rows);
    } else {
      EXPECT_EQ(rows, RowsOf(*unoptimized->Prepare(text), parameters, ordered)) << name;
    }
  }
}

}  // namespace
}  // namespace verbale::query
