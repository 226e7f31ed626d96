#include "tests/query/reference/compare.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <stdlib.h>

#include "query/parse/parse.h"
#include "tests/query/reference/reference.h"

namespace verbale::query::reference {
namespace {

using graph::Value;

struct Setting {
  const char* name;
  bool optimize;
  std::uint32_t batch_size;
  unsigned threads;
  bool track_why = false;
};
constexpr Setting kSettings[] = {
    {"optimized, batch 2048", true, 2048, 1},      {"optimized, batch 1", true, 1, 1},
    {"plain, batch 2048", false, 2048, 1},         {"plain, batch 1", false, 1, 1},
    {"optimized, batch 2, 2 threads", true, 2, 2}, {"optimized, why", true, 2048, 1, true},
};

Options OptionsOf(const Setting& setting) {
  Options options;
  options.optimize = setting.optimize;
  options.batch_size = setting.batch_size;
  options.threads = setting.threads;
  options.limits.timeout = std::chrono::seconds(20);
  return options;
}

/// Floats with the value of an integer as that integer, where the two may stand for one another.
Value Normal(const Value& value, const GeneratedQuery& query) {
  if (value.is_double() && query.merges_numbers) {
    const double number = value.as_double();
    if (std::abs(number) < 1e15 &&
        number == static_cast<double>(static_cast<std::int64_t>(number))) {
      return Value(static_cast<std::int64_t>(number));
    }
  }
  if (!value.is_list()) return value;
  graph::List list;
  for (const Value& item : value.as_list()) list.push_back(Normal(item, query));
  if (query.has_bags) {
    std::sort(list.begin(), list.end(),
              [](const Value& a, const Value& b) { return graph::TotalOrder(a, b) < 0; });
  }
  return Value(std::move(list));
}

std::string RowText(std::span<const Value> values, const GeneratedQuery& query,
                    const graph::View& view) {
  std::string text;
  for (const Value& value : values) {
    text += (text.empty() ? "" : " | ") + ToCypher(Normal(value, query), &view);
  }
  return text;
}

/// Nodes and relationships by what they say, not by who they are.
std::vector<std::string> GraphText(const graph::View& view) {
  std::vector<std::string> lines;
  const auto node_text = [&](graph::NodeNo node) {
    return ToCypher(Value(graph::NodeRef{node, view.Id(node)}), &view);
  };
  for (std::uint32_t i = 0; i < view.NodeLimit(); ++i) {
    if (view.Exists(graph::NodeNo{i})) lines.push_back(node_text(graph::NodeNo{i}));
  }
  for (std::uint32_t i = 0; i < view.RelLimit(); ++i) {
    const graph::RelNo rel{i};
    if (!view.Exists(rel)) continue;
    const graph::RelEnds ends = view.Ends(rel);
    lines.push_back(fmt::format("{} {} {}", node_text(ends.source),
                                ToCypher(Value(graph::RelRef{rel, view.Id(rel)}), &view),
                                node_text(ends.target)));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

Outcome Failed(const Error& error) {
  Outcome outcome;
  outcome.error = std::string(verbale::Name(error.code()));
  outcome.message = error.what();
  return outcome;
}

Outcome RunEngine(Session& session, const GeneratedQuery& query) {
  Outcome outcome;
  try {
    const auto result = session.Run(query.text);
    while (const auto row = result->Next()) {
      outcome.rows.push_back(RowText(*row, query, result->view()));
    }
  } catch (const Error& error) {
    return Failed(error);
  }
  if (!query.ordered) std::sort(outcome.rows.begin(), outcome.rows.end());
  return outcome;
}

std::filesystem::path NewFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "verbale-reference-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::kIo, "no temporary folder");
  return name;
}

void AddLines(std::string& text, const char* title, const std::vector<std::string>& lines) {
  constexpr std::size_t kMost = 12;
  text += fmt::format("    {} ({})\n", title, lines.size());
  for (std::size_t i = 0; i < std::min(kMost, lines.size()); ++i) {
    text += fmt::format("      {}\n", lines[i]);
  }
}

}  // namespace

Comparison::Comparison(SmallGraph graph, bool on_disk) : small_(std::move(graph)) {
  memory_ = graph::Graph::InMemory();
  small_.MakeIn(*memory_);
  OpenEngines(*memory_, "memory");
  if (!on_disk) return;
  folder_ = NewFolder();
  graph::OpenOptions options;
  options.create = true;
  {
    const auto made = graph::Graph::Open(folder_ / "graph", options);
    small_.MakeIn(*made);
  }
  options.create = false;
  disk_ = graph::Graph::Open(folder_ / "graph", options);
  OpenEngines(*disk_, "RocksDB");
}

Comparison::~Comparison() {
  engines_.clear();
  disk_.reset();
  std::error_code ignored;  // A folder that stays behind in /tmp harms nobody.
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

void Comparison::OpenEngines(graph::Graph& graph, const std::string& store) {
  for (const Setting& setting : kSettings) {
    engines_.push_back({store + ", " + setting.name, Session::Open(graph, OptionsOf(setting))});
    engines_.back().session->set_track_why(setting.track_why);
  }
}

std::optional<Outcome> Comparison::Expected(const GeneratedQuery& query) {
  const Ast ast = Parse(query.text);
  Outcome outcome;
  try {
    std::unique_ptr<graph::Graph> written;
    std::unique_ptr<graph::Transaction> transaction;
    std::shared_ptr<const graph::View> view;
    if (query.writes) {
      written = graph::Graph::InMemory();
      small_.MakeIn(*written);
      transaction = written->Begin();
    } else {
      view = memory_->Read();
    }
    const graph::View& read = transaction ? *transaction : *view;
    const Table table = Evaluate(std::get<Query>(ast.statement), read, transaction.get());
    if (!table.columns.empty()) {
      for (const auto& row : table.rows) outcome.rows.push_back(RowText(row, query, read));
    }
    if (transaction) {
      transaction->Commit();
      outcome.graph = GraphText(*written->Read());
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kUnsupported || error.code() == ErrorCode::kLimitExceeded) {
      return std::nullopt;
    }
    return Failed(error);
  }
  if (!query.ordered) std::sort(outcome.rows.begin(), outcome.rows.end());
  return outcome;
}

Verdict Comparison::Run(const GeneratedQuery& query, Tally& tally) {
  const Verdict verdict = Compare(query, tally);
  tally.compared += verdict == Verdict::kAgrees || verdict == Verdict::kDiffers;
  tally.refused += verdict == Verdict::kRefused;
  tally.too_much += verdict == Verdict::kTooMuch;
  tally.different += verdict == Verdict::kDiffers;
  return verdict;
}

Verdict Comparison::Compare(const GeneratedQuery& query, Tally& tally) {
  report_.clear();
  try {
    engines_.front().session->Prepare(query.text);
  } catch (const Error& error) {
    report_ = fmt::format("refused: {}: {}\n    {}\n", verbale::Name(error.code()), error.what(),
                          query.text);
    if (error.code() == ErrorCode::kInternal) return Verdict::kDiffers;
    return Verdict::kRefused;
  }
  const std::optional<Outcome> expected = Expected(query);
  if (!expected) return Verdict::kTooMuch;
  tally.errors += !expected->error.empty();
  if (!query.writes) {
    for (const Engine& engine : engines_) {
      const Outcome found = RunEngine(*engine.session, query);
      if (found == *expected) continue;
      Report(query, engine.name, *expected, found);
      return Verdict::kDiffers;
    }
    return Verdict::kAgrees;
  }
  for (const Setting& setting : kSettings) {
    const auto written = graph::Graph::InMemory();
    small_.MakeIn(*written);
    Outcome found = RunEngine(*Session::Open(*written, OptionsOf(setting)), query);
    if (found.error.empty()) found.graph = GraphText(*written->Read());
    if (found == *expected) continue;
    Report(query, setting.name, *expected, found);
    return Verdict::kDiffers;
  }
  return Verdict::kAgrees;
}

void Comparison::Report(const GeneratedQuery& query, const std::string& engine,
                        const Outcome& expected, const Outcome& found) {
  report_ = fmt::format("{};\n{};\n    engine: {}\n", small_.ToCypher(), query.text, engine);
  const auto add = [&](const char* title, const Outcome& outcome) {
    if (!outcome.error.empty()) {
      report_ += fmt::format("    {}: {}: {}\n", title, outcome.error, outcome.message);
      return;
    }
    AddLines(report_, title, outcome.rows);
    if (query.writes && expected.graph != found.graph) AddLines(report_, "graph", outcome.graph);
  };
  add("reference", expected);
  add("engine", found);
}

}  // namespace verbale::query::reference
