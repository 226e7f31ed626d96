#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "graph/formats/formats.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

struct Options {
  std::string format;
  std::string dialect = "strict";
  std::string query;
  std::string output;
  std::string title;
  bool no_evidence = false;
};

// Nodes, relationships and paths of a result, wherever they stand in its values.
class Gatherer {
 public:
  explicit Gatherer(const graph::View& view) : view_(view) {}

  void Add(const graph::Value& value) {
    std::vector<const graph::Value*> open = {&value};  // lists in lists, without recursion
    while (!open.empty()) {
      const graph::Value* next = open.back();
      open.pop_back();
      if (next->is_node()) AddNode(next->as_node());
      if (next->is_rel()) AddRel(next->as_rel());
      if (next->is_path()) {
        for (const auto& node : next->as_path().nodes) AddNode(node);
        for (const auto& rel : next->as_path().rels) AddRel(rel);
      }
      if (next->is_list()) {
        for (const auto& item : next->as_list()) open.push_back(&item);
      }
      if (next->is_map()) {
        for (const auto& entry : next->as_map()) open.push_back(&entry.second);
      }
    }
  }

  const graph::Selection& selection() const { return selection_; }

 private:
  void AddNode(graph::NodeRef node) { selection_.nodes.push_back(node.no); }

  void AddRel(graph::RelRef rel) {
    const graph::RelEnds ends = view_.Ends(rel.no);
    selection_.rels.push_back(rel.no);
    selection_.nodes.push_back(ends.source);
    selection_.nodes.push_back(ends.target);
  }

  const graph::View& view_;
  graph::Selection selection_;
};

std::string FormatOf(const Options& options) {
  if (!options.format.empty()) return options.format;
  const std::size_t dot = options.output.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : options.output.substr(dot + 1);
  if (ending == "gv") return "dot";
  if (!ending.empty()) return ending;
  throw Error(ErrorCode::kInvalidArgument,
              "--format is needed where the output has no ending to go by")
      .WithHint(fmt::format("there are {}", fmt::join(graph::FormatNames(), ", ")));
}

void Write(const Options& options, const Globals& globals, std::ostream& out) {
  graph::FormatOptions format;
  format.format = graph::FormatFromName(FormatOf(options));
  format.dialect = graph::DialectFromName(options.dialect);
  format.evidence = !options.no_evidence;
  format.title = options.title;
  const auto graph = OpenToRead(globals);
  if (options.query.empty()) {
    graph::WriteFormat(*graph->Read(), format, out);
    return;
  }
  const auto session = query::Session::Open(*graph);
  const auto result = session->Run(options.query);
  Gatherer gatherer(result->view());
  while (const auto row = result->Next()) {
    for (const auto& value : *row) gatherer.Add(value);
  }
  format.selection = &gatherer.selection();
  graph::WriteFormat(result->view(), format, out);
}

// A file appears whole or not at all: written beside its place, then renamed.
int Run(const Options& options, const Globals& globals) {
  if (options.output.empty() || options.output == "-") {
    Write(options, globals, std::cout);
    return kDone;
  }
  const std::string partial = options.output + ".partial";
  std::ofstream out(partial, std::ios::binary);
  if (!out) throw Error(ErrorCode::kIo, fmt::format("cannot write '{}'", options.output));
  try {
    Write(options, globals, out);
    out.close();
    if (!out || std::rename(partial.c_str(), options.output.c_str()) != 0) {
      throw Error(ErrorCode::kIo, fmt::format("cannot write '{}'", options.output));
    }
  } catch (...) {
    std::remove(partial.c_str());
    throw;
  }
  return kDone;
}

}  // namespace

Command ExportCommand() {
  Command command;
  command.name = "export";
  command.summary = "Write the graph, or the result of a query, for another program";
  command.text =
      "Writes the whole graph, or the nodes, relationships and paths in the result of a query, in "
      "a form "
      "that another program reads: GraphML for NetworkX, igraph, Gephi, Cytoscape and yEd, DOT for "
      "Graphviz, JSON Lines for scripts. Relationships carry their sentences.";
  command.examples = {
      {"verbale export -o graph.graphml", "everything, as GraphML"},
      {"verbale export --for gephi -o graph.graphml", "with the labels where Gephi looks for them"},
      {"verbale export -o ratified.dot --query 'MATCH (s)-[r:RATIFIED]->(t) RETURN s, r, t' && \\\n"
       "      dot -Tsvg ratified.dot -o ratified.svg",
       "a picture of a part"},
  };
  command.setup = [](CLI::App& app, Globals& globals) {
    auto options = std::make_shared<Options>();
    app.add_option(
           "--format", options->format,
           fmt::format("{} (else by the ending of FILE)", fmt::join(graph::FormatNames(), ", ")))
        ->type_name("FORMAT");
    app.add_option("--for", options->dialect,
                   fmt::format("Reader of GraphML: {}", fmt::join(graph::DialectNames(), ", ")))
        ->type_name("READER");
    app.add_option("--query", options->query, "Only what this statement returns")
        ->type_name("CYPHER");
    app.add_option("-o,--output", options->output, "File to write (else standard output)")
        ->type_name("FILE");
    app.add_option("--title", options->title, "Name of the graph in the file")->type_name("TEXT");
    app.add_flag("--no-evidence", options->no_evidence, "Without the sentences");
    AddGraphOption(app, globals);
    return [options, &globals] { return Run(*options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
