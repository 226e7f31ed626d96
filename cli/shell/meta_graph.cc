// Commands of the shell that look at the graph.

#include <fmt/format.h>

#include "cli/export.h"
#include "cli/schema.h"
#include "cli/shell/meta.h"
#include "cli/shell/shell.h"
#include "cli/why.h"

namespace verbale::cli {
namespace {

using graph::Value;

void ShowCounts(Shell& shell, const char* what,
                const std::vector<std::pair<std::string, std::uint64_t>>& counts) {
  std::vector<std::vector<Value>> rows;
  for (const auto& [name, count] : counts) {
    rows.push_back({Value(name), Value(static_cast<std::int64_t>(count))});
  }
  shell.PrintTable({what, "count"}, rows);
}

void ListDocuments(Shell& shell) {
  std::vector<std::vector<Value>> rows;
  for (const auto& document : shell.conversation().graph().Documents()) {
    rows.push_back({Value(document.symbol), Value(document.title), Value(document.date),
                    Value(static_cast<std::int64_t>(document.sentences))});
  }
  shell.PrintTable({"symbol", "title", "date", "sentences"}, rows);
}

// Of one document's sections, the one that is meant: by key, in any case.
const graph::SectionRecord& FindSection(const std::vector<graph::SectionRecord>& sections,
                                        const std::string& symbol, const std::string& name) {
  const std::string wanted = graph::EntityId("", name);
  std::vector<std::string> known;
  for (const auto& section : sections) {
    if (graph::EntityId("", section.key) == wanted) return section;
    known.push_back(section.key);
  }
  throw Error(ErrorCode::kNotFound, fmt::format("{} has no section '{}'", symbol, name))
      .WithHint(DidYouMean(name, known, "", "'", "'"));
}

}  // namespace

void ShowSchema(Shell& shell, const std::string&) {
  PrintSchema(*shell.conversation().graph().Read());
}

void ShowLabels(Shell& shell, const std::string&) {
  ShowCounts(shell, "label", shell.conversation().graph().Stats().labels);
}

void ShowRelations(Shell& shell, const std::string&) {
  ShowCounts(shell, "relation", shell.conversation().graph().Stats().types);
}

void ShowDocuments(Shell& shell, const std::string& rest) {
  const auto words = SplitWords(rest);
  if (words.empty()) return ListDocuments(shell);
  const graph::Graph& graph = shell.conversation().graph();
  const std::string& symbol = words[0];
  const auto text = graph.DocumentText(symbol);
  if (!text) {
    throw Error(ErrorCode::kNotFound, fmt::format("the graph has no document '{}'", symbol))
        .WithHint(DidYouMean(symbol, DocumentSymbols(shell), ":doc lists them"));
  }
  const auto sections = graph.Sections(symbol);
  if (words.size() == 1) {
    std::vector<std::vector<Value>> rows;
    for (const auto& section : sections) {
      rows.push_back({Value(section.key), Value(section.date), Value(section.language),
                      Value(static_cast<std::int64_t>(section.span.size()))});
    }
    return shell.PrintTable({"section", "date", "language", "bytes"}, rows);
  }
  const std::string name = fmt::format("{}", fmt::join(words.begin() + 1, words.end(), " "));
  const auto& span = FindSection(sections, symbol, name).span;
  fmt::print("{}\n", text->substr(span.begin, span.size()));
}

void ShowWhy(Shell& shell, const std::string& rest) {
  const auto words = SplitWords(rest);
  if (words.empty()) {
    if (shell.last_statement().empty()) {
      throw Error(ErrorCode::kInvalidArgument, "no statement was run yet")
          .WithHint(":why SUBJECT RELATION OBJECT");
    }
    if (shell.conversation().Prepare(shell.last_statement())->writes()) {
      throw Error(ErrorCode::kInvalidArgument, "the last statement writes: it is not run again");
    }
    RunOptions options = shell.run();
    options.rows.mode = "evidence";
    shell.RunWith(shell.last_statement(), options);
  } else if (words.size() == 1 && (words[0] == "on" || words[0] == "off")) {
    shell.run().rows.why = words[0] == "on";
  } else if (words.size() == 3) {
    const auto view = shell.conversation().graph().Read();
    PrintWhy(*view, {words[0], words[1], words[2], false}, shell.globals());
  } else {
    throw Error(ErrorCode::kInvalidArgument, ":why takes SUBJECT RELATION OBJECT")
        .WithHint("names of several words stand in quotes");
  }
}

void ExportGraph(Shell& shell, const std::string& rest) {
  std::string_view statement = rest;
  const auto file = TakeWord(statement);
  if (!file) throw Error(ErrorCode::kInvalidArgument, ":export takes a file");
  ExportOptions options;
  options.output = *file;
  options.query = statement;
  Export(shell.conversation().graph(), options);
}

std::vector<std::string> DocumentSymbols(Shell& shell) {
  std::vector<std::string> symbols;
  for (const auto& document : shell.conversation().graph().Documents()) {
    symbols.push_back(document.symbol);
  }
  return symbols;
}

std::vector<std::string> RelationTypes(Shell& shell) {
  const auto view = shell.conversation().graph().Read();
  return VocabularyOf(view->catalog()).types;
}

}  // namespace verbale::cli
