// Documents into the derived layer, and out again.

#include "graph/ingest/ingest.h"

#include <map>
#include <random>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/check.h"
#include "graph/error.h"
#include "graph/graph.h"
#include "graph/snapshot/live.h"
#include "graph/store/store.h"
#include "tests/graph/facts.h"
#include "tests/graph/scratch.h"

namespace verbale::graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string DumpOf(const Graph& graph, Layer layer = Layer::kDerived) {
  std::ostringstream out;
  graph.Dump(out, layer);
  return out.str();
}

/// Lines of the dump that start with `kind`.
std::vector<std::string> Lines(const Graph& graph, const std::string& kind,
                               Layer layer = Layer::kDerived) {
  std::vector<std::string> lines;
  std::istringstream in(DumpOf(graph, layer));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(kind)) lines.push_back(line);
  }
  return lines;
}

void Add(Graph& graph, const std::vector<DocumentFacts>& documents,
         const std::vector<std::string>& removed = {}) {
  graph.Ingest(documents, removed, {});
  std::vector<std::string> problems;
  for (const CheckProblem& problem : graph.Check()) {
    problems.push_back(problem.where + ": " + problem.what);
  }
  EXPECT_THAT(problems, ElementsAre());
}

TEST(Ingest, MakesOneRelationshipWithAllItsEvidence) {
  const auto graph = Graph::InMemory();
  Add(*graph, {DocumentMaker("A").Ratified("Canada", "Convention", "2015", "2015-03"),
               DocumentMaker("B").Ratified("Canada", "Convention", "2015-07", "2017")});
  EXPECT_THAT(Lines(*graph, "relationship"),
              ElementsAre("relationship State \"Canada\" RATIFIED Treaty \"Convention\" {count: 2, "
                          "date: \"2015-07\", first_stated: \"2015-03\", last_stated: \"2017\"}"));
  EXPECT_EQ(Lines(*graph, "evidence").size(), 2u);
  EXPECT_THAT(Lines(*graph, "node"),
              ElementsAre("node State \"Canada\" {aliases: [], id: \"state:canada\", name: "
                          "\"Canada\"}",
                          "node Treaty \"Convention\" {aliases: [], id: \"treaty:convention\", "
                          "name: \"Convention\"}"));
}

/// Why `graph` refuses the documents; nothing of them may be left.
std::string Refusal(Graph& graph, const std::vector<DocumentFacts>& documents,
                    const std::vector<std::string>& removed = {}) {
  const std::string before = DumpOf(graph, Layer::kAll);
  std::string why;
  try {
    graph.Ingest(documents, removed, {});
  } catch (const Error& error) {
    why = error.what();
  }
  EXPECT_EQ(DumpOf(graph, Layer::kAll), before);
  return why;
}

/// One constraint, and a node made by hand.
void Constrain(Graph& graph, const SchemaItem& item) {
  auto t = graph.Begin();
  t->CreateSchema(item);
  const LabelId state = t->Label("State");
  const NodeNo node = t->CreateNode({&state, 1});
  t->Set(node, t->Key("name"), Value("Canada"));
  t->Set(node, t->Key("flag"), Value(1));
  t->Commit();
}

TEST(Ingest, KeepsUniqueConstraints) {
  const auto graph = Graph::InMemory();
  Constrain(*graph, {"one", SchemaKind::kUnique, false, "State", {"name"}, ""});
  Add(*graph, {DocumentMaker("A").Ratified("Chad", "Convention")});
  EXPECT_EQ(Refusal(*graph, {DocumentMaker("B").Ratified("Peru", "Convention"),
                             DocumentMaker("C").Ratified("Canada", "Convention")}),
            "document C: State 'Canada': constraint one: another node (:State) has the same "
            "`name`");
  EXPECT_THROW(
      graph->Plan(std::vector<DocumentFacts>{DocumentMaker("C").Ratified("Canada", "X")}, {}),
      Error);
  Add(*graph, {DocumentMaker("B").Ratified("Peru", "Convention")});
}

TEST(Ingest, KeepsConstraintsOnWhatMustBeThere) {
  const auto graph = Graph::InMemory();
  Constrain(*graph, {"flagged", SchemaKind::kExists, false, "State", {"flag"}, ""});
  EXPECT_EQ(Refusal(*graph, {DocumentMaker("A").Ratified("Chad", "Convention")}),
            "document A: State 'Chad': constraint flagged: (:State) must have `flag`");
  auto t = graph->Begin();
  t->DropSchema("flagged");
  t->CreateSchema({"numbers", SchemaKind::kType, false, "Treaty", {"name"}, "INTEGER"});
  t->CreateSchema({"dated", SchemaKind::kExists, true, "RATIFIED", {"date"}, ""});
  t->Commit();
  EXPECT_THAT(Refusal(*graph, {DocumentMaker("A").Ratified("Chad", "Convention", "2015")}),
              HasSubstr("Treaty 'Convention': constraint numbers: `name` of (:Treaty) must be "
                        "INTEGER"));
  t = graph->Begin();
  t->DropSchema("numbers");
  t->Commit();
  EXPECT_EQ(Refusal(*graph, {DocumentMaker("A").Ratified("Chad", "Convention")}),
            "document A: relationship State 'Chad' -RATIFIED-> Treaty 'Convention': constraint "
            "dated: ()-[:RATIFIED]-() must have `date`");
  Add(*graph, {DocumentMaker("A").Ratified("Chad", "Convention", "2015"),
               DocumentMaker("B").Ratified("Chad", "Convention")});
  EXPECT_EQ(Refusal(*graph, {}, {"A"}),
            "documents that go: relationship State 'Chad' -RATIFIED-> Treaty 'Convention': "
            "constraint dated: ()-[:RATIFIED]-() must have `date`");
  Add(*graph, {}, {"A", "B"});
}

TEST(Ingest, CheckFindsBrokenConstraints) {
  const auto store = store::Store::InMemory();
  const std::vector<DocumentFacts> documents = {DocumentMaker("A").Ratified("Chad", "Convention")};
  store->Write(ingest::MakeIngestion(*store->Pin(), documents, {}, {}, false).commit);
  // As a program did that did not look.
  store::Commit commit;
  commit.changes.schema = true;
  commit.schema_created = {{"numbers", SchemaKind::kType, false, "State", {"name"}, "INTEGER"},
                           {"dated", SchemaKind::kExists, true, "RATIFIED", {"date"}, ""}};
  store->Write(std::move(commit));
  const auto view = snapshot::Live::Open(*store)->Read();
  std::vector<std::string> problems;
  for (const CheckProblem& problem : CheckStore(*store->Pin(), view.get())) {
    problems.push_back(problem.where + ": " + problem.what);
  }
  EXPECT_THAT(problems,
              ElementsAre("relationship State 'Chad' -RATIFIED-> Treaty 'Convention': constraint "
                          "dated: ()-[:RATIFIED]-() must have `date`",
                          "State 'Chad': constraint numbers: `name` of (:State) must be INTEGER, "
                          "not STRING"));
}

TEST(Ingest, NamesAttributesOnWhichEvidenceDisagrees) {
  const auto graph = Graph::InMemory();
  Add(*graph, {DocumentMaker("A").Ratified("Canada", "Convention", "2015-07"),
               DocumentMaker("B").Ratified("Canada", "Convention", "2015-08"),
               DocumentMaker("C").Ratified("Canada", "Convention", "2015")});
  EXPECT_THAT(Lines(*graph, "relationship"), ElementsAre(HasSubstr("conflict: [\"date\"]")));
  EXPECT_THAT(Lines(*graph, "relationship"), ElementsAre(testing::Not(HasSubstr(" date:"))));
  Add(*graph, {}, {"B"});
  EXPECT_THAT(Lines(*graph, "relationship"), ElementsAre(HasSubstr("date: \"2015-07\"")));
}

TEST(Ingest, AddsUpCountsThatEvidenceCarries) {
  const auto graph = Graph::InMemory();
  DocumentMaker document("A");
  const auto reply = document.Entity("Reply", "A, Canada");
  document.Fact(reply, "MENTIONS", document.Entity("Treaty", "Convention"), {{"count", Value(7)}});
  Add(*graph, {document});
  EXPECT_THAT(Lines(*graph, "relationship"), ElementsAre(HasSubstr("count: 7")));
}

TEST(Ingest, UnitesAliasesAndCodes) {
  const auto graph = Graph::InMemory();
  const auto document = [](const std::string& symbol, std::vector<std::string> aliases,
                           Attributes properties) {
    DocumentMaker maker(symbol);
    const auto state = maker.Entity("State", "Canada", std::move(aliases), std::move(properties));
    maker.Fact(state, "SIGNED", maker.Entity("Treaty", "T"));
    return maker.facts();
  };
  Add(*graph, {document("A", {"CA", "Canada"}, {{"iso2", Value("CA")}}),
               document("B", {"Dominion"}, {{"iso3", Value("CAN")}})});
  const auto state = [&] { return Lines(*graph, "node State"); };
  EXPECT_THAT(state(), ElementsAre(HasSubstr("{aliases: [\"CA\", \"Dominion\"], id: "
                                             "\"state:canada\", iso2: \"CA\", iso3: \"CAN\"")));
  Add(*graph, {}, {"A"});
  EXPECT_THAT(state(), ElementsAre(HasSubstr("{aliases: [\"Dominion\"], id: \"state:canada\", "
                                             "iso3: \"CAN\"")));
}

TEST(Ingest, UnitesSpellingsOfOneNameOverDocuments) {
  const auto graph = Graph::InMemory();
  const auto document = [](const std::string& symbol, const std::string& centre) {
    DocumentMaker maker(symbol);
    const auto state = maker.Entity("State", "Canada");
    maker.Fact(state, "ESTABLISHED", maker.Entity("Body", centre));
    return maker.facts();
  };
  Add(*graph, {document("A", "Cyber Centre")});
  Add(*graph, {document("B", "cyber centre"), document("C", "Cyber-Centre")});
  const auto centres = [&] { return Lines(*graph, "node Body"); };
  EXPECT_THAT(centres(), ElementsAre(HasSubstr("aliases: [\"Cyber-Centre\", \"cyber centre\"], id: "
                                               "\"body:cyber-centre\", name: \"Cyber Centre\"")));
  EXPECT_EQ(graph->Stats().nodes, 2u);
  Add(*graph, {}, {"A"});
  EXPECT_THAT(centres(), ElementsAre(HasSubstr("name: \"Cyber-Centre\"")));
}

TEST(Ingest, LeavesNothingOfARemovedDocument) {
  const auto graph = Graph::InMemory();
  const std::string empty = DumpOf(*graph);
  Add(*graph, {DocumentMaker("A").Ratified("Canada", "Convention")});
  EXPECT_NE(DumpOf(*graph), empty);
  const std::vector<std::string> gone = {"A", "not there"};
  EXPECT_EQ(graph->Ingest({}, gone, {}).documents_removed, 1u);
  EXPECT_EQ(DumpOf(*graph), empty);
  EXPECT_EQ(graph->Read()->NodeCount(), 0u);
  EXPECT_EQ(graph->DocumentText("A"), std::nullopt);
}

TEST(Ingest, KeepsReadingsThatAreNotAssertedOutOfTheGraph) {
  const auto graph = Graph::InMemory();
  DocumentMaker document("A");
  const auto state = document.Entity("State", "Jordan");
  const auto group = document.Entity("ExpertGroup", "Group", {"GGE"});
  document.Fact(state, "MEMBER_OF", group, {}, "2017", Modality::kRecommended);
  Add(*graph, {document});
  EXPECT_EQ(graph->Read()->NodeCount(), 0u);
  std::vector<std::string> readings;
  graph->ForEachReading([&](const Entity& subject, const std::string& type, const Entity& object,
                            const EvidenceRecord& evidence) {
    readings.push_back(subject.name + " " + type + " " + object.aliases.at(0) + " " +
                       std::string(Name(evidence.modality)) + " " + evidence.document);
  });
  EXPECT_THAT(readings, ElementsAre("Jordan MEMBER_OF GGE recommended A"));
  EXPECT_THAT(Lines(*graph, "reading"), ElementsAre(HasSubstr("modality: \"recommended\"")));
  EXPECT_EQ(graph->Stats().readings, 1u);
}

TEST(Ingest, GivesBackWhatADocumentSaid) {
  const auto graph = Graph::InMemory();
  DocumentMaker document("A");
  document.facts().sections = {{"Canada", "Canada", "English", "2017-05", {0, 7}}};
  document.Ratified("Canada", "Convention", "2015-07");
  document.Fact(document.Entity("State", "Canada"), "SIGNED", document.Entity("Treaty", "T"), {},
                "2017", Modality::kPlanned);
  document.Entity("Body", "unused");
  Add(*graph, {document, DocumentMaker("B").Ratified("Canada", "Convention")});
  const DocumentFacts facts = graph->FactsOf("A");
  EXPECT_EQ(facts.text, "Text of A");
  EXPECT_EQ(facts.entities.size(), 3u);
  ASSERT_EQ(facts.facts.size(), 2u);
  EXPECT_EQ(facts.facts[0].type, "RATIFIED");
  EXPECT_EQ(facts.facts[0].evidence.document, "A");
  EXPECT_EQ(facts.facts[0].evidence.path, "A.txt");
  EXPECT_EQ(facts.facts[1].evidence.modality, Modality::kPlanned);
  EXPECT_EQ(graph->Sections("A").at(0).language, "English");
  EXPECT_EQ(graph->Documents().size(), 2u);

  const auto copy = Graph::InMemory();
  Add(*copy, {facts, graph->FactsOf("B")});
  EXPECT_EQ(DumpOf(*copy), DumpOf(*graph));
  EXPECT_THROW(graph->FactsOf("C"), Error);
}

TEST(Ingest, KeepsSourcesOutOfTheDump) {
  const auto graph = Graph::InMemory();
  const std::vector<DocumentFacts> documents = {DocumentMaker("A").Ratified("Canada", "T")};
  const std::vector<SourceRecord> sources = {{"A", "/somewhere", "A.txt"}};
  graph->Ingest(documents, {}, sources);
  ASSERT_EQ(graph->Sources().size(), 1u);
  EXPECT_EQ(graph->Sources()[0].root, "/somewhere");
  EXPECT_THAT(DumpOf(*graph), testing::Not(HasSubstr("somewhere")));
}

TEST(Ingest, RefusesContradictoryInput) {
  const auto graph = Graph::InMemory();
  const DocumentFacts document = DocumentMaker("A").Ratified("Canada", "T");
  const std::vector<DocumentFacts> twice = {document, document};
  EXPECT_THROW(graph->Ingest(twice, {}, {}), Error);
  std::vector<DocumentFacts> wild = {document};
  wild[0].facts[0].object = 9;
  EXPECT_THROW(graph->Ingest(wild, {}, {}), Error);
  EXPECT_EQ(graph->Stats().documents, 0u);
}

TEST(Plan, TellsWhatWouldHappenAndWritesNothing) {
  const auto graph = Graph::InMemory();
  Add(*graph, {DocumentMaker("A").Ratified("Canada", "T", "2015").Ratified("Chile", "T")});
  const std::string before = DumpOf(*graph);
  const std::vector<DocumentFacts> documents = {
      DocumentMaker("A").Ratified("Canada", "T", "2015").Ratified("Peru", "T"),
      DocumentMaker("B").Ratified("Canada", "T", "2015-07")};
  const IngestReport report = graph->Plan(documents, {});
  EXPECT_EQ(report.documents_added, 1u);
  EXPECT_EQ(report.documents_replaced, 1u);
  ASSERT_EQ(report.changes.size(), 3u);
  EXPECT_EQ(report.changes[0].kind, PlannedChange::Kind::kAppears);
  EXPECT_EQ(report.changes[0].subject, "Peru");
  EXPECT_EQ(report.changes[0].evidence.at(0).sentence, "It RATIFIED that.");
  EXPECT_EQ(report.changes[1].kind, PlannedChange::Kind::kVanishes);
  EXPECT_EQ(report.changes[1].subject, "Chile");
  EXPECT_EQ(report.changes[1].evidence.at(0).document, "A");
  EXPECT_EQ(report.changes[2].kind, PlannedChange::Kind::kChanges);
  EXPECT_EQ(report.changes[2].what, "date: 2015 → 2015-07, evidence: 1 → 2");
  EXPECT_EQ(DumpOf(*graph), before);
}

TEST(ManualLayer, SurvivesDocumentsAndHidesWhatItDeletes) {
  const auto graph = Graph::InMemory();
  const DocumentFacts a = DocumentMaker("A").Ratified("Canada", "T", "2015");
  Add(*graph, {a, DocumentMaker("B").Ratified("Chile", "T")});
  const std::string derived = DumpOf(*graph);
  {
    const auto t = graph->Begin();
    const NodeNo canada = *t->Find(*[&]() -> std::optional<NodeId> {
      std::array<NodeNo, 8> nodes;
      const std::size_t n = t->ScanNodes(std::nullopt, NodeNo{0}, nodes);
      for (std::size_t i = 0; i < n; ++i) {
        const Value name = t->Property(nodes[i], *t->catalog().FindKey("name"));
        if (name.as_string() == "Canada") return t->Id(nodes[i]);
      }
      return std::nullopt;
    }());
    t->Set(canada, t->Key("note"), Value("mine"));
    t->Set(canada, t->Key("id"), Value());
    const std::array labels = {t->Label("Note")};
    const NodeNo note = t->CreateNode(labels);
    t->CreateRel(note, t->Type("ABOUT"), canada);
    t->Delete(t->Neighbours(canada, Direction::kOut, t->Type("RATIFIED")).rel(0));
    t->Commit();
  }
  const auto counts = [&] {
    const auto view = graph->Read();
    return std::pair(view->NodeCount(), view->RelCount());
  };
  EXPECT_EQ(counts(), std::pair(std::uint64_t{4}, std::uint64_t{2}));
  EXPECT_EQ(DumpOf(*graph), derived);
  EXPECT_EQ(Lines(*graph, "manual", Layer::kAll).size(), 4u);
  EXPECT_TRUE(graph->Check().empty());

  // Without its documents the node goes, and what people tied to it waits.
  Add(*graph, {}, {"A"});
  EXPECT_EQ(counts(), std::pair(std::uint64_t{3}, std::uint64_t{1}));
  Add(*graph, {a});
  EXPECT_EQ(counts(), std::pair(std::uint64_t{4}, std::uint64_t{2}));
  EXPECT_EQ(DumpOf(*graph), derived);
}

// ---- The graph is a function of the set of documents
// ---------------------------------------------

DocumentFacts RandomDocument(const std::string& symbol, std::mt19937& random) {
  DocumentMaker maker(symbol);
  const auto pick = [&random](std::size_t n) { return random() % n; };
  static const std::array<std::string, 3> kTypes = {"RATIFIED", "SIGNED", "MENTIONS"};
  static const std::array<std::string, 5> kDates = {"", "2015", "2015-07", "2015-08", "2015-07-14"};
  const auto entity = [&] {
    const std::string label = pick(3) == 0 ? "Treaty" : "State";
    std::vector<std::string> aliases;
    Attributes properties;
    if (pick(2) == 0) aliases = {"alias " + std::to_string(pick(3)), "x"};
    if (pick(3) == 0) properties = {{"code", Value(static_cast<int>(pick(2)))}};
    return maker.Entity(label, "E" + std::to_string(pick(5)), aliases, properties);
  };
  maker.facts().document.title = "Title " + std::to_string(pick(3));
  for (std::size_t i = pick(6); i > 0; --i) {
    Attributes attributes;
    if (pick(2) == 0) attributes.emplace_back("count", Value(static_cast<int>(1 + pick(3))));
    if (pick(2) == 0) attributes.emplace_back("date", Value(kDates[1 + pick(4)]));
    if (pick(3) == 0) attributes.emplace_back("role", Value(pick(2) == 0 ? "chair" : "founder"));
    const std::uint32_t subject = entity();
    const std::uint32_t object = entity();
    maker.Fact(subject, kTypes[pick(3)], object, std::move(attributes), kDates[pick(5)],
               pick(4) == 0 ? Modality::kPlanned : Modality::kAsserted);
  }
  return maker;
}

std::string FromScratch(const std::map<std::string, DocumentFacts>& documents,
                        std::mt19937& random) {
  std::vector<DocumentFacts> all;
  for (const auto& [symbol, facts] : documents) all.push_back(facts);
  std::shuffle(all.begin(), all.end(), random);
  const auto graph = Graph::InMemory();
  // Half of them in one go, the others one by one.
  const std::size_t half = all.size() / 2;
  graph->Ingest(std::span(all).first(half), {}, {});
  for (std::size_t i = half; i < all.size(); ++i) graph->Ingest(std::span(&all[i], 1), {}, {});
  return DumpOf(*graph);
}

class IngestProperty : public testing::TestWithParam<EngineKind> {};

TEST_P(IngestProperty, AnySequenceEqualsFromScratch) {
  const int sequences = GetParam() == EngineKind::kMemory ? 300 : 25;
  for (int sequence = 0; sequence < sequences; ++sequence) {
    SCOPED_TRACE(sequence);
    std::mt19937 random(static_cast<unsigned>(sequence));
    const Scratch scratch;
    OpenOptions options;
    options.engine = GetParam();
    options.create = true;
    auto graph = Graph::Open(scratch.path("graph"), options);
    std::map<std::string, DocumentFacts> now;
    for (int step = 0; step < 8; ++step) {
      std::vector<DocumentFacts> documents;
      std::vector<std::string> removed;
      for (int i = 0; i < 5; ++i) {
        const std::string symbol = "D" + std::to_string(i);
        switch (random() % 4) {
          case 0:
            documents.push_back(RandomDocument(symbol, random));
            now[symbol] = documents.back();
            break;
          case 1:
            removed.push_back(symbol);
            now.erase(symbol);
            break;
          default:
            break;
        }
      }
      Add(*graph, documents, removed);
      if (GetParam() == EngineKind::kRocksDb && step == 4) {
        graph.reset();
        graph = Graph::Open(scratch.path("graph"), options);
      }
    }
    ASSERT_EQ(DumpOf(*graph), FromScratch(now, random));
    ASSERT_EQ(graph->Hash(), Sha256Hex(DumpOf(*graph)));
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, IngestProperty,
                         testing::Values(EngineKind::kMemory, EngineKind::kRocksDb),
                         [](const auto& param) {
                           return param.param == EngineKind::kMemory ? "Memory" : "RocksDb";
                         });

}  // namespace
}  // namespace verbale::graph
