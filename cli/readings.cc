#include <algorithm>

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

/// One kind of reading with one pair of ends, and every sentence that says it so.
struct Reading {
  std::string subject, type, object;
  graph::Modality modality = graph::Modality::kAsserted;
  std::vector<graph::EvidenceRecord> evidence;
};

std::vector<Reading> FindReadings(const graph::Graph& graph, const Options& options) {
  std::vector<Reading> readings;
  graph.ForEachReading([&](const graph::Entity& subject, const std::string& type,
                           const graph::Entity& object, const graph::EvidenceRecord& evidence) {
    if (!options.type.empty() && type != options.type) return;
    if (!options.modality.empty() && graph::Name(evidence.modality) != options.modality) return;
    const auto same = [&](const Reading& reading) {
      return reading.subject == subject.name && reading.type == type &&
             reading.object == object.name && reading.modality == evidence.modality;
    };
    auto at = std::find_if(readings.begin(), readings.end(), same);
    if (at == readings.end()) {
      readings.push_back({subject.name, type, object.name, evidence.modality, {}});
      at = readings.end() - 1;
    }
    at->evidence.push_back(evidence);
  });
  std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
    return std::tie(a.modality, a.type, a.subject, a.object) <
           std::tie(b.modality, b.type, b.subject, b.object);
  });
  return readings;
}

void PrintText(const std::vector<Reading>& readings, const Globals& globals) {
  for (const Reading& reading : readings) {
    fmt::print("{}: {} {} {}\n", graph::Name(reading.modality), reading.subject, reading.type,
               reading.object);
    for (const auto& evidence : reading.evidence) {
      fmt::print("{}", EvidenceBlock(evidence, "  ", TerminalWidth(STDOUT_FILENO),
                                     globals.UseColor(STDOUT_FILENO)));
    }
  }
  fmt::print(stderr, "{} readings\n", readings.size());
}

void PrintJson(const std::vector<Reading>& readings) {
  std::string out = "[";
  for (const Reading& reading : readings) {
    out += fmt::format(
        R"({}  {{"modality": {}, "subject": {}, "type": {}, "object": {}, "evidence": {}}})",
        out.size() == 1 ? "\n" : ",\n", Json(graph::Name(reading.modality)), Json(reading.subject),
        Json(reading.type), Json(reading.object), EvidenceJson(reading.evidence));
  }
  fmt::print("{}\n", out + (readings.empty() ? "]" : "\n]"));
}

int Run(Options options, const Globals& globals) {
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
