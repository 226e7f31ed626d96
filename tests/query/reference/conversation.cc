#include "tests/query/reference/conversation.h"

#include <algorithm>

#include <fmt/format.h>

namespace verbale::query::reference {
namespace {

constexpr std::size_t kNotPrepared = SIZE_MAX;
constexpr std::size_t kMostPrepared = 12;

Options OptionsOf(bool optimize, std::uint32_t batch_size, unsigned threads) {
  Options options;
  options.optimize = optimize;
  options.batch_size = batch_size;
  options.threads = threads;
  options.limits.timeout = std::chrono::seconds(20);
  return options;
}

}  // namespace

Conversation::Conversation(const SmallGraph& graph, Dice& dice, bool on_disk) : dice_(dice) {
  if (on_disk) folder_ = NewFolder();
  reference_ = graph::Graph::InMemory();
  graph.MakeIn(*reference_);
  reference_read_ = reference_->Read();
  script_ = graph.ToCypher() + ";\n";
  AddEngine(graph, "optimized", OptionsOf(true, 2048, 1), on_disk);
  AddEngine(graph, "batch-3", OptionsOf(true, 3, 2), false);
  AddEngine(graph, "plain", OptionsOf(false, 1, 1), false);
}

Conversation::~Conversation() {
  engines_.clear();
  std::error_code ignored;  // A folder that stays behind in /tmp harms nobody.
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

void Conversation::AddEngine(const SmallGraph& graph, const char* name, const Options& options,
                             bool on_disk) {
  Engine engine;
  engine.name = name;
  engine.options = options;
  engine.on_disk = on_disk;
  if (on_disk) {
    graph::OpenOptions create;
    create.create = true;
    graph.MakeIn(*graph::Graph::Open(FolderOf(engine), create));
  } else {
    engine.graph = graph::Graph::InMemory();
    graph.MakeIn(*engine.graph);
    engine.graph->Repair();
  }
  Open(engine);
  engines_.push_back(std::move(engine));
}

void Conversation::Open(Engine& engine) {
  if (engine.on_disk) engine.graph = graph::Graph::Open(FolderOf(engine), {});
  engine.session = Session::Open(*engine.graph, engine.options);
}

const graph::View& Conversation::reference_view() const {
  return transaction_ ? static_cast<const graph::View&>(*transaction_) : *reference_read_;
}

Verdict Conversation::Step(Tally& tally) {
  report_.clear();
  if (!transaction_ && dice_.OneIn(15)) LayOut();
  if (!transaction_ && dice_.OneIn(15)) ChangeSchema();
  if (dice_.OneIn(transaction_ ? 4 : 12)) {
    BeginOrEnd();
    if (!transaction_) {
      const Verdict verdict = CompareGraphs();
      if (verdict == Verdict::kDiffers) tally.Add(verdict);
      if (verdict == Verdict::kDiffers) return verdict;
    }
  }
  const Verdict verdict = Ask(tally);
  tally.Add(verdict);
  return verdict;
}

/// Graphs on disk are closed and opened, those in memory laid out again: what is written lies over
/// a layout that has what was written before.
void Conversation::LayOut() {
  for (Engine& engine : engines_) {
    if (!engine.on_disk) {
      engine.graph->Repair();
      continue;
    }
    engine.prepared.clear();
    engine.session.reset();
    engine.graph.reset();
    Open(engine);
    for (const GeneratedQuery& query : prepared_) {
      engine.prepared.push_back(engine.session->Prepare(query.text));
    }
  }
  script_ += "// closed and opened\n";
}

/// Nothing that is written breaks a constraint, and the reference needs neither.
void Conversation::ChangeSchema() {
  const std::string text = dice_.Pick({
      "CREATE INDEX one IF NOT EXISTS FOR (n:A) ON (n.a)",
      "CREATE INDEX two IF NOT EXISTS FOR (n:B) ON (n.s)",
      "CREATE INDEX one IF NOT EXISTS FOR (n:C) ON (n.a)",
      "CREATE INDEX two IF NOT EXISTS FOR (n:A) ON (n.m)",
      "CREATE INDEX three IF NOT EXISTS FOR (n:A) ON (n.i)",
      "CREATE INDEX three IF NOT EXISTS FOR (n:B) ON (n.i)",
      "DROP INDEX one IF EXISTS",
      "DROP INDEX two IF EXISTS",
      "DROP INDEX three IF EXISTS",
  });
  for (Engine& engine : engines_) engine.session->Run(text);
  script_ += text + ";\n";
}

void Conversation::BeginOrEnd() {
  if (!transaction_) {
    transaction_ = reference_->Begin();
    for (Engine& engine : engines_) engine.session->Begin();
    script_ += "BEGIN;\n";
    return;
  }
  const bool commits = dice_.OneIn(2);
  if (commits) transaction_->Commit();
  transaction_.reset();
  reference_read_ = reference_->Read();
  for (Engine& engine : engines_) {
    if (commits) {
      engine.session->Commit();
    } else {
      engine.session->Rollback();
    }
  }
  script_ += commits ? "COMMIT;\n" : "ROLLBACK;\n";
}

Verdict Conversation::Ask(Tally& tally) {
  if (!prepared_.empty() && dice_.OneIn(4)) {
    const std::size_t which = dice_.Below(prepared_.size());
    return Compare(prepared_[which], which, tally);
  }
  Generator generator(dice_, false);
  const GeneratedQuery query = generator.Generate(dice_.OneIn(2));
  try {
    engines_.front().session->Prepare(query.text);
  } catch (const Error& error) {
    report_ = fmt::format("refused: {}: {}\n    {}\n", verbale::Name(error.code()), error.what(),
                          query.text);
    return error.code() == ErrorCode::kInternal ? Verdict::kDiffers : Verdict::kRefused;
  }
  if (prepared_.size() == kMostPrepared || !dice_.OneIn(4)) {
    return Compare(query, kNotPrepared, tally);
  }
  for (Engine& engine : engines_) engine.prepared.push_back(engine.session->Prepare(query.text));
  prepared_.push_back(query);
  return Compare(query, prepared_.size() - 1, tally);
}

/// As the engine, the reference takes a statement that fails back, and what was before it stays.
std::optional<Outcome> Conversation::Expected(const GeneratedQuery& query) {
  std::unique_ptr<graph::Transaction> own;
  if (query.writes && !transaction_) own = reference_->Begin();
  graph::Transaction* const transaction = own ? own.get() : transaction_.get();
  const std::size_t mark = transaction_ ? transaction_->Savepoint() : 0;
  try {
    const graph::View& view = own ? static_cast<const graph::View&>(*own) : reference_view();
    Outcome outcome = Answer(query, view, query.writes ? transaction : nullptr);
    if (own) own->Commit();
    if (transaction_) transaction_->Release(mark);
    return outcome;
  } catch (const Error& error) {
    if (transaction_) {
      transaction_->RollbackTo(mark);
      transaction_->Release(mark);
    }
    if (error.code() == ErrorCode::kUnsupported || error.code() == ErrorCode::kLimitExceeded) {
      return std::nullopt;
    }
    return Failed(error);
  }
}

Verdict Conversation::Compare(const GeneratedQuery& query, std::size_t prepared, Tally& tally) {
  const std::optional<Outcome> expected = Expected(query);
  if (!expected) return Verdict::kTooMuch;
  reference_read_ = reference_->Read();
  tally.errors += !expected->error.empty();
  for (Engine& engine : engines_) {
    const Outcome found = prepared == kNotPrepared ? RunEngine(*engine.session, query)
                                                   : RunEngine(*engine.prepared[prepared], query);
    if (TookTooLong(found)) {
      is_over_ = query.writes;  // The graphs are not the same any more.
      return Verdict::kTooMuch;
    }
    if (!(found == *expected)) return Report(query, engine.name, *expected, found);
  }
  if (!query.writes) return Verdict::kAgrees;
  const std::string text = query.text + ";\n" + ParametersText(query);
  const Verdict verdict = transaction_ ? Verdict::kAgrees : CompareGraphs();
  if (verdict == Verdict::kDiffers) report_ += "    after: " + text;
  script_ += text;
  return verdict;
}

Verdict Conversation::CompareGraphs() {
  GeneratedQuery nothing;
  Outcome expected;
  expected.graph = GraphText(*reference_read_);
  for (const Engine& engine : engines_) {
    Outcome found;
    found.graph = GraphText(*engine.graph->Read());
    if (!(found == expected)) return Report(nothing, engine.name, expected, found);
  }
  return Verdict::kAgrees;
}

Verdict Conversation::Report(const GeneratedQuery& query, const std::string& engine,
                             const Outcome& expected, const Outcome& found) {
  report_ =
      fmt::format("{}{};\n{}    engine: {}\n", script_, query.text, ParametersText(query), engine);
  const auto add = [&](const char* title, const Outcome& outcome) {
    if (!outcome.error.empty()) {
      report_ += fmt::format("    {}: {}: {}\n", title, outcome.error, outcome.message);
      return;
    }
    AddLines(report_, title, outcome.rows);
    if (expected.graph != found.graph) AddLines(report_, "graph", outcome.graph);
  };
  add("reference", expected);
  add("engine", found);
  return Verdict::kDiffers;
}

}  // namespace verbale::query::reference
