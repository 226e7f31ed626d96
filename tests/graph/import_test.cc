// Imports: what files say comes in, once, whole, or not at all.

#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/formats/formats.h"
#include "graph/graph.h"
#include "tests/graph/scratch.h"

namespace verbale::graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ImportTest : public testing::TestWithParam<EngineKind> {
 protected:
  std::string File(const std::string& name, const std::string& text) {
    const std::string path = scratch_.path(name);
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::unique_ptr<Graph> Open(const std::string& name = "graph") {
    return Graph::Open(
        scratch_.path(name),
        {.engine = GetParam(), .read_only = false, .create = true, .command = "test"});
  }
  static std::string Dump(const Graph& graph) {
    std::ostringstream out;
    graph.Dump(out, Layer::kAll);
    return out.str();
  }
  ImportOptions People() {
    ImportOptions options;
    options.nodes.push_back({{File("people.csv",
                                   "id:ID(Person),name,age:int,tags:string[],:LABEL,skip:IGNORE\n"
                                   "1,Ann,31,a;b,Writer;Painter,x\n"
                                   "2,\"Bo \"\"the\"\" Bee, and\nso on\",,,,\n"
                                   "3,\"\",-7,c,,\n")},
                             {"Person"}});
    options.relationships.push_back({{File("knows.csv",
                                           ":START_ID(Person),:END_ID(Person),since:date,w:double\n"
                                           "1,2,2001-02-03,0.5\n2,1,,\n1,2,2005-01-01,\n")},
                                     {"KNOWS"}});
    options.on_problem = [this](const ImportProblem& p) {
      const auto slash = p.position.file.rfind('/');
      problems_.push_back(p.position.file.substr(slash + 1) + ":" +
                          std::to_string(p.position.line) + ":" +
                          std::to_string(p.position.column) + " " + p.what);
    };
    return options;
  }

  /// What an export of `graph` in this format is imported by.
  ImportOptions AsNeo4jCsv(const Graph& graph) {
    std::map<std::string, std::ostringstream> files;
    FormatOptions format;
    format.format = Format::kNeo4jCsv;
    format.evidence = false;
    WriteFolder(*graph.Read(), format,
                [&](const std::string& name) -> std::ostream& { return files[name]; });
    const auto both = [&](const std::string& name) {
      return ImportSource{{File(name + "-header.csv", files[name + "-header.csv"].str()),
                           File(name + ".csv", files[name + ".csv"].str())},
                          {}};
    };
    ImportOptions options;
    options.nodes = {both("nodes")};
    options.relationships = {both("relationships")};
    return options;
  }

  Scratch scratch_;
  int tries_ = 0;
  std::vector<std::string> problems_;
};

INSTANTIATE_TEST_SUITE_P(Engines, ImportTest,
                         testing::Values(EngineKind::kRocksDb, EngineKind::kMemory));

TEST_P(ImportTest, BringsInNodesAndRelationships) {
  const auto graph = Open();
  ImportOptions options = People();
  options.indexes = {{"Person", "name"}};
  const ImportReport report = graph->Import(options);
  EXPECT_EQ(report.nodes, 3U);
  EXPECT_EQ(report.relationships, 3U);
  EXPECT_EQ(Dump(*graph), R"(verbale dump 1
manual node #0 :Painter :Person :Writer {age: 31, id: "1", name: "Ann", tags: ["a", "b"]}
manual node #1 :Person {id: "2", name: "Bo \"the\" Bee, and\nso on"}
manual node #2 :Person {age: -7, id: "3", name: "", tags: ["c"]}
manual relationship #0 KNOWS #1 #0 {since: date("2001-02-03"), w: 0.5}
manual relationship #0 KNOWS #1 #1 {since: date("2005-01-01")}
manual relationship #1 KNOWS #0 #2 {}
schema "index_Person_name" {kind: "index", on: "node", label: "Person", keys: ["name"]}
)");
  EXPECT_THAT(graph->Check(), IsEmpty());
  const auto view = graph->Read();
  const auto found = view->Lookup(*view->catalog().FindLabel("Person"),
                                  *view->catalog().FindKey("name"), Value("Ann"));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->size(), 1U);
}

TEST_P(ImportTest, AddsToWhatIsThere) {
  const auto graph = Open();
  graph->Import(People());
  graph->Import(People());
  EXPECT_EQ(graph->Read()->NodeCount(), 6U);
  EXPECT_EQ(graph->Read()->RelCount(), 6U);
  EXPECT_THAT(graph->Check(), IsEmpty());
}

TEST_P(ImportTest, BadRowsAreNamedAndLeftOut) {
  const auto graph = Open();
  ImportOptions options = People();
  options.nodes.push_back(
      {{File("more.csv", "id:ID(Person),age:int\n4,x\n1,1\n5\n,3\n6,\"6\"7\n7,7\n")}, {}});
  options.relationships.push_back(
      {{File("more_knows.csv", ":START_ID(Person),:END_ID(Person),:TYPE\n1,9,A\n1,7,\n1,7,B\n")},
       {}});
  options.max_errors = 7;
  const ImportReport report = graph->Import(options);
  EXPECT_EQ(report.bad_rows, 7U);
  EXPECT_EQ(report.nodes, 4U);
  EXPECT_EQ(report.relationships, 4U);
  EXPECT_THAT(
      problems_,
      ElementsAre("more.csv:2:3 'x' is no integer", "more.csv:3:1 another node has the id '1'",
                  "more.csv:4:1 the row has 1 fields, and the header has 2",
                  "more.csv:5:1 the id is empty",
                  "more.csv:6:6 something follows a closing quote; a quote in a text stands twice",
                  "more_knows.csv:2:3 there is no node with the id '9' in Person",
                  "more_knows.csv:3:1 the relationship has no type"));
}

// Long enough to be read in several parts.
TEST_P(ImportTest, ALongFileIsReadWholeAndInOrder) {
  const auto graph = Open();
  constexpr int kRows = 150'000, kBad = 140'000;
  std::string rows = ":START_ID(Person),:END_ID(Person),n:int,:TYPE\n";
  for (int i = 0; i < kRows; ++i) {
    rows += i == kBad ? "1,2,x," : std::string(i % 2 == 0 ? "1,2," : "2,3,") + std::to_string(i);
    rows += i % 3 == 0 ? ",A\n" : ",B\n";
  }
  ImportOptions options = People();
  options.relationships = {{{File("many.csv", rows)}, {}}};
  options.max_errors = 1;
  const ImportReport report = graph->Import(options);
  EXPECT_EQ(report.relationships, kRows - 1U);
  EXPECT_EQ(problems_.size(), 1U);
  EXPECT_THAT(problems_, testing::Each(HasSubstr("many.csv:" + std::to_string(kBad + 2))));
  const auto view = graph->Read();
  EXPECT_EQ(view->RelCount(*view->catalog().FindType("A")), kRows / 3U);
  // Those with the same ends and type have ids in the order of the file.
  std::map<std::tuple<NodeNo, NodeNo, TypeId>, std::int64_t> last;
  for (std::uint64_t id = 0; id < report.relationships; ++id) {
    const auto rel = view->Find(RelId{kManualIdBit + id});
    ASSERT_TRUE(rel.has_value());
    const RelEnds ends = view->Ends(*rel);
    const std::int64_t n = view->Property(*rel, *view->catalog().FindKey("n")).as_int();
    auto& before = last.try_emplace({ends.source, ends.target, ends.type}, -1).first->second;
    ASSERT_LT(before, n);
    before = n;
  }
  EXPECT_EQ(last.size(), 4U);
  EXPECT_THAT(graph->Check(), IsEmpty());
}

TEST_P(ImportTest, OneBadRowTooManyAndNothingIsThere) {
  const auto graph = Open();
  const std::string before = Dump(*graph);
  ImportOptions options = People();
  options.nodes.push_back({{File("more.csv", "id:ID(Person),age:int\n4,x\n5,y\n")}, {}});
  options.max_errors = 1;
  try {
    graph->Import(options);
    FAIL() << "it was imported";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("nothing was imported"));
    EXPECT_EQ(error.position().line, 3U);
  }
  EXPECT_EQ(Dump(*graph), before);
  EXPECT_EQ(graph->Stats().sequence, 0U);
}

TEST_P(ImportTest, ConstraintsAreCheckedOnTheWay) {
  ImportOptions options = People();
  options.unique = {{"Person", "id"}, {"Nobody", "id"}};
  options.indexes = {{"Person", "id"}};  // Is there with the constraint.
  const auto graph = Open();
  graph->Import(options);
  ASSERT_EQ(graph->Read()->Schema().size(), 2U);
  EXPECT_EQ(graph->Read()->Schema()[1].name, "unique_Person_id");
  EXPECT_EQ(graph->Read()->Schema()[1].kind, SchemaKind::kUnique);
  EXPECT_THAT(graph->Check(), IsEmpty());

  const auto other = Open("other");
  ImportOptions twice;
  twice.nodes.push_back({{File("twice.csv", "a:int,x:double\n1,nan\n2,nan\n3,1\n1,2\n")}, {"A"}});
  twice.unique = {{"A", "x"}};
  other->Import(twice);  // What is no number is like nothing.
  EXPECT_THROW(other->Import(twice), Error);

  const auto third = Open("third");
  twice.unique = {{"A", "a"}};
  try {
    third->Import(twice);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kAlreadyExists);
    EXPECT_THAT(error.what(), HasSubstr("unique_A_a"));
  }
  EXPECT_EQ(third->Read()->NodeCount(), 0U);
}

TEST_P(ImportTest, HeadersAreChecked) {
  const std::pair<std::string, std::string> kHeaders[] = {
      {"id:ID,x:point", "type of a column"},
      {"a:ID,b:ID", "one column :ID"},
      {":START_ID,:END_ID", "nodes are expected"},
      {":int", "needs a name"},
      {"a:ID,b,c,b:int", "two columns are called 'b'"},
      {"a:ID,a", "two columns are called 'a'"},
      {"a:ID,b\r1,2\r", "carriage returns alone"}};
  for (const auto& [header, what] : kHeaders) {
    const auto graph = Open(header);
    ImportOptions options;
    options.nodes.push_back({{File("header.csv", header + "\n")}, {}});
    try {
      graph->Import(options);
      FAIL() << header;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(what)) << header;
    }
  }
}

/// A graph of all kinds of values, one of its relationships deleted again.
void FillWithEverything(Graph& graph, const ImportOptions& people) {
  graph.Import(people);
  auto t = graph.Begin();
  t->Delete(t->Neighbours(NodeNo{0}, Direction::kOut, TypeId{0}).rel(0));
  t->Set(NodeNo{0}, t->Key("when"), Value(ParseDateTime("2015-07-21T21:40:32.142+01:00")));
  t->Set(NodeNo{0}, t->Key("inf"), Value(1 / 0.0));
  t->Set(NodeNo{0}, t->Key("days"), Value(List{Value(Date{16000}), Value(Date{16001})}));
  t->Set(NodeNo{0}, t->Key("none"), Value(List{}));
  t->Set(NodeNo{0}, t->Key("label"), Value("hides <nothing> & \"all\""));
  t->Set(NodeNo{1}, t->Key("numbers"), Value(List{Value(1), Value(2)}));
  t->Set(NodeNo{1}, t->Key("empty"), Value(""));
  t->Set(NodeNo{1}, t->Key("empty first"), Value(List{Value(""), Value("x")}));
  t->Set(NodeNo{1}, t->Key("all empty"), Value(List{Value(""), Value("")}));
  t->CreateNode({});
  t->Set(t->CreateRel(NodeNo{0}, t->Type("ODD TYPE"), NodeNo{0}), t->Key("weight"), Value(1.5));
  t->Commit();
}

TEST_P(ImportTest, WhatGoesOutComesInTheSame) {
  const auto graph = Open();
  FillWithEverything(*graph, People());
  for (const Format kind : {Format::kJsonLines, Format::kGraphMl}) {
    std::ostringstream text;
    FormatOptions format;
    format.format = kind;
    WriteFormat(*graph->Read(), format, text);
    const bool xml = kind == Format::kGraphMl;
    const auto copy = Open(xml ? "copy of GraphML" : "copy of JSON Lines");
    ImportOptions options;
    (xml ? options.graphml : options.json_lines).push_back(File("exported", text.str()));
    copy->Import(options);
    EXPECT_EQ(Dump(*copy), Dump(*graph)) << xml;
  }
}

// Ids of things that people made are kept, and those of others are new: from the first of the same
// numbers on.
TEST_P(ImportTest, NoIdIsGivenTwice) {
  const auto graph = Open();
  std::string lines;
  const char* const kIds[] = {
      "17", "9223372036854775808", "9223372036854775810", "18446744073709551615",
      "18", "9223372036854775809", "9223372036854775812"};
  for (const std::string id : kIds) {
    lines += R"({"type":"node","id":"n)" + id + "\"}\n";
  }
  for (const std::string id : kIds) {
    lines += R"({"type":"relationship","id":"e)" + id + R"(","label":"R","start":{"id":"n)" + id +
             R"("},"end":{"id":"n17"}})" + "\n";
  }
  ImportOptions options;
  options.json_lines = {File("mixed.jsonl", lines)};
  graph->Import(options);
  EXPECT_THAT(graph->Check(), IsEmpty());
  const auto view = graph->Read();
  std::set<std::uint64_t> nodes, rels;
  for (std::uint32_t i = 0; i < view->NodeLimit(); ++i) nodes.insert(view->Id(NodeNo{i}).value);
  for (std::uint32_t i = 0; i < view->RelLimit(); ++i) rels.insert(view->Id(RelNo{i}).value);
  EXPECT_EQ(nodes.size(), std::size(kIds));
  EXPECT_EQ(rels.size(), std::size(kIds));
  EXPECT_TRUE(nodes.contains(9223372036854775810U)) << "it was free";
  EXPECT_TRUE(rels.contains(9223372036854775810U)) << "it was free";
}

TEST_P(ImportTest, BadLinesOfJsonAreNamedAndLeftOut) {
  const auto graph = Open();
  ImportOptions options = People();
  options.json_lines = {File("bad.jsonl",
                             R"({"type":"node","id":"a"})"
                             "\n{\"type\":\n"
                             R"({"type":"node","id":"b","properties":{"x":1e999}})"
                             "\n"
                             R"({"type":"node","id":"c","properties":{"x":9223372036854775808}})"
                             "\n"
                             R"({"type":"node","id":"a"})"
                             "\n"
                             R"({"type":"node","id":"d","labels":"A"})"
                             "\n")};
  options.max_errors = 5;
  const ImportReport report = graph->Import(options);
  EXPECT_EQ(report.nodes, 4u);
  EXPECT_THAT(problems_,
              ElementsAre("bad.jsonl:2:9 this is not JSON", "bad.jsonl:3:1 a number is too large",
                          "bad.jsonl:4:1 an integer has more than 64 bits",
                          "bad.jsonl:5:1 another node has the id 'a'",
                          "bad.jsonl:6:1 'labels' is a list of texts"));
}

TEST_P(ImportTest, TextsAreUtf8) {
  const auto graph = Open();
  ImportOptions options = People();
  options.relationships.clear();
  options.nodes = {{{File("texts.csv",
                          ":LABEL,a,b:string[]\nA,\xC3\xA9,x\nA,\xE9,x\nA,x,y;\xC3\n"
                          "\xFF,x,x\n")},
                    {}}};
  options.max_errors = 3;
  EXPECT_EQ(graph->Import(options).nodes, 1u);
  EXPECT_THAT(problems_, ElementsAre("texts.csv:3:3 this text is no UTF-8",
                                     "texts.csv:4:5 this text is no UTF-8",
                                     "texts.csv:5:1 a label is no UTF-8"));
}

TEST_P(ImportTest, ANumberHasOneSign) {
  const auto graph = Open();
  ImportOptions options = People();
  options.nodes.push_back({{File("signs.csv", "id:ID,n:int,x:double\n8,+5,+.5\n9,+-5,\n")}, {}});
  options.max_errors = 1;
  graph->Import(options);
  EXPECT_THAT(problems_, ElementsAre("signs.csv:3:3 '+-5' is no integer"));
}

TEST_P(ImportTest, CsvOfNeo4jComesInTheSame) {
  const auto graph = Open();
  graph->Import(People());
  auto t = graph->Begin();
  t->Set(NodeNo{1}, t->Key("name"), Value("Bo \"the\" Bee"));  // cells are one line
  t->Set(NodeNo{1}, t->Key("none"), Value(List{}));
  t->Set(NodeNo{2}, t->Key("numbers"), Value(List{Value(1), Value(2)}));
  t->Commit();
  const auto copy = Open("copy");
  copy->Import(AsNeo4jCsv(*graph));
  EXPECT_EQ(Dump(*copy), Dump(*graph));
}

// What one type cannot hold is kept beside it.
TEST_P(ImportTest, ValuesOfSeveralTypesComeInTheSame) {
  const auto graph = Open();
  auto t = graph->Begin();
  const LabelId label = t->Label("A");
  const std::vector<Value> values = {Value(1),
                                     Value(2.0),
                                     Value("1"),
                                     Value(true),
                                     Value(List{Value(1)}),
                                     Value(List{Value(1), Value(2.5)}),
                                     Value(List{Value("a;b"), Value("c")}),
                                     Value(List{Value("")}),
                                     Value(List{}),
                                     Value("line\nand\ttab\rand \x01"),
                                     Value(ParseDate("2015-07-14")),
                                     Value(List{Value(ParseDate("2015-07-14"))})};
  NodeNo last = t->CreateNode({});
  for (const Value& value : values) {
    const NodeNo node = t->CreateNode(std::span(&label, 1));
    t->Set(node, t->Key("x"), value);
    t->Set(node, t->Key("exact"), Value("a property like any other"));
    const RelNo rel = t->CreateRel(last, t->Type("T"), node);
    t->Set(rel, t->Key("y"), value);
    last = node;
  }
  const NodeNo numbers = t->CreateNode({});
  t->Set(numbers, t->Key("z"), Value(1));
  t->Set(t->CreateNode({}), t->Key("z"), Value(2.0));
  t->Commit();
  const auto csv = Open("csv");
  csv->Import(AsNeo4jCsv(*graph));
  EXPECT_EQ(Dump(*csv), Dump(*graph));
  std::ostringstream text;
  FormatOptions format;
  format.format = Format::kGraphMl;
  WriteFormat(*graph->Read(), format, text);
  ImportOptions options;
  options.graphml = {File("exported", text.str())};
  const auto xml = Open("xml");
  xml->Import(options);
  EXPECT_EQ(Dump(*xml), Dump(*graph));
}

TEST_P(ImportTest, IndexesAndConstraintsComeIn) {
  const auto graph = Open();
  graph->Import(People());
  auto t = graph->Begin();
  const auto item = [](std::string name, SchemaKind kind, std::string label,
                       std::vector<std::string> keys) {
    SchemaItem made;
    made.name = std::move(name);
    made.kind = kind;
    made.label = std::move(label);
    made.keys = std::move(keys);
    return made;
  };
  t->CreateSchema(item("a name", SchemaKind::kIndex, "Person", {"age"}));
  t->CreateSchema(item("b", SchemaKind::kUnique, "Person", {"id"}));
  t->CreateSchema(item("c", SchemaKind::kUnique, "Person", {"name", "age"}));
  t->CreateSchema(item("d", SchemaKind::kExists, "Person", {"id"}));
  SchemaItem typed = item("e", SchemaKind::kType, "KNOWS", {"w"});
  typed.on_relationship = true;
  typed.value_type = "FLOAT";
  t->CreateSchema(typed);
  t->Commit();
  std::ostringstream text;
  FormatOptions format;
  format.format = Format::kJsonLines;
  WriteFormat(*graph->Read(), format, text);
  ImportOptions options;
  options.json_lines = {File("exported", text.str())};
  const auto copy = Open("copy");
  copy->Import(options);
  EXPECT_EQ(Dump(*copy), Dump(*graph));
  EXPECT_THAT(copy->Check(), IsEmpty());
  // What is there may break a constraint, and an import does not look.
  const auto other = Open("other");
  ImportOptions people = People();
  other->Import(people);
  EXPECT_THROW(other->Import(options), Error);
  EXPECT_EQ(other->Read()->NodeCount(), 3U);
}

TEST_P(ImportTest, ConstraintsOfJsonLinesAreChecked) {
  const std::string nodes =
      R"({"type": "node", "id": "n1", "labels": ["A"], "properties": {"x": 1, "y": 1}})"
      "\n"
      R"({"type": "node", "id": "n2", "labels": ["A"], "properties": {"x": 1, "y": 2}})"
      "\n";
  const auto import = [&](const std::string& schema) {
    ImportOptions options = People();
    options.nodes.clear();
    options.relationships.clear();
    options.json_lines = {File("lines", nodes +
                                            R"({"type": "schema", "name": "c", "on": "node", )"
                                            R"("label": "A", )" +
                                            schema + "}\n")};
    const auto graph = Open("graph" + std::to_string(++tries_));
    try {
      graph->Import(options);
      return graph->Read()->Schema().size() == 1 ? std::string() : "no schema";
    } catch (const Error& error) {
      EXPECT_EQ(graph->Read()->NodeCount(), 0U);
      return std::string(error.what());
    }
  };
  EXPECT_EQ(import(R"("kind": "index", "properties": ["x"])"), "");
  EXPECT_EQ(import(R"("kind": "unique", "properties": ["x", "y"])"), "");
  EXPECT_THAT(import(R"("kind": "unique", "properties": ["x"])"), HasSubstr("constraint c"));
  EXPECT_THAT(import(R"("kind": "exists", "properties": ["z"])"), HasSubstr("constraint c"));
  EXPECT_THAT(import(R"("kind": "type", "properties": ["x"], "value_type": "STRING")"),
              HasSubstr("constraint c"));
  EXPECT_EQ(import(R"("kind": "type", "properties": ["x"], "value_type": "INTEGER")"), "");
  EXPECT_THAT(import(R"("kind": "some", "properties": ["x"])"), HasSubstr("bad row"));
}

TEST_P(ImportTest, ValuesHaveTheDeclaredType) {
  const auto graph = Open();
  ImportOptions options = People();
  options.nodes = {{{File("types.csv",
                          ":ID,c:char,s:short,b:byte,i:int\n"
                          "1,\xC3\xA9,-32768,127,2147483647\n2,xy,1,1,1\n3,x,32768,1,1\n"
                          "4,x,1,-129,1\n5,x,1,1,2147483648\n")},
                    {}}};
  options.relationships.clear();
  options.max_errors = 4;
  EXPECT_EQ(graph->Import(options).nodes, 1U);
  EXPECT_THAT(problems_, ElementsAre("types.csv:3:3 'xy' is no single character",
                                     "types.csv:4:5 '32768' is no integer of 16 bits (short)",
                                     "types.csv:5:7 '-129' is no integer of 8 bits (byte)",
                                     "types.csv:6:9 '2147483648' is no integer of 32 bits (int)"));
}

TEST_P(ImportTest, IntegerIdsAreNumbers) {
  const auto graph = Open();
  ImportOptions options = People();
  options.integer_ids = true;
  options.nodes = {{{File("ids.csv", "id:ID,name\n1,a\n01,b\n+2,c\nx,d\n")}, {}}};
  options.relationships = {{{File("rels.csv", ":START_ID,:END_ID\n001,2\n2,y\n")}, {"T"}}};
  options.max_errors = 3;
  const ImportReport report = graph->Import(options);
  EXPECT_EQ(report.nodes, 2U);
  EXPECT_EQ(report.relationships, 1U);
  EXPECT_THAT(problems_,
              ElementsAre("ids.csv:3:1 another node has the id '1'",
                          "ids.csv:5:1 'x' is no integer", "rels.csv:3:3 'y' is no integer"));
}

TEST_P(ImportTest, NamesAreNotEmpty) {
  ImportOptions options = People();
  options.nodes.clear();
  options.relationships.clear();
  options.json_lines = {
      File("lines", R"({"type": "node", "id": "n1", "labels": ["A"], "properties": {"": 1}})"
                    "\n"
                    R"({"type": "node", "id": "n2", "labels": [""], "properties": {}})"
                    "\n")};
  options.max_errors = 2;
  EXPECT_EQ(Open()->Import(options).nodes, 0U);
  EXPECT_THAT(problems_,
              ElementsAre("lines:1:1 a property needs a name", "lines:2:1 a label needs a name"));
}

// pugixml would leave them as they stand.
TEST_P(ImportTest, EntitiesOfADocumentTypeAreRefused) {
  const auto import = [&](const std::string& text) {
    ImportOptions options;
    options.graphml = {File(
        "entities.graphml",
        "<?xml version='1.0'?>\n<!DOCTYPE graphml [<!ENTITY who 'Ann'>]>\n<graphml><key id='a' "
        "for='node' attr.name='name' attr.type='string'/><graph>\n<node id='x'><data key='a'>" +
            text + "</data></node></graph></graphml>")};
    const auto graph = Open("graph" + std::to_string(++tries_));
    try {
      graph->Import(options);
      const auto view = graph->Read();
      return std::string(view->Property(NodeNo{0}, *view->catalog().FindKey("name")).as_string());
    } catch (const Error& error) {
      EXPECT_EQ(error.position().line, 4U);
      return std::string(error.what());
    }
  };
  EXPECT_EQ(import("&who; and Bob"), "'&who;' is an entity that is not known");
  EXPECT_EQ(import("a &amp; b &#65; &lt;"), "a & b A <");
  EXPECT_EQ(import("<!-- &who; -->c"), "c");
  EXPECT_EQ(import("<![CDATA[&who;]]>"), "&who;");
  EXPECT_EQ(import("a<![CDATA[b]]>c<!-- d --><?e &f?>g"), "abcg");
}

TEST_P(ImportTest, GraphMlOfOthersComesIn) {
  const auto graph = Open();
  ImportOptions options;
  options.graphml = {File("friends.graphml", R"(<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key id="d0" for="node" attr.name="age" attr.type="int"><default>7</default></key>
  <key id="d1" for="edge" attr.name="label" attr.type="string"/>
  <key id="d2" for="node" yfiles.type="nodegraphics"/>
  <graph edgedefault="directed">
    <node id="Ann"><data key="d0">41</data><data key="d2"><y:ShapeNode/></data></node>
    <node id="Bob"/>
    <edge source="Ann" target="Bob"><data key="d1">KNOWS</data></edge>
    <edge source="Bob" target="Ann"/>
  </graph>
</graphml>)")};
  const ImportReport report = graph->Import(options);
  EXPECT_EQ(report.nodes, 2u);
  EXPECT_EQ(report.relationships, 2u);
  const std::string dump = Dump(*graph);
  EXPECT_THAT(dump, HasSubstr("{age: 41, id: \"Ann\"}"));
  EXPECT_THAT(dump, HasSubstr("{age: 7, id: \"Bob\"}"));
  EXPECT_THAT(dump, HasSubstr("KNOWS"));
  EXPECT_THAT(dump, HasSubstr("RELATED"));
}

TEST_P(ImportTest, BadGraphMlIsToldWithItsPlace) {
  const std::string head =
      "<graphml><key id='a' for='node' attr.name='age' attr.type='int'/><graph>";
  const std::string bad = head +
                          "\n<node id='x'><data key='a'>old</data></node>\n<node id='y'/>\n" +
                          "  <edge source='y' target='z'/></graph></graphml>";
  const auto graph = Open();
  ImportOptions options;
  options.graphml = {File("bad.graphml", bad)};
  options.max_errors = 2;
  std::vector<ImportProblem> problems;
  options.on_problem = [&](const ImportProblem& problem) { problems.push_back(problem); };
  const ImportReport report = graph->Import(options);
  EXPECT_EQ(report.nodes, 1u);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].position.line, 2u);
  EXPECT_THAT(problems[0].what, HasSubstr("age: 'old' is no integer"));
  EXPECT_EQ(problems[1].position.line, 4u);
  EXPECT_THAT(problems[1].what, HasSubstr("no node with the id 'z'"));
  options.max_errors = 1;
  const auto none = Open("none");
  EXPECT_THROW(none->Import(options), Error);
  EXPECT_EQ(none->Read()->NodeCount(), 0u);
  options.max_errors = 0;
  options.graphml = {
      File("key.graphml", head + "<node id='x'><data key='b'>1</data></node></graph></graphml>")};
  EXPECT_THROW(none->Import(options), Error);
  options.graphml = {File("broken.graphml", "<graphml>\n <node id='a'>\n")};
  EXPECT_THROW(none->Import(options), Error);
}

}  // namespace
}  // namespace verbale::graph
