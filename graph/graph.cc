#include "graph/graph.h"

#include <utility>

#include "graph/error.h"
#include "graph/snapshot/live.h"
#include "graph/store/store.h"

namespace verbale::graph {
namespace {

[[noreturn]] void NoDocuments() {
  throw Error(ErrorCode::kUnsupported, "this graph keeps no documents");
}

class StoredGraph final : public Graph {
 public:
  explicit StoredGraph(std::unique_ptr<store::Store> store)
      : store_(std::move(store)), live_(snapshot::Live::Open(*store_)) {}

  std::shared_ptr<const View> Read() const override { return live_->Read(); }
  std::unique_ptr<Transaction> Begin() override { return live_->Begin(""); }

  IngestReport Ingest(std::span<const DocumentFacts>, std::span<const std::string>,
                      std::span<const SourceRecord>) override {
    NoDocuments();
  }
  IngestReport Plan(std::span<const DocumentFacts>, std::span<const std::string>) const override {
    NoDocuments();
  }
  std::vector<DocumentRecord> Documents() const override { return {}; }
  std::vector<SourceRecord> Sources() const override { return {}; }
  std::vector<SectionRecord> Sections(std::string_view) const override { return {}; }
  std::optional<std::string> DocumentText(std::string_view) const override { return {}; }
  DocumentFacts FactsOf(std::string_view) const override { NoDocuments(); }
  void ForEachReading(const std::function<void(const Entity&, const std::string&, const Entity&,
                                               const EvidenceRecord&)>&) const override {}

  void Dump(std::ostream&, Layer) const override { NoDocuments(); }
  std::string Hash() const override { NoDocuments(); }
  GraphStats Stats() const override { NoDocuments(); }
  std::vector<CheckProblem> Check() const override { return {}; }

 private:
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<snapshot::Live> live_;  // Borrows *store_.
};

}  // namespace

std::unique_ptr<Graph> Graph::Open(const std::string& folder, const OpenOptions& options) {
  return std::make_unique<StoredGraph>(options.engine == EngineKind::kMemory
                                           ? store::Store::InMemory()
                                           : store::Store::Open(folder, options));
}

std::unique_ptr<Graph> Graph::InMemory() {
  return std::make_unique<StoredGraph>(store::Store::InMemory());
}

}  // namespace verbale::graph
