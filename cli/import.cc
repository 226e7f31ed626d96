#include "graph/import.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/split.h"

namespace verbale::cli {
namespace {

struct Arguments {
  std::vector<std::string> nodes, relationships, files, indexes, unique;
  std::string delimiter = ",", array_delimiter = ";", quote = "\"", id_type = "string";
  std::uint64_t max_errors = 0;
};

std::vector<std::string> Parts(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (const std::string_view part : Split(text, at)) {
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

// "Person:Author=header.csv,people.csv": names, then files. A name has no slash and no dot.
graph::ImportSource ParseSource(const std::string& text) {
  graph::ImportSource source;
  const std::size_t equals = text.find('=');
  std::string files = text;
  if (equals != std::string::npos &&
      text.substr(0, equals).find_first_of("/.") == std::string::npos) {
    source.names = Parts(text.substr(0, equals), ':');
    files = text.substr(equals + 1);
  }
  source.files = Parts(files, ',');
  if (source.files.empty()) {
    FailUsage(fmt::format("'{}' names no file", text));
  }
  return source;
}

char ParseCharacter(const std::string& text, std::string_view option) {
  if (text == "\\t" || text == "TAB" || text == "tab") return '\t';
  if (text.size() == 1 && text != "\n") return text[0];
  FailUsage(fmt::format("{} takes one character or TAB", option));
}

// "Person:name"
std::pair<std::string, std::string> ParseKey(const std::string& text) {
  const std::vector<std::string> parts = Parts(text, ':');
  if (parts.size() != 2) {
    FailUsage(fmt::format("'{}' is no LABEL:PROPERTY", text));
  }
  return {parts[0], parts[1]};
}

graph::ImportOptions ParseOptions(const Arguments& arguments) {
  graph::ImportOptions options;
  for (const auto& text : arguments.nodes) options.nodes.push_back(ParseSource(text));
  for (const auto& text : arguments.relationships) {
    options.relationships.push_back(ParseSource(text));
  }
  for (const std::string& file : arguments.files) {
    (file.ends_with(".graphml") ? options.graphml : options.json_lines).push_back(file);
  }
  for (const std::string& text : arguments.indexes) options.indexes.push_back(ParseKey(text));
  for (const std::string& text : arguments.unique) options.unique.push_back(ParseKey(text));
  options.delimiter = ParseCharacter(arguments.delimiter, "--delimiter");
  options.array_delimiter = ParseCharacter(arguments.array_delimiter, "--array-delimiter");
  options.quote = ParseCharacter(arguments.quote, "--quote");
  if (options.delimiter == options.quote) FailUsage("--delimiter and --quote are the same");
  options.integer_ids = arguments.id_type == "integer";
  options.max_errors = arguments.max_errors;
  options.on_problem = [](const graph::ImportProblem& problem) {
    fmt::print(stderr, "{}:{}:{}: {}\n", problem.position.file, problem.position.line,
               problem.position.column, problem.what);
  };
  return options;
}

int Import(const Globals& globals, const Arguments& arguments) {
  const graph::ImportOptions options = ParseOptions(arguments);
  if (options.nodes.empty() && options.relationships.empty() && arguments.files.empty()) {
    FailUsage("there is nothing to import");
  }
  const auto graph = OpenToWrite(globals, true, "verbale import");
  const graph::ImportReport report = graph->Import(options);
  fmt::print("imported  {} nodes, {} relationships, {} properties ({:.1f} MB)\n", report.nodes,
             report.relationships, report.properties, static_cast<double>(report.bytes) / 1e6);
  if (report.bad_rows == 0) return kDone;
  fmt::print("left out  {} bad {}\n", report.bad_rows, report.bad_rows == 1 ? "row" : "rows");
  return kInputsSkipped;
}

}  // namespace

Command ImportCommand() {
  Command command;
  command.name = "import";
  command.summary = "Bring in nodes and relationships from CSV, GraphML or JSON Lines";
  command.text =
      "Reads CSV files with the headers of neo4j-admin import (name:type; :ID, :LABEL, :START_ID, "
      ":END_ID, :TYPE, :IGNORE; id spaces in brackets; arrays with []), GraphML, or JSON Lines as "
      "export "
      "writes them, and adds everything in one durable step, or nothing. What is imported counts "
      "as "
      "made by hand: a build never touches it.";
  command.examples = {
      {"verbale import --nodes Person=people.csv --relationships KNOWS=knows.csv",
       "two files with a header each"},
      {"verbale import --nodes Person=header.csv,part1.csv,part2.csv --id-type integer "
       "--index Person:name",
       "one header for several files, integer ids, and an index"},
      {"verbale import graph.jsonl", "what export --format jsonl wrote"},
      {"verbale import friends.graphml", "what NetworkX, igraph, Gephi or yEd saved"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto arguments = std::make_shared<Arguments>();
    AddGraphOption(line, globals);
    line.Add("files", arguments->files, "GraphML files (.graphml) and JSON Lines files")
        .Type("FILE");
    line.Add("--nodes", arguments->nodes, "Nodes: their labels and files")
        .Type("[LABEL[:LABEL]…=]FILE[,FILE]…");
    line.Add("--relationships", arguments->relationships, "Relationships: their type and files")
        .Type("[TYPE=]FILE[,FILE]…");
    line.Add("--index", arguments->indexes, "Declare an index").Type("LABEL:PROPERTY");
    line.Add(
            "--unique", arguments->unique,
            "Declare that no two nodes have the same value, which is an index, too; the graph must "
            "be empty")
        .Type("LABEL:PROPERTY");
    line.Add("--id-type", arguments->id_type, "Type of named :ID columns: string or integer")
        .Type("TYPE")
        .OneOf({"string", "integer"});
    line.Add("--delimiter", arguments->delimiter, "Between fields (else a comma)").Type("CHAR");
    line.Add("--array-delimiter", arguments->array_delimiter,
             "Between the items of an array, and labels (else a semicolon)")
        .Type("CHAR");
    line.Add("--quote", arguments->quote, "Around texts (else a double quote)").Type("CHAR");
    line.Add("--max-errors", arguments->max_errors,
             "Leave out so many bad rows; with one more, nothing is imported (else 0)")
        .Type("N");
    return [arguments, &globals] { return Import(globals, *arguments); };
  };
  return command;
}

}  // namespace verbale::cli
