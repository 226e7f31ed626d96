#include "cli/shell/meta.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "cli/parameters.h"
#include "cli/shell/shell.h"
#include "graph/ascii.h"

namespace verbale::cli {
namespace {

// The first word, and what stands behind it.
std::pair<std::string, std::string> FirstWord(std::string_view text) {
  const auto end = std::find_if(text.begin(), text.end(), IsSpace);
  const auto length = static_cast<std::size_t>(end - text.begin());
  return {std::string(text.substr(0, length)), std::string(Trim(text.substr(length)))};
}

std::uint64_t Number(const std::string& text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && stop == end) return number;
  throw Error(ErrorCode::kInvalidArgument, fmt::format("'{}' is not a number", text));
}

bool OnOrOff(const std::string& text) {
  if (text == "on") return true;
  if (text == "off") return false;
  throw Error(ErrorCode::kInvalidArgument, fmt::format("'{}' is neither on nor off", text));
}

void Help(Shell&, const std::string&) {
  const auto head = [](const MetaCommand& command) {
    return ":" + command.name + (command.arguments.empty() ? "" : " " + command.arguments);
  };
  std::size_t width = 0;
  for (const MetaCommand& command : MetaCommands()) width = std::max(width, head(command).size());
  for (const MetaCommand& command : MetaCommands()) {
    fmt::print("{:<{}}  {}\n", head(command), width, command.what);
  }
  fmt::print("A ; ends a statement. '.' works in place of ':'.\n");
}

void Quit(Shell& shell, const std::string&) { shell.Quit(); }

void SetMode(Shell& shell, const std::string& rest) {
  if (!rest.empty()) {
    shell.run().rows.mode = CheckedMode(rest);
    return;
  }
  for (const ModeLine& mode : Modes()) {
    const char sign = mode.name == shell.run().rows.mode ? '*' : ' ';
    const std::string alias = mode.alias.empty() ? "" : fmt::format(" (also {})", mode.alias);
    fmt::print("{} {:<10} {}{}\n", sign, mode.name, mode.what, alias);
  }
}

void SetMaxRows(Shell& shell, const std::string& rest) {
  if (!rest.empty()) shell.run().rows.max_rows = Number(rest);
  if (rest.empty()) fmt::print("max_rows {}\n", shell.run().rows.max_rows);
}

void SetMaxWidth(Shell& shell, const std::string& rest) {
  if (!rest.empty()) shell.set_max_width(Number(rest));
  if (rest.empty()) fmt::print("max_width {}\n", shell.max_width());
}

void SetTimer(Shell& shell, const std::string& rest) {
  if (!rest.empty()) shell.run().timer = OnOrOff(rest);
  if (rest.empty()) fmt::print("timer {}\n", shell.run().timer ? "on" : "off");
}

void Source(Shell& shell, const std::string& rest) {
  const auto words = SplitWords(rest);
  if (words.size() != 1) {
    throw Error(ErrorCode::kInvalidArgument, ":source takes one file");
  }
  shell.RunFile(words[0], false);
}

void Begin(Shell& shell, const std::string&) { shell.conversation().Begin(); }

void Commit(Shell& shell, const std::string&) { shell.conversation().session().Commit(); }

void Rollback(Shell& shell, const std::string&) { shell.conversation().session().Rollback(); }

void Reopen(Shell& shell, const std::string&) { shell.conversation().Reopen(); }

void SetOne(query::Parameters& parameters, const std::string& name, graph::Value value) {
  const auto at = std::find_if(parameters.begin(), parameters.end(),
                               [&](const auto& entry) { return entry.first == name; });
  if (at == parameters.end()) {
    parameters.emplace_back(name, std::move(value));
    std::sort(parameters.begin(), parameters.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
  } else {
    at->second = std::move(value);
  }
}

// `:param`, `:param clear`, `:param {a: 1}`, `:param a => 1`, `:param a = 1`, `:param a 1`
void Param(Shell& shell, const std::string& rest) {
  query::Parameters& parameters = shell.run().parameters;
  if (rest.empty()) {
    for (const auto& [name, value] : parameters) {
      fmt::print("{} => {}\n", name, query::ToCypher(value, nullptr));
    }
    return;
  }
  if (rest == "clear") {
    parameters.clear();
    return;
  }
  if (rest[0] == '{') {
    const graph::Value map = query::ParseLiteral(rest);
    for (const auto& [name, value] : map.as_map()) SetOne(parameters, name, value);
    return;
  }
  const std::size_t end = rest.find_first_of(" \t=");
  std::string value(end == std::string::npos ? "" : Trim(std::string_view(rest).substr(end)));
  if (value.starts_with("=>")) {
    value = Trim(value.substr(2));
  } else if (value.starts_with("=")) {
    value = Trim(value.substr(1));
  }
  if (value.empty()) {
    throw Error(ErrorCode::kInvalidArgument, ":param takes NAME => VALUE");
  }
  SetOne(parameters, rest.substr(0, end), ParameterValue(value));
}

std::vector<std::string> ModeWords(Shell&) {
  std::vector<std::string> words;
  for (const ModeLine& mode : Modes()) words.push_back(mode.name);
  return words;
}

std::vector<std::string> OnOffWords(Shell&) { return {"on", "off"}; }

std::vector<std::string> CommandWords(Shell&) {
  std::vector<std::string> words;
  for (const MetaCommand& command : MetaCommands()) words.push_back(command.name);
  return words;
}

}  // namespace

const std::vector<MetaCommand>& MetaCommands() {
  static const std::vector<MetaCommand> kCommands = {
      {"help", "", "this list", Help, CommandWords},
      {"quit", "", "leave (also :exit, Ctrl-D)", Quit},
      {"schema", "", "labels, relationship types, properties, indexes", ShowSchema},
      {"labels", "", "labels and how many nodes have them", ShowLabels},
      {"relations", "", "relationship types and how many there are", ShowRelations},
      {"doc", "[SYMBOL [SECTION]]", "documents, one document's sections, a section's text",
       ShowDocuments, DocumentSymbols},
      {"why", "[SUBJECT RELATION OBJECT | on | off]",
       "the sentences that prove it; alone: those behind the last rows; on: behind all rows",
       ShowWhy, RelationTypes},
      {"mode", "[NAME]", "how rows are shown", SetMode, ModeWords},
      {"max_rows", "[N]", "rows that a box shows; 0: all", SetMaxRows},
      {"max_width", "[N]", "columns that a box may take; 0: those of the terminal", SetMaxWidth},
      {"timer", "[on|off]", "show how long statements take", SetTimer, OnOffWords},
      {"param", "[NAME => VALUE | {…} | clear]", "values of $name", Param},
      {"source", "FILE", "run the statements and commands of a file", Source},
      {"export", "FILE [STATEMENT]",
       "write the graph, or what a statement returns, by FILE's ending", ExportGraph},
      {"begin", "", "begin a transaction (as BEGIN;)", Begin},
      {"commit", "", "keep what was written since (as COMMIT;)", Commit},
      {"rollback", "", "forget what was written since (as ROLLBACK;)", Rollback},
      {"reopen", "", "open the graph anew, to see what others wrote", Reopen},
  };
  return kCommands;
}

bool IsMetaLine(std::string_view line) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '?'; };
  return line.size() > 1 && (line[0] == ':' || line[0] == '.') && is_letter(line[1]);
}

void RunMetaLine(Shell& shell, std::string_view line) {
  auto [name, rest] = FirstWord(line.substr(1));
  while (rest.ends_with(';')) rest = Trim(rest.substr(0, rest.size() - 1));
  while (name.ends_with(';')) name.pop_back();
  if (name == "exit") name = "quit";
  if (name == "?") name = "help";
  if (name == "params") name = "param";
  if (name == "types") name = "relations";
  for (const MetaCommand& command : MetaCommands()) {
    if (command.name == name) return command.run(shell, rest);
  }
  throw Error(ErrorCode::kInvalidArgument, fmt::format("no command is called ':{}'", name))
      .WithHint(DidYouMean(name, CommandWords(shell), ":help lists them", ":"));
}

Completions CompleteMetaLine(Shell& shell, std::string_view line) {
  Completions completions;
  const std::size_t blank = line.find_last_of(" \t");
  if (blank == std::string_view::npos) {
    completions.begin = 1;
    completions.words = Matching(CommandWords(shell), line.substr(1));
    return completions;
  }
  completions.begin = blank + 1;
  const std::string name = FirstWord(line.substr(1)).first;
  for (const MetaCommand& command : MetaCommands()) {
    if (command.name != name || command.complete == nullptr) continue;
    completions.words = Matching(command.complete(shell), line.substr(completions.begin));
  }
  return completions;
}

std::optional<std::string> TakeWord(std::string_view& text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::string word;
  char quote = 0;
  for (; !text.empty() && (quote != 0 || !IsSpace(text.front())); text.remove_prefix(1)) {
    const char c = text.front();
    if (quote != 0 ? c == quote : c == '\'' || c == '"') {
      quote = quote != 0 ? 0 : c;
    } else {
      word += c;
    }
  }
  return word;
}

std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  while (auto word = TakeWord(text)) words.push_back(*std::move(word));
  return words;
}

}  // namespace verbale::cli
