#include <algorithm>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/run_statement.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

std::string Json(std::string_view text) { return query::ToJson(graph::Value(text), nullptr); }

void PrintJson(const std::vector<graph::DocumentRecord>& documents) {
  std::string out = "[";
  for (const auto& document : documents) {
    out += fmt::format(
        R"({}  {{"symbol": {}, "title": {}, "date": {}, "path": {}, "format": {}, "bytes": {}, "sentences": {}, "hash": {}}})",
        out.size() == 1 ? "\n" : ",\n", Json(document.symbol), Json(document.title),
        Json(document.date), Json(document.path), Json(document.format), document.bytes,
        document.sentences, Json(document.hash));
  }
  fmt::print("{}\n", out + (documents.empty() ? "]" : "\n]"));
}

int List(const Globals& globals, bool json) {
  const auto documents = OpenToRead(globals)->Documents();
  if (json) {
    PrintJson(documents);
    return kDone;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& document : documents) {
    rows.push_back({document.symbol, document.title, document.date, document.path,
                    std::to_string(document.sentences), document.hash.substr(0, 12)});
  }
  PrintTextTable({"symbol", "title", "date", "path", "sentences", "hash"}, rows,
                 DefaultRunOptions(globals).rows, stdout);
  return kDone;
}

int Remove(const Globals& globals, const std::vector<std::string>& symbols) {
  const auto graph = OpenToWrite(globals, false, "verbale remove");
  std::vector<std::string> known;
  for (const auto& document : graph->Documents()) known.push_back(document.symbol);
  for (const std::string& symbol : symbols) {
    if (std::find(known.begin(), known.end(), symbol) != known.end()) continue;
    throw Error(ErrorCode::kNotFound, fmt::format("the graph has no document '{}'", symbol))
        .WithHint(DidYouMean(symbol, known, "verbale documents lists them"));
  }
  graph->Ingest({}, symbols, {});
  fmt::print("removed   {}\nhash      {}\n", symbols.size(), graph->Hash());
  return kDone;
}

}  // namespace

Command DocumentsCommand() {
  Command command;
  command.name = "documents";
  command.summary = "List the documents that the graph was built from";
  command.text =
      "Lists every document with its symbol, title, date, path, sentences and content hash.";
  command.examples = {{"verbale documents", "as a table"},
                      {"verbale documents --json", "for a program"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto json = std::make_shared<bool>(false);
    AddGraphOption(line, globals);
    line.Flag("--json", *json, "An array of objects");
    return [json, &globals] { return List(globals, *json); };
  };
  return command;
}

Command RemoveCommand() {
  Command command;
  command.name = "remove";
  command.summary = "Take a document out of the graph, with everything that only it says";
  command.text =
      "Retracts the evidence of the named documents. A relationship that loses its last evidence "
      "goes, and "
      "so does an entity that no relationship names any more. The files are not touched.";
  command.examples = {{"verbale remove A/72/315", "retract one document by its symbol"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto symbols = std::make_shared<std::vector<std::string>>();
    line.Add("documents", *symbols, "Symbols, as `verbale documents` lists them")
        .Type("DOCUMENT")
        .Required();
    AddGraphOption(line, globals);
    return [symbols, &globals] { return Remove(globals, *symbols); };
  };
  return command;
}

}  // namespace verbale::cli
