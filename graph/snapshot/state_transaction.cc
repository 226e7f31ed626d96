#include "graph/snapshot/state_transaction.h"

#include <algorithm>
#include <utility>

#include "graph/error.h"
#include "graph/snapshot/constraints.h"
#include "graph/snapshot/write_diff.h"

namespace verbale::graph::snapshot {
namespace {

template <typename No>
void SortUnique(std::vector<No>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

Error GoneError(const char* what) {
  return Error(ErrorCode::kNotFound, std::string("the ") + what + " was deleted")
      .WithTck(ErrorPhase::kRuntime, "EntityNotFound", "DeletedEntityAccess");
}

/// Statements cannot write such a name, so nobody could ask for what has it.
void RequireName(std::string_view name, const char* what) {
  if (!name.empty()) return;
  throw Error(ErrorCode::kInvalidArgument, std::string("a ") + what + " needs a name");
}

}  // namespace

StateTransaction::StateTransaction(GraphState state, TransactionHost& host, std::string author)
    : StateReader<Transaction>(std::move(state)),
      before_(state_),
      host_(&host),
      author_(std::move(author)),
      last_epoch_(state_.delta().epoch + 1) {
  state_.StartEpoch(last_epoch_);
}

StateTransaction::~StateTransaction() { End(); }

void StateTransaction::End() noexcept {
  if (host_) std::exchange(host_, nullptr)->Release();
}

void StateTransaction::RequireOpen() const {
  if (!host_) throw Error(ErrorCode::kInvalidArgument, "the transaction is over");
}

void StateTransaction::Require(NodeNo node) const {
  RequireOpen();
  if (!state_.Exists(node)) throw GoneError("node");
}

void StateTransaction::Require(RelNo rel) const {
  RequireOpen();
  if (!state_.Exists(rel)) throw GoneError("relationship");
}

void StateTransaction::Touch(NodeNo node) {
  if (touched_nodes_.empty() || touched_nodes_.back() != node) touched_nodes_.push_back(node);
}

void StateTransaction::Touch(RelNo rel) {
  if (touched_rels_.empty() || touched_rels_.back() != rel) touched_rels_.push_back(rel);
}

Adjacency StateTransaction::Neighbours(NodeNo node, Direction direction, TypeId type) const {
  state_.Settle();
  return state_.Neighbours(node, direction, type);
}

bool StateTransaction::IsConnected(NodeNo node) const {
  state_.Settle();
  return state_.IsConnected(node);
}

LabelId StateTransaction::Label(std::string_view name) {
  RequireOpen();
  RequireName(name, "label");
  return LabelId{state_.names.labels.Make(name, last_epoch_)};
}

TypeId StateTransaction::Type(std::string_view name) {
  RequireOpen();
  RequireName(name, "type");
  return TypeId{state_.names.types.Make(name, last_epoch_)};
}

KeyId StateTransaction::Key(std::string_view name) {
  RequireOpen();
  RequireName(name, "property");
  return KeyId{state_.names.keys.Make(name, last_epoch_)};
}

NodeNo StateTransaction::CreateNode(std::span<const LabelId> labels) {
  RequireOpen();
  const NodeNo node = state_.CreateNode(labels);
  Touch(node);
  return node;
}

RelNo StateTransaction::CreateRel(NodeNo source, TypeId type, NodeNo target) {
  Require(source);
  Require(target);
  const RelNo rel = state_.CreateRel(source, type, target);
  Touch(rel);
  return rel;
}

void StateTransaction::Set(NodeNo node, KeyId key, const Value& value) {
  Require(node);
  CheckStorable(value);
  CheckSet(state_, node, key, value);
  state_.Set(node, key, value);
  Touch(node);
}

void StateTransaction::Set(RelNo rel, KeyId key, const Value& value) {
  Require(rel);
  CheckStorable(value);
  CheckSet(state_, rel, key, value);
  state_.Set(rel, key, value);
  Touch(rel);
}

bool StateTransaction::AddLabel(NodeNo node, LabelId label) {
  Require(node);
  if (state_.HasLabel(node, label)) return false;
  CheckAddLabel(state_, node, label);
  state_.AddLabel(node, label);
  Touch(node);
  return true;
}

bool StateTransaction::RemoveLabel(NodeNo node, LabelId label) {
  Require(node);
  if (!state_.HasLabel(node, label)) return false;
  state_.RemoveLabel(node, label);
  Touch(node);
  return true;
}

void StateTransaction::Delete(RelNo rel) {
  Require(rel);
  state_.Delete(rel);
  Touch(rel);
}

void StateTransaction::Delete(NodeNo node) {
  Require(node);
  state_.Delete(node);
  Touch(node);
}

void StateTransaction::CreateSchema(const SchemaItem& item) {
  RequireOpen();
  CheckSchemaItem(item);
  std::vector<SchemaItem> items = *state_.delta().schema;
  for (const SchemaItem& other : items) {
    const bool same = other.kind == item.kind && other.on_relationship == item.on_relationship &&
                      other.label == item.label && other.keys == item.keys;
    if (other.name == item.name || same) {
      throw Error(ErrorCode::kAlreadyExists,
                  same ? "an equal index or constraint exists: " + other.name
                       : "an index or constraint named " + item.name + " exists");
    }
  }
  const auto at =
      std::lower_bound(items.begin(), items.end(), item.name,
                       [](const SchemaItem& i, const std::string& name) { return i.name < name; });
  items.insert(at, item);
  GraphState next = state_;
  next.SetSchema(std::move(items));
  next.Settle();
  CheckExisting(next, item);
  state_ = std::move(next);
}

void StateTransaction::DropSchema(std::string_view name) {
  RequireOpen();
  std::vector<SchemaItem> items = *state_.delta().schema;
  const auto at = std::find_if(items.begin(), items.end(),
                               [name](const SchemaItem& i) { return i.name == name; });
  if (at == items.end()) {
    std::vector<std::string> known;
    for (const SchemaItem& i : items) known.push_back(i.name);
    throw Error(ErrorCode::kNotFound, "no index or constraint is named " + std::string(name))
        .WithHint(NearestName(name, known));
  }
  items.erase(at);
  state_.SetSchema(std::move(items));
}

std::size_t StateTransaction::Savepoint() {
  RequireOpen();
  state_.Settle();
  marks_.push_back(state_);
  state_.StartEpoch(++last_epoch_);
  return marks_.size() - 1;
}

void StateTransaction::RollbackTo(std::size_t savepoint) {
  RequireOpen();
  if (savepoint >= marks_.size()) {
    throw Error(ErrorCode::kInvalidArgument, "no such savepoint in this transaction");
  }
  state_.Restore(marks_[savepoint]);
  state_.StartEpoch(++last_epoch_);
  marks_.erase(marks_.begin() + static_cast<std::ptrdiff_t>(savepoint) + 1, marks_.end());
}

void StateTransaction::Release(std::size_t savepoint) {
  RequireOpen();
  if (savepoint < marks_.size()) {
    marks_.erase(marks_.begin() + static_cast<std::ptrdiff_t>(savepoint), marks_.end());
  }
}

void StateTransaction::CheckTouched() const {
  for (const NodeNo node : touched_nodes_) {
    if (state_.Exists(node)) {
      CheckComplete(state_, node);
    } else if (state_.IsConnected(node)) {
      throw Error(ErrorCode::kInvalidArgument,
                  "a node that still has relationships cannot be deleted; DETACH DELETE takes "
                  "them with it")
          .WithTck(ErrorPhase::kRuntime, "ConstraintVerificationFailed", "DeleteConnectedNode");
    }
  }
  for (const RelNo rel : touched_rels_) {
    if (state_.Exists(rel)) CheckComplete(state_, rel);
  }
}

void StateTransaction::Publish() {
  state_.Settle();
  SortUnique(touched_nodes_);
  SortUnique(touched_rels_);
  CheckTouched();
  store::WriteSet writes = Diff(before_, state_, touched_nodes_, touched_rels_);
  writes.author = author_;
  if (!writes.empty()) host_->Publish(state_, writes);
}

void StateTransaction::Commit() {
  RequireOpen();
  // Over when this returns or throws.
  struct Ending {
    StateTransaction* transaction;
    ~Ending() { transaction->End(); }
  } ending{this};
  Publish();
}

// What is written from now on belongs to a later epoch, so it cannot reach the published state.
void StateTransaction::CommitSoFar() {
  RequireOpen();
  try {
    Publish();
  } catch (...) {
    End();
    throw;
  }
  before_ = state_;
  marks_.clear();
  touched_nodes_.clear();
  touched_rels_.clear();
  state_.StartEpoch(++last_epoch_);
}

}  // namespace verbale::graph::snapshot
