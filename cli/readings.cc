#include <compare>
#include <map>
#include <set>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/evidence_text.h"
#include "cli/width.h"
#include "graph/ascii.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

struct Options {
  std::string modality, type;
  bool json = false;
};

std::string Json(std::string_view text) { return query::ToJson(graph::Value(text), nullptr); }

/// One kind of reading with one pair of ends, in the order of the list.
struct Reading {
  graph::Modality modality = graph::Modality::kAsserted;
  std::string type, subject, object;
  auto operator<=>(const Reading& other) const = default;
};

/// With every sentence that says it so.
using Readings = std::map<Reading, std::vector<graph::EvidenceRecord>>;

/// Error(kNotFound) where nothing at all was read of the type.
Readings FindReadings(const graph::Graph& graph, const Options& options) {
  Readings readings;
  std::set<std::string> types;
  graph.ForEachReading([&](const graph::Entity& subject, const std::string& type,
                           const graph::Entity& object, const graph::EvidenceRecord& evidence) {
    types.insert(type);
    if (!options.type.empty() && type != options.type) return;
    if (!options.modality.empty() && graph::Name(evidence.modality) != options.modality) return;
    readings[{evidence.modality, type, subject.name, object.name}].push_back(evidence);
  });
  if (!options.type.empty() && !types.contains(options.type)) {
    throw Error(ErrorCode::kNotFound, fmt::format("no reading has the type '{}'", options.type))
        .WithHint(DidYouMean(options.type, types));
  }
  return readings;
}

void PrintText(const Readings& readings, const Globals& globals) {
  for (const auto& [reading, sentences] : readings) {
    fmt::print("{}: {} {} {}\n", graph::Name(reading.modality), reading.subject, reading.type,
               reading.object);
    for (const auto& evidence : sentences) {
      fmt::print("{}", EvidenceBlock(evidence, "  ", TerminalWidth(STDOUT_FILENO),
                                     globals.UseColor(STDOUT_FILENO)));
    }
  }
  fmt::print(stderr, "{} readings\n", readings.size());
}

void PrintJson(const Readings& readings) {
  std::string out = "[";
  for (const auto& [reading, sentences] : readings) {
    out += fmt::format(
        R"({}  {{"modality": {}, "subject": {}, "type": {}, "object": {}, "evidence": {}}})",
        out.size() == 1 ? "\n" : ",\n", Json(graph::Name(reading.modality)), Json(reading.subject),
        Json(reading.type), Json(reading.object), EvidenceJson(sentences));
  }
  fmt::print("{}\n", out + (readings.empty() ? "]" : "\n]"));
}

int Run(Options options, const Globals& globals) {
  options.modality = LowerCase(options.modality);
  if (!options.modality.empty()) {
    static_cast<void>(graph::ModalityFromName(options.modality));  // Names the nearest.
  }
  options.type = UpperCase(options.type);
  const auto readings = FindReadings(*OpenToRead(globals), options);
  if (options.json) {
    PrintJson(readings);
  } else {
    PrintText(readings, globals);
  }
  return kDone;
}

}  // namespace

Command ReadingsCommand() {
  Command command;
  command.name = "readings";
  command.summary = "List what was read but is no fact: wishes, plans, conditions, denials";
  command.text =
      "Lists the readings that are kept but make no relationship, with the sentences: what is "
      "recommended, hoped, requested, conditional, planned, denied, reported of another or ended.";
  command.examples = {
      {"verbale readings", "all of them"},
      {"verbale readings --modality planned --type RATIFIED", "who means to ratify what"},
      {"verbale readings --json", "for a program"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    AddGraphOption(line, globals);
    line.Add("--modality", options->modality, "Only these: recommended, planned, denied, …")
        .Type("MODALITY");
    line.Add("--type", options->type, "Only of this relationship type").Type("TYPE");
    line.Flag("--json", options->json, "An array of objects");
    return [options, &globals] { return Run(*options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
