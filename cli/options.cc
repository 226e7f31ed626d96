#include "cli/options.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/rows.h"

namespace verbale::cli {
namespace {

// Why a mode's name is none, for DeclaredOption::Check: empty where it is one.
std::string ModeProblem(const std::string& name) {
  try {
    CheckedMode(name);
    return {};
  } catch (const Error& error) {
    return fmt::format("{}; {}", error.what(), error.hint());
  }
}

}  // namespace

void AddCommonOptions(CommandLine& line, Globals& globals) {
  line.Call(
          "--errors", [&globals](const std::string& form) { globals.json_errors = form == "json"; },
          "How errors are printed: text or json")
      .Type("FORM")
      .OneOf({"text", "json"});
  line.Add("--color", globals.color, "Colours: auto, always or never")
      .Type("WHEN")
      .OneOf({"auto", "always", "never"});
}

void AddGraphOption(CommandLine& line, Globals& globals) {
  line.Add("-g,--graph", globals.graph,
           "Folder of the graph (else $VERBALE_GRAPH, else verbale.graph)")
      .Type("DIR");
}

void AddThreadsOption(CommandLine& line, Globals& globals) {
  line.Add("-j,--threads", globals.threads, "Threads to use (else all cores)")
      .Type("N")
      .Between(std::uint64_t{1}, std::uint64_t{1024});
}

void AddInputOptions(CommandLine& line, InputOptions& inputs) {
  line.Add("paths", inputs.paths, "Files, folders, or - for standard input")
      .Type("PATH")
      .Required();
  line.Add("--include", inputs.include, "Only files that match this glob").Type("GLOB").OneEach();
  line.Add("--exclude", inputs.exclude, "No files that match this glob").Type("GLOB").OneEach();
  line.Add("--name", inputs.stdin_name, "File name that standard input goes by").Type("NAME");
}

void AddPackOption(CommandLine& line, std::string& pack, const std::string& help) {
  line.Add("--pack", pack, help).Type("PACK");
}

void AddRelationshipArguments(CommandLine& line, std::string& subject, std::string& relation,
                              std::string& object) {
  line.Add("subject", subject, "Who").Type("SUBJECT").Required();
  line.Add("relation", relation, "Relationship type").Type("RELATION").Required();
  line.Add("object", object, "To whom or what").Type("OBJECT").Required();
}

void AddModeOption(CommandLine& line, std::string& mode) {
  std::vector<std::string> names;
  for (const ModeLine& shown : Modes()) {
    if (shown.name != "box" && shown.name != "tsv") names.push_back(shown.name);
  }
  line.Add("-m,--mode", mode,
           fmt::format("box (on a terminal), tsv (elsewhere), {}", fmt::join(names, ", ")))
      .Type("MODE")
      .Check(ModeProblem);
}

}  // namespace verbale::cli
