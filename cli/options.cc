#include "cli/options.h"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/rows.h"

namespace verbale::cli {
namespace {

// Why a mode's name is none, as CLI11 wants it: empty where it is one.
std::string ModeProblem(const std::string& name) {
  try {
    CheckedMode(name);
    return {};
  } catch (const Error& error) {
    return fmt::format("{}; {}", error.what(), error.hint());
  }
}

}  // namespace

void AddCommonOptions(CLI::App& app, Globals& globals) {
  app.add_option_function<std::string>(
         "--errors", [&globals](const std::string& form) { globals.json_errors = form == "json"; },
         "How errors are printed: text or json")
      ->type_name("FORM")
      ->check(CLI::IsMember({"text", "json"}));
  app.add_option("--color", globals.color, "Colours: auto, always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

void AddGraphOption(CLI::App& app, Globals& globals) {
  app.add_option("-g,--graph", globals.graph,
                 "Folder of the graph (else $VERBALE_GRAPH, else verbale.graph)")
      ->type_name("DIR");
}

void AddThreadsOption(CLI::App& app, Globals& globals) {
  app.add_option("-j,--threads", globals.threads, "Threads to use (else all cores)")
      ->type_name("N")
      ->check(CLI::Range(1u, 1024u));
}

void AddInputOptions(CLI::App& app, InputOptions& inputs) {
  app.add_option("paths", inputs.paths, "Files, folders, or - for standard input")
      ->type_name("PATH")
      ->required();
  app.add_option("--include", inputs.include, "Only files that match this glob")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  app.add_option("--exclude", inputs.exclude, "No files that match this glob")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  app.add_option("--name", inputs.stdin_name, "File name that standard input goes by")
      ->type_name("NAME");
}

void AddPackOption(CLI::App& app, std::string& pack, const std::string& help) {
  app.add_option("--pack", pack, help)->type_name("PACK");
}

void AddRelationshipArguments(CLI::App& app, std::string& subject, std::string& relation,
                              std::string& object) {
  app.add_option("subject", subject, "Who")->type_name("SUBJECT")->required();
  app.add_option("relation", relation, "Relationship type")->type_name("RELATION")->required();
  app.add_option("object", object, "To whom or what")->type_name("OBJECT")->required();
}

void AddModeOption(CLI::App& app, std::string& mode) {
  std::vector<std::string> names;
  for (const ModeLine& line : Modes()) {
    if (line.name != "box" && line.name != "tsv") names.push_back(line.name);
  }
  app.add_option("-m,--mode", mode,
                 fmt::format("box (on a terminal), tsv (elsewhere), {}", fmt::join(names, ", ")))
      ->type_name("MODE")
      ->check(ModeProblem);
}

}  // namespace verbale::cli
