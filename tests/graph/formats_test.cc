#include "graph/formats/formats.h"

#include <cstdlib>
#include <fstream>
#include <map>
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
const Kind kAll[] = {{"dot", "strict"},        {"graphml", "strict"},  {"graphml", "gephi"},
                     {"graphml", "cytoscape"}, {"graphml", "yed"},     {"jsonl", "strict"},
                     {"gexf", "strict"},       {"gexf", "networkx"},   {"cyjs", "strict"},
                     {"graphology", "strict"}, {"cypher", "strict"},   {"html-table", "strict"},
                     {"markdown", "strict"},   {"latex", "strict"},    {"csv", "strict"},
                     {"turtle", "strict"},     {"nquads", "strict"},   {"cx2", "strict"},
                     {"turtle", "rdf-1.2"},    {"turtle", "rdf-star"}, {"nquads", "rdf-1.2"},
                     {"nquads", "rdf-star"},   {"jsonld", "strict"}};

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
  EXPECT_THAT(script, testing::HasSubstr("CREATE (:`State`:_Made {_id: 'n"));
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

/// The page, or nothing where the program was built without it.
std::string PageOf(const Graph& graph) {
  try {
    return Write(graph, OptionsFor("html"));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnsupported);
    return "";
  }
}

TEST(FormatsTest, PageCarriesTheGraphAsData) {
  const std::string page = PageOf(*Example(false));
  if (page.empty()) GTEST_SKIP() << "built without the page (VERBALE_WEB)";
  EXPECT_EQ(page, PageOf(*Example(true)));
  const std::string begin = "<script type=\"application/json\" id=\"graph\">";
  const std::size_t from = page.find(begin) + begin.size();
  const std::string data = page.substr(from, page.find("</script>", from) - from);
  EXPECT_EQ(data.find('<'), std::string::npos);
  const Json json = Json::parse(data);
  EXPECT_EQ(json["format"], "verbale-page");
  EXPECT_EQ(json["nodes"].size(), kNodes);
  EXPECT_EQ(json["relationships"].size(), kRels);
  std::size_t quotes = 0;
  std::size_t hostile = 0;
  for (const Json& rel : json["relationships"]) quotes += rel["evidence"].size();
  for (const Json& node : json["nodes"]) {
    hostile +=
        node["name"].get<std::string>().find("<script>alert('x')</script>") != std::string::npos;
  }
  EXPECT_EQ(quotes, 5u);
  EXPECT_EQ(hostile, 1u);
}

TEST(FormatsTest, TablesCiteTheirSources) {
  const std::string markdown = Write(*Example(false), OptionsFor("markdown"));
  EXPECT_THAT(markdown,
              testing::HasSubstr(
                  "| Armenia | RATIFIED | Convention on Cybercrime | date 2006-10 | [^1] |"));
  EXPECT_THAT(markdown, testing::HasSubstr("\n[^1]: “It RATIFIED that.” (A/72/315"));
  const std::string html = Write(*Example(false), OptionsFor("html-table"));
  EXPECT_THAT(html, testing::HasSubstr("<td>Armenia</td><td>RATIFIED</td>"));
  const std::string latex = Write(*Example(false), OptionsFor("latex"));
  EXPECT_THAT(latex, testing::HasSubstr(
                         "Armenia & RATIFIED & Convention on Cybercrime\\textsuperscript{1}"));
  EXPECT_THAT(latex, testing::HasSubstr("\\{b\\}"));
  for (const std::string& text : {markdown, html}) {
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("<script")));
  }
  std::istringstream rows(markdown);
  std::size_t count = 0;
  for (std::string line; std::getline(rows, line);) count += line.rfind("| ", 0) == 0;
  EXPECT_EQ(count, kRels + 2);
}

TEST(FormatsTest, CsvHasNoFormulas) {
  const std::string csv = Write(*Example(false), OptionsFor("csv"));
  EXPECT_THAT(csv, testing::HasSubstr("\"'=1+1 "));
  for (const char* begin : {"\"=", "\"+", "\"-", "\"@", "\"\t"}) {
    EXPECT_THAT(csv, testing::Not(testing::HasSubstr(std::string(",") + begin)));
    EXPECT_THAT(csv, testing::Not(testing::HasSubstr(std::string("\n") + begin)));
  }
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 5 + 2);  // head, evidence, without any
}

TEST(FormatsTest, ImportersGetSeveralFiles) {
  const auto files = [](const char* format) {
    std::map<std::string, std::ostringstream> out;
    const auto graph = Example(false);
    WriteFolder(*graph->Read(), OptionsFor(format),
                [&](const std::string& name) -> std::ostream& { return out[name]; });
    std::map<std::string, std::string> texts;
    for (const auto& [name, text] : out) texts[name] = text.str();
    return texts;
  };
  const auto lines = [](const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  };
  auto neo4j = files("neo4j-csv");
  EXPECT_EQ(lines(neo4j["nodes.csv"]), kNodes);
  EXPECT_EQ(lines(neo4j["relationships.csv"]), kRels);
  EXPECT_THAT(neo4j["nodes-header.csv"],
              testing::StartsWith(":ID,\"aliases:string[]\",\"id:string\",\"name:string\""));
  EXPECT_THAT(neo4j["relationships-header.csv"], testing::HasSubstr("\"list:string[]\""));
  EXPECT_THAT(neo4j["relationships.csv"], testing::HasSubstr("\"a;b\""));
  EXPECT_THAT(neo4j["nodes.csv"], testing::HasSubstr(",\"\",\"state:canada\"")) << "an empty list";
  EXPECT_THAT(neo4j["import.txt"], testing::HasSubstr("--id-type=string"));
  auto gephi = files("gephi-csv");
  EXPECT_EQ(lines(gephi["nodes.csv"]), kNodes + 1);
  EXPECT_EQ(lines(gephi["edges.csv"]), kRels + 1);
  EXPECT_THAT(gephi["edges.csv"],
              testing::StartsWith("Source,Target,Type,Kind,Id,Label,Weight,evidence,"));
  EXPECT_THAT(gephi["nodes.csv"], testing::HasSubstr("\"'=1+1 "));
  EXPECT_THROW(Write(*Example(false), OptionsFor("neo4j-csv")), Error);
}

TEST(FormatsTest, RdfIsReadByRaptor) {
  if (!Has("rapper --version")) GTEST_SKIP() << "rapper (raptor2-utils) is not installed";
  const auto triples = [](const char* format) {
    int status = 0;
    const std::string out =
        Execute(Write(*Example(false), OptionsFor(format)),
                std::string("rapper -c -i ") + format + " FILE urn:x:", &status);
    EXPECT_EQ(status, 0) << out;
    EXPECT_THAT(out, testing::Not(testing::HasSubstr("rror")));
    const std::size_t at = out.find("returned ");
    return at == std::string::npos ? 0 : std::stoi(out.substr(at + 9));
  };
  const int turtle = triples("turtle");
  EXPECT_GT(turtle, 100);
  EXPECT_EQ(triples("nquads"), turtle + 5);  // and once for each document that states a fact
}

TEST(FormatsTest, RdfHasDialects) {
  using testing::HasSubstr;
  const auto write = [](const char* format, const char* dialect) {
    return Write(*Example(false), OptionsFor(format, dialect));
  };
  EXPECT_EQ(write("turtle", "rdf-1.1"), write("turtle", "strict"));
  EXPECT_THAT(write("turtle", "strict"), HasSubstr(" rdf:type rdf:Statement ."));
  EXPECT_THAT(write("turtle", "rdf-1.2"), HasSubstr(" rdf:reifies <<( <urn:verbale:node:n"));
  EXPECT_THAT(write("nquads", "rdf-1.2"), HasSubstr("#reifies> <<( <urn:verbale:node:n"));
  EXPECT_THAT(write("turtle", "rdf-star"), HasSubstr("\n<< <urn:verbale:node:n"));
  EXPECT_THAT(write("turtle", "rdf-star"), testing::Not(HasSubstr("rdf:Statement")));
  EXPECT_THROW(write("jsonld", "rdf-1.2"), Error);
  const Json json = Json::parse(write("jsonld", "strict"));
  std::size_t statements = 0;
  for (const Json& object : json["@graph"]) {
    statements += object.value("@type", Json::array()) == Json::array({"rdf:Statement"});
  }
  EXPECT_EQ(statements, kRels);
}

TEST(FormatsTest, KuzuGetsTablesAndTheirRows) {
  using testing::HasSubstr;
  std::map<std::string, std::ostringstream> files;
  WriteFolder(*Example(false)->Read(), OptionsFor("kuzu"),
              [&](const std::string& name) -> std::ostream& { return files[name]; });
  const std::string schema = files["schema.cypher"].str(), copy = files["copy.cypher"].str();
  EXPECT_THAT(schema, HasSubstr("CREATE NODE TABLE `State` (`key` STRING PRIMARY KEY"));
  EXPECT_THAT(schema, HasSubstr("CREATE NODE TABLE `Node` (")) << "nodes without labels";
  EXPECT_THAT(schema, HasSubstr("CREATE NODE TABLE `Odd <Label>` ("));
  EXPECT_THAT(schema,
              HasSubstr("CREATE REL TABLE `ODD \"TYPE\"` (FROM `Odd <Label>` TO `Node`, FROM "
                        "`Odd <Label>` TO `Odd <Label>`, "));
  EXPECT_THAT(schema, HasSubstr("`on` DATE"));
  EXPECT_THAT(copy, HasSubstr("CAST(c8 AS BOOL)"));
  std::size_t rows = 0;
  for (const auto& [name, text] : files) {
    const std::string all = text.str();
    if (name.ends_with(".csv"))
      rows += static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n'));
  }
  EXPECT_EQ(rows, kNodes + kRels);
}

TEST(FormatsTest, Cx2IsDeclaredAndClosed) {
  const Json json = Json::parse(Write(*Example(false), OptionsFor("cx2")));
  EXPECT_EQ(json.front()["CXVersion"], "2.0");
  EXPECT_EQ(json.back()["status"][0]["success"], true);
  const Json& declared = json[2]["attributeDeclarations"][0];
  const Json& nodes = json[4]["nodes"];
  const Json& edges = json[5]["edges"];
  EXPECT_EQ(nodes.size(), kNodes);
  EXPECT_EQ(edges.size(), kRels);
  for (const auto& [kind, items] : {std::pair("nodes", nodes), std::pair("edges", edges)}) {
    for (const Json& item : items) {
      for (const auto& [name, value] : item["v"].items()) {
        ASSERT_TRUE(declared[kind].contains(name)) << name;
        const std::string type = declared[kind][name]["d"];
        EXPECT_EQ(value.is_string(), type == "string") << name;
        EXPECT_EQ(value.is_array(), type == "list_of_string") << name;
      }
    }
  }
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
