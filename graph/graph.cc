#include "graph/graph.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include "graph/check.h"
#include "graph/dump.h"
#include "graph/ingest/documents.h"
#include "graph/ingest/import.h"
#include "graph/ingest/ingest.h"
#include "graph/ingest/keep_constraints.h"
#include "graph/repair.h"
#include "graph/snapshot/live.h"
#include "graph/store/graph_folder.h"
#include "graph/store/store.h"

namespace verbale::graph {
namespace {

GraphStats CountAll(const View& view) {
  GraphStats stats;
  stats.nodes = view.NodeCount();
  stats.relationships = view.RelCount();
  const Catalog& catalog = view.catalog();
  for (std::uint32_t i = 0; i < catalog.LabelCount(); ++i) {
    const std::uint64_t count = view.NodeCount(LabelId{i});
    if (count != 0) stats.labels.emplace_back(catalog.LabelName(LabelId{i}), count);
  }
  for (std::uint32_t i = 0; i < catalog.TypeCount(); ++i) {
    const std::uint64_t count = view.RelCount(TypeId{i});
    if (count != 0) stats.types.emplace_back(catalog.TypeName(TypeId{i}), count);
  }
  std::sort(stats.labels.begin(), stats.labels.end());
  std::sort(stats.types.begin(), stats.types.end());
  return stats;
}

class StoredGraph final : public Graph {
 public:
  explicit StoredGraph(std::unique_ptr<store::Store> store)
      : store_(std::move(store)), live_(snapshot::Live::Open(*store_)) {}

  std::shared_ptr<const View> Read() const override { return live_->Read(); }
  std::unique_ptr<Transaction> Begin() override { return live_->Begin(""); }

  IngestReport Ingest(std::span<const DocumentFacts> documents,
                      std::span<const std::string> removed, std::span<const SourceRecord> sources,
                      Durability durability) override {
    // So that no transaction can begin from a state that is about to be replaced.
    const auto held = Hold();
    ingest::Ingestion ingestion = Ingestion(documents, removed, sources, false);
    store_->Write(std::move(ingestion.commit),
                  durability == Durability::kNow ? store::Sync::kDurable : store::Sync::kBuffered);
    live_->Refresh();
    return std::move(ingestion.report);
  }
  void Sync() override { store_->SyncLog(); }
  ImportReport Import(const ImportOptions& options) override {
    const auto held = Hold();
    const auto before = store_->Pin();
    ingest::ImportSink sink(before, options);
    ingest::ImportCsv(options, sink);
    ingest::ImportJsonLines(options, sink);
    ingest::ImportGraphMl(options, sink);
    auto result = std::move(sink).Commit(*store_);
    if (before->sequence() == 0) {
      live_->Adopt({std::move(result.snapshot), std::move(result.names), store_->Pin(), 0});
    } else {
      live_->Refresh();
    }
    return result.report;
  }
  IngestReport Plan(std::span<const DocumentFacts> documents,
                    std::span<const std::string> removed) const override {
    return Ingestion(documents, removed, {}, true).report;
  }
  std::vector<DocumentRecord> Documents() const override {
    return ingest::Documents(*store_->Pin());
  }
  std::vector<SourceRecord> Sources() const override { return ingest::Sources(*store_->Pin()); }
  std::vector<SectionRecord> Sections(std::string_view symbol) const override {
    return ingest::Sections(*store_->Pin(), symbol);
  }
  std::optional<std::string> DocumentText(std::string_view symbol) const override {
    return ingest::DocumentText(*store_->Pin(), symbol);
  }
  DocumentFacts FactsOf(std::string_view symbol) const override {
    return ingest::FactsOf(*store_->Pin(), symbol);
  }
  void ForEachReading(
      const std::function<void(const Entity& subject, const std::string& type, const Entity& object,
                               const EvidenceRecord&)>& visit) const override {
    ingest::ForEachReading(*store_->Pin(), visit);
  }

  void Dump(std::ostream& out, Layer layer) const override {
    ForEachDumpLine(*store_->Pin(), layer, [&out](std::string_view line) {
      out.write(line.data(), static_cast<std::streamsize>(line.size())).put('\n');
    });
  }
  std::string Hash() const override { return DumpHash(*store_->Pin()); }
  GraphStats Stats() const override {
    GraphStats stats = CountAll(*live_->Read());
    const auto state = store_->Pin();
    for (const DocumentRecord& document : ingest::Documents(*state)) {
      const ingest::StatementCounts counts = ingest::CountStatements(*state, document.symbol);
      ++stats.documents;
      stats.evidence += counts.evidence;
      stats.readings += counts.readings;
    }
    stats.disk_bytes = store_->SizeInBytes();
    stats.sequence = state->sequence();
    return stats;
  }
  std::vector<CheckProblem> Check() const override {
    const auto view = live_->Read();
    return CheckStore(*store_->Pin(), view.get());
  }
  std::uint64_t Repair() override {
    const auto held = Hold();
    const std::uint64_t wrong = RepairStore(*store_);
    live_->LayOutAnew();
    return wrong;
  }
  void Backup(const std::string& folder) const override { BackupStore(*store_, folder); }
  void Compact() override { store_->Compact(); }

 private:
  struct Releaser {
    void operator()(snapshot::Live* live) const { live->Release(); }
  };

  /// One that keeps the constraints.
  ingest::Ingestion Ingestion(std::span<const DocumentFacts> documents,
                              std::span<const std::string> removed,
                              std::span<const SourceRecord> sources, bool want_changes) const {
    const auto pinned = store_->Pin();
    auto ingestion = ingest::MakeIngestion(*pinned, documents, removed, sources, want_changes);
    if (!pinned->schema().empty()) {  // Else nothing need be laid out.
      ingest::KeepConstraints(live_->Read()->state(), ingestion.commit, documents);
    }
    return ingestion;
  }

  /// No transaction begins as long as this lives.
  std::unique_ptr<snapshot::Live, Releaser> Hold() {
    live_->Hold();
    return std::unique_ptr<snapshot::Live, Releaser>(live_.get());
  }

  std::unique_ptr<store::Store> store_;
  std::unique_ptr<snapshot::Live> live_;  // Borrows *store_.
};

}  // namespace

bool HoldsGraph(const std::string& folder) { return store::HoldsStore(folder); }

void ExpectNothingButGraph(const std::string& folder) { store::ExpectNothingElse(folder); }

std::unique_ptr<Graph> Graph::Open(const std::string& folder, const OpenOptions& options) {
  return std::make_unique<StoredGraph>(options.engine == EngineKind::kMemory
                                           ? store::Store::InMemory()
                                           : store::Store::Open(folder, options));
}

std::unique_ptr<Graph> Graph::InMemory() {
  return std::make_unique<StoredGraph>(store::Store::InMemory());
}

}  // namespace verbale::graph
