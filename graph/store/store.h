#pragma once

// The truth: nodes, relationships, evidence, documents, catalog and schema as typed records over an
// ordered key-value engine. What is derived from documents and what people wrote are kept apart;
// a reader of this header sees them merged, as a query does.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/fact.h"
#include "graph/graph.h"
#include "graph/ids.h"
#include "graph/store/engine.h"
#include "graph/store/write_set.h"
#include "graph/value.h"
#include "graph/view.h"

namespace verbale::graph::store {

class WriterLock;

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
  NodeId node{kManualIdBit};
  RelId rel{kManualIdBit};
};

/// What a state has that is one of a kind.
struct Counters {
  std::uint64_t sequence = 0;  ///< Of its last commit. 0: nothing was ever written.
  std::uint64_t history = 0;   ///< Checksum over all commits that led to it.
  ManualIds manual_ids;
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
  std::uint64_t history_before = 0;  ///< Of the state that they lead away from.
};

/// One state of the store, for as long as the object lives, whatever is written meanwhile. Any
/// number of threads.
class State {
 public:
  /// Reads what `reader`, which is pinned, has. Names and schema are shared with other states of
  /// the same store that have the same ones.
  State(std::shared_ptr<const Reader> reader, std::shared_ptr<const Names> names,
        std::shared_ptr<const std::vector<SchemaItem>> schema, const Counters& counters);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  std::uint64_t sequence() const { return counters_.sequence; }
  std::uint64_t history() const { return counters_.history; }
  const Names& names() const { return *names_; }
  const std::vector<SchemaItem>& schema() const { return *schema_; }  ///< Sorted by name.
  ManualIds manual_ids() const { return counters_.manual_ids; }

  /// Every node once, ascending by id. The argument lives for the call.
  void ForEachNode(const std::function<void(const StoredNode&)>& visit) const;
  /// Every relationship once, ascending by source, then id. The argument lives for the call.
  void ForEachRel(const std::function<void(const StoredRel&)>& visit) const;
  std::optional<StoredNode> Node(NodeId id) const;
  std::optional<StoredRel> Rel(RelKey key) const;

  /// What proves a derived relationship: earlier date first (none last), then document, offset,
  /// rule.
  std::vector<EvidenceRecord> Evidence(RelKey key) const;

  /// What changed after state `since`, which has `history`; nullopt where that is no longer known,
  /// or where this state did not come from that one.
  std::optional<Changes> ChangesSince(std::uint64_t since, std::uint64_t history) const;

  /// Nodes with `label` whose `key` equals `value`, ascending, by a declared index; nullopt where
  /// none covers it.
  std::optional<std::vector<NodeId>> Lookup(LabelId label, KeyId key, const Value& value) const;

  /// The bytes below, for the parts of graph/ that read what has no typed reader here.
  const Reader& reader() const { return *reader_; }

 private:
  struct Memo;

  bool IsDeleted(NodeId node) const;

  std::shared_ptr<const Reader> reader_;
  std::shared_ptr<const Names> names_;
  std::shared_ptr<const std::vector<SchemaItem>> schema_;
  Counters counters_;
  std::unique_ptr<Memo> memo_;  // what was looked up before; has its own mutex
};

/// Writes of one commit, below the level of WriteSet. What the store itself keeps (catalog,
/// counters, list of changes) is added by Store::Commit.
struct Commit {
  Batch batch;
  Changes changes;
  Names new_names;  ///< In order of arrival.
  std::vector<std::string> schema_dropped;
  std::vector<SchemaItem> schema_created;
  std::optional<ManualIds> manual_ids;  ///< Where they moved on.
};

/// An open graph. Pin() from any thread; the others from one thread at a time.
class Store {
 public:
  /// Takes the writer's lock unless read-only; checks the format version. Errors as Graph::Open.
  static std::unique_ptr<Store> Open(const std::string& folder, const OpenOptions& options);
  static std::unique_ptr<Store> InMemory();
  /// On any engine that keeps the contract.
  static std::unique_ptr<Store> Over(std::unique_ptr<Engine> engine);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// The last committed state.
  std::shared_ptr<const State> Pin() const;
  /// Writes the manual layer in one batch and returns the new sequence number.
  std::uint64_t Apply(const WriteSet& writes, Sync sync = Sync::kDurable);
  /// Writes any commit. Error(kIo) where the store is read-only.
  std::uint64_t Write(Commit commit, Sync sync = Sync::kDurable);
  /// Makes what was written with Sync::kBuffered durable.
  void SyncLog();
  /// Runs of which a commit consists, beside its batch. From any thread.
  std::unique_ptr<SortedRun> NewRun(Space space);
  /// Writes, durably and in one step, a commit that only adds keys: those in `runs` and those in
  /// its batch. `checksum` is over the runs.
  std::uint64_t Ingest(Commit commit, SortedRuns runs, std::uint64_t checksum);
  /// As in Engine.
  void Checkpoint(const std::string& folder) const;
  void Compact();
  bool read_only() const { return read_only_; }
  /// Where the graph is kept; empty where it is kept nowhere.
  const std::string& folder() const { return folder_; }
  std::uint64_t SizeInBytes() const;

 private:
  Store(std::unique_ptr<Engine> engine, std::unique_ptr<WriterLock> lock, std::string folder,
        bool read_only);
  struct Next;
  void Load();
  Next Complete(Commit& commit, std::uint64_t checksum) const;
  void IngestPuts(SortedRuns runs, const Batch& batch);
  void Adopt(Next next);

  std::unique_ptr<WriterLock> lock_;
  std::unique_ptr<Engine> engine_;
  std::string folder_;
  bool read_only_;

  mutable std::mutex mutex_;                               // guards what follows
  std::shared_ptr<const Names> names_;                     // shared with states
  std::shared_ptr<const std::vector<SchemaItem>> schema_;  // shared with states
  Counters counters_;
  mutable std::weak_ptr<const State> last_;  // the newest state, while somebody has it
};

}  // namespace verbale::graph::store
