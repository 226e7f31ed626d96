// query_engine DATA DB [--cold ID]: the engine behind the line protocol of
// ../shared/bench/peers.mjs. One JSON object a line on stdin, one answer a line on stdout:
//   load   the CSV files of DATA into a new graph in the folder DB
//   open   that graph, for reading
//   query  a statement, prepared once, run with one set of parameters after the other
//   rss    the peak of memory, mapped files included
// After each query it writes into DB.memory how much belonged to the process alone at most.
// With --cold it opens the graph for reading, looks one person up and ends.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include <nlohmann/json.hpp>

#include "bench/query/load.h"
#include "query/query.h"

namespace verbale::bench {
namespace {

using graph::Value;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

/// What a query needs before it runs: the peers make the same index for it.
const std::map<std::string, std::string> kSetups = {
    {"name_eq_indexed", "CREATE INDEX person_name IF NOT EXISTS FOR (p:Person) ON (p.name)"}};

double Milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

Value ToValue(const json& j) {
  if (j.is_boolean()) return Value(j.get<bool>());
  if (j.is_number_integer()) return Value(j.get<std::int64_t>());
  if (j.is_number()) return Value(j.get<double>());
  if (j.is_string()) return Value(j.get<std::string>());
  if (j.is_object()) {
    graph::Map map;
    for (const auto& [key, item] : j.items()) map.emplace_back(key, ToValue(item));
    return Value::OfMap(std::move(map));
  }
  graph::List list;
  for (const json& item : j) list.push_back(ToValue(item));
  return j.is_array() ? Value(std::move(list)) : Value();
}

json ToJson(const Value& value) {
  if (value.is_null()) return nullptr;
  if (value.is_bool()) return value.as_bool();
  if (value.is_int()) return value.as_int();
  if (value.is_double()) return value.as_double();
  if (value.is_string()) return std::string(value.as_string());
  if (!value.is_list()) return query::ToCypher(value, nullptr);
  json list = json::array();
  for (const Value& item : value.as_list()) list.push_back(ToJson(item));
  return list;
}

query::Parameters ToParameters(const json& j) {
  query::Parameters parameters;
  for (const auto& [name, value] : j.items()) parameters.emplace_back(name, ToValue(value));
  return parameters;
}

/// A line of /proc/self/status, in kB.
std::uint64_t StatusKb(const std::string& name) {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;) {
    std::uint64_t kb = 0;
    if (word == name + ":" && in >> kb) return kb;
  }
  return 0;
}

/// Looks every millisecond how much memory belongs to this process alone, as long as it lives.
class MemoryWatch {
 public:
  explicit MemoryWatch(std::uint64_t& peak_kb)
      : thread_([&peak_kb](const std::stop_token& stop) {
          do {
            peak_kb = std::max(peak_kb, StatusKb("RssAnon"));
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
          } while (!stop.stop_requested());
        }) {}

 private:
  std::jthread thread_;
};

std::uint64_t BytesIn(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

class Engine {
 public:
  Engine(std::string data, std::string db) : data_(std::move(data)), db_(std::move(db)) {}

  json Answer(const json& request) {
    const auto op = request.at("op").get<std::string>();
    if (op == "load") return Load();
    if (op == "open") return Open();
    if (op == "query") return Query(request);
    if (op == "rss") return Memory();
    return {{"ok", false}, {"error", "unknown op"}};
  }

  void Cold(std::int64_t id) {
    OpenAs(true);
    const auto result =
        session_->Run("MATCH (p:Person {id: $id}) RETURN p.name AS name", {{"id", Value(id)}});
    if (const auto row = result->Next()) std::cout << (*row)[0].as_string() << "\n";
  }

 private:
  json Load() {
    std::filesystem::remove_all(db_);
    graph::OpenOptions options;
    options.create = true;
    options.command = "query_engine";
    const auto begin = Clock::now();
    {
      const auto graph = graph::Graph::Open(db_, options);
      LoadGraph(*graph, data_);
    }
    const double seconds = Milliseconds(Clock::now() - begin) / 1000;
    return {{"ok", true}, {"load_s", seconds}, {"disk_bytes", BytesIn(db_)}};
  }

  json Open() {
    if (!graph_) OpenAs(false);
    return {{"ok", true}};
  }

  void OpenAs(bool read_only) {
    graph::OpenOptions options;
    options.read_only = read_only;
    options.command = "query_engine";
    graph_ = graph::Graph::Open(db_, options);
    session_ = query::Session::Open(*graph_);
    graph_->Read();
  }

  void KeepMemory() const {
    if (peak_kb_ != 0) std::ofstream(db_ + ".memory") << peak_kb_ << "\n";
  }

  json Query(const json& request) {
    Open();
    const auto setup = kSetups.find(request.at("name").get<std::string>());
    if (setup != kSetups.end()) session_->Run(setup->second);
    session_->options().limits.timeout = std::chrono::milliseconds(request.value("timeout_ms", 0));
    const auto statement = session_->Prepare(request.at("text").get<std::string>());
    std::vector<query::Parameters> parameters;
    for (const json& j : request.at("params_list")) parameters.push_back(ToParameters(j));
    json rows = json::array();
    const std::size_t checks = std::min(request.value("check", std::size_t{1}), parameters.size());
    {
      const MemoryWatch watch(peak_kb_);  // Not while time is taken.
      for (std::size_t i = 0; i < checks; ++i) rows.push_back(Rows(*statement, parameters[i]));
    }
    KeepMemory();  // There may be no other time: who is done kills the process.
    return {{"ok", true}, {"ms", Times(*statement, parameters, request)}, {"rows", rows}};
  }

  static json Rows(query::Statement& statement, const query::Parameters& parameters) {
    json rows = json::array();
    const auto result = statement.Execute(parameters);
    while (const auto row = result->Next()) {
      json cells = json::array();
      for (const Value& value : *row) cells.push_back(ToJson(value));
      rows.push_back(std::move(cells));
    }
    return rows;
  }

  /// How long each run took, rows pulled and dropped.
  static json Times(query::Statement& statement, const std::vector<query::Parameters>& parameters,
                    const json& request) {
    const double budget = request.value("budget_ms", 1000.0);
    const auto min_runs = request.value("min_runs", std::size_t{3});
    const auto max_runs = request.value("max_runs", std::size_t{200});
    json times = json::array();
    const auto begin = Clock::now();
    for (std::size_t run = 0; run < max_runs; ++run) {
      if (run >= min_runs && Milliseconds(Clock::now() - begin) >= budget) break;
      const auto start = Clock::now();
      const auto result = statement.Execute(parameters[run % parameters.size()]);
      while (result->Next()) continue;
      times.push_back(Milliseconds(Clock::now() - start));
    }
    return times;
  }

  static json Memory() { return {{"ok", true}, {"peak_rss_kb", StatusKb("VmHWM")}}; }

  std::string data_;
  std::string db_;
  std::uint64_t peak_kb_ = 0;  // Of memory that belongs to this process alone.
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<query::Session> session_;
};

int Serve(Engine& engine) {
  for (std::string line; std::getline(std::cin, line);) {
    json answer;
    try {
      answer = engine.Answer(json::parse(line));
    } catch (const std::exception& error) {
      answer = {{"ok", false}, {"error", error.what()}};
    }
    std::cout << answer.dump() << std::endl;
  }
  return 0;
}

}  // namespace
}  // namespace verbale::bench

int main(int argc, char** argv) {
  if (argc != 3 && !(argc == 5 && std::string(argv[3]) == "--cold")) {
    std::cerr << "usage: query_engine DATA DB [--cold ID]\n";
    return 2;
  }
  verbale::bench::Engine engine(argv[1], argv[2]);
  if (argc == 3) return verbale::bench::Serve(engine);
  try {
    engine.Cold(std::stoll(argv[4]));
  } catch (const std::exception& error) {
    std::cerr << "query_engine: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
