// The store on an engine in sixteen parts that can stop between any two of them.

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/check.h"
#include "graph/dump.h"
#include "graph/ingest/ingest.h"
#include "graph/store/store.h"
#include "tests/graph/facts.h"
#include "tests/graph/partitioned_engine.h"

namespace verbale::graph::store {
namespace {

std::string DumpOf(const Store& store) {
  std::string text;
  ForEachDumpLine(*store.Pin(), Layer::kAll, [&text](std::string_view line) {
    text += line;
    text += '\n';
  });
  return text;
}

void Ingest(Store& store, const std::vector<DocumentFacts>& documents,
            const std::vector<std::string>& removed = {}) {
  store.Write(ingest::MakeIngestion(*store.Pin(), documents, removed, {}, false).commit);
}

const std::vector<DocumentFacts>& First() {
  static const std::vector<DocumentFacts> kDocuments = {
      DocumentMaker("A").Ratified("Canada", "T", "2015").Ratified("Chile", "T"),
      DocumentMaker("B").Ratified("Canada", "T", "2015-07")};
  return kDocuments;
}

const std::vector<DocumentFacts>& Second() {
  static const std::vector<DocumentFacts> kDocuments = {
      DocumentMaker("A").Ratified("Peru", "U", "2016").Ratified("Canada", "T"),
      DocumentMaker("C").Ratified("Chile", "V")};
  return kDocuments;
}

TEST(Partitioned, GivesTheSameGraphAsOnePart) {
  const auto store = Store::Over(std::make_unique<PartitionedEngine>());
  const auto plain = Store::InMemory();
  for (Store* each : {store.get(), plain.get()}) {
    Ingest(*each, First());
    Ingest(*each, Second(), {"B"});
    WriteSet writes;
    writes.labels = {"Note"};
    const auto label = static_cast<std::uint32_t>(each->Pin()->names().labels.size());
    writes.nodes = {{WriteKind::kCreate, NodeId{kManualIdBit}, {LabelId{label}}, {}, {}}};
    writes.schema_created = {{"i", SchemaKind::kIndex, false, "State", {"name"}, ""}};
    each->Apply(writes);
    EXPECT_TRUE(CheckStore(*each->Pin()).empty());
  }
  EXPECT_EQ(DumpOf(*store), DumpOf(*plain));
}

TEST(Partitioned, FinishesABatchThatWasCutOffAnywhere) {
  const auto whole = Store::InMemory();
  Ingest(*whole, First());
  const std::string before = DumpOf(*whole);
  Ingest(*whole, Second(), {"B"});
  const std::string after = DumpOf(*whole);

  bool stopped = true;
  int cuts = 0;
  for (; stopped; ++cuts) {
    auto owned = std::make_unique<PartitionedEngine>();
    PartitionedEngine& engine = *owned;
    const auto store = Store::Over(std::move(owned));
    Ingest(*store, First());
    stopped = false;
    engine.StopAfter(cuts);
    try {
      Ingest(*store, Second(), {"B"});
    } catch (const Stopped&) {
      stopped = true;
    }
    engine.StopAfter(std::nullopt);
    engine.Recover();
    engine.Recover();  // as often as one likes
    EXPECT_EQ(DumpOf(*store), cuts == 0 ? before : after) << "cut " << cuts;
    if (cuts > 0) {
      EXPECT_TRUE(CheckStore(*store->Pin()).empty());
    }
  }
  EXPECT_GT(cuts, 5);
}

}  // namespace
}  // namespace verbale::graph::store
