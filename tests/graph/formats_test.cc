#include "graph/formats/formats.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "graph/error.h"
#include "graph/graph.h"
#include "tests/graph/facts.h"
#include "tests/graph/scratch.h"

namespace verbale::graph {
namespace {

using Json = nlohmann::json;

/// Text that breaks writers who do not escape: markup, quotes, control bytes, line ends, broken
/// UTF-8, what XML forbids, a formula for spreadsheets.
const std::string kHostile =
    "=1+1 <script>alert('x')</script> \"q\" \\ ]]> & {b} a|b\r\n\x01 \xF0\x9F\x98\x80 \xEF\xBF\xBF "
    "\xFF caf\xC3\xA9";

std::unique_ptr<Graph> Example(bool backwards) {
  auto graph = Graph::InMemory();
  DocumentMaker first("A/72/315");
  first.Ratified("Armenia", "Convention on Cybercrime", "2006-10", "2017-05-31")
      .Ratified("Canada", "Convention on Cybercrime", "2015-07", "2017-07-17")
      .Ratified("Canada", "Second Treaty");
  first.Fact(first.Entity("State", "Canada", {"CAN", "Canada (State)"}), "MEMBER_OF",
             first.Entity("Organization", "United Nations"));
  DocumentMaker second("A/70/172");
  second.Ratified("Canada", "Convention on Cybercrime", "2015", "2015-06-04");
  second.facts().facts.back().evidence.sentence = kHostile;
  std::vector<DocumentFacts> documents = {first, second};
  if (backwards) std::swap(documents[0], documents[1]);
  for (const DocumentFacts& document : documents) graph->Ingest({&document, 1}, {}, {});
  auto transaction = graph->Begin();
  const LabelId label = transaction->Label("Odd <Label>");
  const NodeNo odd = transaction->CreateNode({&label, 1});
  const NodeNo bare = transaction->CreateNode({});
  const RelNo rel = transaction->CreateRel(odd, transaction->Type("ODD \"TYPE\""), bare);
  transaction->CreateRel(odd, transaction->Type("ODD \"TYPE\""), odd);
  transaction->Set(odd, transaction->Key("name"), Value(kHostile));
  transaction->Set(odd, transaction->Key("odd key"), Value(kHostile));
  transaction->Set(odd, transaction->Key("number"), Value(1.5));
  transaction->Set(bare, transaction->Key("number"), Value(3));
  transaction->Set(rel, transaction->Key("list"), Value(List{Value("a"), Value("b")}));
  transaction->Set(rel, transaction->Key("on"), Value(Date{16000}));
  transaction->Set(rel, transaction->Key("true"), Value(true));
  transaction->Commit();
  return graph;
}

std::string Write(const Graph& graph, FormatOptions options) {
  std::ostringstream out;
  WriteFormat(*graph.Read(), options, out);
  return out.str();
}

FormatOptions OptionsFor(std::string_view format, std::string_view dialect = "strict") {
  FormatOptions options;
  options.format = FormatFromName(format);
  options.dialect = DialectFromName(dialect);
  return options;
}

bool Has(const std::string& program) {
  return std::system((program + " >/dev/null 2>&1").c_str()) == 0;
}

/// What `command` prints, with the text in a file whose name takes the place of "FILE".
std::string Execute(const std::string& text, std::string command, int* status) {
  const Scratch scratch;
  std::ofstream(scratch.path("in"), std::ios::binary) << text;
  for (std::size_t at; (at = command.find("FILE")) != std::string::npos;) {
    command.replace(at, 4, scratch.path("in"));
  }
  *status = std::system((command + " >" + scratch.path("out") + " 2>&1").c_str());
  std::ifstream in(scratch.path("out"));
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string Python() {
  for (const char* name : {"python3", "/usr/bin/python3"}) {
    if (Has(std::string(name) + " -c 'import networkx'")) return name;
  }
  return "";
}

constexpr std::size_t kNodes = 7;
constexpr std::size_t kRels = 6;

struct Kind {
  const char* format;
  const char* dialect;
};
const Kind kAll[] = {{"dot", "strict"},        {"graphml", "strict"}, {"graphml", "gephi"},
                     {"graphml", "cytoscape"}, {"graphml", "yed"},    {"jsonl", "strict"},
                     {"gexf", "strict"},       {"gexf", "networkx"},  {"cyjs", "strict"},
                     {"graphology", "strict"}, {"cypher", "strict"}};

TEST(FormatsTest, SameContentGivesSameBytes) {
  for (const Kind& kind : kAll) {
    const FormatOptions options = OptionsFor(kind.format, kind.dialect);
    EXPECT_EQ(Write(*Example(false), options), Write(*Example(true), options)) << kind.format;
  }
}

TEST(FormatsTest, SelectionHoldsItsPartOnly) {
  const auto graph = Example(false);
  const auto view = graph->Read();
  Selection selection;
  for (std::uint32_t i = 0; i < view->RelLimit(); ++i) {
    const RelEnds ends = view->Ends(RelNo{i});
    if (view->catalog().TypeName(ends.type) != "MEMBER_OF") continue;
    selection.rels.push_back(RelNo{i});
    selection.nodes = {ends.source, ends.target};
  }
  FormatOptions options = OptionsFor("jsonl");
  options.selection = &selection;
  std::ostringstream out;
  WriteFormat(*view, options, out);
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

TEST(FormatsTest, GraphMlIsReadByNetworkX) {
  const std::string python = Python();
  if (python.empty()) GTEST_SKIP() << "python3-networkx is not installed";
  for (const char* dialect : {"strict", "gephi", "cytoscape", "yed", "networkx"}) {
    int status = 0;
    const std::string out =
        Execute(Write(*Example(false), OptionsFor("graphml", dialect)),
                python +
                    " -c \"import networkx as n; g = n.read_graphml('FILE', "
                    "force_multigraph=True);"
                    " print(len(g), g.size(), sorted(d['label'] for _, d in "
                    "g.nodes(data=True) if d.get('labels') == ':State'),"
                    " sorted(d['e.date'] if 'e.date' in d else d.get('date', '')"
                    " for _, _, d in g.edges(data=True) if d['label'] == "
                    "'RATIFIED'))\"",
                &status);
    EXPECT_EQ(status, 0) << out;
    EXPECT_EQ(out, "7 6 ['Armenia', 'Canada'] ['', '2006-10', '2015-07']\n") << dialect;
  }
}

TEST(FormatsTest, GexfIsReadByNetworkX) {
  const std::string python = Python();
  if (python.empty()) GTEST_SKIP() << "python3-networkx is not installed";
  int status = 0;
  const std::string text = Write(*Example(false), OptionsFor("gexf"));
  const std::string out = Execute(Write(*Example(false), OptionsFor("gexf", "networkx")),
                                  python +
                                      " -c \"import networkx as n; g = n.read_gexf('FILE');"
                                      " print(len(g), g.size())\"",
                                  &status);
  EXPECT_EQ(status, 0) << out;
  EXPECT_EQ(out, "7 6\n");
  EXPECT_THAT(text, testing::HasSubstr("<spell start=\"2006-10-01\"/>"));
  EXPECT_THAT(text, testing::HasSubstr("kind=\"RATIFIED\""));
}

TEST(FormatsTest, JsonOfPicturesIsComplete) {
  const Json cytoscape = Json::parse(Write(*Example(false), OptionsFor("cyjs")));
  EXPECT_EQ(cytoscape["elements"]["nodes"].size(), kNodes);
  EXPECT_EQ(cytoscape["elements"]["edges"].size(), kRels);
  for (const Json& edge : cytoscape["elements"]["edges"]) {
    EXPECT_TRUE(edge["data"]["source"].is_string());
    EXPECT_EQ(edge["data"]["interaction"], edge["data"]["label"]);
  }
  const Json graphology = Json::parse(Write(*Example(false), OptionsFor("graphology")));
  EXPECT_EQ(graphology["nodes"].size(), kNodes);
  EXPECT_EQ(graphology["edges"].size(), kRels);
  EXPECT_EQ(graphology["options"]["multi"], true);
}

TEST(FormatsTest, CypherIsOneStatementALine) {
  const std::string script = Write(*Example(false), OptionsFor("cypher"));
  EXPECT_EQ(std::count(script.begin(), script.end(), '\n'), kNodes + kRels + 1);
  EXPECT_THAT(script, testing::HasSubstr("CREATE (:`State` {_id: 'n"));
  EXPECT_THAT(script, testing::HasSubstr("`on`: date('2013-10-22')"));
  EXPECT_THAT(script, testing::HasSubstr("`list`: ['a', 'b']"));
  EXPECT_THAT(script, testing::HasSubstr("alert(\\'x\\')"));
  EXPECT_THAT(script, testing::HasSubstr("-[:`ODD \"TYPE\"` {"));
}

TEST(FormatsTest, XmlIsWellFormed) {
  if (!Has("xmllint --version")) GTEST_SKIP() << "xmllint is not installed";
  for (const Kind& kind : kAll) {
    const std::string text = Write(*Example(false), OptionsFor(kind.format, kind.dialect));
    if (text.substr(0, 5) != "<?xml") continue;
    int status = 0;
    const std::string out = Execute(text, "xmllint --noout FILE", &status);
    EXPECT_EQ(status, 0) << kind.format << ' ' << kind.dialect << '\n' << out;
    EXPECT_EQ(text.find("<script"), std::string::npos);
  }
}

TEST(FormatsTest, DotIsDrawnByGraphviz) {
  if (!Has("dot -V")) GTEST_SKIP() << "Graphviz is not installed";
  int status = 0;
  const std::string svg =
      Execute(Write(*Example(false), OptionsFor("dot")), "dot -Tsvg FILE", &status);
  EXPECT_EQ(status, 0) << svg;
  EXPECT_THAT(svg, testing::HasSubstr("Convention on Cybercrime"));
  EXPECT_THAT(svg, testing::HasSubstr("It RATIFIED that."));
  EXPECT_THAT(svg, testing::Not(testing::HasSubstr("<script")));
  EXPECT_THAT(svg, testing::Not(testing::HasSubstr("Error")));
  EXPECT_THAT(svg, testing::Not(testing::HasSubstr("Warning")));
}

TEST(FormatsTest, JsonLinesAreComplete) {
  std::istringstream in(Write(*Example(false), OptionsFor("jsonl")));
  std::size_t nodes = 0;
  std::size_t rels = 0;
  std::size_t quotes = 0;
  for (std::string line; std::getline(in, line);) {
    const Json json = Json::parse(line);
    nodes += json["type"] == "node";
    rels += json["type"] == "relationship";
    if (json.contains("evidence")) quotes += json["evidence"].size();
    if (json.contains("label") && json["label"] == "ODD \"TYPE\"" &&
        json["properties"].contains("on")) {
      EXPECT_EQ(json["properties"]["list"], Json({"a", "b"}));
      EXPECT_EQ(json["properties"]["on"], Json({{"$type", "Date"}, {"_value", "2013-10-22"}}));
      EXPECT_EQ(json["properties"]["true"], true);
    }
  }
  EXPECT_EQ(nodes, kNodes);
  EXPECT_EQ(rels, kRels);
  EXPECT_EQ(quotes, 5u);
}

TEST(FormatsTest, EvidenceCanBeLeftOut) {
  for (const Kind& kind : kAll) {
    FormatOptions options = OptionsFor(kind.format, kind.dialect);
    options.evidence = false;
    EXPECT_THAT(Write(*Example(false), options), testing::Not(testing::HasSubstr("RATIFIED that")));
  }
}

TEST(FormatsTest, UnknownNamesGetTheNearest) {
  try {
    FormatFromName("grapml");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
    EXPECT_THAT(error.hint(), testing::HasSubstr("graphml"));
  }
  EXPECT_THROW(Write(*Example(false), OptionsFor("dot", "gephi")), Error);
}

}  // namespace
}  // namespace verbale::graph
