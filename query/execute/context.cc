#include "query/execute/context.h"

#include <algorithm>
#include <random>
#include <utility>

#include <unistd.h>

namespace verbale::query {
namespace {

graph::DateTime Now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
  graph::DateTime now;
  now.seconds = seconds.count();
  now.nanos = static_cast<std::int32_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(since - seconds).count());
  return now;
}

}  // namespace

std::uint64_t DefaultMemoryBudget() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page <= 0) return std::uint64_t{1} << 30;
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page) / 4;
}

Error Cancelled() { return Error(ErrorCode::kLimitExceeded, "the statement was cancelled"); }

void StopSign::Check() const {
  if (raised_) throw Cancelled();
}

ExecContext::ExecContext(const graph::View& view, graph::Transaction* transaction,
                         const Options& options, const Parameters& parameters, StopSign& stop)
    : view_(&view),
      transaction_(transaction),
      parameters_(parameters),
      stop_(&stop),
      in_transaction_(dynamic_cast<const graph::Transaction*>(&view) != nullptr),
      batch_size_(options.batch_size == 0 ? 1 : options.batch_size),
      threads_(options.threads),
      progress_(options.progress),
      random_(0) {
  static const std::size_t kDefaultMemory = DefaultMemoryBudget();
  memory_limit_ = options.limits.memory_bytes == 0 ? kDefaultMemory : options.limits.memory_bytes;
  if (options.limits.timeout.count() > 0) {
    has_deadline_ = true;
    deadline_ = std::chrono::steady_clock::now() + options.limits.timeout;
  }
  functions_.view = view_;
  functions_.statement_time = Now();
  functions_.transaction_time = functions_.statement_time;
  random_ = Random(static_cast<std::uint64_t>(functions_.statement_time.seconds) * 1'000'000'007u +
                   static_cast<std::uint64_t>(functions_.statement_time.nanos));
  functions_.random = &random_;
}

ExecContext::ExecContext(const ExecContext* other)
    : track_why(other->track_why),
      view_(other->view_),
      transaction_(nullptr),
      parameters_(other->parameters_),
      stop_(other->stop_),
      in_transaction_(other->in_transaction_),
      batch_size_(other->batch_size_),
      threads_(1),
      deadline_(other->deadline_),
      has_deadline_(other->has_deadline_),
      memory_limit_(other->memory_limit_),
      random_(other->random_),
      functions_(other->functions_) {
  functions_.random = &random_;
}

graph::Transaction& ExecContext::transaction() const {
  if (transaction_ == nullptr) {
    throw Error(ErrorCode::kInternal, "a reading statement came to an operator that writes");
  }
  return *transaction_;
}

const graph::Value& ExecContext::Parameter(const std::string& name) const {
  for (const auto& [key, value] : parameters_) {
    if (key == name) return value;
  }
  throw Error(ErrorCode::kSemantic, "parameter $" + name + " was not given")
      .WithTck(ErrorPhase::kCompileTime, "ParameterMissing", "MissingParameter");
}

graph::Adjacency ExecContext::WithoutDeleted(graph::NodeNo node, const graph::Adjacency& all) {
  if (!view_->Exists(node)) return {};
  const bool complete = std::all_of(all.nodes.begin(), all.nodes.end(),
                                    [this](graph::NodeNo end) { return view_->Exists(end); });
  if (complete) return all;
  LivingEnds& ends = living_.emplace_back();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!view_->Exists(all.nodes[i])) continue;
    ends.nodes.push_back(all.nodes[i]);
    ends.rels.push_back(all.rel(i));
  }
  Hold(ends.nodes.size() * (sizeof(graph::NodeNo) + sizeof(graph::RelNo)));
  return {ends.nodes, ends.rels.data(), {}};
}

void ExecContext::CommitSoFar() {
  stop_->Guard([this] { transaction().CommitSoFar(); });
  deleted_nodes.clear();
}

void ExecContext::Tick() const {
  stop_->Check();
  if (has_deadline_ && std::chrono::steady_clock::now() > deadline_) {
    throw Error(ErrorCode::kLimitExceeded, "the statement took longer than its time limit");
  }
}

void ExecContext::Hold(std::size_t bytes) {
  held_ += bytes;
  if (held_ > memory_limit_) {
    throw Error(ErrorCode::kLimitExceeded, "the statement holds more than its memory limit of " +
                                               std::to_string(memory_limit_ >> 20) + " MiB");
  }
}

void PlaceError(Error& error, ByteSpan span) {
  if (error.position().length != 0 || span.empty()) return;
  TextPosition position;
  position.offset = span.begin;
  position.length = span.size();
  std::move(error).WithPosition(std::move(position));
}

void LocateError(Error& error, std::string_view text) {
  const TextPosition& position = error.position();
  if (position.line != 0 || position.length == 0) return;
  std::move(error).WithPosition(LocateInText(text, position.offset, position.length));
}

Error RuntimeError(ErrorCode code, std::string message, std::string type, std::string detail) {
  return Error(code, std::move(message))
      .WithTck(ErrorPhase::kRuntime, std::move(type), std::move(detail));
}

}  // namespace verbale::query
