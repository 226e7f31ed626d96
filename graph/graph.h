#pragma once

// The door of graph/: everything that other folders need of it, together with view.h and the bottom
// headers (error.h, span.h, ids.h, value.h, temporal.h, fact.h).

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/fact.h"
#include "graph/import.h"
#include "graph/view.h"

namespace verbale::graph {

/// Whether what was written is on disk when the call returns, or at the latest after Sync.
enum class Durability : std::uint8_t { kNow, kWithSync };

/// Where a graph is kept: in a folder, or nowhere.
enum class EngineKind : std::uint8_t { kRocksDb, kMemory };

/// How a graph is opened.
struct OpenOptions {
  EngineKind engine = EngineKind::kRocksDb;
  /// Reading commands never take the writer's lock and never create a graph.
  bool read_only = false;
  /// Make an empty graph where there is none; otherwise that is Error(kNotFound).
  bool create = false;
  /// What the lock file says of the holder: shown to a second writer. "verbale build"
  std::string command;
};

/// A relationship that would appear, vanish or change, for `build --plan`.
struct PlannedChange {
  enum class Kind : std::uint8_t { kAppears, kVanishes, kChanges };
  Kind kind = Kind::kAppears;
  std::string subject, type, object;     ///< Canonical names.
  std::vector<EvidenceRecord> evidence;  ///< Appears, changes: the new one; vanishes: what is lost.
  std::string what;  ///< Changes: "date: 2015 → 2015-07", "evidence: 1 → 2".
};

/// What one ingestion did, or would do.
struct IngestReport {
  std::uint64_t documents_added = 0;
  std::uint64_t documents_replaced = 0;
  std::uint64_t documents_removed = 0;
  std::vector<PlannedChange> changes;  ///< Only where they were asked for.
};

/// Where the text of a stored document was read from. Kept for the machine that built the graph, in
/// no dump and no export.
struct SourceRecord {
  std::string symbol;
  std::string
      root;  ///< Absolute path of the folder, or of the file's folder, that was given to build.
  std::string path;  ///< Relative to root.
};

/// One thing in the store that does not agree with another.
struct CheckProblem {
  std::string where;  ///< "relationship state:armenia -RATIFIED-> treaty:convention-on-cybercrime"
  std::string what;
};

/// Which part of the graph a dump shows.
enum class Layer : std::uint8_t { kAll, kDerived };

/// Counts over the whole graph.
struct GraphStats {
  std::uint64_t nodes = 0, relationships = 0, evidence = 0, documents = 0, readings = 0;
  std::uint64_t disk_bytes = 0;
  std::uint64_t sequence = 0;
  std::vector<std::pair<std::string, std::uint64_t>> labels;  ///< Sorted by name.
  std::vector<std::pair<std::string, std::uint64_t>> types;   ///< Sorted by name.
};

/// A property graph in a folder. One object per open graph; its const functions may be called from
/// any thread, the others from one at a time. Errors: kIo (missing, locked; the message names the
/// holder), kCorruption, kUnsupported (newer format).
class Graph {
 public:
  static std::unique_ptr<Graph> Open(const std::string& folder, const OpenOptions& options);
  static std::unique_ptr<Graph> InMemory();
  virtual ~Graph() = default;

  /// The last committed state.
  virtual std::shared_ptr<const View> Read() const = 0;
  /// Error(kIo) while another transaction is open, or where the graph is read-only.
  virtual std::unique_ptr<Transaction> Begin() = 0;

  // Documents: the derived layer.

  /// Brings documents in, and takes those whose symbols are in `removed` out, in one commit. A
  /// document whose symbol is there already is replaced. The order within the call, and the order
  /// of calls, do not change the resulting graph. Where the commit would break a constraint nothing
  /// is written: Error(kAlreadyExists, kInvalidArgument), which names the document, the node or
  /// relationship and the constraint.
  virtual IngestReport Ingest(std::span<const DocumentFacts> documents,
                              std::span<const std::string> removed,
                              std::span<const SourceRecord> sources,
                              Durability durability = Durability::kNow) = 0;
  /// Makes every commit so far durable: for many small ones, one wait for the disk.
  virtual void Sync() = 0;
  /// What Ingest would do, with the changes; writes nothing. Errors as Ingest.
  virtual IngestReport Plan(std::span<const DocumentFacts> documents,
                            std::span<const std::string> removed) const = 0;

  // Files of nodes and relationships: the manual layer.

  /// Brings in everything in one durable step, or throws and brings in nothing: where too many rows
  /// are bad Error(kInvalidArgument), at the place of the last one.
  virtual ImportReport Import(const ImportOptions& options) = 0;

  /// Sorted by symbol.
  virtual std::vector<DocumentRecord> Documents() const = 0;
  virtual std::vector<SourceRecord> Sources() const = 0;
  virtual std::vector<SectionRecord> Sections(std::string_view symbol) const = 0;
  /// Bytes of the document as they were read; nullopt where there is no such document.
  virtual std::optional<std::string> DocumentText(std::string_view symbol) const = 0;
  /// Everything that was read from one document, every modality: what Ingest was given.
  virtual DocumentFacts FactsOf(std::string_view symbol) const = 0;
  /// Readings that are not asserted, in all documents, ordered by document, place, rule.
  virtual void ForEachReading(
      const std::function<void(const Entity& subject, const std::string& type, const Entity& object,
                               const EvidenceRecord&)>& visit) const = 0;

  // The whole.

  /// The canonical text form (docs/data-model.md): the same for the same content, whatever the
  /// engine, the order of arrival, the folder or the locale.
  virtual void Dump(std::ostream& out, Layer layer) const = 0;
  /// SHA-256 of the derived layer's dump, lower-case hex.
  virtual std::string Hash() const = 0;
  virtual GraphStats Stats() const = 0;
  /// Adjacency both ways, indexes against data, counts, evidence of every derived relationship;
  /// and, where all that agrees, constraints.
  virtual std::vector<CheckProblem> Check() const = 0;
  /// Makes what is derived from records (adjacency, indexes, the snapshot file) anew. Returns how
  /// many entries were wrong.
  virtual std::uint64_t Repair() = 0;
  /// A copy of the present state in `folder`, which must not exist; others may read and write
  /// meanwhile.
  virtual void Backup(const std::string& folder) const = 0;
  /// Gives back the space of what was deleted or overwritten.
  virtual void Compact() = 0;
};

/// Whether `folder` holds a graph. Error(kIo) where that cannot be seen.
bool HoldsGraph(const std::string& folder);
/// Error(kIo), which names it, where `folder` is no folder or holds anything that is not of a
/// graph: no graph may be made there, and none replaced. It need not exist.
void ExpectNothingButGraph(const std::string& folder);

/// Which statements count.
struct StatedBy {
  std::vector<std::string> documents;  ///< Symbols; empty: all documents.
  /// Stated on this day or before, ISO 8601 of any precision ("2015": until its end); empty:
  /// whenever. What was stated on a day that is not known is then left out.
  std::string until;
};

/// The graph that these statements alone make, in memory and apart from `graph`: the derived layer
/// as a build of just them would give it, with the same ids. Takes as long as bringing them in.
/// Error(kNotFound), with the nearest one, for a document that there is not.
std::unique_ptr<Graph> GraphAsStated(const Graph& graph, const StatedBy& by);

/// SHA-256 of `bytes` as lower-case hex.
std::string Sha256Hex(std::string_view bytes);

}  // namespace verbale::graph
