#include "cli/export.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

#include <fmt/format.h>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/gather.h"
#include "cli/places.h"
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
  FailUsage(fmt::format("--format is needed where the output has no ending to go by: {}",
                        fmt::join(graph::FormatNames(), ", ")));
}

/// What is asked for and there is not is wrong usage.
template <typename Find>
auto Named(const Find& find, const std::string& name) {
  try {
    return find(name);
  } catch (const Error& error) {
    FailUsage(fmt::format("{}; {}", error.what(), error.hint()));
  }
}

/// Hands the view and the filled in options to `write`.
void WithOptions(
    graph::Graph& graph, const ExportOptions& options,
    const std::function<void(const graph::View&, const graph::FormatOptions&)>& write) {
  graph::FormatOptions format;
  format.format = Named(graph::FormatFromName, FormatOf(options));
  format.dialect = Named(graph::DialectFromName, options.dialect);
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
  gatherer.NoteNothing();
  format.selection = &gatherer.selection();
  write(result->view(), format);
}

Error CannotWrite(const std::string& path) {
  return Error(ErrorCode::kIo, fmt::format("cannot write '{}'", path));
}

void ExportFolder(graph::Graph& graph, const ExportOptions& options) {
  const std::string place = PlaceOf(options.output);
  const std::string partial = NameBeside(place, ".partial");
  std::error_code failed;
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
    std::filesystem::rename(partial, place, failed);
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
  const auto write_file = [&](const std::string& path) {
    std::ofstream out(path, std::ios::binary);
    if (out) write_to(out);
    out.close();
    if (!out) throw CannotWrite(options.output);
  };
  if (options.output.empty() || options.output == "-") return write_to(std::cout);
  const std::string place = PlaceOf(options.output);
  // A device or a pipe is written to; only a file is replaced.
  if (std::filesystem::exists(place) && !std::filesystem::is_regular_file(place)) {
    return write_file(place);
  }
  const std::string partial = NameBeside(place, ".partial");
  try {
    write_file(partial);
    if (std::rename(partial.c_str(), place.c_str()) != 0) throw CannotWrite(options.output);
  } catch (...) {
    std::remove(partial.c_str());
    throw;
  }
}

}  // namespace

// Written beside its place, then renamed.
void Export(graph::Graph& graph, const ExportOptions& options) {
  const bool folder = graph::WritesFolder(Named(graph::FormatFromName, FormatOf(options)));
  if (folder && (options.output.empty() || options.output == "-")) {
    FailUsage(FormatOf(options) + " is several files; -o DIR says where to");
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
