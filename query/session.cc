// Sessions, statements and results.
//
// A reading statement outside a transaction runs as its rows are pulled, over a state of the graph
// that it keeps. Everything else runs to its end in Execute: what is written is committed, or kept
// in the open transaction, before the first row is seen, so a row never speaks of what may still
// fail.

#include <algorithm>
#include <optional>
#include <utility>

#include "query/bind/bind.h"
#include "query/execute/run.h"
#include "query/optimize/optimize.h"
#include "query/parse/parse.h"
#include "query/plan/planner.h"
#include "query/procedures.h"
#include "query/query.h"
#include "query/used_graph.h"

namespace verbale::query {
namespace {

class StatementImpl;

/// What a statement was planned for: it is planned again when these changed much.
struct PlanBasis {
  std::uint64_t nodes = 0;
  std::uint64_t rels = 0;
  std::vector<graph::SchemaItem> schema;
  bool optimize = true;
  bool track_why = false;

  static PlanBasis Of(const graph::View& view, const Options& options, bool track_why) {
    PlanBasis basis;
    basis.nodes = view.NodeCount();
    basis.rels = view.RelCount();
    basis.schema = view.Schema();
    basis.optimize = options.optimize;
    basis.track_why = track_why;
    return basis;
  }

  /// Another index may have the name of one that was dropped.
  static bool AreEqual(const graph::SchemaItem& a, const graph::SchemaItem& b) {
    return a.name == b.name && a.kind == b.kind && a.on_relationship == b.on_relationship &&
           a.label == b.label && a.keys == b.keys && a.value_type == b.value_type;
  }

  bool Serves(const PlanBasis& now) const {
    const auto near = [](std::uint64_t a, std::uint64_t b) {
      return a <= 2 * b + 100 && b <= 2 * a + 100;
    };
    return optimize == now.optimize && track_why == now.track_why && near(nodes, now.nodes) &&
           near(rels, now.rels) &&
           std::equal(schema.begin(), schema.end(), now.schema.begin(), now.schema.end(), AreEqual);
  }
};

class SessionImpl : public Session {
 public:
  SessionImpl(graph::Graph& graph, Options options) : graph_(graph), options_(std::move(options)) {
    AddBuiltInProcedures([this]() -> const graph::Graph& { return used_ ? *used_ : graph_; },
                         procedures_);
  }

  std::unique_ptr<Statement> Prepare(std::string_view text) override;
  std::unique_ptr<Result> Run(std::string_view text, const Parameters& parameters) override;

  void Begin() override {
    if (transaction_) {
      throw Error(ErrorCode::kInvalidArgument, "a transaction is open already");
    }
    transaction_ = graph_.Begin();
  }
  void Commit() override { Taken()->Commit(); }
  void Rollback() override { Taken().reset(); }
  bool in_transaction() const override { return transaction_ != nullptr; }

  void Register(Procedure procedure) override { procedures_.Add(std::move(procedure)); }
  void set_track_why(bool on) override { track_why_ = on; }
  Options& options() override { return options_; }
  void Cancel() noexcept override { stop_.Raise(); }
  bool committing() const noexcept override { return stop_.committing(); }

  graph::Graph& graph() { return graph_; }
  UsedGraphs& used_graphs() { return used_graphs_; }
  /// The graph that procedures look at while a statement with USE runs; nullptr: the whole.
  void set_used(const graph::Graph* used) { used_ = used; }
  const std::shared_ptr<graph::Transaction>& transaction() const { return transaction_; }
  const ProcedureCatalog& procedures() const { return procedures_; }
  bool track_why() const { return track_why_; }
  StopSign& stop() { return stop_; }
  std::shared_ptr<const graph::View> CurrentView() const {
    if (transaction_) return transaction_;
    return graph_.Read();
  }

 private:
  std::shared_ptr<graph::Transaction> Taken() {
    if (!transaction_) throw Error(ErrorCode::kInvalidArgument, "no transaction is open");
    return std::exchange(transaction_, nullptr);
  }

  graph::Graph& graph_;
  UsedGraphs used_graphs_;
  const graph::Graph* used_ = nullptr;
  Options options_;
  ProcedureCatalog procedures_;
  /// Shared with results that still refer to it.
  std::shared_ptr<graph::Transaction> transaction_;
  bool track_why_ = false;
  StopSign stop_;
};

/// A plan that is lent to a result and comes back when the result ends.
struct PlanSlot {
  std::unique_ptr<Runnable> runnable;
  PlanBasis basis;
};

class ResultImpl : public Result {
 public:
  ResultImpl(std::shared_ptr<const BoundStatement> bound, std::vector<Column> columns)
      : bound_(std::move(bound)), columns_(std::move(columns)) {}
  ~ResultImpl() override { GiveBack(); }

  /// Runs `runnable` over `view`; what it gives is either pulled by Next or taken whole now.
  void Start(std::unique_ptr<Runnable> runnable, std::shared_ptr<PlanSlot> home,
             std::shared_ptr<const graph::View> view, graph::Transaction* transaction,
             SessionImpl& session, const Parameters& parameters);
  void TakeAll();
  void CheckDeleted() const;
  void SetPlan(PlanNode plan) { plan_ = std::move(plan); }

  const std::vector<Column>& columns() const override { return columns_; }
  std::optional<std::span<const graph::Value>> Next() override;
  const graph::WriteCounts& counts() const override { return counts_; }
  const graph::View& view() const override { return *view_; }
  const PlanNode* plan() const override { return plan_ ? &*plan_ : nullptr; }
  const std::vector<Notification>& notifications() const override { return bound_->notifications; }
  std::span<const graph::RelRef> why() const override { return why_; }

  void set_view(std::shared_ptr<const graph::View> view) { view_ = std::move(view); }

 private:
  bool NextBatch();
  bool Pull(Batch& batch);
  void Finish();
  void GiveBack();

  /// Shared with the statement: expressions of the plan point into it.
  std::shared_ptr<const BoundStatement> bound_;
  std::vector<Column> columns_;
  Parameters parameters_;
  /// Shared with the session while a transaction is open.
  std::shared_ptr<const graph::View> view_;
  std::optional<ExecContext> ctx_;
  std::unique_ptr<Runnable> runnable_;
  std::shared_ptr<PlanSlot> home_;
  std::uint64_t max_rows_ = 0;
  std::uint64_t given_ = 0;
  bool taken_whole_ = false;
  std::vector<Batch> taken_;
  std::size_t next_taken_ = 0;
  Batch batch_;
  std::size_t row_ = 0;
  bool at_end_ = false;
  std::vector<graph::Value> values_;
  std::vector<graph::RelRef> why_;
  graph::WriteCounts counts_;
  std::optional<PlanNode> plan_;
};

void ResultImpl::Start(std::unique_ptr<Runnable> runnable, std::shared_ptr<PlanSlot> home,
                       std::shared_ptr<const graph::View> view, graph::Transaction* transaction,
                       SessionImpl& session, const Parameters& parameters) {
  runnable_ = std::move(runnable);
  home_ = std::move(home);
  view_ = std::move(view);
  parameters_ = parameters;
  max_rows_ = session.options().limits.max_rows;
  session.stop().Lower();
  ctx_.emplace(*view_, transaction, session.options(), parameters_, session.stop());
  ctx_->profile = bound_->mode == RunMode::kProfile;
  runnable_->Open(*ctx_);
}

bool ResultImpl::Pull(Batch& batch) {
  try {
    return runnable_->Next(batch);
  } catch (Error& error) {
    LocateError(error, bound_->text);
    throw;
  }
}

void ResultImpl::TakeAll() {
  Batch batch;
  while (Pull(batch)) {
    if (columns_.empty()) continue;
    ctx_->Hold(BytesOf(batch));
    taken_.push_back(std::move(batch));
    batch = Batch();
  }
  taken_whole_ = true;
  counts_ = ctx_->counts;
}

void ResultImpl::CheckDeleted() const {
  for (const auto& [node, span] : ctx_->deleted_nodes) {
    if (!ctx_->transaction().IsConnected(node)) continue;
    Error error = RuntimeError(
        ErrorCode::kInvalidArgument,
        "a node that still has relationships cannot be deleted; DETACH DELETE takes them with it",
        "ConstraintVerificationFailed", "DeleteConnectedNode");
    PlaceError(error, span);
    LocateError(error, bound_->text);
    throw error;
  }
}

bool ResultImpl::NextBatch() {
  row_ = 0;
  if (taken_whole_) {
    if (next_taken_ == taken_.size()) return false;
    batch_ = std::move(taken_[next_taken_++]);
    return true;
  }
  return Pull(batch_);
}

std::optional<std::span<const graph::Value>> ResultImpl::Next() {
  if (at_end_ || !runnable_) return std::nullopt;
  while (row_ >= batch_.rows) {
    if (NextBatch()) continue;
    Finish();
    return std::nullopt;
  }
  if (columns_.empty()) {
    batch_.Clear();
    return Next();
  }
  if (max_rows_ != 0 && given_ == max_rows_) {
    throw Error(ErrorCode::kLimitExceeded,
                "the result has more than " + std::to_string(max_rows_) + " rows");
  }
  runnable_->ReadRow(batch_, row_, *view_, values_);
  runnable_->ReadWhy(batch_, row_, *view_, why_);
  ++row_;
  ++given_;
  return std::span<const graph::Value>(values_);
}

void ResultImpl::Finish() {
  at_end_ = true;
  if (ctx_->profile) plan_ = WithUse(*bound_, runnable_->Describe(true));
  GiveBack();
}

void ResultImpl::GiveBack() {
  if (home_ && runnable_ && !home_->runnable) home_->runnable = std::move(runnable_);
  runnable_.reset();
}

class StatementImpl : public Statement {
 public:
  StatementImpl(SessionImpl& session, std::string_view text) : session_(session) {
    const Ast ast = Parse(text, {session.options().limits.max_depth});
    const std::shared_ptr<const graph::View> view = session.CurrentView();
    auto bound =
        std::make_shared<BoundStatement>(Bind(ast, {&session.procedures(), &view->catalog()}));
    if (std::holds_alternative<BoundSchemaCommand>(bound->statement)) bound->writes = true;
    if (const auto* query = std::get_if<BoundQuery>(&bound->statement)) {
      for (const BoundColumn& column : query->columns) columns_.push_back({column.name});
    }
    bound_ = std::move(bound);
    home_ = std::make_shared<PlanSlot>();
  }

  std::unique_ptr<Result> Execute(const Parameters& parameters) override;
  const std::vector<Column>& columns() const override { return columns_; }
  bool writes() const override { return bound_->writes; }
  std::string PlanLine() const override {
    const std::string line =
        verbale::query::PlanLine(MakeRunnable(*session_.CurrentView())->plan());
    return bound_->use ? "Use(" + UseText(*bound_) + ") <- " + line : line;
  }

 private:
  std::unique_ptr<Runnable> MakeRunnable(const graph::View& view) const;
  /// What it gives comes back to `home_`, as that is afterwards.
  std::unique_ptr<Runnable> Borrow(const graph::View& view);
  void CheckParameters(const Parameters& parameters) const;
  std::shared_ptr<const graph::View> UsedView(const Parameters& parameters);
  std::unique_ptr<Result> Explain(const Parameters& parameters);
  std::unique_ptr<Result> ExecuteUse(const Parameters& parameters);
  std::unique_ptr<Result> ExecuteRead(const Parameters& parameters);
  std::unique_ptr<Result> ExecuteInTransaction(const Parameters& parameters);
  std::unique_ptr<Result> ExecuteWrite(const Parameters& parameters);

  SessionImpl& session_;
  /// Shared with results and, through expressions, with plans.
  std::shared_ptr<const BoundStatement> bound_;
  std::vector<Column> columns_;
  /// Shared with results that will give the plan back.
  std::shared_ptr<PlanSlot> home_;
};

std::unique_ptr<Runnable> StatementImpl::MakeRunnable(const graph::View& view) const {
  LogicalPlan plan = MakePlan(*bound_);
  std::vector<Slot> why;
  if (session_.track_why()) why = TrackWhy(plan);
  if (session_.options().optimize) Optimize(plan, view);
  if (bound_->mode != RunMode::kRun) EstimateRows(plan, view);
  return std::make_unique<Runnable>(std::move(plan), std::move(why));
}

std::unique_ptr<Runnable> StatementImpl::Borrow(const graph::View& view) {
  PlanBasis now = PlanBasis::Of(view, session_.options(), session_.track_why());
  if (home_->runnable && home_->basis.Serves(now) && StillHolds(home_->runnable->plan(), view)) {
    return std::move(home_->runnable);
  }
  // A home of its own: a result that is still read gives the plan before this one back to the old.
  home_ = std::make_shared<PlanSlot>();
  home_->basis = std::move(now);
  return MakeRunnable(view);
}

void StatementImpl::CheckParameters(const Parameters& parameters) const {
  for (const BoundParameter& parameter : bound_->parameters) {
    const std::string& name = parameter.name;
    const bool given = std::any_of(parameters.begin(), parameters.end(),
                                   [&name](const auto& entry) { return entry.first == name; });
    if (given) continue;
    std::vector<std::string> known;
    for (const auto& entry : parameters) known.push_back(entry.first);
    throw Error(ErrorCode::kSemantic, "parameter $" + name + " was not given",
                LocateInText(bound_->text, parameter.span.begin, parameter.span.size()))
        .WithTck(ErrorPhase::kCompileTime, "ParameterMissing", "MissingParameter")
        .WithHint(NearestName(name, known));
  }
}

std::unique_ptr<Result> StatementImpl::Execute(const Parameters& parameters) {
  if (bound_->mode == RunMode::kExplain) return Explain(parameters);
  CheckParameters(parameters);
  if (bound_->use) return ExecuteUse(parameters);
  if (session_.in_transaction() && bound_->commits) {
    throw Error(ErrorCode::kInvalidArgument,
                "CALL … IN TRANSACTIONS cannot run inside an open transaction");
  }
  if (session_.in_transaction()) return ExecuteInTransaction(parameters);
  return bound_->writes ? ExecuteWrite(parameters) : ExecuteRead(parameters);
}

// The view keeps the graph that it is of.
std::shared_ptr<const graph::View> StatementImpl::UsedView(const Parameters& parameters) {
  struct Kept {
    std::shared_ptr<const graph::Graph> graph;
    std::shared_ptr<const graph::View> view;
  };
  auto kept = std::make_shared<Kept>();
  kept->graph = session_.used_graphs().Find(session_.graph(), *bound_, parameters);
  kept->view = kept->graph->Read();
  const graph::View* view = kept->view.get();
  return {std::move(kept), view};
}

std::unique_ptr<Result> StatementImpl::Explain(const Parameters& parameters) {
  if (bound_->use) CheckParameters(parameters);
  auto result = std::make_unique<ResultImpl>(bound_, std::vector<Column>());
  result->set_view(bound_->use ? UsedView(parameters) : session_.CurrentView());
  result->SetPlan(WithUse(*bound_, MakeRunnable(result->view())->Describe(false)));
  return result;
}

// Runs to its end, so that procedures know which graph they are asked about. The plan is not kept:
// its numbers of names are those of another graph.
std::unique_ptr<Result> StatementImpl::ExecuteUse(const Parameters& parameters) {
  struct Using {
    SessionImpl& session;
    ~Using() { session.set_used(nullptr); }
  };
  auto result = std::make_unique<ResultImpl>(bound_, columns_);
  std::shared_ptr<const graph::View> view = UsedView(parameters);
  const auto used = session_.used_graphs().Find(session_.graph(), *bound_, parameters);
  const Using guard{session_};
  session_.set_used(used.get());
  std::unique_ptr<Runnable> runnable = MakeRunnable(*view);
  result->Start(std::move(runnable), nullptr, std::move(view), nullptr, session_, parameters);
  result->TakeAll();
  return result;
}

std::unique_ptr<Result> StatementImpl::ExecuteRead(const Parameters& parameters) {
  auto result = std::make_unique<ResultImpl>(bound_, columns_);
  std::shared_ptr<const graph::View> view = session_.graph().Read();
  std::unique_ptr<Runnable> runnable = Borrow(*view);
  result->Start(std::move(runnable), home_, std::move(view), nullptr, session_, parameters);
  return result;
}

std::unique_ptr<Result> StatementImpl::ExecuteInTransaction(const Parameters& parameters) {
  auto result = std::make_unique<ResultImpl>(bound_, columns_);
  const std::shared_ptr<graph::Transaction> transaction = session_.transaction();
  const std::size_t mark = transaction->Savepoint();
  try {
    std::unique_ptr<Runnable> runnable = Borrow(*transaction);
    result->Start(std::move(runnable), home_, transaction,
                  bound_->writes ? transaction.get() : nullptr, session_, parameters);
    result->TakeAll();
    if (bound_->writes) result->CheckDeleted();
    transaction->Release(mark);
  } catch (...) {
    transaction->RollbackTo(mark);
    throw;
  }
  return result;
}

std::unique_ptr<Result> StatementImpl::ExecuteWrite(const Parameters& parameters) {
  auto result = std::make_unique<ResultImpl>(bound_, columns_);
  const std::shared_ptr<graph::Transaction> transaction = session_.graph().Begin();
  std::unique_ptr<Runnable> runnable = Borrow(*transaction);
  result->Start(std::move(runnable), home_, transaction, transaction.get(), session_, parameters);
  result->TakeAll();
  result->CheckDeleted();
  session_.stop().Guard([&] { transaction->Commit(); });
  return result;
}

std::unique_ptr<Statement> SessionImpl::Prepare(std::string_view text) {
  return std::make_unique<StatementImpl>(*this, text);
}

std::unique_ptr<Result> SessionImpl::Run(std::string_view text, const Parameters& parameters) {
  return Prepare(text)->Execute(parameters);
}

}  // namespace

std::unique_ptr<Session> Session::Open(graph::Graph& graph, Options options) {
  return std::make_unique<SessionImpl>(graph, std::move(options));
}

}  // namespace verbale::query
