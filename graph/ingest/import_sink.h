#pragma once

// Where rows of an import go: in memory as a Snapshot that grows, then into the store as sorted
// runs, all in one step. So nothing is there before everything is, and the layout for walking is
// there with it.
//
// All that is imported is of the manual layer, with the next ids that people's things get.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/import.h"
#include "graph/snapshot/names.h"
#include "graph/snapshot/snapshot_builder.h"
#include "graph/store/store.h"

namespace verbale::graph::ingest {

/// The number in an id as exports write it: "n17" of a node, "e4" of a relationship.
std::optional<std::uint64_t> NumberIn(std::string_view id, char letter);

/// Ids of what is new, each given once.
template <typename Id>
class FreshIds {
 public:
  /// `next` and those above are free; with `keeps_wanted`, so are all that people's things may
  /// have.
  FreshIds(Id next, bool keeps_wanted) : next_(next), keeps_wanted_(keeps_wanted) {}

  /// The wanted id where it is free, else the next one.
  Id Give(std::optional<Id> wanted);
  /// Above all that were given.
  Id next() const { return next_; }

 private:
  bool Keeps(Id id);

  Id next_;
  const bool keeps_wanted_;
  std::map<std::uint64_t, std::uint64_t> given_;  // [first, second), apart; with keeps_wanted_.
};

/// Nodes and relationships on their way into a store. One thread.
class ImportSink {
 public:
  /// Borrows the options.
  ImportSink(std::shared_ptr<const store::State> state, const ImportOptions& options);

  // Error(kInvalidArgument) for the empty name.
  LabelId Label(std::string_view name) {
    return LabelId{names_.labels.Make(Named(name, "label"), 0)};
  }
  TypeId Type(std::string_view name) { return TypeId{names_.types.Make(Named(name, "type"), 0)}; }
  KeyId Key(std::string_view name) { return KeyId{names_.keys.Make(Named(name, "property"), 0)}; }

  /// Takes this id where the store is empty and nothing took it, else (and without one) the next
  /// free one; gives the row. Labels in any order, properties without nulls, each key once.
  /// Where nothing wants an id, relationships get theirs in the order of the layout, those with the
  /// same ends and type as they came: ids that follow one another there take next to no room.
  std::uint32_t AddNode(std::vector<LabelId> labels,
                        std::span<const std::pair<KeyId, Value>> properties,
                        std::optional<NodeId> wanted = std::nullopt);
  /// Likewise.
  std::uint32_t AddRel(std::uint32_t source, TypeId type, std::uint32_t target,
                       std::span<const std::pair<KeyId, Value>> properties,
                       std::optional<RelId> wanted = std::nullopt);
  /// Values of relationships `first` and those that follow; nulls are none.
  void SetRelProperties(std::uint32_t first, KeyId key, std::span<const Value> values);
  /// Declares an index or constraint of what is imported; nothing where there is an equal one.
  /// Error(kInvalidArgument) for one that cannot be, Error(kAlreadyExists) where its name is taken,
  /// Error(kUnsupported) for a constraint where the graph is not empty. What breaks it is found
  /// by Commit.
  void Declare(const SchemaItem& item);
  /// One more bad row. Error(kInvalidArgument), at its place, where that is too many.
  void ReportBad(const ImportProblem& problem);
  /// Bytes of an input: what was imported is told from it.
  void NoteInput(std::string_view bytes);

  /// What was imported, laid out. Numbers of names are those that the store gives them.
  struct Result {
    std::shared_ptr<const snapshot::Snapshot> snapshot;
    snapshot::NameCatalog names;
    ImportReport report;
  };
  /// Writes everything, durably. Nothing may be added afterwards.
  Result Commit(store::Store& store) &&;

 private:
  static std::string_view Named(std::string_view name, const char* what);
  void Declare(SchemaKind kind, const std::string& label, const std::string& key);
  /// Error(kAlreadyExists).
  void ExpectFreeName(const std::string& name) const;
  store::Commit MakeCommit() const;
  void CheckConstraints(const std::shared_ptr<const snapshot::Snapshot>& snapshot,
                        const std::vector<SchemaItem>& schema) const;

  const std::shared_ptr<const store::State> state_;
  const ImportOptions& options_;
  snapshot::NameCatalog names_;
  snapshot::SnapshotBuilder builder_;
  FreshIds<NodeId> node_ids_;
  FreshIds<RelId> rel_ids_;
  bool has_wanted_ = false;
  std::uint64_t checksum_ = 0;
  std::vector<SchemaItem> declared_;
  ImportReport report_;
};

}  // namespace verbale::graph::ingest
