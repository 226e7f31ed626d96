#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/shell/completer.h"

namespace verbale::cli {

class Shell;

/// A command of the shell, as :help lists it.
struct MetaCommand {
  std::string name;       ///< "mode"
  std::string arguments;  ///< "[NAME]"
  std::string what;
  /// `rest`: everything behind the name, trimmed.
  void (*run)(Shell& shell, const std::string& rest);
  /// What the last argument may be; nullptr where there is nothing to say.
  std::vector<std::string> (*complete)(Shell& shell) = nullptr;
};

const std::vector<MetaCommand>& MetaCommands();

/// Whether a line is a command: it begins with ':' or '.' and a letter (or '?').
bool IsMetaLine(std::string_view line);

/// Runs it. Error(kInvalidArgument) with the nearest name where there is none.
void RunMetaLine(Shell& shell, std::string_view line);

/// Completes the command, or its argument.
Completions CompleteMetaLine(Shell& shell, std::string_view line);

/// Takes the first word off a line; nothing where there is none. Words are separated by blanks;
/// quotes of either kind hold one together.
std::optional<std::string> TakeWord(std::string_view& text);
std::vector<std::string> SplitWords(std::string_view text);

// Commands that look at the graph (meta_graph.cc).
void ShowSchema(Shell& shell, const std::string& rest);
void ShowLabels(Shell& shell, const std::string& rest);
void ShowRelations(Shell& shell, const std::string& rest);
void ShowDocuments(Shell& shell, const std::string& rest);
void ShowWhy(Shell& shell, const std::string& rest);
void ExportGraph(Shell& shell, const std::string& rest);
std::vector<std::string> DocumentSymbols(Shell& shell);
std::vector<std::string> RelationTypes(Shell& shell);

}  // namespace verbale::cli
