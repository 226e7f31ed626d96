#include <iostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

int Dump(const Globals& globals, const std::string& layer) {
  OpenToRead(globals)->Dump(std::cout,
                            layer == "derived" ? graph::Layer::kDerived : graph::Layer::kAll);
  std::cout.flush();
  if (!std::cout) throw Error(ErrorCode::kIo, "cannot write to standard output");
  return kDone;
}

std::string CountsJson(const std::vector<std::pair<std::string, std::uint64_t>>& counts) {
  std::string out = "{";
  for (const auto& [name, count] : counts) {
    out += fmt::format("{}{}: {}", out.size() == 1 ? "" : ", ",
                       query::ToJson(graph::Value(name), nullptr), count);
  }
  return out + "}";
}

int Stats(const Globals& globals, bool json) {
  const auto graph = OpenToRead(globals);
  const graph::GraphStats stats = graph->Stats();
  if (json) {
    fmt::print(
        R"({{"documents": {}, "nodes": {}, "relationships": {}, "evidence": {}, "readings": {}, "disk_bytes": {}, )"
        R"("sequence": {}, "labels": {}, "types": {}, "hash": "{}", "statement_memory_bytes": {}}})"
        "\n",
        stats.documents, stats.nodes, stats.relationships, stats.evidence, stats.readings,
        stats.disk_bytes, stats.sequence, CountsJson(stats.labels), CountsJson(stats.types),
        graph->Hash(), query::DefaultMemoryBudget());
    return kDone;
  }
  fmt::print("documents     {:>10}\nnodes         {:>10}\n", stats.documents, stats.nodes);
  for (const auto& [name, count] : stats.labels) fmt::print("  {:<20}{:>8}\n", name, count);
  fmt::print("relationships {:>10}\n", stats.relationships);
  for (const auto& [name, count] : stats.types) fmt::print("  {:<20}{:>8}\n", name, count);
  fmt::print(
      "evidence      {:>10}\nnot asserted  {:>10}\non disk       {:>10} bytes\n"
      "a statement   {:>10} MiB at most, unless --memory says otherwise\nhash          {}\n",
      stats.evidence, stats.readings, stats.disk_bytes, query::DefaultMemoryBudget() >> 20,
      graph->Hash());
  return kDone;
}

}  // namespace

Command DumpCommand() {
  Command command;
  command.name = "dump";
  command.summary = "Write the graph in its canonical text form";
  command.text =
      "Writes every node, relationship, piece of evidence, document and reading, sorted, one a "
      "line. The "
      "same content gives the same bytes, whatever the machine, the number of threads or the order "
      "of "
      "reading. The hash that build prints is that of the derived layer's dump.";
  command.examples = {{"verbale dump | sha256sum", "the graph as one number"},
                      {"verbale dump --layer derived", "without what people changed by hand"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto layer = std::make_shared<std::string>("all");
    AddGraphOption(line, globals);
    line.Add("--layer", *layer, "all, or derived (from documents only)")
        .Type("LAYER")
        .OneOf({"all", "derived"});
    return [layer, &globals] { return Dump(globals, *layer); };
  };
  return command;
}

Command StatsCommand() {
  Command command;
  command.name = "stats";
  command.summary = "Count what is in the graph";
  command.text =
      "Counts documents, nodes by label, relationships by type, evidence and readings; tells how "
      "much memory a statement may hold.";
  command.examples = {{"verbale stats", "as text"}, {"verbale stats --json", "for a program"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto json = std::make_shared<bool>(false);
    AddGraphOption(line, globals);
    line.Flag("--json", *json, "One object");
    return [json, &globals] { return Stats(globals, *json); };
  };
  return command;
}

}  // namespace verbale::cli
