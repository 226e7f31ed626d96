#pragma once

// The truth: nodes, relationships, evidence, documents, catalog and schema as typed records over an
// ordered key-value engine. What is derived from documents and what people wrote are kept apart;
// a reader of this header sees them merged, as a query does.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/fact.h"
#include "graph/graph.h"
#include "graph/ids.h"
#include "graph/store/write_set.h"
#include "graph/value.h"
#include "graph/view.h"

namespace verbale::graph::store {

class Engine;

/// Names by number: labels[id.value] is the name of LabelId id.
struct Names {
  std::vector<std::string> labels;
  std::vector<std::string> types;
  std::vector<std::string> keys;
};

/// A node as queries see it: the derived record with the manual one over it.
struct StoredNode {
  NodeId id;
  std::vector<LabelId> labels;  ///< Ascending.
  Properties properties;        ///< No nulls.
};

/// A relationship as queries see it. Both ends exist.
struct StoredRel {
  RelId id;
  NodeId source;
  NodeId target;
  TypeId type;
  std::uint32_t support = 0;  ///< Pieces of asserted evidence; 0 for what a person created.
  Properties properties;      ///< No nulls.
};

/// First ids that nobody has: a transaction counts on from here.
struct ManualIds {
  NodeId node;
  RelId rel;
};

/// A relationship with its source, which is where its record lies.
struct RelKey {
  NodeId source;
  RelId rel;
  auto operator<=>(const RelKey&) const = default;
};

/// What differs between two states: everything else is the same in both. A thing that is listed may
/// have appeared, vanished or changed, or even be as it was.
struct Changes {
  std::vector<NodeId> nodes;  ///< Ascending, each once.
  std::vector<RelKey> rels;   ///< Ascending, each once.
  bool schema = false;
};

/// One state of the store, for as long as the object lives, whatever is written meanwhile. Any
/// number of threads. Borrows the Store, which must outlive it.
class State {
 public:
  virtual ~State() = default;

  /// Of the last commit that this state has. 0: nothing was ever written.
  virtual std::uint64_t sequence() const = 0;
  virtual const Names& names() const = 0;
  virtual const std::vector<SchemaItem>& schema() const = 0;  ///< Sorted by name.
  virtual ManualIds manual_ids() const = 0;

  /// Every node once, ascending by id. The argument lives for the call.
  virtual void ForEachNode(const std::function<void(const StoredNode&)>& visit) const = 0;
  /// Every relationship once, ascending by source, then id. The argument lives for the call.
  virtual void ForEachRel(const std::function<void(const StoredRel&)>& visit) const = 0;
  virtual std::optional<StoredNode> Node(NodeId id) const = 0;
  virtual std::optional<StoredRel> Rel(RelKey key) const = 0;

  /// What proves a derived relationship: earlier date first, then document, offset, rule.
  virtual std::vector<EvidenceRecord> Evidence(RelKey key) const = 0;

  /// What changed after state `since`; nullopt where that is no longer known.
  virtual std::optional<Changes> ChangesSince(std::uint64_t since) const = 0;
};

/// An open graph. Pin() from any thread; the others from one thread at a time.
class Store {
 public:
  /// Takes the writer's lock unless read-only; checks the format version. Errors as Graph::Open.
  static std::unique_ptr<Store> Open(const std::string& folder, const OpenOptions& options);
  static std::unique_ptr<Store> InMemory();
  virtual ~Store() = default;

  /// The last committed state.
  virtual std::shared_ptr<const State> Pin() const = 0;
  /// Writes the manual layer in one durable batch and returns the new sequence number.
  virtual std::uint64_t Apply(const WriteSet& writes) = 0;
  virtual bool read_only() const = 0;
};

}  // namespace verbale::graph::store
