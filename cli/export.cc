#include "cli/export.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
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
  constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
      {"gv", "dot"},    {"htm", "html"},   {"md", "markdown"},
      {"tex", "latex"}, {"ttl", "turtle"}, {"nq", "nquads"}};
  for (const auto& [known, format] : kEndings) {
    if (ending == known) return std::string(format);
  }
  if (!ending.empty()) return ending;
  throw Error(ErrorCode::kInvalidArgument,
              "--format is needed where the output has no ending to go by")
      .WithHint(fmt::format("there are {}", fmt::join(graph::FormatNames(), ", ")));
}

/// Hands the view and the filled in options to `write`.
void WithOptions(
    graph::Graph& graph, const ExportOptions& options,
    const std::function<void(const graph::View&, const graph::FormatOptions&)>& write) {
  graph::FormatOptions format;
  format.format = graph::FormatFromName(FormatOf(options));
  format.dialect = graph::DialectFromName(options.dialect);
  format.evidence = !options.no_evidence;
  format.title = options.title;
  const std::vector<graph::DocumentRecord> documents = graph.Documents();
  format.documents = documents;
  if (options.query.empty()) return write(*graph.Read(), format);
  const auto session = query::Session::Open(graph);
  const auto result = session->Run(options.query, options.parameters);
  Gatherer gatherer(result->view());
  while (const auto row = result->Next()) {
    for (const auto& value : *row) gatherer.Add(value);
  }
  format.selection = &gatherer.selection();
  write(result->view(), format);
}

Error CannotWrite(const std::string& path) {
  return Error(ErrorCode::kIo, fmt::format("cannot write '{}'", path));
}

void ExportFolder(graph::Graph& graph, const ExportOptions& options) {
  const std::string partial = options.output + ".partial";
  std::error_code failed;
  std::filesystem::remove_all(partial, failed);
  if (!std::filesystem::create_directories(partial, failed)) throw CannotWrite(options.output);
  std::vector<std::unique_ptr<std::ofstream>> files;
  const auto open = [&](const std::string& name) -> std::ostream& {
    files.push_back(std::make_unique<std::ofstream>(partial + '/' + name, std::ios::binary));
    return *files.back();
  };
  try {
    WithOptions(graph, options, [&](const auto& view, const auto& format) {
      graph::WriteFolder(view, format, open);
    });
    for (const auto& file : files) {
      file->close();
      if (!*file) throw CannotWrite(options.output);
    }
    std::filesystem::rename(partial, options.output, failed);
    if (failed) {
      throw CannotWrite(options.output).WithHint("a folder of this name must not be there yet");
    }
  } catch (...) {
    std::filesystem::remove_all(partial, failed);
    throw;
  }
}

void ExportFile(graph::Graph& graph, const ExportOptions& options) {
  const auto write_to = [&](std::ostream& out) {
    WithOptions(graph, options, [&](const auto& view, const auto& format) {
      graph::WriteFormat(view, format, out);
    });
  };
  if (options.output.empty() || options.output == "-") return write_to(std::cout);
  const std::string partial = options.output + ".partial";
  std::ofstream out(partial, std::ios::binary);
  if (!out) throw CannotWrite(options.output);
  try {
    write_to(out);
    out.close();
    if (!out || std::rename(partial.c_str(), options.output.c_str()) != 0) {
      throw CannotWrite(options.output);
    }
  } catch (...) {
    std::remove(partial.c_str());
    throw;
  }
}

}  // namespace

// Written beside its place, then renamed.
void Export(graph::Graph& graph, const ExportOptions& options) {
  const bool folder = graph::WritesFolder(graph::FormatFromName(FormatOf(options)));
  if (folder && (options.output.empty() || options.output == "-")) {
    throw Error(ErrorCode::kInvalidArgument, FormatOf(options) + " is several files")
        .WithHint("-o DIR says where to");
  }
  folder ? ExportFolder(graph, options) : ExportFile(graph, options);
}

Command ExportCommand() {
  Command command;
  command.name = "export";
  command.summary = "Write the graph, or the result of a query, for another program";
  command.text =
      "Writes the whole graph, or the nodes, relationships and paths in the result of a query, in "
      "a form "
      "that another program reads: GraphML for NetworkX, igraph, Gephi, Cytoscape and yEd, DOT for "
      "Graphviz, CX2 for NDEx, Turtle and N-Quads for RDF stores, CSV for spreadsheets and for the "
      "importers of Neo4j and Gephi, JSON Lines for scripts, tables with footnotes in Markdown, "
      "HTML and LaTeX; or as a page in one file, "
      "html, that any browser shows. Relationships carry their sentences.";
  command.examples = {
      {"verbale export -o graph.graphml", "everything, as GraphML"},
      {"verbale export --for gephi -o graph.graphml", "with the labels where Gephi looks for them"},
      {"verbale export -o ratified.dot --query 'MATCH (s)-[r:RATIFIED]->(t) RETURN s, r, t' && \\\n"
       "      dot -Tsvg ratified.dot -o ratified.svg",
       "a picture of a part"},
      {"verbale export -o graph.html", "a page to look at, to search and to send"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<ExportOptions>();
    line.Add("--format", options->format,
             fmt::format("{} (else by the ending of FILE)", fmt::join(graph::FormatNames(), ", ")))
        .Type("FORMAT");
    line.Add("--for", options->dialect,
             fmt::format("Reader or version, where a format has dialects: {}",
                         fmt::join(graph::DialectNames(), ", ")))
        .Type("READER");
    line.Add("--query", options->query, "Only what this statement returns").Type("CYPHER");
    line.Add("-o,--output", options->output,
             "File to write, folder for formats of several files (else standard output)")
        .Type("FILE");
    line.Add("--title", options->title, "Name of the graph in the file").Type("TEXT");
    line.Flag("--no-evidence", options->no_evidence, "Without the sentences");
    AddGraphOption(line, globals);
    return [options, &globals] {
      Export(*OpenToRead(globals), *options);
      return kDone;
    };
  };
  return command;
}

}  // namespace verbale::cli
