#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/snapshot/state_reader.h"
#include "graph/store/write_set.h"

namespace verbale::graph::snapshot {

/// What a transaction needs of the one who began it, and who must outlive it.
class TransactionHost {
 public:
  virtual ~TransactionHost() = default;
  /// Makes `writes` durable and `state` the committed one. Throws where it cannot; then nothing
  /// was written.
  virtual void Publish(GraphState state, const store::WriteSet& writes) = 0;
  /// The transaction is over.
  virtual void Release() noexcept = 0;
};

/// A transaction over a copy of the committed state. A savepoint is a copy, too: the state as it
/// was then, which later writes cannot reach since they belong to a later epoch.
class StateTransaction final : public StateReader<Transaction> {
 public:
  StateTransaction(GraphState state, TransactionHost& host, std::string author);
  ~StateTransaction() override;
  StateTransaction(const StateTransaction&) = delete;
  StateTransaction& operator=(const StateTransaction&) = delete;

  Adjacency Neighbours(NodeNo node, Direction direction, TypeId type) const override;
  /// Outlives writes: it asks node by node.
  AdjacencyTable Table(Direction direction, TypeId type) const override {
    return {*this, direction, type};
  }

  LabelId Label(std::string_view name) override;
  TypeId Type(std::string_view name) override;
  KeyId Key(std::string_view name) override;
  NodeNo CreateNode(std::span<const LabelId> labels) override;
  RelNo CreateRel(NodeNo source, TypeId type, NodeNo target) override;
  void Set(NodeNo node, KeyId key, const Value& value) override;
  void Set(RelNo rel, KeyId key, const Value& value) override;
  bool AddLabel(NodeNo node, LabelId label) override;
  bool RemoveLabel(NodeNo node, LabelId label) override;
  void Delete(RelNo rel) override;
  void Delete(NodeNo node) override;
  bool IsConnected(NodeNo node) const override;
  void CreateSchema(const SchemaItem& item) override;
  void DropSchema(std::string_view name) override;
  std::size_t Savepoint() override;
  void RollbackTo(std::size_t savepoint) override;
  void Release(std::size_t savepoint) override;
  void Commit() override;
  void CommitSoFar() override;

 private:
  void RequireOpen() const;
  void Require(NodeNo node) const;
  void Require(RelNo rel) const;
  void Touch(NodeNo node);
  void Touch(RelNo rel);
  void CheckTouched() const;
  void Publish();
  void End() noexcept;

  GraphState before_;
  TransactionHost* host_;  // nullptr once the transaction is over.
  std::string author_;
  Epoch last_epoch_;
  std::vector<GraphState> marks_;  // As they were at each savepoint.
  // What was written, in order of writing, with repetitions; also what was rolled back.
  std::vector<NodeNo> touched_nodes_;
  std::vector<RelNo> touched_rels_;
};

}  // namespace verbale::graph::snapshot
