// Views over what documents say and what people write over it.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/graph.h"
#include "graph/ingest/ingest.h"
#include "graph/snapshot/live.h"
#include "graph/store/store.h"
#include "tests/graph/facts.h"

namespace verbale::graph {
namespace {

using testing::ElementsAre;

/// Text of a value that tells different ones apart.
std::string Text(const Value& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_int()) return std::to_string(value.as_int());
  if (!value.is_list()) return std::string(TypeName(value.type()));
  std::string text;
  for (const Value& element : value.as_list()) text += "," + Text(element);
  return text;
}

template <typename Thing>
std::string PropertiesOf(const View& view, Thing thing) {
  std::vector<std::string> texts;
  for (const auto& [key, value] : view.Properties(thing)) {
    texts.push_back(std::string(view.catalog().KeyName(key)) + "=" + Text(value));
  }
  std::sort(texts.begin(), texts.end());
  std::string all;
  for (const std::string& text : texts) all += " " + text;
  return all;
}

std::vector<NodeNo> AllNodes(const View& view) {
  std::vector<NodeNo> nodes(view.NodeLimit() + 1);
  nodes.resize(view.ScanNodes(std::nullopt, NodeNo{0}, nodes));
  return nodes;
}

/// Everything that a view shows, without its numbers, in an order of its own.
std::vector<std::string> Describe(const View& view) {
  std::vector<std::string> lines;
  const Catalog& catalog = view.catalog();
  for (const NodeNo node : AllNodes(view)) {
    const std::string id = std::to_string(view.Id(node).value);
    std::vector<std::string> labels;
    for (const LabelId label : view.Labels(node)) labels.emplace_back(catalog.LabelName(label));
    std::sort(labels.begin(), labels.end());
    std::string line = id;
    for (const std::string& label : labels) line += ":" + label;
    lines.push_back(line + PropertiesOf(view, node));
    for (std::uint32_t t = 0; t < catalog.TypeCount(); ++t) {
      const Adjacency in = view.Neighbours(node, Direction::kIn, TypeId{t});
      for (std::size_t i = 0; i < in.size(); ++i) {
        lines.push_back(id + "<-" + std::to_string(view.Id(in.rel(i)).value));
      }
      const Adjacency out = view.Neighbours(node, Direction::kOut, TypeId{t});
      for (std::size_t i = 0; i < out.size(); ++i) {
        const RelNo rel = out.rel(i);
        lines.push_back(id + "-" + std::string(catalog.TypeName(TypeId{t})) + "->" +
                        std::to_string(view.Id(out.nodes[i]).value) + " " +
                        std::to_string(view.Id(rel).value) + PropertiesOf(view, rel) + " support " +
                        std::to_string(view.Support(rel)) + "/" +
                        std::to_string(view.Evidence(rel).size()));
      }
    }
  }
  std::sort(lines.begin(), lines.end());
  lines.push_back(std::to_string(view.NodeCount()) + " " + std::to_string(view.RelCount()));
  return lines;
}

class ViewTest : public testing::Test {
 protected:
  void Ingest(const std::vector<DocumentFacts>& documents,
              const std::vector<std::string>& removed = {}) {
    auto ingestion = ingest::MakeIngestion(*store_->Pin(), documents, removed, {}, false);
    store_->Write(std::move(ingestion.commit));
    live_->Refresh();
  }
  /// That the live view, patched as it may be, shows what is in the store.
  void ExpectUpToDate() {
    EXPECT_EQ(Describe(*live_->Read()), Describe(*snapshot::Live::Open(*store_)->Read()));
  }

  std::unique_ptr<store::Store> store_ = store::Store::InMemory();
  std::unique_ptr<snapshot::Live> live_ = snapshot::Live::Open(*store_);
};

TEST_F(ViewTest, ShowsDocumentsWithTheirEvidence) {
  Ingest({DocumentMaker("A").Ratified("Canada", "Convention", "2015", "2015-03"),
          DocumentMaker("B").Ratified("Canada", "Convention", "2015-07", "2014")});
  const auto view = live_->Read();
  ASSERT_EQ(view->RelCount(), 1U);
  const RelNo rel{0};
  EXPECT_EQ(view->Support(rel), 2U);
  std::vector<std::string> documents;
  for (const EvidenceRecord& record : view->Evidence(rel)) documents.push_back(record.document);
  EXPECT_THAT(documents, ElementsAre("B", "A"));  // The earlier statement first.
  EXPECT_EQ(Text(view->Property(rel, *view->catalog().FindKey("date"))), "2015-07");
  EXPECT_EQ(view->NodeCount(*view->catalog().FindLabel("State")), 1U);
}

TEST_F(ViewTest, KeepsItsEvidenceWhileDocumentsGo) {
  Ingest({DocumentMaker("A").Ratified("Canada", "Convention", "2015")});
  const auto view = live_->Read();
  Ingest({}, {"A"});
  EXPECT_EQ(view->Evidence(RelNo{0}).size(), 1U);
  EXPECT_EQ(live_->Read()->RelCount(), 0U);
  EXPECT_EQ(live_->Read()->NodeCount(), 0U);
}

TEST_F(ViewTest, ManualWritesHaveNoEvidence) {
  Ingest({DocumentMaker("A").Ratified("Canada", "Convention", "2015")});
  auto t = live_->Begin("");
  const RelEnds ends = t->Ends(RelNo{0});
  const RelNo rel = t->CreateRel(ends.source, ends.type, ends.target);
  EXPECT_EQ(t->Support(rel), 0U);
  EXPECT_EQ(t->Support(RelNo{0}), 1U);
  t->Set(RelNo{0}, t->Key("note"), Value("checked"));
  EXPECT_EQ(t->Support(RelNo{0}), 1U);
  t->Commit();
  EXPECT_TRUE(live_->Read()->Evidence(rel).empty());
  ExpectUpToDate();
}

/// Writes by hand over whatever is there: values, labels, new things, deleted things.
void WriteAtRandom(Transaction& t, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
  for (int i = 0; i < 4; ++i) {
    const std::vector<NodeNo> nodes = AllNodes(t);
    if (nodes.empty()) return;
    const NodeNo node = nodes[below(nodes.size())], other = nodes[below(nodes.size())];
    switch (below(6)) {
      case 0:
        t.Set(node, t.Key("note"), Value(static_cast<std::int64_t>(below(9))));
        break;
      case 1:
        t.Set(node, t.Key("name"), below(2) ? Value("renamed") : Value());
        break;
      case 2:
        if (!t.AddLabel(node, t.Label("Seen"))) t.RemoveLabel(node, t.Label("Seen"));
        break;
      case 3:
        t.CreateRel(node, t.Type("NEAR"), other);
        break;
      case 4:
        t.CreateRel(node, t.Type("NEAR"), t.CreateNode({}));
        break;
      default:
        for (std::uint32_t no = 0; no < t.RelLimit(); ++no) {
          const RelNo rel{no};
          if (!t.Exists(rel)) continue;
          const RelEnds ends = t.Ends(rel);
          if (ends.source == node || ends.target == node) t.Delete(rel);
        }
        if (below(2)) t.Delete(node);
    }
  }
}

class ViewRandomTest : public ViewTest, public testing::WithParamInterface<unsigned> {};

TEST_P(ViewRandomTest, CatchesUpWithIngestsBetweenWrites) {
  std::mt19937 random(GetParam());
  const auto name = [&](const char* prefix, unsigned n) {
    return prefix + std::to_string(random() % n);
  };
  for (int round = 0; round < 40 && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    if (random() % 3 == 0) {
      auto t = live_->Begin("");
      WriteAtRandom(*t, random);
      t->Commit();
    } else {
      DocumentMaker document(name("D", 12));
      for (unsigned i = 0; i < 1 + random() % 4; ++i) {
        document.Ratified(name("State ", 6), name("Treaty ", 4), name("201", 8), name("201", 8));
      }
      std::vector<std::string> removed;
      if (random() % 4 == 0) removed.push_back(name("E", 3));
      Ingest({document}, removed);
      if (random() % 4 == 0) Ingest({}, {name("D", 12)});
    }
    if (random() % 2 == 0) ExpectUpToDate();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ViewRandomTest, testing::Range(1U, 31U));

}  // namespace
}  // namespace verbale::graph
