#include "cli/export.h"

#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/gather.h"
#include "graph/formats/formats.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

std::string FormatOf(const ExportOptions& options) {
  if (!options.format.empty()) return options.format;
  const std::size_t dot = options.output.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : options.output.substr(dot + 1);
  if (ending == "gv") return "dot";
  if (!ending.empty()) return ending;
  throw Error(ErrorCode::kInvalidArgument,
              "--format is needed where the output has no ending to go by")
      .WithHint(fmt::format("there are {}", fmt::join(graph::FormatNames(), ", ")));
}

void Write(graph::Graph& graph, const ExportOptions& options, std::ostream& out) {
  graph::FormatOptions format;
  format.format = graph::FormatFromName(FormatOf(options));
  format.dialect = graph::DialectFromName(options.dialect);
  format.evidence = !options.no_evidence;
  format.title = options.title;
  if (options.query.empty()) {
    graph::WriteFormat(*graph.Read(), format, out);
    return;
  }
  const auto session = query::Session::Open(graph);
  const auto result = session->Run(options.query);
  Gatherer gatherer(result->view());
  while (const auto row = result->Next()) {
    for (const auto& value : *row) gatherer.Add(value);
  }
  format.selection = &gatherer.selection();
  graph::WriteFormat(result->view(), format, out);
}

}  // namespace

// Written beside its place, then renamed.
void Export(graph::Graph& graph, const ExportOptions& options) {
  if (options.output.empty() || options.output == "-") return Write(graph, options, std::cout);
  const std::string partial = options.output + ".partial";
  std::ofstream out(partial, std::ios::binary);
  if (!out) throw Error(ErrorCode::kIo, fmt::format("cannot write '{}'", options.output));
  try {
    Write(graph, options, out);
    out.close();
    if (!out || std::rename(partial.c_str(), options.output.c_str()) != 0) {
      throw Error(ErrorCode::kIo, fmt::format("cannot write '{}'", options.output));
    }
  } catch (...) {
    std::remove(partial.c_str());
    throw;
  }
}

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
    auto options = std::make_shared<ExportOptions>();
    app.add_option(
           "--format", options->format,
           fmt::format("{} (else by the ending of FILE)", fmt::join(graph::FormatNames(), ", ")))
        ->type_name("FORMAT");
    app.add_option("--for", options->dialect,
                   fmt::format("Reader of GraphML or GEXF: {}", fmt::join(graph::DialectNames(), ", ")))
        ->type_name("READER");
    app.add_option("--query", options->query, "Only what this statement returns")
        ->type_name("CYPHER");
    app.add_option("-o,--output", options->output, "File to write (else standard output)")
        ->type_name("FILE");
    app.add_option("--title", options->title, "Name of the graph in the file")->type_name("TEXT");
    app.add_flag("--no-evidence", options->no_evidence, "Without the sentences");
    AddGraphOption(app, globals);
    return [options, &globals] {
      Export(*OpenToRead(globals), *options);
      return kDone;
    };
  };
  return command;
}

}  // namespace verbale::cli
