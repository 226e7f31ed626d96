#include "tests/query/reference/compare.h"

#include <algorithm>

#include <fmt/format.h>

namespace verbale::query::reference {
namespace {

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

}  // namespace

Comparison::Comparison(SmallGraph graph, bool on_disk) : small_(std::move(graph)) {
  memory_ = graph::Graph::InMemory();
  small_.MakeIn(*memory_);
  memory_->Repair();  // Laid out, as on disk.
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
  try {
    if (!query.writes) return Answer(query, *memory_->Read(), nullptr);
    const auto written = graph::Graph::InMemory();
    small_.MakeIn(*written);
    const auto transaction = written->Begin();
    Outcome outcome = Answer(query, *transaction, transaction.get());
    transaction->Commit();
    outcome.graph = GraphText(*written->Read());
    return outcome;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kUnsupported || error.code() == ErrorCode::kLimitExceeded) {
      return std::nullopt;
    }
    return Failed(error);
  }
}

void Tally::Add(Verdict verdict) {
  compared += verdict == Verdict::kAgrees || verdict == Verdict::kDiffers;
  refused += verdict == Verdict::kRefused;
  too_much += verdict == Verdict::kTooMuch;
  different += verdict == Verdict::kDiffers;
}

Verdict Comparison::Run(const GeneratedQuery& query, Tally& tally) {
  const Verdict verdict = Compare(query, tally);
  tally.Add(verdict);
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
      if (TookTooLong(found)) return Verdict::kTooMuch;
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
  report_ = fmt::format("{};\n{};\n{}    engine: {}\n", small_.ToCypher(), query.text,
                        ParametersText(query), engine);
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
